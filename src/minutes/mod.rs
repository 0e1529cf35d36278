//! What the meetings of a group leave behind, gathered.
//!
//! In: the model with its meeting pages, and their bodies. Out: [`Minutes`]: for each group and language
//! the meetings in order, and the registers made from them: projects, decisions and actions, recordings,
//! people if a site asks for them. The calendar's dates come from here as well. Renders nothing.

mod clock;
mod findings;
mod registers;
mod schedule;
mod status;

pub use findings::check;
pub use registers::{Named, Row};
pub use schedule::{Occurrence, State, begins, coming, occurrences, scheduled};
pub use status::{months_beside, status};

use crate::config::{Config, MeetingGroup};
use crate::document::topics;
use crate::lang::LanguageId;
use crate::site::{Page, PageId, Site, group_number, texts};

/// The meetings of all groups.
#[derive(Debug, Clone, Default)]
pub struct Minutes {
    /// By group and language, the first meeting first.
    meetings: Vec<Vec<Vec<PageId>>>,
    /// By group and language, by name.
    projects: Vec<Vec<Vec<Named>>>,
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
        let projects = |list: &Vec<PageId>| registers::named(site, list, &["projects"]);
        let projects = meetings.iter().map(|group| group.iter().map(projects).collect()).collect();
        Self { meetings, projects }
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

/// The group that met.
pub fn group_of<'a>(config: &'a Config, page: &Page) -> Option<&'a MeetingGroup> {
    config.meetings.groups.get(group_number(config, page)?)
}

/// What a meeting talked about, besides the projects that its front matter names.
pub fn topics_of(page: &Page) -> impl Iterator<Item = &str> {
    let projects = texts(page, "projects");
    let outline = page.document.as_ref().map(|document| document.text().outline.as_slice()).unwrap_or_default();
    let titles = topics(outline).into_iter().map(|heading| heading.text.as_str());
    titles.filter(move |title| !projects.iter().any(|project| project.eq_ignore_ascii_case(title)))
}
