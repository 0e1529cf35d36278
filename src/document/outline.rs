//! What a page's text consists of: headings, links, ids, words.

use super::html::{AttributeKind, attribute_links};
use super::length::{Length, SUMMARY, finish_summary};
use super::slug::{Ids, heading_source};
use super::stream::{Piece, pieces, split_placeholders};
use super::{CallKind, Chunk, ShortcodeTable};
use crate::diag::{Code, Diagnostic, Sink, Span};
use crate::prose::{Reader, Remark};
use indexmap::IndexSet;
use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use std::ops::Range;

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// Its id, unique in the page.
    pub id: String,
    /// Its text without markup.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// What a link is to its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// To a page or file.
    Link,
    /// An image that is shown.
    Image,
    /// A `ref` or `relref` call, which may name a page by its file name alone.
    Reference,
}

/// A link as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawLink {
    /// The target, entities and escapes resolved.
    pub target: String,
    /// What it is.
    pub kind: LinkKind,
    /// Where the target stands.
    pub span: Span,
}

/// The result of the walk.
pub(super) struct Outline {
    pub(super) body: Chunk,
    pub(super) headings: Vec<Heading>,
    pub(super) links: Vec<RawLink>,
    pub(super) ids: IndexSet<String>,
    pub(super) summary: String,
    pub(super) words: usize,
    pub(super) minutes: usize,
    pub(super) has_title_heading: bool,
}

/// Shortcodes that show a picture and take its alternative text, in Hugo's themes and in ours.
const PICTURES: [&str; 4] = ["figure", "image", "img", "imgproc"];

/// Parameters of shortcodes that hold an address.
const ADDRESS_PARAMETERS: [&str; 5] = ["src", "href", "url", "image", "link"];

/// Walks a document's streams and fills in their links and headings.
pub(super) fn collect(mut body: Chunk, shortcodes: &dyn ShortcodeTable, prose: Reader<'_>, sink: &mut Sink) -> Outline {
    let mut walk = Walk {
        sink,
        prose,
        ids: Ids::default(),
        known: IndexSet::new(),
        headings: vec![],
        links: vec![],
        summary: String::new(),
        summary_ends: false,
        length: Length::default(),
        last_level: 0,
    };
    walk.reserve_explicit(&body);
    walk.chunk(&mut body, 0);
    walk.anchors(&mut body, shortcodes);
    Outline {
        body,
        has_title_heading: walk.headings.iter().any(|heading| heading.level == 1),
        headings: walk.headings,
        links: walk.links,
        ids: walk.known,
        summary: finish_summary(&walk.summary),
        words: walk.length.words(),
        minutes: walk.length.minutes(),
    }
}

struct Walk<'b, 't> {
    sink: &'b mut Sink,
    prose: Reader<'t>,
    ids: Ids,
    known: IndexSet<String>,
    headings: Vec<Heading>,
    links: Vec<RawLink>,
    summary: String,
    summary_ends: bool,
    length: Length,
    last_level: u8,
}

/// A heading in the making.
struct Open {
    level: u8,
    explicit: Option<String>,
    text: String,
    range: Range<usize>,
}

impl Walk<'_, '_> {
    /// Explicit ids are taken before any is generated, wherever they stand: `{#id}` wins.
    fn reserve_explicit(&mut self, chunk: &Chunk) {
        if chunk.text.contains("{#") {
            for (piece, _) in chunk.pieces() {
                if let Piece::Event(Event::Start(Tag::Heading { id: Some(id), .. })) = piece {
                    self.ids.reserve(&id);
                }
            }
        }
        for call in &chunk.calls {
            if let CallKind::Template { inner: Some(inner), .. } | CallKind::Include(Some(inner)) = &call.kind {
                self.reserve_explicit(inner);
            }
        }
    }

    /// Shortcodes with an id get it last: what a heading is called was published first.
    fn anchors(&mut self, chunk: &mut Chunk, shortcodes: &dyn ShortcodeTable) {
        for call in &mut chunk.calls {
            let named = shortcodes.anchor_parameters(&call.name);
            let given = |name: &String| call.arguments.iter().find(|argument| argument.name.as_ref() == Some(name));
            if let Some(argument) = named.iter().find_map(given) {
                let id = self.ids.generate(&argument.text);
                self.known.insert(id.clone());
                call.id = Some(id);
            }
            if let CallKind::Template { inner: Some(inner), .. } | CallKind::Include(Some(inner)) = &mut call.kind {
                self.anchors(inner, shortcodes);
            }
        }
    }

    fn chunk(&mut self, chunk: &mut Chunk, depth: usize) {
        let mut heading: Option<Open> = None;
        let (mut in_code, mut in_paragraph, mut image_depth) = (false, false, 0usize);
        let mut image_alt = String::new();
        let text = chunk.text.clone();
        for (piece, range) in pieces(&text, chunk.math) {
            if !in_code {
                self.wording(chunk, &piece, &range, image_depth > 0);
            }
            match piece {
                Piece::Call(call) => self.call(chunk, call, depth),
                Piece::Block(calls) => calls.into_iter().for_each(|call| self.call(chunk, call, depth)),
                Piece::Event(event) => match event {
                    Event::Start(Tag::Heading { level, id, .. }) => {
                        let level = level_number(level);
                        let explicit = id.map(|id| id.to_string());
                        heading = Some(Open { level, explicit, text: String::new(), range });
                    }
                    Event::End(TagEnd::Heading(_)) => {
                        if let Some(open) = heading.take() {
                            self.heading(chunk, open);
                        }
                    }
                    Event::Start(Tag::Link { dest_url, .. }) => {
                        self.link(chunk, &dest_url, LinkKind::Link, &range);
                    }
                    Event::Start(Tag::Image { dest_url, .. }) => {
                        image_depth += 1;
                        image_alt.clear();
                        self.link(chunk, &dest_url, LinkKind::Image, &range);
                    }
                    Event::End(TagEnd::Image) => {
                        image_depth -= 1;
                        if image_depth == 0 && image_alt.trim().is_empty() {
                            self.image_without_text(chunk.span(range));
                        }
                    }
                    Event::Start(Tag::CodeBlock(_)) => in_code = true,
                    Event::End(TagEnd::CodeBlock) => in_code = false,
                    Event::Start(Tag::Paragraph) => in_paragraph = depth == 0,
                    Event::End(TagEnd::Paragraph) => {
                        in_paragraph = false;
                        self.summary_ends |= self.summary.chars().count() >= SUMMARY / 2;
                        self.summary.push(' ');
                    }
                    Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                        if let Some(open) = &mut heading {
                            open.text.push_str(&text);
                        }
                        if image_depth > 0 {
                            image_alt.push_str(&text);
                        } else if !in_code {
                            self.length.count(&text);
                            if in_paragraph && !self.summary_ends {
                                self.summary.push_str(&text);
                            }
                        }
                    }
                    Event::SoftBreak | Event::HardBreak => {
                        if in_paragraph && !self.summary_ends {
                            self.summary.push(' ');
                        }
                        if let Some(open) = &mut heading {
                            open.text.push(' ');
                        }
                    }
                    Event::Html(html) | Event::InlineHtml(html) => {
                        if html.trim() == "<!--more-->" && depth == 0 {
                            self.summary_ends = true;
                        }
                        self.html(chunk, &html, range.start, depth);
                    }
                    _ => {}
                },
            }
        }
    }

    /// What the wording is told of a part of the stream, and what it has to remark.
    fn wording(&mut self, chunk: &Chunk, piece: &Piece<'_>, range: &Range<usize>, in_image: bool) {
        let mut remarks = vec![];
        match piece {
            Piece::Event(Event::Text(text)) if !in_image => {
                self.prose.text(text, range.start, range.len() == text.len(), &mut remarks);
            }
            Piece::Event(Event::Start(Tag::Link { .. })) => self.prose.link_begins(range.clone()),
            Piece::Event(Event::End(TagEnd::Link)) => remarks.extend(self.prose.link_ends()),
            Piece::Event(Event::Start(Tag::Image { .. })) => self.prose.picture(),
            Piece::Event(
                Event::SoftBreak
                | Event::HardBreak
                | Event::Text(_)
                | Event::Start(Tag::Emphasis | Tag::Strong)
                | Event::End(TagEnd::Emphasis | TagEnd::Strong),
            ) => {}
            _ => self.prose.interrupt(),
        }
        for Remark { code, at, message, hint } in remarks {
            self.sink.push(Diagnostic::new(code, chunk.span(at), message).hint(hint));
        }
    }

    fn call(&mut self, chunk: &mut Chunk, number: usize, depth: usize) {
        let Some(call) = chunk.calls.get_mut(number) else { return };
        match &mut call.kind {
            CallKind::Reference => {
                let (target, span) = match call.named_or_first(&["path"]) {
                    Some(argument) => (argument.text.clone(), argument.span),
                    None => (String::new(), call.span),
                };
                let link = self.push(target, LinkKind::Reference, span);
                chunk.links.push(link);
            }
            CallKind::Template { inner, .. } => {
                let named = |names: &[&str]| {
                    call.arguments.iter().find(|a| a.name.as_deref().is_some_and(|n| names.contains(&n)))
                };
                if let (true, Some(image), None) =
                    (PICTURES.contains(&call.name.as_str()), named(&["src"]), named(&["alt", "caption", "title"]))
                {
                    let span = image.span;
                    self.image_without_text(span);
                }
                for argument in &mut call.arguments {
                    let name = argument.name.as_deref().unwrap_or_default();
                    if ADDRESS_PARAMETERS.contains(&name) {
                        let kind = if matches!(name, "src" | "image") { LinkKind::Image } else { LinkKind::Link };
                        argument.link = Some(self.links.len() as u32);
                        self.links.push(RawLink { target: argument.text.clone(), kind, span: argument.span });
                    }
                }
                if let Some(inner) = inner {
                    self.chunk(inner, depth + 1);
                }
            }
            CallKind::Include(Some(inner)) => self.chunk(inner, depth),
            CallKind::Include(None) | CallKind::IncludeCode { .. } => {}
        }
    }

    fn heading(&mut self, chunk: &mut Chunk, open: Open) {
        let text = &chunk.text[open.range.clone()];
        let source = heading_source(text);
        let span = chunk.span(open.range.start..open.range.start + text.trim_end().len());
        let id = match open.explicit {
            Some(id) if !self.known.contains(&id) => id,
            Some(id) => {
                self.duplicate_id(&id, span);
                self.ids.generate(&id)
            }
            None => self.ids.generate(&source),
        };
        // Text included or indented elsewhere counts in the order of the page.
        if self.last_level > 0 && open.level > self.last_level + 1 {
            let message = format!("a heading of level {} follows one of level {}", open.level, self.last_level);
            let marks = "#".repeat(usize::from(self.last_level) + 1);
            self.sink.push(Diagnostic::new(Code::HeadingJump, span, message).hint(format!("write it with `{marks}`")));
        }
        self.last_level = open.level;
        self.known.insert(id.clone());
        chunk.headings.push(self.headings.len() as u32);
        self.headings.push(Heading { level: open.level, id, text: open.text.trim().to_owned(), span });
    }

    fn duplicate_id(&mut self, id: &str, span: Span) {
        let message = format!("the id `{id}` stands twice in this page");
        self.sink.push(Diagnostic::new(Code::DuplicateId, span, message).hint("give one of the two another id"));
    }

    fn link(&mut self, chunk: &mut Chunk, target: &str, kind: LinkKind, range: &Range<usize>) {
        let place = chunk.text[range.clone()].rfind(target).filter(|_| !target.is_empty());
        let place = place.map_or(range.clone(), |at| range.start + at..range.start + at + target.len());
        self.target(chunk, target, kind, place);
    }

    /// A target may hold a `ref` call instead of an address, with a fragment behind it.
    fn target(&mut self, chunk: &mut Chunk, target: &str, kind: LinkKind, place: Range<usize>) {
        let parts = split_placeholders(target);
        let call = parts.iter().find_map(|(part, _)| part.err()).and_then(|number| chunk.calls.get(number));
        let (target, kind, span) = match call {
            Some(call) if matches!(call.kind, CallKind::Reference) => {
                let tail: String = parts.iter().filter_map(|(part, _)| part.ok()).collect();
                let argument = call.named_or_first(&["path"]);
                let target = argument.map_or(String::new(), |argument| argument.text.clone()) + &tail;
                (target, LinkKind::Reference, argument.map_or(call.span, |argument| argument.span))
            }
            _ => (target.to_owned(), kind, chunk.span(place)),
        };
        let link = self.push(target, kind, span);
        chunk.links.push(link);
    }

    fn push(&mut self, target: String, kind: LinkKind, span: Span) -> u32 {
        self.links.push(RawLink { target, kind, span });
        self.links.len() as u32 - 1
    }

    fn html(&mut self, chunk: &mut Chunk, html: &str, start: usize, depth: usize) {
        let mut placed = vec![];
        for attribute in attribute_links(html) {
            let place = start + attribute.range.start..start + attribute.range.end;
            if attribute.kind != AttributeKind::Id {
                placed.extend(split_placeholders(&attribute.value).into_iter().filter_map(|(part, _)| part.err()));
            }
            match attribute.kind {
                AttributeKind::Id => {
                    if !self.known.insert(attribute.value.clone()) {
                        self.duplicate_id(&attribute.value, chunk.span(place));
                    }
                    self.ids.reserve(&attribute.value);
                }
                AttributeKind::Link => self.target(chunk, &attribute.value, LinkKind::Link, place),
                AttributeKind::Image { described } => {
                    if !described {
                        self.image_without_text(chunk.span(place.clone()));
                    }
                    self.target(chunk, &attribute.value, LinkKind::Image, place);
                }
            }
        }
        let calls = split_placeholders(html).into_iter().filter_map(|(part, _)| part.err());
        for call in calls.filter(|call| !placed.contains(call)) {
            self.call(chunk, call, depth);
        }
    }

    fn image_without_text(&mut self, span: Span) {
        let finding = Diagnostic::new(Code::ImageAlt, span, "an image without alternative text");
        self.sink.push(finding.hint("say what it shows: `![a platform between teams and infrastructure](…)`"));
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    level as u8
}
