//! The dates of a group: its schedules with their exceptions, and the hour of a meeting that has minutes.

use super::clock;
use crate::config::{MeetingGroup, Schedule};
use crate::site::{Page, texts};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};

/// Days that a schedule can look ahead at most, so that one without an end ends.
const HORIZON: i64 = 366;

/// Days by which a meeting can have been brought forward and still be found.
const MOVED: i64 = 62;

/// A meeting of a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// The day that the rule gives, which names the meeting even if it is moved.
    pub day: Date,
    /// Its number among the meetings of that day, from 1.
    pub number: usize,
    /// When it begins, on the group's clocks.
    pub start: Zoned,
    /// What becomes of it.
    pub state: State,
    /// Why it is cancelled or moved.
    pub reason: Option<String>,
}

/// What becomes of a planned meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is held as the rule says.
    Planned,
    /// It is held at another time.
    Moved,
    /// It is not held.
    Cancelled,
}

/// The meetings planned for a day or later, at most a year ahead, the first one first; cancelled ones too.
pub fn occurrences(group: &MeetingGroup, from: Date) -> Vec<Occurrence> {
    within(group, from, HORIZON)
}

fn within(group: &MeetingGroup, from: Date, days: i64) -> Vec<Occurrence> {
    let last = from.saturating_add(Span::new().days(days));
    let mut found: Vec<Occurrence> = group.schedules.iter().flat_map(|schedule| until(schedule, last)).collect();
    found.sort_by_key(|one| (one.day, one.start.timestamp()));
    for at in 1..found.len() {
        if found[at].day == found[at - 1].day {
            found[at].number = found[at - 1].number + 1;
        }
    }
    found.retain(|one| one.day >= from || one.start.date() >= from);
    found.sort_by_key(|one| one.start.timestamp());
    found
}

fn until(schedule: &Schedule, last: Date) -> impl Iterator<Item = Occurrence> + '_ {
    schedule.days().take_while(move |(day, _)| *day <= last).filter_map(|(day, time)| {
        let exception = schedule.exception(day);
        let reason = exception.and_then(|exception| exception.reason.clone());
        let (state, held, time) = match exception.map(|exception| exception.moved) {
            None => (State::Planned, day, time),
            Some(None) => (State::Cancelled, day, time),
            Some(Some((held, at))) => (State::Moved, held, at.unwrap_or(time)),
        };
        Some(Occurrence { day, number: 1, start: zoned(held, time, &schedule.timezone)?, state, reason })
    })
}

fn zoned(day: Date, time: Time, zone: &TimeZone) -> Option<Zoned> {
    zone.to_ambiguous_zoned(day.to_datetime(time)).compatible().ok()
}

/// The meeting that the schedules have on this day: the one that is held then, else the one that is cancelled.
pub fn scheduled(group: &MeetingGroup, day: Date) -> Option<Occurrence> {
    let mut on_day: Vec<Occurrence> = within(group, day, MOVED);
    on_day.retain(|one| one.start.date() == day);
    on_day.sort_by_key(|one| one.state == State::Cancelled);
    on_day.into_iter().next()
}

/// The meetings that begin after a moment, cancelled ones too.
pub fn coming(group: &MeetingGroup, now: Timestamp) -> Vec<Occurrence> {
    // No clock of the world is more than a day away from UTC's.
    let yesterday = now.to_zoned(TimeZone::UTC).date().saturating_sub(Span::new().days(1));
    let mut found = occurrences(group, yesterday);
    found.retain(|one| one.start.timestamp() > now);
    found
}

/// When a meeting that has minutes began: as the page says in `time` and `timezone` or with its date,
/// else as the schedule says; none if nobody knows.
pub fn begins(group: &MeetingGroup, page: &Page) -> Option<Zoned> {
    let moment = page.date()?;
    let of = |key: &str| texts(page, key).into_iter().next();
    let scheduled = scheduled(group, moment.date);
    let home = scheduled.as_ref().map(|one| one.start.time_zone().clone());
    let home = home.or_else(|| group.schedules.first().map(|schedule| schedule.timezone.clone()));
    let home = home.unwrap_or(TimeZone::UTC);
    if let Some(time) = of("time") {
        let (time, named) = clock::read(&time)?;
        let named = of("timezone").and_then(|name| clock::zone(&name)).or(named);
        return zoned(moment.date, time, &named.unwrap_or(home));
    }
    if moment.timestamp.as_second() % 86_400 != 0 {
        return Some(moment.timestamp.to_zoned(home));
    }
    scheduled.map(|one| one.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Exception, Repeat};
    use jiff::civil::{date, time};

    fn schedule() -> Schedule {
        Schedule {
            repeat: Repeat::Weeks(2),
            start: date(2025, 1, 8),
            until: Some(date(2025, 4, 30)),
            times: vec![time(15, 0, 0, 0)],
            timezone: TimeZone::UTC,
            exceptions: vec![
                Exception { day: date(2025, 2, 5), moved: None, reason: Some("Holidays".into()) },
                Exception {
                    day: date(2025, 3, 5),
                    moved: Some((date(2025, 3, 12), Some(time(9, 0, 0, 0)))),
                    reason: None,
                },
            ],
        }
    }

    fn group(schedules: Vec<Schedule>) -> MeetingGroup {
        MeetingGroup { schedules, ..MeetingGroup::default() }
    }

    fn shown(found: &[Occurrence]) -> Vec<String> {
        let one = |one: &Occurrence| format!("{} {} {:?}", one.day, one.start.timestamp(), one.state);
        found.iter().map(one).collect()
    }

    #[test]
    fn exceptions_are_cancelled_or_moved_and_keep_their_day() {
        let group = group(vec![schedule()]);
        let found = shown(&occurrences(&group, date(2025, 1, 23)));
        assert_eq!(
            found[..4],
            [
                "2025-02-05 2025-02-05T15:00:00Z Cancelled",
                "2025-02-19 2025-02-19T15:00:00Z Planned",
                "2025-03-05 2025-03-12T09:00:00Z Moved",
                "2025-03-19 2025-03-19T15:00:00Z Planned",
            ]
        );
        assert_eq!(shown(&occurrences(&group, date(2025, 4, 30))), ["2025-04-30 2025-04-30T15:00:00Z Planned"]);
        assert!(occurrences(&group, date(2025, 5, 1)).is_empty());
        let start = |day| scheduled(&group, day).map(|one| one.day);
        assert_eq!(start(date(2025, 3, 12)), Some(date(2025, 3, 5)), "where it was moved to");
        assert_eq!(start(date(2025, 3, 5)), None, "where it was moved from");
    }

    #[test]
    fn a_schedule_without_an_end_looks_a_year_ahead() {
        let endless = Schedule { until: None, ..schedule() };
        assert_eq!(occurrences(&group(vec![endless]), date(2030, 1, 1)).len(), 27);
    }

    #[test]
    fn a_meeting_that_has_begun_is_no_coming_one() {
        let group = group(vec![schedule()]);
        let now = |text: &str| text.parse().expect("a moment");
        let next = |text: &str| coming(&group, now(text))[0].day.to_string();
        assert_eq!(next("2025-01-08T14:59:59Z"), "2025-01-08");
        assert_eq!(next("2025-01-08T15:00:00Z"), "2025-01-22");
    }

    #[test]
    fn the_hour_is_that_of_the_groups_clocks() {
        let berlin = Schedule { timezone: TimeZone::get("Europe/Berlin").expect("a time zone"), ..schedule() };
        let found = shown(&occurrences(&group(vec![berlin]), date(2025, 3, 19)));
        assert_eq!(
            found[..2],
            ["2025-03-19 2025-03-19T14:00:00Z Planned", "2025-04-02 2025-04-02T13:00:00Z Planned"],
            "summer begins between the two"
        );
    }

    #[test]
    fn two_meetings_of_a_day_are_told_apart() {
        let late = Schedule { times: vec![time(22, 0, 0, 0)], ..schedule() };
        let found = occurrences(&group(vec![schedule(), late]), date(2025, 1, 8));
        let numbers: Vec<usize> = found.iter().take(4).map(|one| one.number).collect();
        assert_eq!(numbers, [1, 2, 1, 2]);
    }
}
