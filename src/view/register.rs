//! The lists that are made from meetings, and the way to them.

use super::page::PageInput;
use super::{Fields, list};
use crate::document::MeetingPart;
use crate::markdown::Outcome;
use crate::minutes::{Named, Row, begins};
use crate::plan::pages::calendar_url;
use crate::site::{Page, PageId, Register, RegisterKind, group_number, texts};
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
            fields.set("entries", named(input, minutes.projects(group, language).to_vec()));
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
        let outline = input.site.page(row.meeting).document.iter().flat_map(|document| &document.text().outline);
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

/// What the facts of a meeting page need besides its front matter: when it began, as `start`, the name of
/// its group, as `group`, and its projects with their places in the register, as `projects`.
pub(super) fn facts(input: &PageInput<'_>, page: &Page, fields: &mut Fields) {
    let Some(number) = group_number(input.config, page) else { return };
    let group = &input.config.meetings.groups[number];
    let start = begins(group, page);
    let called = texts(page, "group").into_iter().next();
    let known = called.as_deref().filter(|called| group.is_called(called));
    let name = known.and_then(|_| group.name_in(&input.config.languages, page.language)).or(called.as_deref());
    fields.text("group", name);
    let kind = RegisterKind::Projects;
    let register = input.site.registers(number, page.language);
    let register = register.into_iter().find(|page| page.register.is_some_and(|register| register.kind == kind));
    let projects = texts(page, "projects").into_iter().map(|name| {
        let entry = input.minutes.project(number, page.language, &name);
        let url = register.zip(entry).map(|(page, entry)| {
            let id = percent_encoding::utf8_percent_encode(&entry.id, percent_encoding::CONTROLS);
            format!("{}{}#{id}", input.views.base_path, page.url)
        });
        let mut fields = Fields::new();
        fields.set("name", name).text("url", url.as_deref());
        fields.value()
    });
    let projects = list(projects);
    fields.set("start", start.map_or_else(Value::none, |start| moment(&start))).set("projects", projects);
}

/// A moment for templates: in UTC for programs, and on the clocks that it was written by.
pub(super) fn moment(start: &jiff::Zoned) -> Value {
    let mut fields = Fields::new();
    fields
        .set("utc", start.timestamp().strftime("%Y-%m-%dT%H:%MZ").to_string())
        .set("date", start.strftime("%Y-%m-%d").to_string())
        .set("time", start.strftime("%H:%M").to_string())
        .set("zone", start.strftime("%Z").to_string())
        .text("zone_name", start.time_zone().iana_name());
    fields.value()
}

/// The registers and the calendar beside a page of the meetings; none for any other page.
pub(super) fn gathered(input: &PageInput<'_>, page: &Page) -> Option<Value> {
    let (config, site) = (input.config, input.site);
    let several = config.meetings.groups.len() > 1;
    let group = group_of_list(input, page);
    if group.is_none() && site.meetings(page.language) != Some(page.id) {
        return None;
    }
    let pages: Vec<&Page> = match group {
        Some(group) => site.registers(group, page.language).collect(),
        None => (0..config.meetings.groups.len()).filter_map(|group| home(input, page, group)).collect(),
    };
    let is_index = |page: &Page| page.register.is_some_and(|register| register.kind == RegisterKind::Index);
    let links = pages.into_iter().filter(|one| group.is_none() || !is_index(one)).map(|one| link(input, page, one));
    let mut fields = Fields::new();
    let calendar = group.and_then(|group| calendar_url(config, site, group, page.language));
    let calendar = calendar.map(|url| format!("{}{url}", input.views.base_path));
    let name = group
        .filter(|_| several)
        .and_then(|group| config.meetings.groups[group].name_in(&config.languages, page.language));
    fields.set("registers", list(links)).text("calendar", calendar.as_deref()).text("group", name);
    Some(fields.value())
}

/// The group that a page of the meetings is about: a register, a record, or the page of the group itself.
fn group_of_list(input: &PageInput<'_>, page: &Page) -> Option<usize> {
    let of_page = page.register.map(|register| register.group).or_else(|| group_number(input.config, page));
    let is_home = |group: &usize| home(input, page, *group).is_some_and(|home| home.id == page.id);
    of_page.or_else(|| (0..input.config.meetings.groups.len()).find(is_home))
}

/// The page of a group, made or written: below it stand its registers.
fn home<'a>(input: &PageInput<'a>, page: &Page, group: usize) -> Option<&'a Page> {
    let key = input.site.meetings_base(input.config, group)?;
    input.site.by_key(&key, page.language).map(|id| input.site.page(id))
}

/// A link of the list of registers; `title_key` is the short name of a register that has its group's name
/// in its title.
fn link(input: &PageInput<'_>, page: &Page, to: &Page) -> Value {
    let kind = to.register.map(|register| register.kind).filter(|kind| *kind != RegisterKind::Index);
    let mut fields = Fields::new();
    fields
        .set("name", to.register.map_or("", |register| register.kind.as_str()))
        .text("title_key", kind.map(RegisterKind::title_key))
        .set("title", to.title.as_str())
        .set("url", format!("{}{}", input.views.base_path, to.url))
        .set("current", to.id == page.id);
    fields.value()
}
