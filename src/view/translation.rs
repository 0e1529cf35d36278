//! What readers see of the state of translations: on a translated page, and on the page of all of them.

use super::page::PageInput;
use super::{Fields, list};
use crate::config::Config;
use crate::lang::LanguageId;
use crate::links::encode_path;
use crate::plan::pages::translations_url;
use crate::site::{Page, Site};
use crate::translation::{Change, PageStatus, State};
use tera::Value;

/// `page.translation`: how the page stands to its source; none for sources, fallbacks and lists.
pub(super) fn translation(input: &PageInput<'_>, page: &Page) -> Value {
    let status = if page.is_fallback() { None } else { input.snapshot.translation(page.id) };
    let Some(status) = status.as_deref() else { return Value::none() };
    let source = source(input.site, input.config, status);
    let url = |page: &Page| format!("{}{}", input.views.base_path, page.url);
    let status_url = translations_url(input.config, input.site, input.theme, page.language);
    let mut fields = Fields::new();
    fields
        .set("state", status.state.as_str())
        .set("guess", status.guess)
        .set("sections", changes(status, source.map(url).as_deref()))
        .set("source", source.map(|source| language_fields(input.config, source.language).with("url", url(source))))
        .text("status_url", status_url.map(|url| format!("{}{url}", input.views.base_path)).as_deref());
    fields.value()
}

/// The page that a status compares with.
pub(super) fn source<'s>(site: &'s Site, config: &Config, status: &PageStatus) -> Option<&'s Page> {
    let found = site.by_key(&status.key, config.languages.default_id()).map(|id| site.page(id));
    found.filter(|_| status.state != State::Orphaned)
}

/// What changed, each with the place in the source. What is gone has none.
pub(super) fn changes(status: &PageStatus, source: Option<&str>) -> Value {
    let place = |change: &Change| match (source, change.kind.is_there(), change.id.as_str()) {
        (Some(source), true, "") => Some(source.to_owned()),
        (Some(source), true, id) => Some(format!("{source}#{}", encode_path(id))),
        _ => None,
    };
    list(status.sections.iter().map(|change| {
        let mut fields = Fields::new();
        fields
            .set("title", change.title.as_str())
            .set("change", change.kind.as_str())
            .text("url", place(change).as_deref());
        fields.value()
    }))
}

/// A language by tag and name.
pub(super) fn language_fields(config: &Config, id: LanguageId) -> Fields {
    let language = config.languages.get(id);
    let mut fields = Fields::new();
    fields.set("tag", language.tag.as_str()).set("name", language.name.as_str());
    fields
}
