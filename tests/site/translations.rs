//! The life of a translation: what its state is after each step, and what readers see of it.

use super::support::Site;
use plenary::diag::Sink;
use plenary::pipeline::{Memory, Options, Timings, model};
use plenary::translation::{Input, PageStatus, Report, report};
use std::process::{Command, Output};

const GUIDE: &str = "---\ntitle: Guide\n---\nA first sentence that is long enough to be wrapped.\n\n## Install\n\nRun the program.\n\n## Use\n\nWrite a page.\n";
const GUIDE_FR: &str = "---\ntitle: Guide en français\nsource_digest: DIGEST\n---\nUne première phrase assez longue pour être coupée.\n\n## Installer\n\nLancez le programme.\n\n## Utiliser\n\nÉcrivez une page.\n";

fn run(site: &Site, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plenary"))
        .current_dir(&site.options.root)
        .args(arguments)
        .output()
        .expect("the program")
}

/// Runs `plenary i18n`; its standard output.
#[track_caller]
fn i18n(site: &Site, arguments: &[&str]) -> String {
    let output = run(site, &[&["i18n"], arguments].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn states(site: &Site) -> (Report, Vec<String>) {
    let options = Options { drafts: true, ..site.options.clone() };
    let model = model(&options, &mut Memory::default(), &mut Timings::default(), &mut Sink::new()).expect("a model");
    let input =
        Input { sources: &model.sources, config: &model.config, site: &model.site, history: model.changes.0.as_ref() };
    let report = report(&input);
    let shown = report.pages.iter().map(|page| {
        let language = &model.config.languages.get(page.language).folder;
        shown(page, language)
    });
    let shown = shown.collect();
    (report, shown)
}

/// `language key state, change title, remark`.
fn shown(page: &PageStatus, language: &str) -> String {
    let guess = if page.guess { " (guess)" } else { "" };
    let mut line = format!("{language} {} {}{guess}", page.key, page.state.as_str());
    for change in &page.sections {
        line.push_str(&format!(", {} {}", change.kind.as_str(), change.title));
    }
    for remark in &page.remarks {
        line.push_str(&format!(", {remark}"));
    }
    line
}

#[track_caller]
fn check(site: &Site, expected: &[&str]) {
    assert_eq!(states(site).1, expected);
}

/// Writes the text of a translation and leaves the line of front matter that the tool keeps.
fn translate(site: &Site, path: &str, text: &str) {
    let old = std::fs::read_to_string(site.path(path)).expect("a file");
    let line = old.lines().find(|line| line.starts_with("source_digest:")).expect("a digest");
    site.edit(path, text.replace("source_digest: DIGEST", line));
}

/// A site whose French guide is current.
fn translated() -> Site {
    let site = Site::new(&format!("-- content/en/guide.md --\n{GUIDE}"));
    i18n(&site, &["start", "guide", "--lang", "fr"]);
    translate(&site, "content/fr/guide.md", GUIDE_FR);
    site
}

#[test]
fn the_life_of_a_translation() {
    let site = Site::new(&format!("-- content/en/guide.md --\n{GUIDE}"));
    check(&site, &["fr guide missing"]);
    i18n(&site, &["start", "guide", "--lang", "fr"]);
    check(&site, &["fr guide copied"]);
    translate(&site, "content/fr/guide.md", GUIDE_FR);
    check(&site, &["fr guide current"]);

    // What no reader sees.
    let wrapped = GUIDE.replace("long enough", "long\nenough").replace("program.\n", "program.   \n");
    site.edit("content/en/guide.md", wrapped.replace("title:", "weight: 3\ntitle:"));
    check(&site, &["fr guide current"]);

    let edited = GUIDE.replace("Run the program.", "Run the new program.");
    site.edit("content/en/guide.md", &edited);
    check(&site, &["fr guide stale, changed Install"]);
    let added = format!("{edited}\n## Remove\n\nDelete the folder.\n");
    site.edit("content/en/guide.md", &added);
    check(&site, &["fr guide stale, changed Install, added Remove"]);
    site.edit("content/en/guide.md", GUIDE.replace("## Use\n\nWrite a page.\n", ""));
    check(&site, &["fr guide stale, removed Utiliser"]);
    site.edit("content/en/guide.md", GUIDE.replace("title: Guide", "title: The guide"));
    check(&site, &["fr guide stale, changed The guide"]);
    let moved = GUIDE.replace("## Install\n\nRun the program.\n\n", "") + "\n## Install\n\nRun the program.\n";
    site.edit("content/en/guide.md", moved);
    check(&site, &["fr guide current"]);

    site.edit("content/en/guide.md", &edited);
    check(&site, &["fr guide stale, changed Install"]);
    i18n(&site, &["accept", "guide", "--lang", "fr"]);
    check(&site, &["fr guide current"]);

    // The digest knows the text again, wherever it went.
    site.remove("content/en/guide.md");
    site.edit("content/en/handbook/start.md", &edited);
    site.edit("content/en/guides.md", "---\ntitle: Guides\n---\nNear by name only.\n");
    check(
        &site,
        &["fr guide orphaned, its source is now `handbook/start`", "fr guides missing", "fr handbook/start missing"],
    );
    site.remove("content/en/handbook/start.md");
    check(&site, &["fr guide orphaned, its source is perhaps `guides`", "fr guides missing"]);
}

#[test]
fn parts_that_are_missing_are_named() {
    let site = translated();
    let source = GUIDE.to_owned() + "\n![Map](map.png) [Other](/)\n\n```sh\nls\n```\n";
    site.edit("content/en/guide.md", source);
    i18n(&site, &["accept", "guide", "--lang", "fr"]);
    check(&site, &["fr guide partial, 0 of 1 code blocks, 0 of 1 images, 0 of 1 links"]);
}

#[test]
fn a_translated_title_over_the_text_of_the_source_is_a_copy() {
    let site = translated();
    site.edit("content/fr/guide.md", GUIDE.replace("title: Guide", "title: Le guide").replace("## Use", "## Utiliser"));
    check(&site, &["fr guide copied"]);
    site.edit(
        "content/fr/guide.md",
        GUIDE_FR.replace(
            "Une première phrase assez longue pour être coupée.",
            "A first sentence that is long enough to be wrapped.",
        ),
    );
    i18n(&site, &["accept", "guide", "--lang", "fr"]);
    check(&site, &["fr guide partial, about 50 % of the text is the source's"]);
}

#[test]
fn an_included_fragment_is_text_of_the_page() {
    let site = Site::new(
        "-- content/en/a.md --\n---\ntitle: A\n---\n## One\n\n{{% include path=\"shared/part.md\" %}}\n-- shared/part.md --\nBefore.\n",
    );
    i18n(&site, &["start", "a", "--lang", "fr"]);
    translate(&site, "content/fr/a.md", "---\ntitle: Un\nsource_digest: DIGEST\n---\n## Un\n\nAvant.\n");
    check(&site, &["fr a current"]);
    site.edit("shared/part.md", "After.\n");
    check(&site, &["fr a stale, changed One"]);
}

fn head(site: &Site) -> String {
    let output = Command::new("git").arg("-C").arg(site.top()).args(["rev-parse", "HEAD"]).output().expect("git");
    String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
}

#[test]
fn dates_give_a_guess_that_is_called_one() {
    let site = Site::new(&format!("-- content/en/guide.md --\n{GUIDE}"));
    site.edit("content/fr/guide.md", GUIDE_FR.replace("source_digest: DIGEST\n", ""));
    site.commit("2024-01-01T00:00:00Z");
    check(&site, &["fr guide current (guess)"]);
    site.edit("content/en/guide.md", GUIDE.replace("Run", "Start"));
    site.commit("2024-02-01T00:00:00Z");
    check(&site, &["fr guide stale (guess)"]);
    site.edit("content/fr/guide.md", GUIDE_FR.replace("source_digest: DIGEST\n", "").replace("Lancez", "Démarrez"));
    site.commit("2024-03-01T00:00:00Z");
    check(&site, &["fr guide current (guess)"]);
}

#[test]
fn the_commits_of_other_tools_are_understood() {
    for line in ["default_lang_commit: HASH", "default_lang_commit: HASH # note", "l10n: {sourceCommit: HASH}"] {
        let site = Site::new(&format!("-- content/en/guide.md --\n{GUIDE}"));
        site.commit("2024-01-01T00:00:00Z");
        let line = line.replace("HASH", &head(&site));
        site.edit("content/fr/guide.md", GUIDE_FR.replace("source_digest: DIGEST", &line));
        site.commit("2024-01-02T00:00:00Z");
        check(&site, &["fr guide current"]);
        site.edit("content/en/guide.md", GUIDE.replace("\n## Use", "\nThen rest.\n\n## Use"));
        site.commit("2024-02-01T00:00:00Z");
        check(&site, &["fr guide stale"]);
    }
}

#[test]
fn an_unknown_commit_leaves_the_dates() {
    let site = Site::new(&format!("-- content/en/guide.md --\n{GUIDE}"));
    let line = format!("default_lang_commit: {}", "0".repeat(39) + "1");
    site.edit("content/fr/guide.md", GUIDE_FR.replace("source_digest: DIGEST", &line));
    site.commit("2024-01-01T00:00:00Z");
    check(&site, &["fr guide current (guess)"]);
}

#[test]
fn folders_of_no_language_are_named() {
    let site = translated();
    site.edit("content/de/glossary.md", "---\ntitle: Glossar\n---\nText.\n");
    site.edit("content/de/guide.md", "---\ntitle: Anleitung\n---\nText.\n");
    let (report, _) = states(&site);
    assert_eq!(report.unconfigured, [("de".to_owned(), 2)]);
    assert!(i18n(&site, &["status"]).contains("unconfigured content/de (2 pages)"));
}

#[test]
fn the_command_counts_lists_and_fails_on_demand() {
    let site = translated();
    site.edit("content/en/guide.md", GUIDE.replace("Run", "Start"));
    site.edit("content/en/more.md", "---\ntitle: More\n---\nfour words of text\n");
    let text = i18n(&site, &["status", "--lang", "fr"]);
    assert!(text.contains("stale     fr     guide: content/fr/guide.md\n            changed “Install”\n"), "{text}");
    assert!(text.contains("missing   fr     more: content/en/more.md\n"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&i18n(&site, &["status", "--format", "json"])).expect("JSON");
    let french = &json["languages"]["fr"];
    assert_eq!((&french["stale"], &french["missing"], &french["current"]), (&1.into(), &1.into(), &0.into()));
    assert_eq!(json["pages"][0]["sections"][0]["id"], "install");
    assert_eq!(json["pages"][0]["guess"], false);
    assert!(i18n(&site, &["status", "--format", "markdown"]).starts_with("| language | current | stale |"));
    for (states, status) in [("stale", 1), ("missing,partial", 1), ("partial,orphaned", 0), ("old", 2)] {
        assert_eq!(run(&site, &["i18n", "status", "--fail-on", states]).status.code(), Some(status), "{states}");
    }
}

const FACTS: &str = "{% if page.translation %}{{ page.translation.state }} {{ page.translation.guess }} {{ page.translation.source?.url or 0 }}
{% for s in page.translation.sections %}{{ s.change }} {{ s.title }} {{ s.url or 0 }}
{% endfor %}{% else %}none{% endif %}";

#[test]
fn templates_see_the_state_of_a_translation() {
    let site = translated().main(FACTS);
    assert_eq!(site.build().clean().html("fr/guide/index.html"), "current false /guide/");
    site.edit("content/en/guide.md", GUIDE.replace("Run", "Start").replace("## Use", "## Everyday use"));
    let built = site.build().clean();
    assert_eq!(
        built.html("fr/guide/index.html"),
        "stale false /guide/\nchanged Install /guide/#install\nchanged Everyday use /guide/#everyday-use"
    );
    assert_eq!(built.html("guide/index.html"), "none");
    site.edit("content/en/guide.md", "---\ntitle: Guide\n---\nA first sentence that is long enough to be wrapped.\n");
    let gone = site.build().html("fr/guide/index.html");
    assert_eq!(gone, "stale false /guide/\nremoved Installer 0\nremoved Utiliser 0");
    site.remove("content/fr/guide.md");
    assert_eq!(site.build().clean().html("fr/guide/index.html"), "none", "a fallback has its own notice");
}

#[test]
fn a_site_of_one_language_has_no_translations() {
    let site = Site::new(
        "-- site.yaml --\ntheme: tag\nlanguages: {en: {name: English}}\n-- content/en/a.md --\n---\ntitle: A\n---\n",
    );
    let built = site.build().clean();
    assert!(!built.has("translations.json") && !built.has("translations/index.html"), "{:?}", built.paths());
    assert!(!built.text("a/index.html").contains("/translations/"));
}

/// The site of [`translated`] in the theme that people see.
fn in_the_real_theme() -> Site {
    let site = translated();
    let settings = "base_url: https://example.org/\ntitle: Example\ntheme: tag\nlanguages: {en: {name: English}, fr: {name: Français}}\nrepository: {url: https://github.com/org/repo, branch: main, root: \"\"}\n";
    site.edit("site.yaml", settings);
    site
}

#[test]
fn readers_are_told_what_has_changed() {
    let site = in_the_real_theme();
    assert!(!site.build().clean().text("fr/guide/index.html").contains("class=\"notice"));
    site.edit("content/en/guide.md", GUIDE.replace("Run", "Start").replace("Write", "Compose"));
    let html = site.build().clean().html("fr/guide/index.html");
    for part in [
        "<p>2 sections de l’original (English) ont changé depuis cette traduction.</p>",
        "<a href=\"/guide/#install\" hreflang=\"en\" lang=\"en\">Install</a> (modifiée)",
        "href=\"https://github.com/org/repo/edit/main/content/fr/guide.md\"",
        "<a href=\"/fr/translations/\">État des traductions</a>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    site.edit("content/en/guide.md", GUIDE.replace("Run", "Start"));
    let html = site.build().clean().html("fr/guide/index.html");
    assert!(html.contains("<p>1 section de l’original (English) a changé depuis cette traduction.</p>"), "{html}");
    site.edit("content/en/guide.md", GUIDE.to_owned() + "\n```sh\nls\n```\n");
    i18n(&site, &["accept", "guide", "--lang", "fr"]);
    let html = site.build().clean().html("fr/guide/index.html");
    assert!(html.contains("<p>Il manque à cette traduction des parties de l’original (English).</p>"), "{html}");
}

#[test]
fn a_guess_is_told_as_one() {
    let site = in_the_real_theme();
    site.edit("content/fr/guide.md", GUIDE_FR.replace("source_digest: DIGEST\n", ""));
    site.commit("2024-01-01T00:00:00Z");
    site.edit("content/en/guide.md", GUIDE.replace("Run", "Start"));
    site.commit("2024-02-01T00:00:00Z");
    let html = site.build().clean().html("fr/guide/index.html");
    assert!(html.contains("L’original (English) a probablement changé"), "{html}");
}

#[test]
fn a_translated_heading_answers_to_the_id_of_its_source() {
    let site = translated();
    site.edit(
        "content/fr/more.md",
        "---\ntitle: Plus\n---\n[a](guide.md#install) [b](guide.md#installer) [c](/guide/#use)\n",
    );
    site.edit("content/en/more.md", "---\ntitle: More\n---\n[a](guide.md#install)\n");
    let built = site.build().clean();
    let html = built.html("fr/guide/index.html");
    assert!(
        html.contains(
            "<h2 id=\"installer\"><span id=\"install\"></span>Installer<a class=\"anchor\" href=\"#installer\""
        ),
        "{html}"
    );
    assert!(!built.html("guide/index.html").contains("<span"), "the source has its own ids");
    let links = built.html("fr/more/index.html");
    assert_eq!(
        links,
        "<p><a href=\"/fr/guide/#install\">a</a> <a href=\"/fr/guide/#installer\">b</a> <a href=\"/fr/guide/#use\">c</a></p>"
    );
    // Another outline pairs nothing.
    site.edit("content/fr/guide.md", "---\ntitle: Guide\n---\n## Installer\n\nTexte.\n");
    let built = site.build();
    assert!(!built.html("fr/guide/index.html").contains("<span"));
    let found = built.diagnostics();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("dead-fragment “Guide” has no id `install`"), "{found:?}");
}

#[test]
fn an_id_that_the_translation_has_is_not_written_twice() {
    let site = Site::new(
        "-- content/en/a.md --\n---\ntitle: A\n---\n## One\n\n## Two\n-- content/fr/a.md --\n---\ntitle: A\n---\n## Deux {#two}\n\n## Trois\n",
    );
    let html = site.build().clean().html("fr/a/index.html");
    assert_eq!(html.matches("id=\"two\"").count(), 1, "{html}");
    assert!(html.contains("<span id=\"one\"></span>Deux"), "{html}");
}

#[test]
fn a_page_in_every_language_tells_how_far_it_is() {
    let site = in_the_real_theme();
    site.edit("content/en/guide.md", GUIDE.replace("Run", "Start"));
    site.edit("content/en/wgs/_index.md", "---\ntitle: Groups\n---\nText.\n");
    site.edit("content/en/wgs/x.md", "---\ntitle: X\n---\nText of x.\n");
    let built = site.build().clean();
    let html = built.html("fr/translations/index.html");
    for part in [
        "<h1>Traductions</h1>",
        "<a href=\"/fr/translations/\" hreflang=\"fr\" lang=\"fr\" dir=\"ltr\" aria-current=\"page\">Français</a>",
        "<a href=\"/fr/guide/\" lang=\"fr\">Guide en français</a> · <a href=\"https://github.com/org/repo/edit/main/content/fr/guide.md\">",
        "<a href=\"/guide/#install\" lang=\"en\" hreflang=\"en\">Install</a> (modifiée)",
        "<a href=\"/fr/wgs/x/\" lang=\"en\">X</a> · <a href=\"https://github.com/org/repo/new/main/content/fr/wgs?filename=x%2Emd\">",
        "<a href=\"/fr/wgs/\">Groups</a></th><td class=\"align-end\">0/2</td>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    let english = built.html("translations/index.html");
    assert!(english.contains("<h1>Translations</h1>") && !english.contains("id=\"open\""), "{english}");
    let page = built.text("translations/index.html");
    assert!(page.contains("href=\"/fr/translations/\""), "the switcher stays on the page: {page}");
    assert_eq!(built.text("translations.json"), i18n(&site, &["status", "--format", "json"]));
    assert!(!built.text("sitemap.xml").contains("/translations/"));
}

#[test]
fn a_site_may_write_the_page_itself() {
    let site = in_the_real_theme();
    site.edit("content/en/translations.md", "---\ntitle: Ours\n---\nText.\n");
    let built = site.build().clean();
    assert!(built.html("translations/index.html").contains("Ours"));
    assert!(built.html("fr/translations/index.html").contains("Text."), "a fallback as any page");
}

#[test]
fn the_difference_is_told_word_by_word_where_there_is_a_history() {
    let site = translated();
    let edited =
        GUIDE.replace("the program", "the new program").replace("## Use\n\nWrite a page.", "## More\n\nA\nword.");
    site.edit("content/en/guide.md", &edited);
    assert_eq!(
        i18n(&site, &["diff", "guide", "--lang", "fr"]),
        "## Install (changed)\n\nInstall Run the new program.\n\n## More (changed)\n\nMore A word.\n\n",
        "without a history the sections as they are"
    );
    site.edit("content/en/guide.md", GUIDE);
    site.commit("2024-01-01T00:00:00Z");
    site.remove("content/en/guide.md");
    site.edit("content/en/book.md", GUIDE);
    site.commit("2024-01-02T00:00:00Z");
    site.remove("content/en/book.md");
    site.edit("content/en/guide.md", GUIDE.replace("Run the", "Start the"));
    site.commit("2024-01-03T00:00:00Z");
    site.edit("content/en/guide.md", &edited);
    site.commit("2024-01-04T00:00:00Z");
    let told = "## Install (changed)\n\nInstall Run the {+new+} program.\n\n## More (changed)\n\n[-Use Write a page.-]{+More A word.+}\n\n";
    assert_eq!(i18n(&site, &["diff", "guide", "--lang", "fr"]), told);
    // What is not committed yet counts as well.
    site.edit("content/en/guide.md", edited.replace("new program", "newest program"));
    let now = i18n(&site, &["diff", "guide", "--lang", "fr"]);
    assert_eq!(now, told.replace("new", "newest"));
    i18n(&site, &["accept", "guide", "--lang", "fr"]);
    assert_eq!(i18n(&site, &["diff", "guide", "--lang", "fr"]), "");
}

#[test]
fn the_difference_is_found_by_commit_and_by_date_too() {
    let site = Site::new(&format!("-- content/en/guide.md --\n{GUIDE}"));
    site.commit("2024-01-01T00:00:00Z");
    let line = format!("default_lang_commit: {}", head(&site));
    for line in [line.as_str(), "weight: 1"] {
        site.edit("content/fr/guide.md", GUIDE_FR.replace("source_digest: DIGEST", line));
        site.edit("content/en/guide.md", GUIDE);
        site.commit("2024-01-02T00:00:00Z");
        site.edit("content/en/guide.md", GUIDE.replace("Run", "Start") + "\n## End\n\nBye.\n");
        site.commit("2024-02-01T00:00:00Z");
        assert_eq!(
            i18n(&site, &["diff", "guide", "--lang", "fr"]),
            "## Install (changed)\n\nInstall [-Run-]{+Start+} the program.\n\n## End (added)\n\n{+End Bye.+}\n\n",
            "{line}"
        );
    }
    assert_eq!(run(&site, &["i18n", "diff", "no-such", "--lang", "fr"]).status.code(), Some(2));
}
