//! What a person should look at after an import.
//!
//! In: the meetings. Out: warnings. Nothing is changed here.

use super::directory::Directory;
use super::model::{Journal, Kind, Meeting};
use std::collections::BTreeMap;

/// Inline bullets from which on a paragraph is likely the text of a picture.
const PICTURE: usize = 3;

/// Notes doubts.
pub(super) fn doubts(meetings: &mut [Meeting], directory: &Directory, journal: &mut Journal) {
    for meeting in meetings.iter() {
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
