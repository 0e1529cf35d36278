//! Which lines begin a meeting.
//!
//! In: the lines of an export. Out: the headings, each with the day it names. A date inside the
//! notes is no heading: a heading stands alone, is short, and is written as most of them are.

use super::date::{self, Found, Shape};
use super::format::Format;
use super::labels;
use super::lines::{Form, Line};
use std::collections::BTreeMap;

/// A line that begins a meeting.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    /// Its place among the lines.
    pub(super) at: usize,
    /// The day it names.
    pub(super) day: Found,
}

/// Longer lines are sentences.
const LONGEST: usize = 110;

/// Finds the headings.
pub(super) fn headings(lines: &[Line], format: Format) -> Vec<Heading> {
    let candidates: Vec<Heading> =
        (0..lines.len()).filter_map(|at| Some(Heading { at, day: candidate(&lines[at])? })).collect();
    if let Some(level) = marked_level(lines, &candidates) {
        return candidates.into_iter().filter(|heading| lines[heading.at].heading == level).collect();
    }
    let plain = |heading: &&Heading| !lines[heading.at].is_item();
    let Some(shape) = most_common(candidates.iter().filter(plain)) else { return alone(lines, format) };
    let standing = |heading: &Heading| {
        let line = &lines[heading.at];
        if line.is_item() {
            heading.day.shape == shape && heading.day.weekday.is_some() && labels_follow(lines, heading.at)
        } else {
            heading.day.shape == shape || labels_follow(lines, heading.at) || heading.day.before.is_empty()
        }
    };
    candidates.into_iter().filter(standing).collect()
}

/// The day of a line that could be a heading.
fn candidate(line: &Line) -> Option<Found> {
    if line.form == Form::Code
        || line.form == Form::Quote
        || line.text.len() > LONGEST
        || line.text.ends_with(['.', '?'])
    {
        return None;
    }
    let marked = line.heading > 0;
    let day = date::find(&line.text, if marked { 20 } else { 1 })?;
    let after = day.after.as_str();
    // `2024-05-15T10:00`, `2019-11-02.pdf` and `May 3 and 4 were full` are no headings.
    let said = after.chars().next().is_none_or(|c| c.is_uppercase() || c.is_ascii_digit() || "(@<".contains(c))
        || after.to_lowercase().starts_with("cancel")
        || after.split(' ').any(|word| ["am", "pm", "utc", "call", "meeting"].contains(&word.to_lowercase().as_str()))
        || day.weekday.is_some();
    (marked || said).then_some(day)
}

/// The level of Markdown headings that name the days, if they do.
fn marked_level(lines: &[Line], candidates: &[Heading]) -> Option<usize> {
    let mut levels: BTreeMap<usize, usize> = BTreeMap::new();
    for heading in candidates.iter().filter(|heading| lines[heading.at].heading > 0) {
        *levels.entry(lines[heading.at].heading).or_default() += 1;
    }
    levels.into_iter().max_by_key(|(level, count)| (*count, 7 - *level)).map(|(level, _)| level)
}

fn most_common<'a>(headings: impl Iterator<Item = &'a Heading>) -> Option<Shape> {
    let mut shapes: BTreeMap<Shape, usize> = BTreeMap::new();
    for heading in headings {
        *shapes.entry(heading.day.shape).or_default() += 1;
    }
    shapes.into_iter().max_by_key(|(_, count)| *count).map(|(shape, _)| shape)
}

/// Whether a field stands within the next lines: `Recording`, `Host:`, `Attendees`.
fn labels_follow(lines: &[Line], at: usize) -> bool {
    lines[at + 1..].iter().take(4).any(|line| labels::find(line).is_some_and(|label| label.label.is_field()))
}

/// A file that is one meeting: its day stands in a field `Date:` or among the first lines.
fn alone(lines: &[Line], format: Format) -> Vec<Heading> {
    let dated = |(at, line): (usize, &Line)| {
        let label = labels::find(line).filter(|label| label.label == labels::Label::Date);
        let day = match label {
            Some(label) => date::find(&label.value, 4),
            None if format == Format::W3c => date::find(&line.text, 12),
            None => None,
        }?;
        Some(Heading { at, day: Found { before: String::new(), after: String::new(), ..day } })
    };
    lines.iter().enumerate().take(15).find_map(dated).map(|heading| Heading { at: 0, ..heading }).into_iter().collect()
}
