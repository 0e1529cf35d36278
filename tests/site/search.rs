//! The search index: who is in it, and that it is an output like any other.

use super::support::{Built, Site, build, lines};
use serde_json::Value;
use std::io::Read as _;

const SITE: &str = "-- themes/plain/templates/search.html --
<form action=\"{{ site.search.url }}\">{{ site.search.index or \"none\" }} {{ site.search.source?.tag or \"none\" }}</form>
-- site.yaml --
base_url: https://example.org/docs/
languages: {en: {name: English}, fr: {name: Français}, ko: {name: 한국어}}
-- content/en/_index.md --
---
title: Home
---
Words of the home page.
-- content/en/guide/_index.md --
---
title: Guide
---
A section with words.
-- content/en/guide/first.md --
---
title: First <steps>
description: What comes *first*.
tags: [a]
aliases: [/old/]
---
## Begin
Walk &amp; talk.
-- content/en/guide/secret.md --
---
title: Secret
noindex: true
---
-- content/en/blog/_index.md --
---
title: Blog
---
News.
-- content/en/blog/news.md --
---
title: News
date: 2024-02-29
---
-- content/en/papers/_index.md --
---
title: Papers
type: whitepaper
---
All of them.
-- content/en/papers/one.md --
---
title: One paper
type: whitepaper
date: 2023-05-01
---
-- content/en/meetings/_index.md --
---
title: Meetings
type: meeting
---
All of them.
-- content/en/meetings/a.md --
---
title: A meeting
type: meeting
date: 2025-01-08
---
-- content/fr/guide/first.md --
---
title: Premiers pas
---
Marcher.
";

/// `path title kind year date` of every page of the index.
fn found(built: &Built) -> Vec<String> {
    let fragments = built.outputs.iter().filter(|(path, _)| path.starts_with("pagefind/fragment/"));
    let mut rows: Vec<String> = fragments
        .map(|(_, bytes)| {
            let mut text = String::new();
            flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).expect("a fragment");
            let page: Value = serde_json::from_str(text.trim_start_matches("pagefind_dcd")).expect("JSON");
            let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
            let (meta, filters) = (&page["meta"], &page["filters"]);
            let (url, title, date) = (word(&page["url"]), word(&meta["title"]), word(&meta["date"]));
            format!("{url} “{title}” {} {} {date}", word(&filters["kind"][0]), word(&filters["year"][0]))
        })
        .collect();
    rows.sort();
    rows
}

#[test]
fn pages_are_found_in_the_language_that_they_are_written_in() {
    let built = build(SITE).clean();
    assert_eq!(
        found(&built),
        [
            "/blog/news/ “News” post 2024 2024-02-29",
            "/fr/guide/first/ “Premiers pas” page - -",
            "/guide/ “Guide” page - -",
            "/guide/first/ “First <steps>” page - -",
            "/meetings/a/ “A meeting” meeting 2025 2025-01-08",
            "/papers/one/ “One paper” paper 2023 2023-05-01",
        ]
    );
    let entry: Value = serde_json::from_str(&built.text("pagefind/pagefind-entry.json")).expect("JSON");
    let languages: Vec<&String> = entry["languages"].as_object().expect("languages").keys().collect();
    assert_eq!(languages, ["en", "fr"], "Korean has fallbacks alone");
    let files: Vec<&str> = built.paths().into_iter().filter(|path| path.starts_with("pagefind/")).collect();
    for file in ["pagefind.js", "pagefind-worker.js", "wasm.en.pagefind", "wasm.fr.pagefind"] {
        assert!(files.contains(&format!("pagefind/{file}").as_str()), "{file} in {files:?}");
    }
    assert!(!files.iter().any(|path| path.contains("-ui.") || path.contains("unknown")), "{files:?}");
}

#[test]
fn each_language_has_a_page_to_search_from() {
    let built = build(SITE).clean();
    let form = |path: &str| lines(&built.text(path), "<form").join("");
    assert_eq!(form("search/index.html"), "<form action=\"/docs/search/\">en none</form>");
    assert_eq!(form("fr/search/index.html"), "<form action=\"/docs/fr/search/\">fr en</form>");
    assert_eq!(form("ko/search/index.html"), "<form action=\"/docs/ko/search/\">none en</form>");
    assert!(!built.text("sitemap.xml").contains("/search/"));
}

#[test]
fn a_site_can_do_without() {
    let without = |built: Built| {
        assert!(!built.paths().iter().any(|path| path.contains("search") || path.contains("pagefind")));
        assert!(!built.text("_headers").contains("wasm"));
    };
    assert!(build(SITE).clean().text("_headers").contains("script-src 'self' 'wasm-unsafe-eval';"));
    without(build(&SITE.replace("base_url", "search: false\nbase_url")).clean());
    without(Site::new(SITE).with(|options| options.no_search = true).build().clean());
}

#[test]
fn its_own_page_and_files_win_or_collide() {
    let own = format!("{SITE}-- content/en/search.md --\n---\ntitle: Mine\n---\nMy own search.\n");
    let built = build(&own).clean();
    assert!(built.text("search/index.html").contains("My own search."));
    let taken = format!("{SITE}-- static/pagefind/pagefind.js --\nmine\n");
    let built = build(&taken);
    assert_eq!(built.text("pagefind/pagefind.js"), "mine\n");
    assert_eq!(
        built.diagnostics(),
        [
            "duplicate-path `/pagefind/pagefind.js` would be written by two, one of them the search index | give what you have in `pagefind/` another folder"
        ]
    );
}

#[test]
fn the_index_is_the_same_with_one_thread_or_many() {
    let mut files = SITE.to_owned();
    for number in 0..40 {
        let language = ["en", "fr", "ko"][number % 3];
        files.push_str(&format!(
            "-- content/{language}/many/p{number}.md --\n---\ntitle: 제목 café {number}\ndate: 20{:02}-01-01\n---\n## Été {number}\nNaïve naive 플랫폼 w{} x{}\n",
            number % 7 + 10,
            number % 11,
            number * 7 % 13,
        ));
    }
    let site = Site::new(&files);
    let build_with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| site.build().clean())
    };
    let first = build_with(1);
    assert_eq!(found(&first).len(), 46);
    for threads in [1, 2, 4] {
        assert!(first.outputs == build_with(threads).outputs, "{threads} threads");
    }
}
