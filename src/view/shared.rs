//! Values that many pages share, each made once.

use super::entry::{absolute, entry};
use super::links::Changes;
use super::navigation::{Input, Sidebars, marked, sidebars};
use super::query::run;
use super::{Fields, list};
use crate::config::Config;
use crate::data::{Node, Value as Data};
use crate::diag::Sink;
use crate::document::Query;
use crate::lang::{LanguageId, Plural, Strings};
use crate::links::Links;
use crate::minutes::coming;
use crate::site::{MenuLink, Page, PageId, PageKind, Site};
use crate::source::SourceSet;
use crate::theme::{Answers, Theme};
use indexmap::IndexMap;
use rayon::prelude::*;
use tera::value::Key;
use tera::{Map, Value};

/// The shared values of a build.
#[derive(Debug)]
pub struct Views {
    /// For each language what every template sees: `site`, `lang`, `t`, `build`.
    pub contexts: Vec<tera::Context>,
    /// For each language its UI strings as templates see them.
    pub strings: Vec<Value>,
    /// For each page its value in lists.
    pub entries: Vec<Value>,
    /// Last changes from git.
    pub changes: Changes,
    /// The path before every root-relative address.
    pub base_path: String,
    sidebars: Sidebars,
    queries: IndexMap<(LanguageId, String), Value>,
}

/// The path part of the site's address, without a slash at its end.
fn base_path(config: &Config) -> String {
    let after_scheme = config.base_url.split_once("://").map_or(config.base_url.as_str(), |(_, rest)| rest);
    let path = after_scheme.find('/').map_or("", |at| &after_scheme[at..]);
    path.trim_end_matches('/').to_owned()
}

/// What template functions answer with.
pub fn answers(config: &Config, site: &Site, strings: Strings, theme: &Theme) -> Answers {
    let mut urls: Vec<IndexMap<String, String>> = vec![IndexMap::new(); config.languages.len()];
    for page in site.pages() {
        urls[page.language.index()].insert(page.key.to_string(), page.url.clone());
    }
    Answers {
        languages: config.languages.clone(),
        strings,
        assets: theme.assets.clone(),
        inline: theme.inline.clone(),
        urls,
        base_path: base_path(config),
        base_url: config.base_url.clone(),
    }
}

/// The contexts of all languages; needs nothing rendered.
pub fn site_values(
    config: &Config,
    site: &Site,
    answers: &Answers,
    theme: &Theme,
    data: &Value,
    now: jiff::Timestamp,
    preview: bool,
) -> Vec<tera::Context> {
    let languages = config.languages.iter();
    let coming = coming_meetings(config, now);
    languages
        .map(|(id, language)| {
            let mut site_fields = site_value(config, site, theme, id, &answers.base_path, data);
            site_fields.set("next_meeting", coming.clone());
            super::around::around(config, id, now, &mut site_fields);
            let mut context = tera::Context::new();
            context.insert_value("site", site_fields.value());
            context.insert_value("lang", Value::from(language.tag.as_str()));
            context.insert_value("t", strings_value(answers, id));
            let mut build = Fields::new();
            build.set("preview", preview).set("version", env!("CARGO_PKG_VERSION"));
            context.insert_value("build", build.value());
            context
        })
        .collect()
}

fn strings_value(answers: &Answers, language: LanguageId) -> Value {
    let table = answers.strings.table(language).iter();
    let pairs = table.map(|(key, string)| {
        let text = match string {
            Plural::One(text) => text.as_str(),
            Plural::Forms(_) => string.form("other"),
        };
        (Key::from(key.clone()), Value::from(text))
    });
    Value::from(pairs.collect::<Map>())
}

fn language_value(config: &Config, id: LanguageId) -> Value {
    let language = config.languages.get(id);
    let mut fields = Fields::new();
    fields
        .set("tag", language.tag.as_str())
        .set("hreflang", language.tag.as_str())
        .set("folder", language.folder.as_str())
        .set("name", language.name.as_str())
        .set("dir", language.direction)
        .set("params", language.params.to_template());
    fields.value()
}

fn site_value(config: &Config, site: &Site, theme: &Theme, id: LanguageId, base_path: &str, data: &Value) -> Fields {
    let language = config.languages.get(id);
    let home = site.home(id).map(|home| site.page(home));
    let repository = config.repository.as_ref().map(|repository| {
        let mut fields = Fields::new();
        fields.set("url", repository.url.as_str()).set("branch", repository.branch.as_str());
        fields.value()
    });
    let taxonomies = config.taxonomies.iter().filter_map(|name| {
        let page = site.page(site.by_key(name, id)?);
        let mut fields = Fields::new();
        fields
            .set("name", name.as_str())
            .set("title", page.title.as_str())
            .set("url", format!("{base_path}{}", page.url));
        Some(fields.value())
    });
    let menus = site.menus.of(id).iter();
    let menus = menus.map(|(name, links)| (Key::from(name.clone()), menu_value(links, site, base_path)));
    let translations = crate::plan::pages::translations_url(config, site, theme, id);
    let mut theme_fields = Fields::new();
    theme_fields
        .set("params", merged(&theme.params, &config.params))
        .set("css", Value::safe_string(&theme.colours.css(&config.palette)));
    let mut fields = Fields::new();
    fields
        .set("title", language.title.as_deref().unwrap_or(&config.title))
        .set("description", language.description.as_deref().unwrap_or(&config.description))
        .set("base_url", config.base_url.as_str())
        .set("url", home.map_or_else(|| format!("{base_path}/"), |home| format!("{base_path}{}", home.url)))
        .set("language", language_value(config, id))
        .set("languages", list(config.languages.iter().map(|(id, _)| language_value(config, id))))
        .set("menus", Value::from(menus.collect::<Map>()))
        .set("params", config.params.to_template())
        .set("data", data.clone())
        .text("copyright", config.copyright.as_deref())
        .text("image", config.image.as_deref().map(|image| absolute(config, image)).as_deref())
        .set("repository", repository)
        .set("taxonomies", list(taxonomies))
        .text("translations_url", translations.map(|url| format!("{base_path}{url}")).as_deref())
        .text(
            "feed_url",
            home.filter(|home| crate::plan::pages::has_feed(home, site))
                .map(|home| format!("{base_path}{}index.xml", home.url))
                .as_deref(),
        )
        .set("theme", theme_fields.value());
    fields
}

/// Meetings that a template can show as coming ones.
const COMING: usize = 10;

/// The coming meetings of all groups, the next one first, in UTC.
fn coming_meetings(config: &Config, now: jiff::Timestamp) -> Value {
    let groups = config.meetings.groups.iter();
    let mut meetings: Vec<_> = groups
        .flat_map(|group| {
            let dates = group.schedule.iter().flat_map(move |schedule| coming(schedule, now));
            dates.map(move |(_, start)| (start, group))
        })
        .collect();
    meetings.sort_by_key(|(start, _)| *start);
    list(meetings.into_iter().take(COMING).map(|(start, group)| {
        let mut fields = Fields::new();
        fields
            .set("start", start.strftime("%Y-%m-%dT%H:%MZ").to_string())
            .set("date", start.strftime("%Y-%m-%d").to_string())
            .set("time", start.strftime("%H:%M").to_string())
            .set("duration", group.duration)
            .text("group", group.name.as_deref())
            .text("location", group.location.as_deref());
        fields.value()
    }))
}

/// The theme's settings with the site's over them.
fn merged(theme: &Node, site: &Node) -> Value {
    let mut map = Map::default();
    for entry in theme.entries().iter().chain(site.entries()) {
        if entry.node.value != Data::Null || !map.contains_key(&Key::from(entry.key.clone())) {
            map.insert(Key::from(entry.key.clone()), entry.node.to_template());
        }
    }
    Value::from(map)
}

fn menu_value(links: &[MenuLink], site: &Site, base_path: &str) -> Value {
    list(links.iter().map(|link| {
        let external = link.url.contains("://") || link.url.starts_with("mailto:");
        let internal = |url: &str| format!("{base_path}{url}");
        let home = link.page.is_some_and(|page| site.page(page).kind == PageKind::Home);
        let prefix = link.page.filter(|_| !home).map(|page| internal(&site.page(page).url));
        let mut fields = Fields::new();
        fields
            .set("label", link.label.as_str())
            .set("url", if external { link.url.clone() } else { internal(&link.url) })
            .set("external", external)
            .text("active_prefix", prefix.as_deref())
            .set("children", menu_value(&link.children, site, base_path));
        fields.value()
    }))
}

/// What the views are made from.
pub struct ViewInput<'a> {
    /// The files.
    pub sources: &'a SourceSet,
    /// The settings.
    pub config: &'a Config,
    /// The model.
    pub site: &'a Site,
    /// The links.
    pub links: &'a Links,
    /// The theme, bound.
    pub theme: &'a Theme,
    /// The languages' contexts.
    pub contexts: Vec<tera::Context>,
    /// Last changes.
    pub changes: Changes,
}

impl Views {
    /// Makes all shared values.
    pub fn new(input: ViewInput<'_>, sink: &mut Sink) -> Self {
        let ViewInput { sources, config, site, links, theme, contexts, changes } = input;
        let base_path = base_path(config);
        let entries: Vec<Value> =
            site.pages().par_iter().map(|page| entry(page, site, config, links, &base_path)).collect();
        let navigation = Input { sources, config, site, theme, contexts: &contexts, base_path: &base_path };
        let sidebars = sidebars(&navigation, sink);
        let strings = contexts.iter().map(|context| context.get("t").cloned().unwrap_or_else(Value::none)).collect();
        let mut views = Self { contexts, strings, entries, changes, base_path, sidebars, queries: IndexMap::new() };
        views.run_queries(site, theme);
        views
    }

    /// Runs each declared list once per language.
    fn run_queries(&mut self, site: &Site, theme: &Theme) {
        for page in site.pages() {
            for query in queries_of(page, theme) {
                let key = (page.language, format!("{query:?}"));
                if !self.queries.contains_key(&key) {
                    let found = run(query, site, page.language);
                    let value = list(found.into_iter().map(|id| self.entries[id.index()].clone()));
                    self.queries.insert(key, value);
                }
            }
        }
    }

    /// The declared lists of a page by name.
    pub(super) fn queries(&self, page: &Page, theme: &Theme) -> Value {
        let mut map = Map::default();
        for query in queries_of(page, theme) {
            if let Some(value) = self.queries.get(&(page.language, format!("{query:?}"))) {
                map.insert(Key::from(query.name.clone()), value.clone());
            }
        }
        Value::from(map)
    }

    /// The sidebar as a page shows it; none if its section has none.
    pub(super) fn sidebar(&self, site: &Site, page: PageId) -> Option<String> {
        let html = self.sidebars.get(&site.top_section(page)?)?;
        let url = |id: PageId| format!("{}{}", self.base_path, site.page(id).url);
        let ancestors: Vec<String> = site.ancestors(page).map(url).collect();
        Some(marked(html, &url(page), &ancestors))
    }
}

/// The lists of a page's layout, then its own, which win by name.
fn queries_of<'a>(page: &'a Page, theme: &'a Theme) -> Vec<&'a Query> {
    let layout = page.front.layout.as_ref().map_or(page.kind.as_str(), |(layout, _)| layout.as_str());
    let of_type = format!("{}/{layout}", page.content_type);
    let declared = [layout, of_type.as_str()].into_iter().filter_map(|name| theme.queries.get(name)).flatten();
    let mut queries: Vec<&Query> = vec![];
    for query in declared.chain(&page.front.queries) {
        queries.retain(|earlier| earlier.name != query.name);
        queries.push(query);
    }
    queries
}
