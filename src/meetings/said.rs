//! What a heading says besides the day: a title and a time.

use super::date::Found;

/// Title and time.
pub(super) fn said(day: &Found) -> (String, Option<String>) {
    let text = [day.before.as_str(), &day.after]
        .iter()
        .filter(|text| !text.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" - ");
    let text = text.replace("(template)", "");
    let (mut title, mut time) = (vec![], None);
    for piece in text
        .split([',', '|', '–', '—'])
        .flat_map(|piece| piece.split(" - "))
        .map(|piece| piece.trim().trim_matches(['(', ')', '*', '#', ' ']))
    {
        if piece.is_empty() {
            continue;
        }
        match time_length(piece) {
            Some(length) if time.is_none() => {
                time = Some(piece[..length].trim().to_owned());
                let rest = piece[length..].trim();
                title.extend((!rest.is_empty()).then(|| rest.to_owned()));
            }
            _ => title.push(piece.to_owned()),
        }
    }
    (title.join(" - "), time)
}

/// How much of a text is a time: `10am inPacific`, `1400 UTC`.
fn time_length(text: &str) -> Option<usize> {
    let word = text.split(' ').next()?;
    let lower = word.to_lowercase();
    let digits = lower.starts_with(|c: char| c.is_ascii_digit());
    let clock = digits
        && (lower.ends_with("am")
            || lower.ends_with("pm")
            || lower.contains(':')
            || (lower.len() == 4 && lower.bytes().all(|b| b.is_ascii_digit())));
    if !clock {
        return None;
    }
    let mut length = word.len();
    for zone in text[word.len()..].split_inclusive(' ') {
        let name = zone.trim();
        let a_zone = name.is_empty()
            || matches!(
                name,
                "am" | "pm" | "AM" | "PM" | "Pacific" | "inPacific" | "Eastern" | "Time" | "UK" | "-" | "to"
            )
            || (name.len() >= 2 && name.len() <= 5 && name.chars().all(|c| c.is_ascii_uppercase()));
        if !a_zone {
            break;
        }
        length += zone.len();
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::super::date;
    use super::*;

    #[track_caller]
    fn check(heading: &str, title: &str, time: Option<&str>) {
        let day = date::find(heading, 20).expect("a day");
        assert_eq!(said(&day), (title.to_owned(), time.map(str::to_owned)), "{heading}");
    }

    #[test]
    fn what_headings_say() {
        check("2024-05-15", "", None);
        check("2023-11-06 - Summit Chicago", "Summit Chicago", None);
        check("Wed 9 Dec - 10am Pacific", "", Some("10am Pacific"));
        check("Wed 14 Oct - 10am Pacific (template)", "", Some("10am Pacific"));
        check("Wed 23 Sept - 10am inPacific", "", Some("10am inPacific"));
        check("Tue 3 March - 1400 UTC Scaler meeting", "Scaler meeting", Some("1400 UTC"));
        check("Weekly call – 5 March 2025", "Weekly call", None);
    }
}
