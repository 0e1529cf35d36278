//! Outputs that are rendered.

use super::{Entry, Name, Origin, Output, path_of};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Span};
use crate::site::{Page, PageId, PageKind, Site, group_number};
use crate::theme::Theme;

/// Pages, the parts of long lists, and redirects.
pub(super) fn pages(config: &Config, site: &Site, theme: &Theme) -> Vec<Origin> {
    let mut origins = vec![];
    for page in site.pages() {
        let origin = |path: String, output: Output| Origin {
            entry: Entry { path, output },
            file: page.file(),
            echo: page.is_fallback(),
            name: Name::Page(page.id),
        };
        origins.push(origin(path_of(&page.url), Output::Page { page: page.id, number: 1 }));
        let parts = parts(page, config, site, theme);
        for number in 2..=parts {
            origins.push(origin(path_of(&part_url(page, config, number)), Output::Page { page: page.id, number }));
        }
        if is_paginated(page, theme) {
            // The first part has always answered to its number too.
            origins.push(origin(path_of(&part_url(page, config, 1)), Output::Redirect { to: page.id }));
        }
        if let Some(url) = markdown_url(config, page) {
            origins.push(origin(path_of(&url), Output::Markdown(page.id)));
        }
        if let Some(url) = card_url(config, theme, page) {
            origins.push(origin(path_of(&url), Output::Card(page.id)));
        }
        if has_feed(page, site) {
            origins.push(origin(format!("{}index.xml", page.url.trim_start_matches('/')), Output::Feed(page.id)));
        }
    }
    for (url, alias) in site.aliases() {
        let name = Name::Alias(alias.page);
        let entry = Entry { path: path_of(url), output: Output::Redirect { to: alias.page } };
        let echo = site.page(alias.page).is_fallback();
        origins.push(Origin { entry, file: Some(alias.span.file), echo, name });
    }
    origins
}

/// The name of the web manifest.
pub(crate) const MANIFEST: &str = "site.webmanifest";
/// Its template.
pub(crate) const MANIFEST_TEMPLATE: &str = "manifest.json";
/// The theme's asset that icons are made from.
pub(crate) const ICON: &str = "favicon.svg";
/// The icons in pixels, with their sizes.
const ICONS: [(&str, u32); 3] = [("apple-touch-icon.png", 180), ("icon-192.png", 192), ("icon-512.png", 512)];

/// The icons in pixels that are made, if they can be.
pub(crate) fn icons(theme: &Theme) -> Vec<(&'static str, u32)> {
    let made = cfg!(feature = "cards") && theme.assets.get(ICON).is_some();
    if made { ICONS.to_vec() } else { vec![] }
}

/// Outputs of the site as a whole.
pub(super) fn generated(config: &Config, site: &Site, theme: &Theme) -> Vec<Origin> {
    let mut entries = vec![
        ("sitemap.xml".to_owned(), Output::Sitemap),
        ("robots.txt".to_owned(), Output::Robots),
        ("_redirects".to_owned(), Output::Redirects),
        ("_headers".to_owned(), Output::Headers),
    ];
    for (id, _) in config.languages.iter() {
        entries.push((path_of(&super::pages::not_found_url(config, id)), Output::NotFound(id)));
    }
    if config.languages.len() > 1 {
        entries.push(("translations.json".to_owned(), Output::TranslationsJson));
        let pages =
            config.languages.iter().filter_map(|(id, _)| Some((id, translations_url(config, site, theme, id)?)));
        entries.extend(pages.map(|(id, url)| (path_of(&url), Output::Translations(id))));
    }
    let pages = config.languages.iter().filter_map(|(id, _)| Some((id, search_url(config, theme, id)?)));
    entries.extend(
        pages.filter(|(_, url)| site.by_url(url).is_none()).map(|(id, url)| (path_of(&url), Output::Search(id))),
    );
    if config.llms {
        let lists = config.languages.iter().filter(|(id, _)| site.home(*id).is_some());
        entries.extend(lists.map(|(id, _)| (path_of(&llms_url(config, id)), Output::Llms(id))));
    }
    if theme.has(MANIFEST_TEMPLATE) {
        entries.push((MANIFEST.to_owned(), Output::Manifest));
    }
    entries.extend(icons(theme).into_iter().map(|(path, size)| (path.to_owned(), Output::Icon(size))));
    let default = config.languages.default_id();
    for group in 0..config.meetings.groups.len() {
        for (language, _) in config.languages.iter() {
            let url = calendar_url(config, site, group, language);
            entries.extend(url.map(|url| (path_of(&url), Output::Calendar { group, language })));
        }
    }
    let folder = &config.languages.get(default).folder;
    if let (Some(home), None) = (site.home(default), site.by_url(&format!("/{folder}/"))) {
        entries.push((format!("{folder}/index.html"), Output::Redirect { to: home }));
    }
    let origin =
        |(path, output)| Origin { entry: Entry { path, output }, file: None, echo: false, name: Name::Generated };
    entries.into_iter().map(origin).collect()
}

/// The address of a group's calendar in a language, if the group has met or is to meet.
pub(crate) fn calendar_url(
    config: &Config,
    site: &Site,
    group: usize,
    language: crate::lang::LanguageId,
) -> Option<String> {
    let scheduled = !config.meetings.groups[group].schedules.is_empty();
    let met = scheduled || site.pages().iter().any(|page| group_number(config, page) == Some(group));
    let base = site.meetings_base(config, group).filter(|_| met)?;
    Some(match config.languages.prefix(language) {
        "" => format!("/{base}/meetings.ics"),
        prefix => format!("/{prefix}/{base}/meetings.ics"),
    })
}

/// The address of a language's page for missing pages.
pub(crate) fn not_found_url(config: &Config, language: crate::lang::LanguageId) -> String {
    match config.languages.prefix(language) {
        "" => "/404.html".into(),
        prefix => format!("/{prefix}/404.html"),
    }
}

/// The address of a page as Markdown: beside the page. Lists have none, and a text has one, at its own page.
pub(crate) fn markdown_url(config: &Config, page: &Page) -> Option<String> {
    let text = page.document.is_some() && page.is_real() && page.front.noindex != Some(true);
    (config.llms && text && page.url.ends_with('/')).then(|| format!("{}index.md", page.url))
}

/// The theme's template of cards.
pub(crate) const CARD: &str = "card.svg";

/// The address of a page's card, if it gets one: beside the page. A page with a picture of its own needs
/// none, unless that is a drawing, which no preview of links shows; and a title with a letter that no font
/// here has cannot be set.
pub(crate) fn card_url(config: &Config, theme: &Theme, page: &Page) -> Option<String> {
    let text = page.document.as_ref().filter(|_| page.is_real() && page.front.noindex != Some(true))?;
    let own = || text.picture().is_some_and(|picture| !picture.target.ends_with(".svg"));
    let wanted = config.cards && theme.has(CARD) && page.url.ends_with('/') && !own();
    (wanted && theme.covers(&page.title)).then(|| format!("{}card.png", page.url))
}

/// Titles that cannot be set, one finding for each of the site's own texts.
pub(super) fn without_card(config: &Config, site: &Site, theme: &Theme) -> Vec<Diagnostic> {
    if !config.cards || !cfg!(feature = "cards") || !theme.has(CARD) {
        return vec![];
    }
    let bare = site.pages().iter().filter(|page| page.is_real() && !theme.covers(&page.title));
    let told = bare.filter_map(|page| {
        let message = format!("no font here has all letters of “{}”, so the page gets no card", page.title);
        let hint = "add a font of that script to the folder `fonts/` of the theme, or give the page an `image`";
        Some(Diagnostic::new(Code::CardFont, Span::file(page.file()?), message).hint(hint))
    });
    told.collect()
}

/// The address of the list of a language's pages for programs that read text.
fn llms_url(config: &Config, language: crate::lang::LanguageId) -> String {
    match config.languages.prefix(language) {
        "" => "/llms.txt".to_owned(),
        prefix => format!("/{prefix}/llms.txt"),
    }
}

/// The address of the page to search from, in a language. A site may write a page of its own there.
pub(crate) fn search_url(config: &Config, theme: &Theme, language: crate::lang::LanguageId) -> Option<String> {
    let url = match config.languages.prefix(language) {
        "" => "/search/".to_owned(),
        prefix => format!("/{prefix}/search/"),
    };
    crate::search::is_on(config, theme).then_some(url)
}

/// The address of a language's page on the state of the translations. A site of one language has none,
/// nor has one that writes a page of its own at that address.
pub(crate) fn translations_url(
    config: &Config,
    site: &Site,
    theme: &Theme,
    language: crate::lang::LanguageId,
) -> Option<String> {
    let url = match config.languages.prefix(language) {
        "" => "/translations/".to_owned(),
        prefix => format!("/{prefix}/translations/"),
    };
    let generated = config.languages.len() > 1 && theme.has("translations.html") && site.by_url(&url).is_none();
    generated.then_some(url)
}

/// Is the list cut into parts? Terms are, and the sections of the types that the theme names.
pub(crate) fn is_paginated(page: &Page, theme: &Theme) -> bool {
    page.kind == PageKind::Term || page.kind == PageKind::Section && theme.paginated.contains(&page.content_type)
}

/// How many parts a list has.
pub(crate) fn parts(page: &Page, config: &Config, site: &Site, theme: &Theme) -> usize {
    if !is_paginated(page, theme) {
        return 1;
    }
    listed(page, site, theme).len().div_ceil(config.pagination.size).max(1)
}

/// The address of a part of a list.
pub(crate) fn part_url(page: &Page, config: &Config, number: usize) -> String {
    format!("{}{}/{number}/", page.url, config.pagination.path)
}

/// The pages that a list shows: its own, and for a list in parts those of the folders below as well.
pub(crate) fn listed(page: &Page, site: &Site, theme: &Theme) -> Vec<PageId> {
    let is_page = |id: &PageId| site.page(*id).kind == PageKind::Page;
    match page.kind {
        PageKind::Page | PageKind::Register => vec![],
        PageKind::Section if is_paginated(page, theme) => {
            let mut all = below(page, site);
            all.retain(is_page);
            all.sort_by_key(|id| {
                let page = site.page(*id);
                (
                    std::cmp::Reverse(page.date().map(|moment| moment.timestamp)),
                    page.front.weight.unwrap_or(i64::MAX),
                    page.key.clone(),
                )
            });
            all
        }
        PageKind::Section | PageKind::Home => page.children.iter().copied().filter(is_page).collect(),
        PageKind::Taxonomy | PageKind::Term => page.children.clone(),
    }
}

/// Everything below a section that someone wrote.
pub(crate) fn below(page: &Page, site: &Site) -> Vec<PageId> {
    let mut all = vec![];
    let mut open = page.children.clone();
    while let Some(id) = open.pop() {
        let page = site.page(id);
        if page.kind == PageKind::Register {
            continue;
        }
        all.push(id);
        if matches!(page.kind, PageKind::Section) {
            open.extend(&page.children);
        }
    }
    all
}

/// Home pages have a feed, and so do sections and terms with dated pages of their own language.
pub(crate) fn has_feed(page: &Page, site: &Site) -> bool {
    let dated = |id: &PageId| {
        let page = site.page(*id);
        page.kind == PageKind::Page && page.date().is_some() && page.is_real()
    };
    match page.kind {
        PageKind::Home | PageKind::Section => below(page, site).iter().any(dated),
        PageKind::Term => page.children.iter().any(dated),
        PageKind::Page | PageKind::Taxonomy | PageKind::Register => false,
    }
}
