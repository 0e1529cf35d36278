//! The lists that are made from meetings, and the way to them.

use super::page::PageInput;
use super::{Fields, list};
use crate::document::MeetingPart;
use crate::markdown::Outcome;
use crate::minutes::{Named, Row};
use crate::plan::pages::calendar_url;
use crate::site::{Page, PageId, Register, RegisterKind, group_number};
use tera::Value;

/// What a register lists; none for any other page.
pub(super) fn register(input: &PageInput<'_>, page: &Page) -> Option<Value> {
    let Register { kind, group } = page.register?;
    let (minutes, site, language) = (input.minutes, input.site, page.language);
    let body = |id| input.snapshot.body(id);
    let outcomes = |part| minutes.outcomes(&body, group, language, part);
    let mut fields = Fields::new();
    fields.set("name", kind.as_str());
    match kind {
        RegisterKind::Index => {
            let meetings = minutes.of(group, language).iter().rev();
            fields.set("meetings", list(meetings.map(|id| entry(input, *id))));
        }
        RegisterKind::Projects => {
            fields.set("entries", named(input, minutes.projects(site, group, language)));
        }
        RegisterKind::People => {
            fields.set("entries", named(input, minutes.people(site, group, language)));
        }
        RegisterKind::Recordings => {
            let rows = minutes.recordings(site, group, language);
            fields.set("rows", rows_value(input, rows, None, Value::from));
        }
        RegisterKind::Decisions => {
            for (key, part) in [("decisions", MeetingPart::Decisions), ("actions", MeetingPart::Actions)] {
                fields.set(key, rows_value(input, outcomes(part), Some(part), |item| outcome(&item)));
            }
        }
    }
    Some(fields.value())
}

fn entry(input: &PageInput<'_>, id: PageId) -> Value {
    input.views.entry(input, id)
}

fn named(input: &PageInput<'_>, entries: Vec<Named>) -> Value {
    list(entries.into_iter().map(|named| {
        let mut fields = Fields::new();
        fields
            .set("name", named.name)
            .set("id", named.id)
            .set("meetings", list(named.meetings.into_iter().map(|id| entry(input, id))));
        fields.value()
    }))
}

fn rows_value<T>(
    input: &PageInput<'_>,
    rows: Vec<Row<T>>,
    part: Option<MeetingPart>,
    value: impl Fn(T) -> Value,
) -> Value {
    list(rows.into_iter().map(|row| {
        let outline = input.site.page(row.meeting).document.iter().flat_map(|document| &document.outline);
        let heading = outline.into_iter().find(|heading| part.is_some() && MeetingPart::of(heading) == part);
        let mut fields = Fields::new();
        fields
            .set("meeting", entry(input, row.meeting))
            .text("anchor", heading.map(|heading| heading.id.as_str()))
            .set("items", list(row.items.into_iter().map(&value)));
        fields.value()
    }))
}

fn outcome(outcome: &Outcome) -> Value {
    let mut fields = Fields::new();
    fields
        .set("html", Value::safe_string(&outcome.html))
        .text("state", outcome.done.map(|done| if done { "done" } else { "open" }));
    fields.value()
}

/// The registers and the calendar beside a page of the meetings; none for any other page.
pub(super) fn gathered(input: &PageInput<'_>, page: &Page) -> Option<Value> {
    let (config, site) = (input.config, input.site);
    let several = config.meetings.groups.len() > 1;
    let section = site.meetings(page.language) == Some(page.id);
    let group = page.register.map(|register| register.group).or_else(|| group_number(config, page));
    let group = match group {
        Some(group) => Some(group),
        None if section && !several => Some(0),
        None if section => None,
        None => return None,
    };
    let registers: Vec<&Page> = match group {
        Some(group) => site.registers(group, page.language).collect(),
        None => {
            let all = (0..config.meetings.groups.len()).flat_map(|group| site.registers(group, page.language));
            all.filter(|page| page.register.is_some_and(|register| register.kind == RegisterKind::Index)).collect()
        }
    };
    let links = registers.into_iter().map(|register| {
        let mut fields = Fields::new();
        fields
            .set("name", register.register.map_or("", |register| register.kind.as_str()))
            .set("title", register.title.as_str())
            .set("url", format!("{}{}", input.views.base_path, register.url))
            .set("current", register.id == page.id);
        fields.value()
    });
    let mut fields = Fields::new();
    let calendar = group.and_then(|group| calendar_url(config, site, group));
    let calendar = calendar.map(|url| format!("{}{url}", input.views.base_path));
    fields.set("registers", list(links)).text("calendar", calendar.as_deref());
    Some(fields.value())
}
