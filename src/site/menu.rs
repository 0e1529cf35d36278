//! Menus: what `site.yaml` and the pages themselves put into them, per language.

use super::{Page, PageId, Site};
use crate::config::{Config, MenuItem};
use crate::diag::{Code, Diagnostic, Sink, nearest};
use crate::lang::{LanguageId, Locale};
use indexmap::IndexMap;

/// Menus by language and name.
#[derive(Debug, Clone, Default)]
pub struct Menus(Vec<IndexMap<String, Vec<MenuLink>>>);

/// An entry of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuLink {
    /// What it is called.
    pub label: String,
    /// Where it leads.
    pub url: String,
    /// The page it leads to, if it is one of the site.
    pub page: Option<PageId>,
    /// The entries below it.
    pub children: Vec<MenuLink>,
}

impl Menus {
    /// The menus of a language.
    pub fn of(&self, language: LanguageId) -> &IndexMap<String, Vec<MenuLink>> {
        &self.0[language.index()]
    }
}

/// An entry before it is hung below its parent.
struct Draft {
    identifier: String,
    parent: Option<String>,
    weight: i64,
    link: MenuLink,
}

/// Builds the menus of all languages.
pub(super) fn menus(site: &Site, config: &Config, sink: &mut Sink) -> Menus {
    let mut all = vec![];
    for (language, rules) in config.languages.iter() {
        let mut drafts: IndexMap<String, Vec<Draft>> = IndexMap::new();
        for (name, items) in &config.menus {
            let entries = items.iter().filter_map(|item| from_item(item, site, config, language, sink));
            drafts.entry(name.clone()).or_default().extend(entries);
        }
        for page in site.pages().iter().filter(|page| page.language == language) {
            from_page(page, &mut drafts);
        }
        all.push(drafts.into_iter().map(|(name, drafts)| (name, hang(drafts, &rules.locale))).collect());
    }
    Menus(all)
}

fn from_item(item: &MenuItem, site: &Site, config: &Config, language: LanguageId, sink: &mut Sink) -> Option<Draft> {
    let folder = &config.languages.get(language).folder;
    if item.language.as_ref().is_some_and(|only| only != folder) {
        return None;
    }
    let path = item.target.split('#').next().unwrap_or_default();
    let page = if item.internal { internal(path, site, config, language) } else { None };
    if item.internal && page.is_none() && !is_file(path) {
        if language == config.languages.default_id() {
            let message = format!("the menu leads to `{}`, which is no page", item.target);
            let hint = nearest(path.trim_matches('/'), site.keys()).map(|key| format!("did you mean `/{key}/`?"));
            sink.push(
                Diagnostic::new(Code::DeadLink, item.span, message)
                    .maybe_hint(hint)
                    .hint("name a page as `/wgs/`, or another site by its whole URL"),
            );
        }
        return None;
    }
    let default = &config.languages.get(config.languages.default_id()).folder;
    let label = match &item.label {
        Some(label) => label.of(&[folder, default]).map(str::to_owned),
        None => page.map(|page| site.page(page).link_title().to_owned()),
    };
    let fragment = item.target.find('#').map_or("", |at| &item.target[at..]);
    let url = page.map_or_else(|| item.target.clone(), |page| format!("{}{fragment}", site.page(page).url));
    let label = label.unwrap_or_else(|| item.target.clone());
    let identifier = item.identifier.clone().unwrap_or_else(|| label.clone());
    let children = item.children.iter().filter_map(|child| from_item(child, site, config, language, sink));
    let children = children.map(|draft| draft.link).collect();
    let link = MenuLink { label, url, page, children };
    Some(Draft { identifier, parent: item.parent.clone(), weight: item.weight, link })
}

fn internal(path: &str, site: &Site, config: &Config, language: LanguageId) -> Option<PageId> {
    let key = path.trim_matches('/');
    site.by_key(key, language).or_else(|| {
        let default =
            site.by_url(&super::route::prefixed(config.languages.prefix(config.languages.default_id()), key))?;
        site.translation(default, language)
    })
}

/// `/papers/platforms.pdf` is a file, and checked where files are.
fn is_file(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|last| last.contains('.'))
}

fn from_page(page: &Page, drafts: &mut IndexMap<String, Vec<Draft>>) {
    for entry in &page.front.menus {
        let list = drafts.entry(entry.menu.clone()).or_default();
        // The settings win over the page; an entry that leads to a part of the page is another one.
        if list.iter().any(|draft| draft.link.url == page.url) {
            continue;
        }
        let label = entry.name.clone().unwrap_or_else(|| page.link_title().to_owned());
        let identifier = entry.identifier.clone().unwrap_or_else(|| label.clone());
        let link = MenuLink { label, url: page.url.clone(), page: Some(page.id), children: vec![] };
        let weight = if entry.weight == 0 { page.front.weight.unwrap_or(0) } else { entry.weight };
        list.push(Draft { identifier, parent: entry.parent.clone(), weight, link });
    }
}

/// Sorts by weight and name, and hangs each entry below its parent.
fn hang(mut drafts: Vec<Draft>, locale: &Locale) -> Vec<MenuLink> {
    drafts.sort_by(|a, b| a.weight.cmp(&b.weight).then_with(|| locale.compare(&a.link.label, &b.link.label)));
    let names: Vec<String> = drafts.iter().map(|draft| draft.identifier.clone()).collect();
    let below = |name: &str| -> Vec<MenuLink> {
        let of = drafts.iter().filter(|draft| draft.parent.as_deref() == Some(name) && draft.identifier != name);
        of.map(|draft| draft.link.clone()).collect()
    };
    let top = drafts.iter().filter(|draft| draft.parent.as_ref().is_none_or(|parent| !names.contains(parent)));
    top.map(|draft| {
        let mut link = draft.link.clone();
        link.children.extend(below(&draft.identifier));
        link
    })
    .collect()
}
