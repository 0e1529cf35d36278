//! The links of each page, resolved when somebody asks for them and kept.

use super::memory::{Memory, Row, text_of};
use super::{Resolved, Resolver};
use crate::diag::Sink;
use crate::site::{Page, PageId};
use rayon::prelude::*;

impl<'a> Resolver<'a> {
    /// The links of a page, in the order of its text's raw links.
    pub fn of(&self, page: PageId) -> &'a [Resolved] {
        &self.row(page).links
    }

    /// Takes over what is known from the last run, if that was of the same site.
    pub fn remember(&self, memory: &Memory) {
        for page in self.site.pages() {
            if let Some(row) = memory.row(page) {
                self.links.rows[page.id.index()].get_or_init(|| row.clone());
            }
        }
    }

    /// Resolves the links of all pages, and tells what is wrong with them. Fallback pages resolve theirs
    /// without findings: the source's say it.
    pub fn all(&self, memory: &mut Memory, sink: &mut Sink) {
        let pages = self.site.pages();
        let rows: Vec<Row> = pages.par_iter().map(|page| self.row(page.id).clone()).collect();
        for row in &rows {
            sink.extend_from(&row.findings);
        }
        let resolved = pages.iter().filter(|page| memory.row(page).is_none()).count();
        memory.keep(rows, resolved);
    }

    /// The pages that link to each page, by the page's number.
    pub fn back_links(&self) -> Vec<Vec<PageId>> {
        let mut back = vec![vec![]; self.site.pages().len()];
        for from in self.site.pages().iter().map(|page| page.id) {
            for to in self.of(from).iter().filter_map(|link| link.page).filter(|to| *to != from) {
                let list: &mut Vec<PageId> = &mut back[to.index()];
                if list.last() != Some(&from) {
                    list.push(from);
                }
            }
        }
        back
    }

    fn row(&self, page: PageId) -> &'a Row {
        self.links.rows[page.index()].get_or_init(|| self.resolve(self.site.page(page)))
    }

    fn resolve(&self, page: &Page) -> Row {
        let mut sink = Sink::new();
        let links = page.document.as_ref().map(|document| document.text().links.as_slice()).unwrap_or_default();
        let links = links.iter().map(|link| self.link(page, link, &mut sink)).collect();
        let findings = if page.is_fallback() { vec![] } else { sink.as_slice().to_vec() };
        Row { document: text_of(page), links, findings }
    }
}
