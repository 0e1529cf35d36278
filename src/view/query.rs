//! Lists that layouts and pages declare.

use crate::document::Query;
use crate::lang::LanguageId;
use crate::plan::pages::below;
use crate::site::{PageId, PageKind, Site};
use std::cmp::{Ordering, Reverse};

/// The pages that a declared list names, in its order.
pub(super) fn run(query: &Query, site: &Site, language: LanguageId) -> Vec<PageId> {
    let section = query.section.as_deref().unwrap_or_default();
    let Some(root) = site.by_key(section, language) else { return vec![] };
    let mut found = below(site.page(root), site);
    found.retain(|id| {
        let page = site.page(*id);
        page.kind == PageKind::Page && query.content_type.as_ref().is_none_or(|wanted| *wanted == page.content_type)
    });
    match query.sort.as_str() {
        "date" => found.sort_by_key(|id| {
            let page = site.page(*id);
            (Reverse(page.date().map(|moment| moment.timestamp)), page.key.clone())
        }),
        "title" => found.sort_by(|a, b| by_title(site, language, *a, *b)),
        _ => found.sort_by(|a, b| {
            let weight = |id: PageId| site.page(id).front.weight.filter(|weight| *weight != 0).unwrap_or(i64::MAX);
            weight(*a).cmp(&weight(*b)).then_with(|| by_title(site, language, *a, *b))
        }),
    }
    found.truncate(query.limit);
    found
}

/// As the language's dictionaries sort.
fn by_title(site: &Site, language: LanguageId, a: PageId, b: PageId) -> Ordering {
    let (a, b) = (site.page(a), site.page(b));
    site.locale(language).compare(&a.title, &b.title).then_with(|| a.key.cmp(&b.key))
}
