//! The years that headings leave out.
//!
//! In: the days of the headings in the document's order, years that the text mentions. Out: a date
//! for each. A document runs one way, newest first or oldest first, so one year fixes all; of the
//! years that could be meant, the one wins in which the most weekdays are right.

use super::date::Found;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The date of a heading and how it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dated {
    pub(super) date: Date,
    /// The heading does not say the year.
    pub(super) inferred: bool,
    /// The weekday that the heading says is not this date's.
    pub(super) wrong_weekday: bool,
}

/// Dates the headings. `given` is the year of the newest meeting.
pub(super) fn dates(days: &[&Found], mentioned: &[i16], given: Option<i16>) -> Vec<Option<Dated>> {
    let newest_first = runs_backwards(days);
    let turns = turns(days, newest_first);
    let base = given.map(|year| if newest_first { year } else { year - turns.last().copied().unwrap_or(0) });
    let base = base.or_else(|| best_base(days, &turns, mentioned));
    let date = |(day, turn): (&&Found, &i16)| {
        let inferred = day.year.is_none();
        let date = day.in_year(day.year.or_else(|| Some(base? + turn))?)?;
        let wrong_weekday = day.weekday.is_some_and(|weekday| weekday != date.weekday());
        Some(Dated { date, inferred, wrong_weekday })
    };
    days.iter().zip(&turns).map(date).collect()
}

/// Whether the document runs from new to old: whether most steps between neighbours lead back. A
/// step of more than half a year is one over the turn of the year.
fn runs_backwards(days: &[&Found]) -> bool {
    let place = |day: &Found| i32::from(day.month) * 31 + i32::from(day.day);
    let back = |pair: &&[&Found]| {
        let step = place(pair[1]) - place(pair[0]);
        match (pair[0].year, pair[1].year) {
            (Some(one), Some(two)) if one != two => two < one,
            (Some(_), Some(_)) => step < 0,
            _ => (step < 0) == (step.abs() <= 186),
        }
    };
    let backwards = days.windows(2).filter(back).count();
    backwards * 2 >= days.len().saturating_sub(1)
}

/// How many years each day lies from the first: 0, 0, -1, -1 for January, January, December, December.
fn turns(days: &[&Found], newest_first: bool) -> Vec<i16> {
    let mut turn = 0;
    let mut before: Option<&Found> = None;
    let mut out = vec![];
    for day in days {
        if let Some(before) = before {
            let forward = i16::from(day.month) - i16::from(before.month);
            // Half a year tells a turn of the year from two meetings in the wrong order.
            turn += match newest_first {
                true if forward > 6 => -1,
                false if forward < -6 => 1,
                _ => 0,
            };
        }
        out.push(turn);
        before = Some(day);
    }
    out
}

/// The first day's year: the most weekdays right, then the most days with a year right, then the
/// year most mentioned.
fn best_base(days: &[&Found], turns: &[i16], mentioned: &[i16]) -> Option<i16> {
    let mut count: BTreeMap<i16, usize> = BTreeMap::new();
    for year in days.iter().filter_map(|day| day.year).chain(mentioned.iter().copied()) {
        *count.entry(year).or_default() += 1;
    }
    let candidates: std::collections::BTreeSet<i16> =
        count.keys().flat_map(|year| [year - 1, *year, year + 1]).collect();
    let score = |base: i16| {
        let pairs = || days.iter().zip(turns);
        let said = pairs().filter(|(day, turn)| day.year == Some(base + **turn)).count();
        let weekdays = pairs()
            .filter(|(day, turn)| {
                let date = day.in_year(base + **turn);
                date.is_some_and(|date| Some(date.weekday()) == day.weekday)
            })
            .count();
        (said, weekdays, count.get(&base).copied().unwrap_or(0))
    };
    candidates.into_iter().max_by_key(|base| score(*base))
}

#[cfg(test)]
mod tests {
    use super::super::date::find;
    use super::*;

    #[track_caller]
    fn check(headings: &[&str], mentioned: &[i16], given: Option<i16>, expected: &[&str]) {
        let days: Vec<Found> = headings.iter().filter_map(|text| find(text, 1)).collect();
        let dated = dates(&days.iter().collect::<Vec<_>>(), mentioned, given);
        let seen: Vec<String> = dated
            .into_iter()
            .map(|dated| {
                dated.map_or("none".into(), |dated| {
                    format!("{}{}", dated.date, if dated.wrong_weekday { "!" } else { "" })
                })
            })
            .collect();
        assert_eq!(seen, expected, "{headings:?}");
    }

    #[test]
    fn years_are_found() {
        let backwards = ["Wed 8 January", "Wed 18 December", "Wed 4 December"];
        check(&backwards, &[2019], None, &["2020-01-08", "2019-12-18", "2019-12-04"]);
        check(&backwards, &[], Some(2020), &["2020-01-08", "2019-12-18", "2019-12-04"]);
        check(&["4 December", "8 January"], &[], Some(2020), &["2019-12-04", "2020-01-08"]);
        check(&["Wed 11 Nov", "2020/11/2", "Wed 28 Oct"], &[1999], None, &["2020-11-11", "2020-11-02", "2020-10-28"]);
        check(&["Tue 11 Nov 2020", "Wed 4 Nov 2020"], &[], None, &["2020-11-11!", "2020-11-04"]);
        check(&["8 January"], &[], None, &["none"]);
    }
}
