//! The groups that meet, and when, as `site.yaml` writes it.

use crate::data::{Fields, Node};
use crate::diag::{Code, Diagnostic, Sink, Span};
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;

/// The meetings of a site.
#[derive(Debug, Clone, Default)]
pub struct Meetings {
    /// The section that the registers stand below; none is the one that the meetings are in.
    pub section: Option<String>,
    /// The groups, at least one.
    pub groups: Vec<MeetingGroup>,
    /// A register of the people, who are named nowhere else than in their meetings.
    pub index_people: bool,
}

/// A group that meets.
#[derive(Debug, Clone, Default)]
pub struct MeetingGroup {
    /// Its name in addresses, and in the front matter of its meetings.
    pub id: String,
    /// Its name; none is the site's title.
    pub name: Option<String>,
    /// When it meets.
    pub schedule: Option<Schedule>,
    /// How long, in minutes.
    pub duration: i64,
    /// Where: a room or an address.
    pub location: Option<String>,
    /// The address of the repository that `#12` is about; none is the site's own.
    pub repository: Option<String>,
}

/// "Every second Wednesday at 15:00 UTC".
#[derive(Debug, Clone)]
pub struct Schedule {
    /// Weeks from one meeting to the next.
    pub weeks: i64,
    /// The first meeting.
    pub start: Date,
    /// The last day on which there can be one.
    pub until: Option<Date>,
    /// The hour on the clocks of `timezone`.
    pub time: Time,
    /// Whose clocks.
    pub timezone: TimeZone,
    /// Days on which there is none.
    pub exceptions: Vec<Date>,
}

/// Minutes of a meeting that says nothing else.
const DURATION: i64 = 60;

/// Reads `meetings`; without it there is one group.
pub(super) fn parse_meetings(node: Option<&Node>, sink: &mut Sink) -> Meetings {
    let empty = Node::default();
    let mut fields = Fields::new(node.unwrap_or(&empty), Code::ConfigValue, Code::ConfigUnknown, sink);
    let section = fields.text("section").map(|section| section.trim_matches('/').to_owned());
    let index_people = fields.flag("index_people").unwrap_or(false);
    let entries = fields.node("groups").map(Node::entries).unwrap_or_default();
    let mut groups: Vec<MeetingGroup> =
        entries.iter().map(|entry| group(&entry.key, &entry.node, fields.sink())).collect();
    fields.deny_rest();
    if groups.is_empty() {
        groups.push(MeetingGroup { id: "meetings".into(), duration: DURATION, ..MeetingGroup::default() });
    }
    Meetings { section: section.filter(|section| !section.is_empty()), groups, index_people }
}

fn group(id: &str, node: &Node, sink: &mut Sink) -> MeetingGroup {
    let mut fields = Fields::new(node, Code::ConfigValue, Code::ConfigUnknown, sink);
    let name = fields.text("name");
    let duration = fields.integer("duration").filter(|minutes| *minutes > 0).unwrap_or(DURATION);
    let location = fields.text("location");
    let repository = fields.text("repository").map(|repository| repository_url(&repository));
    let schedule = fields.node("schedule").and_then(|node| schedule(node, fields.sink()));
    fields.deny_rest();
    let id = crate::document::slug::url_segment(id);
    MeetingGroup { id, name, schedule, duration, location, repository }
}

/// `owner/name` is one on GitHub.
fn repository_url(repository: &str) -> String {
    if repository.contains("://") {
        repository.trim_end_matches('/').to_owned()
    } else {
        format!("https://github.com/{}", repository.trim_matches('/'))
    }
}

/// A schedule that lacks its start or time is none: what is missing is told.
fn schedule(node: &Node, sink: &mut Sink) -> Option<Schedule> {
    let mut fields = Fields::new(node, Code::ConfigValue, Code::ConfigUnknown, sink);
    let weeks = fields.text_at("every").map_or(Some(1), |at| read(&mut fields, at, weeks, "2 weeks"));
    let day = fields.text_at("day").map(|at| read(&mut fields, at, weekday, "wednesday"));
    let time = fields.text_at("time").map(|at| read(&mut fields, at, |text| text.parse().ok(), "\"15:00\""));
    let timezone = fields.text_at("timezone");
    let timezone = timezone.map_or(Some(TimeZone::UTC), |at| read(&mut fields, at, zone, "UTC"));
    let start = fields.text_at("start").map(|at| read(&mut fields, at, date, "2025-01-08"));
    let until = fields.text_at("until").and_then(|at| read(&mut fields, at, date, "2025-12-31"));
    let exceptions = fields.texts("exceptions").unwrap_or_default();
    let exceptions = exceptions.into_iter().filter_map(|at| read(&mut fields, at, date, "2025-12-24")).collect();
    fields.deny_rest();
    for (key, given) in [("time", time.is_some()), ("start", start.is_some())] {
        if !given {
            let finding = Diagnostic::new(Code::ConfigValue, node.span, format!("the schedule has no `{key}`"));
            sink.push(finding.hint("write for example `time: \"15:00\", start: 2025-01-08`"));
        }
    }
    // What cannot be read was told, and no date is better than a wrong one.
    let (weeks, time, timezone, start) = (weeks?, time.flatten()?, timezone?, start.flatten()?);
    let first = match day {
        Some(day) => on_or_after(start, day?),
        None => start,
    };
    Some(Schedule { weeks, start: first, until, time, timezone, exceptions })
}

fn read<T>(
    fields: &mut Fields<'_>,
    (text, span): (String, Span),
    parse: impl Fn(&str) -> Option<T>,
    example: &str,
) -> Option<T> {
    let value = parse(text.trim());
    if value.is_none() {
        let finding = Diagnostic::new(Code::ConfigValue, span, format!("`{text}` cannot be part of a schedule"));
        fields.sink().push(finding.hint(format!("write for example `{example}`")));
    }
    value
}

/// `week`, `1 week`, `2 weeks`, `2`.
fn weeks(text: &str) -> Option<i64> {
    let number = text.trim_end_matches('s').trim_end_matches("week").trim();
    if number.is_empty() { Some(1) } else { number.parse().ok().filter(|weeks| (1..=52).contains(weeks)) }
}

fn weekday(text: &str) -> Option<Weekday> {
    let days = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let text = text.to_lowercase();
    days.into_iter().find(|(name, _)| text.len() >= 3 && name.starts_with(&text)).map(|(_, day)| day)
}

fn zone(name: &str) -> Option<TimeZone> {
    if name.eq_ignore_ascii_case("utc") { Some(TimeZone::UTC) } else { TimeZone::get(name).ok() }
}

fn date(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn on_or_after(start: Date, day: Weekday) -> Date {
    let days =
        (i64::from(day.to_monday_zero_offset()) - i64::from(start.weekday().to_monday_zero_offset())).rem_euclid(7);
    start.checked_add(jiff::Span::new().days(days)).unwrap_or(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::parse_yaml;
    use crate::diag::FileId;

    fn read(text: &str) -> (Meetings, Vec<String>) {
        let mut sink = Sink::new();
        let node = parse_yaml(text, FileId(0), 0).expect("YAML").node;
        let meetings = parse_meetings(Some(&node), &mut sink);
        (meetings, sink.as_slice().iter().map(|found| found.message.clone()).collect())
    }

    #[test]
    fn a_schedule_begins_on_its_weekday() {
        for (every, day, start, first, weeks) in [
            ("2 weeks", "wednesday", "2025-01-08", "2025-01-08", 2),
            ("week", "Thu", "2025-01-08", "2025-01-09", 1),
            ("4", "monday", "2025-01-08", "2025-01-13", 4),
        ] {
            let schedule = format!("{{every: {every}, day: {day}, time: \"15:00\", start: {start}}}");
            let (meetings, found) = read(&format!("groups: {{tag: {{schedule: {schedule}}}}}"));
            assert_eq!(found, Vec::<String>::new());
            let schedule = meetings.groups[0].schedule.clone().expect("a schedule");
            assert_eq!((schedule.start.to_string().as_str(), schedule.weeks), (first, weeks));
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_and_gives_no_date() {
        for (schedule, message) in [
            ("{time: late, start: 2025-01-08}", "`late` cannot be part of a schedule"),
            ("{time: \"15:00\"}", "the schedule has no `start`"),
            ("{time: \"15:00\", start: 2025-01-08, timezone: Mars/Base}", "`Mars/Base` cannot be part of a schedule"),
            ("{time: \"15:00\", start: 2025-01-08, every: moon}", "`moon` cannot be part of a schedule"),
        ] {
            let (meetings, found) = read(&format!("groups: {{tag: {{schedule: {schedule}}}}}"));
            assert_eq!(found, [message]);
            assert!(meetings.groups[0].schedule.is_none(), "{schedule}");
        }
    }

    #[test]
    fn a_repository_may_be_named_in_short() {
        let (meetings, _) =
            read("groups: {tag: {repository: cncf/toc}, wg: {repository: \"https://codeberg.org/a/b/\"}}");
        let repositories: Vec<_> = meetings.groups.iter().filter_map(|group| group.repository.as_deref()).collect();
        assert_eq!(repositories, ["https://github.com/cncf/toc", "https://codeberg.org/a/b"]);
    }
}
