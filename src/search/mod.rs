//! The search index: what readers search without a server.
//!
//! In: a [`Snapshot`](crate::snapshot::Snapshot). Out: a [`SearchIndex`], the files below `pagefind/`, sorted. Each language has
//! an index of its own, made of the pages that were written in it: fallbacks, lists and what is marked
//! `noindex` are in none. The same pages give the same bytes; nothing here is rendered by a template.

#[cfg(feature = "search")]
mod bundle;
#[cfg(feature = "search")]
mod text;

#[cfg(feature = "search")]
pub use bundle::index;

/// Without the feature `search` there is no index.
#[cfg(not(feature = "search"))]
pub fn index(_: &crate::snapshot::Snapshot) -> Result<SearchIndex, String> {
    Ok(SearchIndex::default())
}

use crate::config::Config;
use crate::lang::LanguageId;
use crate::site::{Page, PageKind, Site};
use crate::theme::Theme;

/// The folder of the index in the output.
pub(crate) const FOLDER: &str = "pagefind";

/// The files of the index.
#[derive(Debug, Clone, Default)]
pub struct SearchIndex {
    /// Path in the output and bytes, sorted by path.
    files: Vec<(String, Vec<u8>)>,
}

impl SearchIndex {
    /// The paths in the output, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(path, _)| path.as_str())
    }

    /// The bytes of the n-th file.
    pub fn bytes(&self, number: usize) -> &[u8] {
        &self.files[number].1
    }
}

/// Can the site be searched? Only if it wants to be, and if its theme has a page for it.
pub(crate) fn is_on(config: &Config, theme: &Theme) -> bool {
    cfg!(feature = "search") && config.search && theme.has("search.html")
}

/// Is the page found by searching?
pub(crate) fn is_found(page: &Page) -> bool {
    let found = match page.kind {
        PageKind::Page => true,
        PageKind::Section => says_something(page),
        PageKind::Home | PageKind::Taxonomy | PageKind::Term | PageKind::Register => false,
    };
    found && page.is_real() && page.front.noindex != Some(true)
}

/// A section may have a text of its own, or only list what is below it, as those of posts and meetings do,
/// and those of papers that are no paper themselves.
fn says_something(page: &Page) -> bool {
    let text = page.document.as_ref().is_some_and(|document| document.text().words > 0);
    text && match kind(page) {
        "page" => true,
        "paper" => page.front.extra.iter().any(|entry| entry.key == "version"),
        _ => false,
    }
}

/// Has a language pages to find? Sections alone would be an index of lists.
pub(crate) fn has_index(site: &Site, language: LanguageId) -> bool {
    site.pages().iter().any(|page| page.language == language && page.kind == PageKind::Page && is_found(page))
}

/// The group of results that a page belongs to.
fn kind(page: &Page) -> &'static str {
    match page.content_type.as_str() {
        "whitepaper" => "paper",
        "meeting" => "meeting",
        "blog" => "post",
        _ => "page",
    }
}
