//! What a renderer drew, without what a page must not hold.
//!
//! Only elements and attributes that draw are kept, addresses only where they name a part of the same
//! drawing. Markers and filters that nothing uses are left out, and colours become those of the page.

use crate::html::{escape, escape_attribute};
use indexmap::IndexSet;
use roxmltree::{Document, Node};
use std::fmt::Write as _;

/// The elements that draw.
const ELEMENTS: [&str; 22] = [
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polygon",
    "polyline",
    "text",
    "tspan",
    "defs",
    "marker",
    "use",
    "symbol",
    "style",
    "title",
    "desc",
    "clipPath",
    "linearGradient",
    "stop",
    "pattern",
];

/// The colour that stands for a paint until it is replaced.
pub(super) fn paint(number: usize) -> String {
    format!("#{:02x}0d0e", number + 1)
}

/// The drawing, cleaned; none if it is no XML.
pub(super) fn clean(svg: &str, paints: &[String]) -> Option<String> {
    let document = Document::parse(svg).ok()?;
    let mut used = IndexSet::new();
    for node in document.descendants() {
        for value in node.attributes().map(|attribute| attribute.value()).chain(node.text()) {
            used.extend(value.split('#').skip(1).map(|rest| name_at(rest).to_owned()));
        }
    }
    let mut out = String::with_capacity(svg.len());
    element(document.root_element(), &used, &mut out);
    Some(painted(out, paints))
}

/// The name that a text begins with.
fn name_at(text: &str) -> &str {
    &text[..text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(text.len())]
}

fn element(node: Node<'_, '_>, used: &IndexSet<String>, out: &mut String) {
    let name = node.tag_name().name();
    // A link or a group of a foreign kind goes; what it holds stays.
    if !ELEMENTS.contains(&name) {
        if matches!(name, "a" | "switch") {
            children(node, used, out);
        }
        return;
    }
    let unused = node.attribute("id").is_none_or(|id| !used.contains(id));
    if matches!(name, "marker" | "symbol" | "clipPath" | "linearGradient" | "pattern") && unused {
        return;
    }
    let before = out.len();
    let _ = write!(out, "<{name}");
    let size = node.parent_element().is_none().then(|| size(node)).flatten();
    out.push_str(size.as_deref().unwrap_or_default());
    for attribute in node.attributes() {
        let (on, name, value) = (name, attribute.name(), attribute.value());
        let sized = size.is_some() && matches!(name, "width" | "height" | "style");
        // `xml:space`, the renderer's own names, and sizes of what has a radius: no HTML checker lets them pass.
        let foreign = attribute.namespace() == Some(roxmltree::NS_XML_URI)
            || name == "name"
            || on == "circle" && matches!(name, "width" | "height");
        if sized || foreign {
            continue;
        }
        if let Some(value) = kept(name, value) {
            let _ = write!(out, " {name}=\"{}\"", escape_attribute(&value));
        }
    }
    out.push('>');
    let inside = out.len();
    if name == "style" {
        out.push_str(&style(node.text().unwrap_or_default()));
    } else {
        children(node, used, out);
    }
    if out.len() == inside && matches!(name, "g" | "defs" | "style" | "text" | "title" | "desc") {
        out.truncate(before);
        return;
    }
    let _ = write!(out, "</{name}>");
}

/// The size of the whole drawing, as attributes and for the style sheet, which keeps its letters readable
/// where there is less room.
fn size(root: Node<'_, '_>) -> Option<String> {
    let numbers: Option<Vec<f64>> =
        root.attribute("viewBox")?.split_whitespace().map(|part| part.parse().ok()).collect();
    let &[_, _, width, height] = numbers?.as_slice() else { return None };
    let ratio = (width / height * 1000.0).round() / 1000.0;
    let (width, height) = (width.ceil(), height.ceil());
    Some(format!(" width=\"{width}\" height=\"{height}\" style=\"--natural:{width}px;--ratio:{ratio}\""))
}

fn children(node: Node<'_, '_>, used: &IndexSet<String>, out: &mut String) {
    let crowded = crowded_ticks(node);
    for child in node.children() {
        if crowded.contains(&child) {
            continue;
        }
        if child.is_text() {
            out.push_str(&escape(child.text().unwrap_or_default()));
        } else if child.is_element() {
            element(child, used, out);
        }
    }
}

/// The marks of a time axis whose labels would run into the label before them.
fn crowded_ticks<'a, 'input>(axis: Node<'a, 'input>) -> Vec<Node<'a, 'input>> {
    let place = |tick: Node<'_, '_>| -> Option<f64> {
        let inside = tick.attribute("transform")?.strip_prefix("translate(")?;
        inside.split([',', ')']).next()?.trim().parse().ok()
    };
    let mut free = f64::MIN;
    let ticks = axis.children().filter(|child| child.attribute("class") == Some("tick"));
    let crowded = ticks.filter(|tick| {
        let Some((at, label)) = place(*tick).zip(tick.descendants().find(|part| part.has_tag_name("text"))) else {
            return false;
        };
        // Ten units high, and no digit is wider than six; labels stand around their mark.
        let half = label.text().unwrap_or_default().chars().count() as f64 * 3.0;
        let keeps = at - half > free;
        if keeps {
            free = at + half + 4.0;
        }
        !keeps
    });
    crowded.collect()
}

/// An attribute as it may stand; none if it may not.
fn kept(name: &str, value: &str) -> Option<String> {
    let foreign = name.starts_with("on") || name.starts_with("data-") || name.starts_with("aria-");
    if foreign || matches!(name, "role" | "filter" | "tabindex" | "target" | "rel" | "base") {
        return None;
    }
    match name {
        "href" => value.starts_with('#').then(|| value.to_owned()),
        "style" => Some(declarations(value)).filter(|style| !style.is_empty()),
        _ if !own_addresses(value) => None,
        "d" | "points" => Some(rounded(value)),
        _ => Some(value.to_owned()),
    }
}

/// Coordinates to the hundredth: nobody sees more, and curves are most of a drawing's weight.
fn rounded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(dot) = rest.find('.') {
        let digits = rest[dot + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let start = rest[..dot].rfind(|c: char| !(c.is_ascii_digit() || c == '-')).map_or(0, |at| at + 1);
        let end = dot + 1 + digits;
        out.push_str(&rest[..start]);
        match rest[start..end].parse::<f64>() {
            Ok(number) => out.push_str(&((number * 100.0).round() / 100.0).to_string()),
            Err(_) => out.push_str(&rest[start..end]),
        }
        rest = &rest[end..];
    }
    out + rest
}

/// Does a value name nothing outside the drawing?
fn own_addresses(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let schemes = ["javascript:", "data:", "http:", "https:", "@import", "expression("];
    let addresses = lower.split("url(").skip(1).all(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with('#'));
    addresses && !schemes.iter().any(|scheme| lower.contains(scheme))
}

/// What is so without saying.
const IDLE: [&str; 7] = [
    "opacity:1",
    "display:inline",
    "visibility:inherit",
    "clip-path:none",
    "mask:none",
    "transform:none",
    "transform:matrix(1 0 0 1 0 0)",
];

fn declarations(style: &str) -> String {
    let kept = style.split(';').map(str::trim).filter(|declaration| {
        !declaration.is_empty()
            && !declaration.starts_with("filter:")
            && !IDLE.contains(declaration)
            && own_addresses(declaration)
    });
    // A label is not cut: a reader's letters may be wider than those that it was measured with.
    kept.collect::<Vec<_>>().join(";").replace("overflow:hidden", "overflow:visible")
}

/// Rules of a style sheet, those left out that animate, cast shadows or ask another host.
fn style(css: &str) -> String {
    let mut out = String::new();
    let mut rest = css;
    while let Some((selector, after)) = rest.split_once('{') {
        let end = closing(after);
        let (body, tail) = (&after[..end], after.get(end + 1..).unwrap_or_default());
        rest = tail;
        if selector.contains('@') || selector.contains("edge-animation") || selector.contains("error-") {
            continue;
        }
        let body = body.split(';').filter(|part| !part.trim_start().starts_with("animation"));
        let body = declarations(&body.collect::<Vec<_>>().join(";"));
        if !body.is_empty() {
            let _ = write!(out, "{}{{{body}}}", selector.trim());
        }
    }
    out.replace('<', "")
}

/// The end of a block, blocks in it counted.
fn closing(text: &str) -> usize {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return at,
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// Colours that stand for a paint become it, as hexadecimal or decimal numbers.
fn painted(svg: String, paints: &[String]) -> String {
    let mut svg = svg;
    for (number, with) in paints.iter().enumerate() {
        let hexadecimal = paint(number);
        svg = svg.replace(&hexadecimal, with);
        let decimal = format!("rgb({}, 13, 14)", number + 1);
        svg = svg.replace(&decimal, with);
    }
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(inside: &str, expected: &str) {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">{inside}</svg>"
        );
        assert_eq!(clean(&svg, &["var(--a)".into()]).as_deref(), Some(&*format!("<svg>{expected}</svg>")), "{inside}");
    }

    #[test]
    fn what_runs_or_asks_another_host_goes() {
        check("<script>alert(1)</script><rect onclick=\"x()\" width=\"1\"/>", "<rect width=\"1\"></rect>");
        check("<a xlink:href=\"javascript:alert(1)\"><text>T</text></a>", "<text>T</text>");
        check("<image href=\"https://example.com/x.png\"/><foreignObject><p>T</p></foreignObject>", "");
        check(
            "<use xlink:href=\"https://example.com/x.svg#a\"/><use xlink:href=\"#a\"/>",
            "<use></use><use href=\"#a\"></use>",
        );
        check(
            "<rect fill=\"url(https://example.com/)\" style=\"fill:url('//x');stroke:red\"/>",
            "<rect style=\"stroke:red\"></rect>",
        );
        check("<style>@import url(//x);a{fill:red}@keyframes k{from{a:b}}b{background:url(//x)}</style>", "");
        check("<style>a{fill:url(#g);filter:drop-shadow(1px)}</style>", "<style>a{fill:url(#g)}</style>");
        check("<text>&lt;b&gt;</text>", "<text>&lt;b&gt;</text>");
    }

    #[test]
    fn a_drawing_says_its_size() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100%\" style=\"max-width:9px\" viewBox=\"-5 0 600.5 200\"/>";
        let expected = "<svg width=\"601\" height=\"200\" style=\"--natural:601px;--ratio:3.003\" viewBox=\"-5 0 600.5 200\"></svg>";
        assert_eq!(clean(svg, &[]).as_deref(), Some(expected));
    }

    #[test]
    fn labels_of_an_axis_do_not_run_into_each_other() {
        let tick = |x: u32| format!("<g class=\"tick\" transform=\"translate({x},0)\"><text>2025-01-{x}</text></g>");
        check(&format!("<g>{}{}{}</g>", tick(10), tick(60), tick(90)), &format!("<g>{}{}</g>", tick(10), tick(90)));
    }

    #[test]
    fn what_nothing_uses_goes_and_colours_are_the_pages() {
        check(
            "<defs><marker id=\"a\"/><marker id=\"b\"/></defs><path marker-end=\"url(#b)\"/>",
            "<defs><marker id=\"b\"></marker></defs><path marker-end=\"url(#b)\"></path>",
        );
        check(
            "<svg style=\"overflow:hidden;opacity:1\"><text>T</text></svg>",
            "<svg style=\"overflow:visible\"><text>T</text></svg>",
        );
        check("<path d=\"M-62.004 -24C1.5,.25 1.239e-7z\"/>", "<path d=\"M-62 -24C1.5,0.25 1.24e-7z\"></path>");
        check(
            "<rect fill=\"#010d0e\" stroke=\"rgb(1, 13, 14)\"/>",
            "<rect fill=\"var(--a)\" stroke=\"var(--a)\"></rect>",
        );
    }
}
