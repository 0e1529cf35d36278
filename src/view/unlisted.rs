//! The context of a page that is in no list.

use super::entry::absolute;
use super::page::alternate;
use super::shared::Views;
use super::{Fields, list};
use crate::config::Config;
use crate::lang::LanguageId;
use crate::site::Site;
use tera::Value;
use tera::value::Key;

/// A page that is in no list: the one for missing addresses, the state of the translations.
pub(crate) struct Unlisted<'a> {
    /// What it is.
    pub(crate) kind: &'static str,
    /// Its content key.
    pub(crate) key: &'static str,
    /// The UI string that is its title.
    pub(crate) title: &'static str,
    /// Its address.
    pub(crate) url: String,
    /// Where the switcher leads.
    pub(crate) switch: &'a dyn Fn(LanguageId) -> Option<String>,
}

/// The context of a page that is in no list.
pub(crate) fn unlisted_context(
    config: &Config,
    site: &Site,
    views: &Views,
    language: LanguageId,
    page: &Unlisted<'_>,
) -> tera::Context {
    let tag = config.languages.get(language);
    let switcher = config.languages.iter().filter_map(|(id, language)| {
        let url = (page.switch)(id).or_else(|| Some(site.page(site.home(id)?).url.clone()))?;
        let mut fields = Fields::new();
        fields
            .set("tag", language.tag.as_str())
            .set("folder", language.folder.as_str())
            .set("name", language.name.as_str())
            .set("dir", language.direction)
            .set("url", format!("{}{url}", views.base_path))
            .set("is_fallback", false)
            .set("current", language.tag == tag.tag);
        Some(fields.value())
    });
    let title = views.strings[language.index()].as_map().and_then(|strings| strings.get(&Key::Str(page.title)));
    let mut fields = Fields::new();
    fields
        .set("kind", page.kind)
        .set("type", "page")
        .set("key", page.key)
        .set("title", title.cloned().unwrap_or_else(|| Value::from(page.key)))
        .set("lang", tag.tag.as_str())
        .set("dir", tag.direction)
        .set("url", format!("{}{}", views.base_path, page.url))
        .set("noindex", true)
        .set("is_fallback", false)
        .set("translations", list(switcher));
    for none in [
        "permalink",
        "canonical",
        "description",
        "summary",
        "content",
        "image",
        "image_alt",
        "feed_url",
        "date",
        "modified",
        "commit",
        "edit_url",
        "issue_url",
        "history_url",
        "translate_url",
        "feedback",
        "parent",
        "prev",
        "next",
        "paginator",
        "register",
        "gathered",
        "fallback_language",
        "translation",
        "card",
        "markdown_url",
        "structured_data",
    ] {
        fields.set(none, Value::none());
    }
    for empty in ["alternates", "breadcrumbs", "toc", "terms", "pages", "sections", "authors"] {
        fields.set(empty, list([]));
    }
    // A page that other languages have too has an address to keep; the one for missing addresses has none.
    let others: Vec<(LanguageId, String)> =
        config.languages.iter().filter_map(|(id, _)| Some((id, (page.switch)(id)?))).collect();
    if !others.is_empty() {
        let own = absolute(config, &page.url);
        fields.set("permalink", own.as_str()).set("canonical", own.as_str());
        let tags = others.iter().map(|(id, url)| alternate(&config.languages.get(*id).tag, &absolute(config, url)));
        let default = others.iter().find(|(id, _)| *id == config.languages.default_id());
        let default = default.map(|(_, url)| alternate("x-default", &absolute(config, url)));
        fields.set("alternates", list(tags.chain(default)));
    }
    let mut context = views.contexts()[language.index()].clone();
    context.insert_value("nav", Value::none());
    context.insert_value("page", fields.value());
    context
}
