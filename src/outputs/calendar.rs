//! The calendar of a group (RFC 5545): what was, and what the schedule says is to come.
//!
//! All times are UTC, so that no `VTIMEZONE` is needed. An event keeps its UID in every language, when it
//! is moved, and when the minutes of a planned meeting are published, so that calendars replace the one by
//! the other; its SEQUENCE grows then. The time stamp is that of the newest minutes: the same content gives
//! the same bytes.

use crate::config::MeetingGroup;
use crate::lang::LanguageId;
use crate::minutes::{Occurrence, State, begins, coming, occurrences, scheduled};
use crate::site::{Page, texts};
use crate::snapshot::Snapshot;
use crate::view::absolute;
use indexmap::IndexMap;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use std::fmt::Write as _;

/// Octets of a line, its end apart (section 3.1).
const LINE: usize = 75;

/// When an event is.
enum When {
    /// From then on, for some minutes.
    From(Timestamp),
    /// On a day, at a time that nobody wrote down.
    On(Date),
}

struct Event {
    uid: String,
    when: When,
    /// The language tag of the texts.
    language: String,
    summary: String,
    description: String,
    url: Option<String>,
    cancelled: bool,
    /// Grows with what is known (section 3.8.7.4): planned, changed, held.
    sequence: u8,
}

/// The calendar of the group of this number in a language.
pub(crate) fn calendar(snapshot: &Snapshot, number: usize, language: LanguageId) -> String {
    let config = &snapshot.config;
    let group = &config.meetings.groups[number];
    let title = config.languages.get(language).title.as_deref().unwrap_or(&config.title);
    let name = group.name_in(&config.languages, language).unwrap_or(title);
    let mut events: Vec<Event> = recorded(snapshot, group, number, language);
    let known: Vec<String> = events.iter().map(|event| event.uid.clone()).collect();
    let planned = coming(group, snapshot.now).into_iter().map(|one| planned(snapshot, group, name, language, one));
    events.extend(planned.filter(|event| !known.contains(&event.uid)));
    let newest = meetings(snapshot, number, language).filter_map(Page::date).map(|moment| moment.timestamp).max();
    let started = || {
        let first = group.schedules.iter().map(|schedule| schedule.start).min()?;
        Some(occurrences(group, first).first()?.start.timestamp())
    };
    let stamp = newest.or_else(started).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut out = Lines(String::new());
    out.line("BEGIN", "VCALENDAR");
    out.line("VERSION", "2.0");
    out.line("PRODID", "-//Plenary//Meetings//EN");
    out.line("CALSCALE", "GREGORIAN");
    out.line("X-WR-CALNAME", &escaped(name));
    for event in &events {
        write(&mut out, event, group, stamp);
    }
    out.line("END", "VCALENDAR");
    out.0
}

fn meetings(snapshot: &Snapshot, number: usize, language: LanguageId) -> impl Iterator<Item = &Page> {
    snapshot.minutes.of(number, language).iter().map(|id| snapshot.site.page(*id)).filter(|page| page.date().is_some())
}

/// The meetings that have minutes, the first one first.
fn recorded(snapshot: &Snapshot, group: &MeetingGroup, number: usize, language: LanguageId) -> Vec<Event> {
    let mut on_day: IndexMap<Date, usize> = IndexMap::new();
    let mut events = vec![];
    for page in meetings(snapshot, number, language) {
        let Some(moment) = page.date() else { continue };
        let planned = scheduled(group, moment.date);
        let day = planned.map_or(moment.date, |one| one.day);
        let count = on_day.entry(day).or_insert(0);
        *count += 1;
        events.push(Event {
            uid: uid(snapshot, group, day, *count),
            when: begins(group, page).map_or(When::On(moment.date), |start| When::From(start.timestamp())),
            language: snapshot.config.languages.get(page.text_language).tag.clone(),
            summary: page.title.clone(),
            description: description(page),
            url: Some(absolute(&snapshot.config, &page.url)),
            cancelled: texts(page, "cancelled").iter().any(|text| text == "true"),
            sequence: 2,
        });
    }
    events
}

fn planned(snapshot: &Snapshot, group: &MeetingGroup, name: &str, language: LanguageId, one: Occurrence) -> Event {
    Event {
        uid: uid(snapshot, group, one.day, one.number),
        when: When::From(one.start.timestamp()),
        language: snapshot.config.languages.get(language).tag.clone(),
        summary: name.to_owned(),
        description: one.reason.unwrap_or_default(),
        url: None,
        cancelled: one.state == State::Cancelled,
        sequence: u8::from(one.state != State::Planned),
    }
}

fn description(page: &Page) -> String {
    let reason = texts(page, "reason");
    let projects = texts(page, "projects").join(", ");
    let parts = [page.front.description.clone().unwrap_or_default(), reason.join(" "), projects];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Names the meeting by its planned day, with a number if it is not the first one on it.
fn uid(snapshot: &Snapshot, group: &MeetingGroup, day: Date, number: usize) -> String {
    let host = snapshot.config.base_url.split("://").nth(1).and_then(|rest| rest.split('/').next());
    let host = host.filter(|host| !host.is_empty()).unwrap_or("localhost");
    let number = if number > 1 { format!("-{number}") } else { String::new() };
    format!("{day}{number}-{}@{host}", group.id)
}

fn write(out: &mut Lines, event: &Event, group: &MeetingGroup, stamp: Timestamp) {
    out.line("BEGIN", "VEVENT");
    out.line("UID", &escaped(&event.uid));
    out.line("DTSTAMP", &utc(stamp));
    out.line("SEQUENCE", &event.sequence.to_string());
    match event.when {
        When::From(start) => {
            out.line("DTSTART", &utc(start));
            let end = start.saturating_add(SignedDuration::from_mins(group.duration)).unwrap_or(start);
            out.line("DTEND", &utc(end));
        }
        When::On(day) => out.line("DTSTART;VALUE=DATE", &day.strftime("%Y%m%d").to_string()),
    }
    out.line(&format!("SUMMARY;LANGUAGE={}", event.language), &escaped(&event.summary));
    if !event.description.is_empty() {
        out.line(&format!("DESCRIPTION;LANGUAGE={}", event.language), &escaped(&event.description));
    }
    if let Some(location) = &group.location {
        out.line("LOCATION", &escaped(location));
    }
    if let Some(url) = &event.url {
        out.line("URL", url);
    }
    out.line("STATUS", if event.cancelled { "CANCELLED" } else { "CONFIRMED" });
    out.line("END", "VEVENT");
}

fn utc(moment: Timestamp) -> String {
    moment.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A text as a value (section 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Content lines, folded between characters.
struct Lines(String);

impl Lines {
    fn line(&mut self, name: &str, value: &str) {
        let mut width = 0;
        let mut line = String::new();
        let _ = write!(line, "{name}:{value}");
        for c in line.chars() {
            if width + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(c);
            width += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fold_between_characters() {
        let mut lines = Lines(String::new());
        lines.line("SUMMARY", &"회".repeat(60));
        assert!(lines.0.split("\r\n").all(|line| line.len() <= LINE));
        assert_eq!(lines.0.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "회".repeat(60)));
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(escaped("a, b; c\\d\ne\r"), "a\\, b\\; c\\\\d\\ne");
    }
}
