//! The context of one page.

use super::entry::{absolute, image};
use super::links::RepositoryLinks;
use super::shared::Views;
use super::translation::translation;
use super::{Fields, extra, list};
use crate::config::Config;
use crate::diag::Sink;
use crate::document::Heading;
use crate::links::Resolver;
use crate::minutes::Minutes;
use crate::plan::pages::{card_url, has_feed, listed, markdown_url, part_url, parts};
use crate::site::{Page, PageId, PageKind, Site};
use crate::snapshot::Snapshot;
use crate::source::SourceSet;
use crate::theme::Theme;
use tera::Value;
use tera::value::Key;

/// What the context of a page is made from.
pub struct PageInput<'a> {
    /// The files.
    pub sources: &'a SourceSet,
    /// The settings.
    pub config: &'a Config,
    /// The model.
    pub site: &'a Site,
    /// The links.
    pub links: Resolver<'a>,
    /// The theme.
    pub theme: &'a Theme,
    /// The shared values.
    pub views: &'a Views,
    /// The meetings.
    pub minutes: &'a Minutes,
    /// For what is made when somebody asks for it.
    pub snapshot: &'a Snapshot,
}

impl<'a> PageInput<'a> {
    /// What a snapshot holds.
    pub fn of(snapshot: &'a Snapshot) -> Self {
        let Snapshot { sources, config, site, theme, views, minutes, .. } = snapshot;
        let links = snapshot.links();
        Self { sources, config, site, links, theme, views, minutes, snapshot }
    }
}

/// The context of a page, or of a part of a list.
pub fn page_context(input: &PageInput<'_>, page: &Page, number: usize, sink: &mut Sink) -> tera::Context {
    let views = input.views;
    let mut context = views.contexts()[page.language.index()].clone();
    let sidebar = views.sidebar(input, page.id, sink);
    context.insert_value("nav", sidebar.map_or_else(Value::none, |html| Value::safe_string(&html)));
    context.insert_value("page", page_value(input, page, number));
    context
}

/// What shortcode templates see of the page that they stand in.
pub(crate) fn page_in_short(page: &Page, config: &Config, base_path: &str) -> Value {
    let text = config.languages.get(page.text_language);
    let mut fields = Fields::new();
    fields
        .set("title", page.title.as_str())
        .set("url", format!("{base_path}{}", page.url))
        .set("lang", text.tag.as_str())
        .set("kind", page.kind.as_str())
        .set("type", page.content_type.as_str())
        .set("extra", extra(&page.front.extra));
    fields.value()
}

fn page_value(input: &PageInput<'_>, page: &Page, number: usize) -> Value {
    let views = input.views;
    let mut fields = Fields::new();
    identity(input, page, number, &mut fields);
    text(input, page, &mut fields);
    dates_and_people(input, page, &mut fields);
    translations(input, page, &mut fields);
    neighbours(input, page, &mut fields);
    lists(input, page, number, &mut fields);
    super::register::facts(input, page, &mut fields);
    fields
        .set("register", super::register::register(input, page).unwrap_or_else(Value::none))
        .set("gathered", super::register::gathered(input, page).unwrap_or_else(Value::none))
        .set("card", card(input, page).unwrap_or_else(Value::none))
        .set("markdown_url", markdown_url(input.config, page).map(|url| format!("{}{url}", views.base_path)))
        .set("structured_data", super::structured::structured(input, page).map(|json| Value::safe_string(&json)));
    fields.value()
}

/// The picture that stands for the page, or for the page whose text it shows.
fn card(input: &PageInput<'_>, page: &Page) -> Option<Value> {
    let page = page.canonical.map_or(page, |id| input.site.page(id));
    let url = card_url(input.config, input.theme, page)?;
    let mut fields = Fields::new();
    fields.set("url", absolute(input.config, &url)).set("width", 1200).set("height", 630);
    Some(fields.with("alt", page.title.as_str()))
}

fn identity(input: &PageInput<'_>, page: &Page, number: usize, fields: &mut Fields) {
    let config = input.config;
    let front = &page.front;
    let own = if number > 1 { part_url(page, config, number) } else { page.url.clone() };
    let canonical = page.canonical.map_or(own.as_str(), |id| input.site.page(id).url.as_str());
    let text = config.languages.get(page.text_language);
    fields
        .set("kind", page.kind.as_str())
        .set("type", page.content_type.as_str())
        .text("layout", front.layout.as_ref().map(|(layout, _)| layout.as_str()))
        .set("key", &*page.key)
        .set("title", page.title.as_str())
        .set("link_title", page.link_title())
        .text("description", front.description.as_deref())
        .set("url", format!("{}{own}", input.views.base_path))
        .set("permalink", absolute(config, &own))
        .set("canonical", absolute(config, canonical))
        .set("lang", text.tag.as_str())
        .set("dir", text.direction)
        .set("weight", front.weight.unwrap_or(0))
        .set("draft", front.draft == Some(true))
        .set("noindex", front.noindex == Some(true) || kept_private(config))
        .set("toc_hide", front.toc_hide == Some(true))
        .set("notoc", front.notoc == Some(true))
        .set("no_list", front.no_list == Some(true))
        .set("extra", extra(&front.extra))
        .text("image", image(page, input.links, config).as_deref())
        .text("image_alt", front.image_alt.as_deref());
}

/// An archive that search engines are to forget.
fn kept_private(config: &Config) -> bool {
    config.around.archived.as_ref().is_some_and(|archive| archive.noindex)
}

fn text(input: &PageInput<'_>, page: &Page, fields: &mut Fields) {
    let document = page.document.as_ref().map(|document| document.text());
    let outline = document.map(|text| text.outline.as_slice()).unwrap_or_default();
    let body = input.snapshot.body(page.id);
    let shift = u8::from(document.is_some_and(|text| text.has_title_heading));
    fields
        .set("content", body.map_or_else(|| Value::from(""), |body| Value::safe_string(&body.html)))
        .set("summary", document.map_or("", |text| &text.summary))
        .set("toc", contents(outline, shift))
        .set("words", document.map_or(0, |text| text.words) as i64)
        .set("minutes", document.map_or(1, |text| text.minutes) as i64);
}

/// The headings from the second to the fourth level, nested.
fn contents(outline: &[Heading], shift: u8) -> Value {
    let shown: Vec<(u8, &Heading)> = outline
        .iter()
        .map(|heading| (heading.level + shift, heading))
        .filter(|(level, _)| (2..=4).contains(level))
        .collect();
    nest(&shown)
}

fn nest(headings: &[(u8, &Heading)]) -> Value {
    let mut items = vec![];
    let mut at = 0;
    while at < headings.len() {
        let (level, heading) = headings[at];
        let deeper = headings[at + 1..].iter().take_while(|(other, _)| *other > level).count();
        let mut fields = Fields::new();
        fields
            .set("level", i64::from(level))
            .set("id", heading.id.as_str())
            .set("title", Value::safe_string(&crate::html::escape(&heading.text)))
            .set("children", nest(&headings[at + 1..=at + deeper]));
        items.push(fields.value());
        at += deeper + 1;
    }
    list(items)
}

fn dates_and_people(input: &PageInput<'_>, page: &Page, fields: &mut Fields) {
    let front = &page.front;
    let repository = RepositoryLinks::new(input.config, input.sources);
    let file = page.file();
    let commit = file.and_then(|file| input.views.changes.of(input.sources, file));
    let modified =
        front.lastmod.map(|moment| moment.iso()).or_else(|| commit.as_ref().map(|commit| commit.date.clone()));
    let commit = commit.map(|commit| {
        let mut value = Fields::new();
        value
            .set("hash", commit.hash.as_str())
            .set("short", commit.hash.get(..7).unwrap_or(&commit.hash))
            .text("url", repository.commit(&commit.hash).as_deref());
        value.value()
    });
    let permalink = absolute(input.config, &page.url);
    let around = &input.config.around;
    // Nobody answers in an archive.
    let live = around.archived.is_none();
    let feedback = (live && around.feedback).then(|| feedback(input, &repository, page, &permalink)).flatten();
    fields
        .text("date", page.date().map(|moment| moment.iso()).as_deref())
        .text("modified", modified.as_deref())
        .text("expiry", front.expiry_date.map(|moment| moment.iso()).as_deref())
        .set("authors", front.authors.clone())
        .set("commit", commit)
        .text("edit_url", file.filter(|_| live).and_then(|file| repository.edit(file)).as_deref())
        .text("history_url", file.and_then(|file| repository.history(file)).as_deref())
        .text("issue_url", repository.issue(page, &permalink).filter(|_| live).as_deref())
        .text("translate_url", repository.translate(page).filter(|_| live).as_deref())
        .set("feedback", feedback);
}

/// Two addresses: of an issue that says that the page helped, and of one that says that it did not.
fn feedback(input: &PageInput<'_>, repository: &RepositoryLinks<'_>, page: &Page, permalink: &str) -> Option<Value> {
    let strings = input.views.strings[page.language.index()].as_map()?;
    let string = |key: &'static str| strings.get(&Key::Str(key)).and_then(Value::as_str);
    let question = string("feedback_question")?;
    let mut fields = Fields::new();
    for (field, key) in [("yes", "feedback_yes"), ("no", "feedback_no")] {
        fields.set(field, repository.feedback(page, permalink, question, string(key)?)?);
    }
    Some(fields.value())
}

fn translations(input: &PageInput<'_>, page: &Page, fields: &mut Fields) {
    let (config, site) = (input.config, input.site);
    let group = site.group(page.group);
    let mut switcher = vec![];
    let mut alternates = vec![];
    for (id, language) in config.languages.iter() {
        let Some(other) = group.pages[id.index()].map(|other| site.page(other)) else { continue };
        let mut fields = Fields::new();
        fields
            .set("tag", language.tag.as_str())
            .set("folder", language.folder.as_str())
            .set("name", language.name.as_str())
            .set("dir", language.direction)
            .set("url", format!("{}{}", input.views.base_path, other.url))
            .set("is_fallback", other.is_fallback())
            .set("current", other.id == page.id);
        switcher.push(fields.value());
        if other.is_real() {
            alternates.push(alternate(&language.tag, &absolute(config, &other.url)));
        }
    }
    // A fallback is no translation, and a site of one language has none.
    if config.languages.len() < 2 || !page.is_real() {
        alternates.clear();
    } else if let Some(default) = group.pages[config.languages.default_id().index()].map(|id| site.page(id)) {
        // Where the default language has none either, the text's own page is for everybody.
        let default = default.canonical.map_or(default, |id| site.page(id));
        alternates.push(alternate("x-default", &absolute(config, &default.url)));
    }
    let source = page.source.map(|_| {
        let language = config.languages.get(page.text_language);
        let mut fields = Fields::new();
        fields.set("tag", language.tag.as_str()).set("name", language.name.as_str());
        fields.value()
    });
    fields
        .set("translation", translation(input, page))
        .set("is_fallback", page.is_fallback())
        .set("fallback_language", source)
        .set("translations", list(switcher))
        .set("alternates", list(alternates));
}

pub(super) fn alternate(hreflang: &str, url: &str) -> Value {
    let mut fields = Fields::new();
    fields.set("hreflang", hreflang).set("url", url);
    fields.value()
}

fn neighbours(input: &PageInput<'_>, page: &Page, fields: &mut Fields) {
    let site = input.site;
    let mut above: Vec<PageId> = site.ancestors(page.id).collect();
    above.reverse();
    let short = |id: PageId| {
        let page = site.page(id);
        let mut fields = Fields::new();
        fields
            .set("title", page.link_title())
            .set("url", format!("{}{}", input.views.base_path, page.url))
            .text("date", page.date().map(|moment| moment.iso()).as_deref())
            .set("lang", input.config.languages.get(page.text_language).tag.as_str());
        fields.value()
    };
    let of_group = input.minutes.neighbours(input.config, page);
    let (before, after) = of_group.unwrap_or_else(|| site.neighbours(page.id));
    fields
        .set("breadcrumbs", list(above.into_iter().map(short)))
        .set("parent", page.parent.map(short))
        .set("prev", before.map(short))
        .set("next", after.map(short))
        .set("terms", terms(input, page));
}

fn terms(input: &PageInput<'_>, page: &Page) -> Value {
    let site = input.site;
    list(page.front.terms.iter().filter_map(|(taxonomy, labels)| {
        let title = site.by_key(taxonomy, page.language).map(|id| site.page(id).title.as_str())?;
        let terms = labels.iter().filter_map(|(label, _)| {
            let key = format!("{taxonomy}/{}", crate::document::slug::url_segment(label));
            let term = site.page(site.by_key(&key, page.language)?);
            let mut fields = Fields::new();
            fields.set("title", term.title.as_str()).set("url", format!("{}{}", input.views.base_path, term.url));
            Some(fields.value())
        });
        let mut fields = Fields::new();
        fields.set("taxonomy", taxonomy.as_str()).set("taxonomy_title", title).set("terms", list(terms));
        Some(fields.value())
    }))
}

fn lists(input: &PageInput<'_>, page: &Page, number: usize, fields: &mut Fields) {
    let (site, views) = (input.site, input.views);
    let entry = |id: PageId| views.entry(input, id);
    let size = input.config.pagination.size;
    let count = parts(page, input.config, site, input.theme);
    let all = if page.kind == PageKind::Page { vec![] } else { listed(page, site, input.theme) };
    let shown = if count > 1 { all.chunks(size).nth(number - 1).unwrap_or_default() } else { all.as_slice() };
    let sections = page.children.iter().copied().filter(|id| site.page(*id).kind == PageKind::Section);
    let sections = if page.kind == PageKind::Term { list([]) } else { list(sections.map(entry)) };
    let feed = has_feed(page, site).then(|| format!("{}{}index.xml", views.base_path, page.url));
    fields
        .set("pages", list(shown.iter().copied().map(entry)))
        .set("sections", sections)
        .set("queries", views.queries(input, page))
        .set("paginator", (count > 1).then(|| paginator(input, page, number, count, all.len())))
        .text("feed_url", feed.as_deref());
}

fn paginator(input: &PageInput<'_>, page: &Page, number: usize, count: usize, total: usize) -> Value {
    let url = |at: usize| {
        let url = if at == 1 { page.url.clone() } else { part_url(page, input.config, at) };
        format!("{}{url}", input.views.base_path)
    };
    let items = (1..=count).map(|at| {
        let mut fields = Fields::new();
        fields.set("number", at as i64).set("url", url(at)).set("current", at == number);
        fields.value()
    });
    let mut fields = Fields::new();
    fields
        .set("number", number as i64)
        .set("total", total as i64)
        .set("items", list(items))
        .text("previous", (number > 1).then(|| url(number - 1)).as_deref())
        .text("next", (number < count).then(|| url(number + 1)).as_deref());
    fields.value()
}
