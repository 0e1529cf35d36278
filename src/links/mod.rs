//! Every link of every page, resolved before any HTML exists.
//!
//! In: the model. Out, by a [`Resolver`]: for each page and each of its raw links the address to write, or
//! the knowledge that the link is dead. A link leads to the page in the *reader's* language, fallback
//! included, so the same text has other links on another language's page. Nothing is fetched here.

mod find;
mod fragment;
mod memory;
mod resolve;
mod rows;
mod target;

use find::Lookups;
pub use memory::Memory;
use memory::Row;
pub use resolve::Resolver;
pub use target::{Target, encode_path};

use crate::site::PageId;
use std::sync::{Arc, OnceLock};

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

/// The links of all pages, each page's resolved when somebody first asks for them.
#[derive(Debug)]
pub struct Links {
    rows: Vec<OnceLock<Row>>,
    lookups: OnceLock<Lookups>,
}

impl Links {
    /// Room for the links of this many pages.
    pub fn new(pages: usize) -> Self {
        Self { rows: (0..pages).map(|_| OnceLock::new()).collect(), lookups: OnceLock::new() }
    }
}
