//! What the registers list, the newest meeting first.

use super::Minutes;
use crate::document::MeetingPart;
use crate::document::slug::Ids;
use crate::lang::LanguageId;
use crate::markdown::{Body, Outcome};
use crate::site::{PageId, Site, texts};
use indexmap::IndexMap;
use std::sync::Arc;

/// A project or a person with its meetings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its name, as the newest meeting spells it.
    pub name: String,
    /// Its id on the page of the register.
    pub id: String,
    /// The meetings, the newest first.
    pub meetings: Vec<PageId>,
}

/// A meeting with what it adds to a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<T> {
    /// The meeting.
    pub meeting: PageId,
    /// What it adds, in its order.
    pub items: Vec<T>,
}

impl Minutes {
    /// Each project with every meeting that talked about it, by name.
    pub fn projects(&self, site: &Site, group: usize, language: LanguageId) -> Vec<Named> {
        self.named(site, group, language, &["projects"])
    }

    /// Each person with the meetings that name them, by name.
    pub fn people(&self, site: &Site, group: usize, language: LanguageId) -> Vec<Named> {
        self.named(site, group, language, &["host", "notetaker", "attendees"])
    }

    fn named(&self, site: &Site, group: usize, language: LanguageId, keys: &[&str]) -> Vec<Named> {
        let mut found: IndexMap<String, Named> = IndexMap::new();
        for meeting in self.of(group, language).iter().rev() {
            let page = site.page(*meeting);
            for name in keys.iter().flat_map(|key| texts(page, key)) {
                let named = found.entry(name.to_lowercase()).or_insert_with(|| Named {
                    name,
                    id: String::new(),
                    meetings: vec![],
                });
                if named.meetings.last() != Some(meeting) {
                    named.meetings.push(*meeting);
                }
            }
        }
        found.sort_by(|_, a, _, b| site.locale(language).compare(&a.name, &b.name));
        let mut ids = Ids::new();
        let with_id = |named: Named| Named { id: ids.generate(&named.name), ..named };
        found.into_values().map(with_id).collect()
    }

    /// The recordings of each meeting that has some.
    pub fn recordings(&self, site: &Site, group: usize, language: LanguageId) -> Vec<Row<String>> {
        self.rows(group, language, |meeting| texts(site.page(meeting), "recordings"))
    }

    /// The decisions or actions of each meeting that has some.
    pub fn outcomes(
        &self,
        body: &dyn Fn(PageId) -> Option<Arc<Body>>,
        group: usize,
        language: LanguageId,
        part: MeetingPart,
    ) -> Vec<Row<Outcome>> {
        self.rows(group, language, |meeting| {
            let body = body(meeting);
            let outcomes = body.iter().flat_map(|body| &body.outcomes);
            outcomes.filter(|outcome| outcome.part == part).cloned().collect()
        })
    }

    fn rows<T>(&self, group: usize, language: LanguageId, items: impl Fn(PageId) -> Vec<T>) -> Vec<Row<T>> {
        let meetings = self.of(group, language).iter().rev();
        let rows = meetings.map(|meeting| Row { meeting: *meeting, items: items(*meeting) });
        rows.filter(|row| !row.items.is_empty()).collect()
    }
}
