//! Every link of every page, resolved before any HTML exists.
//!
//! In: the model. Out: [`Links`]: for each page and each of its raw links the address to write, or the
//! knowledge that the link is dead. A link leads to the page in the *reader's* language, fallback
//! included, so the same text has other links on another language's page. Nothing is fetched here.

mod fragment;
mod memory;
mod resolve;
mod target;

pub use memory::Memory;
pub use resolve::{Resolver, resolve};
pub use target::{Target, encode_path};

use crate::site::PageId;
use std::sync::Arc;

/// A resolved link.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolved {
    /// What to write instead of the author's text; none leaves that text as it is.
    pub href: Option<Arc<str>>,
    /// The page that it leads to, if it is one of the site.
    pub page: Option<PageId>,
    /// Is it an address outside the site?
    pub external: bool,
}

/// The resolved links of all pages.
#[derive(Debug, Clone, Default)]
pub struct Links {
    by_page: Vec<Arc<[Resolved]>>,
}

impl Links {
    /// The links of a page, in the order of its document's raw links.
    pub fn of(&self, page: PageId) -> &[Resolved] {
        &self.by_page[page.index()]
    }

    /// The pages that link to each page, by the page's number.
    pub fn back_links(&self) -> Vec<Vec<PageId>> {
        let mut back = vec![vec![]; self.by_page.len()];
        for (from, links) in self.by_page.iter().enumerate() {
            let from = PageId(from as u32);
            for to in links.iter().filter_map(|link| link.page).filter(|to| *to != from) {
                let list: &mut Vec<PageId> = &mut back[to.index()];
                if list.last() != Some(&from) {
                    list.push(from);
                }
            }
        }
        back
    }
}
