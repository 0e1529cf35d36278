//! The text of a document, read when somebody first asks for it.
//!
//! A site is known by the front matter of its pages: most of its texts nobody wants to see while one of them
//! is written. A text without shortcode calls depends on nothing but its file, so it can wait; one with calls
//! is read at once, since what it includes has to be read before it.

use super::outline::{self, Outline};
use super::{Chunk, Heading, MeetingPart, RawLink, ShortcodeTable, mojibake, span};
use crate::cache::Key;
use crate::diag::{Code, Diagnostic, FileId, Sink};
use crate::prose::{Reader, Terms};
use crate::source::SourceFile;
use indexmap::IndexSet;
use std::sync::Arc;

/// What the text of a document consists of.
#[derive(Debug, Clone)]
pub struct Text {
    /// The stream of its Markdown.
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
    /// What is wrong with it.
    pub findings: Vec<Diagnostic>,
    /// The digest of what links into it may name.
    pub anchors: Key,
}

impl Text {
    pub(super) fn of(outline: Outline, image: Option<u32>, findings: Vec<Diagnostic>) -> Self {
        let anchors = anchors(&outline);
        Self {
            anchors,
            body: outline.body,
            outline: outline.headings,
            links: outline.links,
            ids: outline.ids,
            summary: outline.summary,
            words: outline.words,
            minutes: outline.minutes,
            has_title_heading: outline.has_title_heading,
            image,
            findings,
        }
    }

    /// Which parts of the minutes it has, each once, in their order.
    pub(crate) fn parts(&self) -> Vec<MeetingPart> {
        let mut parts: Vec<MeetingPart> = self.outline.iter().filter_map(MeetingPart::of).collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    }
}

fn anchors(outline: &Outline) -> Key {
    let mut anchors = String::new();
    for heading in &outline.headings {
        anchors.push_str(&format!("{} {}\n", heading.level, heading.id));
    }
    for id in &outline.ids {
        anchors.push_str(id);
        anchors.push('\n');
    }
    Key::of(&[anchors.as_bytes()])
}

/// All that reading a text without calls needs.
#[derive(Debug, Clone)]
pub(super) struct Unread {
    pub(super) id: FileId,
    pub(super) file: Arc<SourceFile>,
    /// Where the text begins, behind the front matter.
    pub(super) start: usize,
    pub(super) math: bool,
    pub(super) language: String,
    pub(super) terms: Arc<Terms>,
}

impl Unread {
    /// The text and its walk, with what is wrong with it.
    pub(super) fn read(&self) -> (Outline, Sink) {
        let mut sink = Sink::new();
        damage(self.id, self.file.text(), &mut sink);
        let body = Chunk::plain(&self.file, self.id, self.start, self.math);
        let prose = Reader::new(&self.language, &self.terms);
        let outline = outline::collect(body, &NoShortcodes, prose, &mut sink);
        (outline, sink)
    }
}

/// Words of a file that were decoded with the wrong encoding.
pub(super) fn damage(file: FileId, text: &str, sink: &mut Sink) {
    for (range, mended) in mojibake::damaged_words(text) {
        let message = format!("`{}` was decoded with the wrong encoding", &text[range.clone()]);
        let finding = Diagnostic::new(Code::Mojibake, span(file, range), message);
        sink.push(finding.hint(format!("it should read `{mended}`; `plenary import notes` mends a whole file")));
    }
}

/// Can this text, without its front matter, show a picture? Never false if it can.
pub(super) fn may_show_pictures(text: &str) -> bool {
    // `![`, and what HTML shows files with: `<img>`, `<source>`, `<video>`, `<audio>`, `<embed>`, `<object>`.
    let bytes = text.as_bytes();
    let mut found = memchr::memchr2_iter(b'!', b'<', bytes);
    let tag = |at: usize| {
        matches!(bytes.get(at + 1).map(u8::to_ascii_lowercase), Some(b'i' | b's' | b'v' | b'a' | b'e' | b'o'))
    };
    found.any(|at| match bytes[at] {
        b'!' => bytes.get(at + 1) == Some(&b'['),
        _ => tag(at) && bytes[at..].iter().take_while(|byte| **byte != b'>').any(|byte| *byte == b'='),
    })
}

struct NoShortcodes;

impl ShortcodeTable for NoShortcodes {
    fn wants_inner(&self, _: &str) -> Option<bool> {
        None
    }

    fn anchor_parameters(&self, _: &str) -> &[String] {
        &[]
    }

    fn names(&self) -> Vec<String> {
        vec![]
    }
}

#[cfg(test)]
mod tests {
    use super::may_show_pictures;

    #[test]
    fn whatever_may_be_a_picture_is_one() {
        for (text, may) in [
            ("Text! [link](a)", false),
            ("a ![picture](a.png)", true),
            ("<IMG SRC=a.png>", true),
            ("<video\nposter='a'>", true),
            ("<br> <span> 1 < 2", false),
            ("<https://example.org/?a=b>", false),
            ("<", false),
        ] {
            assert_eq!(may_show_pictures(text), may, "{text}");
        }
    }
}
