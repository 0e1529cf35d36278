//! From the text of an export to its meetings: the stages in their order.

use super::aliases::Aliases;
use super::blocks::{blocks, blocks_and_hints};
use super::body::{self, Loose};
use super::cancelled;
use super::date::{self, Found};
use super::directory::Directory;
use super::fields::{self, Entry, Raw, fields};
use super::format::Format;
use super::headings::{Heading, headings};
use super::lines::{Line, lines};
use super::links::addresses;
use super::model::{Attendee, Block, Journal, Meeting, Minutes, Person, RepairKind, SectionKind};
use super::nesting;
use super::people;
use super::private;
use super::projects;
use super::references::Repositories;
use super::years::{self, Dated};
use std::collections::BTreeSet;

/// What the reader is told besides the text.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The form, if it is not to be recognised.
    pub format: Option<Format>,
    /// The year of the newest meeting, for headings without one.
    pub year: Option<i16>,
    /// Keep e-mail addresses, passwords and dial-in links.
    pub keep_private: bool,
    /// Spellings of one person.
    pub aliases: Aliases,
}

/// Reads the meetings of an export.
pub fn read(text: &str, options: &Options) -> Minutes {
    let format = options.format.unwrap_or_else(|| Format::recognise(text));
    let mut journal = Journal::default();
    let lines = lines(text, format, &mut journal);
    let headings = headings(&lines, format);
    let end = epilogue(&lines, headings.last().map_or(0, |heading| heading.at));
    let first = headings.first().map_or(lines.len(), |heading| heading.at);
    let parts: Vec<(&Heading, &[Line])> = headings
        .iter()
        .enumerate()
        .map(|(index, heading)| {
            let stop = headings.get(index + 1).map_or(end, |next| next.at);
            let whole_file = heading.at == 0 && heading.day.before.is_empty() && !names_day(&lines[0], &heading.day);
            let start = if whole_file { 0 } else { heading.at + 1 };
            (heading, &lines[start..stop.max(start)])
        })
        .collect();
    let raws: Vec<Raw> = parts.iter().map(|(_, lines)| fields(lines, &mut journal)).collect();
    let mentioned: Vec<i16> = date::years(text).collect();
    let days: Vec<&Found> = headings.iter().map(|heading| &heading.day).collect();
    let dated = years::dates(&days, &mentioned, options.year);
    let lists = raws.iter().flat_map(|raw| raw.attendees.iter().map(|(_, text)| text.as_str()));
    let directory = Directory::new(lists, &options.aliases.spellings);
    let mut reader = Reader {
        format,
        keep_private: options.keep_private,
        repositories: Repositories::new(text),
        directory: &directory,
        listed: vec![],
        template: nesting::template(parts.iter().map(|(_, lines)| *lines)),
        journal,
    };
    let preamble = reader.blocks(if first == 0 && !headings.is_empty() { &[] } else { &lines[..first] });
    reader.listed = projects::listed(&preamble);
    let epilogue = reader.blocks(&lines[end.min(lines.len())..]);
    let mut meetings = vec![];
    for (((heading, lines_of), raw), dated) in parts.iter().zip(raws).zip(dated) {
        meetings.extend(reader.meeting(heading, &lines[heading.at], lines_of, raw, dated));
    }
    super::doubts::doubts(&mut meetings, &directory, &mut reader.journal);
    let title = title(&lines[..first]);
    let mut journal = reader.journal;
    journal.repairs.sort_by_key(|repair| repair.line);
    journal.warnings.sort_by_key(|warning| warning.line);
    Minutes { title, preamble, meetings, epilogue, journal }
}

fn names_day(line: &Line, day: &Found) -> bool {
    date::find(&line.text, 20).is_some_and(|found| (found.month, found.day) == (day.month, day.day))
}

/// The name of the document: its first line, if that is short.
fn title(preamble: &[Line]) -> Option<String> {
    let first = preamble.first().filter(|line| !line.item && line.text.len() <= 60 && !line.text.contains("http"))?;
    let title = people::plain(&first.text);
    let title = [" Meeting Notes", " Meeting Minutes", " meeting notes", " Meetings", " Project"]
        .iter()
        .fold(title, |title, end| title.trim_end_matches(end).to_owned());
    (!title.is_empty()).then_some(title)
}

/// Where the text after the last meeting begins: a pointer to older notes.
fn epilogue(lines: &[Line], from: usize) -> usize {
    let older = |line: &Line| {
        let text = line.text.to_lowercase();
        let years = date::years(&text).count();
        let range = years == 2 && text.len() <= 12;
        range
            || (years > 0
                && ["meeting notes from", "previous notes", "older notes", "notes from 20", "archive"]
                    .iter()
                    .any(|word| text.contains(word)))
    };
    (from + 1..lines.len()).rev().take(5).filter(|at| older(&lines[*at])).last().unwrap_or(lines.len())
}

struct Reader<'a> {
    format: Format,
    keep_private: bool,
    repositories: Repositories,
    directory: &'a Directory,
    listed: Vec<String>,
    template: BTreeSet<String>,
    journal: Journal,
}

impl Reader<'_> {
    fn blocks(&mut self, lines: &[Line]) -> Vec<Block> {
        let blocks = blocks(lines, self.format, &mut self.journal);
        self.cleaned(blocks)
    }

    /// The blocks of a meeting's section, its nesting mended.
    fn section(&mut self, lines: &[Line]) -> Vec<Block> {
        let (mut blocks, hints) = blocks_and_hints(lines, self.format, &mut self.journal);
        if self.format == Format::Text {
            nesting::mend(&mut blocks, &hints, &self.template, &mut self.journal);
        }
        self.cleaned(blocks)
    }

    fn cleaned(&mut self, mut blocks: Vec<Block>) -> Vec<Block> {
        for block in &mut blocks {
            let line = block.line;
            for text in &mut block.lines {
                *text = self.clean(text, line);
            }
        }
        blocks
    }

    fn clean(&mut self, text: &str, line: u32) -> String {
        if self.keep_private {
            return text.to_owned();
        }
        private::clean(text, line, self.directory, &mut self.journal)
    }

    fn meeting(
        &mut self,
        heading: &Heading,
        line: &Line,
        lines: &[Line],
        raw: Raw,
        dated: Option<Dated>,
    ) -> Option<Meeting> {
        let Some(dated) = dated else {
            self.journal.warn(line.number, format!("`{}` names a day without a year; name it with --year", line.text));
            return None;
        };
        self.heading_repairs(heading, line, &dated);
        let attendees = self.attendees(&raw.attendees);
        let mut meeting = Meeting {
            date: dated.date,
            host: self.person(&raw.hosts, &attendees),
            notetaker: self.person(&raw.notetakers, &attendees),
            regrets: self.attendees(&raw.regrets).into_iter().map(|one| one.name).collect(),
            attendees,
            line: line.number,
            end_line: lines.last().map_or(line.number, |last| last.number),
            ..Meeting::default()
        };
        (meeting.title, meeting.time) = said(&heading.day);
        let loose = self.sections(&raw);
        let below: Vec<&str> =
            loose.iter().flat_map(|part| &part.blocks).flat_map(|block| &block.lines).map(String::as_str).collect();
        let off = cancelled::cancelled(&heading.day.after, below.iter().copied());
        meeting.cancelled = off.is_some();
        meeting.reason = off.and_then(|off| off.reason);
        if cancelled::says(&meeting.title) {
            self.journal.consume(line.number, &meeting.title);
            meeting.title.clear();
        }
        self.collect(&mut meeting, &raw, &loose, line);
        (meeting.agenda, meeting.sections) = body::arrange(loose);
        meeting.decisions = body::decisions(&meeting.sections);
        meeting.actions = body::actions(&meeting.sections);
        Some(meeting)
    }

    /// What the whole text of a meeting holds: references, recordings, slides, projects.
    fn collect(&mut self, meeting: &mut Meeting, raw: &Raw, loose: &[Loose], line: &Line) {
        self.repositories.find(&line.text, &mut meeting.references);
        let mut recordings = vec![];
        for (number, text) in &raw.recordings {
            recordings.extend(addresses(&self.clean(text, *number)).map(str::to_owned));
        }
        for (number, text) in &raw.slides {
            meeting.slides.extend(addresses(&self.clean(text, *number)).map(str::to_owned));
        }
        for part in loose {
            for text in part.blocks.iter().flat_map(|block| &block.lines) {
                self.repositories.find(text, &mut meeting.references);
                let lower = text.to_lowercase();
                recordings.extend(
                    addresses(text)
                        .filter(|_| lower.starts_with("recording") || lower.contains("recording:"))
                        .map(str::to_owned),
                );
                meeting.slides.extend(
                    addresses(text)
                        .filter(|address| {
                            address.contains("docs.google.com/presentation") || lower.starts_with("slide")
                        })
                        .map(str::to_owned),
                );
            }
        }
        for address in recordings {
            if !meeting.recordings.contains(&address) {
                meeting.recordings.push(address);
            }
        }
        let blocks: Vec<Block> =
            loose.iter().filter(|part| part.kind == SectionKind::Agenda).flat_map(|part| part.blocks.clone()).collect();
        meeting.projects = projects::projects(&blocks, &self.listed);
    }

    fn sections(&mut self, raw: &Raw) -> Vec<Loose> {
        let mut out: Vec<Loose> = vec![];
        for section in &raw.sections {
            let blocks = self.section(&section.lines);
            out.push(Loose { kind: section.kind, combined: section.combined, blocks });
        }
        out
    }

    fn heading_repairs(&mut self, heading: &Heading, line: &Line, dated: &Dated) {
        let day = &heading.day;
        self.journal.consume(line.number, &line.text);
        if line.item {
            self.journal.repair(line.number, RepairKind::Heading, &format!("- {}", line.text), &line.text);
        }
        if day.after.contains("(template)") {
            self.journal.repair(line.number, RepairKind::Heading, "(template)", "");
        }
        if let Some(word) = &day.odd_word {
            let weekday = format!("{:?}", dated.date.weekday());
            self.journal.repair(line.number, RepairKind::Heading, word, &weekday);
        }
        if dated.inferred {
            self.journal.repair(line.number, RepairKind::Year, &line.text, &dated.date.to_string());
        }
        if dated.wrong_weekday {
            let weekday = dated.date.weekday();
            self.journal.warn(line.number, format!("`{}` is a {weekday:?} in {}", line.text, dated.date.year()));
        }
    }

    fn attendees(&mut self, entries: &[Entry]) -> Vec<Attendee> {
        let marked = entries.iter().filter(|(_, text)| text.contains('(') || text.contains(" - ")).count();
        let long = entries.iter().filter(|(_, text)| !text.contains(['(', ',']) && text.split(' ').count() > 2).count();
        let bare_names = marked * 4 >= entries.len() && long * 2 < entries.len();
        let mut out = vec![];
        for (line, text) in entries {
            if fields::is_placeholder(text) {
                self.journal.consume(*line, text);
                continue;
            }
            let text = self.by_email(text, *line);
            let text = self.clean(&text, *line);
            for attendee in people::people(&text, self.directory, bare_names) {
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
    fn person(&mut self, entries: &[Entry], attendees: &[Attendee]) -> Option<Person> {
        let (line, _) = entries.first()?;
        let text = &entries.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(", ");
        let text = self.clean(text, *line);
        let mut person = people::person(&text)?;
        if let Some(name) = self.directory.alias(&person.name) {
            self.journal.repair(*line, RepairKind::Name, &person.name, name);
            person.name = name.to_owned();
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
                person.name = full.to_owned();
            }
            Some(_) => {}
            None => self
                .journal
                .warn(*line, format!("`{}` could be more than one person or none on the lists", person.name)),
        }
        Some(person)
    }
}

/// What a heading says besides the day: a title and a time.
fn said(day: &Found) -> (String, Option<String>) {
    let text = [day.before.as_str(), &day.after]
        .iter()
        .filter(|text| !text.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" - ");
    let text = text.replace("(template)", "");
    let (mut title, mut time) = (vec![], None);
    for piece in text
        .split([',', '|', '–', '—'])
        .flat_map(|piece| piece.split(" - "))
        .map(|piece| piece.trim().trim_matches(['(', ')', '*', '#', ' ']))
    {
        if piece.is_empty() {
            continue;
        }
        match time_length(piece) {
            Some(length) if time.is_none() => {
                time = Some(piece[..length].trim().to_owned());
                let rest = piece[length..].trim();
                title.extend((!rest.is_empty()).then(|| rest.to_owned()));
            }
            _ => title.push(piece.to_owned()),
        }
    }
    (title.join(" - "), time)
}

/// How much of a text is a time: `10am inPacific`, `1400 UTC`.
fn time_length(text: &str) -> Option<usize> {
    let word = text.split(' ').next()?;
    let lower = word.to_lowercase();
    let digits = lower.starts_with(|c: char| c.is_ascii_digit());
    let clock = digits
        && (lower.ends_with("am")
            || lower.ends_with("pm")
            || lower.contains(':')
            || (lower.len() == 4 && lower.bytes().all(|b| b.is_ascii_digit())));
    if !clock {
        return None;
    }
    let mut length = word.len();
    for zone in text[word.len()..].split_inclusive(' ') {
        let name = zone.trim();
        let a_zone = name.is_empty()
            || matches!(
                name,
                "am" | "pm" | "AM" | "PM" | "Pacific" | "inPacific" | "Eastern" | "Time" | "UK" | "-" | "to"
            )
            || (name.len() >= 2 && name.len() <= 5 && name.chars().all(|c| c.is_ascii_uppercase()));
        if !a_zone {
            break;
        }
        length += zone.len();
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(heading: &str, title: &str, time: Option<&str>) {
        let day = date::find(heading, 20).expect("a day");
        assert_eq!(said(&day), (title.to_owned(), time.map(str::to_owned)), "{heading}");
    }

    #[test]
    fn what_headings_say() {
        check("2024-05-15", "", None);
        check("2023-11-06 - Summit Chicago", "Summit Chicago", None);
        check("Wed 9 Dec - 10am Pacific", "", Some("10am Pacific"));
        check("Wed 14 Oct - 10am Pacific (template)", "", Some("10am Pacific"));
        check("Wed 23 Sept - 10am inPacific", "", Some("10am inPacific"));
        check("Tue 3 March - 1400 UTC Scaler meeting", "Scaler meeting", Some("1400 UTC"));
        check("Weekly call – 5 March 2025", "Weekly call", None);
    }
}
