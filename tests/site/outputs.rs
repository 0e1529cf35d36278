//! Everything besides the pages, and that the same input gives the same bytes.

use super::support::{Built, Site, build, lines};
use roxmltree::Document;
use std::collections::BTreeMap;

const BLOG: &str = "-- site.yaml --
feed_limit: 2
-- content/en/_index.md --
---
title: Home
---
-- content/en/blog/_index.md --
---
title: Blog & more
---
-- content/en/blog/one.md --
---
title: One <1>
date: 2024-01-01
description: First & foremost.
authors: [Ada, Bo]
tags: [x]
---
-- content/en/blog/two.md --
---
title: Two
date: 2024-02-01T10:00:00+02:00
lastmod: 2024-03-01
---
[One](one.md) ![Logo](/logo.svg) \"quoted\" \u{8} & `<code>`
-- content/en/blog/three.md --
---
title: Three
date: 2024-01-15
---
-- content/fr/blog/one.md --
---
title: Un
date: 2024-01-01
---
-- content/en/plain.md --
---
title: Plain
noindex: true
---
-- static/logo.svg --
<svg/>
";

const ATOM: &str = "http://www.w3.org/2005/Atom";

#[test]
fn feeds_are_atom() {
    let built = build(BLOG).clean();
    let text = built.text("blog/index.xml");
    let feed = Document::parse(&text).expect("XML");
    let root = feed.root_element();
    let of = |node: roxmltree::Node<'_, '_>, name: &str| {
        let found = node.children().find(|child| child.has_tag_name((ATOM, name)));
        found.and_then(|child| child.text()).unwrap_or_default().to_owned()
    };
    assert!(root.has_tag_name((ATOM, "feed")));
    assert_eq!(of(root, "title"), "Blog & more – Example");
    assert_eq!(of(root, "id"), "https://example.org/blog/");
    assert_eq!(of(root, "updated"), "2024-02-01T08:00:00Z");
    let link = root.children().find(|node| node.attribute("rel") == Some("self")).expect("a link");
    assert_eq!(link.attribute("href"), Some("https://example.org/blog/index.xml"));
    let entries: Vec<_> = root.children().filter(|node| node.has_tag_name((ATOM, "entry"))).collect();
    let titles: Vec<String> = entries.iter().map(|entry| of(*entry, "title")).collect();
    assert_eq!(titles, ["Two", "Three"], "the newest, no more than the limit");
    assert_eq!(of(entries[0], "published"), "2024-02-01T08:00:00Z");
    assert_eq!(of(entries[0], "updated"), "2024-03-01T00:00:00Z");
    let content = of(entries[0], "content");
    for part in [
        "<a href=\"https://example.org/blog/one/\">One</a>",
        "src=\"https://example.org/logo.svg\"",
        "“quoted”",
        "<code>&lt;code&gt;</code>",
    ] {
        assert!(content.contains(part), "{part} in {content}");
    }
}

#[test]
fn every_dated_list_has_a_feed_in_its_language() {
    let built = build(BLOG).clean();
    let feeds: Vec<&str> = built.paths().into_iter().filter(|path| path.ends_with("index.xml")).collect();
    assert_eq!(feeds, ["blog/index.xml", "fr/blog/index.xml", "fr/index.xml", "index.xml", "tags/x/index.xml"]);
    for path in &feeds {
        let text = built.text(path);
        let feed = Document::parse(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let root = feed.root_element();
        let language = if path.starts_with("fr/") { "fr" } else { "en" };
        assert_eq!(root.attribute(("http://www.w3.org/XML/1998/namespace", "lang")), Some(language), "{path}");
        for entry in root.children().filter(|node| node.has_tag_name((ATOM, "entry"))) {
            for name in ["id", "title", "updated", "author", "link"] {
                assert!(entry.children().any(|child| child.has_tag_name((ATOM, name))), "{path}: {name}");
            }
        }
    }
    let french = built.text("fr/index.xml");
    assert!(french.contains("<title>Un</title>") && !french.contains("<title>Two</title>"), "{french}");
    assert!(built.text("tags/x/index.xml").contains("<title>One &lt;1&gt;</title>"));
    assert!(
        built.text("tags/x/index.xml").contains("<author><name>Ada</name></author>\n<author><name>Bo</name></author>")
    );
}

#[test]
fn the_sitemap_lists_pages_with_their_alternates() {
    let built = build(BLOG).clean();
    let text = built.text("sitemap.xml");
    let map = Document::parse(&text).expect("XML");
    let sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";
    let mut rows = BTreeMap::new();
    for url in map.root_element().children().filter(|node| node.has_tag_name((sitemap, "url"))) {
        let text = |name: &str| {
            let child = url.children().find(|child| child.has_tag_name((sitemap, name)));
            child.and_then(|child| child.text()).unwrap_or_default().to_owned()
        };
        let links: Vec<String> = url
            .children()
            .filter(|child| child.has_tag_name(("http://www.w3.org/1999/xhtml", "link")))
            .map(|link| link.attribute("hreflang").unwrap_or_default().to_owned())
            .collect();
        rows.insert(text("loc").replace("https://example.org", ""), (text("lastmod"), links.join(" ")));
    }
    let row = |path: &str| rows.get(path).cloned().unwrap_or_else(|| panic!("{path} in {rows:#?}"));
    assert_eq!(row("/blog/one/"), ("2024-01-01".into(), "en fr x-default".into()));
    assert_eq!(row("/blog/two/"), ("2024-03-01".into(), "en x-default".into()));
    assert!(!rows.contains_key("/plain/"), "noindex");
    assert!(!rows.contains_key("/fr/blog/two/"), "a fallback");
    assert!(rows.contains_key("/tags/x/") && rows.contains_key("/fr/blog/one/"), "{rows:#?}");
}

#[test]
fn sitemap_addresses_are_plain_ascii() {
    let built =
        build("-- content/en/플랫폼.md --\n---\ntitle: A\n---\n-- content/en/a b.md --\n---\ntitle: B\n---\n").clean();
    let map = built.text("sitemap.xml");
    assert!(map.is_ascii(), "{map}");
    assert!(map.contains("<loc>https://example.org/%ED%94%8C%EB%9E%AB%ED%8F%BC/</loc>"), "{map}");
}

#[test]
fn robots_headers_and_redirects() {
    let built = build(BLOG).clean();
    assert_eq!(built.text("robots.txt"), "User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xml\n");
    let headers = built.text("_headers");
    for line in ["/*", "/assets/*"] {
        assert!(headers.lines().any(|found| found == line), "{headers}");
    }
    assert!(headers.contains("  X-Content-Type-Options: nosniff\n"), "{headers}");
    assert!(headers.contains("  Cache-Control: public, max-age=31536000, immutable\n"), "{headers}");
    assert!(!headers.contains("X-Robots-Tag"), "{headers}");
    assert_eq!(built.text("_redirects"), "/fr/* /fr/404.html 404\n");
}

#[test]
fn a_preview_is_not_for_search_engines() {
    let built = Site::new(BLOG).with(|options| options.preview = true).build().clean();
    assert_eq!(built.text("robots.txt"), "User-agent: *\nDisallow: /\n");
    assert!(built.text("_headers").contains("  X-Robots-Tag: noindex\n"));
    for (path, _) in built.outputs.iter().filter(|(path, _)| path.ends_with("/index.html") || *path == "index.html") {
        assert!(built.text(path).contains("noindex"), "{path}");
    }
}

#[test]
fn a_page_can_stay_out_of_search_engines() {
    let built = build(BLOG).clean();
    assert_eq!(lines(&built.head("plain/index.html"), "<meta name"), ["<meta name=\"robots\" content=\"noindex\">"]);
    assert_eq!(lines(&built.head("blog/one/index.html"), "<meta name"), [] as [&str; 0]);
}

#[test]
fn assets_carry_their_digest() {
    let site = Site::new(
        "-- themes/plain/assets/css/a.css --
a {}
-- themes/plain/assets/logo --
x
-- content/en/_index.md --
---
title: Home
---
",
    )
    .main("{{ asset(path=\"css/a.css\") }}");
    let address = |built: &Built| built.html("index.html");
    let first = site.build().clean();
    let path = address(&first);
    assert!(
        path.starts_with("/assets/css/a.") && std::path::Path::new(&path).extension().is_some_and(|e| e == "css"),
        "{path}"
    );
    assert_eq!(first.text(&path[1..]), "a {}\n");
    assert_eq!(address(&site.build()), path);
    site.edit("themes/plain/assets/css/a.css", "b {}\n");
    let second = site.build().clean();
    assert_ne!(address(&second), path);
    assert!(second.has(&address(&second)[1..]) && !second.has(&path[1..]), "{:?}", second.paths());
}

#[test]
fn a_static_file_wins_over_a_generated_one() {
    let built = build(
        "-- static/robots.txt --
mine
-- static/_redirects --
/a /b 301
-- static/fr/404.html --
own
-- static/deep/a.txt --
a
-- content/en/_index.md --
---
title: Home
---
",
    )
    .clean();
    assert_eq!(built.text("robots.txt"), "mine\n");
    assert_eq!(built.text("_redirects"), "/a /b 301\n");
    assert_eq!(built.text("fr/404.html"), "own\n");
    assert_eq!(built.text("deep/a.txt"), "a\n");
}

#[test]
fn static_files_are_byte_for_byte() {
    let bytes: Vec<u8> = (0..=255).collect();
    let site = Site::new("-- content/en/_index.md --\n---\ntitle: Home\n---\n");
    site.edit("static/a.bin", &bytes);
    site.edit("content/en/b.png", &bytes);
    let built = site.build().clean();
    assert_eq!(built.outputs["a.bin"], bytes);
    assert_eq!(built.outputs["b.png"], bytes);
}

#[test]
fn two_builds_with_one_thread_or_many_are_the_same() {
    // Enough for tasks to overtake each other.
    let mut files = BLOG.replace("feed_limit: 2\n", "theme: tag\nsearch: false\n");
    for number in 0..60 {
        files.push_str(&format!(
            "-- content/en/many/p{number}.md --\n---\ntitle: P{number}\ntags: [t{}, x]\ncategories: [c{}]\naliases: [/old{number}/]\n---\n## H\n[next](p{}.md#h) [dead](nowhere{number}.md)\n\n```go\nfunc f{number}() {{}}\n```\n",
            number % 7,
            number % 3,
            (number + 1) % 60,
        ));
    }
    let site = Site::new(&files);
    let build_with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| site.build())
    };
    let first = build_with(1);
    assert!(first.diagnostics().len() >= 60, "{}", first.diagnostics().len());
    for threads in [1, 2, 4] {
        let other = build_with(threads);
        assert_eq!(first.paths(), other.paths(), "{threads} threads");
        for (path, bytes) in &first.outputs {
            assert!(other.outputs[path] == *bytes, "{path} with {threads} threads");
        }
        assert_eq!(first.diagnostics(), other.diagnostics(), "{threads} threads");
    }
}

#[test]
fn no_output_depends_on_where_the_site_lies() {
    let (one, two) = (build(BLOG), build(BLOG));
    assert_eq!(one.outputs, two.outputs);
}
