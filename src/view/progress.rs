//! The page `/translations/`: how far each language is, and where help is welcome.

use super::links::RepositoryLinks;
use super::translation::{changes, language_fields, source};
use super::unlisted::{Unlisted, unlisted_context};
use super::{Fields, list};
use crate::lang::LanguageId;
use crate::plan::pages::translations_url;
use crate::site::PageKind;
use crate::snapshot::Snapshot;
use crate::translation::{PageStatus, Report, State};
use indexmap::IndexMap;
use tera::Value;

/// The states that somebody can do something about, the most urgent first.
const OPEN: [State; 5] = [State::Stale, State::Partial, State::Copied, State::Missing, State::Orphaned];

/// The context of the page of a language.
pub(crate) fn translations_context(snapshot: &Snapshot, report: &Report, language: LanguageId) -> tera::Context {
    let Snapshot { config, site, theme, views, .. } = snapshot;
    let url = |id: LanguageId| translations_url(config, site, theme, id);
    let page = Unlisted {
        kind: "translations",
        key: "translations",
        title: "translations_title",
        url: url(language).unwrap_or_default(),
        switch: &url,
    };
    let mut context = unlisted_context(config, site, views, language, &page);
    let default = config.languages.default_id();
    let mut fields = Fields::new();
    fields
        .set("source", language_fields(config, default).value())
        .set("languages", languages(snapshot, report, language))
        .set("sections", sections(snapshot, report, language))
        .set("is_source", language == default)
        .set("open", open(snapshot, report, language));
    context.insert_value("progress", fields.value());
    context
}

fn percent(part: usize, whole: usize) -> i64 {
    (part * 100).checked_div(whole).unwrap_or(100) as i64
}

/// A row for each language.
fn languages(snapshot: &Snapshot, report: &Report, here: LanguageId) -> Value {
    let Snapshot { config, site, theme, views, .. } = snapshot;
    list(report.languages.iter().map(|(id, counts)| {
        let url = translations_url(config, site, theme, *id).map(|url| format!("{}{url}", views.base_path));
        let mut fields = language_fields(config, *id);
        let states = State::ALL.iter().map(|state| {
            let mut fields = Fields::new();
            fields.set("state", state.as_str()).set("pages", counts.pages[state.as_str()] as i64);
            fields.value()
        });
        fields
            .set("dir", config.languages.get(*id).direction)
            .set("here", *id == here)
            .set("states", list(states))
            .set("words", counts.words_by_state[State::Current.as_str()] as i64)
            .set("source_words", counts.source_words as i64)
            .set("percent", percent(counts.words_by_state[State::Current.as_str()], counts.source_words))
            .text("url", url.as_deref());
        fields.value()
    }))
}

/// A row for each section of the site, in it a cell for each language: pages up to date, of how many.
fn sections(snapshot: &Snapshot, report: &Report, here: LanguageId) -> Value {
    let Snapshot { site, config, views, .. } = snapshot;
    let default = config.languages.default_id();
    let mut rows: IndexMap<&str, IndexMap<LanguageId, (i64, i64)>> = IndexMap::new();
    for status in report.pages.iter().filter(|status| status.state != State::Orphaned) {
        let first = status.key.split('/').next().unwrap_or_default();
        // A page right below the home page is a section of its own no more than that is.
        let section = site.by_key(first, default).filter(|id| site.page(*id).kind == PageKind::Section);
        let cell = rows.entry(section.map_or("", |_| first)).or_default().entry(status.language).or_default();
        cell.0 += i64::from(status.state == State::Current);
        cell.1 += 1;
    }
    list(rows.into_iter().map(|(section, cells)| {
        let page = site.by_key(section, here).or_else(|| site.by_key(section, default)).map(|id| site.page(id));
        let cells = report.languages.keys().map(|id| {
            let (current, pages) = cells.get(id).copied().unwrap_or_default();
            let mut fields = language_fields(config, *id);
            fields.set("current", current).set("pages", pages);
            fields.value()
        });
        let mut fields = Fields::new();
        fields
            .set("title", page.map_or(section, |page| page.link_title()))
            .text("url", page.map(|page| format!("{}{}", views.base_path, page.url)).as_deref())
            .set("cells", list(cells));
        fields.value()
    }))
}

/// What is to do in a language, by state.
fn open(snapshot: &Snapshot, report: &Report, language: LanguageId) -> Value {
    let of = |state: State| report.pages.iter().filter(move |page| page.language == language && page.state == state);
    let groups = OPEN.into_iter().filter(|state| of(*state).next().is_some()).map(|state| {
        let mut fields = Fields::new();
        fields.set("state", state.as_str()).set("pages", list(of(state).map(|status| open_page(snapshot, status))));
        fields.value()
    });
    list(groups)
}

fn open_page(snapshot: &Snapshot, status: &PageStatus) -> Value {
    let Snapshot { config, site, sources, views, .. } = snapshot;
    let repository = RepositoryLinks::new(config, sources);
    let url = |url: &str| format!("{}{url}", views.base_path);
    let page = status.page.map(|id| site.page(id));
    let source = source(site, config, status);
    let shown = page.or(source);
    let own = page.filter(|page| !page.is_fallback());
    let mut fields = Fields::new();
    fields
        .set("key", status.key.as_str())
        .set("title", shown.map_or("", |page| page.title.as_str()))
        .set("lang", shown.map(|page| config.languages.get(page.text_language).tag.as_str()))
        .text("url", shown.map(|page| url(&page.url)).as_deref())
        .set("guess", status.guess)
        .set("sections", changes(status, source.map(|page| url(&page.url)).as_deref()))
        .text("edit_url", own.and_then(|page| repository.edit(page.file()?)).as_deref())
        .text("start_url", page.and_then(|page| repository.translate(page)).as_deref());
    fields.value()
}
