//! Emphasis, code and links in a caption or a title.

use super::{escape, escape_attribute};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::fmt::Write as _;

/// A run of Markdown, such as a caption, as HTML without a paragraph around it.
pub fn inline(text: &str) -> String {
    let mut out = String::new();
    for event in Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) => out.push_str(&escape(&text)),
            Event::Code(code) => {
                let _ = write!(out, "<code>{}</code>", escape(&code));
            }
            Event::InlineHtml(html) | Event::Html(html) => out.push_str(&html),
            Event::SoftBreak => out.push('\n'),
            Event::HardBreak => out.push_str("<br>"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let _ = write!(out, "<a href=\"{}\">", escape_attribute(&dest_url));
            }
            Event::Start(tag) => out.push_str(simple(&tag.to_end(), true)),
            Event::End(TagEnd::Link) => out.push_str("</a>"),
            Event::End(tag) => out.push_str(simple(&tag, false)),
            _ => {}
        }
    }
    out
}

/// The tags of emphasis.
pub(crate) fn simple(tag: &TagEnd, open: bool) -> &'static str {
    match (tag, open) {
        (TagEnd::Emphasis, true) => "<em>",
        (TagEnd::Emphasis, false) => "</em>",
        (TagEnd::Strong, true) => "<strong>",
        (TagEnd::Strong, false) => "</strong>",
        (TagEnd::Strikethrough, true) => "<del>",
        (TagEnd::Strikethrough, false) => "</del>",
        _ => "",
    }
}
