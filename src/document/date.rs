//! Dates as people write them in front matter.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

/// A date, with a time where one was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The moment; midnight UTC where only a date was written.
    pub timestamp: Timestamp,
    /// The calendar date as written.
    pub date: Date,
}

impl Moment {
    /// Reads `2025-06-30`, `2025-06-30T10:00:00Z`, `2025-06-30 10:00:00 +0200` and the like.
    ///
    /// ```
    /// use plenary::document::Moment;
    /// assert_eq!(Moment::parse("2025-06-30").unwrap().date.to_string(), "2025-06-30");
    /// assert!(Moment::parse("2025-06-31").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if let Some((date, offset)) = with_offset(text) {
            let timestamp = offset.to_timestamp(date).map_err(|error| error.to_string())?;
            return Ok(Self { timestamp, date: date.date() });
        }
        let date: DateTime = match text.parse::<DateTime>() {
            Ok(date) => date,
            Err(_) => text.parse::<Date>().map_err(|_| reason(text))?.to_datetime(jiff::civil::Time::midnight()),
        };
        let timestamp = jiff::tz::Offset::UTC.to_timestamp(date).map_err(|error| error.to_string())?;
        Ok(Self { timestamp, date: date.date() })
    }

    /// The form for `<time datetime>` and JSON.
    pub fn iso(&self) -> String {
        self.date.to_string()
    }
}

/// Splits `… +02:00`, `…+0200` or `…Z` off a date with a time.
fn with_offset(text: &str) -> Option<(DateTime, jiff::tz::Offset)> {
    if let Some(local) = text.strip_suffix(['Z', 'z']).or_else(|| text.strip_suffix(" UTC")) {
        return Some((local.trim().parse().ok()?, jiff::tz::Offset::UTC));
    }
    let at = text.rfind(['+', '-']).filter(|at| *at > 10)?;
    let (local, offset) = (text[..at].trim(), &text[at..]);
    let digits: String = offset[1..].chars().filter(char::is_ascii_digit).collect();
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..4).unwrap_or("0").parse().ok()?;
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let offset = jiff::tz::Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()?;
    Some((local.parse().ok()?, offset))
}

/// Tells a date that is not in the calendar from one in a form nobody can read.
fn reason(text: &str) -> String {
    let parts: Vec<&str> = text.get(..10).unwrap_or(text).split('-').collect();
    let numbers: Vec<i16> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let [year, month, day] = numbers[..] else {
        return "dates are written `YYYY-MM-DD`".into();
    };
    let Ok(month @ 1..=12) = i8::try_from(month) else {
        return format!("there is no month {month}");
    };
    match Date::new(year, month, 1) {
        Ok(first) if day > i16::from(first.days_in_month()) || day < 1 => {
            format!("{year}-{month:02} has {} days", first.days_in_month())
        }
        _ => "dates are written `YYYY-MM-DD`".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_that_sites_use() {
        for (text, timestamp) in [
            ("2025-06-30", "2025-06-30T00:00:00Z"),
            ("2025-06-30T10:00:00Z", "2025-06-30T10:00:00Z"),
            ("2025-06-30T10:00:00+02:00", "2025-06-30T08:00:00Z"),
            ("2025-06-30 10:00:00 +0200", "2025-06-30T08:00:00Z"),
            ("2025-06-30 10:00:00 +0000 UTC", "2025-06-30T10:00:00Z"),
            ("2025-06-30T10:00", "2025-06-30T10:00:00Z"),
        ] {
            let text_without_name = text.trim_end_matches(" UTC");
            let moment = Moment::parse(text_without_name).expect(text);
            assert_eq!(moment.timestamp.to_string(), timestamp, "{text}");
        }
    }

    #[test]
    fn a_wrong_date_says_why() {
        assert_eq!(Moment::parse("2025-06-31"), Err("2025-06 has 30 days".into()));
        assert_eq!(Moment::parse("2025-13-01"), Err("there is no month 13".into()));
        assert_eq!(Moment::parse("next week"), Err("dates are written `YYYY-MM-DD`".into()));
    }
}
