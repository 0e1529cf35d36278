//! Who came, led and wrote: the lines of a meeting's fields as people.
//!
//! In: entries as written, the directory of the whole export. Out: people with full names. A name
//! that was completed or joined by the aliases is a repair; one that cannot be is a warning.

use super::directory::Directory;
use super::fields::{self, Entry};
use super::model::{Attendee, Journal, Person, RepairKind};
use super::people;
use super::private;

/// What reading people needs.
pub(super) struct Who<'a> {
    pub(super) directory: &'a Directory,
    pub(super) keep_private: bool,
    pub(super) journal: &'a mut Journal,
}

impl Who<'_> {
    /// The text without private things and links; a link's target is in the report.
    fn clean(&mut self, text: &str, line: u32) -> String {
        let text =
            if self.keep_private { text.to_owned() } else { private::clean(text, line, self.directory, self.journal) };
        let (text, targets) = people::unlinked(&text);
        for target in targets {
            self.journal.repair(line, RepairKind::Link, &target, "");
        }
        text
    }

    /// The people of a list.
    pub(super) fn attendees(&mut self, entries: &[Entry]) -> Vec<Attendee> {
        let style = people::style(entries.iter().map(|(_, text)| text.as_str()), self.directory);
        let mut out = vec![];
        for (line, text) in &one_each(entries) {
            if fields::is_placeholder(text) {
                self.journal.consume(*line, text);
                continue;
            }
            let text = self.by_email(text, *line);
            let text = self.clean(&text, *line);
            for attendee in people::people(&text, self.directory, style) {
                self.note_alias(&attendee.name, &text, *line);
                if attendee.name.chars().any(char::is_alphanumeric) {
                    out.push(attendee);
                }
            }
        }
        out
    }

    /// `ada@example.org from Acme` is Ada of Acme.
    fn by_email(&mut self, text: &str, line: u32) -> String {
        let Some((address, rest)) =
            text.split_once(' ').filter(|(address, _)| address.contains('@') && !address.starts_with('@'))
        else {
            return text.to_owned();
        };
        if self.directory.by_email(address).is_none() {
            return text.to_owned();
        }
        let rest = rest.strip_prefix("from ").map_or(rest.to_owned(), |rest| {
            self.journal.consume(line, "from");
            let (organisation, more) = rest.split_once(" (").unwrap_or((rest, ""));
            format!("({organisation}) {}", more.trim_end_matches(')'))
        });
        format!("{address} {rest}")
    }

    fn note_alias(&mut self, name: &str, text: &str, line: u32) {
        if !people::plain(text).contains(name) {
            self.journal.repair(line, RepairKind::Name, text, name);
        }
    }

    /// The host or note-taker, a first name completed by the meeting's list, then by all lists.
    pub(super) fn person(&mut self, entries: &[Entry], attendees: &[Attendee]) -> Option<Person> {
        let (line, _) = entries.first()?;
        let text = &entries.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(", ");
        let text = self.clean(text, *line);
        let mut person = people::person(&text)?;
        if let Some(name) = self.directory.alias(&person.name) {
            self.journal.repair(*line, RepairKind::Name, &person.name, name);
            name.clone_into(&mut person.name);
        }
        if person.name.contains(' ') {
            return Some(person);
        }
        let here: Vec<&str> = attendees
            .iter()
            .map(|one| one.name.as_str())
            .filter(|name| name.split(' ').next().is_some_and(|first| first.eq_ignore_ascii_case(&person.name)))
            .collect();
        let full = match here.as_slice() {
            [one] => Some(*one),
            [] => self.directory.by_first_name(&person.name),
            _ => None,
        };
        match full {
            Some(full) if full != person.name => {
                self.journal.repair(*line, RepairKind::Name, &person.name, full);
                full.clone_into(&mut person.name);
            }
            Some(_) => {}
            None => self
                .journal
                .warn(*line, format!("`{}` could be more than one person or none on the lists", person.name)),
        }
        Some(person)
    }
}

/// `Ada, Bo (Acme)` on a label's line gives each person's own organisation; on a line of a list, all
/// of theirs.
fn one_each(entries: &[Entry]) -> Vec<Entry> {
    match entries {
        [(line, text)] if text.contains('(') && text.contains(',') => {
            people::split(text).into_iter().map(|person| (*line, person)).collect()
        }
        _ => entries.to_vec(),
    }
}
