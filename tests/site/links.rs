//! Every link, image and fragment to the page or file that it means, in the reader's language.

use super::support::{Site, build};

/// A site that links can lead through; `b` has no French text.
const TREE: &str = "-- content/en/_index.md --
---
title: Home
---
-- content/en/wgs/_index.md --
---
title: Groups
---
## Leads
-- content/fr/wgs/_index.md --
---
title: Groupes
---
## Responsables {#leads}
-- content/en/wgs/platforms/index.md --
---
title: Platforms
---
-- content/en/wgs/platforms/map.avif --
png
-- content/en/wgs/platforms/notes/a b.txt --
notes
-- content/en/wgs/b.md --
---
title: B
aliases: [/old-b/]
---
## One
## One
-- content/en/wgs/deep/unique-name.md --
---
title: Unique
slug: other
---
-- static/files/paper.pdf --
pdf
-- static/images/logo.svg --
<svg/>
";

/// What a text in `content/<language>/wgs/x.md` becomes; nothing may be found.
fn check(language: &str, cases: &[(&str, &str)]) {
    let body: String = cases.iter().map(|(text, _)| format!("{text}\n\n")).collect();
    let site = Site::new(TREE);
    site.edit(&format!("content/{language}/wgs/x.md"), format!("---\ntitle: X\n---\n{body}"));
    let built = site.build().clean();
    let prefix = if language == "en" { "" } else { "fr/" };
    let html = built.html(&format!("{prefix}wgs/x/index.html"));
    let shown: Vec<&str> = html.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(shown.len(), cases.len(), "{html}");
    for ((text, expected), shown) in cases.iter().zip(shown) {
        assert_eq!(shown, format!("<p>{expected}</p>"), "{text}");
    }
}

const IMAGE: &str = " decoding=\"async\">";

#[test]
fn all_ways_to_name_a_page() {
    check(
        "en",
        &[
            ("[t](b.md)", "<a href=\"/wgs/b/\">t</a>"),
            ("[t](./b.md)", "<a href=\"/wgs/b/\">t</a>"),
            ("[t](b.md#one-1)", "<a href=\"/wgs/b/#one-1\">t</a>"),
            ("[t](_index.md#leads)", "<a href=\"/wgs/#leads\">t</a>"),
            ("[t](../_index.md)", "<a href=\"/\">t</a>"),
            ("[t](platforms/index.md)", "<a href=\"/wgs/platforms/\">t</a>"),
            ("[t](deep/unique-name.md)", "<a href=\"/wgs/deep/other/\">t</a>"),
            ("[t](b.md \"Title\")", "<a href=\"/wgs/b/\" title=\"Title\">t</a>"),
            ("[t](b.md?x=1#one)", "<a href=\"/wgs/b/?x=1#one\">t</a>"),
            ("[t][r]\n\n[r]: b.md", "<a href=\"/wgs/b/\">t</a>"),
            // From the top: an address, a key, a file of the content tree.
            ("[t](/wgs/b/)", "<a href=\"/wgs/b/\">t</a>"),
            ("[t](/wgs/b)", "<a href=\"/wgs/b/\">t</a>"),
            ("[t](/wgs/b.md)", "<a href=\"/wgs/b/\">t</a>"),
            ("[t](/en/wgs/b/)", "<a href=\"/wgs/b/\">t</a>"),
            ("[t](/wgs/deep/other/)", "<a href=\"/wgs/deep/other/\">t</a>"),
            ("[t](/)", "<a href=\"/\">t</a>"),
            // As a browser reads it from `/wgs/x/`.
            ("[t](../b/)", "<a href=\"/wgs/b/\">t</a>"),
            ("[t](../../)", "<a href=\"/\">t</a>"),
            ("[t](#)", "<a href=\"#\">t</a>"),
            // Files.
            ("[t](/files/paper.pdf)", "<a href=\"/files/paper.pdf\">t</a>"),
            ("[t](platforms/notes/a%20b.txt)", "<a href=\"/wgs/platforms/notes/a%20b.txt\">t</a>"),
            // Elsewhere.
            ("[t](https://x.org/a?b=1&c=2)", "<a href=\"https://x.org/a?b=1&amp;c=2\">t</a>"),
            ("<https://x.org>", "<a href=\"https://x.org\">https://x.org</a>"),
            ("<ada@example.org>", "<a href=\"mailto:ada@example.org\">ada@example.org</a>"),
            ("see https://x.org/a.", "see <a href=\"https://x.org/a\">https://x.org/a</a>."),
        ],
    );
}

#[test]
fn ref_and_relref_name_pages_by_path_or_name() {
    check(
        "en",
        &[
            ("[t]({{< ref \"b.md\" >}})", "<a href=\"/wgs/b/\">t</a>"),
            ("[t]({{< relref \"/wgs/b\" >}})", "<a href=\"/wgs/b/\">t</a>"),
            ("[t]({{< ref \"wgs/b.md#one\" >}})", "<a href=\"/wgs/b/#one\">t</a>"),
            ("[t]({{< ref \"b.md\" >}}#one)", "<a href=\"/wgs/b/#one\">t</a>"),
            ("[t]({{% ref \"unique-name\" %}})", "<a href=\"/wgs/deep/other/\">t</a>"),
            ("[t]({{< ref path=\"unique-name.md\" >}})", "<a href=\"/wgs/deep/other/\">t</a>"),
            ("[t]({{< ref \"#here\" >}}) <b id=\"here\">x</b>", "<a href=\"#here\">t</a> <b id=\"here\">x</b>"),
            ("<a href=\"{{< ref \"b.md\" >}}\">t</a>", "<a href=\"/wgs/b/\">t</a>"),
            ("At {{< ref \"b.md\" >}} it is", "At /wgs/b/ it is"),
        ],
    );
}

#[test]
fn images_and_raw_html() {
    let image = |src: &str| format!("<img src=\"{src}\" alt=\"t\" loading=\"lazy\"{IMAGE}");
    check(
        "en",
        &[
            // The first one of a page is not put off.
            ("![t](platforms/map.avif)", &image("/wgs/platforms/map.avif").replace(" loading=\"lazy\"", "")),
            ("![t](/wgs/platforms/map.avif)", &image("/wgs/platforms/map.avif")),
            ("![t](/images/logo.svg)", &image("/images/logo.svg")),
            ("![t](https://x.org/a.png)", &image("https://x.org/a.png")),
            (
                "[![t](platforms/map.avif)](b.md)",
                &format!("<a href=\"/wgs/b/\">{}</a>", image("/wgs/platforms/map.avif")),
            ),
            (
                "![[t](b.md)](platforms/map.avif) [u](_index.md)",
                &format!("{} <a href=\"/wgs/\">u</a>", image("/wgs/platforms/map.avif")),
            ),
            ("<b><a class=x href='b.md#one'>t</a></b>", "<b><a class=x href='/wgs/b/#one'>t</a></b>"),
            (
                "An <img alt=\"t\" src=\"platforms/map.avif\">",
                "An <img alt=\"t\" src=\"/wgs/platforms/map.avif\" loading=\"lazy\" decoding=\"async\">",
            ),
        ],
    );
}

#[test]
fn a_translation_links_within_its_language_fallbacks_included() {
    check(
        "fr",
        &[
            ("[t](_index.md#leads)", "<a href=\"/fr/wgs/#leads\">t</a>"),
            // Only in English: the reader stays in the French frame.
            ("[t](b.md#one-1)", "<a href=\"/fr/wgs/b/#one-1\">t</a>"),
            ("[t](/wgs/b/)", "<a href=\"/fr/wgs/b/\">t</a>"),
            ("[t](/fr/wgs/b/)", "<a href=\"/fr/wgs/b/\">t</a>"),
            ("[t](../b/)", "<a href=\"/fr/wgs/b/\">t</a>"),
            ("[t](../../en/wgs/b.md)", "<a href=\"/fr/wgs/b/\">t</a>"),
            ("[t]({{< ref \"unique-name\" >}})", "<a href=\"/fr/wgs/deep/other/\">t</a>"),
            ("[t](/)", "<a href=\"/fr/\">t</a>"),
            ("[t](platforms/notes/a%20b.txt)", "<a href=\"/wgs/platforms/notes/a%20b.txt\">t</a>"),
            ("[t](/files/paper.pdf)", "<a href=\"/files/paper.pdf\">t</a>"),
        ],
    );
}

#[test]
fn a_fallback_page_links_within_its_frame() {
    let site = Site::new(TREE);
    site.edit("content/en/wgs/x.md", "---\ntitle: X\n---\n[b](b.md) [g](_index.md#leads) ![m](platforms/map.avif)\n");
    let built = site.build().clean();
    let html = built.html("fr/wgs/x/index.html");
    assert!(html.contains("href=\"/fr/wgs/b/\"") && html.contains("href=\"/fr/wgs/#leads\""), "{html}");
    let image = html.split("src=\"/").nth(1).and_then(|rest| rest.split('"').next()).expect("an image");
    assert!(built.has(image), "{image} in {:?}", built.paths());
}

#[test]
fn a_page_that_moved_is_found_and_told() {
    let site = Site::new(TREE);
    site.edit("content/en/wgs/x.md", "---\ntitle: X\n---\n[t](/old-b/#one)\n");
    let built = site.build();
    assert_eq!(built.html("wgs/x/index.html"), "<p><a href=\"/wgs/b/#one\">t</a></p>");
    assert_eq!(
        built.diagnostics(),
        ["content/en/wgs/x.md:4:5 link-moved `/old-b/` is not the address of “B” | link to `/wgs/b/`"]
    );
}

#[test]
fn what_leads_nowhere_is_told_where_it_stands() {
    let site = Site::new(TREE);
    for (text, expected) in [
        (
            "[t](c.md)",
            "4:5 dead-link the link `c.md` leads to no page or file | write a path relative to `content/en/wgs/x.md`, or one from the top such as `/about/`",
        ),
        (
            "[t](unique-name.md)",
            "4:5 dead-link the link `unique-name.md` leads to no page or file | did you mean `/wgs/deep/unique-name/`?",
        ),
        (
            "플랫폼 [t](/wgs/bb/)",
            "4:9 dead-link the link `/wgs/bb/` leads to no page or file | did you mean `/wgs/b/`?",
        ),
        ("[t](b.md#oen)", "4:5 dead-fragment “B” has no id `oen` | did you mean `#one`?"),
        ("[t](b.md#One)", "4:5 dead-fragment “B” has no id `One` | did you mean `#one`?"),
        (
            "[t](#nowhere)",
            "4:5 dead-fragment this page has no id `nowhere` | link to the page without the fragment, or give the heading this id: `## Heading {#id}`",
        ),
        ("![t](mapp.avif)", "4:6 missing-image the image `mapp.avif` does not exist | did you mean `map.avif`?"),
        (
            "<img src=\"zzzzzzzz.png\" alt=\"\">",
            "4:11 missing-image the image `zzzzzzzz.png` does not exist | put the file beside the page, or below `static/`",
        ),
        (
            "[t]({{< ref \"bbbbbbbbb\" >}})",
            "4:14 dead-link the link `bbbbbbbbb` leads to no page or file | write a path relative to `content/en/wgs/x.md`, or one from the top such as `/about/`",
        ),
        ("[t](ada@example.org)", "4:5 link-email an e-mail address without `mailto:` | write `mailto:ada@example.org`"),
        (
            "![](platforms/map.avif)",
            "4:1 image-alt an image without alternative text | say what it shows: `![a platform between teams and infrastructure](…)`",
        ),
    ] {
        site.edit("content/en/wgs/x.md", format!("---\ntitle: X\n---\n{text}\n"));
        assert_eq!(site.build().diagnostics(), [format!("content/en/wgs/x.md:{expected}")], "{text}");
    }
}

#[test]
fn below_a_path_of_the_host() {
    let site = Site::new(TREE).with(|options| options.base_url = Some("https://x.org/repo".into()));
    site.edit(
        "content/en/wgs/x.md",
        "---\ntitle: X\n---\n[b](b.md#one) [s](#own) ![m](platforms/map.avif) [f](/files/paper.pdf) <a href=\"b.md\">h</a> [e](https://x.org/)\n\n## Own\n",
    );
    let built = site.build().clean();
    let html = built.html("wgs/x/index.html");
    for part in [
        "href=\"/repo/wgs/b/#one\"",
        "href=\"#own\"",
        "src=\"/repo/wgs/platforms/map.avif\"",
        "href=\"/repo/files/paper.pdf\"",
        "<a href=\"/repo/wgs/b/\">h</a>",
        "href=\"https://x.org/\"",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert_eq!(
        built.head("wgs/x/index.html").lines().nth(1),
        Some("<link rel=\"canonical\" href=\"https://x.org/repo/wgs/x/\">")
    );
    assert!(built.text("_redirects").contains("/repo/old-b/ /repo/wgs/b/ 301\n"), "{}", built.text("_redirects"));
    assert!(built.text("old-b/index.html").contains("https://x.org/repo/wgs/b/"));
    assert!(built.text("sitemap.xml").contains("<loc>https://x.org/repo/wgs/b/</loc>"));
}

#[test]
fn inside_shortcodes_and_includes() {
    let built = build(&format!(
        "{TREE}-- themes/plain/templates/shortcodes/box.html --
<div>{{{{ inner | safe }}}}</div>
-- themes/plain/templates/shortcodes/pic.html --
<img src=\"{{{{ params.src }}}}\"><a href=\"{{{{ params.link }}}}\"></a>
-- content/en/wgs/x.md --
---
title: X
---
[before](_index.md)

{{{{< box >}}}}
[inside](b.md) and {{{{< box >}}}}[nested](platforms/index.md){{{{< /box >}}}} then ![i](platforms/map.avif)
{{{{< /box >}}}}

{{{{< pic src=\"platforms/map.avif\" alt=\"Map\" link=\"b.md#one\" >}}}}

{{{{< include path=\"shared/part.md\" >}}}}

[after](deep/unique-name.md)
-- shared/part.md --
---
title: ignored
---
[included](b.md)
",
    ))
    .clean();
    let html = built.html("wgs/x/index.html");
    let addresses: Vec<&str> = html
        .split("=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|rest| rest.starts_with('/'))
        .collect();
    assert_eq!(
        addresses,
        [
            "/wgs/",
            "/wgs/b/",
            "/wgs/platforms/",
            "/wgs/platforms/map.avif",
            "/wgs/platforms/map.avif",
            "/wgs/b/#one",
            "/wgs/b/",
            "/wgs/deep/other/"
        ],
        "{html}"
    );
}

#[test]
fn a_dead_link_in_an_include_is_told_in_the_included_file_once() {
    let built = build(
        "-- content/en/a.md --
---
title: A
---
{{< include path=\"shared/part.md\" >}}
-- content/en/b.md --
---
title: B
---
{{< include path=\"shared/part.md\" >}}
-- shared/part.md --
Text
[dead](nowhere-at-all.md)
",
    );
    let found = built.diagnostics();
    assert!(found.iter().all(|line| line.starts_with("shared/part.md:2:8 dead-link ")), "{found:#?}");
}

#[test]
fn back_links_are_known() {
    let site = Site::new(TREE);
    site.edit("content/en/wgs/x.md", "---\ntitle: X\n---\n[b](b.md) [b again](b.md#one)\n");
    let snapshot = site.build().clean().run.snapshot;
    let page = |url: &str| snapshot.site.by_url(url).expect("a page");
    let back = snapshot.links().back_links();
    assert_eq!(back[page("/wgs/b/").index()], [page("/wgs/x/")]);
    assert_eq!(back[page("/fr/wgs/b/").index()], [page("/fr/wgs/x/")]);
}
