//! One file of content, read but not yet placed in a site.
//!
//! In: a [`SourceFile`](crate::source::SourceFile). Out: a [`Document`]: its front matter at once, and its
//! [`Text`] when somebody asks: the tree of shortcode calls, the outline, every raw link, each with its span.
//! Parsing is pure, knows no other document (included fragments apart) and never fails: what is wrong
//! becomes a finding and the rest counts. No HTML is made here.

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
mod slice;
pub mod slug;
mod stream;
mod text;

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
pub use slice::Slice;
pub(crate) use stream::{Piece, language_comment, pieces, split_placeholders};
pub use text::Text;

use crate::cache::Key;
use crate::diag::{Code, Diagnostic, FileId, Sink, Span};
use crate::lang::{Languages, Locale};
use crate::prose::{Reader, Terms};
use crate::source::SourceSet;
use std::sync::{Arc, OnceLock};
use text::Unread;

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
    pub terms: &'a Arc<Terms>,
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

    /// The folder's name of the language that `file` is written in.
    fn language(&self, file: FileId) -> String {
        let languages = self.ground.languages;
        let place = &self.sources.file(file).place;
        let first = place.split('/').next().unwrap_or_default();
        match languages.by_folder(first) {
            None if Locale::names_folder(first) => first.to_owned(),
            found => languages.get(found.unwrap_or(languages.default_id())).folder.clone(),
        }
    }
}

/// A file of content: its front matter, and its text once somebody has asked for it.
#[derive(Debug)]
pub struct Document {
    /// The file.
    pub file: FileId,
    /// Its front matter.
    pub front: Arc<FrontMatter>,
    /// Paths of fragments that have to be read before this document is complete.
    pub wanted: Vec<String>,
    /// Paths of all fragments that it includes, there or not.
    pub included: Vec<String>,
    /// What is wrong with its front matter.
    pub findings: Vec<Diagnostic>,
    /// What it is known by where products are made from it.
    pub digests: Digests,
    /// Never false if it shows a picture.
    pub may_show_pictures: bool,
    reading: Reading,
}

/// How far a document has been read.
#[derive(Debug)]
enum Reading {
    Whole(Box<Text>),
    Front(Unread, OnceLock<Box<Text>>),
}

impl Document {
    /// Its text, read now if nobody has asked for it before.
    pub fn text(&self) -> &Text {
        match &self.reading {
            Reading::Whole(text) => text,
            Reading::Front(unread, text) => text.get_or_init(|| {
                let (outline, sink) = unread.read();
                Box::new(finish(outline, &self.front, &sink))
            }),
        }
    }

    /// Has its text been read?
    pub fn is_read(&self) -> bool {
        match &self.reading {
            Reading::Whole(_) => true,
            Reading::Front(_, text) => text.get().is_some(),
        }
    }

    /// The picture that stands for it, as it was written: that of its front matter, else the first of its text.
    pub fn picture(&self) -> Option<&RawLink> {
        let text = self.may_show_pictures.then(|| self.text())?;
        text.links.get(text.image? as usize)
    }
}

/// Digests of a document, or of as much of it as a later stage looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digests {
    /// Of all that it was read from.
    pub whole: Key,
    /// Of what decides on its place in the site: the front matter.
    pub head: Key,
}

/// Reads a document: its front matter, and its text if that cannot wait.
pub fn parse(file: FileId, context: &Context<'_>) -> Document {
    let source = context.sources.shared(file);
    let mut sink = Sink::new();
    let (front, start) = read_front_matter(source.text(), file, context.ground.taxonomies, &mut sink);
    let (head, body) = source.text().split_at(start);
    let mut digests = digests(context, file, head, sink.as_slice());
    let findings = sink.as_slice().to_vec();
    let front = Arc::new(front);
    let Ground { math, terms, .. } = context.ground;
    let language = context.language(file);
    if !shortcode::has_calls(body) {
        let may_show_pictures = front.image.is_some() || text::may_show_pictures(body);
        let unread = Unread { id: file, file: source.clone(), start, math, language, terms: terms.clone() };
        let reading = Reading::Front(unread, OnceLock::new());
        let (wanted, included) = (vec![], vec![]);
        return Document { file, front, wanted, included, findings, digests, may_show_pictures, reading };
    }
    let mut sink = Sink::new();
    text::damage(file, source.text(), &mut sink);
    let mut builder = chunk::Builder::new(context, &mut sink);
    let body = builder.chunk(file, start..source.text().len());
    let (wanted, included) = builder.fragments();
    let fragments = included.iter().map(|path| context.sources.fragment(path).flatten());
    let fragments = fragments.map(|id| id.map_or(Key::of(&[]), |id| context.sources.file(id).digest()));
    digests.whole = Key::joined(std::iter::once(digests.whole).chain(fragments));
    let outline = outline::collect(body, context.shortcodes(), Reader::new(&language, terms), &mut sink);
    let reading = Reading::Whole(Box::new(finish(outline, &front, &sink)));
    // What a call shows is known to its template.
    Document { file, front, wanted, included, findings, digests, may_show_pictures: true, reading }
}

/// The text with the picture that stands for it.
fn finish(mut outline: outline::Outline, front: &FrontMatter, sink: &Sink) -> Text {
    let first = outline.links.iter().position(|link| link.kind == LinkKind::Image).map(|at| at as u32);
    let image = front.image.as_ref().map(|(target, span)| {
        outline.links.push(RawLink { target: target.clone(), kind: LinkKind::Image, span: *span });
        outline.links.len() as u32 - 1
    });
    Text::of(outline, image.or(first), sink.as_slice().to_vec())
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

fn digests(context: &Context<'_>, file: FileId, front: &str, findings: &[Diagnostic]) -> Digests {
    let unread = |found: &Diagnostic| matches!(found.code, Code::FrontMatterSyntax | Code::FrontMatterUnclosed);
    let unread = [u8::from(findings.iter().any(unread))];
    Digests {
        whole: Key::joined([context.sources.file(file).digest(), context.digest]),
        head: Key::of(&[front.as_bytes(), &unread, context.digest.as_bytes()]),
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
