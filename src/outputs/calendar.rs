//! The calendar of a group (RFC 5545): what was, and what the schedule says is to come.
//!
//! All times are UTC, so that no `VTIMEZONE` is needed. An event keeps its UID when the minutes of a
//! planned meeting are published, so that calendars replace the one by the other. The time stamp is that
//! of the newest minutes: the same content gives the same bytes.

use crate::config::MeetingGroup;
use crate::minutes::{coming, scheduled};
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
    summary: String,
    description: String,
    url: Option<String>,
    cancelled: bool,
}

/// The calendar of the group of this number, in the default language.
pub(crate) fn calendar(snapshot: &Snapshot, number: usize) -> String {
    let config = &snapshot.config;
    let group = &config.meetings.groups[number];
    let name = group.name.as_deref().unwrap_or(&config.title);
    let recorded = recorded(snapshot, group, number);
    let days: Vec<String> = recorded.iter().map(|event| event.uid.clone()).collect();
    let mut events = recorded;
    for (day, start) in group.schedule.iter().flat_map(|schedule| coming(schedule, snapshot.now)) {
        let uid = uid(snapshot, group, &day.to_string());
        if !days.contains(&uid) {
            let (summary, description) = (name.to_owned(), String::new());
            events.push(Event { uid, when: When::From(start), summary, description, url: None, cancelled: false });
        }
    }
    let newest = meetings(snapshot, number).filter_map(Page::date).map(|moment| moment.timestamp).max();
    let started = || group.schedule.as_ref().and_then(|schedule| scheduled(schedule, schedule.start));
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

fn meetings(snapshot: &Snapshot, number: usize) -> impl Iterator<Item = &Page> {
    let language = snapshot.config.languages.default_id();
    snapshot.minutes.of(number, language).iter().map(|id| snapshot.site.page(*id)).filter(|page| page.date().is_some())
}

/// The meetings that have minutes, the first one first.
fn recorded(snapshot: &Snapshot, group: &MeetingGroup, number: usize) -> Vec<Event> {
    let mut on_day: IndexMap<Date, usize> = IndexMap::new();
    let mut events = vec![];
    for page in meetings(snapshot, number) {
        let Some(moment) = page.date() else { continue };
        let count = on_day.entry(moment.date).or_insert(0);
        *count += 1;
        let name = if *count == 1 { moment.date.to_string() } else { format!("{}-{count}", moment.date) };
        let flag = page
            .front
            .extra
            .iter()
            .any(|entry| entry.key == "cancelled" && entry.node.to_text().as_deref() == Some("true"));
        events.push(Event {
            uid: uid(snapshot, group, &name),
            when: when(group, page, moment.date, moment.timestamp),
            summary: page.title.clone(),
            description: description(page),
            url: Some(absolute(&snapshot.config, &page.url)),
            cancelled: flag,
        });
    }
    events
}

/// The hour that the page tells, else that of the schedule, if it has a meeting on this day.
fn when(group: &MeetingGroup, page: &Page, day: Date, written: Timestamp) -> When {
    let midnight = page.date().is_none_or(|moment| moment.timestamp.as_second() % 86_400 == 0);
    let scheduled = group.schedule.as_ref().and_then(|schedule| scheduled(schedule, day));
    match (midnight, scheduled) {
        (false, _) => When::From(written),
        (true, Some(start)) => When::From(start),
        (true, None) => When::On(day),
    }
}

fn description(page: &Page) -> String {
    let reason = texts(page, "reason");
    let projects = texts(page, "projects").join(", ");
    let parts = [page.front.description.clone().unwrap_or_default(), reason.join(" "), projects];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

fn uid(snapshot: &Snapshot, group: &MeetingGroup, name: &str) -> String {
    let host = snapshot.config.base_url.split("://").nth(1).and_then(|rest| rest.split('/').next());
    format!("{name}-{}@{}", group.id, host.filter(|host| !host.is_empty()).unwrap_or("localhost"))
}

fn write(out: &mut Lines, event: &Event, group: &MeetingGroup, stamp: Timestamp) {
    out.line("BEGIN", "VEVENT");
    out.line("UID", &escaped(&event.uid));
    out.line("DTSTAMP", &utc(stamp));
    match event.when {
        When::From(start) => {
            out.line("DTSTART", &utc(start));
            let end = start.saturating_add(SignedDuration::from_mins(group.duration)).unwrap_or(start);
            out.line("DTEND", &utc(end));
        }
        When::On(day) => out.line("DTSTART;VALUE=DATE", &day.strftime("%Y%m%d").to_string()),
    }
    out.line("SUMMARY", &escaped(&event.summary));
    if !event.description.is_empty() {
        out.line("DESCRIPTION", &escaped(&event.description));
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
