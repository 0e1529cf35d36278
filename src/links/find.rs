//! From a path, as it is written, to what lies there.

use super::Resolver;
use crate::config::Config;
use crate::document::{LinkKind, RawLink};
use crate::lang::LanguageId;
use crate::site::{Page, PageId, Site, place};
use crate::source::{Role, SourceSet};
use indexmap::{IndexMap, IndexSet};

/// What a path turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hit {
    Page(PageId),
    /// A page that has left the address.
    Moved(PageId),
    /// A file, by its address.
    File(String),
}

/// What paths are looked up in, made once.
#[derive(Debug)]
pub(super) struct Lookups {
    /// The addresses of files.
    pub(super) files: IndexSet<String>,
    /// Content keys by their last segment.
    pub(super) names: IndexMap<String, Vec<String>>,
}

impl Lookups {
    fn new(sources: &SourceSet, site: &Site) -> Self {
        let mut files: IndexSet<String> =
            sources.of(Role::Static).map(|(_, file)| format!("/{}", file.place)).collect();
        files.extend(site.resources.iter().map(|(_, resource)| resource.url.clone()));
        let mut names: IndexMap<String, Vec<String>> = IndexMap::new();
        for key in site.keys() {
            names.entry(key.rsplit('/').next().unwrap_or(key).to_owned()).or_default().push(key.to_owned());
        }
        Self { files, names }
    }
}

impl<'a> Resolver<'a> {
    pub(super) fn lookups(&self) -> &'a Lookups {
        self.links.lookups.get_or_init(|| Lookups::new(self.sources, self.site))
    }

    pub(super) fn find(&self, page: &Page, link: &RawLink, path: &str) -> Option<Hit> {
        if path.starts_with('/') {
            return self.absolute(path, page.language);
        }
        let beside = || self.beside(page, link, path);
        let below = || self.below_url(page, path);
        match link.kind {
            LinkKind::Reference => {
                beside().or_else(|| self.absolute(path, page.language)).or_else(|| self.by_name(path, page.language))
            }
            // Without `.md` it is an address, as a browser sees it; with it, a file.
            LinkKind::Link if !is_markdown(path) => below().or_else(beside),
            _ => beside().or_else(below),
        }
    }

    /// A path from the top: a content key, a file of the content tree, an address, a static file.
    pub(super) fn absolute(&self, path: &str, reader: LanguageId) -> Option<Hit> {
        let trimmed = path.trim_matches('/');
        let languages = &self.config.languages;
        let trimmed = trimmed.strip_prefix("content/").unwrap_or(trimmed);
        let (first, below) = trimmed.split_once('/').unwrap_or((trimmed, ""));
        // The default language's folder is no claim on its language: `/en/x.md` means the page `x`.
        let (language, rest) = match languages.by_folder(first) {
            Some(named) if named == languages.default_id() => (reader, below),
            Some(named) => (named, below),
            None => (reader, trimmed),
        };
        if let Some(page) = self.by_path(rest, language) {
            return Some(Hit::Page(page));
        }
        let default = languages.default_id();
        for (prefix, of) in [(languages.prefix(default), default), (languages.prefix(language), language)] {
            let parts: Vec<&str> = [prefix, rest].into_iter().filter(|part| !part.is_empty()).collect();
            let url = format!("/{}", parts.join("/"));
            for url in [format!("{}/", url.trim_end_matches('/')), url.clone()] {
                if let Some(page) = self.site.by_url(&url) {
                    let here = if of == language { Some(page) } else { self.site.translation(page, language) };
                    return Some(Hit::Page(here.unwrap_or(page)));
                }
                if let Some(alias) = self.site.by_alias(&url) {
                    let to = self.site.translation(alias.page, language).unwrap_or(alias.page);
                    return Some(Hit::Moved(to));
                }
            }
        }
        self.file(path).or_else(|| self.resource(trimmed, reader))
    }

    fn file(&self, path: &str) -> Option<Hit> {
        let feed_of = path.strip_suffix("index.xml").and_then(|list| self.site.by_url(list));
        let feed = feed_of.is_some_and(|list| crate::plan::pages::has_feed(self.site.page(list), self.site));
        let generated = feed || matches!(path, "/sitemap.xml" | "/robots.txt");
        (generated || self.lookups().files.contains(path)).then(|| Hit::File(path.to_owned()))
    }

    /// A page by a path below its language folder, with or without `.md`, `index` and `_index`.
    fn by_path(&self, path: &str, language: LanguageId) -> Option<PageId> {
        let path = path.trim_end_matches('/');
        self.site
            .by_key(path, language)
            .or_else(|| {
                let placed = place(path, &self.config.languages, false).ok().filter(|_| is_markdown(path))?;
                self.site.by_key(&placed.key, language)
            })
            .or_else(|| {
                let folder = path.strip_suffix("/_index").or_else(|| path.strip_suffix("/index"))?;
                self.site.by_key(folder, language)
            })
    }

    /// A path relative to the file that holds the link.
    fn beside(&self, page: &Page, link: &RawLink, path: &str) -> Option<Hit> {
        let document = page.document.as_ref()?;
        let own = &self.sources.file(document.file).place;
        let mut found = self.beside_place(own, path, page.language);
        if found.is_none() && link.span.file != document.file {
            // An included fragment may also mean what lies beside itself.
            found = self.beside_place(&self.sources.file(link.span.file).place, path, page.language);
        }
        found
    }

    pub(super) fn beside_place(&self, place_of: &str, path: &str, language: LanguageId) -> Option<Hit> {
        let folder = place_of.rsplit_once('/').map_or("", |(folder, _)| folder);
        let joined = join(folder, path)?;
        let rest = without_language(&joined, self.config);
        let resource = self.site.resources.get(&joined).map(|resource| Hit::File(resource.url.clone()));
        resource.or_else(|| self.by_path(rest, language).map(Hit::Page)).or_else(|| self.resource(rest, language))
    }

    /// A file of the content tree by its path below the language folder: this language's, else its sources'.
    fn resource(&self, path: &str, language: LanguageId) -> Option<Hit> {
        let languages = &self.config.languages;
        let chain = std::iter::once(&language).chain(&languages.get(language).fallback);
        let mut places = chain.map(|id| format!("{}/{path}", languages.get(*id).folder)).chain([path.to_owned()]);
        places.find_map(|place| self.site.resources.get(&place)).map(|resource| Hit::File(resource.url.clone()))
    }

    /// A path relative to the page's address, as a browser reads it.
    fn below_url(&self, page: &Page, path: &str) -> Option<Hit> {
        let base = page.source.map_or(page, |source| self.site.page(source));
        let folder = base.url.rsplit_once('/').map_or("", |(folder, _)| folder);
        let joined = format!("/{}", join(folder.trim_start_matches('/'), path)?);
        let with_slash = format!("{}/", joined.trim_end_matches('/'));
        let found = self.site.by_url(&with_slash).or_else(|| self.site.by_url(&joined));
        let here = |id: PageId| self.site.translation(id, page.language).unwrap_or(id);
        found.map(|id| Hit::Page(here(id))).or_else(|| self.file(&joined)).or_else(|| {
            let alias = self.site.by_alias(&with_slash)?;
            Some(Hit::Moved(here(alias.page)))
        })
    }

    /// The one page whose file has this name, as Hugo's `ref` takes it.
    fn by_name(&self, path: &str, language: LanguageId) -> Option<Hit> {
        let name = path.trim_matches('/').strip_suffix(".md").unwrap_or(path.trim_matches('/'));
        match self.lookups().names.get(name).map(Vec::as_slice) {
            Some([key]) => self.site.by_key(key, language).map(Hit::Page),
            _ => None,
        }
    }
}

/// A path below the language folder, if it begins with one.
pub(super) fn without_language<'p>(path: &'p str, config: &Config) -> &'p str {
    match path.split_once('/').unwrap_or((path, "")) {
        (first, rest) if config.languages.by_folder(first).is_some() => rest,
        _ => path,
    }
}

fn is_markdown(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|extension| extension == "md" || extension == "markdown")
}

/// Joins and tidies a path; none if it climbs out of the tree.
pub(super) fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
