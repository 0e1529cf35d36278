//! What a site tells programs: JSON-LD, pages as Markdown, `llms.txt`, icons, cards.

#[cfg(feature = "cards")]
use super::support::Site;
use super::support::{Built, build, lines};
use serde_json::Value;

const SITE: &str = "-- site.yaml --
base_url: https://example.org/docs/
title: Group & friends
description: What we do.
theme: tag
search: false
repository: https://github.com/example/site
languages: {en: {name: English}, fr: {name: Français, title: Groupe}}
meetings: {groups: {wg: {name: The group, location: \"https://meet.example.org/\"}}}
-- content/en/_index.md --
---
title: Home
---
-- content/en/guide/_index.md --
---
title: Guide
description: How *to*.
---
See [the first](first.md#begin), [here](#x) and ![a](/a.png).

## X {#x}
-- content/en/guide/first.md --
---
title: First </script> [steps]
---
## Begin

```yaml
a: <b>
```

{{< alert title=\"Mind\" >}}The **gap**.{{< /alert >}}
-- content/en/guide/secret.md --
---
title: Secret
noindex: true
---
-- content/en/blog/_index.md --
---
title: Blog
---
-- content/en/blog/news.md --
---
title: News & more
date: 2024-02-29
lastmod: 2024-03-01
authors: [Ada, Bo]
---
-- content/en/papers/_index.md --
---
title: Papers
type: whitepaper
---
-- content/en/papers/one.md --
---
title: One paper
type: whitepaper
version: 1.2
date: 2023-05-01
---
-- content/en/meetings/_index.md --
---
title: Meetings
---
-- content/en/meetings/a.md --
---
title: A meeting
type: meeting
date: 2025-01-08
cancelled: true
---
-- content/fr/guide/first.md --
---
title: Premiers pas
---
Marcher.
-- static/a.png --
x
";

/// The things that a page's JSON-LD says it is, by type.
fn graph(built: &Built, path: &str) -> Vec<Value> {
    let html = built.text(path);
    let Some((_, rest)) = html.split_once("<script type=\"application/ld+json\">") else { return vec![] };
    let text = rest.split("</script>").next().expect("an end");
    let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}: {text}"));
    assert_eq!(value["@context"], "https://schema.org");
    value["@graph"].as_array().expect("a graph").clone()
}

fn thing(built: &Built, path: &str, kind: &str) -> Value {
    let graph = graph(built, path);
    graph.iter().find(|thing| thing["@type"] == kind).unwrap_or_else(|| panic!("{path}: {kind} in {graph:?}")).clone()
}

#[test]
fn pages_say_what_they_are() {
    let built = build(SITE);
    let post = thing(&built, "blog/news/index.html", "Article");
    assert_eq!(post["headline"], "News & more");
    assert_eq!((&post["datePublished"], &post["dateModified"]), (&"2024-02-29".into(), &"2024-03-01".into()));
    assert_eq!(post["author"][1]["name"], "Bo");
    assert_eq!(post["mainEntityOfPage"], "https://example.org/docs/blog/news/");
    let paper = thing(&built, "papers/one/index.html", "TechArticle");
    assert_eq!(
        (&paper["version"], &paper["author"]["@id"]),
        (&"1.2".into(), &"https://example.org/docs/#organization".into())
    );
    let meeting = thing(&built, "meetings/a/index.html", "Event");
    assert_eq!(meeting["startDate"], "2025-01-08");
    assert_eq!(meeting["eventStatus"], "https://schema.org/EventCancelled");
    assert_eq!(meeting["location"]["url"], "https://meet.example.org/");
    let home = thing(&built, "index.html", "WebSite");
    assert_eq!((&home["name"], &home["url"]), (&"Group & friends".into(), &"https://example.org/docs/".into()));
    assert!(home["potentialAction"].is_null(), "this site is not searched: {home}");
    let group = thing(&built, "index.html", "Organization");
    assert_eq!(group["sameAs"][0], "https://github.com/example/site");
    let way = thing(&built, "guide/first/index.html", "BreadcrumbList");
    let steps: Vec<&str> =
        way["itemListElement"].as_array().expect("steps").iter().filter_map(|step| step["name"].as_str()).collect();
    assert_eq!(steps, ["Home", "Guide", "First </script> [steps]"], "whatever stands in it");
    assert_eq!(graph(&built, "fr/guide/index.html"), Vec::<Value>::new(), "a fallback");
    assert_eq!(graph(&built, "guide/secret/index.html"), Vec::<Value>::new(), "noindex");
}

#[test]
#[cfg(feature = "search")]
fn a_site_that_is_searched_says_how() {
    let built = build(&SITE.replace("search: false\n", ""));
    let target = &thing(&built, "index.html", "WebSite")["potentialAction"]["target"]["urlTemplate"].clone();
    assert_eq!(target, "https://example.org/docs/search/?q={search_term_string}");
}

#[test]
fn each_text_is_there_as_markdown() {
    let built = build(SITE);
    let twins: Vec<&str> = built.paths().into_iter().filter(|path| path.ends_with("index.md")).collect();
    assert_eq!(
        twins,
        [
            "blog/index.md",
            "blog/news/index.md",
            "fr/guide/first/index.md",
            "guide/first/index.md",
            "guide/index.md",
            "index.md",
            "meetings/a/index.md",
            "meetings/index.md",
            "papers/index.md",
            "papers/one/index.md",
        ]
    );
    assert_eq!(
        built.text("guide/index.md"),
        "---
title: \"Guide\"
lang: en
url: https://example.org/docs/guide/
---

# Guide

How *to*.

See [the first](https://example.org/docs/guide/first/#begin), [here](https://example.org/docs/guide/#x) and ![a](https://example.org/docs/a.png).

## X
"
    );
    let first = built.text("guide/first/index.md");
    for part in ["# First \\</script> \\[steps\\]\n", "## Begin\n", "```yaml\na: <b>\n```\n", "The **gap**."] {
        assert!(first.contains(part), "{part} in {first}");
    }
    assert!(built.text("blog/news/index.md").contains("\ndate: 2024-02-29\n"));
    let link = |path: &str| lines(&built.text(path), "<link rel=\"alternate\" type=\"text/markdown\"").join("");
    assert_eq!(
        link("guide/index.html"),
        "<link rel=\"alternate\" type=\"text/markdown\" href=\"/docs/guide/index.md\">"
    );
    assert_eq!(link("fr/guide/index.html"), "", "a fallback");
}

#[test]
fn each_language_has_a_list_for_programs() {
    let built = build(SITE);
    let list = built.text("llms.txt");
    assert!(
        list.starts_with(
            "# Group & friends\n\n> What we do.\n\n## Group & friends\n\n- [Home](https://example.org/docs/index.md)\n"
        ),
        "{list}"
    );
    assert!(list.contains("\n## Guide\n\n- [Guide](https://example.org/docs/guide/index.md): How *to*.\n"), "{list}");
    assert!(
        list.contains("- [First </script> \\[steps\\]](https://example.org/docs/guide/first/index.md)\n"),
        "{list}"
    );
    assert!(list.ends_with("\n## Optional\n\n- [A meeting](https://example.org/docs/meetings/a/index.md)\n"), "{list}");
    assert!(!list.contains("Secret"), "{list}");
    assert_eq!(
        built.text("fr/llms.txt"),
        "# Groupe\n\n> What we do.\n\n## Guide\n\n- [Premiers pas](https://example.org/docs/fr/guide/first/index.md)\n"
    );
    let without = build(&SITE.replace("search: false", "search: false\nllms: false"));
    assert!(!without.paths().iter().any(|path| path.ends_with(".md") || path.ends_with("llms.txt")));
}

/// Width and height of a PNG.
#[cfg(feature = "cards")]
fn size(png: &[u8]) -> (u32, u32) {
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

#[test]
#[cfg(feature = "cards")]
fn icons_come_from_one_drawing() {
    let built = build(SITE);
    for (path, pixels) in [("apple-touch-icon.png", 180), ("icon-192.png", 192), ("icon-512.png", 512)] {
        assert_eq!(size(&built.outputs[path]), (pixels, pixels), "{path}");
    }
    let manifest: Value = serde_json::from_str(&built.text("site.webmanifest")).expect("JSON");
    assert_eq!(manifest["name"], "Group & friends");
    assert_eq!(manifest["start_url"], "/docs/");
    for icon in manifest["icons"].as_array().expect("icons") {
        let path = icon["src"].as_str().expect("an address").strip_prefix("/docs/").expect("of this site");
        assert!(built.has(path), "{path}");
    }
    let own = build(&format!("{SITE}-- static/icon-192.png --\nmine\n"));
    assert_eq!(own.text("icon-192.png"), "mine\n");
}

#[test]
#[cfg(feature = "cards")]
fn pages_without_a_picture_get_a_card() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\"><rect width=\"{{ card.size }}\" height=\"9\"/><text y=\"99\">{{ card.title }}</text></svg>";
    let files = SITE
        .replace("theme: tag", "cards: true")
        .replace("title: Premiers pas\n", "title: Premiers pas\nimage: /a.png\n");
    let files = format!("{files}-- themes/plain/templates/card.svg --\n{drawing}\n");
    let site = Site::new(&files).main("{{ page.card?.url or \"no card\" }}");
    let built = site.build();
    let card = |path: &str| built.html(path);
    assert_eq!(card("blog/news/index.html"), "https://example.org/docs/blog/news/card.png");
    assert_eq!(card("fr/blog/news/index.html"), card("blog/news/index.html"), "a fallback shows that of its source");
    assert_eq!(card("guide/index.html"), "no card", "its text has a picture");
    assert_eq!(card("fr/guide/first/index.html"), "no card");
    assert_eq!(card("guide/secret/index.html"), "no card");
    assert_eq!(size(&built.outputs["blog/news/card.png"]), (1200, 630));
    assert_eq!(site.build().outputs, built.outputs, "from the cache");
    let off =
        Site::new(&files.replace("cards: true", "cards: false")).main("{{ page.card?.url or \"no card\" }}").build();
    assert!(!off.paths().iter().any(|path| path.ends_with("card.png")));
    assert_eq!(off.html("blog/news/index.html"), "no card");
}

#[test]
#[cfg(feature = "cards")]
fn a_title_that_cannot_be_set_is_told() {
    let files = "-- site.yaml --\ncards: true\n-- themes/plain/templates/card.svg --\n<svg/>\n-- content/en/a.md --\n---\ntitle: A \u{e0fff}\n---\n";
    let site = Site::new(files).main("{{ page.card?.url or \"no card\" }}");
    let built = site.build();
    let notes = built.run.diagnostics.iter().filter(|found| found.code == plenary::diag::Code::CardFont);
    assert_eq!(
        notes.map(|found| built.show(found)).collect::<Vec<_>>(),
        [
            "content/en/a.md:1:1 card-font no font here has all letters of “A \u{e0fff}”, so the page gets no card | add a font of that script to the folder `fonts/` of the theme, or give the page an `image`"
        ]
    );
    assert_eq!(built.html("a/index.html"), "no card");
}
