//! Pages without a translation, and how translations name each other.

use super::support::{Built, Site, lines};

/// English has all pages; French `a`, Portuguese of Brazil only what Portuguese gives it; Arabic nothing.
const FILES: &str = "-- site.yaml --
languages:
  en: {name: English, title: The site}
  fr: {name: Français, title: Le site}
  pt: {name: Português}
  pt-br: {name: Português (Brasil), fallback: [pt, es, en]}
  ar: {name: العربية}
repository: {url: https://github.com/org/repo, branch: main, root: site}
-- content/en/_index.md --
---
title: Home
---
-- content/en/a.md --
---
title: A
---
English a.
-- content/fr/a.md --
---
title: A en français
---
Texte.
-- content/en/b.md --
---
title: B
date: 2024-01-01
---
English b.
-- content/pt/b.md --
---
title: B em português
date: 2024-01-01
---
Texto.
-- content/fr/only.md --
---
title: Seulement
---
-- content/ar/rtl.md --
---
title: صفحة
---
نص
";

const FACTS: &str = "lang {{ page.lang }} {{ page.dir }}
fallback {{ page.is_fallback }} {{ page.fallback_language?.tag or 0 }}
translate {{ page.translate_url or 0 }}
edit {{ page.edit_url or 0 }}
{% for t in page.translations %}switch {{ t.tag }} {{ t.url }}{% if t.is_fallback %} fallback{% endif %}{% if t.current %} current{% endif %}
{% endfor %}{{ page.content | safe }}";

fn built() -> Built {
    Site::new(FILES).main(FACTS).build().clean()
}

#[test]
fn a_fallback_stands_in_its_frame_with_the_language_of_its_text() {
    let built = built();
    for (path, frame, facts) in [
        ("fr/b/index.html", "<html lang=\"fr\" dir=\"ltr\">", ["lang en ltr", "fallback true en"]),
        ("ar/b/index.html", "<html lang=\"ar\" dir=\"rtl\">", ["lang en ltr", "fallback true en"]),
        ("pt-br/b/index.html", "<html lang=\"pt-BR\" dir=\"ltr\">", ["lang pt ltr", "fallback true pt"]),
        ("pt-br/a/index.html", "<html lang=\"pt-BR\" dir=\"ltr\">", ["lang en ltr", "fallback true en"]),
        ("b/index.html", "<html lang=\"en\" dir=\"ltr\">", ["lang en ltr", "fallback false 0"]),
        ("ar/rtl/index.html", "<html lang=\"ar\" dir=\"rtl\">", ["lang ar rtl", "fallback false 0"]),
    ] {
        assert!(built.text(path).contains(frame), "{path}: {}", built.text(path));
        let html = built.html(path);
        assert_eq!(html.lines().take(2).collect::<Vec<_>>(), facts, "{path}");
    }
    assert!(built.html("pt-br/b/index.html").ends_with("<p>Texto.</p>"));
}

#[test]
fn a_fallback_is_canonical_at_its_source_and_no_alternate() {
    let built = built();
    let head = built.head("fr/b/index.html");
    assert_eq!(lines(&head, "<link"), ["<link rel=\"canonical\" href=\"https://example.org/b/\">"]);
    let head = built.head("pt-br/b/index.html");
    assert_eq!(lines(&head, "<link"), ["<link rel=\"canonical\" href=\"https://example.org/pt/b/\">"]);
}

#[test]
fn translations_are_alternates_of_each_other() {
    let built = built();
    let alternates = [
        "<link rel=\"alternate\" hreflang=\"en\" href=\"https://example.org/a/\">",
        "<link rel=\"alternate\" hreflang=\"fr\" href=\"https://example.org/fr/a/\">",
        "<link rel=\"alternate\" hreflang=\"x-default\" href=\"https://example.org/a/\">",
    ];
    for (path, canonical) in
        [("a/index.html", "https://example.org/a/"), ("fr/a/index.html", "https://example.org/fr/a/")]
    {
        let head = built.head(path);
        assert_eq!(lines(&head, "<link rel=\"alternate\""), alternates, "{path}");
        assert_eq!(lines(&head, "<link rel=\"canonical\""), [format!("<link rel=\"canonical\" href=\"{canonical}\">")]);
    }
    // A page in one language is its only alternate, and no page stands in for it.
    assert_eq!(
        lines(&built.head("fr/only/index.html"), "<link rel=\"alternate\""),
        ["<link rel=\"alternate\" hreflang=\"fr\" href=\"https://example.org/fr/only/\">"]
    );
}

#[test]
fn fallbacks_are_in_no_sitemap_and_no_feed() {
    let built = built();
    let map = built.text("sitemap.xml");
    let listed: Vec<&str> =
        map.split("<loc>").skip(1).filter_map(|rest| rest.split("</loc>").next()).map(|url| &url[19..]).collect();
    assert_eq!(listed, ["/", "/a/", "/ar/rtl/", "/b/", "/fr/a/", "/fr/only/", "/pt/b/"]);
    assert!(map.contains("hreflang=\"x-default\" href=\"https://example.org/a/\""), "{map}");
    assert!(!map.contains("https://example.org/fr/b/"), "{map}");
    assert!(built.text("index.xml").contains("<title>B</title>"));
    assert!(built.text("pt/index.xml").contains("<title>B em português</title>"));
    assert!(!built.has("fr/index.xml") && !built.has("pt-br/index.xml"), "{:?}", built.paths());
}

#[test]
fn a_page_without_text_in_the_chain_is_not_there() {
    let built = built();
    for path in ["only/index.html", "pt/only/index.html", "rtl/index.html", "es/b/index.html"] {
        assert!(!built.has(path), "{path}");
    }
}

#[test]
fn the_switcher_stays_on_the_page() {
    let built = built();
    assert_eq!(
        lines(&built.html("fr/b/index.html"), "switch"),
        [
            "switch en /b/",
            "switch fr /fr/b/ fallback current",
            "switch pt /pt/b/",
            "switch pt-BR /pt-br/b/ fallback",
            "switch ar /ar/b/ fallback",
        ]
    );
    assert_eq!(lines(&built.html("fr/only/index.html"), "switch"), ["switch fr /fr/only/ current"]);
}

#[test]
fn a_fallback_invites_to_translate_it() {
    let built = built();
    let of = |path: &str| built.html(path).lines().skip(2).take(2).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(
        of("fr/b/index.html"),
        [
            "translate https://github.com/org/repo/new/main/site/content/fr?filename=b%2Emd",
            "edit https://github.com/org/repo/edit/main/site/content/en/b.md"
        ]
    );
    assert_eq!(
        of("pt-br/b/index.html"),
        [
            "translate https://github.com/org/repo/new/main/site/content/pt-br?filename=b%2Emd",
            "edit https://github.com/org/repo/edit/main/site/content/pt/b.md"
        ]
    );
    assert_eq!(of("fr/a/index.html")[0], "translate 0");
}

#[test]
fn the_default_language_stands_at_its_prefix_too() {
    let redirect = built().text("en/index.html");
    assert!(redirect.contains("url=https://example.org/\""), "{redirect}");
}

#[test]
fn a_term_of_nothing_but_fallbacks_is_no_page_of_its_language() {
    let site = Site::new("-- content/en/a.md --\n---\ntitle: A\ntags: [x]\n---\n");
    let built = site.build().clean();
    assert!(built.has("fr/tags/x/index.html"));
    assert_eq!(
        lines(&built.head("fr/tags/x/index.html"), "<link"),
        ["<link rel=\"canonical\" href=\"https://example.org/tags/x/\">"]
    );
    let map = built.text("sitemap.xml");
    assert!(map.contains("https://example.org/tags/x/") && !map.contains("/fr/"), "{map}");
}

/// The theme that people see says all of it.
#[test]
fn the_real_theme_shows_the_notice_and_the_languages() {
    let site = Site::new(&FILES.replace("languages:\n", "theme: tag\nlanguages:\n"));
    let built = site.build();
    // The theme has no Portuguese but Brazil's.
    let told = built.diagnostics();
    assert!(told.len() == 1 && told[0].starts_with("i18n/pt.yaml:1:1 strings-missing"), "{told:?}");
    let page = built.text("ar/b/index.html");
    let html = built.html("ar/b/index.html");
    for part in [
        "<html lang=\"ar\" dir=\"rtl\"",
        "<link rel=\"canonical\" href=\"https://example.org/b/\">",
        "notice-fallback",
        "filename=b%2Emd",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(html.contains("<div class=\"content\" lang=\"en\" dir=\"ltr\"><p>English b.</p>"), "{html}");
    assert_eq!(page.matches("<h1").count(), 1, "{page}");
    assert!(html.contains("<h1 lang=\"en\" dir=\"ltr\">B</h1>"), "{html}");
    assert!(!page.contains("hreflang=\"x-default\""), "{page}");
    let french = built.html("fr/b/index.html");
    assert!(french.contains("en français") && french.contains("(English)"), "the notice names both: {french}");
    assert!(built.text("a/index.html").contains("hreflang=\"x-default\""));
    for path in ["404.html", "fr/404.html", "ar/404.html"] {
        assert!(built.head(path).contains("noindex"), "{path}");
    }
    assert!(built.text("fr/404.html").contains("<html lang=\"fr\""), "{}", built.text("fr/404.html"));
}

#[test]
fn x_default_is_never_a_fallback() {
    let built = Site::new(
        "-- site.yaml --
languages: {en: {fallback: [fr]}, fr: {}, ko: {}}
-- content/fr/a.md --
---
title: A
---
-- content/ko/a.md --
---
title: A
---
",
    )
    .build()
    .clean();
    assert!(built.pages().contains(&"/a/ page a < fr".to_owned()), "{:?}", built.pages());
    let head = built.head("ko/a/index.html");
    assert_eq!(
        lines(&head, "<link rel=\"alternate\"").last(),
        Some(&"<link rel=\"alternate\" hreflang=\"x-default\" href=\"https://example.org/fr/a/\">")
    );
    assert!(built.text("sitemap.xml").contains("hreflang=\"x-default\" href=\"https://example.org/fr/a/\""));
    assert!(!built.text("sitemap.xml").contains("\"https://example.org/a/\""), "{}", built.text("sitemap.xml"));
}
