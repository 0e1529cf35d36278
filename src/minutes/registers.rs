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
    /// Its name as most meetings spell it, of equals the newest.
    pub name: String,
    /// What its spellings share: `openfeature`.
    pub key: String,
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
    pub fn projects(&self, group: usize, language: LanguageId) -> &[Named] {
        &self.projects[group][language.index()]
    }

    /// The project of this name, however it is spelled.
    pub fn project(&self, group: usize, language: LanguageId, name: &str) -> Option<&Named> {
        let key = key(name);
        self.projects(group, language).iter().find(|named| named.key == key)
    }

    /// Each person with the meetings that name them, by name.
    pub fn people(&self, site: &Site, group: usize, language: LanguageId) -> Vec<Named> {
        named(site, self.of(group, language), &["host", "notetaker", "attendees"])
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

/// What these keys name, with the meetings that name it, by name.
pub(super) fn named(site: &Site, meetings: &[PageId], keys: &[&str]) -> Vec<Named> {
    struct Found {
        spellings: IndexMap<String, usize>,
        meetings: Vec<PageId>,
    }
    let mut found: IndexMap<String, Found> = IndexMap::new();
    for meeting in meetings.iter().rev() {
        let page = site.page(*meeting);
        for name in keys.iter().flat_map(|key| texts(page, key)) {
            let empty = || Found { spellings: IndexMap::new(), meetings: vec![] };
            let named = found.entry(key(&name)).or_insert_with(empty);
            *named.spellings.entry(name).or_default() += 1;
            if named.meetings.last() != Some(meeting) {
                named.meetings.push(*meeting);
            }
        }
    }
    let mut all: Vec<Named> = found
        .into_iter()
        .map(|(key, Found { spellings, meetings })| {
            // Of equal counts the first one, which is the newest meeting's.
            let most = spellings.values().copied().max().unwrap_or(0);
            let name = spellings.into_iter().find(|(_, count)| *count == most);
            Named { name: name.map_or_else(String::new, |(name, _)| name), key, id: String::new(), meetings }
        })
        .collect();
    if let Some(first) = meetings.first() {
        let locale = site.locale(site.page(*first).language);
        all.sort_by(|a, b| locale.compare(&a.name, &b.name).then_with(|| a.key.cmp(&b.key)));
    }
    let mut ids = Ids::new();
    for named in &mut all {
        named.id = ids.generate(&named.name);
    }
    all
}

/// What the spellings of a name share: `Open Feature`, `open-feature` and `OpenFeature` are one.
fn key(name: &str) -> String {
    let key: String = name.chars().filter(|c| c.is_alphanumeric() || *c == '+').flat_map(char::to_lowercase).collect();
    if key.is_empty() { name.to_owned() } else { key }
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn spellings_share_a_key() {
        for name in ["Open Feature", "open-feature", "OpenFeature", "OPENFEATURE"] {
            assert_eq!(key(name), "openfeature");
        }
        assert_ne!(key("C++"), key("C"));
        assert_eq!(key("???"), "???");
    }
}
