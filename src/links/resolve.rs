//! From a link's text to the page or file that it means.

use super::fragment;
use super::memory::{Memory, Row, text_of};
use super::target::{Target, encode_path};
use super::{Links, Resolved};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Sink, did_you_mean, nearest};
use crate::document::{LinkKind, RawLink};
use crate::lang::LanguageId;
use crate::site::{Page, PageId, Site, place};
use crate::source::{Role, SourceSet};
use indexmap::{IndexMap, IndexSet};
use rayon::prelude::*;

/// What a path turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Hit {
    Page(PageId),
    /// A page that has left the address.
    Moved(PageId),
    /// A file, by its address.
    File(String),
}

/// Resolves links of a site, and keeps those that it has resolved.
#[derive(Clone, Copy)]
pub struct Resolver<'a> {
    sources: &'a SourceSet,
    config: &'a Config,
    site: &'a Site,
    links: &'a Links,
}

/// What paths are looked up in, made once.
#[derive(Debug)]
pub(super) struct Lookups {
    /// The addresses of files.
    files: IndexSet<String>,
    /// Content keys by their last segment.
    names: IndexMap<String, Vec<String>>,
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
    /// A resolver for this site that keeps what it resolves in `links`.
    pub fn new(sources: &'a SourceSet, config: &'a Config, site: &'a Site, links: &'a Links) -> Self {
        Self { sources, config, site, links }
    }

    /// The links of a page, in the order of its text's raw links.
    pub fn of(&self, page: PageId) -> &'a [Resolved] {
        &self.row(page).links
    }

    /// Takes over what is known from the last run, if that was of the same site.
    pub fn remember(&self, memory: &Memory) {
        for page in self.site.pages() {
            if let Some(row) = memory.row(page) {
                self.links.rows[page.id.index()].get_or_init(|| row.clone());
            }
        }
    }

    /// Resolves the links of all pages, and tells what is wrong with them. Fallback pages resolve theirs
    /// without findings: the source's say it.
    pub fn all(&self, memory: &mut Memory, sink: &mut Sink) {
        let pages = self.site.pages();
        let rows: Vec<Row> = pages.par_iter().map(|page| self.row(page.id).clone()).collect();
        for row in &rows {
            sink.extend_from(&row.findings);
        }
        let resolved = pages.iter().filter(|page| memory.row(page).is_none()).count();
        memory.keep(rows, resolved);
    }

    /// The pages that link to each page, by the page's number.
    pub fn back_links(&self) -> Vec<Vec<PageId>> {
        let mut back = vec![vec![]; self.site.pages().len()];
        for from in self.site.pages().iter().map(|page| page.id) {
            for to in self.of(from).iter().filter_map(|link| link.page).filter(|to| *to != from) {
                let list: &mut Vec<PageId> = &mut back[to.index()];
                if list.last() != Some(&from) {
                    list.push(from);
                }
            }
        }
        back
    }

    fn row(&self, page: PageId) -> &'a Row {
        self.links.rows[page.index()].get_or_init(|| self.resolve(self.site.page(page)))
    }

    fn resolve(&self, page: &Page) -> Row {
        let mut sink = Sink::new();
        let links = page.document.as_ref().map(|document| document.text().links.as_slice()).unwrap_or_default();
        let links = links.iter().map(|link| self.link(page, link, &mut sink)).collect();
        let findings = if page.is_fallback() { vec![] } else { sink.as_slice().to_vec() };
        Row { document: text_of(page), links, findings }
    }

    fn lookups(&self) -> &'a Lookups {
        self.links.lookups.get_or_init(|| Lookups::new(self.sources, self.site))
    }

    /// Resolves one link of a page.
    pub fn link(&self, page: &Page, link: &RawLink, sink: &mut Sink) -> Resolved {
        match Target::parse(&link.target) {
            Target::External => {
                self.own_host(page, link, sink);
                Resolved { external: true, ..Resolved::default() }
            }
            Target::Email => {
                let finding = Diagnostic::new(Code::LinkEmail, link.span, "an e-mail address without `mailto:`");
                sink.push(finding.hint(format!("write `mailto:{}`", link.target)));
                Resolved { href: Some(format!("mailto:{}", link.target).into()), page: None, external: true }
            }
            Target::Internal { path, query, fragment } if path.is_empty() => {
                let own = link.kind == LinkKind::Reference && fragment.is_none();
                if own || link.target.is_empty() && link.kind != LinkKind::Link {
                    self.dead(page, link, &path, sink);
                    return Resolved::default();
                }
                let fragment = fragment.map(|name| fragment::check(self.site, page, page.id, &name, link.span, sink));
                let href = fragment.map(|fragment| format!("{query}#{}", encode_path(&fragment)).into());
                Resolved { href, page: Some(page.id), external: false }
            }
            Target::Internal { path, query, fragment } => {
                self.internal(page, link, &path, &query, fragment.as_deref(), sink)
            }
        }
    }

    /// An absolute link to the site itself stays as it is, but it has to lead somewhere, and it keeps
    /// readers of other languages from their own page.
    fn own_host(&self, page: &Page, link: &RawLink, sink: &mut Sink) {
        let host = self.config.base_url.trim_end_matches('/');
        let below = link.target.trim().strip_prefix(host).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        let Some(below) = below.filter(|_| host.contains("://")) else { return };
        let Target::Internal { path, fragment, .. } = Target::parse(if below.is_empty() { "/" } else { below }) else {
            return;
        };
        let address =
            |url: &str| self.site.by_url(&format!("{}/", url.trim_end_matches('/'))).or_else(|| self.site.by_url(url));
        let Some(to) = address(&path) else {
            match self.absolute(&path, page.language) {
                Some(Hit::File(_)) => {}
                Some(Hit::Moved(to)) => self.moved(&path, to, link, sink),
                // Here nobody could find the page for the host: the address is written out.
                Some(Hit::Page(to)) => {
                    let message = format!("the link `{}` leads to no page", link.target);
                    let hint = format!("link to `{}`", self.site.page(to).url);
                    sink.push(Diagnostic::new(Code::DeadLink, link.span, message).hint(hint));
                }
                None => self.dead(page, link, &path, sink),
            }
            return;
        };
        if let Some(name) = fragment.filter(|name| !name.is_empty()) {
            fragment::check(self.site, page, to, &name, link.span, sink);
        }
        let here = self.site.translation(to, page.language).map(|id| self.site.page(id));
        if let Some(here) = here.filter(|here| here.id != to && !here.is_fallback()) {
            let language = &self.config.languages.get(self.site.page(to).language).name;
            let message =
                format!("the link leads readers to the page in {language}, though there is one in their language");
            let root = self
                .site
                .translation(to, self.config.languages.default_id())
                .map_or(&here.url, |id| &self.site.page(id).url);
            let finding = Diagnostic::new(Code::LinkLanguage, link.span, message);
            sink.push(finding.hint(format!("write `{root}`: it leads each reader to their own page")));
        }
    }

    fn moved(&self, path: &str, to: PageId, link: &RawLink, sink: &mut Sink) {
        let page = self.site.page(to);
        let message = format!("`{path}` is not the address of “{}”", page.title);
        sink.push(Diagnostic::new(Code::LinkMoved, link.span, message).hint(format!("link to `{}`", page.url)));
    }

    fn internal(
        &self,
        page: &Page,
        link: &RawLink,
        path: &str,
        query: &str,
        fragment: Option<&str>,
        sink: &mut Sink,
    ) -> Resolved {
        let Some(hit) = self.find(page, link, path) else {
            self.dead(page, link, path, sink);
            return Resolved::default();
        };
        let to = match hit {
            Hit::File(url) => {
                let fragment = fragment.map(|name| format!("#{name}")).unwrap_or_default();
                let href = format!("{}{query}{fragment}", encode_path(&url));
                return Resolved { href: Some(href.into()), page: None, external: false };
            }
            Hit::Moved(to) => {
                self.moved(path, to, link, sink);
                to
            }
            Hit::Page(to) => {
                // By its place in the tree the page is found here, but a host would not find it.
                let place = path.trim_matches('/');
                let by_place =
                    link.kind == LinkKind::Link && path.starts_with('/') && place == &*self.site.page(to).key;
                if by_place
                    && self.site.page(to).front.url.is_some()
                    && !self.site.page(to).url.trim_matches('/').ends_with(place)
                {
                    self.moved(path, to, link, sink);
                }
                to
            }
        };
        let fragment = fragment.filter(|name| !name.is_empty());
        let fragment = fragment.map(|name| fragment::check(self.site, page, to, name, link.span, sink));
        let fragment = fragment.map(|name| format!("#{}", encode_path(&name))).unwrap_or_default();
        let href = format!("{}{query}{fragment}", encode_path(&self.site.page(to).url));
        Resolved { href: Some(href.into()), page: Some(to), external: false }
    }

    fn find(&self, page: &Page, link: &RawLink, path: &str) -> Option<Hit> {
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
    fn absolute(&self, path: &str, reader: LanguageId) -> Option<Hit> {
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

    fn beside_place(&self, place_of: &str, path: &str, language: LanguageId) -> Option<Hit> {
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

    fn dead(&self, page: &Page, link: &RawLink, path: &str, sink: &mut Sink) {
        let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
        if link.kind == LinkKind::Image {
            let names = self.lookups().files.iter().map(|file| file.rsplit('/').next().unwrap_or(file));
            let hint = did_you_mean(name, names)
                .unwrap_or_else(|| "put the file beside the page, or below `static/`".to_owned());
            let message = format!("the image `{}` does not exist", link.target);
            sink.push(Diagnostic::new(Code::MissingImage, link.span, message).hint(hint));
            return;
        }
        let message = format!("the link `{}` leads to no page or file", link.target);
        sink.push(Diagnostic::new(Code::DeadLink, link.span, message).hint(self.suggest(page, path, name)));
    }

    /// The content key that a path relative to a page's file would have.
    fn key_beside(&self, page: &Page, path: &str) -> Option<String> {
        let place = &self.sources.file(page.document.as_ref()?.file).place;
        let joined = join(place.rsplit_once('/').map_or("", |(folder, _)| folder), path)?;
        Some(without_language(&joined, self.config).to_owned())
    }

    fn suggest(&self, page: &Page, path: &str, name: &str) -> String {
        let stem = name.strip_suffix(".md").unwrap_or(name);
        // `paper/README.md` names the folder; here that is the page `paper/`.
        if matches!(stem, "README" | "readme" | "index" | "_index") {
            let folder = path.trim_end_matches('/').rsplit_once('/').map_or(".", |(folder, _)| folder);
            let here = page.document.as_ref().map(|document| &self.sources.file(document.file).place);
            if let Some(Hit::Page(found)) = here.and_then(|here| self.beside_place(here, folder, page.language)) {
                return format!("did you mean `{}`?", self.site.page(found).url);
            }
        }
        if let Some([key]) = self.lookups().names.get(stem).map(Vec::as_slice) {
            return format!("did you mean `/{key}/`?");
        }
        let written = path.trim_end_matches('/');
        let written = written.strip_suffix(".md").unwrap_or(written);
        let beside = self.key_beside(page, written).filter(|_| !path.starts_with('/'));
        // Long paths are near to each other whatever they end in: the name alone has to be near as well.
        let near = |path: &str| nearest(path, self.site.keys()).filter(|key| is_name_near(path, key));
        if let Some(key) = beside.and_then(|key| near(&key)).or_else(|| near(written.trim_matches('/'))) {
            return format!("did you mean `/{key}/`?");
        }
        let from = page.document.as_ref().map_or("the page", |document| self.sources.file(document.file).path.as_str());
        format!("write a path relative to `{from}`, or one from the top such as `/about/`")
    }
}

/// A path below the language folder, if it begins with one.
fn without_language<'p>(path: &'p str, config: &Config) -> &'p str {
    match path.split_once('/').unwrap_or((path, "")) {
        (first, rest) if config.languages.by_folder(first).is_some() => rest,
        _ => path,
    }
}

fn is_name_near(path: &str, key: &str) -> bool {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    nearest(&name(path), [name(key).as_str()]).is_some()
}

fn is_markdown(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|extension| extension == "md" || extension == "markdown")
}

/// Joins and tidies a path; none if it climbs out of the tree.
fn join(folder: &str, path: &str) -> Option<String> {
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
