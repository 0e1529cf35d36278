use super::*;

/// Spaces that do not break are written `~` (U+00A0) and `_` (U+202F).
fn check(language: &str, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let set = Typographer::new(language).text(text, None, None).into_owned();
        let shown = set.replace(NO_BREAK, "~").replace(NARROW_NO_BREAK, "_");
        assert_eq!(shown, *expected, "{language}: {text}");
    }
}

#[test]
fn english() {
    check(
        "en",
        &[
            ("\"Hello,\" she said.", "“Hello,” she said."),
            ("He said 'yes' and \"no 'maybe'\".", "He said ‘yes’ and “no ‘maybe’”."),
            ("don't, the teams' plans, it's", "don’t, the teams’ plans, it’s"),
            ("'tis the '90s, rock 'n' roll", "’tis the ’90s, rock ’n’ roll"),
            ("(\"in brackets\")", "(“in brackets”)"),
            ("\"first\"/\"second\", pre-\"Kubernetes\"", "“first”/“second”, pre-“Kubernetes”"),
            ("\"'nested' first\"", "“‘nested’ first”"),
            ("a \".gitignore\" file", "a “.gitignore” file"),
            ("a 27\" screen", "a 27\" screen"),
            ("the 'open one", "the ’open one"),
            ("wait--what---yes...", "wait–what—yes…"),
            ("2019 -- 2024 --- all", "2019 – 2024 — all"),
            ("pass --dry-run or (--all)", "pass --dry-run or (--all)"),
            ("a ---- b, a - b, a-b", "a ---- b, a - b, a-b"),
            ("go test ./... and ..", "go test ./... and .."),
            ("[...] and so on....", "[…] and so on...."),
            ("\"see https://example.org/a--b...c?d='e'\"", "“see https://example.org/a--b...c?d='e'”"),
            ("10:30, std::fs, 5 > 3 !", "10:30, std::fs, 5 > 3 !"),
            ("nothing to do", "nothing to do"),
        ],
    );
}

#[test]
fn french() {
    check(
        "fr",
        &[
            ("\"Bonjour\", dit-elle.", "«~Bonjour~», dit-elle."),
            ("l'équipe d'\"exploitation\"", "l’équipe d’«~exploitation~»"),
            ("Il dit \"un 'mot' juste\".", "Il dit «~un “mot” juste~»."),
            ("Pourquoi ? Parce que ! Oui ; non : voilà", "Pourquoi_? Parce que_! Oui_; non~: voilà"),
            ("Quoi ?! Vraiment ?!?", "Quoi_?! Vraiment_?!?"),
            ("Pourquoi? Sans espace: rien; ici!", "Pourquoi? Sans espace: rien; ici!"),
            ("« déjà écrit »", "«~déjà écrit~»"),
            ("«serré»", "«serré»"),
            ("10:30, std::fs, a :: b, :sourire: et :sourire:", "10:30, std::fs, a :: b, :sourire: et :sourire:"),
            ("voir https://exemple.org/a?b:c;d ; puis", "voir https://exemple.org/a?b:c;d_; puis"),
            ("attendre... --- puis", "attendre… — puis"),
        ],
    );
}

#[test]
fn german() {
    check(
        "de",
        &[
            ("\"Hallo\", sagte sie.", "„Hallo“, sagte sie."),
            ("Er sagt: \"ein 'Wort'\"", "Er sagt: „ein ‚Wort‘“"),
            ("wie geht's, Hans' Haus", "wie geht’s, Hans’ Haus"),
            ("Was ?", "Was ?"),
        ],
    );
}

#[test]
fn languages_with_english_marks() {
    for language in ["es", "it", "pt-BR", "nl", "ko", ""] {
        check(language, &[("\"uno\" e 'due' l'altro...", "“uno” e ‘due’ l’altro…")]);
    }
    check("es", &[("¿\"qué\"? ¡\"ya\"!", "¿“qué”? ¡“ya”!")]);
    check("ko", &[("그는\"예\"라고 '말'했다", "그는“예”라고 ‘말’했다"), ("그는'예'라고", "그는‘예’라고")]);
}

#[test]
fn chinese_and_japanese() {
    for language in ["zh", "zh-Hant-TW", "ja"] {
        check(
            language,
            &[
                ("平台\"Platform\"模型", "平台“Platform”模型"),
                ("平台\"模型\"是", "平台\"模型\"是"),
                ("\"模型 A\"", "\"模型 A\""),
                ("「引用」 don't...", "「引用」 don’t…"),
            ],
        );
    }
}

#[test]
fn slavic() {
    check("pl", &[("\"tak 'nie'\"", "„tak «nie»”")]);
    check("uk", &[("\"так 'ні'\"", "«так „ні“»")]);
    check("cs", &[("\"ano\"", "„ano“")]);
}

/// The runs of one block, with the characters between them: emphasis has none, code has its own.
fn runs(language: &str, runs: &[(&str, Option<char>, Option<char>)]) -> Vec<String> {
    let mut typographer = Typographer::new(language);
    runs.iter().map(|(text, before, after)| typographer.text(text, *before, *after).into_owned()).collect()
}

#[test]
fn a_quotation_goes_on_over_the_runs_of_a_block() {
    let set = runs("en", &[("a \"", None, Some('b')), ("bold", Some('"'), Some('"')), ("\" c", Some('d'), None)]);
    assert_eq!(set, ["a “", "bold", "” c"]);
    let set =
        runs("en", &[("the '", None, Some('k')), ("kubectl", Some('\''), Some('\'')), ("' tool", Some('l'), None)]);
    assert_eq!(set, ["the ‘", "kubectl", "’ tool"]);
    // Behind code: `pods`' names.
    assert_eq!(runs("en", &[("' names", Some('s'), None)]), ["’ names"]);
    assert_eq!(runs("fr", &[("ici ", None, Some('!')), ("!", Some(' '), None)]), ["ici\u{202f}", "!"]);
}

#[test]
fn a_quotation_ends_with_its_block() {
    let mut typographer = Typographer::new("de");
    assert_eq!(typographer.text("\"offen", None, None), "„offen");
    typographer.reset();
    assert_eq!(typographer.text("a \"zu\"", None, None), "a „zu“");
}

#[test]
fn text_without_such_marks_is_not_copied() {
    let mut typographer = Typographer::new("en");
    assert!(matches!(typographer.text("plain words, (and) more", None, None), Cow::Borrowed(_)));
}
