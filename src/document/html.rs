//! Raw HTML in Markdown: its ids and its links.

use html5gum::{DefaultEmitter, Token, Tokenizer};
use std::ops::Range;

/// What an attribute of raw HTML is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AttributeKind {
    /// `id`, or `name` of an anchor.
    Id,
    /// The target of a link.
    Link,
    /// An image or another file that is shown.
    Image {
        /// Has it a text for those who cannot see it?
        described: bool,
    },
}

/// An attribute of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribute {
    /// What it is.
    pub(crate) kind: AttributeKind,
    /// Its value, entities resolved.
    pub(crate) value: String,
    /// Where the value stands in the fragment.
    pub(crate) range: Range<usize>,
}

/// The ids and links of a fragment, in order. A fragment may end inside an element.
pub(crate) fn attribute_links(fragment: &str) -> Vec<Attribute> {
    let mut found = vec![];
    if !fragment.contains('=') {
        return found;
    }
    let emitter = DefaultEmitter::<usize>::new_with_span();
    for token in Tokenizer::new_with_emitter(fragment, emitter).flatten() {
        let Token::StartTag(tag) = token else { continue };
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let described = tag.attributes.contains_key(&b"alt"[..]) || name != "img";
        for (attribute, value) in &tag.attributes {
            let kind = match (name.as_str(), attribute.as_slice()) {
                (_, b"id") | ("a", b"name") => AttributeKind::Id,
                ("a" | "area", b"href") => AttributeKind::Link,
                ("img" | "source" | "video" | "audio" | "embed", b"src")
                | ("object", b"data")
                | ("video", b"poster") => AttributeKind::Image { described },
                _ => continue,
            };
            let text = String::from_utf8_lossy(&value.value).into_owned();
            let whole = value.span.start.min(fragment.len())..value.span.end.min(fragment.len());
            let range = value_range(fragment, whole);
            found.push(Attribute { kind, value: text, range });
        }
    }
    found.sort_by_key(|attribute| attribute.range.start);
    found
}

/// The value inside `name="value"`, which is what the tokenizer's span covers.
fn value_range(fragment: &str, attribute: Range<usize>) -> Range<usize> {
    let text = fragment.get(attribute.clone()).unwrap_or_default();
    let after = text.find('=').map_or(text.len(), |at| at + 1);
    let value = text[after..].trim_start();
    let start = attribute.start + text.len() - value.len();
    match value.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let len = value[1..].find(quote).unwrap_or(value.len() - 1);
            start + 1..start + 1 + len
        }
        _ => start..start + value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_where_they_stand() {
        let html = "<p id=top><a href=\"../a.md#x\">A</a> <IMG SRC='b.png' alt=''> <img src=c.png><a name='n'>";
        let found = attribute_links(html);
        let shown: Vec<_> = found.iter().map(|a| (a.kind, &html[a.range.clone()], a.value.as_str())).collect();
        assert_eq!(
            shown,
            [
                (AttributeKind::Id, "top", "top"),
                (AttributeKind::Link, "../a.md#x", "../a.md#x"),
                (AttributeKind::Image { described: true }, "b.png", "b.png"),
                (AttributeKind::Image { described: false }, "c.png", "c.png"),
                (AttributeKind::Id, "n", "n"),
            ]
        );
    }

    #[test]
    fn half_a_tag_is_not_a_panic() {
        assert_eq!(attribute_links("<a href=\"x"), []);
        assert_eq!(attribute_links("</div a=b>"), []);
    }
}
