//! Pages as PO files and back.

use super::support::Site;
use plenary::pipeline::{Memory, Options, Timings, model};
use plenary::translation::{Input, report};
use std::fs;
use std::process::{Command, Output};

/// Every construct that Markdown has here.
const SOURCE: &str = r#"---
title: "The guide: first part"
linkTitle: Guide
description: Short, and plain
tags: [a]
---
A first paragraph over
two lines with `code`, **strong
words**, a [link](other.md) and ![a map](map.png).  
A wanted break.

## Install {#install}

- One item
  over two lines
- [x] A done task
- Another

  with a second paragraph

  1. nested
  2. and `more`

> A quotation
> over lines
>
> - with an item

> [!NOTE]
> An alert.

Setext heading
--------------

| Name | Meaning |
|------|:-------:|
| a \| b | first |
| `x` | **second** |
| 1.0 | |

Term
: Its definition

```sh
# not translated
ls
```

Text[^1] with {{< ref "other.md" >}} inside.

[^1]: A footnote
    goes on.

<p class="x">Raw <b>HTML</b>
here</p>

{{< alert title="Mind" color="warning" >}}
Inner text.

- inner item
{{< /alert >}}

### Deep

Last ![](map.png) one.
"#;

fn plenary(site: &Site, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plenary"))
        .current_dir(&site.options.root)
        .args(arguments)
        .output()
        .expect("the program")
}

#[track_caller]
fn run(site: &Site, arguments: &[&str]) -> String {
    let output = plenary(site, arguments);
    let told = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(output.status.success(), "{told}");
    told
}

fn site() -> Site {
    let site = Site::new("-- content/en/other.md --\n---\ntitle: Other\n---\nNothing here.\n");
    site.edit("themes/plain/templates/shortcodes/alert.html", "<aside>{{ params.title }} {{ inner | safe }}</aside>");
    site.edit("content/en/guide.md", SOURCE);
    site.edit("content/en/map.png", [0u8]);
    site
}

fn read(site: &Site, path: &str) -> String {
    fs::read_to_string(site.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn export(site: &Site) -> String {
    run(site, &["i18n", "export", "guide", "--lang", "fr", "--out", "po"]);
    read(site, "po/guide.po")
}

/// Puts a translation of each message in: its words with a sign before them.
fn translated(po: &str, only: impl Fn(&str) -> bool) -> String {
    let mut out = String::new();
    let mut id = String::new();
    let mut in_id = false;
    for line in po.lines() {
        if let Some(text) = line.strip_prefix("msgid ") {
            (id, in_id) = (format!("{text}\n"), true);
        } else if line == "msgstr \"\"" && !id.starts_with("\"\"\n\n") && id != "\"\"\n" && only(&id) {
            if id.contains("Raw") {
                out.push_str(&format!("msgstr {}", id.replace("Raw", "É Raw")));
                in_id = false;
                continue;
            }
            let text = id.replacen("\"\"\n", "", 1);
            let text = if id.starts_with("\"\"\n") {
                format!("\"\"\n{}", text.replacen('"', "\"É ", 1))
            } else {
                id.replacen('"', "\"É ", 1)
            };
            out.push_str(&format!("msgstr {text}"));
            in_id = false;
            continue;
        } else if in_id && line.starts_with('"') {
            id.push_str(&format!("{line}\n"));
        } else {
            in_id = false;
        }
        out.push_str(&format!("{line}\n"));
    }
    out
}

fn state(site: &Site) -> String {
    let options = Options { drafts: true, ..site.options.clone() };
    let mut sink = plenary::diag::Sink::new();
    let model = model(&options, &mut Memory::default(), &mut Timings::default(), &mut sink).expect("a model");
    let input =
        Input { sources: &model.sources, config: &model.config, site: &model.site, history: model.changes.0.as_ref() };
    let report = report(&input);
    let page = report.pages.iter().find(|page| page.key == "guide").expect("the guide");
    let sections: Vec<String> =
        page.sections.iter().map(|section| format!(", {} {}", section.kind.as_str(), section.title)).collect();
    let remarks: Vec<String> = page
        .remarks
        .iter()
        .filter(|_| page.state.as_str() != "stale" && sections.is_empty())
        .map(|remark| format!("; {remark}"))
        .collect();
    format!("{}{}{}", page.state.as_str(), sections.concat(), remarks.concat())
}

#[test]
fn each_block_is_a_message_with_its_context() {
    let po = export(&site());
    for part in [
        "\"Language: fr\\n\"",
        "\"Content-Type: text/plain; charset=UTF-8\\n\"",
        "\"Plural-Forms: nplurals=3; plural=",
        "\"X-Plenary-Key: guide\\n\"",
        "\"X-Source-Digest: 1 ",
        "#. Front matter: title\n#: content/en/guide.md:2\nmsgctxt \"front matter title\"\nmsgid \"The guide: first part\"\nmsgstr \"\"\n",
        "msgid \"\"\n\"A first paragraph over two lines with `code`, **strong words**, a [link](other.md) and ![a map](map.png).\\\\\\n\"\n\"A wanted break.\"\n",
        "#: content/en/guide.md:12\nmsgctxt \"install | heading 2\"\nmsgid \"Install\"\n",
        "msgctxt \"install | list item\"\nmsgid \"One item over two lines\"\n",
        "msgid \"A done task\"\n",
        "msgid \"with a second paragraph\"\n",
        "msgid \"and `more`\"\n",
        "msgctxt \"install | quotation\"\nmsgid \"A quotation over lines\"\n",
        "msgid \"An alert.\"\n",
        "msgctxt \"setext-heading | heading 2\"\nmsgid \"Setext heading\"\n",
        "msgctxt \"setext-heading | table head\"\nmsgid \"Meaning\"\n",
        "msgid \"a \\\\| b\"\n",
        "msgctxt \"setext-heading | term\"\nmsgid \"Term\"\n",
        "msgctxt \"setext-heading | definition\"\nmsgid \"Its definition\"\n",
        "msgid \"Text[^1] with {{< ref \\\"other.md\\\" >}} inside.\"\n",
        "msgctxt \"setext-heading | footnote\"\nmsgid \"A footnote goes on.\"\n",
        "msgid \"\"\n\"<p class=\\\"x\\\">Raw <b>HTML</b>\\n\"\n\"here</p>\"\n",
        "msgctxt \"setext-heading | title of alert\"\nmsgid \"Mind\"\n",
        "msgid \"inner item\"\n",
        "msgctxt \"setext-heading/deep | paragraph\"\nmsgid \"Last ![](map.png) one.\"\n",
    ] {
        assert!(po.contains(part), "{part} in {po}");
    }
    for part in ["not translated", "msgid \"1.0\"", "msgid \"`x`\"", "msgid \"a\"\n", "color"] {
        assert!(!po.contains(part), "{part} in {po}");
    }
}

#[test]
fn a_translated_file_makes_a_page_that_exports_the_same() {
    let site = site();
    site.edit("po/guide.po", translated(&export(&site), |_| true));
    run(&site, &["i18n", "import", "po", "--lang", "fr"]);
    let page = read(&site, "content/fr/guide.md");
    for part in [
        "title: \"É The guide: first part\"\n",
        "linkTitle: É Guide\n",
        "description: \"É Short, and plain\"\n",
        "tags: [a]\n",
        "É A first paragraph over two lines with `code`",
        ".\\\nA wanted break.\n",
        "## É Install {#install}\n",
        "- É One item over two lines\n- [x] É A done task\n",
        "  É with a second paragraph\n",
        "> É A quotation over lines\n>\n> - É with an item\n",
        "É Setext heading\n--------------\n",
        "| É a \\| b | É first |\n| `x` | É **second** |\n",
        "É Term\n: É Its definition\n",
        "[^1]: É A footnote goes on.\n",
        "# not translated\n",
        "{{< alert title=\"É Mind\" color=\"warning\" >}}\nÉ Inner text.\n\n- É inner item\n",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains("lang: en") && !page.contains("untranslated"), "{page}");
    assert_eq!(state(&site), "current");
    let po = read(&site, "po/guide.po");
    assert_eq!(export(&site), po);
    fs::remove_file(site.path("po/guide.po")).expect("a file");
    assert_eq!(export(&site), po, "from the page alone");
    assert!(run(&site, &["i18n", "import", "po", "--lang", "fr"]).contains("0 pages changed"));
    assert_eq!(read(&site, "content/fr/guide.md"), page);
    // One message changed: one place of the file changes.
    site.edit("po/guide.po", po.replace("msgstr \"É Inner text.\"", "msgstr \"Autre texte.\""));
    run(&site, &["i18n", "import", "po/guide.po", "--lang", "fr"]);
    assert_eq!(read(&site, "content/fr/guide.md"), page.replace("É Inner text.", "Autre texte."));
}

#[test]
fn what_is_not_translated_is_marked_with_its_language() {
    let site = site();
    let wanted = ["A first", "Install", "One item", "A quotation", "Name", "Inner"];
    let po = translated(&export(&site), |id| wanted.iter().any(|part| id.contains(part)));
    site.edit("po/guide.po", &po);
    run(&site, &["i18n", "import", "po", "--lang", "fr"]);
    let page = read(&site, "content/fr/guide.md");
    for part in [
        "untranslated: [\"title\",\"linkTitle\",\"description\",\"alert title\"]\n",
        "- [x] A done task <!-- lang: en -->\n",
        "  1. nested <!-- lang: en -->\n",
        "> - with an item <!-- lang: en -->\n",
        "<!-- lang: en -->\n> [!NOTE]\n",
        "<!-- lang: en -->\nSetext heading\n---",
        "| É Name | Meaning <!-- lang: en --> |\n",
        "- inner item <!-- lang: en -->\n",
        "<!-- lang: en -->\n### Deep\n",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let html = site.build().html("fr/guide/index.html");
    let mark = "lang=\"en\" dir=\"ltr\"";
    for part in [
        "<li><p>É One item".to_owned(),
        format!("<li><p {mark}><input type=\"checkbox\" disabled checked aria-label=\"\"> A done task</p>"),
        format!("<p {mark}>with a second paragraph</p>"),
        format!("<li {mark}>nested</li>"),
        format!("<div {mark} class=\"markdown-alert"),
        format!("<h2 {mark} id=\"setext-heading\">Setext heading<a class=\"anchor\""),
        format!("<th {mark} scope=\"col\" class=\"align-center\">Meaning</th>"),
        format!("<dl {mark}>"),
        format!("<div {mark}>\n<p class=\"x\">Raw"),
        format!("<li {mark}>inner item</li>"),
        format!("<h3 {mark} id=\"deep\">"),
    ] {
        assert!(html.contains(&part), "{part} in {html}");
    }
    assert!(!html.contains("lang: en"), "{html}");
    assert_eq!(
        state(&site),
        "partial, untranslated The guide: first part, untranslated Install, untranslated Setext heading, untranslated Deep"
    );
    fs::remove_file(site.path("po/guide.po")).expect("a file");
    let again = export(&site);
    assert_eq!(again, po, "the marks tell what is not translated");
    // The rest, later.
    site.edit("po/guide.po", translated(&again, |_| true));
    run(&site, &["i18n", "import", "po", "--lang", "fr"]);
    let page = read(&site, "content/fr/guide.md");
    assert!(!page.contains("lang: en") && !page.contains("untranslated"), "{page}");
    // Most words of these made-up translations are the source's, which is all that may be said of them.
    assert!(!state(&site).contains("not translated"), "{}", state(&site));
}

/// A French guide that is current, and the source changed since.
fn aged() -> Site {
    let site = site();
    site.edit("po/guide.po", translated(&export(&site), |_| true));
    run(&site, &["i18n", "import", "po", "--lang", "fr"]);
    site.commit("2024-01-01T00:00:00Z");
    let edited = SOURCE
        .replace("Inner text.", "Other inner text.")
        .replace("### Deep\n", "### New\n\nA new text.\n\n```\ncode\n```\n\n### Deep\n");
    site.edit("content/en/guide.md", edited);
    fs::remove_file(site.path("po/guide.po")).expect("a file");
    site
}

#[test]
fn changed_messages_are_fuzzy_with_their_former_text_and_not_published() {
    let site = aged();
    let before = read(&site, "content/fr/guide.md");
    let po = export(&site);
    let fuzzy = "#, fuzzy\n#| msgid \"Inner text.\"\nmsgctxt \"setext-heading | paragraph\"\nmsgid \"Other inner text.\"\nmsgstr \"É Inner text.\"\n";
    assert!(po.contains(fuzzy), "{po}");
    assert!(po.contains("msgid \"A new text.\"\nmsgstr \"\"\n"), "{po}");
    run(&site, &["i18n", "import", "po", "--lang", "fr"]);
    assert_eq!(read(&site, "content/fr/guide.md"), before, "nothing changed");

    let new = po
        .replace("msgid \"A new text.\"\nmsgstr \"\"", "msgid \"A new text.\"\nmsgstr \"Un nouveau texte.\"")
        .replace("msgstr \"É Inner text.\"", "msgstr \"Brouillon.\"");
    site.edit("po/guide.po", &new);
    run(&site, &["i18n", "import", "po", "--lang", "fr"]);
    let page = read(&site, "content/fr/guide.md");
    let inserted =
        "{{< /alert >}}\n\n<!-- lang: en -->\n### New\n\nUn nouveau texte.\n\n```\ncode\n```\n\n### É Deep\n";
    assert!(page.contains(inserted), "{page}");
    assert!(page.contains("É Inner text.") && !page.contains("Brouillon"), "{page}");
    assert_eq!(state(&site), "stale, changed Setext heading");

    site.edit(
        "po/guide.po",
        new.replace("#, fuzzy\n", "").replace("msgid \"New\"\nmsgstr \"\"", "msgid \"New\"\nmsgstr \"Nouveau\""),
    );
    run(&site, &["i18n", "import", "po", "--lang", "fr"]);
    assert_eq!(state(&site), "current");
    assert!(read(&site, "content/fr/guide.md").contains("\n### Nouveau\n\nUn nouveau"));
}

#[test]
fn a_source_that_changed_after_the_export_leaves_the_page_stale() {
    let site = site();
    site.edit("po/guide.po", translated(&export(&site), |_| true));
    site.edit("content/en/guide.md", SOURCE.replace("Inner text.", "Quite another."));
    let told = run(&site, &["i18n", "import", "po", "--lang", "fr"]);
    assert!(told.contains("warning[po-stale]"), "{told}");
    assert!(state(&site).starts_with("stale, changed Setext heading"), "{}", state(&site));
    assert!(read(&site, "content/fr/guide.md").contains("Quite another. <!-- lang: en -->"));
    // What no block wants any more is kept as a comment.
    let po = export(&site);
    assert!(
        po.contains(
            "\n#~ msgctxt \"setext-heading | paragraph\"\n#~ msgid \"Inner text.\"\n#~ msgstr \"É Inner text.\"\n"
        ),
        "{po}"
    );
    assert_eq!(export(&site), po);
    run(&site, &["i18n", "import", "po", "--lang", "fr"]);
}

#[test]
fn faults_are_told_with_their_place() {
    let site = site();
    let po = export(&site);
    let wrong = po
        .replace("msgid \"Guide\"\nmsgstr \"\"", "msgid \"Guide\"\nmsgstr \"Gu\\ide\"")
        .replace("inside.\"\nmsgstr \"\"", "inside.\"\nmsgstr \"Texte[^1] sans appel.\"")
        .replace("one.\"\nmsgstr \"\"", "one.\"\nmsgstr \"- Le dernier ![](map.png)\"")
        .replace("msgid \"first\"\nmsgstr \"\"", "msgid \"first\"\nmsgstr \"un | deux\"")
        .replace("msgid \"inner item\"", "msgid \"no such item\"");
    site.edit("po/guide.po", wrong);
    site.edit("po/it.po", po.replace("Language: fr", "Language: it"));
    site.edit("po/none.po", po.replace("Key: guide", "Key: guid"));
    let output = plenary(&site, &["--message-format", "json", "i18n", "import", "po", "--lang", "fr"]);
    assert_eq!(output.status.code(), Some(1));
    let found: Vec<String> = String::from_utf8(output.stdout)
        .expect("UTF-8")
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
        .map(|found| {
            format!(
                "{}:{} {} {}",
                found["file"].as_str().unwrap_or_default(),
                found["column"],
                found["code"].as_str().unwrap_or_default(),
                found["message"].as_str().unwrap_or_default()
            )
        })
        .collect();
    for part in [
        "po/guide.po:11 po-syntax `\\i` is no escape",
        "po/guide.po:1 po-broken the translation has other shortcodes than the source",
        "po/guide.po:1 po-broken the translation is more than one block of Markdown",
        "po/guide.po:1 po-broken the translation would end the cell of the table",
        "po/guide.po:1 po-stale the source has no such text any more, so the translation is not used",
        "po/it.po:1 po-page the file is for the language `it`, not for `fr`",
        "po/none.po:1 po-page there is no page with the content key `guid`",
    ] {
        assert!(found.iter().any(|line| line == part), "{part} in {found:#?}");
    }
}

#[test]
fn a_page_that_is_translated_freely_keeps_what_cannot_be_paired() {
    let site = site();
    let own = "---\ntitle: Guide libre\n---\nUn seul paragraphe.\n\nEt encore un.\n\n## Installer\n\n* un\n* deux\n";
    site.edit("content/fr/guide.md", own);
    let told = run(&site, &["i18n", "export", "guide", "--lang", "fr", "--out", "po"]);
    assert!(told.contains("note[po-unpaired]") && told.contains("content/fr/guide.md:4:1"), "{told}");
    let po = read(&site, "po/guide.po");
    assert!(po.contains("msgstr \"Guide libre\"\n") && !po.contains("paragraphe"), "{po}");
    run(&site, &["i18n", "import", "po", "--lang", "fr"]);
    assert_eq!(read(&site, "content/fr/guide.md"), own);
}

#[test]
fn settings_add_keys_and_parameters() {
    let site = site();
    let settings = read(&site, "site.yaml");
    site.edit("site.yaml", settings + "translation: {front_matter: [ways], parameters: [color]}\n");
    site.edit(
        "content/en/guide.md",
        SOURCE.replace("tags: [a]", "ways:\n  - {label: Come in, url: /x/}\n  - plain words"),
    );
    let po = export(&site);
    for part in [
        "msgctxt \"front matter ways.0.label\"\nmsgid \"Come in\"",
        "msgctxt \"front matter ways.1\"\nmsgid \"plain words\"",
        "msgid \"warning\"",
    ] {
        assert!(po.contains(part), "{part} in {po}");
    }
    assert!(!po.contains("/x/"), "{po}");
    site.edit("po/guide.po", translated(&po, |_| true));
    run(&site, &["i18n", "import", "po", "--lang", "fr"]);
    assert!(
        read(&site, "content/fr/guide.md").contains("ways:\n  - {label: É Come in, url: /x/}\n  - É plain words\n")
    );
}

#[test]
fn nothing_translated_makes_no_page() {
    let site = site();
    export(&site);
    assert!(run(&site, &["i18n", "import", "po", "--lang", "fr"]).contains("1 PO files read, 0 pages changed"));
    assert!(!site.path("content/fr/guide.md").exists());
}
