//! A page as lists show it.

use super::{Fields, extra, list};
use crate::config::Config;
use crate::links::Resolver;
use crate::minutes::topics_of;
use crate::site::{Page, PageKind, Site, is_meeting};
use tera::Value;

/// The value of one page for all lists that name it.
pub(super) fn entry(page: &Page, site: &Site, config: &Config, links: Resolver<'_>, base_path: &str) -> Value {
    let text = config.languages.get(page.text_language);
    let text_of = page.document.as_ref().map(|document| document.text());
    let mut fields = Fields::new();
    fields
        .set("title", page.title.as_str())
        .set("link_title", page.link_title())
        .set("url", format!("{base_path}{}", page.url))
        .text("description", page.front.description.as_deref())
        .set("summary", text_of.map_or("", |text| &text.summary))
        .text("date", page.date().map(|moment| moment.iso()).as_deref())
        .set("lang", text.tag.as_str())
        .set("dir", text.direction)
        .set("is_fallback", page.is_fallback())
        .set("type", page.content_type.as_str())
        .set("kind", page.kind.as_str())
        .set("authors", page.front.authors.clone())
        .text("image", image(page, links, config).as_deref())
        .set("extra", extra(&page.front.extra))
        .set("weight", page.front.weight.unwrap_or(0))
        .set("minutes", text_of.map_or(0, |text| text.minutes) as i64)
        .set("count", count(page, site) as i64);
    if is_meeting(page) {
        fields.set("topics", list(topics_of(page).map(Value::from)));
    }
    fields.value()
}

fn count(page: &Page, site: &Site) -> usize {
    match page.kind {
        PageKind::Term => page.children.len(),
        PageKind::Section => crate::plan::pages::below(page, site).len(),
        _ => 0,
    }
}

/// The absolute address of the picture that stands for a page.
pub(super) fn image(page: &Page, links: Resolver<'_>, config: &Config) -> Option<String> {
    let raw = page.document.as_ref()?.picture()?;
    let index = page.document.as_ref()?.text().image? as usize;
    let resolved = links.of(page.id).get(index)?;
    match resolved.href.as_deref() {
        Some(href) => Some(absolute(config, href)),
        None => resolved.external.then(|| raw.target.clone()),
    }
}

/// A root-relative address with the site's host before it.
pub(crate) fn absolute(config: &Config, url: &str) -> String {
    if url.starts_with('/') { format!("{}{url}", config.base_url.trim_end_matches('/')) } else { url.to_owned() }
}
