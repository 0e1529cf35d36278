//! The headings of a translation and those of its source.

use crate::site::{Page, Site};

/// For each heading of a page's text the id of the source's heading in its place, where both texts have
/// the same outline and the text does not have the id already. Empty for the source itself.
///
/// A translated heading answers to it, so that a link copied from the source leads here too.
pub fn paired_ids<'s>(site: &'s Site, page: &Page) -> Vec<Option<&'s str>> {
    let default = site.group(page.group).pages[site.default_language.index()];
    let source = default.filter(|id| *id != page.id).and_then(|id| site.page(id).document.as_ref());
    let (Some(source), Some(own)) = (source, &page.document) else { return vec![] };
    if source.file == own.file {
        return vec![];
    }
    let (source, own) = (source.text(), own.text());
    let levels = |text: &crate::document::Text| text.outline.iter().map(|heading| heading.level).collect::<Vec<_>>();
    if levels(source) != levels(own) {
        return vec![];
    }
    let other = |id: &'s str| (!id.is_empty() && !own.ids.contains(id)).then_some(id);
    source.outline.iter().map(|heading| other(&heading.id)).collect()
}
