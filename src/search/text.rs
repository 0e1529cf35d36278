//! A page as the index reads it: its title and its text, and what it is filtered and sorted by.

use super::kind;
use crate::html::{escape, escape_attribute};
use crate::site::Page;
use crate::snapshot::Snapshot;
use std::fmt::Write as _;

/// A page for the index.
pub(super) struct Text {
    /// Its address below the site's.
    pub(super) url: String,
    /// A document of HTML.
    pub(super) html: String,
}

/// The page as a document of HTML: not as readers see it, but without the frame around its text.
pub(super) fn text(snapshot: &Snapshot, page: &Page) -> Text {
    let language = &snapshot.config.languages.get(page.text_language).tag;
    let mut html = format!("<html lang=\"{}\"><body>", escape_attribute(language));
    // A picture in the text is none of the words; without this its address would be.
    mark(&mut html, "meta", "image", "");
    mark(&mut html, "filter", "kind", kind(page));
    if let Some(moment) = page.date() {
        let date = moment.iso();
        let day = date.get(..10).unwrap_or(&date);
        mark(&mut html, "meta", "date", day);
        mark(&mut html, "filter", "year", day.get(..4).unwrap_or(day));
    }
    mark(&mut html, "sort", "date", &changed(snapshot, page));
    let _ = write!(html, "<h1>{}</h1>", escape(&page.title));
    if let Some(description) = &page.front.description {
        let _ = write!(html, "<p data-pagefind-weight=\"3\">{}</p>", crate::html::inline(description));
    }
    if let Some(body) = snapshot.body(page.id) {
        html.push_str(&body.html);
    }
    html.push_str("</body></html>");
    // Pagefind sets the path before all addresses itself: it knows where its folder was found.
    Text { url: page.url.clone(), html }
}

/// What the index keeps of a page beside its words.
fn mark(html: &mut String, what: &str, name: &str, value: &str) {
    let _ = write!(html, "<i data-pagefind-{what}=\"{name}:{}\"></i>", escape_attribute(value));
}

/// The day to sort by, as a number: of publication, else of the last change.
fn changed(snapshot: &Snapshot, page: &Page) -> String {
    let own = page.date().or(page.front.lastmod).map(|moment| moment.iso());
    let commit = || Some(snapshot.views.changes.of(&snapshot.sources, page.file()?)?.date);
    let date = own.or_else(commit).unwrap_or_default();
    let digits: String = date.chars().filter(char::is_ascii_digit).take(8).collect();
    if digits.is_empty() { "0".into() } else { digits }
}
