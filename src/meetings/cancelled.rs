//! Meetings that did not take place.
//!
//! In: what a heading says and the first sentences below. Out: whether it was cancelled, and why.

/// More text than this below a heading is a meeting that took place.
const LONGEST: usize = 40;

/// The reason of a cancelled meeting; none if it took place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cancelled {
    pub(super) reason: Option<String>,
}

/// Reads the heading and the text below.
pub(super) fn cancelled<'a>(heading: &str, below: &(impl Iterator<Item = &'a str> + Clone)) -> Option<Cancelled> {
    let short = below.clone().map(|line| line.split(' ').count()).sum::<usize>() <= LONGEST;
    let in_heading = says(heading);
    let line = below.clone().take(2).find(|line| is_notice(line)).filter(|_| short || in_heading);
    if !in_heading && line.is_none() {
        return None;
    }
    let reason = reason(heading)
        .or_else(|| line.and_then(reason))
        .or_else(|| if in_heading { below.clone().find_map(reason) } else { None });
    Some(Cancelled { reason })
}

/// Whether a text says that a meeting is off.
pub(super) fn says(text: &str) -> bool {
    let text = text.to_lowercase();
    ["cancelled", "canceled", "no meeting", "meeting skipped", "skipped"].iter().any(|word| text.contains(word))
        && !text.contains("not cancel")
}

/// Whether a sentence is the notice itself: nothing but `this meeting is` stands before the word.
fn is_notice(text: &str) -> bool {
    const BEFORE: &[&str] =
        &["this", "the", "today's", "meeting", "session", "call", "is", "was", "has", "been", "weekly", "will", "be"];
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    says(&lower)
        && words
            .find(|word| !BEFORE.contains(word))
            .is_some_and(|word| word.starts_with("cancel") || word == "no" || word == "skipped")
}

/// What follows `due to`.
fn reason(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let found = ["due to ", "because of ", "because ", "on account of ", "for "]
        .iter()
        .find_map(|word| Some((lower.find(word)?, word.len())));
    let (at, length) = found.or_else(|| {
        let dash = [": ", " - ", " – ", "("].iter().find_map(|stop| Some((lower.find(stop)?, stop.len())));
        dash.filter(|(at, _)| says(&text[..*at]))
    })?;
    let rest = text.get(at + length..)?.trim().trim_end_matches(['.', ')', '!', '>', ' ']);
    (!rest.is_empty()).then(|| rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::cancelled;

    #[track_caller]
    fn check(heading: &str, below: &[&str], expected: &str) {
        let found = cancelled(heading, &below.iter().copied());
        let found =
            found.map_or("held".into(), |found| found.reason.map_or("off".into(), |reason| format!("off: {reason}")));
        assert_eq!(found, expected, "{heading} {below:?}");
    }

    #[test]
    fn cancelled_meetings() {
        check("", &["Cancelled due to holidays"], "off: holidays");
        check("", &["<< CANCELLED >>"], "off");
        check("cancelled", &["This session is cancelled due to a summit."], "off: a summit");
        check("Canceled: summit week", &[], "off: summit week");
        check("", &["No meeting because of the holidays"], "off: the holidays");
        check("10am", &["Agenda", "We talked about the cancelled release of last week and what it means"], "held");
        check("10am", &[], "held");
    }
}
