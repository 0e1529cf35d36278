//! A month's meetings as the draft of a post.

use crate::document::MeetingPart;
use crate::markdown::Outcome;
use crate::site::{Page, texts};
use crate::snapshot::Snapshot;
use jiff::civil::Date;
use std::fmt::Write as _;

/// The Markdown of the post about the month that begins on this day; none if nobody met.
pub fn status(snapshot: &Snapshot, first: Date) -> Option<String> {
    let config = &snapshot.config;
    let language = config.languages.default_id();
    let groups = 0..config.meetings.groups.len();
    let all = groups.flat_map(|group| snapshot.minutes.of(group, language)).map(|id| snapshot.site.page(*id));
    let in_month = |page: &&Page| page.date().is_some_and(|moment| moment.date.first_of_month() == first);
    let mut meetings: Vec<&Page> = all.filter(in_month).collect();
    meetings.sort_by_key(|page| page.date().map(|moment| moment.timestamp));
    let last = meetings.last()?.date()?.date;
    let held = meetings.iter().filter(|page| !is_cancelled(page)).count();
    let mut out = format!(
        "---\ntitle: \"Status, {month}\"\ndate: {last}\ndraft: true\ndescription: \"What was presented, decided and promised in the meetings of {month}.\"\n---\n\n",
        month = first.strftime("%B %Y"),
    );
    let _ = writeln!(out, "{held} of {} planned meetings took place:\n", meetings.len());
    for page in &meetings {
        let cancelled = if is_cancelled(page) { " (cancelled)" } else { "" };
        let _ = writeln!(out, "- {}{cancelled}{}", link(snapshot, page), about(page));
    }
    section(&mut out, "Projects", projects(snapshot, &meetings));
    for (title, part) in [("Decisions", MeetingPart::Decisions), ("Actions", MeetingPart::Actions)] {
        let items = meetings.iter().flat_map(|page| outcomes(snapshot, page, part));
        section(&mut out, title, items.collect());
    }
    let recordings = meetings
        .iter()
        .flat_map(|page| texts(page, "recordings").into_iter().map(|url| format!("<{url}>, {}", link(snapshot, page))));
    section(&mut out, "Recordings", recordings.collect());
    Some(out)
}

fn is_cancelled(page: &Page) -> bool {
    texts(page, "cancelled").iter().any(|text| text == "true")
}

fn section(out: &mut String, title: &str, items: Vec<String>) {
    if !items.is_empty() {
        let _ = write!(out, "\n## {title}\n\n");
        for item in items {
            let _ = writeln!(out, "- {item}");
        }
    }
}

/// A link as the post in `blog/` writes it: from file to file.
fn link(snapshot: &Snapshot, page: &Page) -> String {
    let title = page.title.replace('[', "\\[").replace(']', "\\]");
    format!("[{title}]({})", target(snapshot, page).unwrap_or_else(|| page.url.clone()))
}

fn target(snapshot: &Snapshot, page: &Page) -> Option<String> {
    let place = &snapshot.sources.file(page.file()?).place;
    let folder = &snapshot.config.languages.get(page.language).folder;
    let inside = place.strip_prefix(folder.as_str()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(place);
    Some(format!("../{inside}"))
}

fn about(page: &Page) -> String {
    page.front.description.as_deref().map(|text| format!(": {text}")).unwrap_or_default()
}

/// Each project once, with its meetings of the month.
fn projects(snapshot: &Snapshot, meetings: &[&Page]) -> Vec<String> {
    let mut found: indexmap::IndexMap<String, (String, Vec<String>)> = indexmap::IndexMap::new();
    for page in meetings {
        for name in texts(page, "projects") {
            let (_, links) = found.entry(name.to_lowercase()).or_insert_with(|| (name, vec![]));
            links.push(link(snapshot, page));
        }
    }
    let locale = snapshot.site.locale(snapshot.site.default_language);
    found.sort_by(|_, (a, _), _, (b, _)| locale.compare(a, b));
    found.into_values().map(|(name, links)| format!("**{name}**: {}", links.join(", "))).collect()
}

fn outcomes(snapshot: &Snapshot, page: &Page, part: MeetingPart) -> Vec<String> {
    let body = snapshot.body(page.id);
    let of_part = body.iter().flat_map(|body| &body.outcomes).filter(|outcome| outcome.part == part);
    let from = target(snapshot, page).unwrap_or_default();
    of_part
        .map(|outcome| format!("{}{} ({})", state(outcome), moved(&outcome.source, &from), link(snapshot, page)))
        .collect()
}

fn state(outcome: &Outcome) -> &'static str {
    match outcome.done {
        Some(true) => "[x] ",
        Some(false) => "[ ] ",
        None => "",
    }
}

/// Markdown whose relative links hold in `blog/` as they did in the file at `from`.
fn moved(source: &str, from: &str) -> String {
    let mut out = String::new();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("](") {
        out.push_str(before);
        out.push_str("](");
        let end = after.find([')', ' ']).unwrap_or(after.len());
        let target = &after[..end];
        match target {
            _ if target.contains(':') || target.starts_with('/') => out.push_str(target),
            _ if target.starts_with('#') => out.push_str(&format!("{from}{target}")),
            _ => out.push_str(&joined(from, target)),
        }
        rest = &after[end..];
    }
    out + rest
}

/// `../b.md`, seen from the file `../a/c.md`, is `../b.md`.
fn joined(from: &str, target: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_where_they_led() {
        let from = "../meetings/2025/a.md";
        for (source, wanted) in [
            ("See [it](../2024/b.md#x).", "See [it](../meetings/2024/b.md#x)."),
            ("[a](c.md) and [b](../../blog/d.md)", "[a](../meetings/2025/c.md) and [b](../blog/d.md)"),
            (
                "[a](https://example.org/x) [b](/y) [c](#z)",
                "[a](https://example.org/x) [b](/y) [c](../meetings/2025/a.md#z)",
            ),
            ("no link", "no link"),
        ] {
            assert_eq!(moved(source, from), wanted);
        }
    }
}
