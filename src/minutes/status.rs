//! A month's meetings as the draft of a post.

use super::registers::named;
use super::topics_of;
use crate::document::MeetingPart;
use crate::lang::Locale;
use crate::markdown::Outcome;
use crate::site::{Page, PageId, texts};
use crate::snapshot::Snapshot;
use jiff::civil::Date;
use serde_json::json;
use std::fmt::Write as _;

/// The Markdown of the post about the month that begins on this day, in the site's own language; none if
/// nobody met.
pub fn status(snapshot: &Snapshot, first: Date) -> Option<String> {
    let mut meetings: Vec<&Page> = all(snapshot).filter(|page| month(page) == Some(first)).collect();
    meetings.sort_by_key(|page| page.date().map(|moment| moment.timestamp));
    let last = meetings.last()?.date()?.date;
    let language = snapshot.config.languages.default_id();
    let locale = Locale::new(&snapshot.config.languages.get(language).tag)?;
    let about_month = |key| word(snapshot, key).replace("{month}", &locale.month(first));
    let (title, text) = (about_month("status_title"), about_month("status_text"));
    let mut out = format!(
        "---\ntitle: {}\ndate: {last}\ndraft: true\ndescription: {}\n---\n\n{text}\n",
        json!(title),
        json!(text)
    );
    let held = meetings.iter().map(|page| {
        let cancelled = if is_cancelled(page) { format!(" ({})", word(snapshot, "cancelled")) } else { String::new() };
        let day = page.date().map(|moment| locale.long_date(moment.date)).filter(|_| !is_plain(page));
        let day = day.map(|day| format!("{day}: ")).unwrap_or_default();
        format!("{day}{}{cancelled}{}", link(snapshot, page), about(page))
    });
    let named = snapshot.site.meetings(language).map(|id| snapshot.site.page(id).link_title().to_owned());
    section(&mut out, &named.unwrap_or_else(|| word(snapshot, "meeting_minutes")), held.collect());
    section(&mut out, &word(snapshot, "projects"), projects(snapshot, &meetings));
    for (key, part) in [("decisions", MeetingPart::Decisions), ("actions", MeetingPart::Actions)] {
        let items = meetings.iter().flat_map(|page| outcomes(snapshot, page, part));
        section(&mut out, &word(snapshot, key), items.collect());
    }
    let recordings = meetings
        .iter()
        .flat_map(|page| texts(page, "recordings").into_iter().map(|url| format!("{}: <{url}>", link(snapshot, page))));
    section(&mut out, &word(snapshot, "recordings"), recordings.collect());
    Some(out)
}

/// The first days of the nearest months before and after one in which somebody met.
pub fn months_beside(snapshot: &Snapshot, first: Date) -> (Option<Date>, Option<Date>) {
    let months: Vec<Date> = all(snapshot).filter_map(month).collect();
    let before = months.iter().copied().filter(|month| *month < first).max();
    (before, months.into_iter().filter(|month| *month > first).min())
}

/// The meetings of all groups, in the site's own language.
fn all(snapshot: &Snapshot) -> impl Iterator<Item = &Page> {
    let language = snapshot.config.languages.default_id();
    let groups = 0..snapshot.config.meetings.groups.len();
    groups.flat_map(move |group| snapshot.minutes.of(group, language)).map(|id| snapshot.site.page(*id))
}

fn month(page: &Page) -> Option<Date> {
    page.date().map(|moment| moment.date.first_of_month())
}

/// A UI string of the site's own language.
fn word(snapshot: &Snapshot, key: &str) -> String {
    let strings = &snapshot.views.contexts()[snapshot.config.languages.default_id().index()];
    let strings = strings.get("t").and_then(|strings| strings.as_map());
    let found = strings.and_then(|strings| strings.get(&tera::value::Key::from(key.to_owned())));
    found.and_then(|text| text.as_str()).unwrap_or(key).to_owned()
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

/// Whether a title says no more than whose meeting it was and when: `TAG App Delivery, 2024-09-04`.
fn is_plain(page: &Page) -> bool {
    page.date().is_some_and(|moment| page.title.contains(&moment.date.to_string()))
}

/// A link as the post in `blog/` writes it: from file to file.
fn link(snapshot: &Snapshot, page: &Page) -> String {
    let locale = Locale::new(&snapshot.config.languages.get(page.language).tag).filter(|_| is_plain(page));
    let day = locale.zip(page.date()).map(|(locale, moment)| locale.long_date(moment.date));
    let title = day.unwrap_or_else(|| page.title.replace('[', "\\[").replace(']', "\\]"));
    format!("[{title}]({})", target(snapshot, page).unwrap_or_else(|| page.url.clone()))
}

fn target(snapshot: &Snapshot, page: &Page) -> Option<String> {
    let place = &snapshot.sources.file(page.file()?).place;
    let folder = &snapshot.config.languages.get(page.language).folder;
    let inside = place.strip_prefix(folder.as_str()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(place);
    Some(format!("../{inside}"))
}

/// The description of a meeting, else what it talked about.
fn about(page: &Page) -> String {
    let topics = || topics_of(page).map(|topic| topic.replace('[', "\\[")).collect::<Vec<_>>().join(", ");
    let text = page.front.description.clone().unwrap_or_else(topics);
    if text.is_empty() { text } else { format!(": {text}") }
}

/// Each project once, however it is spelled, with its meetings of the month.
fn projects(snapshot: &Snapshot, meetings: &[&Page]) -> Vec<String> {
    let ids: Vec<PageId> = meetings.iter().map(|page| page.id).collect();
    let found = named(&snapshot.site, &ids, &["projects"]).into_iter();
    found
        .map(|project| {
            let links = project.meetings.iter().rev().map(|id| link(snapshot, snapshot.site.page(*id)));
            format!("**{}**: {}", project.name, links.collect::<Vec<_>>().join(", "))
        })
        .collect()
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
