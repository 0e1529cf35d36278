//! The lists that are made from meetings: which there are, and where they stand.

use super::{Page, PageKind};
use crate::config::{Config, MeetingGroup};
use crate::data::Node;
use crate::document::{Document, MeetingPart};
use crate::source::SourceSet;
use indexmap::IndexSet;
use rayon::prelude::*;
use std::sync::Arc;

/// What a register gathers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegisterKind {
    /// The meetings of a group, where there are several groups.
    Index,
    /// Each project with the meetings that talked about it.
    Projects,
    /// Decisions and actions.
    Decisions,
    /// Recordings.
    Recordings,
    /// People with the meetings that they were at.
    People,
}

impl RegisterKind {
    /// All of them, in the order of the navigation.
    pub const ALL: [Self; 5] = [Self::Index, Self::Projects, Self::Decisions, Self::Recordings, Self::People];

    /// The last segment of its address, and the word in templates.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Index => "index",
            Self::Projects => "projects",
            Self::Decisions => "decisions",
            Self::Recordings => "recordings",
            Self::People => "people",
        }
    }

    /// The UI string that is its title; the index is called like its group.
    pub fn title_key(self) -> &'static str {
        match self {
            Self::Index => "group",
            Self::Projects => "projects",
            Self::Decisions => "decisions_and_actions",
            Self::Recordings => "recordings",
            Self::People => "people",
        }
    }

    /// Is there anything to gather in these meetings?
    fn is_wanted(self, meetings: &[&Page], config: &Config) -> bool {
        let has = |page: &&Page, key: &str| !texts(page, key).is_empty();
        let outcome = |page: &&Page| {
            let outline = page.document.iter().flat_map(|document| &document.text().outline);
            let mut parts = outline.filter_map(MeetingPart::of);
            parts.any(|part| matches!(part, MeetingPart::Decisions | MeetingPart::Actions))
        };
        match self {
            Self::Index => config.meetings.groups.len() > 1,
            Self::Projects => meetings.iter().any(|page| has(page, "projects")),
            Self::Decisions => meetings.iter().any(outcome),
            Self::Recordings => meetings.iter().any(|page| has(page, "recordings")),
            Self::People => config.meetings.index_people,
        }
    }
}

/// A page that is such a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Register {
    /// What it gathers.
    pub kind: RegisterKind,
    /// The number of the group whose meetings they are.
    pub group: usize,
}

/// The parts of the minutes that a site has, before it is known which of its documents are minutes: those of
/// every document that may be. It is one by its own `type`, by its folder, or by what a section hands down.
pub(crate) fn meeting_parts(
    sources: &SourceSet,
    config: &Config,
    documents: &[Arc<Document>],
) -> Vec<Vec<MeetingPart>> {
    if config.meetings.groups.is_empty() {
        return vec![];
    }
    let place = |document: &Document| sources.file(document.file).place.as_str();
    let below_language = |place: &'_ str| place.split_once('/').map_or_else(String::new, |(_, below)| below.to_owned());
    let of_meetings = |node: &Node| node.get("type").and_then(Node::to_text).is_some_and(|kind| kind == "meeting");
    let handed_down: IndexSet<String> = documents
        .iter()
        .filter(|document| document.front.cascade.iter().any(of_meetings))
        .map(|document| {
            below_language(place(document)).rsplit_once('/').map_or_else(String::new, |(folder, _)| folder.to_owned())
        })
        .collect();
    let may_be = |document: &&Arc<Document>| {
        let below = below_language(place(document));
        document.front.content_type.as_deref() == Some("meeting")
            || place(document).split('/').any(|part| part == "meeting")
            || handed_down.iter().any(|folder| below.starts_with(folder.as_str()))
    };
    documents.par_iter().filter(may_be).map(|document| document.text().parts()).collect()
}

/// Is the page the minutes of a meeting?
pub fn is_meeting(page: &Page) -> bool {
    page.kind == PageKind::Page && page.content_type == "meeting" && page.document.is_some()
}

/// The number of the group that met: the one that the page names, else the one whose folder it lies in, else the first.
pub fn group_number(config: &Config, page: &Page) -> Option<usize> {
    if !is_meeting(page) {
        return None;
    }
    let groups = &config.meetings.groups;
    let named = texts(page, "group").into_iter().next().unwrap_or_default();
    let is_named = |group: &MeetingGroup| group.is_called(&named);
    let by_folder = |group: &MeetingGroup| page.key.split('/').any(|folder| folder == group.id);
    Some(groups.iter().position(is_named).or_else(|| groups.iter().position(by_folder)).unwrap_or(0))
}

/// The texts of a key that holds one, several, or mappings with a name or an address.
pub fn texts(page: &Page, key: &str) -> Vec<String> {
    use crate::data::Value;
    let Some(entry) = page.front.extra.iter().find(|entry| entry.key == key) else { return vec![] };
    let items = match &entry.node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(&entry.node),
    };
    let named = |node: &Node| node.get("name").or_else(|| node.get("url")).and_then(Node::to_text);
    let texts = items.iter().filter_map(|node| node.to_text().or_else(|| named(node)));
    texts.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// The section that the registers stand below: the one of the settings, else that of the first meeting.
pub(super) fn section(pages: &[Page], config: &Config) -> Option<String> {
    let first = pages.iter().find(|page| is_meeting(page) && page.key.contains('/'));
    config.meetings.section.clone().or_else(|| Some(first?.section().to_owned()))
}

/// The content key of a register.
pub(super) fn key(section: &str, config: &Config, register: Register) -> String {
    let base = base(section, config, register.group);
    match register.kind {
        RegisterKind::Index => base,
        kind => format!("{base}/{}", kind.as_str()),
    }
}

/// The content key of a group's page, below which its registers stand: that of the section where it is the only one.
pub(super) fn base(section: &str, config: &Config, group: usize) -> String {
    match &config.meetings.groups[..] {
        [_] => section.to_owned(),
        groups => format!("{section}/{}", groups[group].id),
    }
}

/// The registers that the meetings of the site ask for.
pub(super) fn wanted(pages: &[Page], config: &Config) -> Vec<Register> {
    let mut registers = vec![];
    for group in 0..config.meetings.groups.len() {
        let meetings: Vec<&Page> = pages.iter().filter(|page| group_number(config, page) == Some(group)).collect();
        let kinds =
            RegisterKind::ALL.into_iter().filter(|kind| !meetings.is_empty() && kind.is_wanted(&meetings, config));
        registers.extend(kinds.map(|kind| Register { kind, group }));
    }
    registers
}
