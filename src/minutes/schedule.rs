//! The dates of a schedule.

use crate::config::Schedule;
use jiff::civil::Date;
use jiff::{Span, Timestamp};

/// Days that a schedule can look ahead at most, so that one without an end ends.
const HORIZON: i64 = 366;

/// The meetings from a day on, each with its day on the group's own calendar, at most a year ahead.
pub fn occurrences(schedule: &Schedule, from: Date) -> Vec<(Date, Timestamp)> {
    let mut found = vec![];
    let last = from.saturating_add(Span::new().days(HORIZON));
    let last = schedule.until.map_or(last, |until| until.min(last));
    // Whole steps up to the first one that counts.
    let days = schedule.start.until(from).map_or(0, |span| i64::from(span.get_days()));
    let steps = (days.max(0) + 7 * schedule.weeks - 1) / (7 * schedule.weeks);
    let mut day = schedule.start.saturating_add(Span::new().days(steps * 7 * schedule.weeks));
    while day <= last {
        if !schedule.exceptions.contains(&day) {
            found.extend(start(schedule, day).map(|start| (day, start)));
        }
        let Ok(next) = day.checked_add(Span::new().days(7 * schedule.weeks)) else { break };
        day = next;
    }
    found
}

/// When a meeting begins that the schedule has on this day.
pub fn scheduled(schedule: &Schedule, day: Date) -> Option<Timestamp> {
    let days = i64::from(schedule.start.until(day).ok()?.get_days());
    let falls = days >= 0 && days % (7 * schedule.weeks) == 0 && schedule.until.is_none_or(|until| day <= until);
    falls.then(|| start(schedule, day)).flatten()
}

fn start(schedule: &Schedule, day: Date) -> Option<Timestamp> {
    Some(schedule.timezone.to_ambiguous_zoned(day.to_datetime(schedule.time)).compatible().ok()?.timestamp())
}

/// The meetings that begin after a moment.
pub fn coming(schedule: &Schedule, now: Timestamp) -> Vec<(Date, Timestamp)> {
    let today = now.to_zoned(schedule.timezone.clone()).date();
    let mut found = occurrences(schedule, today);
    found.retain(|(_, start)| *start > now);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};
    use jiff::tz::TimeZone;

    fn schedule() -> Schedule {
        Schedule {
            weeks: 2,
            start: date(2025, 1, 8),
            until: Some(date(2025, 4, 30)),
            time: time(15, 0, 0, 0),
            timezone: TimeZone::UTC,
            exceptions: vec![date(2025, 2, 19)],
        }
    }

    fn shown(found: &[(Date, Timestamp)]) -> Vec<String> {
        found.iter().map(|(_, start)| start.to_string()).collect()
    }

    #[test]
    fn every_second_week_but_on_exceptions() {
        let from = |day| shown(&occurrences(&schedule(), day));
        assert_eq!(
            from(date(2025, 1, 20))[..3],
            ["2025-01-22T15:00:00Z", "2025-02-05T15:00:00Z", "2025-03-05T15:00:00Z"]
        );
        assert_eq!(from(date(2024, 12, 1))[0], "2025-01-08T15:00:00Z");
        assert_eq!(from(date(2025, 4, 30)), ["2025-04-30T15:00:00Z"]);
        assert_eq!(from(date(2025, 5, 1)), [] as [&str; 0]);
        let endless = Schedule { until: None, ..schedule() };
        assert_eq!(occurrences(&endless, date(2030, 1, 1)).len(), 27);
    }

    #[test]
    fn a_meeting_that_has_begun_is_no_coming_one() {
        let now = |text: &str| text.parse().expect("a moment");
        assert_eq!(shown(&coming(&schedule(), now("2025-01-08T14:59:59Z")))[0], "2025-01-08T15:00:00Z");
        assert_eq!(shown(&coming(&schedule(), now("2025-01-08T15:00:00Z")))[0], "2025-01-22T15:00:00Z");
    }

    #[test]
    fn the_hour_is_that_of_the_groups_clocks() {
        let berlin = TimeZone::get("Europe/Berlin").expect("a time zone");
        let schedule = Schedule { timezone: berlin, ..schedule() };
        let found = shown(&occurrences(&schedule, date(2025, 3, 15)));
        assert_eq!(found[..2], ["2025-03-19T14:00:00Z", "2025-04-02T13:00:00Z"], "summer begins between the two");
        assert_eq!(
            scheduled(&schedule, date(2025, 4, 2)).map(|start| start.to_string()).as_deref(),
            Some("2025-04-02T13:00:00Z")
        );
        assert_eq!(scheduled(&schedule, date(2025, 4, 9)), None);
    }
}
