//! A meeting as a page: front matter in YAML and a body in Markdown.

use super::format::Format;
use super::markdown::{Style, blank, text, write};
use super::model::{Meeting, Minutes, SectionKind};
use std::fmt::Write as _;

/// The page of a meeting.
pub fn page(meeting: &Meeting, group: Option<&str>, format: Format) -> String {
    let mut out = front_matter(meeting, group);
    let body = body(meeting, Style { topic_level: 3, is_markdown: format == Format::Markdown });
    if !body.is_empty() {
        out.push('\n');
        out.push_str(&body);
    }
    out
}

/// The page of the group: what stands before and after the meetings. None if that is nothing.
pub fn index_page(minutes: &Minutes, group: Option<&str>, format: Format) -> Option<String> {
    if minutes.preamble.is_empty() && minutes.epilogue.is_empty() {
        return None;
    }
    let title = group.or(minutes.title.as_deref()).unwrap_or("Meetings");
    let mut out = format!("---\ntitle: {}\ntype: meeting\n", quoted(title));
    if let Some(group) = group {
        let _ = writeln!(out, "group: {}", quoted(group));
    }
    out.push_str("---\n\n");
    let mut body = String::new();
    let style = Style { topic_level: 2, is_markdown: format == Format::Markdown };
    // The document's own name is the page's title already.
    let named = minutes.preamble.first().is_some_and(|first| first.text() == title);
    write(&minutes.preamble[usize::from(named)..], style, &mut body);
    blank(&mut body);
    write(&minutes.epilogue, style, &mut body);
    Some(out + &body)
}

/// The title that a meeting goes by.
pub fn title(meeting: &Meeting, group: Option<&str>) -> String {
    // `May 15, 2024 | Gear Guild`: a heading that says no more than whose meeting it was.
    let own =
        Some(meeting.title.as_str()).filter(|title| !group.is_some_and(|group| group.eq_ignore_ascii_case(title)));
    match (own.unwrap_or_default(), group) {
        ("", Some(group)) => format!("{group}, {}", meeting.date),
        ("", None) => format!("Meeting of {}", meeting.date),
        (title, _) => title.to_owned(),
    }
}

fn front_matter(meeting: &Meeting, group: Option<&str>) -> String {
    let mut out = format!("---\ntype: meeting\ndate: {}\ntitle: {}\n", meeting.date, quoted(&title(meeting, group)));
    let mut key = |name: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = writeln!(out, "{name}: {}", quoted(value));
        }
    };
    key("group", group);
    key("time", meeting.time.as_deref());
    for (name, person) in [("host", &meeting.host), ("notetaker", &meeting.notetaker)] {
        if let Some(person) = person {
            key(name, Some(&person.name));
            key(&format!("{name}_role"), person.role.as_deref());
        }
    }
    if meeting.cancelled {
        out.push_str("cancelled: true\n");
        if let Some(reason) = &meeting.reason {
            let _ = writeln!(out, "reason: {}", quoted(reason));
        }
    }
    attendees(meeting, &mut out);
    for (name, values) in [
        ("regrets", &meeting.regrets),
        ("recordings", &meeting.recordings),
        ("slides", &meeting.slides),
        ("projects", &meeting.projects),
        ("references", &meeting.references),
    ] {
        if !values.is_empty() {
            let _ = writeln!(out, "{name}:");
            for value in values {
                let _ = writeln!(out, "  - {}", quoted(value));
            }
        }
    }
    out + "---\n"
}

fn attendees(meeting: &Meeting, out: &mut String) {
    if meeting.attendees.is_empty() {
        return;
    }
    out.push_str("attendees:\n");
    for attendee in &meeting.attendees {
        let mut fields = vec![format!("name: {}", quoted(&attendee.name))];
        let others = [("affiliation", &attendee.affiliation), ("role", &attendee.role), ("remark", &attendee.remark)];
        fields.extend(others.iter().filter_map(|(name, value)| Some(format!("{name}: {}", quoted(value.as_deref()?)))));
        let _ = writeln!(out, "  - {{{}}}", fields.join(", "));
    }
}

fn body(meeting: &Meeting, style: Style) -> String {
    let mut out = String::new();
    let only_words = meeting.cancelled && meeting.sections.iter().all(|section| section.kind == SectionKind::Notes);
    for section in &meeting.sections {
        let name = match section.kind {
            SectionKind::Agenda => "Agenda",
            SectionKind::Notes => "Notes",
            // Written below, with what the notes mark.
            SectionKind::Decisions | SectionKind::Actions => continue,
        };
        if !only_words {
            heading(name, &mut out);
        }
        write(&section.blocks, style, &mut out);
    }
    if !meeting.decisions.is_empty() {
        heading("Decisions", &mut out);
        meeting.decisions.iter().for_each(|decision| out.push_str(&format!("- {}\n", text(&decision.text, style))));
    }
    if !meeting.actions.is_empty() {
        heading("Actions", &mut out);
        for action in &meeting.actions {
            let mark = if action.done { 'x' } else { ' ' };
            out.push_str(&format!("- [{mark}] {}\n", text(&action.text, style)));
        }
    }
    out
}

fn heading(name: &str, out: &mut String) {
    blank(out);
    out.push_str(&format!("## {name}\n\n"));
}

/// A YAML scalar: plain where that reads back as the same text, else quoted.
pub(crate) fn quoted(value: &str) -> String {
    let plain_start = value.starts_with(|c: char| c.is_alphabetic());
    let plain =
        value.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '/' | '-' | '(' | ')' | '_' | '+'));
    let word = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&value.to_lowercase().as_str());
    if plain_start && plain && !word && !value.ends_with(' ') {
        return value.to_owned();
    }
    let escaped = value.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\t'], " ");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn scalars() {
        for (value, yaml) in [
            ("Ada Byron", "Ada Byron"),
            ("10am", "\"10am\""),
            ("a: b", "\"a: b\""),
            ("say \"x\" \\ y", "\"say \\\"x\\\" \\\\ y\""),
            ("No", "\"No\""),
            ("Maël (Acme)", "Maël (Acme)"),
            ("@ada", "\"@ada\""),
        ] {
            assert_eq!(quoted(value), yaml);
        }
    }
}
