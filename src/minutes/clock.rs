//! Hours as people write them in minutes: `15:00`, `8am PT`, `10:30 Europe/Paris`.
//!
//! In: a text. Out: the hour, and whose clocks it is on where the text says so. A range (`4-5pm`) counts
//! from its beginning. Asks no clock.

use jiff::civil::Time;
use jiff::tz::TimeZone;

/// Short and spoken names with a city whose clocks they are, summer time included.
const SPOKEN: [(&str, &str); 22] = [
    ("utc", "UTC"),
    ("gmt", "UTC"),
    ("z", "UTC"),
    ("pt", "America/Los_Angeles"),
    ("pst", "America/Los_Angeles"),
    ("pdt", "America/Los_Angeles"),
    ("pacific", "America/Los_Angeles"),
    ("mt", "America/Denver"),
    ("mst", "America/Denver"),
    ("mdt", "America/Denver"),
    ("mountain", "America/Denver"),
    ("ct", "America/Chicago"),
    ("cdt", "America/Chicago"),
    ("central", "America/Chicago"),
    ("et", "America/New_York"),
    ("est", "America/New_York"),
    ("edt", "America/New_York"),
    ("eastern", "America/New_York"),
    ("cet", "Europe/Paris"),
    ("cest", "Europe/Paris"),
    ("jst", "Asia/Tokyo"),
    ("kst", "Asia/Seoul"),
];

/// Reads an hour with its time zone; none if the text is no hour.
pub(super) fn read(text: &str) -> Option<(Time, Option<TimeZone>)> {
    let (time, named) = parts(text)?;
    Some((time, zone(named)))
}

/// What of an hour cannot be read: all of it, or the name of its time zone.
pub(super) fn unread(text: &str) -> Option<&str> {
    match parts(text) {
        None => Some(text.trim()),
        Some((_, named)) => Some(named.trim()).filter(|named| !named.is_empty() && zone(named).is_none()),
    }
}

/// An hour, and the text after it that names whose clocks it is on.
fn parts(text: &str) -> Option<(Time, &str)> {
    let text = text.trim();
    let hours = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    // `1400 UTC`: four digits are an hour only where a time zone says that they are no year.
    if hours == 4 && zone(&text[4..]).is_some() {
        let (hour, minute) = (text[..2].parse().ok()?, text[2..4].parse().ok()?);
        return Some((Time::new(hour, minute, 0, 0).ok()?, &text[4..]));
    }
    let mut hour: i8 = text[..hours].parse().ok()?;
    let mut rest = &text[hours..];
    let mut minute = None;
    if let Some(after) = rest.strip_prefix([':', '.']) {
        minute = Some(after.get(..2)?.parse().ok()?);
        rest = &after[2..];
    }
    let plain = rest.trim_start();
    // The end of a range tells which half of the day its beginning is in.
    let range = plain.trim_start_matches(['-', '–']).trim_start();
    let range = range.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':').trim_start();
    let half = |mark: &str| range.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(mark));
    let zone = match (half("am"), half("pm")) {
        (false, false) if minute.is_none() => return None,
        (false, false) => range,
        (_, after_noon) => {
            hour = hour % 12 + if after_noon { 12 } else { 0 };
            &range[2..]
        }
    };
    Some((Time::new(hour, minute.unwrap_or(0), 0, 0).ok()?, zone))
}

/// A time zone by its name in the database, or as it is spoken of.
pub(super) fn zone(name: &str) -> Option<TimeZone> {
    let name = name.trim().trim_matches(['(', ')']).trim();
    let spoken = name.split_whitespace().next()?.to_lowercase();
    let city = SPOKEN.iter().find(|(short, _)| *short == spoken).map(|(_, city)| *city);
    match city {
        Some("UTC") => Some(TimeZone::UTC),
        city => TimeZone::get(city.unwrap_or(name)).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_that_minutes_use() {
        for (text, expected) in [
            ("15:00", "15:00:00 -"),
            ("15:00 UTC", "15:00:00 UTC"),
            ("10am Pacific", "10:00:00 America/Los_Angeles"),
            ("12:30 pm ET", "12:30:00 America/New_York"),
            ("12 AM (CET)", "00:00:00 Europe/Paris"),
            ("4-5pm CEST", "16:00:00 Europe/Paris"),
            ("9:00 – 10:00 Asia/Kolkata", "09:00:00 Asia/Kolkata"),
            ("8am", "08:00:00 -"),
            ("1430 UTC", "14:30:00 UTC"),
            ("1430", "none"),
            ("25:00", "none"),
            ("15", "none"),
            ("noon", "none"),
            ("15:é", "none"),
        ] {
            let found = read(text).map_or("none".to_owned(), |(time, zone)| {
                let zone = zone.as_ref().map_or("-", |zone| zone.iana_name().unwrap_or("?")).to_owned();
                format!("{time} {zone}")
            });
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read() {
        for (text, expected) in [
            ("15:00", None),
            ("10am Pacific", None),
            ("10am (Pacific)", None),
            ("10am inPacific", Some("inPacific")),
            ("15:00 Europe/Pari", Some("Europe/Pari")),
            ("noon", Some("noon")),
        ] {
            assert_eq!(unread(text), expected, "{text}");
        }
    }
}
