//! From an export of meeting notes to pages.
//!
//! In: the export's file, the folder of the group's meetings. Out: one page a meeting, and a report.
//! A page that somebody edited is never written over: what the import would say now is put beside
//! it as `<page>.incoming.md`, a draft, and told.

use super::files;
use super::pages::{Pages, Written};
use super::{FileError, Sources};
use crate::diag::{Code, Diagnostic, FileId, Severity, Sink, Span, to_json, to_text};
use crate::meetings::{self, Aliases, Format, Journal, Meeting, Minutes, Options};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What to import and where to.
#[derive(Debug, Clone, Default)]
pub struct MeetingsImport {
    /// The export.
    pub file: PathBuf,
    /// The folder of the pages.
    pub into: PathBuf,
    /// The group's name; by default the name the document gives itself.
    pub group: Option<String>,
    /// The year of the newest meeting.
    pub year: Option<i16>,
    /// Keep e-mail addresses, passwords and dial-in links.
    pub keep_private: bool,
    /// Write nothing.
    pub dry_run: bool,
    /// The form of the export, if it is not to be recognised.
    pub format: Option<Format>,
}

/// What an import of meetings did.
#[derive(Debug, Clone, Default)]
pub struct MeetingsReport {
    /// What was read.
    pub minutes: Minutes,
    /// The name of the group.
    pub group: Option<String>,
    /// Names and texts of the pages, in the document's order; the group's own page last.
    pub pages: Vec<(String, String)>,
    /// What became of the files.
    pub written: Written,
    /// Findings, sorted by line.
    pub diagnostics: Vec<Diagnostic>,
    /// The text that the findings point into.
    pub sources: Sources,
}

/// Imports an export.
///
/// What was repaired, left out or could not be decided is in the report's diagnostics; an error
/// means that the environment is at fault.
pub fn import_meetings(import: &MeetingsImport) -> Result<MeetingsReport, FileError> {
    let (text, sources, mut sink) = read(&import.file)?;
    let aliases = aliases(&import.into, &mut sink)?;
    let options = Options { format: import.format, year: import.year, keep_private: import.keep_private, aliases };
    let minutes = meetings::read(&text, &options);
    let group = import.group.clone().or_else(|| minutes.title.clone());
    let format = import.format.unwrap_or_else(|| Format::recognise(&text));
    let pages = pages(&minutes, group.as_deref(), format);
    if minutes.meetings.is_empty() {
        let message = "no meeting was found: no heading names a day";
        let finding = Diagnostic::new(Code::ImportUnclear, Span::file(FileId(0)), message);
        sink.push(
            finding.hint("write each meeting's day as its heading, `2025-06-30`, or name the form with --format"),
        );
    }
    journal(&minutes.journal, &text, &mut sink);
    let mut written = Written::default();
    for (name, text) in &pages {
        Pages { folder: &import.into, dry_run: import.dry_run }.put(name, text, &mut written, &mut sink)?;
    }
    let diagnostics = sink.into_sorted(&sources);
    Ok(MeetingsReport { minutes, group, pages, written, diagnostics, sources })
}

/// Reads a text file as the source of findings.
pub(super) fn read(file: &Path) -> Result<(String, Sources, Sink), FileError> {
    let mut sources = Sources::default();
    let bytes = files::read(file)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    sources.add(name, text.clone());
    Ok((text, sources, Sink::new()))
}

fn aliases(folder: &Path, sink: &mut Sink) -> Result<Aliases, FileError> {
    let Some(bytes) = files::read_if_any(&folder.join("aliases.yaml"))? else { return Ok(Aliases::default()) };
    Ok(Aliases::parse(&String::from_utf8_lossy(&bytes)).unwrap_or_else(|reason| {
        sink.push(Diagnostic::path(Code::DataSyntax, "aliases.yaml", format!("the aliases cannot be read: {reason}")));
        Aliases::default()
    }))
}

/// A page for each meeting. Of two meetings on a day the earlier one has the plain name, so that
/// names stay when a longer export adds a third.
fn pages(minutes: &Minutes, group: Option<&str>, format: Format) -> Vec<(String, String)> {
    let dates: Vec<_> = minutes.meetings.iter().map(|meeting| meeting.date).collect();
    let newest_first = dates.first() >= dates.last();
    let name = |at: usize| {
        let date = dates[at];
        let earlier = if newest_first { &dates[at + 1..] } else { &dates[..at] };
        match earlier.iter().filter(|other| **other == date).count() {
            0 => format!("{date}.md"),
            count => format!("{date}-{}.md", count + 1),
        }
    };
    let mut pages: Vec<(String, String)> = minutes
        .meetings
        .iter()
        .enumerate()
        .map(|(at, meeting)| (name(at), meetings::page(meeting, group, format)))
        .collect();
    pages.extend(meetings::index_page(minutes, group, format).map(|text| ("_index.md".to_owned(), text)));
    pages
}

/// The journal as findings.
pub(super) fn journal(journal: &Journal, text: &str, sink: &mut Sink) {
    let lines = line_ranges(text);
    let span = |line: u32| {
        let range = lines.get((line as usize).saturating_sub(1)).cloned().unwrap_or(0..0);
        Span::new(FileId(0), range)
    };
    for repair in &journal.repairs {
        let message = match (repair.before.as_str(), repair.after.as_str()) {
            ("", _) => format!("repaired ({})", repair.kind.as_str()),
            (before, "") => format!("repaired ({}): `{before}` was dropped", repair.kind.as_str()),
            (before, after) => format!("repaired ({}): `{before}` is now `{after}`", repair.kind.as_str()),
        };
        sink.push(Diagnostic::new(Code::ImportRepair, span(repair.line), message));
    }
    for warning in &journal.warnings {
        sink.push(Diagnostic::new(Code::ImportUnclear, span(warning.line), warning.message.clone()));
    }
    for removed in &journal.removed {
        let message = format!("left out: {}", removed.kind.as_str());
        sink.push(
            Diagnostic::new(Code::ImportPrivate, span(removed.line), message).hint("keep it with --keep-private"),
        );
    }
}

fn line_ranges(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut at = 0;
    text.split('\n')
        .map(|line| {
            let range = at..at + line.trim_end().len();
            at += line.len() + 1;
            range
        })
        .collect()
}

impl MeetingsReport {
    /// How many findings are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == severity).count()
    }

    /// The findings, then what was done. The repairs, which are many, are one line each.
    pub fn to_text(&self) -> String {
        let (repairs, others): (Vec<Diagnostic>, Vec<Diagnostic>) =
            self.diagnostics.iter().cloned().partition(|diagnostic| diagnostic.severity() == Severity::Note);
        let mut out = String::new();
        for repair in &repairs {
            let line = match &repair.at {
                crate::diag::At::Span(span) => self.sources.line(*span),
                _ => 1,
            };
            out.push_str(&format!("{line:>6}: {}\n", repair.message));
        }
        out.push_str(&to_text(&others, &self.sources, false));
        let summary = self.summary();
        let figures = [
            "meetings",
            "cancelled",
            "hosts",
            "notetakers",
            "attendees",
            "projects",
            "warnings",
            "written",
            "unchanged",
            "left_alone",
        ];
        let figures: Vec<String> =
            figures.iter().map(|key| format!("{} {}", summary[key], key.replace('_', " "))).collect();
        if !self.minutes.meetings.is_empty() && summary["projects"] == 0 {
            out.push_str("no item of an agenda says that a project was presented, so no page names any\n");
        }
        out + &figures.join(", ") + "\n"
    }

    /// JSON lines: in a dry run one object for each meeting, else one for each finding; then one
    /// with the key `summary`.
    pub fn to_json_lines(&self, dry_run: bool) -> String {
        let mut out = String::new();
        if dry_run {
            for meeting in &self.minutes.meetings {
                out.push_str(&format!("{}\n", self.meeting(meeting)));
            }
        } else {
            for diagnostic in &self.diagnostics {
                out.push_str(&to_json(diagnostic, &self.sources));
                out.push('\n');
            }
        }
        out + &format!("{}\n", json!({"summary": self.summary()}))
    }

    fn meeting(&self, meeting: &Meeting) -> Value {
        let attendees: Vec<Value> = meeting
            .attendees
            .iter()
            .map(|one| json!({"name": one.name, "affiliation": one.affiliation, "role": one.role}))
            .collect();
        json!({
            "date": meeting.date.to_string(),
            "title": meetings::title(meeting, self.group.as_deref()),
            "cancelled": meeting.cancelled,
            "reason": meeting.reason,
            "host": meeting.host.as_ref().map(|host| &host.name),
            "notetaker": meeting.notetaker.as_ref().map(|notetaker| &notetaker.name),
            "attendees": attendees,
            "recordings": meeting.recordings,
            "projects": meeting.projects,
            "agenda": meeting.agenda,
            "references": meeting.references,
            "line": meeting.line,
            "end_line": meeting.end_line,
        })
    }

    fn summary(&self) -> Value {
        let of = |fits: &dyn Fn(&Meeting) -> bool| self.minutes.meetings.iter().filter(|meeting| fits(meeting)).count();
        let journal = &self.minutes.journal;
        let mut repairs: BTreeMap<&str, usize> = BTreeMap::new();
        journal.repairs.iter().for_each(|repair| *repairs.entry(repair.kind.as_str()).or_default() += 1);
        let mut removed: BTreeMap<&str, usize> = BTreeMap::new();
        journal.removed.iter().for_each(|removed_one| *removed.entry(removed_one.kind.as_str()).or_default() += 1);
        let projects: BTreeSet<&String> = self.minutes.meetings.iter().flat_map(|meeting| &meeting.projects).collect();
        json!({
            "meetings": self.minutes.meetings.len(),
            "cancelled": of(&|meeting| meeting.cancelled),
            "hosts": of(&|meeting| meeting.host.is_some()),
            "notetakers": of(&|meeting| meeting.notetaker.is_some()),
            "attendees": self.minutes.meetings.iter().map(|meeting| meeting.attendees.len()).sum::<usize>(),
            "projects": projects.len(),
            "repairs": repairs,
            "left_out": removed,
            "written": self.written.written,
            "unchanged": self.written.unchanged,
            "left_alone": self.written.left_alone,
            "incoming": self.written.incoming,
            "errors": self.count(Severity::Error),
            "warnings": self.count(Severity::Warning),
        })
    }
}
