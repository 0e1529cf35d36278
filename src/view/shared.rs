//! Values that many pages share, each made once.

use super::entry::{absolute, entry};
use super::links::Changes;
use super::navigation::{Sidebars, marked};
use super::page::PageInput;
use super::query::run;
use super::{Fields, list};
use crate::config::Config;
use crate::data::{Node, Value as Data};
use crate::diag::Sink;
use crate::document::Query;
use crate::lang::{LanguageId, Plural, Strings};
use crate::minutes::{State, coming};
use crate::plan::pages::{MANIFEST, MANIFEST_TEMPLATE, icons};
use crate::search::{FOLDER, has_index};
use crate::site::{MenuLink, Page, PageId, PageKind, Site};
use crate::theme::{Answers, Theme};
use indexmap::IndexMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tera::value::Key;
use tera::{Map, Value};

/// What every template of a language sees: `site`, `lang`, `t`, `build`. One for each language.
pub type Shared = Vec<tera::Context>;

/// The shared values of a build.
#[derive(Debug)]
pub struct Views {
    /// For each language its UI strings as templates see them.
    pub strings: Vec<Value>,
    /// Last changes from git.
    pub changes: Arc<Changes>,
    /// The path before every root-relative address.
    pub base_path: String,
    contexts: Arc<Shared>,
    /// For each page its value in lists, made when the first list names it.
    entries: Vec<OnceLock<Value>>,
    sidebars: Arc<Sidebars>,
    queries: Mutex<IndexMap<(LanguageId, String), Value>>,
}

/// The path part of the site's address, without a slash at its end.
pub(crate) fn base_path(config: &Config) -> String {
    let after_scheme = config.base_url.split_once("://").map_or(config.base_url.as_str(), |(_, rest)| rest);
    let path = after_scheme.find('/').map_or("", |at| &after_scheme[at..]);
    path.trim_end_matches('/').to_owned()
}

/// What template functions answer with.
pub fn answers(config: &Config, site: &Site, strings: Arc<Strings>, theme: &Theme) -> Answers {
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
    theme: &Theme,
    data: &Value,
    coming: &[Value],
    today: jiff::civil::Date,
    preview: bool,
) -> Shared {
    let base_path = base_path(config);
    let languages = config.languages.iter();
    languages
        .map(|(id, language)| {
            let mut site_fields = site_value(config, site, theme, id, &base_path, data);
            site_fields.set("next_meeting", coming[id.index()].clone());
            super::around::around(config, id, today, &mut site_fields);
            let mut context = tera::Context::new();
            context.insert_value("site", site_fields.value());
            context.insert_value("lang", Value::from(language.tag.as_str()));
            context.insert_value("t", theme.answers().map_or_else(Value::none, |answers| strings_value(answers, id)));
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
    let search = search_value(config, site, theme, id, base_path);
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
        .set("search", search)
        .set("icons", icons_value(theme, base_path))
        .text("manifest_url", theme.has(MANIFEST_TEMPLATE).then(|| format!("{base_path}/{MANIFEST}")).as_deref())
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

/// The site's icon in pixels, the smallest first; empty if it is there as a drawing alone.
fn icons_value(theme: &Theme, base_path: &str) -> Value {
    list(icons(theme).into_iter().map(|(path, size)| {
        let mut fields = Fields::new();
        fields.set("url", format!("{base_path}/{path}")).set("size", i64::from(size));
        fields.value()
    }))
}

/// What the search of a language needs to know; none if the site is not searched.
fn search_value(config: &Config, site: &Site, theme: &Theme, id: LanguageId, base_path: &str) -> Value {
    let Some(url) = crate::plan::pages::search_url(config, theme, id) else { return Value::none() };
    let index = |id| has_index(site, id).then(|| config.languages.get(id));
    let source = config.languages.default_id();
    let other = index(source).filter(|_| source != id).map(|language| {
        let mut fields = Fields::new();
        fields.set("tag", language.tag.as_str()).set("name", language.name.as_str()).set("dir", language.direction);
        fields.value()
    });
    let mut fields = Fields::new();
    fields
        .set("url", format!("{base_path}{url}"))
        .set("folder", format!("{base_path}/{FOLDER}/"))
        .text("index", index(id).map(|language| language.tag.as_str()))
        .set("source", other);
    fields.value()
}

/// Meetings that a template can show as coming ones.
const COMING: usize = 10;

/// The coming meetings of all groups for each language, the next one first.
pub fn coming_meetings(config: &Config, now: jiff::Timestamp) -> Vec<Value> {
    let groups = config.meetings.groups.iter();
    let mut meetings: Vec<_> = groups
        .flat_map(|group| {
            let held = coming(group, now).into_iter().filter(|one| one.state != State::Cancelled);
            held.map(move |one| (one.start, group))
        })
        .collect();
    meetings.sort_by_key(|(start, _)| start.timestamp());
    meetings.truncate(COMING);
    let in_language = |language| {
        list(meetings.iter().map(|(start, group)| {
            let mut fields = Fields::new();
            fields
                .set("start", super::register::moment(start))
                .set("duration", group.duration)
                .text("group", group.name_in(&config.languages, language))
                .text("location", group.location.as_deref());
            fields.value()
        }))
    };
    config.languages.iter().map(|(language, _)| in_language(language)).collect()
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

impl Views {
    /// Room for all shared values.
    pub fn new(
        config: &Config,
        site: &Site,
        contexts: Arc<Shared>,
        sidebars: Arc<Sidebars>,
        changes: Arc<Changes>,
    ) -> Self {
        let strings = contexts.iter().map(|context| context.get("t").cloned().unwrap_or_else(Value::none)).collect();
        let entries = site.pages().iter().map(|_| OnceLock::new()).collect();
        let base_path = base_path(config);
        Self { strings, changes, base_path, contexts, entries, sidebars, queries: Mutex::default() }
    }

    /// For each language what every template sees.
    pub fn contexts(&self) -> &Shared {
        &self.contexts
    }

    /// The value of a page in lists.
    pub(super) fn entry(&self, input: &PageInput<'_>, id: PageId) -> Value {
        let make = || entry(input.site.page(id), input.site, input.config, input.links, &self.base_path);
        self.entries[id.index()].get_or_init(make).clone()
    }

    /// The declared lists of a page by name.
    pub(super) fn queries(&self, input: &PageInput<'_>, page: &Page) -> Value {
        let mut map = Map::default();
        for query in queries_of(page, input.theme) {
            map.insert(Key::from(query.name.clone()), self.query(input, query, page.language));
        }
        Value::from(map)
    }

    /// A declared list; each is run once per language.
    fn query(&self, input: &PageInput<'_>, query: &Query, language: LanguageId) -> Value {
        let key = (language, format!("{query:?}"));
        // A thread that panicked leaves the map whole: an entry is one insertion.
        let known = || self.queries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = known().get(&key) {
            return value.clone();
        }
        let value = list(run(query, input.site, language).into_iter().map(|id| self.entry(input, id)));
        known().insert(key, value.clone());
        value
    }

    /// The sidebar as a page shows it; none if its section has none.
    pub(super) fn sidebar(&self, input: &PageInput<'_>, page: PageId, sink: &mut Sink) -> Option<String> {
        let site = input.site;
        let html = self.sidebars.of(input, site.top_section(page)?, sink)?;
        let url = |id: PageId| format!("{}{}", self.base_path, site.page(id).url);
        let ancestors: Vec<String> = site.ancestors(page).map(url).collect();
        Some(marked(&html, &url(page), &ancestors))
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
