//! Parents and children, in order.

use super::{Page, PageId, PageKind, Site};
use crate::lang::{LanguageId, Languages};
use indexmap::IndexMap;
use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

/// Gives every page its parent and every list its children.
pub(super) fn connect(pages: &mut [Page], languages: &Languages) {
    let lists: IndexMap<(LanguageId, Arc<str>), PageId> = pages
        .iter()
        .filter(|page| page.kind.is_list())
        .map(|page| ((page.language, page.key.clone()), page.id))
        .collect();
    let parents: Vec<Option<PageId>> = pages.iter().map(|page| parent(page, &lists)).collect();
    for (at, parent) in parents.into_iter().enumerate() {
        pages[at].parent = parent;
        if let Some(parent) = parent {
            let child = pages[at].id;
            // A term lists the pages that carry it, not what lies below it.
            if pages[parent.index()].kind != PageKind::Term {
                pages[parent.index()].children.push(child);
            }
        }
    }
    for at in 0..pages.len() {
        let mut children = std::mem::take(&mut pages[at].children);
        sort(&mut children, pages, languages);
        pages[at].children = children;
    }
}

/// The nearest list above: folders without a page of their own are passed over.
fn parent(page: &Page, lists: &IndexMap<(LanguageId, Arc<str>), PageId>) -> Option<PageId> {
    if page.kind == PageKind::Home {
        return None;
    }
    let mut key: &str = &page.key;
    loop {
        key = key.rsplit_once('/').map_or("", |(above, _)| above);
        if let Some(found) = lists.get(&(page.language, Arc::from(key))) {
            return Some(*found);
        }
        if key.is_empty() {
            return None;
        }
    }
}

/// Hugo's order: by weight, those without one last; the newest first; then by name and path.
pub(super) fn sort(ids: &mut [PageId], pages: &[Page], languages: &Languages) {
    ids.sort_by(|a, b| order(&pages[a.index()], &pages[b.index()], languages));
}

fn order(a: &Page, b: &Page, languages: &Languages) -> Ordering {
    let weight = |page: &Page| page.front.weight.filter(|weight| *weight != 0).unwrap_or(i64::MAX);
    let date = |page: &Page| Reverse(page.front.date.map(|moment| moment.timestamp));
    weight(a)
        .cmp(&weight(b))
        .then_with(|| date(a).cmp(&date(b)))
        .then_with(|| languages.get(a.language).locale.compare(a.link_title(), b.link_title()))
        .then_with(|| a.key.cmp(&b.key))
}

impl Site {
    /// The page before and after a page: by date where its siblings are dated, else in reading order.
    pub fn neighbours(&self, id: PageId) -> (Option<PageId>, Option<PageId>) {
        let page = self.page(id);
        let (Some(parent), PageKind::Page | PageKind::Section) = (page.parent, page.kind) else { return (None, None) };
        let dated = page.date().is_some() && page.front.weight.is_none();
        let row: Vec<PageId> = if dated {
            let siblings = self.page(parent).children.iter().copied();
            let mut row: Vec<PageId> = siblings.filter(|id| self.page(*id).date().is_some()).collect();
            row.sort_by_key(|id| (self.page(*id).date().map(|moment| moment.timestamp), self.page(*id).key.clone()));
            row
        } else {
            return self.reading_neighbours(id);
        };
        let at = row.iter().position(|other| *other == id);
        let before = at.and_then(|at| at.checked_sub(1)).map(|at| row[at]);
        (before, at.and_then(|at| row.get(at + 1).copied()))
    }

    /// Depth first through the topmost section, as the sidebar shows it.
    fn reading_neighbours(&self, id: PageId) -> (Option<PageId>, Option<PageId>) {
        let Some(top) = self.top_section(id) else { return (None, None) };
        let before = if id == top {
            None
        } else {
            let parent = self.page(id).parent;
            let siblings = parent.map(|parent| self.shown_children(parent)).unwrap_or_default();
            let at = siblings.iter().position(|other| *other == id).unwrap_or(0);
            match at.checked_sub(1) {
                Some(at) => Some(self.last_below(siblings[at])),
                None => parent,
            }
        };
        (before, self.after(id, top))
    }

    fn after(&self, id: PageId, top: PageId) -> Option<PageId> {
        if let Some(first) = self.shown_children(id).first() {
            return Some(*first);
        }
        let mut at = id;
        while at != top {
            let parent = self.page(at).parent?;
            let siblings = self.shown_children(parent);
            let place = siblings.iter().position(|other| *other == at)?;
            if let Some(next) = siblings.get(place + 1) {
                return Some(*next);
            }
            at = parent;
        }
        None
    }

    fn last_below(&self, id: PageId) -> PageId {
        match self.shown_children(id).last() {
            Some(last) => self.last_below(*last),
            None => id,
        }
    }

    /// The children that navigation shows.
    pub fn shown_children(&self, id: PageId) -> Vec<PageId> {
        let page = self.page(id);
        if !matches!(page.kind, PageKind::Section | PageKind::Home) {
            return vec![];
        }
        let shown = |id: &PageId| {
            let child = self.page(*id);
            child.front.toc_hide != Some(true) && matches!(child.kind, PageKind::Section | PageKind::Page)
        };
        page.children.iter().copied().filter(shown).collect()
    }
}
