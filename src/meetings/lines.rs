//! From text to lines: indentation, list mark, heading mark, repaired text.
//!
//! In: the export as text, its form. Out: its lines that hold something, each with its number. No
//! line is joined with another here and none is understood.

use super::bullet::{is_stray, mark};
use super::format::{Format, without_speaker};
use super::model::{Journal, RepairKind};
use super::repair::{repair, spaced};
use crate::document::mend_mojibake;
use std::borrow::Cow;

/// A line that holds something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Its number in the export, 1-based.
    pub(super) number: u32,
    /// Blank lines before it.
    pub(super) blanks: u32,
    /// Columns before its text or list mark.
    pub(super) indent: usize,
    /// What it is by its marks.
    pub(super) form: Form,
    /// Its mark is one of nested items.
    pub(super) nested: bool,
    /// Its number in an ordered list.
    pub(super) ordinal: Option<u32>,
    /// The level of its heading mark, 0 without one.
    pub(super) heading: usize,
    /// Its text.
    pub(super) text: String,
}

/// What a line is by its marks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Form {
    /// Running text or a heading.
    #[default]
    Text,
    /// A list item.
    Item,
    /// Part of a quotation.
    Quote,
    /// Code, which must stay as it is.
    Code,
}

impl Line {
    /// Whether it is a list item.
    pub(super) fn is_item(&self) -> bool {
        self.form == Form::Item
    }
}

/// Reads the lines of an export.
pub(super) fn lines(text: &str, format: Format, journal: &mut Journal) -> Vec<Line> {
    let (text, mended) = mend_mojibake(text.trim_start_matches('\u{feff}'));
    for one in mended {
        journal.repair(one.line, RepairKind::Mojibake, &one.before, &one.after);
    }
    let (mut lines, mut blanks, mut code) = (vec![], 0, false);
    for (raw, number) in text.lines().zip(1..) {
        let raw =
            raw.replace(['\u{a0}', '\u{b}', '\u{c}', '\u{2028}'], " ").replace('\u{200b}', "").replace('\t', "    ");
        let raw = raw.trim_end();
        let fence = format == Format::Markdown && raw.trim_start().starts_with("```");
        if fence || code {
            code ^= fence;
            lines.push(Line { number, blanks, form: Form::Code, text: raw.to_owned(), ..Line::default() });
            blanks = 0;
            continue;
        }
        match line(raw, number, format, journal) {
            Some(line) => lines.push(Line { blanks: std::mem::take(&mut blanks), ..line }),
            None => blanks += 1,
        }
    }
    lines
}

/// One line; none if nothing is left of it.
fn line(raw: &str, number: u32, format: Format, journal: &mut Journal) -> Option<Line> {
    let raw = if format == Format::Text { raw.into() } else { chrome(raw, number, format, journal)? };
    let raw = raw.as_ref();
    let trimmed = raw.trim_start();
    let indent = raw.chars().count() - trimmed.chars().count();
    if trimmed.is_empty() || is_rule(trimmed) {
        return None;
    }
    if is_stray(trimmed) {
        journal.repair(number, RepairKind::EmptyBullet, trimmed, "");
        return None;
    }
    let quote = format == Format::Markdown && trimmed.starts_with('>');
    let trimmed = if quote { trimmed.trim_start_matches(['>', ' ']) } else { trimmed };
    let level = trimmed.len() - trimmed.trim_start_matches('#').len();
    if format != Format::Text && (1..=6).contains(&level) && trimmed[level..].starts_with(' ') {
        let text = trimmed[level..].trim().trim_end_matches('#').trim();
        // Google Docs gives each heading an id of its own making.
        let (text, id) = text.rsplit_once(" {#").filter(|(_, id)| id.ends_with('}')).unwrap_or((text, ""));
        journal.consume(number, id);
        let text = repair(text, number, journal);
        return Some(Line { number, indent, heading: level, text, ..Line::default() });
    }
    let found = mark(trimmed);
    let text = found.as_ref().map_or(trimmed, |mark| mark.text);
    if found.is_some() && (text.is_empty() || is_stray(text)) {
        journal.repair(number, RepairKind::EmptyBullet, trimmed, "");
        return None;
    }
    if found.as_ref().is_some_and(|mark| mark.damaged) {
        journal.repair(number, RepairKind::Bullet, trimmed, &format!("- {text}"));
    }
    let text = repair(&spaced(text), number, journal);
    let ordinal = found.as_ref().and_then(|mark| mark.number);
    let nested = found.as_ref().is_some_and(|mark| mark.nested);
    let form = match (found.is_some(), quote) {
        (true, _) => Form::Item,
        (false, true) => Form::Quote,
        (false, false) => Form::Text,
    };
    (!text.is_empty()).then(|| Line { number, indent, form, nested, ordinal, text, ..Line::default() })
}

/// What editors and chat logs put around the text.
fn chrome<'a>(raw: &'a str, number: u32, format: Format, journal: &mut Journal) -> Option<Cow<'a, str>> {
    let trimmed = raw.trim();
    if format == Format::W3c {
        return Some(said(raw, number, journal));
    }
    let dropped = trimmed.eq_ignore_ascii_case("[toc]")
        || trimmed.starts_with("###### tags:")
        || trimmed.starts_with(":::")
        || trimmed.starts_with("![][image")
        || (trimmed.starts_with("[image") && trimmed.contains("]: <data:"));
    if dropped {
        journal.consume(number, trimmed);
        return None;
    }
    Some(raw.into())
}

/// What a line of a chat log says, with who says it unless the conventions take that for granted.
fn said<'a>(raw: &'a str, number: u32, journal: &mut Journal) -> Cow<'a, str> {
    let (speaker, said) = without_speaker(raw);
    if speaker.is_some() {
        journal.consume(number, raw.split_once('<').map_or("", |(time, _)| time));
    }
    let scribe = speaker.is_none_or(|who| matches!(who.to_lowercase().as_str(), "scribe" | "scribe+"));
    if let Some(who) = speaker.filter(|_| matches!(said, "present+" | "regrets+")) {
        return format!("{said} {who}").into();
    }
    if let Some(who) = speaker.filter(|_| !scribe && is_convention(said)) {
        journal.consume(number, who);
    }
    match speaker.filter(|_| !scribe && !is_convention(said)) {
        Some(who) => format!("{who}: {said}").into(),
        None => said.into(),
    }
}

/// A line of a chat log that the conventions give a meaning, whoever says it.
fn is_convention(said: &str) -> bool {
    const WORDS: &[&str] = &[
        "topic",
        "subtopic",
        "action",
        "resolved",
        "resolution",
        "proposed",
        "present",
        "regrets",
        "chair",
        "scribe",
        "scribenick",
        "agenda",
        "meeting",
        "date",
    ];
    said.split_once([':', '+']).is_some_and(|(word, _)| WORDS.contains(&word.trim().to_lowercase().as_str()))
}

/// A line of dashes or underscores: a page break or a rule.
fn is_rule(text: &str) -> bool {
    text.len() > 2 && text.chars().all(|c| matches!(c, '-' | '_' | '*' | '=' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_place() {
        let mut journal = Journal::default();
        let lines = lines("A\r\n\n  - o one\n•\n   two\n", Format::Text, &mut journal);
        let seen: Vec<_> = lines
            .iter()
            .map(|line| (line.number, line.blanks, line.indent, line.is_item(), line.text.as_str()))
            .collect();
        assert_eq!(seen, [(1, 0, 0, false, "A"), (3, 1, 2, true, "one"), (5, 1, 3, false, "two")]);
        let kinds: Vec<_> = journal.repairs.iter().map(|repair| (repair.line, repair.kind)).collect();
        assert_eq!(kinds, [(3, RepairKind::Bullet), (4, RepairKind::EmptyBullet)]);
    }

    #[test]
    fn code_stays() {
        let lines = lines("# A\n```sh\n  - o x\n\n```\n", Format::Markdown, &mut Journal::default());
        assert_eq!(
            lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(),
            ["A", "```sh", "  - o x", "", "```"]
        );
    }
}
