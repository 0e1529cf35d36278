//! What the text of a meeting shows besides: its parts, topics that the agenda leads to, states of
//! actions, issues as links.

use super::Writer;
use super::references::references;
use crate::document::{Chunk, Heading, MeetingPart, Piece, names_topic, topics};
use crate::html::escape_attribute;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

/// How the text of a meeting is read.
#[derive(Debug, Clone, Default)]
pub struct MeetingText {
    /// The repository that `#12` is about.
    pub repository: Option<String>,
}

/// A decision or an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// A decision or an action.
    pub part: MeetingPart,
    /// Its HTML, links resolved as in the body.
    pub html: String,
    /// Its Markdown, as it was written.
    pub source: String,
    /// Done or open, where a task box tells.
    pub done: Option<bool>,
}

/// What to write at pieces of the stream, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Before the piece: ends a part, begins one.
    parts: BTreeMap<usize, (bool, Option<MeetingPart>)>,
    /// Items of decisions and actions, with their ends.
    items: BTreeMap<usize, Item>,
    /// Texts of the agenda that name a topic.
    topics: BTreeMap<usize, (Range<usize>, String)>,
    /// The item being written: its number, and where its text begins in the output.
    open: Option<(usize, usize)>,
}

#[derive(Debug, Clone, Copy)]
struct Item {
    end: usize,
    part: MeetingPart,
    done: Option<bool>,
}

impl Marks {
    /// Finds the places in the stream of a document's own text.
    pub(super) fn find(pieces: &[(Piece<'_>, Range<usize>)], chunk: &Chunk, outline: &[Heading]) -> Self {
        let mut marks = Self::default();
        let mut headings = chunk.headings.iter().filter_map(|at| outline.get(*at as usize));
        let topics = topics(outline);
        let mut open: Option<(MeetingPart, u8)> = None;
        let mut lists = 0usize;
        for (at, (piece, _)) in pieces.iter().enumerate() {
            let Piece::Event(event) = piece else { continue };
            match event {
                Event::Start(Tag::Heading { .. }) => {
                    let Some(heading) = headings.next() else { continue };
                    let part = MeetingPart::of(heading);
                    let ends = open.is_some_and(|(_, level)| heading.level <= level);
                    if ends || part.is_some() && open.is_none() {
                        marks.parts.insert(at, (open.is_some(), part));
                        open = part.map(|part| (part, heading.level));
                    }
                }
                Event::Start(Tag::List(_)) => lists += 1,
                Event::End(TagEnd::List(_)) => lists = lists.saturating_sub(1),
                Event::Start(Tag::Item) if lists == 1 => match open {
                    Some((part @ (MeetingPart::Decisions | MeetingPart::Actions), _)) => {
                        let done = task(&pieces[at + 1..]);
                        marks.items.insert(at, Item { end: end_of_item(pieces, at), part, done });
                    }
                    Some((MeetingPart::Agenda, _)) => marks.topic(pieces, at, &topics),
                    _ => {}
                },
                _ => {}
            }
        }
        marks
    }

    /// The topic that an item's first text names.
    fn topic(&mut self, pieces: &[(Piece<'_>, Range<usize>)], item: usize, topics: &[&Heading]) {
        let first = pieces.iter().enumerate().skip(item + 1);
        let first = first.take_while(|(_, (piece, _))| !matches!(piece, Piece::Event(Event::End(_))));
        let text = first.filter_map(|(at, (piece, _))| match piece {
            Piece::Event(Event::Text(text)) => Some((at, text)),
            _ => None,
        });
        let Some((at, text)) = text.into_iter().next() else { return };
        let inside_link =
            pieces[item + 1..at].iter().any(|(piece, _)| matches!(piece, Piece::Event(Event::Start(Tag::Link { .. }))));
        let named = topics.iter().find_map(|topic| Some((names_topic(text, &topic.text)?, topic.id.clone())));
        if let Some(named) = named.filter(|_| !inside_link) {
            self.topics.insert(at, named);
        }
    }
}

fn task(item: &[(Piece<'_>, Range<usize>)]) -> Option<bool> {
    item.iter().take(2).find_map(|(piece, _)| match piece {
        Piece::Event(Event::TaskListMarker(done)) => Some(*done),
        _ => None,
    })
}

fn end_of_item(pieces: &[(Piece<'_>, Range<usize>)], item: usize) -> usize {
    let mut depth = 0usize;
    for (at, (piece, _)) in pieces.iter().enumerate().skip(item) {
        match piece {
            Piece::Event(Event::Start(Tag::Item)) => depth += 1,
            Piece::Event(Event::End(TagEnd::Item)) if depth == 1 => return at,
            Piece::Event(Event::End(TagEnd::Item)) => depth -= 1,
            _ => {}
        }
    }
    pieces.len()
}

impl Writer<'_, '_> {
    /// Writes what stands before a piece, and tells whether the piece itself is written thereby.
    pub(super) fn before_piece(&mut self, marks: &mut Marks, pieces: &[(Piece<'_>, Range<usize>)], at: usize) -> bool {
        if let Some((ends, begins)) = marks.parts.get(&at) {
            if *ends {
                self.out.push_str("</section>\n");
            }
            if let Some(part) = begins {
                let _ = writeln!(self.out, "<section class=\"minutes-part minutes-{}\">", part.as_str());
            }
        }
        if let Some((number, from)) = marks.open.filter(|(number, _)| marks.items[number].end == at) {
            let Item { part, done, .. } = marks.items[&number];
            marks.open = None;
            let html = without_box(&self.out[from..]).trim().to_owned();
            self.outcomes.push(Outcome { part, html, source: String::new(), done });
            if let Some(outcome) = self.outcomes.last_mut() {
                outcome.source = source(&self.context.document.text().body.text[pieces[number].1.clone()]);
            }
        }
        if let (Some((range, id)), (Piece::Event(Event::Text(text)), _)) = (marks.topics.get(&at), &pieces[at]) {
            self.running_text(&text[..range.start], text[range.clone()].chars().next());
            let _ = write!(self.out, "<a class=\"to-topic\" href=\"#{}\">", escape_attribute(id));
            self.text(&text[range.clone()], None);
            self.out.push_str("</a>");
            self.running_text(&text[range.end..], None);
            return true;
        }
        false
    }

    /// Marks the item that was just begun with its state.
    pub(super) fn after_piece(&mut self, marks: &mut Marks, at: usize) {
        let Some(item) = marks.items.get(&at) else { return };
        if let (Some(done), Some(rest)) = (item.done, self.out.strip_suffix("<li>")) {
            self.out.truncate(rest.len());
            self.out.push_str(if done { "<li class=\"is-done\">" } else { "<li class=\"is-open\">" });
        }
        marks.open = Some((at, self.out.len()));
    }

    /// Ends the part that is open at the end of the text.
    pub(super) fn after_pieces(&mut self, marks: &Marks) {
        if marks.parts.values().next_back().is_some_and(|(_, begins)| begins.is_some()) {
            self.out.push_str("</section>\n");
        }
    }

    /// Keeps count of links and code that are written as HTML.
    pub(super) fn raw_link(&mut self, html: &str) {
        if ["<a ", "<a>", "<code>"].iter().any(|open| html.starts_with(open)) {
            self.links += 1;
        } else if html.starts_with("</a") || html.starts_with("</code") {
            self.links = self.links.saturating_sub(1);
        }
    }

    /// Text outside of links, in which issues are links.
    pub(super) fn running_text(&mut self, text: &str, after: Option<char>) {
        let meeting = self.context.meeting.filter(|_| self.links == 0 && text.contains('#'));
        let found = meeting.map(|meeting| references(text, meeting.repository.as_deref())).unwrap_or_default();
        let mut at = 0;
        for (range, url) in found {
            self.text(&text[at..range.start], Some('x'));
            let _ = write!(
                self.out,
                "<a href=\"{}\" rel=\"external\">{}</a>",
                escape_attribute(&url),
                &text[range.clone()]
            );
            at = range.end;
        }
        if at < text.len() {
            self.text(&text[at..], after);
        }
    }
}

/// The HTML of an item without its task box, which the state tells.
fn without_box(html: &str) -> &str {
    let inner = html.trim_start();
    match inner.strip_prefix("<input type=\"checkbox\"").and_then(|rest| rest.split_once('>')) {
        Some((_, text)) => text.trim_start(),
        None => inner,
    }
}

/// The first paragraph of an item's Markdown, on one line and without its mark.
fn source(item: &str) -> String {
    let text =
        item.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '*' | '+' | '.' | ')')).trim_start();
    let text = ["[ ] ", "[x] ", "[X] "].iter().find_map(|mark| text.strip_prefix(mark)).unwrap_or(text);
    let ends = |line: &&str| {
        let line = line.trim_start();
        !line.is_empty() && !["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
    };
    text.lines().take_while(ends).map(str::trim).collect::<Vec<_>>().join(" ")
}
