//! When a group meets, as `site.yaml` writes it.
//!
//! In: a mapping such as `{every: month, day: first and third wednesday, time: "15:00", start: 2025-01-01}`.
//! Out: a [`Schedule`], which knows its days. What cannot be read is told, and gives no schedule at all:
//! no date is better than a wrong one. No clock is asked here.

use crate::data::{Fields, Node, Value};
use crate::diag::{Code, Diagnostic, Sink, Span};
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;

/// "Every second Wednesday at 15:00 UTC".
#[derive(Debug, Clone)]
pub struct Schedule {
    /// How the days follow each other.
    pub repeat: Repeat,
    /// The first meeting.
    pub start: Date,
    /// The last day on which there can be one.
    pub until: Option<Date>,
    /// The hours on the clocks of `timezone`, which take turns from meeting to meeting; at least one.
    pub times: Vec<Time>,
    /// Whose clocks.
    pub timezone: TimeZone,
    /// Days on which there is none, or at another time.
    pub exceptions: Vec<Exception>,
}

/// How the days of a schedule follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeat {
    /// So many weeks from one to the next.
    Weeks(i64),
    /// On certain weekdays of a month: `1` is the first one, `-1` the last.
    Months {
        /// Months from one that has meetings to the next.
        every: i64,
        /// Which of the month's weekdays, in the order of the month.
        which: Vec<i8>,
        /// The weekday.
        day: Weekday,
    },
}

/// A meeting that is not held as planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The day in the schedule.
    pub day: Date,
    /// The day and, where it changes too, the hour on which it is held instead; none if it is cancelled.
    pub moved: Option<(Date, Option<Time>)>,
    /// Why.
    pub reason: Option<String>,
}

impl Schedule {
    /// The days of the schedule with their hours, exceptions not applied.
    pub fn days(&self) -> impl Iterator<Item = (Date, Time)> + '_ {
        let mut step = 0;
        let steps = std::iter::from_fn(move || {
            step += 1;
            self.step(step - 1)
        });
        let days = steps.flatten().filter(|day| *day >= self.start);
        let days = days.take_while(|day| self.until.is_none_or(|until| *day <= until));
        days.zip(self.times.iter().copied().cycle())
    }

    /// The days of the n-th week or month that has some; none at the end of the calendar.
    fn step(&self, step: i64) -> Option<Vec<Date>> {
        match &self.repeat {
            Repeat::Weeks(weeks) => Some(vec![self.start.checked_add(weeks_of(step * weeks)?).ok()?]),
            Repeat::Months { every, which, day } => {
                let months = jiff::Span::new().try_months(step * every).ok()?;
                let month = self.start.first_of_month().checked_add(months).ok()?;
                // A fifth Wednesday is not in every month.
                let days = which.iter().filter_map(|which| month.nth_weekday_of_month(*which, *day).ok());
                let mut days: Vec<Date> = days.collect();
                days.sort();
                days.dedup();
                Some(days)
            }
        }
    }

    /// What becomes of the meeting of a day.
    pub fn exception(&self, day: Date) -> Option<&Exception> {
        self.exceptions.iter().find(|exception| exception.day == day)
    }
}

fn weeks_of(weeks: i64) -> Option<jiff::Span> {
    jiff::Span::new().try_weeks(weeks).ok()
}

/// Reads one schedule, or a list of several that hold side by side.
pub(super) fn schedules(node: &Node, sink: &mut Sink) -> Vec<Schedule> {
    let nodes = match &node.value {
        Value::List(nodes) => nodes.as_slice(),
        _ => std::slice::from_ref(node),
    };
    nodes.iter().filter_map(|node| schedule(node, sink)).collect()
}

fn schedule(node: &Node, sink: &mut Sink) -> Option<Schedule> {
    let mut fields = Fields::new(node, Code::ConfigValue, Code::ConfigUnknown, sink);
    let every = fields.text_at("every").map(|at| read(fields.sink(), &at, every, "2 weeks"));
    let day = fields.text_at("day");
    let days = day.as_ref().map(|at| read(fields.sink(), at, days, "wednesday` or `first and third wednesday"));
    let times = fields.texts("time").unwrap_or_default();
    let given = !times.is_empty();
    let times: Option<Vec<Time>> = times.iter().map(|at| read(fields.sink(), at, time, "\"15:00\"")).collect();
    let timezone = fields.text_at("timezone");
    let timezone = timezone.map_or(Some(TimeZone::UTC), |at| read(fields.sink(), &at, zone, "UTC"));
    let start = fields.text_at("start").map(|at| read(fields.sink(), &at, date, "2025-01-08"));
    let until = fields.text_at("until").and_then(|at| read(fields.sink(), &at, date, "2025-12-31"));
    let exceptions = exceptions(fields.node("exceptions"), fields.sink());
    fields.deny_rest();
    for (key, given) in [("time", given), ("start", start.is_some())] {
        if !given {
            let finding = Diagnostic::new(Code::ConfigValue, node.span, format!("the schedule has no `{key}`"));
            sink.push(finding.hint("write for example `time: \"15:00\", start: 2025-01-08`"));
        }
    }
    let (times, timezone, start) = (times.filter(|times| !times.is_empty())?, timezone?, start??);
    let every = every.map_or(Some(None), |every| every.map(Some))?;
    let days = days.map_or(Some(None), |days| days.map(Some))?;
    let (repeat, start) = repeat(every, days, start, day.map_or(node.span, |(_, span)| span), sink)?;
    let mut schedule = Schedule { repeat, start, until, times, timezone, exceptions: vec![] };
    schedule.exceptions = planned(&schedule, exceptions, sink);
    Some(schedule)
}

/// The unit and number of `every`.
#[derive(Debug, Clone, Copy)]
enum Every {
    Weeks(i64),
    Months(i64),
}

/// The rule and its first day.
fn repeat(
    every: Option<Every>,
    days: Option<(Vec<i8>, Weekday)>,
    start: Date,
    span: Span,
    sink: &mut Sink,
) -> Option<(Repeat, Date)> {
    match (every, days) {
        (None | Some(Every::Weeks(_)), None) => Some((Repeat::Weeks(weeks(every)), start)),
        (None | Some(Every::Weeks(_)), Some((which, day))) if which.is_empty() => {
            Some((Repeat::Weeks(weeks(every)), on_or_after(start, day)))
        }
        (None, Some((which, day))) => Some((Repeat::Months { every: 1, which, day }, start)),
        (Some(Every::Months(every)), Some((which, day))) if !which.is_empty() => {
            Some((Repeat::Months { every, which, day }, start))
        }
        (Some(Every::Weeks(_)), Some(_)) => {
            let message = "a day of the month does not go with weeks";
            sink.push(Diagnostic::new(Code::ConfigValue, span, message).hint("write `every: month`"));
            None
        }
        (Some(Every::Months(_)), _) => {
            let message = "a schedule by month needs to know which of the month's weekdays";
            let hint = "write for example `day: first and third wednesday` or `day: last friday`";
            sink.push(Diagnostic::new(Code::ConfigValue, span, message).hint(hint));
            None
        }
    }
}

fn weeks(every: Option<Every>) -> i64 {
    if let Some(Every::Weeks(weeks)) = every { weeks } else { 1 }
}

/// Days, or mappings that say what happens instead, each with its place.
fn exceptions(node: Option<&Node>, sink: &mut Sink) -> Vec<(Exception, Span)> {
    let items = match node.map(|node| &node.value) {
        Some(Value::List(items)) => items.as_slice(),
        _ => node.map(std::slice::from_ref).unwrap_or_default(),
    };
    items.iter().filter_map(|item| Some((exception(item, sink)?, item.span))).collect()
}

fn exception(node: &Node, sink: &mut Sink) -> Option<Exception> {
    if let Some(text) = node.to_text() {
        let day = read(sink, &(text, node.span), date, "2025-12-24")?;
        return Some(Exception { day, moved: None, reason: None });
    }
    let mut fields = Fields::new(node, Code::ConfigValue, Code::ConfigUnknown, sink);
    let day = fields.text_at("date").map(|at| read(fields.sink(), &at, date, "2025-12-24"));
    let to = fields.text_at("to").map(|at| read(fields.sink(), &at, date, "2025-12-17"));
    let at = fields.text_at("time").map(|at| read(fields.sink(), &at, time, "\"15:00\""));
    let reason = fields.text("reason");
    if day.is_none() {
        fields.lacks("the day of the exception", "date: 2025-12-24");
    }
    fields.deny_rest();
    let day = day??;
    let moved = match (to, at) {
        (None, None) => None,
        (to, at) => Some((to.map_or(Some(day), |to| to)?, at.map_or(Some(None), |at| at.map(Some))?)),
    };
    Some(Exception { day, moved, reason })
}

/// The exceptions that fall on a day of the schedule; the others are told, with the nearest day.
fn planned(schedule: &Schedule, exceptions: Vec<(Exception, Span)>, sink: &mut Sink) -> Vec<Exception> {
    let mut kept = vec![];
    for (exception, span) in exceptions {
        let day = exception.day;
        let before = schedule.days().map(|(day, _)| day).take_while(|planned| *planned <= day).last();
        if before == Some(day) {
            kept.push(exception);
            continue;
        }
        let after = schedule.days().map(|(day, _)| day).find(|planned| *planned > day);
        let near: Vec<String> = before.into_iter().chain(after).map(|day| format!("`{day}`")).collect();
        let message = format!("`{day}` is no day of this schedule, so nothing is changed on it");
        let hint = (!near.is_empty()).then(|| format!("the nearest days are {}", near.join(" and ")));
        sink.push(Diagnostic::new(Code::ConfigValue, span, message).maybe_hint(hint));
    }
    kept
}

fn read<T>(
    sink: &mut Sink,
    (text, span): &(String, Span),
    parse: impl Fn(&str) -> Option<T>,
    example: &str,
) -> Option<T> {
    let value = parse(text.trim());
    if value.is_none() {
        let finding = Diagnostic::new(Code::ConfigValue, *span, format!("`{text}` cannot be part of a schedule"));
        sink.push(finding.hint(format!("write for example `{example}`")));
    }
    value
}

/// `week`, `1 week`, `2 weeks`, `2`, `month`, `3 months`.
fn every(text: &str) -> Option<Every> {
    let number = text.trim_end_matches('s');
    let months = number.strip_suffix("month");
    let number = months.or_else(|| number.strip_suffix("week")).unwrap_or(number).trim();
    let number = if number.is_empty() { 1 } else { number.parse().ok().filter(|number| (1..=52).contains(number))? };
    Some(if months.is_some() { Every::Months(number) } else { Every::Weeks(number) })
}

/// `wednesday`, or with the numbers of the month's weekdays: `first and third wednesday`, `last friday`.
fn days(text: &str) -> Option<(Vec<i8>, Weekday)> {
    let text = text.to_lowercase().replace(',', " ");
    let mut words: Vec<&str> = text.split_whitespace().filter(|word| *word != "and").collect();
    let day = weekday(words.pop()?)?;
    let which: Option<Vec<i8>> = words.into_iter().map(ordinal).collect();
    Some((which?, day))
}

fn ordinal(word: &str) -> Option<i8> {
    const ORDINALS: [(&str, &str, i8); 6] = [
        ("first", "1st", 1),
        ("second", "2nd", 2),
        ("third", "3rd", 3),
        ("fourth", "4th", 4),
        ("fifth", "5th", 5),
        ("last", "-1", -1),
    ];
    ORDINALS.iter().find(|(long, short, _)| [long, short].contains(&&word)).map(|(_, _, number)| *number)
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
    days.into_iter().find(|(name, _)| text.len() >= 3 && name.starts_with(text)).map(|(_, day)| day)
}

fn time(text: &str) -> Option<Time> {
    text.parse().ok()
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

    fn read(text: &str) -> (Vec<Schedule>, Vec<String>) {
        let mut sink = Sink::new();
        let node = parse_yaml(text, FileId(0), 0).expect("YAML").node;
        let schedules = schedules(&node, &mut sink);
        (schedules, sink.as_slice().iter().map(|found| found.message.clone()).collect())
    }

    #[test]
    fn days_follow_the_rule() {
        for (rule, days) in [
            ("every: 2 weeks, day: wednesday", "2025-01-08 2025-01-22 2025-02-05"),
            ("day: Thu", "2025-01-09 2025-01-16 2025-01-23"),
            ("every: 4, day: monday", "2025-01-13 2025-02-10 2025-03-10"),
            ("every: month, day: first and third wednesday", "2025-01-15 2025-02-05 2025-02-19"),
            ("every: 2 months, day: last friday", "2025-01-31 2025-03-28 2025-05-30"),
            ("day: 5th wed", "2025-01-29 2025-04-30 2025-07-30"),
            ("day: thu, until: 2025-01-16", "2025-01-09 2025-01-16"),
        ] {
            let (schedules, found) = read(&format!("{{{rule}, time: \"15:00\", start: 2025-01-08}}"));
            assert_eq!(found, Vec::<String>::new(), "{rule}");
            let shown: Vec<String> = schedules[0].days().take(3).map(|(day, _)| day.to_string()).collect();
            assert_eq!(shown.join(" "), days, "{rule}");
        }
    }

    #[test]
    fn hours_take_turns_and_schedules_stand_side_by_side() {
        let one = "{every: week, time: [\"15:00\", \"02:00\"], start: 2025-01-08}";
        let (schedules, found) = read(&format!("[{one}, {{time: \"09:00\", start: 2025-01-10}}]"));
        assert_eq!((schedules.len(), found), (2, vec![]));
        let hours: Vec<i8> = schedules[0].days().take(3).map(|(_, time)| time.hour()).collect();
        assert_eq!(hours, [15, 2, 15]);
    }

    #[test]
    fn exceptions_cancel_or_move() {
        let exceptions = "[2025-01-08, {date: 2025-01-15, to: 2025-01-16, time: \"16:00\", reason: A talk}]";
        let (schedules, found) = read(&format!("{{time: \"15:00\", start: 2025-01-08, exceptions: {exceptions}}}"));
        assert_eq!(found, Vec::<String>::new());
        let moved = |day: &str| schedules[0].exception(day.parse().expect("a day")).map(|found| found.moved);
        assert_eq!(moved("2025-01-08"), Some(None));
        assert_eq!(moved("2025-01-15"), Some(Some(("2025-01-16".parse().expect("a day"), time("16:00")))));
        assert_eq!(moved("2025-01-22"), None);
    }

    #[test]
    fn what_cannot_be_read_is_told_and_gives_no_date() {
        for (schedule, message) in [
            ("{time: late, start: 2025-01-08}", "`late` cannot be part of a schedule"),
            ("{time: \"15:00\"}", "the schedule has no `start`"),
            ("{time: \"15:00\", start: 2025-01-08, timezone: Mars/Base}", "`Mars/Base` cannot be part of a schedule"),
            ("{time: \"15:00\", start: 2025-01-08, every: moon}", "`moon` cannot be part of a schedule"),
            ("{time: \"15:00\", start: 2025-01-08, day: sixth monday}", "`sixth monday` cannot be part of a schedule"),
            (
                "{time: \"15:00\", start: 2025-01-08, every: month, day: monday}",
                "a schedule by month needs to know which of the month's weekdays",
            ),
            (
                "{time: \"15:00\", start: 2025-01-08, every: week, day: last monday}",
                "a day of the month does not go with weeks",
            ),
        ] {
            let (schedules, found) = read(schedule);
            assert_eq!(found, [message]);
            assert!(schedules.is_empty(), "{schedule}");
        }
    }

    #[test]
    fn an_exception_on_another_day_is_told() {
        let (schedules, found) = read("{time: \"15:00\", start: 2025-01-08, exceptions: [2025-01-14]}");
        assert_eq!(found, ["`2025-01-14` is no day of this schedule, so nothing is changed on it"]);
        assert!(schedules[0].exceptions.is_empty());
    }
}
