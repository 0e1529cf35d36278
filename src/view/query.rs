//! Lists that layouts and pages declare.

use crate::document::Query;
use crate::lang::LanguageId;
use crate::plan::pages::below;
use crate::site::{PageId, PageKind, Site};
use std::cmp::Reverse;

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
        "title" => found.sort_by_key(|id| (site.page(*id).title.clone(), site.page(*id).key.clone())),
        _ => found.sort_by_key(|id| {
            let page = site.page(*id);
            (page.front.weight.filter(|weight| *weight != 0).unwrap_or(i64::MAX), page.title.clone(), page.key.clone())
        }),
    }
    found.truncate(query.limit);
    found
}
