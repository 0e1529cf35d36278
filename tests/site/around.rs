//! What stands around every page's text: banners, archives, the question, the script that counts.

use super::support::{Built, Site};

const CONTENT: &str = "-- content/en/a.md --
---
title: A
---
Text.
-- content/fr/a.md --
---
title: A
---
Texte.
";

/// Built with the real theme on the second of April 2025.
fn build(settings: &str) -> Built {
    let languages = "languages: {en: {name: English}, fr: {name: Français}, ko: {name: 한국어, fallback: [fr]}}";
    Site::new(&format!("-- site.yaml --\ntheme: tag\n{languages}\n{settings}{CONTENT}")).build()
}

#[test]
fn a_banner_is_shown_on_its_days_in_the_language_of_the_reader() {
    let always = "banner: {text: {en: \"See [us](https://example.com/)\", fr: Venez}}\n";
    let built = build(always).clean();
    let en = built.text("a/index.html");
    assert!(en.contains("<p lang=\"en\" dir=\"ltr\">See <a href=\"https://example.com/\">us</a></p>"), "{en}");
    assert!(en.contains("data-dismiss="));
    assert!(built.text("fr/a/index.html").contains("<p lang=\"fr\" dir=\"ltr\">Venez</p>"));
    assert!(built.text("ko/a/index.html").contains("<p lang=\"fr\" dir=\"ltr\">Venez</p>"));

    for (days, shown) in
        [("from: 2000-01-01, until: 2999-12-31", true), ("from: 2999-01-01", false), ("until: 2000-01-01", false)]
    {
        let built = build(&format!("banner: [{{text: Soon, {days}, dismissable: false}}]\n")).clean();
        let html = built.text("a/index.html");
        assert_eq!(html.contains("Soon</p>"), shown, "{days}");
        assert!(!html.contains("data-dismiss="));
    }
}

#[test]
fn an_archive_says_so_and_asks_for_nothing() {
    let repository = "repository: https://github.com/a/b\nfeedback: true\n";
    let open = build(repository).clean().text("a/index.html");
    assert!(open.contains("/edit/main/") && open.contains("Was this page helpful?"), "{open}");
    let archive = "archived: {since: 2025-05-01, see: \"https://example.com/\", noindex: true}\n";
    let built = build(&format!("{repository}{archive}")).clean();
    let html = built.text("a/index.html");
    assert!(html.contains("has not been updated since May 1, 2025."), "{html}");
    assert!(html.contains("<a href=\"https://example.com/\">Where the work goes on</a>"), "{html}");
    assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{html}");
    assert!(!html.contains("/edit/main/") && !html.contains("helpful"), "{html}");
    assert!(built.text("_headers").contains("X-Robots-Tag: noindex"));
    let own_words = build("archived: {text: {fr: \"*Fini*\"}}\n").clean();
    assert!(own_words.text("fr/a/index.html").contains("<em>Fini</em>"));
    assert!(own_words.text("a/index.html").contains("This site is an archive. It is no longer updated."));
}

#[test]
fn the_question_opens_an_issue_that_is_begun() {
    let html = build("repository: https://github.com/a/b\nfeedback: true\n").clean().text("fr/a/index.html");
    let yes = "https://github.com/a/b/issues/new?title=Cette%20page";
    assert_eq!(html.matches(yes).count(), 2, "{html}");
    assert!(html.contains("Page%3A%20https%3A%2F%2Fexample%2Eorg%2Ffr%2Fa%2F"), "{html}");
}

#[test]
fn one_script_may_count_and_the_policy_names_its_host_alone() {
    let none = build("").clean();
    let policy = none.text("_headers");
    assert!(policy.contains(" 'sha256-") && !policy.contains("connect-src"), "{policy}");
    let analytics = "analytics: {script: \"https://stats.example.net/count.js\", attributes: {goatcounter: \"https://tag.example.net/count\"}}\n";
    let built = build(analytics).clean();
    let script = "<script src=\"https://stats.example.net/count.js\" async data-goatcounter=\"https://tag.example.net/count\"></script>";
    assert!(built.text("a/index.html").contains(script), "{}", built.text("a/index.html"));
    let policy = built.text("_headers");
    assert!(
        policy.contains(
            "' https://stats.example.net; connect-src 'self' https://stats.example.net https://tag.example.net;"
        ),
        "{policy}"
    );
}

#[test]
fn a_palette_is_laid_over_the_themes_colours() {
    let built = build("palette: {accent: \"#005fa3\", edge: {light: \"#777\", dark: \"#888888\"}}\n").clean();
    let html = built.text("a/index.html");
    let style = html.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next()).expect("a style");
    assert!(style.starts_with(":root{--accent:#005fa3;--edge:#777777;--tint:#e6eff6;--on-accent:#ffffff;}"), "{style}");
    assert!(style.contains("--edge:light-dark(#777777,#888888);"), "{style}");
    assert!(!build("").text("a/index.html").contains("<style>"));
    // What the theme says of its colours is what its style sheet says.
    let theme = &built.run.snapshot.theme;
    let css = include_str!("../../themes/tag/assets/css/tag.css");
    for (role, [light, dark]) in theme.colours.iter() {
        let short = |colour: &str| if colour == "#ffffff" { "#fff".to_owned() } else { colour.to_owned() };
        let written = format!("--{role}:light-dark({},{})", short(&light), short(&dark));
        assert!(css.contains(&written), "{written}");
    }
}

/// The lines in the head are the only ones that the policy admits, letter by letter.
#[test]
fn the_policy_has_the_digest_of_the_lines_in_the_head() {
    use base64::Engine as _;
    use sha2::Digest as _;
    let built = build("").clean();
    let html = built.text("a/index.html");
    let script = html.split("<script>").nth(1).and_then(|rest| rest.split("</script>").next()).expect("a script");
    let digest = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(script.as_bytes()));
    assert!(built.text("_headers").contains(&format!(" 'sha256-{digest}';")));
    assert_eq!(html.matches("<script>").count(), 1);
}

#[test]
fn what_cannot_be_is_told_with_its_mend() {
    for (settings, told) in [
        (
            "banner: {text: {en: Hi, xx: Ho}}",
            "site.yaml:3:25 language-unknown `xx` is no language of this site | its languages are en, fr, ko",
        ),
        (
            "banner: {from: 2025-04-01}",
            "site.yaml:3:9 config-value the text of the banner is missing here | write `text: \"See you at KubeCon\"`",
        ),
        (
            "banner: {text: Hi, from: 2025-05-01, until: 2025-04-01}",
            "site.yaml:3:45 config-value 2025-04-01 is before the first day, 2025-05-01 | the banner would never be seen: swap the two days",
        ),
        (
            "banner: {text: Hi, untill: 2025-05-01}",
            "site.yaml:3:20 config-unknown unknown setting `untill` | did you mean `until`?",
        ),
        (
            "archived: {since: May}",
            "site.yaml:3:19 config-value `May` is no day of the calendar | write for example `since: 2025-04-01`",
        ),
        (
            "archived: {see: example.com}",
            "site.yaml:3:17 config-value `example.com` is no address | write one that begins with `https://`, or `/` for one of this site",
        ),
        (
            "analytics: {attributes: {a: b}}",
            "site.yaml:3:12 config-value the address of the script is missing here | write `script: https://stats.example.org/count.js`",
        ),
        (
            "analytics: {script: /c.js, attributes: {\"on load\": b}}",
            "site.yaml:3:41 config-value `on load` cannot be the name of an attribute | write letters, digits and `-`, such as `goatcounter` for `data-goatcounter`",
        ),
        (
            "palette: {acent: \"#005fa3\"}",
            "site.yaml:3:11 config-unknown the palette has no colour `acent` | did you mean `accent`?",
        ),
        (
            "palette: {accent: blue}",
            "site.yaml:3:19 config-value `blue` is no colour | write it in hexadecimal digits and in quotes, such as `\"#005fa3\"`",
        ),
        (
            "feedback: perhaps",
            "site.yaml:3:11 config-value `feedback` is a text, but true or false belongs here | write for example `feedback: true`",
        ),
        (
            "images: {widths: [big]}",
            "site.yaml:3:19 config-value `big` is no width for a picture | write pixels between 16 and 8192, such as `widths: [480, 960]`",
        ),
        (
            "images: {formats: [webpp]}",
            "site.yaml:3:20 config-value pictures are not made in the format `webpp` | did you mean `webp`?",
        ),
        (
            "images: {quality: 200}",
            "site.yaml:3:19 config-value the quality 200 is not in 1 to 100 | write `quality: 80`",
        ),
    ] {
        assert_eq!(build(&format!("{settings}\n")).diagnostics(), [told], "{settings}");
    }
}
