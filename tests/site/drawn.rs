//! Mathematics and diagrams.

use super::support::{Built, build};

fn math(body: &str) -> Built {
    build(&format!(
        "-- site.yaml --\nmarkdown: {{math: true}}\nlanguages: {{en: {{}}}}\n-- content/en/a.md --\n---\ntitle: A\n---\n{body}\n"
    ))
}

#[test]
fn a_formula_is_mathml_where_a_site_wants_it() {
    let html = math("Let $a_1 < b$ be.\n\n$$\\frac{1}{2}$$\n\nFive \\$ and `$x$`.").clean().html("a/index.html");
    assert!(
        html.contains("<p>Let <math><mrow><msub><mi>a</mi><mn>1</mn></msub>")
            || html.contains("<msub><mi>a</mi><mn>1</mn></msub>"),
        "{html}"
    );
    assert!(html.contains("<mo>&lt;</mo>") || html.contains("&lt;"), "{html}");
    assert!(html.contains("<span class=\"math-block\" tabindex=\"0\"><math display=\"block\">"), "{html}");
    assert!(html.contains("<p>Five $ and <code>$x$</code>.</p>"), "{html}");
    let prose = build("-- content/en/a.md --\n---\ntitle: A\n---\nBetween $5 and $6, and $x$.\n").clean();
    assert_eq!(prose.html("a/index.html"), "<p>Between $5 and $6, and $x$.</p>");
}

#[test]
fn a_formula_in_a_heading_is_in_its_id_and_links_keep_their_turn() {
    let html =
        math("## The $x$ axis\n\n$y$ [the axis](#the-x-axis) $z$ [the home page](/)").clean().html("a/index.html");
    assert!(html.contains("<h2 id=\"the-x-axis\">"), "{html}");
    assert!(
        html.contains("<a href=\"#the-x-axis\">the axis</a>") && html.contains("<a href=\"/\">the home page</a>"),
        "{html}"
    );
}

#[test]
fn a_formula_that_cannot_be_read_stays_as_it_is() {
    let built = math("Let $\\nonsense{1}$ be.");
    let found = built.diagnostics();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("content/en/a.md:4:6 math-syntax the formula cannot be read: "), "{found:?}");
    assert_eq!(built.html("a/index.html"), "<p>Let <code>$\\nonsense{1}$</code> be.</p>");
}

const FLOW: &str = "```mermaid\nflowchart LR\n  A[요청] --> B{審査}\n  click A href \"javascript:alert(1)\"\n```\n";

fn page(body: &str) -> Built {
    build(&format!("-- site.yaml --\nlanguages: {{en: {{}}}}\n-- content/en/a.md --\n---\ntitle: A\n---\n{body}\n"))
}

#[cfg(not(feature = "diagrams"))]
#[test]
fn without_the_renderer_a_diagram_is_code() {
    assert!(
        page(FLOW)
            .clean()
            .html("a/index.html")
            .starts_with("<div class=\"code\"><pre class=\"code-block\" data-lang=\"mermaid\"")
    );
}

#[cfg(feature = "diagrams")]
mod diagrams {
    use super::{FLOW, page};

    #[test]
    fn a_diagram_is_a_drawing_with_its_text() {
        let html = page(&format!("{FLOW}\n{FLOW}")).clean().html("a/index.html");
        for id in ["diagram-1", "diagram-2"] {
            assert!(html.contains(&format!("<figure class=\"diagram\" id=\"{id}\">")), "{html}");
            assert!(html.contains(&format!("<title id=\"{id}-name\"></title>")), "{html}");
            assert!(html.contains(&format!("url(#{id}-drawing_")), "{html}");
            assert_eq!(html.matches(&format!(" id=\"{id}\"")).count(), 1, "{html}");
        }
        assert_eq!(html.matches("A[요청] --&gt; B{審査}").count(), 2, "{html}");
        let drawing = html.split("<details").next().expect("a drawing");
        assert!(drawing.contains("요청") && drawing.contains("審査") && drawing.contains("var(--ink)"), "{drawing}");
        assert!(!drawing.contains("javascript") && !drawing.contains("http"), "{drawing}");
    }

    #[test]
    fn what_cannot_be_drawn_is_told_in_its_line_and_shown_as_code() {
        let built = page("> - Item\n>   ```mermaid\n>   flowchart TD\n>     A --> B[open\n>   ```\n");
        let found = built.diagnostics();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("content/en/a.md:7:"), "{found:?}");
        assert!(found[0].contains(" diagram-syntax the diagram cannot be drawn: "), "{found:?}");
        assert!(built.html("a/index.html").contains("data-lang=\"mermaid\""));
        let found = page("```mermaid\nnonsense\n```\n").diagnostics();
        assert!(found[0].starts_with("content/en/a.md:5:1 diagram-syntax"), "{found:?}");
    }

    #[test]
    fn every_kind_is_drawn() {
        for text in [
            "sequenceDiagram\n  participant U as 사용자\n  U->>U: 確認",
            "classDiagram\n  動物 <|-- 개",
            "stateDiagram-v2\n  [*] --> 提案\n  提案 --> [*]",
            "gantt\n  title 日程\n  dateFormat YYYY-MM-DD\n  section 草稿\n  목차 :a1, 2025-01-08, 14d",
            "pie title 状态\n  \"最新\" : 42\n  \"未翻訳\" : 9",
            "erDiagram\n  PAGE ||--o{ LINK : has",
            "timeline\n  title T\n  2024 : 시작",
            "gitGraph\n  commit\n  branch a\n  commit",
            "mindmap\n  root((중심))\n    가지",
        ] {
            let html = page(&format!("```mermaid\n{text}\n```\n")).clean().html("a/index.html");
            assert!(html.contains("<svg role=\"img\""), "{text}");
        }
    }
}
