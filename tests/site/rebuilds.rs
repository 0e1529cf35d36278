//! What an edit costs: what is made again, and which outputs have other bytes.

use super::support::Site;
use plenary::pipeline::{self, Made, Memory};
use std::collections::BTreeMap;

const FILES: &str = r#"-- site.yaml --
menus: {main: [{page: /guide/}]}
-- content/en/_index.md --
---
title: Home
---
-- content/en/guide/_index.md --
---
title: Guide
---
-- content/en/guide/a.md --
---
title: A
weight: 1
---
Text of A.

![picture](picture.svg)

{{< include path="shared.md" >}}
-- content/en/guide/b.md --
---
title: B
weight: 2
---
Text of B. {{< note >}}Mind.{{< /note >}}
-- content/en/guide/picture.svg --
<svg/>
-- content/en/blog/news.md --
---
title: News
date: 2024-05-01
---
It happened.
-- content/fr/guide/b.md --
---
title: Bé
weight: 2
---
Texte de B.
-- shared.md --
Shared.
-- i18n/en.yaml --
more: More
-- i18n/fr.yaml --
more: Encore
-- static/file.txt --
text
-- themes/plain/assets/site.css --
a {}
-- themes/plain/templates/shortcodes/note.html --
<b>{{ inner | safe }}</b>
-- themes/plain/templates/partials/sidebar.html --
{% for e in entries %}{{ e.title }}{% endfor %}
-- themes/plain/templates/page.html --
{{ page.title }} {{ nav | safe }} {{ text(key="more") }} {{ page.content | safe }} {% if page.next %}{{ page.next.title }}{% endif %}
{% for p in page.pages %}{{ p.title }}: {{ p.summary }}{% endfor %}{% for m in site.menus.main %}{{ m.label }}{% endfor %}
"#;

/// A site that was built once, and remembers.
struct Remembered {
    site: Site,
    memory: Memory,
    outputs: BTreeMap<String, Vec<u8>>,
    made: Made,
}

impl Remembered {
    fn new() -> Self {
        let (site, memory) = (Site::new(FILES), Memory::default());
        let mut remembered = Self { site, memory, outputs: BTreeMap::new(), made: Made::default() };
        remembered.run();
        remembered
    }

    /// Runs, and tells what was made and which outputs are not what they were.
    fn run(&mut self) -> (Made, Vec<String>) {
        let before = std::mem::take(&mut self.outputs);
        let outputs = &mut self.outputs;
        let run = pipeline::in_memory_after(&self.site.options, &mut self.memory, |path, bytes| {
            outputs.insert(path.to_owned(), bytes.to_vec());
        });
        run.expect("a run");
        let (now, last) = (self.memory.made(), std::mem::replace(&mut self.made, self.memory.made()));
        let made = Made {
            documents: now.documents - last.documents,
            links: now.links - last.links,
            themes: now.themes - last.themes,
            sites: now.sites - last.sites,
            plans: now.plans - last.plans,
            sidebars: now.sidebars - last.sidebars,
        };
        let mut paths: Vec<String> = self.outputs.keys().chain(before.keys()).cloned().collect();
        paths.sort();
        paths.dedup();
        paths.retain(|path| self.outputs.get(path) != before.get(path));
        (made, paths)
    }

    fn edit(&mut self, path: &str, from: &str, to: &str) -> (Made, Vec<String>) {
        let text = std::fs::read_to_string(self.site.path(path)).expect("a text");
        assert!(text.contains(from), "{path} has no {from}");
        self.site.edit(path, text.replace(from, to));
        self.memory.note([self.site.path(path).canonicalize().expect("a path")]);
        self.run()
    }
}

impl Remembered {
    /// Renames a file, or deletes it, and tells what was made and which outputs have come, changed or gone.
    fn moved(&mut self, from: &str, to: Option<&str>) -> (Made, Vec<String>) {
        let path = self.site.path(from).canonicalize().expect("a path");
        let text = std::fs::read(&path).expect("a file");
        self.site.remove(from);
        let mut paths = vec![path];
        if let Some(to) = to {
            self.site.edit(to, text);
            paths.push(self.site.path(to).canonicalize().expect("a path"));
        }
        self.memory.note(paths);
        self.run()
    }
}

const NOTHING: Made = Made { documents: 0, links: 0, themes: 0, sites: 0, plans: 0, sidebars: 0 };

#[test]
fn nothing_changed_and_nothing_is_made() {
    let mut site = Remembered::new();
    assert_eq!(site.run(), (NOTHING, vec![]));
}

#[test]
fn a_body_is_its_page_the_lists_that_quote_it_and_its_fallback_copies() {
    let mut site = Remembered::new();
    let (made, changed) = site.edit("content/en/guide/a.md", "Text of A.", "Other text.");
    // One document; the links of its page and of the French fallback.
    assert_eq!(made, Made { documents: 1, links: 2, ..NOTHING });
    let pages = ["fr/guide/a/index.html", "fr/guide/index.html", "guide/a/index.html", "guide/a/index.md"];
    assert_eq!(changed, [&pages[..], &["guide/index.html", "translations.json"]].concat());
}

#[test]
fn a_dated_body_is_in_its_feeds_too() {
    let mut site = Remembered::new();
    let (made, changed) = site.edit("content/en/blog/news.md", "It happened.", "It happened again.");
    assert_eq!(made, Made { documents: 1, links: 2, ..NOTHING });
    let pages = ["blog/index.html", "blog/index.xml", "blog/news/index.html", "blog/news/index.md"];
    let french = ["fr/blog/index.html", "fr/blog/news/index.html"];
    assert_eq!(changed, [&pages[..], &french, &["index.xml", "translations.json"]].concat());
}

#[test]
fn a_title_is_the_model_and_what_shows_the_title() {
    let mut site = Remembered::new();
    let (made, changed) = site.edit("content/en/guide/b.md", "title: B", "title: Z");
    assert_eq!((made.documents, made.sites, made.plans, made.sidebars, made.themes), (1, 1, 1, 1, 0));
    let pages = ["guide/a/index.html", "guide/b/index.html", "guide/b/index.md", "guide/index.html"];
    assert_eq!(changed, [&pages[..], &["llms.txt"]].concat());
}

#[test]
fn a_new_anchor_is_looked_up_by_all_links_and_changes_one_page() {
    let mut site = Remembered::new();
    let (made, changed) = site.edit("content/en/guide/b.md", "Text of B.", "Text of B.\n\n## Part\n\n");
    assert_eq!((made.documents, made.sites, made.plans), (1, 0, 0));
    assert!(made.links > 5, "{made:?}");
    assert_eq!(changed, ["guide/b/index.html", "guide/b/index.md", "translations.json"]);
}

#[test]
fn a_template_parses_no_document() {
    let mut site = Remembered::new();
    let (made, changed) = site.edit("themes/plain/templates/page.html", "{{ page.title }}", "<b>{{ page.title }}</b>");
    assert_eq!((made.documents, made.links, made.sites, made.themes), (0, 0, 0, 1));
    assert!(changed.iter().all(|path| path.ends_with(".html")) && changed.len() > 8, "{changed:?}");
}

#[test]
fn a_shortcode_changes_the_pages_that_call_it() {
    let mut site = Remembered::new();
    let (made, changed) = site.edit("themes/plain/templates/shortcodes/note.html", "<b>", "<b class=\"note\">");
    assert_eq!((made.documents, made.themes), (0, 1));
    assert_eq!(changed, ["guide/b/index.html"]);
}

#[test]
fn a_string_parses_no_document() {
    let mut site = Remembered::new();
    let (made, changed) = site.edit("i18n/fr.yaml", "Encore", "Davantage");
    assert_eq!((made.documents, made.themes), (0, 0));
    assert!(changed.iter().all(|path| path.starts_with("fr/")), "{changed:?}");
}

#[test]
fn an_included_text_parses_the_pages_that_include_it() {
    let mut site = Remembered::new();
    let (made, changed) = site.edit("shared.md", "Shared.", "Shared by all.");
    assert_eq!(made, Made { documents: 1, links: 2, ..NOTHING });
    assert!(changed.contains(&"guide/a/index.html".to_owned()) && !changed.contains(&"guide/b/index.html".to_owned()));
}

#[test]
fn a_picture_and_a_static_file_parse_nothing() {
    let mut site = Remembered::new();
    for (path, from, output) in
        [("content/en/guide/picture.svg", "<svg/>", "guide/picture.svg"), ("static/file.txt", "text", "file.txt")]
    {
        let (made, changed) = site.edit(path, from, "something longer");
        assert_eq!((made.documents, made.themes), (0, 0), "{path}");
        assert_eq!(changed, [output]);
    }
}

#[test]
fn a_weight_is_the_model_and_what_shows_the_order() {
    let mut site = Remembered::new();
    let (made, changed) = site.edit("content/en/guide/a.md", "weight: 1", "weight: 3");
    assert_eq!((made.documents, made.sites, made.themes), (1, 1, 0));
    let pages = ["fr/guide/a/index.html", "fr/guide/b/index.html", "fr/guide/index.html", "guide/a/index.html"];
    assert_eq!(changed, [&pages[..], &["guide/b/index.html", "guide/index.html"]].concat());
}

#[test]
fn a_page_that_moves_is_parsed_at_its_new_place_alone() {
    let mut site = Remembered::new();
    let (made, changed) = site.moved("content/en/blog/news.md", Some("content/en/blog/old-news.md"));
    assert_eq!((made.documents, made.sites, made.plans, made.themes), (1, 1, 1, 0));
    assert!(changed.contains(&"blog/news/index.html".to_owned()), "gone: {changed:?}");
    assert!(changed.contains(&"blog/old-news/index.html".to_owned()), "come: {changed:?}");
    assert!(!changed.iter().any(|path| path.starts_with("guide/")), "{changed:?}");
}

#[test]
fn a_page_that_goes_is_taken_out_of_what_named_it() {
    let mut site = Remembered::new();
    let (made, changed) = site.moved("content/en/guide/a.md", None);
    assert_eq!((made.documents, made.sites, made.plans, made.themes), (0, 1, 1, 0));
    let gone = ["fr/guide/a/index.html", "guide/a/index.html", "guide/a/index.md"];
    assert!(gone.iter().all(|path| changed.contains(&(*path).to_owned())), "{changed:?}");
    assert!(!changed.iter().any(|path| path.contains("news")), "{changed:?}");
}

#[test]
fn a_language_that_comes_gives_fallbacks_and_alternates() {
    let mut site = Remembered::new();
    let (made, changed) = site.edit("site.yaml", "fr: {", "de: {name: Deutsch}, fr: {");
    assert_eq!((made.sites, made.plans, made.themes), (1, 1, 0));
    assert!(changed.contains(&"de/guide/a/index.html".to_owned()), "{changed:?}");
}

#[test]
fn a_setting_parses_no_document() {
    let mut site = Remembered::new();
    let (made, changed) = site.edit("site.yaml", "title: ", "title: Other ");
    assert_eq!((made.documents, made.sites, made.themes), (0, 1, 0));
    assert!(!changed.is_empty());
}

#[test]
fn what_was_edited_while_it_did_not_count_is_read_when_it_does_again() {
    let mut site = Remembered::new();
    site.edit("site.yaml", "theme: plain", "theme: tag");
    // Nobody watches the files of another theme.
    site.site.edit("themes/plain/assets/site.css", "b {}");
    site.edit("site.yaml", "theme: tag", "theme: plain");
    let styles: Vec<&String> = site.outputs.keys().filter(|path| path.ends_with(".css")).collect();
    assert_eq!(site.outputs[styles[0]], b"b {}", "{styles:?}");
}
