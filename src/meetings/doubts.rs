//! What a person should look at after an import.
//!
//! In: the meetings. Out: warnings. Nothing is changed here.

use super::directory::Directory;
use super::links::addresses;
use super::model::{Journal, Kind, Meeting};
use std::collections::BTreeMap;

/// Inline bullets from which on a paragraph is likely the text of a picture.
const PICTURE: usize = 3;

/// Notes doubts.
pub(super) fn doubts(meetings: &mut [Meeting], directory: &Directory, journal: &mut Journal) {
    for meeting in meetings.iter() {
        misread_addresses(meeting, journal);
        for block in meeting.sections.iter().flat_map(|section| &section.blocks) {
            let marks: usize =
                block.lines.iter().map(|line| line.matches(" • ").count() + line.matches(" · ").count()).sum();
            if block.kind != Kind::Code && marks >= PICTURE {
                journal.warn(block.line, "this looks like the text of a picture");
            }
        }
    }
    similar_names(meetings, directory, journal);
}

/// Addresses of a meeting that differ in nothing but letters which text recognition takes for each other.
fn misread_addresses(meeting: &Meeting, journal: &mut Journal) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let blocks = meeting.sections.iter().flat_map(|section| &section.blocks);
    for (line, text) in blocks.flat_map(|block| block.lines.iter().map(|text| (block.line, text))) {
        for address in addresses(text) {
            let first = *seen.entry(look_alike(address)).or_insert(address);
            if first != address {
                journal.warn(line, format!("`{address}` or `{first}` is misread: they differ in look-alike letters"));
            }
        }
    }
}

/// A text with one letter for all that look like it.
fn look_alike(text: &str) -> String {
    let one = |letter| match letter {
        'I' | 'i' | '1' => 'l',
        'O' | '0' => 'o',
        'q' => 'g',
        letter => letter,
    };
    text.chars().map(one).collect()
}

/// Letters from which on two names that differ by two are likely one, spaces apart.
const LONG: usize = 12;

/// Names that differ from a more frequent one by a letter or, long ones, by two and a space.
fn similar_names(meetings: &[Meeting], directory: &Directory, journal: &mut Journal) {
    let mut first: BTreeMap<&str, (u32, usize)> = BTreeMap::new();
    for meeting in meetings {
        for attendee in &meeting.attendees {
            first.entry(&attendee.name).or_insert((meeting.line, 0)).1 += 1;
        }
    }
    for (name, (line, count)) in &first {
        let near = first.iter().find(|(other, (_, more))| {
            *other != name
                && *more > *count
                && name.contains(' ')
                && other.len().abs_diff(name.len()) <= 3
                && is_near(name, other)
        });
        if let Some((other, _)) = near.filter(|_| directory.alias(name).is_none()) {
            journal.warn(*line, format!("`{name}` may be `{other}`; if so, join them in aliases.yaml"));
        }
    }
}

fn is_near(name: &str, other: &str) -> bool {
    let joined = |text: &str| text.replace(' ', "").to_lowercase();
    let (one, two) = (joined(name), joined(other));
    strsim::damerau_levenshtein(name, other) == 1
        || (one.len().min(two.len()) >= LONG && strsim::damerau_levenshtein(&one, &two) <= 2)
}
