//! What other commands than `build` tell, each code with its place and its mend.

use super::support::Site;
use plenary::diag::Code;
use std::process::Command;

/// A command on these files, and all that it tells.
struct Case {
    files: &'static str,
    /// What is run before, to make files that the last edit is about.
    before: &'static [&'static str],
    /// A file, what stands in it, and what is put there instead.
    edits: &'static [(&'static str, &'static str, &'static str)],
    command: &'static [&'static str],
    told: &'static [&'static str],
}

const GUIDE: &str = "-- site.yaml --
languages: {en: {name: English}, fr: {name: Français}}
-- content/en/guide.md --
---
title: Guide
---
One [text](/guide/).

Two texts.
";

const EXPORT: &[&str] = &["i18n", "export", "guide", "--lang", "fr", "--out", "po"];
const IMPORT: &[&str] = &["i18n", "import", "po", "--lang", "fr"];

const CASES: &[Case] = &[
    Case {
        files: GUIDE,
        before: EXPORT,
        edits: &[("po/guide.po", "msgid \"Guide\"\nmsgstr \"\"", "msgid \"Guide\"\nmsgstr \"Gu\\ide\"")],
        command: IMPORT,
        told: &["po-syntax po/guide.po:17:11-17:13 `\\i` is no escape | write `\\n`, `\\t`, `\\\"` or `\\\\`"],
    },
    Case {
        files: GUIDE,
        before: EXPORT,
        edits: &[("po/guide.po", "Key: guide", "Key: guid")],
        command: IMPORT,
        told: &["po-page po/guide.po:2:1-11:31 there is no page with the content key `guid` | did you mean `guide`?"],
    },
    Case {
        files: GUIDE,
        before: EXPORT,
        edits: &[("po/guide.po", "\"paragraph\"\nmsgid \"Two texts.\"", "\"paragraf\"\nmsgid \"Too texts.\"")],
        command: IMPORT,
        told: &[
            "po-unknown po/guide.po:29:1-29:19 the page has no message `paragraf` | leave `msgctxt` and `msgid` as they were exported",
        ],
    },
    Case {
        files: GUIDE,
        before: EXPORT,
        edits: &[
            ("po/guide.po", "msgid \"Two texts.\"\nmsgstr \"\"", "msgid \"Two texts.\"\nmsgstr \"Deux textes.\""),
            ("content/en/guide.md", "Two texts.", "Three texts."),
        ],
        command: IMPORT,
        told: &[
            "po-stale po/guide.po:29:1-29:19 the source has no such text any more, so the translation is not used | export again and compare with the new text",
        ],
    },
    Case {
        files: GUIDE,
        before: EXPORT,
        edits: &[("po/guide.po", "(/guide/).\"\nmsgstr \"\"", "(/guide/).\"\nmsgstr \"Un texte.\"")],
        command: IMPORT,
        told: &[
            "po-broken po/guide.po:24:1-24:19 the translation has 0 links, the source 1 | keep each link, image and footnote, with its address as it is",
        ],
    },
    Case {
        files: "-- site.yaml --
languages: {en: {name: English}, fr: {name: Français}}
-- content/en/guide.md --
---
title: Guide
---
One text.
-- content/fr/guide.md --
---
title: Guide
---
Un texte.

Encore un.
",
        before: &[],
        edits: &[],
        command: EXPORT,
        told: &[
            "po-unpaired content/fr/guide.md:4:1-4:10 2 blocks of the translation, from here on, cannot be paired with 1 blocks of `content/en/guide.md` | give the translation the same headings, lists and tables as the source",
        ],
    },
    Case {
        files: "-- notes.txt --
Group notes

2024-05-15

Host: Ada

- Itâ€™s a release, ask ada@example.org
",
        before: &["import", "meetings", "notes.txt", "--into", "pages"],
        edits: &[("pages/2024-05-15.md", "a release", "our release"), ("notes.txt", "a release", "the release")],
        command: &["import", "meetings", "notes.txt", "--into", "pages"],
        told: &[
            "import-conflict 2024-05-15.md:1:1-1:1 2024-05-15.md was edited by hand and is left alone; the new text is in 2024-05-15.incoming.md | take over what is new, then remove the incoming file",
            "import-unclear notes.txt:5:1-5:10 `Ada` could be more than one person or none on the lists",
            "import-private notes.txt:7:1-7:42 left out: e-mail address | keep it with --keep-private",
            "import-repair notes.txt:7:1-7:42 repaired (mojibake): `â€™` is now `’`",
        ],
    },
    Case {
        files: "-- talk.txt --
Nobody says when.
",
        before: &[],
        edits: &[],
        command: &["import", "transcript", "talk.txt", "--into", "pages"],
        told: &["import-unclear talk.txt:1:1-1:1 no cue was found: no line begins with a time"],
    },
    Case {
        files: "-- hugo/config.toml --
title = \"T\"
googleAnalytics = \"UA-1\"
-- hugo/content/a.md --
---
title: A
---
-- hugo/i18n/en.toml --
more = \"More
",
        before: &[],
        edits: &[],
        command: &["import", "hugo", "hugo", "--into", "out"],
        told: &[
            "import-counterpart config.toml:2:1-2:16 the setting `googleAnalytics` has no counterpart and was left out | statistics need a script; put it into a template",
            "import-skipped i18n/en.toml:1:13-1:13 this file was left out, as it cannot be read: invalid basic string, expected `\"` | write each setting as `key = value`, and texts in quotes",
        ],
    },
];

/// The codes that are looked at here.
pub(super) const CODES: &[Code] = &[
    Code::PoSyntax,
    Code::PoPage,
    Code::PoUnknown,
    Code::PoStale,
    Code::PoBroken,
    Code::PoUnpaired,
    Code::ImportConflict,
    Code::ImportPrivate,
    Code::ImportRepair,
    Code::ImportUnclear,
    Code::ImportCounterpart,
    Code::ImportSkipped,
];

fn plenary(site: &Site, arguments: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_plenary"))
        .args(["--message-format", "json"])
        .args(arguments)
        .current_dir(site.top())
        .output()
        .expect("plenary runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let found = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let shown = found.filter(|found| found["code"].is_string()).map(|found| {
        let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
        let hints = found["hints"].as_array().into_iter().flatten().filter_map(|hint| hint.as_str());
        let hints: String = hints.map(|hint| format!(" | {hint}")).collect();
        let place = format!("{}:{}-{}:{}", found["line"], found["column"], found["end_line"], found["end_column"]);
        format!("{} {}:{place} {}{hints}", text("code"), text("file"), text("message"))
    });
    shown.collect()
}

#[test]
fn each_finding_of_other_commands_has_its_text_place_and_hint() {
    let mut seen = std::collections::BTreeSet::new();
    for case in CASES {
        let site = Site::new(case.files);
        if !case.before.is_empty() {
            plenary(&site, case.before);
        }
        for (path, from, to) in case.edits {
            let text = std::fs::read_to_string(site.path(path)).expect("a text");
            assert!(text.contains(from), "{path} has no {from}: {text}");
            site.edit(path, text.replace(from, to));
        }
        let told = plenary(&site, case.command);
        assert_eq!(told, case.told, "{:?}", case.command);
        seen.extend(told.iter().filter_map(|line| line.split(' ').next()).filter_map(Code::by_name));
    }
    assert_eq!(seen, CODES.iter().copied().collect());
}
