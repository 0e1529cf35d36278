//! The HTML of page bodies.

use super::support::{Site, build};

const SHORTCODES: &str = "-- themes/plain/templates/shortcodes/tabs.html --
<tabs>{% for c in children %}<b>{{ c.params.name }}</b>{{ c.inner | safe }}{% endfor %}</tabs>
-- themes/plain/templates/shortcodes/tab.html --
<tab parent=\"{{ parent?.name or 0 }}\" index=\"{{ index }}\">{{ inner | safe }}</tab>
-- themes/plain/templates/shortcodes/note.html --
<note{% for k, v in params %} {{ k }}=\"{{ v }}\"{% endfor %}{% for a in args %} [{{ a }}]{% endfor %}>{{ inner | safe }}</note>
-- themes/plain/templates/shortcodes/br.html --
<br id=\"{{ id }}\">
-- themes/plain/templates/shortcodes/raw.html --
<raw>{{ inner_raw | trim }}</raw>
-- themes/plain/templates/shortcodes/mark.md --
*{{ args[0] }}*
-- content/en/_index.md --
---
title: Home
---
";

/// What a text becomes in a language, and that nothing is found.
#[track_caller]
fn check_in(language: &str, text: &str, expected: &str) {
    let site = Site::new(&format!(
        "-- site.yaml --\nlanguages: {{en: {{}}, fr: {{}}, de: {{}}, ja: {{}}, ko: {{}}}}\n{SHORTCODES}"
    ));
    site.edit(&format!("content/{language}/a.md"), format!("---\ntitle: A\n---\n{text}"));
    let built = site.build().clean();
    let prefix = if language == "en" { String::new() } else { format!("{language}/") };
    assert_eq!(built.html(&format!("{prefix}a/index.html")), expected, "{text}");
}

#[track_caller]
fn check(text: &str, expected: &str) {
    check_in("en", text, expected);
}

fn heading(level: usize, id: &str, text: &str) -> String {
    format!("<h{level} id=\"{id}\">{text}<a class=\"anchor\" href=\"#{id}\" aria-label=\"\"></a></h{level}>")
}

#[test]
fn headings_and_their_ids() {
    for (text, id, html) in [
        ("## What is a Platform?", "what-is-a-platform", "What is a Platform?"),
        ("## The `id` of *it* ##", "the-id-of-it", "The <code>id</code> of <em>it</em>"),
        ("## Own id {#mine}", "mine", "Own id"),
        ("## 플랫폼이란 무엇인가?", "플랫폼이란-무엇인가", "플랫폼이란 무엇인가?"),
        ("## Größe & Maß", "größe--maß", "Größe &amp; Maß"),
        ("Underlined\n---", "underlined", "Underlined"),
        ("## 1.2 Scope", "12-scope", "1.2 Scope"),
    ] {
        check(text, &heading(2, id, html));
    }
    check(
        "## A\n\n## A\n\n### A {.wide}\n\n## B {#a-3}\n\n## A",
        &[
            heading(2, "a", "A"),
            heading(2, "a-1", "A"),
            heading(3, "a-2", "A").replace("<h3 id=\"a-2\"", "<h3 id=\"a-2\" class=\"wide\""),
            heading(2, "a-3", "B"),
            heading(2, "a-4", "A"),
        ]
        .join("\n"),
    );
}

#[test]
fn a_body_that_begins_with_a_first_level_heading_is_moved_down() {
    // The page's title is its one h1.
    check("# Top\n\n## Sub", &[heading(2, "top", "Top"), heading(3, "sub", "Sub")].join("\n"));
}

#[test]
fn the_table_of_contents_nests_levels_two_to_four() {
    let site = Site::new(
        "-- content/en/a.md --\n---\ntitle: A\n---\n## One & *two*\n### Sub\n#### Deep\n##### Deeper\n## Last\n",
    );
    let toc = "{% for h in page.toc %}{{ h.id }}={{ h.title }}[{% for s in h.children %}{{ s.id }}[{% for d in s.children %}{{ d.id }}{{ d.children | length }}{% endfor %}]{% endfor %}] {% endfor %}";
    assert_eq!(site.main(toc).build().clean().html("a/index.html"), "one--two=One &amp; two[sub[deep0]] last=Last[]");
}

#[test]
fn tables_footnotes_and_lists() {
    check(
        "| A | B |\n|:--|--:|\n| *x* | `a\\|b` |",
        "<div class=\"table\" tabindex=\"0\"><table>\n<thead><tr><th scope=\"col\" class=\"align-start\">A</th><th scope=\"col\" class=\"align-end\">B</th></tr></thead>\n<tbody>\n<tr><td class=\"align-start\"><em>x</em></td><td class=\"align-end\"><code>a|b</code></td></tr>\n</tbody></table></div>",
    );
    check(
        "- [x] done\n- [ ] open",
        "<ul class=\"task-list\">\n<li><input type=\"checkbox\" disabled checked aria-label=\"\"> done</li>\n<li><input type=\"checkbox\" disabled aria-label=\"\"> open</li>\n</ul>",
    );
    check(
        "| | B |\n|---|---|\n| x | y |",
        "<div class=\"table\" tabindex=\"0\"><table>\n<thead><tr><td></td><th scope=\"col\">B</th></tr></thead>\n<tbody>\n<tr><td>x</td><td>y</td></tr>\n</tbody></table></div>",
    );
    check("3. c\n4. d", "<ol start=\"3\">\n<li>c</li>\n<li>d</li>\n</ol>");
    check("Term\n: First\n: Second", "<dl>\n<dt>Term</dt>\n<dd>First</dd>\n<dd>Second</dd>\n</dl>");
    check("~~gone~~ a\\\nb", "<p><del>gone</del> a<br>\nb</p>");
    check(
        "See[^b] and[^a] and[^b].\n\n[^a]: Note *a*.\n[^b]: Note b.\n[^c]: Never.",
        "<p>See<sup class=\"footnote-ref\" id=\"fnref-1\"><a href=\"#fn-1\" role=\"doc-noteref\">1</a></sup> and<sup class=\"footnote-ref\" id=\"fnref-2\"><a href=\"#fn-2\" role=\"doc-noteref\">2</a></sup> and<sup class=\"footnote-ref\" id=\"fnref-1-2\"><a href=\"#fn-1\" role=\"doc-noteref\">1</a></sup>.</p>\n<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"\">\n<hr>\n<ol>\n<li id=\"fn-1\"><p>Note b. <a class=\"footnote-back\" href=\"#fnref-1\" role=\"doc-backlink\" aria-label=\"1\">↩</a> <a class=\"footnote-back\" href=\"#fnref-1-2\" role=\"doc-backlink\" aria-label=\"1\">↩</a></p></li>\n<li id=\"fn-2\"><p>Note <em>a</em>. <a class=\"footnote-back\" href=\"#fnref-2\" role=\"doc-backlink\" aria-label=\"2\">↩</a></p></li>\n</ol>\n</section>",
    );
}

#[test]
fn a_footnote_inside_a_shortcode_is_a_footnote_of_the_page() {
    let site = Site::new(SHORTCODES);
    site.edit(
        "content/en/a.md",
        "---\ntitle: A\n---\nOne[^1].\n\n{{% note %}}\nTwo[^1].\n\n[^1]: Inner.\n{{% /note %}}\n\n[^1]: Outer.\n",
    );
    let html = site.build().clean().html("a/index.html");
    let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut distinct = ids.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(ids.len(), distinct.len(), "{html}");
    for target in html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(ids.contains(&target), "{target} in {html}");
    }
}

#[test]
fn github_alerts() {
    for kind in ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"] {
        let name = kind.to_lowercase();
        check(
            &format!("> [!{kind}]\n> Text"),
            &format!(
                "<div class=\"markdown-alert markdown-alert-{name}\"><p class=\"markdown-alert-title\">{name}</p>\n<p>Text</p>\n</div>"
            ),
        );
    }
    check("> Quote", "<blockquote>\n<p>Quote</p>\n</blockquote>");
}

#[test]
fn code_blocks() {
    let pre = |language: &str, code: &str| {
        let language = if language.is_empty() { String::new() } else { format!(" data-lang=\"{language}\"") };
        format!(
            "<div class=\"code\"><pre class=\"code-block\"{language} tabindex=\"0\"><code>{code}</code></pre></div>"
        )
    };
    check("    indented <b>", &pre("", "indented &lt;b&gt;"));
    check("```\nplain & \"simple\"\n```", &pre("", "plain &amp; \"simple\""));
    // An unknown language is plain, never an error.
    check("```no-such-language\na < b\n```", &pre("no-such-language", "a &lt; b"));
    let built =
        build("-- content/en/a.md --\n---\ntitle: A\n---\n```yaml {linenos=true hl_lines=\"2\"}\na: 1\nb: 2\n```\n")
            .clean();
    let html = built.html("a/index.html");
    assert!(html.contains("<i class=\"a\">a</i>"), "{html}");
    assert!(
        html.contains("<span class=\"line\" data-n=\"1\">") && html.contains("<span class=\"line hl\" data-n=\"2\">"),
        "{html}"
    );
}

#[test]
fn line_numbers_as_a_setting() {
    let built = build(
        "-- site.yaml --\nhighlight: {line_numbers: true}\n-- content/en/a.md --\n---\ntitle: A\n---\n```\nx\n```\n",
    );
    assert!(built.clean().html("a/index.html").contains("data-n=\"1\""));
}

#[test]
fn punctuation_by_language() {
    let text = "\"Quoted\" 'it' ... a -- b --- c; why ? `\"code\"` <b>\"html\"</b>";
    for (language, expected) in [
        ("en", "“Quoted” ‘it’ … a – b — c; why ? <code>\"code\"</code> <b>“html”</b>"),
        ("fr", "«\u{a0}Quoted\u{a0}» “it” … a – b — c; why\u{202f}? <code>\"code\"</code> <b>«\u{a0}html\u{a0}»</b>"),
        ("de", "„Quoted“ ‚it‘ … a – b — c; why ? <code>\"code\"</code> <b>„html“</b>"),
    ] {
        check_in(language, text, &format!("<p>{expected}</p>"));
    }
}

#[test]
fn punctuation_can_be_switched_off() {
    let built = build(
        "-- site.yaml --\nmarkdown: {smart_punctuation: false}\n-- content/en/a.md --\n---\ntitle: A\n---\n\"a\" -- b...\n",
    );
    assert_eq!(built.clean().html("a/index.html"), "<p>\"a\" -- b...</p>");
}

#[test]
fn a_fallback_keeps_the_punctuation_of_its_text() {
    let built = build("-- content/en/a.md --\n---\ntitle: A\n---\n\"Quoted\"\n").clean();
    assert_eq!(built.html("fr/a/index.html"), "<p>“Quoted”</p>");
}

#[test]
fn lines_of_chinese_and_japanese_join_without_a_space() {
    check_in(
        "ja",
        "平台模型\nプラットフォーム\nPlatform\n平台。\n「引用」",
        "<p>平台模型プラットフォーム\nPlatform\n平台。「引用」</p>",
    );
    // Korean is written with spaces.
    check_in("ko", "플랫폼\n모델", "<p>플랫폼\n모델</p>");
}

#[test]
fn shortcodes_with_parameters_of_all_forms() {
    for (text, expected) in [
        ("{{< note >}}x{{< /note >}}", "<note>x</note>"),
        ("{{% note %}}*x*{{% /note %}}", "<note><em>x</em></note>"),
        ("{{< note a=\"1 & 2\" b=c >}}x{{< /note >}}", "<note a=\"1 &amp; 2\" b=\"c\">x</note>"),
        ("{{< note \"one two\" three >}}x{{< /note >}}", "<note [one two] [three]>x</note>"),
        ("{{< note a=`raw \"q\"` >}}x{{< /note >}}", "<note a=\"raw &quot;q&quot;\">x</note>"),
        ("{{< note\n  a=\"1\"\n  b=\"2\"\n>}}\nx\n{{< /note >}}", "<note a=\"1\" b=\"2\"><p>x</p></note>"),
        ("{{< note >}}\n## Inside\n{{< /note >}}", &format!("<note>{}</note>", heading(2, "inside", "Inside"))),
        ("{{< note >}}\n\n- a\n- b\n\n{{< /note >}}", "<note><ul>\n<li>a</li>\n<li>b</li>\n</ul></note>"),
        ("Text {{< note >}}in *line*{{< /note >}} goes on", "<p>Text <note>in <em>line</em></note> goes on</p>"),
        ("a {{< br >}} b {{< br />}}", "<p>a <br id=\"s1\"> b <br id=\"s2\"></p>"),
        ("{{< br >}}", "<br id=\"s1\">"),
        ("{{< raw >}}\n*a* <b>\n{{< /raw >}}", "<raw>*a* &lt;b&gt;</raw>"),
        ("A {{< mark x >}} b", "<p>A <p><em>x</em></p>\n b</p>"),
        // Shown, not made.
        ("Write `{{</* note */>}}`", "<p>Write <code>{{&lt; note &gt;}}</code></p>"),
        ("{{%/* note */%}}", "<p>{{% note %}}</p>"),
        (
            "```\n{{</* note a=\"1\" */>}}\n```",
            "<div class=\"code\"><pre class=\"code-block\" tabindex=\"0\"><code>{{&lt; note a=\"1\" &gt;}}</code></pre></div>",
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn nested_shortcodes_know_each_other() {
    check(
        "{{< tabs >}}\n{{< tab name=\"A\" >}}\nOne\n{{< /tab >}}\n{{< tab name=\"B\" >}}\n```\n$ two\n```\n{{< /tab >}}\n{{< /tabs >}}",
        "<tabs><b>A</b><p>One</p>\n<b>B</b><div class=\"code\"><pre class=\"code-block\" tabindex=\"0\"><code>$ two</code></pre></div>\n</tabs>",
    );
    check(
        "{{< note >}}\n{{< tab name=\"A\" >}}a{{< /tab >}}{{< tab name=\"B\" >}}b{{< /tab >}}\n{{< /note >}}",
        "<note><tab parent=\"note\" index=\"0\">a</tab><tab parent=\"note\" index=\"1\">b</tab></note>",
    );
}

#[test]
fn shortcodes_inside_lists_and_quotes() {
    check(
        "1. One\n\n   {{< note >}}\n   Inner\n\n       code\n   {{< /note >}}\n\n2. Two",
        "<ol>\n<li><p>One</p>\n<note><p>Inner</p>\n<div class=\"code\"><pre class=\"code-block\" tabindex=\"0\"><code>code</code></pre></div></note>\n</li>\n<li><p>Two</p>\n</li>\n</ol>",
    );
    check("- a {{< br >}}\n- b", "<ul>\n<li>a <br id=\"s1\"></li>\n<li>b</li>\n</ul>");
}

#[test]
fn includes_are_markdown_or_code() {
    let site = Site::new(SHORTCODES);
    site.edit("parts/a.md", "## From *there*\n\n{{< note >}}n{{< /note >}}\n");
    site.edit("parts/b.yaml", "kind: Pod\n");
    site.edit(
        "content/en/a.md",
        "---\ntitle: A\n---\n## First\n\n{{< include path=\"parts/a.md\" >}}\n\n{{< readfile file=\"/parts/b.yaml\" code=\"true\" lang=\"yaml\" >}}\n",
    );
    let html = site.build().clean().html("a/index.html");
    let expected =
        [heading(2, "first", "First"), heading(2, "from-there", "From <em>there</em>"), "<note>n</note>".into()]
            .join("\n");
    assert!(html.starts_with(&expected), "{html}");
    assert!(html.contains("data-lang=\"yaml\"") && html.contains("<i class=\"a\">kind</i>"), "{html}");
}

#[test]
fn an_unknown_shortcode_is_told_and_its_text_stays() {
    let site = Site::new(SHORTCODES);
    site.edit("content/en/a.md", "---\ntitle: A\n---\n{{< tabz >}}\nText\n{{< /tabz >}}\n");
    let built = site.build();
    assert_eq!(built.html("a/index.html"), "<p>Text</p>");
    assert_eq!(
        built.diagnostics(),
        ["content/en/a.md:4:5 shortcode-unknown there is no shortcode `tabz` | did you mean `tab`?"]
    );
}

#[test]
fn raw_html_stays_as_it_is() {
    check(
        "<details><summary>S</summary>\n\n*in*\n\n</details>",
        "<details><summary>S</summary>\n<p><em>in</em></p>\n</details>",
    );
    check("a <kbd>Ctrl</kbd> <!-- note --> b", "<p>a <kbd>Ctrl</kbd> <!-- note --> b</p>");
}
