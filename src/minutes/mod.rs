//! What the meetings of a group leave behind, gathered.
//!
//! In: the model with its meeting pages, and their bodies. Out: [`Minutes`]: for each group and language
//! the meetings in order, and the registers made from them: projects, decisions and actions, recordings,
//! people if a site asks for them. The calendar's dates come from here as well. Renders nothing.

use crate::config::{Config, MeetingGroup};
use crate::lang::LanguageId;
use crate::site::{Page, PageId, PageKind, Site};

/// The meetings of all groups.
#[derive(Debug, Clone, Default)]
pub struct Minutes {
    /// By group and language, the first meeting first.
    meetings: Vec<Vec<Vec<PageId>>>,
}

impl Minutes {
    /// Gathers the meetings of a site.
    pub fn new(config: &Config, site: &Site) -> Self {
        let mut meetings = vec![vec![vec![]; config.languages.len()]; config.meetings.groups.len()];
        for page in site.pages() {
            if let Some(group) = group_number(config, page) {
                let list: &mut Vec<PageId> = &mut meetings[group][page.language.index()];
                list.push(page.id);
            }
        }
        for list in meetings.iter_mut().flatten() {
            list.sort_by_key(|id| {
                let page = site.page(*id);
                (page.date().map(|moment| moment.timestamp), page.key.clone())
            });
        }
        Self { meetings }
    }

    /// The meetings of a group in a language, the first one first.
    pub fn of(&self, group: usize, language: LanguageId) -> &[PageId] {
        &self.meetings[group][language.index()]
    }

    /// The meetings of the group before and after one.
    pub fn neighbours(&self, config: &Config, page: &Page) -> Option<(Option<PageId>, Option<PageId>)> {
        page.date()?;
        let row = self.of(group_number(config, page)?, page.language);
        let at = row.iter().position(|id| *id == page.id)?;
        Some((at.checked_sub(1).map(|before| row[before]), row.get(at + 1).copied()))
    }
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
    let named = page.front.extra.iter().find(|entry| entry.key == "group").and_then(|entry| entry.node.to_text());
    let is_named = |group: &MeetingGroup| {
        let name = named.as_deref().unwrap_or_default();
        group.id.eq_ignore_ascii_case(name) || group.name.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(name))
    };
    let by_folder = |group: &MeetingGroup| page.key.split('/').any(|folder| folder == group.id);
    Some(groups.iter().position(is_named).or_else(|| groups.iter().position(by_folder)).unwrap_or(0))
}

/// The group that met.
pub fn group_of<'a>(config: &'a Config, page: &Page) -> Option<&'a MeetingGroup> {
    config.meetings.groups.get(group_number(config, page)?)
}
