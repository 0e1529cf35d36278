//! What of a meeting's front matter cannot be read: its hour and its time zone.
//!
//! In: the model. Out: findings. The pages show such a value as it is written.

use super::clock;
use crate::data::Entry;
use crate::diag::{Code, Diagnostic, Sink};
use crate::site::{Site, is_meeting};

/// Finds hours and time zones that nobody can put into a calendar.
pub fn check(site: &Site, sink: &mut Sink) {
    for page in site.pages().iter().filter(|page| is_meeting(page) && !page.is_fallback()) {
        let entries = page.front.extra.iter();
        for entry in entries.filter(|entry| matches!(entry.key.as_str(), "time" | "timezone")) {
            if let Some(finding) = finding(entry) {
                sink.push(finding);
            }
        }
    }
}

fn finding(entry: &Entry) -> Option<Diagnostic> {
    let text = entry.node.to_text().unwrap_or_default();
    let (wrong, what) = match entry.key.as_str() {
        "timezone" => (Some(text.trim()).filter(|name| clock::zone(name).is_none()), "no time zone"),
        _ => (clock::unread(&text), "no hour with a time zone"),
    };
    let message = format!("`{}` is {what} that can be read, so it is shown as it stands", wrong?);
    let hint = match entry.key.as_str() {
        "timezone" => "write a name of the time zone database: `timezone: Europe/Paris`",
        _ => "write for example `time: \"16:00 Europe/Paris\"`, `time: 8am Pacific` or `time: \"15:00\"`",
    };
    Some(Diagnostic::new(Code::MeetingTime, entry.node.span, message).hint(hint))
}
