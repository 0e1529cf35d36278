//! The page to search from.

use super::page::render;
use crate::diag::Sink;
use crate::lang::LanguageId;
use crate::plan::pages::search_url;
use crate::snapshot::Snapshot;
use crate::view::{Unlisted, unlisted_context};

/// The page of a language.
pub(crate) fn search(snapshot: &Snapshot, language: LanguageId, sink: &mut Sink) -> Option<String> {
    let Snapshot { config, site, theme, views, .. } = snapshot;
    let url = |id: LanguageId| search_url(config, theme, id);
    let page = Unlisted {
        kind: "search",
        key: "search",
        title: "search",
        url: url(language).unwrap_or_default(),
        switch: &url,
    };
    let context = unlisted_context(config, site, views, language, &page);
    render(snapshot, "search.html", &context, &page.url, sink)
}
