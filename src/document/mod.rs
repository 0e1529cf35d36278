//! One file of content, read but not yet placed in a site.
//!
//! In: a [`SourceFile`](crate::source::SourceFile). Out: a [`Document`]: front matter, the tree of
//! shortcode calls, the outline, every raw link, each with its span. Parsing is pure, knows no other
//! document (included fragments apart) and never fails: what is wrong becomes a finding and the rest
//! counts. No HTML is made here.

mod chunk;
mod date;
mod front_matter;
mod html;
mod meeting;
mod outline;
mod shortcode;
pub mod slug;
mod stream;

pub use chunk::{Argument, Call, CallKind, Chunk};
pub use date::Moment;
pub use front_matter::{FrontMatter, MenuEntry, Query, read_front_matter};
pub(crate) use front_matter::{from_node, queries};
pub(crate) use html::{AttributeKind, attribute_links};
pub(crate) use meeting::names_topic;
pub use meeting::{MeetingPart, topics};
pub use outline::{Heading, LinkKind, RawLink};
pub(crate) use stream::{Piece, split_placeholders};

use crate::diag::{Code, Diagnostic, FileId, Sink, Span};
use crate::source::SourceSet;
use indexmap::IndexSet;
use std::sync::Arc;

/// What the parser asks of the theme: does it have this shortcode, and does that one need a closing tag?
pub trait ShortcodeTable: Sync {
    /// `Some(true)` if the shortcode reads its inner content, none if there is no such shortcode.
    fn wants_inner(&self, name: &str) -> Option<bool>;
    /// The parameters that a shortcode's id is made from, the first that is given; empty if it has no id of its own.
    fn anchor_parameters(&self, name: &str) -> &[String];
    /// Every name, for "did you mean".
    fn names(&self) -> Vec<String>;
}

/// What parsing depends on besides the text itself.
pub struct Context<'a> {
    /// For included fragments only.
    pub sources: &'a SourceSet,
    /// The front matter keys that hold terms.
    pub taxonomies: &'a [String],
    /// Are dollar signs around a text mathematics?
    pub math: bool,
    /// The theme's shortcodes.
    pub shortcodes: &'a dyn ShortcodeTable,
}

/// A parsed file.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file.
    pub file: FileId,
    /// Its front matter.
    pub front: Arc<FrontMatter>,
    /// Its body.
    pub body: Chunk,
    /// Its headings, in order.
    pub outline: Vec<Heading>,
    /// Its links and images, in no particular order; chunks refer to them by index.
    pub links: Vec<RawLink>,
    /// Every id that a link may name.
    pub ids: IndexSet<String>,
    /// The beginning of its text, plain.
    pub summary: String,
    /// Words; each ideograph counts as one.
    pub words: usize,
    /// Minutes to read, at least one.
    pub minutes: usize,
    /// The link that is the page's picture: that of its front matter, else the first image of its text.
    pub image: Option<u32>,
    /// True if a first-level heading stands in the body, which the page's title already is.
    pub has_title_heading: bool,
    /// Paths of fragments that have to be read before this document is complete.
    pub wanted: Vec<String>,
    /// What is wrong with it.
    pub findings: Vec<Diagnostic>,
}

/// Reads a document.
pub fn parse(file: FileId, context: &Context<'_>) -> Document {
    let text = context.sources.file(file).text();
    let mut sink = Sink::new();
    let (front, body_start) = read_front_matter(text, file, context.taxonomies, &mut sink);
    let mut builder = chunk::Builder::new(context, &mut sink);
    let body = builder.chunk(file, body_start..text.len());
    let wanted = builder.wanted();
    let mut outline = outline::collect(body, context.shortcodes, &mut sink);
    let first = outline.links.iter().position(|link| link.kind == LinkKind::Image).map(|at| at as u32);
    let image = front.image.as_ref().map(|(target, span)| {
        outline.links.push(RawLink { target: target.clone(), kind: LinkKind::Image, span: *span });
        outline.links.len() as u32 - 1
    });
    Document {
        file,
        front: Arc::new(front),
        body: outline.body,
        outline: outline.headings,
        links: outline.links,
        ids: outline.ids,
        summary: outline.summary,
        image: image.or(first),
        words: outline.words,
        minutes: outline.minutes,
        has_title_heading: outline.has_title_heading,
        wanted,
        findings: sink.as_slice().to_vec(),
    }
}

/// The finding for a text that is not what its format wants.
fn syntax(code: Code, error: crate::data::SyntaxError, what: &str) -> Diagnostic {
    Diagnostic::new(code, error.span, format!("{what}: {}", error.message)).maybe_hint(error.hint)
}

/// A span inside `file`.
fn span(file: FileId, range: std::ops::Range<usize>) -> Span {
    Span::new(file, range)
}
