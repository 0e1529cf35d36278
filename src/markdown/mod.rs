//! A page's body as HTML.
//!
//! In: a document, its resolved links, the shortcode templates and the highlighter. Out: a [`Body`].
//! Pure: the same inputs give the same bytes on any thread. Links are not looked up here, and no other
//! page is read.

mod blocks;
mod calls;
mod diagram;
mod footnotes;
mod inlines;
mod math;
mod minutes;
mod pieces;
mod references;

use crate::diag::Sink;
use crate::diagrams::Diagrams;
use crate::document::{Chunk, Document};
use crate::highlight::Highlighter;
use crate::html::escape_attribute;
use crate::links::Resolved;
use crate::source::SourceSet;
use crate::theme::Theme;
use crate::typography::Typographer;
use footnotes::Footnotes;
pub use minutes::{MeetingText, Outcome};
use tera::Value;

/// What a body depends on.
pub struct Context<'a> {
    /// For the places of findings.
    pub sources: &'a SourceSet,
    /// The document.
    pub document: &'a Document,
    /// Its links, resolved for the page that shows it.
    pub links: &'a [Resolved],
    /// For each heading of the outline another id that it answers to, if it has one.
    pub paired_ids: &'a [Option<&'a str>],
    /// Shortcode templates.
    pub theme: &'a Theme,
    /// Code blocks.
    pub highlighter: &'a Highlighter,
    /// Diagrams.
    pub diagrams: &'a Diagrams,
    /// The tag of the text's language, whose typography holds.
    pub language: &'a str,
    /// Smart punctuation?
    pub smart: bool,
    /// Line numbers in all code blocks?
    pub line_numbers: bool,
    /// The path before every root-relative address.
    pub base_path: &'a str,
    /// UI strings in the language of the frame, as templates get them.
    pub strings: &'a Value,
    /// What shortcode templates get besides: `site`, `page`, `lang`, `t`.
    pub shared: &'a tera::Context,
    /// The page in words, for findings.
    pub page: &'a str,
    /// Set if the text is the minutes of a meeting.
    pub meeting: Option<&'a MeetingText>,
}

/// A rendered body.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// The HTML.
    pub html: String,
    /// What the meeting decided, and what someone promised there; none if it is no meeting.
    pub outcomes: Vec<Outcome>,
}

/// Renders a body.
pub fn render(context: &Context<'_>, sink: &mut Sink) -> Body {
    let mut writer = Writer {
        context,
        sink,
        out: String::with_capacity(context.document.text().body.text.len() * 3 / 2),
        typographer: Typographer::new(context.language),
        footnotes: Footnotes::default(),
        calls: 0,
        diagrams: 0,
        links: 0,
        outcomes: vec![],
        shift: u8::from(context.document.text().has_title_heading),
    };
    writer.chunk(&context.document.text().body);
    writer.footnotes_section();
    Body { html: writer.out, outcomes: writer.outcomes }
}

/// The HTML in the making.
struct Writer<'a, 'b> {
    context: &'a Context<'a>,
    sink: &'b mut Sink,
    out: String,
    typographer: Typographer,
    footnotes: Footnotes,
    /// Shortcode calls so far, for ids.
    calls: usize,
    /// Diagrams so far, for ids.
    diagrams: usize,
    /// Links that are open.
    links: usize,
    /// Decisions and actions so far.
    outcomes: Vec<Outcome>,
    /// Added to each heading's level: the page's title is its only first-level heading.
    shift: u8,
}

/// Where the writer is in a chunk's links and headings.
#[derive(Default)]
struct Cursor {
    link: usize,
    heading: usize,
}

impl<'a> Writer<'a, '_> {
    fn next_link(&self, chunk: &Chunk, cursor: &mut Cursor) -> Option<&'a Resolved> {
        let index = *chunk.links.get(cursor.link)?;
        cursor.link += 1;
        self.context.links.get(index as usize)
    }

    /// A UI string of the frame's language.
    fn string(&self, key: &str) -> &'a str {
        let key = tera::value::Key::from(key.to_owned());
        let strings: &'a Value = self.context.strings;
        strings.as_map().and_then(|strings| strings.get(&key)).and_then(Value::as_str).unwrap_or_default()
    }

    /// A resolved address as it is written: below the path that the site lives at.
    fn address(&self, href: &str) -> String {
        let escaped = escape_attribute(href);
        if href.starts_with('/') { format!("{}{escaped}", self.context.base_path) } else { escaped.into_owned() }
    }
}
