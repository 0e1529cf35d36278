//! Days as headings write them.
//!
//! In: the text of a line. Out: day, month, year if it is said, weekday if it is said, and what
//! stands before and after. Which year is meant, and whether the line is a heading at all, is
//! decided elsewhere.

use jiff::civil::{Date, Weekday};

/// A day in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) year: Option<i16>,
    pub(super) month: i8,
    pub(super) day: i8,
    pub(super) weekday: Option<Weekday>,
    /// A word before the day that should be a weekday and is none: `Sep 14 Sept`.
    pub(super) odd_word: Option<String>,
    /// The text before the day.
    pub(super) before: String,
    /// The text after it.
    pub(super) after: String,
    /// How the day is written; headings of one document share it.
    pub(super) shape: Shape,
}

/// The ways to write a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// `2024-05-15`, `2024/5/15`, `2024.05.15`.
    Numbers,
    /// `15 May 2024`, `Wed 15 May`.
    DayMonth,
    /// `May 15, 2024`.
    MonthDay,
}

impl Found {
    /// The date in a year; none for 29 February of a common year.
    pub(super) fn in_year(&self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

/// The first day in a text that begins at one of its first `reach` words.
pub(super) fn find(text: &str, reach: usize) -> Option<Found> {
    let words = words(text);
    (0..words.len().min(reach)).find_map(|at| numbers(text, &words, at).or_else(|| named(text, &words, at)))
}

/// Every year from 1990 on that a text mentions as a word of its own.
pub(super) fn years(text: &str) -> impl Iterator<Item = i16> + '_ {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse::<i16>().ok())
        .filter(|year| (1990..2100).contains(year))
}

/// Words with their byte ranges.
fn words(text: &str) -> Vec<(usize, &str)> {
    text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word)).collect()
}

const TRIM: &[char] = &[',', '.', ':', ';', '(', ')', '*', '[', ']', '_', '|'];

fn numbers(text: &str, words: &[(usize, &str)], at: usize) -> Option<Found> {
    let (start, word) = words[at];
    let bare = word.trim_matches(TRIM);
    let parts: Vec<&str> = bare.split(['-', '/', '.']).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    if year.len() != 4 || parts.iter().any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    Date::new(year, month, day).ok()?;
    let from = start + word.find(bare)?;
    let weekday = words.get(at.wrapping_sub(1)).and_then(|(_, word)| weekday(word));
    let before = if weekday.is_some() { &text[..words[at - 1].0] } else { &text[..from] };
    Some(Found {
        year: Some(year),
        month,
        day,
        weekday,
        odd_word: None,
        before: tidy(before),
        after: tidy(&text[from + bare.len()..]),
        shape: Shape::Numbers,
    })
}

fn named(text: &str, words: &[(usize, &str)], at: usize) -> Option<Found> {
    let word = |index: usize| words.get(index).map(|(_, word)| *word);
    let (first, lead) = match weekday(word(at)?) {
        Some(weekday) => (at + 1, Lead::Weekday(weekday)),
        // `Sep 14 Sept`: a month where the weekday belongs.
        None if month(word(at)?).is_some()
            && word(at + 1).and_then(day).is_some()
            && word(at + 2).and_then(month).is_some() =>
        {
            (at + 1, Lead::Odd(word(at)?.to_owned()))
        }
        None => (at, Lead::None),
    };
    let (one, two) = (word(first)?, word(first + 1)?);
    let (month, day, shape) = match (day(one), month(two)) {
        (Some(day), Some(month)) => (month, day, Shape::DayMonth),
        _ => (month(one)?, day(two)?, Shape::MonthDay),
    };
    let year = word(first + 2).and_then(|word| year(word.trim_matches(TRIM)));
    let last = first + 1 + usize::from(year.is_some());
    let (start, end) = (words[at].0, words[last].0 + words[last].1.len());
    Date::new(year.unwrap_or(2000), month, day).ok()?;
    let (weekday, odd_word) = match lead {
        Lead::Weekday(weekday) => (Some(weekday), None),
        Lead::Odd(word) => (None, Some(word)),
        Lead::None => (None, None),
    };
    Some(Found { year, month, day, weekday, odd_word, before: tidy(&text[..start]), after: tidy(&text[end..]), shape })
}

enum Lead {
    Weekday(Weekday),
    Odd(String),
    None,
}

/// What stands beside a day, without the dashes and colons that tie it to the day.
fn tidy(text: &str) -> String {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | ',' | '|' | '*' | '_' | '/'))
        .to_owned()
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok())?.filter(|year| (1990..2100).contains(year))
}

fn day(word: &str) -> Option<i8> {
    let word = word.trim_matches(TRIM);
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &word[digits.len()..];
    if !matches!(suffix, "" | "st" | "nd" | "rd" | "th") {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    named_by(&MONTHS, word).map(|index| index as i8 + 1)
}

fn weekday(word: &str) -> Option<Weekday> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let index = named_by(&DAYS, word)?;
    Weekday::from_monday_zero_offset(index as i8).ok()
}

/// The name that a word is, or begins with at least three letters: `Sept.`, `Wed,`.
fn named_by(names: &[&str], word: &str) -> Option<usize> {
    let word = word.trim_matches(TRIM).to_lowercase();
    if word.len() < 3 {
        return None;
    }
    names.iter().position(|name| name.starts_with(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = find(text, 8).map(|found| {
            let year = found.year.map_or("?".to_owned(), |year| year.to_string());
            let weekday = found.weekday.map_or(String::new(), |day| format!(" {day:?}"));
            let odd = found.odd_word.map_or(String::new(), |word| format!(" odd {word}"));
            format!("{year}-{}-{}{weekday}{odd} [{}] [{}]", found.month, found.day, found.before, found.after)
        });
        assert_eq!(found.as_deref().unwrap_or("none"), expected, "{text}");
    }

    #[test]
    fn days_in_many_forms() {
        check("2024-05-15", "2024-5-15 [] []");
        check("2023-11-06 - Summit", "2023-11-6 [] [Summit]");
        check("2020/11/2 - Balancer meeting", "2020-11-2 [] [Balancer meeting]");
        check("Wed 9 Dec - 10am Pacific", "?-12-9 Wednesday [] [10am Pacific]");
        check("Wed 30 Sept - 10am Pacific", "?-9-30 Wednesday [] [10am Pacific]");
        check("Sep 14 Sept - 10am Pacific", "?-9-14 odd Sep [] [10am Pacific]");
        check("**May 15, 2024**", "2024-5-15 [] []");
        check("Wednesday, March 5th, 2025 (online)", "2025-3-5 Wednesday [] [(online)]");
        check("Weekly call – 5 March 2025", "2025-3-5 [Weekly call] []");
        check("Day XX Month - 10am Pacific", "none");
        check("2019-2022", "none");
        check("31 February", "none");
        check("1.2.3 released", "none");
    }
}
