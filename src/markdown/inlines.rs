//! Inline content: text, links, images, raw HTML.

use super::{Cursor, Writer};
use crate::document::{AttributeKind, CallKind};
use crate::document::{Chunk, Piece, attribute_links, split_placeholders};
use crate::html::{escape, escape_attribute};
use pulldown_cmark::{CowStr, Event, Tag};
use std::fmt::Write as _;

impl Writer<'_, '_> {
    pub(super) fn text(&mut self, text: &str, after: Option<char>) {
        if self.context.smart {
            let before = self.last_character();
            let set = self.typographer.text(text, before, after);
            self.out.push_str(&escape(&set));
        } else {
            self.out.push_str(&escape(text));
        }
    }

    /// The character that the reader sees before this place; none at a block's start.
    fn last_character(&self) -> Option<char> {
        let tail = self.out.trim_end_matches(|c| c != '>' && c != '\n').len();
        let visible = &self.out[tail..];
        match visible.chars().next_back() {
            Some(';') if visible.contains('&') => {
                // An escaped character.
                match visible.rsplit('&').next() {
                    Some("lt;") => Some('<'),
                    Some("gt;") => Some('>'),
                    Some("amp;") => Some('&'),
                    _ => Some(';'),
                }
            }
            Some(c) => Some(c),
            // Behind an inline tag something stands: what it was does not matter, only that it is no space.
            None => self.before_tag(),
        }
    }

    fn before_tag(&self) -> Option<char> {
        let tag = &self.out[self.out.rfind('<')?..];
        let closing = ["</em>", "</strong>", "</del>", "</code>", "</a>", "</i>", "</b>", "</sup>"];
        let opening = ["<em", "<strong", "<del", "<a ", "<i>", "<b>"];
        if closing.iter().any(|end| tag.starts_with(end)) {
            return Some('x');
        }
        let opened = opening.iter().any(|start| tag.starts_with(start));
        let before = self.out[..self.out.len() - tag.len()].chars().next_back();
        if opened { before.filter(|c| *c != '>') } else { None }
    }

    pub(super) fn soft_break(&mut self, next: Option<char>) {
        // Chinese and Japanese lines join without a space.
        let joins = |c: char| matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
        if !(self.out.chars().next_back().is_some_and(joins) && next.is_some_and(joins)) {
            self.out.push('\n');
        }
    }

    pub(super) fn link_start(&mut self, chunk: &Chunk, cursor: &mut Cursor, target: &CowStr<'_>, title: &CowStr<'_>) {
        let resolved = self.next_link(chunk, cursor);
        let href = self.href(chunk, resolved.and_then(|link| link.href.as_deref()), target);
        let _ = write!(self.out, "<a href=\"{href}\"");
        self.title(title);
        self.out.push('>');
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            let _ = write!(self.out, " title=\"{}\"", escape_attribute(title));
        }
    }

    fn href(&self, chunk: &Chunk, resolved: Option<&str>, target: &str) -> String {
        match resolved {
            Some(href) => self.address(href),
            None => escape_attribute(&written(chunk, target)).into_owned(),
        }
    }

    /// Writes an image; the events up to its end are its alternative text.
    pub(super) fn image(
        &mut self,
        chunk: &Chunk,
        cursor: &mut Cursor,
        target: &CowStr<'_>,
        title: &CowStr<'_>,
        inside: &[(Piece<'_>, std::ops::Range<usize>)],
    ) {
        let resolved = self.next_link(chunk, cursor);
        let src = self.href(chunk, resolved.and_then(|link| link.href.as_deref()), target);
        let mut alt = String::new();
        for (piece, _) in inside {
            match piece {
                Piece::Event(Event::Text(text) | Event::Code(text) | Event::InlineMath(text)) => alt.push_str(text),
                Piece::Event(Event::SoftBreak | Event::HardBreak) => alt.push(' '),
                // Links and images in the text take their turn in the list all the same.
                Piece::Event(Event::Start(Tag::Link { .. } | Tag::Image { .. })) => {
                    self.next_link(chunk, cursor);
                }
                _ => {}
            }
        }
        let _ = write!(self.out, "<img src=\"{src}\" alt=\"{}\"", escape_attribute(&alt));
        self.title(title);
        self.out.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    /// Raw HTML with its addresses resolved and the calls in it made.
    pub(super) fn raw_html(&mut self, chunk: &Chunk, cursor: &mut Cursor, html: &str) {
        let mut rewritten = String::with_capacity(html.len());
        let mut at = 0;
        let mut placed = vec![];
        for attribute in attribute_links(html) {
            if attribute.kind == AttributeKind::Id {
                continue;
            }
            placed.extend(split_placeholders(&attribute.value).into_iter().filter_map(|(part, _)| part.err()));
            let Some(href) = self.next_link(chunk, cursor).and_then(|link| link.href.as_deref()) else { continue };
            rewritten.push_str(&html[at..attribute.range.start]);
            rewritten.push_str(&self.address(href));
            at = attribute.range.end;
        }
        rewritten.push_str(&html[at..]);
        for (part, _) in split_placeholders(&rewritten) {
            match part {
                Ok(text) => self.out.push_str(text),
                Err(call) if placed.contains(&call) => {
                    self.out.push_str(&escape_attribute(&call_text(chunk, call)));
                }
                Err(call) => self.call(chunk, cursor, call),
            }
        }
    }

    /// Inline code. Hugo makes calls there too; what they give is shown as code.
    pub(super) fn code(&mut self, chunk: &Chunk, code: &str) {
        let _ = write!(self.out, "<code>{}</code>", escape(&written(chunk, code)));
    }
}

/// A text in which each placeholder is its call's first parameter again: for what could not be resolved.
fn written(chunk: &Chunk, text: &str) -> String {
    split_placeholders(text)
        .into_iter()
        .map(|(part, _)| part.map_or_else(|call| call_text(chunk, call), str::to_owned))
        .collect()
}

fn call_text(chunk: &Chunk, call: usize) -> String {
    match chunk.calls.get(call) {
        Some(call) if matches!(call.kind, CallKind::Reference) => {
            call.named_or_first(&["path"]).map(|argument| argument.text.clone()).unwrap_or_default()
        }
        Some(call) => format!("{{{{< {} >}}}}", call.name),
        None => String::new(),
    }
}
