//! Which pages there are, where they stand, and in what order.

use super::support::{Built, Site, build};

/// Pages in the order of their list, as `title` and for a declared value more.
const TITLES: &str = "{% for p in page.pages %}{{ p.link_title }} {% endfor %}";

#[test]
fn languages_by_folder_and_by_suffix() {
    let built = build(
        "-- site.yaml --
languages: {en: {name: English}, fr: {name: Français}, pt-br: {name: Português}}
-- content/en/_index.md --
---
title: Home
---
-- content/en/a.md --
---
title: A
---
-- content/fr/a.md --
---
title: A en français
---
-- content/en/b.md --
---
title: B
---
-- content/en/b.fr.md --
---
title: B en français
---
-- content/pt_BR/a.md --
---
title: A em português
---
",
    )
    .clean();
    assert_eq!(
        built.pages(),
        [
            "/ home ",
            "/a/ page a",
            "/b/ page b",
            "/fr/ home  < en",
            "/fr/a/ page a",
            "/fr/b/ page b",
            "/pt-br/ home  < en",
            "/pt-br/a/ page a",
            "/pt-br/b/ page b < en",
        ]
    );
    let summary = &built.run.summary;
    assert_eq!((summary.languages, summary.pages, summary.fallbacks), (3, 6, 3));
}

#[test]
fn without_language_folders_the_tree_is_in_the_default_language() {
    let built = build(
        "-- content/_index.md --
---
title: Home
---
-- content/blog/a.md --
---
title: A
---
-- content/blog/a.fr.md --
---
title: A en français
---
",
    )
    .clean();
    assert_eq!(
        built.pages(),
        [
            "/ home ",
            "/blog/ section blog",
            "/blog/a/ page blog/a",
            "/fr/ home  < en",
            "/fr/blog/ section blog",
            "/fr/blog/a/ page blog/a",
        ]
    );
}

#[test]
fn a_default_language_that_is_not_the_first() {
    let built = build(
        "-- site.yaml --
default_language: fr
-- content/en/a.md --
---
title: A
---
-- content/fr/a.md --
---
title: A en français
---
",
    )
    .clean();
    assert_eq!(built.pages(), ["/ home ", "/a/ page a", "/en/ home ", "/en/a/ page a"]);
}

#[test]
fn sections_and_bundles_of_any_depth() {
    let site = Site::new(
        "-- site.yaml --
languages: {en: {name: English}}
-- content/en/wgs/_index.md --
---
title: Working groups
---
-- content/en/wgs/platforms/index.md --
---
title: Platforms
---
![A map](map.avif) [Notes](notes/a.txt)
-- content/en/wgs/platforms/map.avif --
png
-- content/en/wgs/platforms/notes/a.txt --
notes
-- content/en/wgs/artifacts/_index.md --
---
title: Artifacts
---
-- content/en/wgs/artifacts/charter/charter.md --
---
title: Charter
---
-- content/en/wgs/artifacts/logo.svg --
<svg/>
-- content/en/guides/first.md --
---
title: First
---
",
    );
    let built = site
        .main(
            "{{ page.kind }} {{ page.type }} {{ page.title }}
{% for b in page.breadcrumbs %}{{ b.title }} / {% endfor %}
{% for s in page.sections %}S {{ s.url }}
{% endfor %}{% for p in page.pages %}P {{ p.url }}
{% endfor %}",
        )
        .build()
        .clean();
    for (path, expected) in [
        ("index.html", "home page Example\n\nS /guides/\nS /wgs/"),
        ("wgs/index.html", "section wgs Working groups\nExample /\nS /wgs/artifacts/\nP /wgs/platforms/"),
        (
            "wgs/artifacts/index.html",
            "section wgs Artifacts\nExample / Working groups /\nP /wgs/artifacts/charter/charter/",
        ),
        // A folder without a page of its own is passed over.
        ("wgs/artifacts/charter/charter/index.html", "page wgs Charter\nExample / Working groups / Artifacts /"),
        ("wgs/platforms/index.html", "page wgs Platforms\nExample / Working groups /"),
        // A first folder without `_index.md` is a section all the same.
        ("guides/index.html", "section guides Guides\nExample /\nP /guides/first/"),
    ] {
        let shown: Vec<String> = built.html(path).lines().map(|line| line.trim_end().to_owned()).collect();
        assert_eq!(shown.join("\n").trim_end(), expected, "{path}");
    }
    for file in ["wgs/platforms/map.avif", "wgs/platforms/notes/a.txt", "wgs/artifacts/logo.svg"] {
        assert!(built.has(file), "{file} in {:?}", built.paths());
    }
}

#[test]
fn drafts_and_dates_decide_what_is_shown() {
    // Shown by default, with --drafts, with --future.
    for (front, expected) in [
        ("draft: true", [false, true, false]),
        ("draft: false", [true, true, true]),
        ("draft: 'true'", [false, true, false]),
        ("date: 2999-01-01", [false, false, true]),
        ("publishDate: 2999-01-01", [false, false, true]),
        ("date: 2999-01-01\npublishDate: 2001-01-01", [true, true, true]),
        ("expiryDate: 2001-01-01", [false, false, false]),
        ("expiryDate: 2999-01-01", [true, true, true]),
        ("draft: true\ndate: 2999-01-01", [false, false, false]),
    ] {
        let files = format!("-- content/en/a.md --\n---\ntitle: A\n{front}\n---\n");
        let shown = [(false, false), (true, false), (false, true)].map(|(drafts, future)| {
            let site = Site::new(&files).with(|options| {
                options.drafts = drafts;
                options.future = future;
            });
            let built = site.build().clean();
            assert_eq!(built.has("a/index.html"), built.has("fr/a/index.html"), "{front}");
            built.has("a/index.html")
        });
        assert_eq!(shown, expected, "{front}");
    }
}

#[test]
fn a_draft_translation_leaves_the_fallback() {
    let built = build(
        "-- content/en/a.md --
---
title: A
---
-- content/fr/a.md --
---
title: Brouillon
draft: true
---
",
    )
    .clean();
    assert!(built.pages().contains(&"/fr/a/ page a < en".to_owned()), "{:?}", built.pages());
}

#[test]
fn pages_stand_by_weight_then_date_then_name() {
    let site = Site::new(
        "-- site.yaml --
languages: {en: {name: English}}
-- content/en/s/zero.md --
---
title: zero counts as none
linkTitle: zero
weight: 0
---
-- content/en/s/ten.md --
---
title: ten
weight: 10
---
-- content/en/s/two.md --
---
title: two
weight: 2
---
-- content/en/s/minus.md --
---
title: minus
weight: -5
---
-- content/en/s/old.md --
---
title: old
date: 2020-01-01
---
-- content/en/s/new.md --
---
title: new
date: 2024-01-01
---
-- content/en/s/also.md --
---
title: also
---
",
    );
    let built = site.main(TITLES).build().clean();
    assert_eq!(built.html("s/index.html"), "minus two ten new old also zero");
}

/// The front matter of a page, the value that a template sees, nothing found.
fn check(file: &str, template: &str, expected: &str) {
    let site = Site::new("-- content/en/_index.md --\n---\ntitle: Home\n---\n").main(template);
    site.edit("content/en/s/a page.md", file);
    let built = site.build().clean();
    assert_eq!(built.html("s/a-page/index.html"), expected, "{file:?}");
}

#[test]
fn front_matter_in_all_its_forms() {
    let all = "{{ page.title }} {{ page.weight }} {{ page.extra?.host or 0 }}";
    for file in [
        "---\ntitle: A\nweight: 3\nhost: Ada\n---\nBody",
        "---\r\ntitle: A\r\nweight: 3\r\nhost: Ada\r\n---\r\nBody",
        "\u{feff}---\ntitle: A\nweight: 3\nhost: Ada\n---\nBody",
        "--- \ntitle: A\nweight: 3\nhost: Ada\n---  \nBody",
        "+++\ntitle = \"A\"\nweight = 3\nhost = 'Ada'\n+++\nBody",
        "{\"title\": \"A\", \"weight\": 3, \"host\": \"Ada\"}\nBody",
        "{\n  \"title\": \"A\",\n  \"weight\": 3,\n  \"host\": \"Ada\"\n}\n\nBody",
    ] {
        check(file, all, "A 3 Ada");
        check(file, "{{ page.content | safe }}", "<p>Body</p>");
    }
    for (front, template, expected) in [
        ("title: 2024", "{{ page.title }}", "2024"),
        ("title: 1.10", "{{ page.title }}", "1.1"),
        ("title: true", "{{ page.title }}", "true"),
        ("title: \"Platforms: a view\"", "{{ page.title }}", "Platforms: a view"),
        ("title: |\n  Two\n  lines", "[{{ page.title | trim }}]", "[Two\nlines]"),
        ("title: A\nlinkTitle: B", "{{ page.title }} {{ page.link_title }}", "A B"),
        ("title: A\ndescription: >\n  One\n  sentence.", "{{ page.description }}", "One sentence."),
        ("title: A\nauthor: Ada", "{{ page.authors | join(sep=\",\") }}", "Ada"),
        ("title: A\nauthors: [Ada, {name: Bo}]", "{{ page.authors | join(sep=\",\") }}", "Ada,Bo"),
        ("title: A\nauthor: Ada ([Org](https://x.org))", "{{ page.authors?[0] or 0 }}", "Ada (Org)"),
        ("title: A\ndate: 2024-02-29T23:30:00-05:00", "{{ page.date }}", "2024-02-29"),
        ("title: A\nlastmod: 2024-03-01", "{{ page.modified }}", "2024-03-01"),
        ("title: A\nweight: '7'", "{{ page.weight }}", "7"),
        ("title: A\nnested: {list: [1, two]}", "{{ page.extra?.nested?.list?[1] or 0 }}", "two"),
    ] {
        check(&format!("---\n{front}\n---\n"), template, expected);
    }
}

#[test]
fn addresses() {
    let permalinks = "permalinks: {blog: '/:section/:year/:month/:day/:slug/', news: /n/:title/, notes: /:filename, log: '/:sections/:slugorfilename/'}\n";
    for (path, front, url) in [
        ("about.md", "title: X", "/about/"),
        ("About Us.md", "title: X", "/about-us/"),
        ("about.md", "title: X\nslug: who-we-are", "/who-we-are/"),
        ("wgs/about.md", "title: X\nslug: Who we are", "/wgs/who-we-are/"),
        ("wgs/x/index.md", "title: X\nslug: y", "/wgs/y/"),
        ("wgs/_index.md", "title: X\nslug: y", "/wgs/"),
        ("wgs/_index.md", "title: X\nurl: /groups/", "/groups/"),
        ("about.md", "title: X\nurl: /charter", "/charter/"),
        ("about.md", "title: X\nurl: charter.html", "/charter.html"),
        ("wgs/about.md", "title: X\nurl: /a/b/c/", "/a/b/c/"),
        ("v1.2.md", "title: X", "/v1.2/"),
        ("플랫폼.md", "title: X", "/플랫폼/"),
        ("blog/x.md", "title: The Day\ndate: 2024-03-09", "/blog/2024/03/09/the-day/"),
        ("blog/deep/x.md", "title: X\nslug: s\ndate: 2024-12-31", "/blog/2024/12/31/s/"),
        // What a token lacks leaves no hole.
        ("blog/x.md", "title: T", "/blog/t/"),
        ("news/x.md", "title: 'Big News: now'", "/n/big-news-now/"),
        ("notes/x y.md", "title: T\nslug: s", "/x-y/"),
        ("log/2024/x.md", "title: T", "/log/2024/x/"),
        ("blog/_index.md", "title: Blog", "/blog/"),
    ] {
        let files = format!("-- site.yaml --\n{permalinks}-- content/en/{path} --\n---\n{front}\n---\n");
        let built = build(&files).clean();
        let page = built.run.snapshot.site.pages().iter().find(|page| page.document.is_some() && !page.is_fallback());
        assert_eq!(page.map(|page| page.url.as_str()), Some(url), "{path} {front}");
        let file = if url.ends_with('/') { format!("{}index.html", &url[1..]) } else { url[1..].to_owned() };
        assert!(built.has(&file), "{path}: {:?}", built.paths());
        // The same address stands below the prefix of the other language.
        assert!(built.has(&format!("fr/{file}")), "{path}: {:?}", built.paths());
    }
}

#[test]
fn a_url_counts_below_the_prefix_of_its_language() {
    for (url, expected) in [("/charte/", "/fr/charte/"), ("/fr/charte/", "/fr/charte/"), ("charte", "/fr/charte/")] {
        let built = build(&format!("-- content/fr/a.md --\n---\ntitle: A\nurl: {url}\n---\n")).clean();
        assert!(built.pages().contains(&format!("{expected} page a")), "{:?}", built.pages());
    }
}

#[test]
fn former_addresses_lead_on() {
    // The alias, the page that leads on, and the line of `_redirects`.
    for (aliases, path, from) in [
        ("[/old/]", "old/index.html", "/old/"),
        ("/old", "old/index.html", "/old/"),
        ("[old]", "wgs/old/index.html", "/wgs/old/"),
        ("[../older/]", "", ""),
        ("[/a b/]", "a b/index.html", "/a%20b/"),
        ("[/old.html]", "old.html", "/old.html"),
        ("[/플랫폼/]", "플랫폼/index.html", "/%ED%94%8C%EB%9E%AB%ED%8F%BC/"),
    ] {
        let built = build(&format!("-- content/en/wgs/x.md --\n---\ntitle: X\naliases: {aliases}\n---\n"));
        if path.is_empty() {
            assert!(built.diagnostics()[0].contains("url-invalid"), "{:?}", built.diagnostics());
            continue;
        }
        assert_eq!(built.diagnostics(), [] as [&str; 0], "{aliases}");
        let redirect = built.text(path);
        assert!(redirect.contains("url=https://example.org/wgs/x/"), "{redirect}");
        assert!(redirect.contains("rel=\"canonical\"") && redirect.contains("noindex"), "{redirect}");
        let table = built.text("_redirects");
        assert!(table.lines().any(|line| line == format!("{from} /wgs/x/ 301")), "{table}");
        assert!(built.has(&format!("fr/{path}")), "the fallback answers too: {:?}", built.paths());
    }
}

#[test]
fn menus_of_settings_and_front_matter() {
    let site = Site::new(
        "-- site.yaml --
menus:
  main:
    - {page: /wgs/, weight: 20, identifier: groups}
    - {label: {en: News, fr: Nouvelles}, url: https://news.example.org, weight: 5}
    - label: More
      url: /about/#who
      weight: 40
      children:
        - {page: /wgs/x}
  footer:
    - {label: English only, url: https://en.example.org, language: en}
-- content/en/about.md --
---
title: About us
menu: {main: {weight: 10, name: About}}
---
## Who
-- content/en/wgs/_index.md --
---
title: Working groups
linkTitle: Groups
---
-- content/fr/wgs/_index.md --
---
title: Groupes de travail
---
-- content/en/wgs/x.md --
---
title: X
menu: {main: {parent: groups}}
---
-- content/en/imprint.md --
---
title: Imprint
menu: footer
---
",
    );
    let built = site
        .main(
            "{% for m in site.menus.main %}{{ m.label }} {{ m.url }}{% for c in m.children %} [{{ c.label }} {{ c.url }}]{% endfor %}
{% endfor %}{% for m in site.menus.footer %}{{ m.label }} {{ m.url }} {{ m.external }}
{% endfor %}",
        )
        .build()
        .clean();
    assert_eq!(
        built.html("index.html"),
        "News https://news.example.org\nAbout /about/\nGroups /wgs/ [X /wgs/x/]\nMore /about/#who [X /wgs/x/]\n\
         English only https://en.example.org true\nImprint /imprint/ false"
    );
    assert_eq!(
        built.html("fr/index.html"),
        "Nouvelles https://news.example.org\nAbout /fr/about/\nGroupes de travail /fr/wgs/ [X /fr/wgs/x/]\n\
         More /fr/about/#who [X /fr/wgs/x/]\nImprint /fr/imprint/ false"
    );
}

#[test]
fn sections_hand_down_settings() {
    let site = Site::new(
        "-- content/en/_index.md --
---
title: Home
cascade:
  banner: site
  toc_hide: true
---
-- content/en/papers/_index.md --
---
title: Papers
cascade:
  - type: whitepaper
    banner: papers
  - _target: {path: /papers/old/**}
    status: old
  - _target: {kind: section}
    listed: all
  - _target: {lang: fr}
    note: fr
---
-- content/en/papers/a.md --
---
title: A
---
-- content/en/papers/b.md --
---
title: B
type: page
banner: own
---
-- content/fr/papers/b.md --
---
title: B
---
-- content/en/papers/old/_index.md --
---
title: Old
---
-- content/en/papers/old/c.md --
---
title: C
---
-- content/en/other/d.md --
---
title: D
---
",
    );
    let built = site
        .main("{{ page.type }} {{ page.extra?.banner or 0 }} {{ page.extra?.status or 0 }} {{ page.extra?.listed or 0 }} {{ page.extra?.note or 0 }} {{ page.toc_hide }}")
        .build()
        .clean();
    for (path, expected) in [
        ("index.html", "page site 0 0 0 true"),
        ("papers/index.html", "whitepaper papers 0 all 0 true"),
        ("papers/a/index.html", "whitepaper papers 0 0 0 true"),
        ("papers/b/index.html", "page own 0 0 0 true"),
        ("papers/old/index.html", "whitepaper papers old all 0 true"),
        ("papers/old/c/index.html", "whitepaper papers old 0 0 true"),
        ("other/d/index.html", "other site 0 0 0 true"),
        // A translation inherits from the section that stands in for its own.
        ("fr/papers/b/index.html", "whitepaper papers 0 0 fr true"),
    ] {
        assert_eq!(built.html(path), expected, "{path}");
    }
}

#[test]
fn templates_by_layout_type_and_kind() {
    let built = build(
        "-- themes/plain/templates/page.html --
<main>page</main>
-- themes/plain/templates/section.html --
<main>section</main>
-- themes/plain/templates/term.html --
<main>term</main>
-- themes/plain/templates/blog/page.html --
<main>blog/page</main>
-- themes/plain/templates/blog/wide.html --
<main>blog/wide</main>
-- themes/plain/templates/wide.html --
<main>wide</main>
-- content/en/a.md --
---
title: A
tags: [x]
---
-- content/en/b.md --
---
title: B
layout: wide
---
-- content/en/c.md --
---
title: C
type: blog
---
-- content/en/blog/d.md --
---
title: D
---
-- content/en/blog/e.md --
---
title: E
layout: wide
---
-- content/en/blog/f.md --
---
title: F
type: page
---
",
    )
    .clean();
    for (path, template) in [
        ("a/index.html", "page"),
        ("b/index.html", "wide"),
        ("c/index.html", "blog/page"),
        ("blog/d/index.html", "blog/page"),
        ("blog/e/index.html", "blog/wide"),
        ("blog/f/index.html", "page"),
        ("blog/index.html", "section"),
        // Without a template of its own, a home page is a list and a taxonomy a page.
        ("index.html", "section"),
        ("tags/index.html", "page"),
        ("tags/x/index.html", "term"),
    ] {
        assert_eq!(built.html(path), template, "{path}");
    }
}

#[test]
fn the_sidebar_shows_the_section_and_hides_what_wants_to() {
    let site = Site::new(
        "-- themes/plain/templates/partials/sidebar.html --
{{ root.title }}:{% for e in entries %}<a href=\"{{ e.url }}\">{{ e.title }}</a>{% if e.children %}<details data-section=\"{{ e.url }}\">{% for c in e.children %}<a href=\"{{ c.url }}\">{{ c.title }}</a>{% endfor %}</details>{% endif %}{% endfor %}
-- content/en/wgs/_index.md --
---
title: Groups
---
-- content/en/wgs/a.md --
---
title: A
weight: 1
---
-- content/en/wgs/hidden.md --
---
title: Hidden
toc_hide: true
---
-- content/en/wgs/sub/_index.md --
---
title: Sub
weight: 2
---
-- content/en/wgs/sub/b.md --
---
title: B
---
",
    );
    let built =
        site.main("{{ nav | safe }} {{ page.prev?.title or 0 }} < > {{ page.next?.title or 0 }}").build().clean();
    let nav = |a: &str, open: &str, b: &str| {
        format!(
            "Groups:<a href=\"/wgs/a/\"{a}>A</a><a href=\"/wgs/sub/\">Sub</a>\
             <details data-section=\"/wgs/sub/\"{open}><a href=\"/wgs/sub/b/\"{b}>B</a></details>"
        )
    };
    let current = " aria-current=\"page\"";
    let shown = |path: &str| built.html(path).replace('\n', "");
    assert_eq!(shown("wgs/a/index.html"), nav(current, "", "") + " Groups < > Sub");
    assert_eq!(shown("wgs/sub/b/index.html"), nav("", " open", current) + " Sub < > 0");
    // Nobody is led to a hidden page, but it is published.
    assert!(built.has("wgs/hidden/index.html"));
    assert!(!built.text("wgs/index.html").contains("Hidden"));
}

#[test]
fn neighbours_of_dated_pages_follow_the_dates() {
    let built = Site::new(
        "-- content/en/blog/one.md --
---
title: One
date: 2024-01-01
---
-- content/en/blog/three.md --
---
title: Three
date: 2024-03-01
---
-- content/en/blog/two.md --
---
title: Two
date: 2024-02-01
---
",
    )
    .main("{{ page.prev?.title or 0 }} < > {{ page.next?.title or 0 }}")
    .build()
    .clean();
    assert_eq!(built.html("blog/one/index.html"), "0 < > Two");
    assert_eq!(built.html("blog/two/index.html"), "One < > Three");
    assert_eq!(built.html("blog/three/index.html"), "Two < > 0");
}

const TAGGED: &str = "-- site.yaml --
taxonomies: [tags, projects]
-- content/en/a.md --
---
title: A
tags: [Cloud Native, CI/CD]
projects: [Helm]
---
-- content/en/b.md --
---
title: B
tags: cloud native
---
-- content/fr/b.md --
---
title: B en français
tags: [Cloud Native]
---
-- content/en/c.md --
---
title: C
categories: [none]
---
-- content/en/tags/cloud-native/_index.md --
---
title: The cloud native tag
---
What it means.
";

#[test]
fn taxonomies_have_lists_with_entries_in_each_language() {
    let built = Site::new(TAGGED)
        .main(
            "{{ page.kind }} {{ page.title }}: {% for p in page.pages %}{{ p.title }} {{ p.url }} {{ p.count }}; {% endfor %}{% for t in page.terms %}{{ t.taxonomy_title }}={% for u in t.terms %}{{ u.title }} {{ u.url }},{% endfor %}{% endfor %}",
        )
        .build()
        .clean();
    for (path, expected) in [
        ("tags/index.html", "taxonomy Tags: CI/CD /tags/ci/cd/ 1; The cloud native tag /tags/cloud-native/ 2;"),
        ("tags/cloud-native/index.html", "term The cloud native tag: A /a/ 0; B /b/ 0;"),
        ("tags/ci/cd/index.html", "term CI/CD: A /a/ 0;"),
        ("projects/index.html", "taxonomy Projects: Helm /projects/helm/ 1;"),
        ("projects/helm/index.html", "term Helm: A /a/ 0;"),
        ("fr/tags/cloud-native/index.html", "term The cloud native tag: A /fr/a/ 0; B en français /fr/b/ 0;"),
        (
            "a/index.html",
            "page A: Tags=The cloud native tag /tags/cloud-native/,CI/CD /tags/ci/cd/,Projects=Helm /projects/helm/,",
        ),
    ] {
        assert_eq!(built.html(path), expected, "{path}");
    }
    assert!(!built.has("categories/index.html"), "only what is configured is a taxonomy");
    let lists = built.pages().iter().filter(|page| page.contains(" term ") || page.contains(" taxonomy ")).count();
    assert_eq!(lists, 2 * 5, "{:#?}", built.pages());
}

fn posts(count: usize) -> String {
    (1..=count)
        .map(|day| format!("-- content/en/blog/p{day:02}.md --\n---\ntitle: P{day}\ndate: 2024-01-{day:02}\n---\n"))
        .collect()
}

#[test]
fn long_lists_come_in_parts() {
    let files = "-- site.yaml --\npagination: {size: 3}\n-- themes/plain/theme.yaml --\npaginated: [blog]\n";
    let built = Site::new(&(files.to_owned() + &posts(7)))
        .main(
            "{% for p in page.pages %}{{ p.title }} {% endfor %}{% if page.paginator %}{{ page.paginator.number }}/{{ page.paginator.items | length }} of {{ page.paginator.total }}, {{ page.paginator.previous }} {{ page.paginator.next }} {{ page.canonical }}{% endif %}",
        )
        .build()
        .clean();
    for (path, expected) in [
        ("blog/index.html", "P7 P6 P5 1/3 of 7,  /blog/page/2/ https://example.org/blog/"),
        ("blog/page/2/index.html", "P4 P3 P2 2/3 of 7, /blog/ /blog/page/3/ https://example.org/blog/page/2/"),
        ("blog/page/3/index.html", "P1 3/3 of 7, /blog/page/2/  https://example.org/blog/page/3/"),
        // A list of nothing but fallbacks is none of its language.
        ("fr/blog/page/3/index.html", "P1 3/3 of 7, /fr/blog/page/2/  https://example.org/blog/"),
    ] {
        assert_eq!(built.html(path), expected, "{path}");
    }
    assert!(built.text("blog/page/1/index.html").contains("url=https://example.org/blog/"), "the first part too");
    assert!(!built.has("blog/page/4/index.html"));
}

#[test]
fn lists_that_fit_are_not_cut() {
    for count in [1, 3] {
        let files =
            "-- site.yaml --\npagination: {size: 3, path: seite}\n-- themes/plain/theme.yaml --\npaginated: [blog]\n";
        let built = Site::new(&(files.to_owned() + &posts(count))).main("{{ page.paginator }}").build().clean();
        assert_eq!(built.html("blog/index.html"), "");
        assert!(built.has("blog/seite/1/index.html") && !built.has("blog/seite/2/index.html"), "{:?}", built.paths());
    }
}

#[test]
fn pages_and_layouts_declare_lists() {
    let files = "-- themes/plain/theme.yaml --
queries: {home: {latest: {section: blog, limit: 2, sort: date}}}
-- content/en/_index.md --
---
title: Home
queries: {named: {section: blog, sort: title, limit: 3}}
---
";
    let built = Site::new(&(files.to_owned() + &posts(4)))
        .main("{% for p in page.queries?.latest or [] %}{{ p.title }} {% endfor %}| {% for p in page.queries?.named or [] %}{{ p.title }} {% endfor %}")
        .build()
        .clean();
    assert_eq!(built.html("index.html"), "P4 P3 | P1 P2 P3");
    assert_eq!(built.html("fr/index.html"), "P4 P3 | P1 P2 P3");
    assert_eq!(built.html("blog/p01/index.html"), "|");
}

#[test]
fn a_page_with_mistakes_still_appears() {
    let built: Built = build(
        "-- content/en/a.md --
---
title: [a, list]
date: 2025-06-31
weight: heavy
Description: capital
---
Text
",
    );
    assert_eq!(built.html("a/index.html"), "<p>Text</p>");
    assert_eq!(
        built.diagnostics(),
        [
            "content/en/a.md:2:1 missing-title the page has no title and is called “A” | write `title: …` into its front matter",
            "content/en/a.md:2:8 wrong-type `title` is a list, but a text belongs here | write for example `title: \"a\"`",
            "content/en/a.md:3:7 invalid-date `2025-06-31` is no date: 2025-06 has 30 days | write `date: 2025-06-30`",
            "content/en/a.md:4:9 wrong-type `weight` is a text, but a whole number belongs here | write for example `weight: 10`",
            "content/en/a.md:5:1 unknown-key the key `Description` is written `description` | write `description`",
        ]
    );
}

#[test]
fn an_empty_file_is_a_page() {
    let built = build("-- content/en/notes.md --\n");
    assert!(built.has("notes/index.html"), "{:?}", built.paths());
    assert_eq!(
        built.diagnostics(),
        [
            "content/en/notes.md:1:1 missing-title the page has no title and is called “Notes” | write `title: …` into its front matter"
        ]
    );
}
