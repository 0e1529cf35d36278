//! From the text of an export to its meetings: the stages in their order.

use super::aliases::Aliases;
use super::blocks::{blocks, blocks_and_hints};
use super::body::{self, Loose};
use super::cancelled;
use super::date::{self, Found};
use super::directory::Directory;
use super::fields::{Raw, fields};
use super::format::Format;
use super::headings::{Heading, headings};
use super::lines::{Line, lines};
use super::links::addresses;
use super::model::{Block, Journal, Meeting, Minutes, RepairKind, SectionKind};
use super::nesting;
use super::people;
use super::private;
use super::projects;
use super::references::Repositories;
use super::said::said;
use super::who::Who;
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
        meetings.extend(reader.meeting(heading, &lines[heading.at], lines_of, &raw, dated));
    }
    super::doubts::doubts(&mut meetings, &directory, &mut reader.journal);
    let title = lines.iter().find_map(|line| line.text.strip_prefix("Meeting: ")).filter(|_| format == Format::W3c);
    let title = title.map_or_else(|| self::title(&lines[..first]), |title| Some(title.to_owned()));
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
    let first =
        preamble.first().filter(|line| !line.is_item() && line.text.len() <= 60 && !line.text.contains("http"))?;
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
    (lines.len().saturating_sub(5).max(from + 1)..lines.len()).find(|at| older(&lines[*at])).unwrap_or(lines.len())
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
        raw: &Raw,
        dated: Option<Dated>,
    ) -> Option<Meeting> {
        let Some(dated) = dated else {
            self.journal.warn(line.number, format!("`{}` names a day without a year; name it with --year", line.text));
            return None;
        };
        self.heading_repairs(heading, line, &dated);
        let mut who = Who { directory: self.directory, keep_private: self.keep_private, journal: &mut self.journal };
        let attendees = who.attendees(&raw.attendees);
        let mut meeting = Meeting {
            date: dated.date,
            host: who.person(&raw.hosts, &attendees),
            notetaker: who.person(&raw.notetakers, &attendees),
            regrets: who.attendees(&raw.regrets).into_iter().map(|one| one.name).collect(),
            attendees,
            line: line.number,
            end_line: lines.last().map_or(line.number, |last| last.number),
            ..Meeting::default()
        };
        (meeting.title, meeting.time) = said(&heading.day);
        let loose = self.sections(raw);
        let below: Vec<&str> =
            loose.iter().flat_map(|part| &part.blocks).flat_map(|block| &block.lines).map(String::as_str).collect();
        let off = cancelled::cancelled(&heading.day.after, &below.iter().copied());
        meeting.cancelled = off.is_some();
        meeting.reason = off.and_then(|off| off.reason);
        if cancelled::says(&meeting.title) {
            self.journal.consume(line.number, &meeting.title);
            meeting.title.clear();
        }
        self.collect(&mut meeting, raw, &loose, line);
        (meeting.agenda, meeting.sections) = body::arrange(loose);
        if self.format == Format::Markdown {
            meeting.agenda.iter_mut().for_each(|item| *item = people::plain(item));
        }
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
        if line.is_item() {
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
}
