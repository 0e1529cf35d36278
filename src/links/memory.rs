//! The links of the last run: a page's links are resolved again only if its text or the site has changed.

use super::Resolved;
use crate::cache::Key;
use crate::diag::Diagnostic;
use crate::site::Page;
use std::sync::Arc;

/// The links of one page, and what was wrong with them.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The text that they stand in.
    pub(super) document: Option<Key>,
    pub(super) links: Arc<[Resolved]>,
    pub(super) findings: Vec<Diagnostic>,
}

/// The rows of all pages, by their numbers, as of one state of the site.
#[derive(Debug, Default)]
pub struct Memory {
    site: Option<Key>,
    rows: Vec<Row>,
    resolved: usize,
}

impl Memory {
    /// Forgets everything unless it is of this site. The key has to tell apart all that links can see: the
    /// pages with their addresses and the files, and the anchors of every page.
    pub fn of(&mut self, site: Key) -> &mut Self {
        if self.site != Some(site) {
            *self = Self { site: Some(site), rows: vec![], resolved: self.resolved };
        }
        self
    }

    /// Is there nothing to remember?
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row of a page, if its text is the same.
    pub(super) fn row(&self, page: &Page) -> Option<&Row> {
        self.rows.get(page.id.index()).filter(|row| row.document == text_of(page))
    }

    /// Of how many pages the links were resolved since the beginning.
    pub fn resolved(&self) -> usize {
        self.resolved
    }

    pub(super) fn keep(&mut self, rows: Vec<Row>, resolved: usize) {
        self.rows = rows;
        self.resolved += resolved;
    }
}

/// What tells the text of a page from others.
pub(super) fn text_of(page: &Page) -> Option<Key> {
    page.document.as_ref().map(|document| document.digests.whole)
}
