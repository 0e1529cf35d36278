//! One file of content, read but not yet placed in a site.
//!
//! In: a [`SourceFile`](crate::source::SourceFile). Out: a [`Document`]: front matter, the tree of
//! shortcode calls, the outline, every raw link, each with its span. Parsing is pure, knows no other
//! document (included fragments apart) and never fails: what is wrong becomes a finding and the rest
//! counts. No HTML is made here.

mod chunk;
mod date;
mod fence;
mod front_matter;
mod html;
mod length;
mod library;
mod meeting;
mod mojibake;
mod outline;
mod scanner;
mod shortcode;
pub mod slug;
mod stream;

pub use chunk::{Argument, Call, CallKind, Chunk};
pub use date::Moment;
pub(crate) use fence::Form;
#[cfg(test)]
pub(crate) use front_matter::front_matter_keys;
pub use front_matter::{FrontMatter, MenuEntry, Query, read_front_matter};
pub(crate) use front_matter::{from_node, front_node, queries};
pub(crate) use html::{AttributeKind, attribute_links};
pub use library::Library;
pub(crate) use meeting::names_topic;
pub use meeting::{MeetingPart, topics};
pub use mojibake::{Mended, find_mojibake, mend_mojibake};
pub use outline::{Heading, LinkKind, RawLink};
pub(crate) use stream::{Piece, language_comment, pieces, split_placeholders};

use crate::cache::Key;
use crate::diag::{Code, Diagnostic, FileId, Sink, Span};
use crate::lang::{Languages, Locale};
use crate::prose::{Reader, Terms};
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

/// What parsing depends on besides the files: the same for all documents of a site.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The front matter keys that hold terms.
    pub taxonomies: &'a [String],
    /// Are dollar signs around a text mathematics?
    pub math: bool,
    /// The theme's shortcodes.
    pub shortcodes: &'a dyn ShortcodeTable,
    /// Whose folders tell a text's language.
    pub languages: &'a Languages,
    /// How the group writes its terms.
    pub terms: &'a Terms,
}

impl Ground<'_> {
    /// What tells it from others: a document that was read on another ground may be another one.
    fn digest(&self) -> Key {
        let folders: Vec<&str> = self.languages.iter().map(|(_, language)| language.folder.as_str()).collect();
        let (taxonomies, default, terms) = (self.taxonomies, self.languages.default_id(), self.terms);
        let mut text = format!("{taxonomies:?} {folders:?} {default:?} {terms:?} {}", self.math);
        for name in self.shortcodes.names() {
            let (inner, anchor) = (self.shortcodes.wants_inner(&name), self.shortcodes.anchor_parameters(&name));
            text.push_str(&format!("\n{name} {inner:?} {anchor:?}"));
        }
        Key::of(&[text.as_bytes()])
    }
}

/// What parsing depends on besides the text itself.
pub struct Context<'a> {
    /// For included fragments only.
    pub sources: &'a SourceSet,
    ground: Ground<'a>,
    digest: Key,
}

impl<'a> Context<'a> {
    /// The context of the documents of these files.
    pub fn new(sources: &'a SourceSet, ground: &Ground<'a>) -> Self {
        Self { sources, ground: *ground, digest: ground.digest() }
    }

    fn shortcodes(&self) -> &'a dyn ShortcodeTable {
        self.ground.shortcodes
    }

    /// A reader of the wording of `file`.
    fn prose(&self, file: FileId) -> Reader<'_> {
        let Ground { languages, terms, .. } = self.ground;
        let place = &self.sources.file(file).place;
        let first = place.split('/').next().unwrap_or_default();
        let language = match languages.by_folder(first) {
            None if Locale::names_folder(first) => first,
            found => &languages.get(found.unwrap_or(languages.default_id())).folder,
        };
        Reader::new(language, terms)
    }
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
    /// Paths of all fragments that it includes, there or not.
    pub included: Vec<String>,
    /// What is wrong with it.
    pub findings: Vec<Diagnostic>,
    /// What it is known by where products are made from it.
    pub digests: Digests,
}

/// Digests of a document, or of as much of it as a later stage looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digests {
    /// Of all that it was read from.
    pub whole: Key,
    /// Of what decides on its place in the site: the front matter, and which parts its minutes have.
    pub head: Key,
    /// Of what links into it may name.
    pub anchors: Key,
}

/// Reads a document.
pub fn parse(file: FileId, context: &Context<'_>) -> Document {
    let text = context.sources.file(file).text();
    let mut sink = Sink::new();
    let (front, body_start) = read_front_matter(text, file, context.ground.taxonomies, &mut sink);
    for (range, mended) in mojibake::damaged_words(text) {
        let message = format!("`{}` was decoded with the wrong encoding", &text[range.clone()]);
        let finding = Diagnostic::new(Code::Mojibake, span(file, range), message);
        sink.push(finding.hint(format!("it should read `{mended}`; `plenary import notes` mends a whole file")));
    }
    let mut builder = chunk::Builder::new(context, &mut sink);
    let body = builder.chunk(file, body_start..text.len());
    let (wanted, included) = builder.fragments();
    let mut outline = outline::collect(body, context.shortcodes(), context.prose(file), &mut sink);
    let first = outline.links.iter().position(|link| link.kind == LinkKind::Image).map(|at| at as u32);
    let unread = |found: &Diagnostic| matches!(found.code, Code::FrontMatterSyntax | Code::FrontMatterUnclosed);
    let unread = sink.as_slice().iter().any(unread);
    let head = (&text[..body_start], unread);
    let digests = digests(context, file, &included, head, &outline);
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
        included,
        digests,
        findings: sink.as_slice().to_vec(),
    }
}

/// The names of the shortcode calls in a text, inner ones too; none if one of them is broken.
pub(crate) fn call_names(text: &str) -> Option<Vec<String>> {
    fn collect(segments: &[shortcode::Segment], names: &mut Vec<String>) {
        for segment in segments {
            if let shortcode::Segment::Call(call) = segment {
                names.push(call.name.clone());
                collect(call.inner.as_ref().map(|(_, inner)| inner.as_slice()).unwrap_or_default(), names);
            }
        }
    }
    let mut sink = Sink::new();
    let segments = shortcode::parse(text, 0..text.len(), FileId(0), &mut sink);
    let mut names = vec![];
    collect(&segments, &mut names);
    sink.as_slice().is_empty().then_some(names)
}

fn digests(
    context: &Context<'_>,
    file: FileId,
    included: &[String],
    (front, unread): (&str, bool),
    outline: &outline::Outline,
) -> Digests {
    let sources = context.sources;
    let mut parts = vec![sources.file(file).digest(), context.digest];
    let fragments = included.iter().map(|path| sources.fragment(path).flatten());
    parts.extend(fragments.map(|id| id.map_or(Key::of(&[]), |id| sources.file(id).digest())));
    let mut minutes = vec![];
    let mut anchors = String::new();
    for heading in &outline.headings {
        minutes.extend(MeetingPart::of(heading));
        anchors.push_str(&format!("{} {}\n", heading.level, heading.id));
    }
    for id in &outline.ids {
        anchors.push_str(&format!("{id}\n"));
    }
    minutes.sort_unstable();
    minutes.dedup();
    Digests {
        whole: Key::of(&parts.iter().map(|key| &key.as_bytes()[..]).collect::<Vec<_>>()),
        head: Key::of(&[front.as_bytes(), format!("{unread} {minutes:?}").as_bytes(), context.digest.as_bytes()]),
        anchors: Key::of(&[anchors.as_bytes()]),
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
