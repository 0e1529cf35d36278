//! From documents to the model.

use super::alias::aliases;
use super::own::{Inherited, parent_key};
use super::place::has_language_folders;
use super::placed::{Placed, placed};
use super::registers::{self, RegisterKind};
use super::resources::{beside, resources};
use super::route::{Routed, check_patterns, prefixed, url};
use super::taxonomy::{capitalised, generated_front, kind_of, lists};
use super::{Group, GroupId, Page, PageId, PageKind, Site, menu, tree};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, FileId, Sink, Span};
use crate::document::Document;
use crate::lang::{LanguageId, Strings};
use crate::source::{Role, SourceSet};
use indexmap::{IndexMap, IndexSet};
use rayon::prelude::*;
use std::sync::Arc;

/// Which pages count.
#[derive(Debug, Clone, Copy)]
pub struct BuildOptions {
    /// Drafts as well.
    pub drafts: bool,
    /// Pages whose date is still to come as well.
    pub future: bool,
    /// The moment of the build.
    pub now: jiff::Timestamp,
}

/// Builds the model. `documents` are those of the content tree, in the order of their paths.
pub fn build(
    sources: &SourceSet,
    config: &Config,
    documents: &[Arc<Document>],
    strings: &Strings,
    options: &BuildOptions,
    sink: &mut Sink,
) -> Site {
    check_patterns(config, sink);
    let places = sources.of(Role::Content).map(|(_, file)| file.place.as_str());
    let by_folder = has_language_folders(places, &config.languages);
    let placed = placed(sources, config, documents, by_folder, options, sink);
    let mut assembly = Assembly { config, sink, pages: vec![], groups: vec![], by_key: IndexMap::new() };
    let own = assembly.own(placed);
    assembly.groups(&own);
    assembly.sections();
    let meetings_section = assembly.registers(strings);
    assembly.taxonomies();
    assembly.lists_of_fallbacks();
    let Assembly { mut pages, groups, by_key, sink, .. } = assembly;
    tree::connect(&mut pages, &config.languages);
    let mut site = Site {
        default_language: config.languages.default_id(),
        locales: config.languages.iter().map(|(_, language)| language.locale.clone()).collect(),
        by_url: by_url(&pages).into(),
        by_file: by_file(&pages).into(),
        aliases: Arc::default(),
        meetings_section,
        menus: Arc::default(),
        resources: Arc::default(),
        pages,
        groups: groups.into(),
        by_key: by_key.into(),
    };
    aliases(&mut site, config, sink);
    let beside = beside(sources, config, &site, by_folder);
    site.resources = resources(beside, &site).into();
    site.menus = menu::menus(&site, config, sink).into();
    site
}

fn by_url(pages: &[Page]) -> IndexMap<String, PageId> {
    let mut by_url = IndexMap::with_capacity(pages.len());
    for page in pages {
        by_url.entry(page.url.clone()).or_insert(page.id);
    }
    by_url
}

fn by_file(pages: &[Page]) -> IndexMap<FileId, PageId> {
    let own = pages.iter().filter(|page| page.source.is_none());
    own.filter_map(|page| Some((page.file()?, page.id))).collect()
}

/// The documents of each content key, by language.
pub(super) type Own = IndexMap<Arc<str>, Vec<Option<Placed>>>;

/// The model in the making.
struct Assembly<'a> {
    config: &'a Config,
    sink: &'a mut Sink,
    pages: Vec<Page>,
    groups: Vec<Group>,
    by_key: IndexMap<Arc<str>, GroupId>,
}

impl Assembly<'_> {
    /// Sorts the documents by key and language. Two files with one key and language are an error.
    fn own(&mut self, placed: Vec<Placed>) -> Own {
        let mut own: Own = IndexMap::new();
        for placed in placed {
            let key: Arc<str> = placed.placement.key.as_str().into();
            let row = own.entry(key).or_insert_with(|| (0..self.config.languages.len()).map(|_| None).collect());
            let slot = &mut row[placed.placement.language.index()];
            if let Some(first) = slot {
                let message = format!("two files for the page `{}` in one language", placed.placement.key);
                let finding = Diagnostic::new(Code::DuplicatePath, Span::file(placed.document.file), message);
                let finding = finding.label(Span::file(first.document.file), "the other one");
                self.sink.push(finding.hint("keep one of them, or give it another name"));
            } else {
                *slot = Some(placed);
            }
        }
        own.sort_keys();
        own
    }

    /// A page for every key and language: an own one, or a fallback.
    fn groups(&mut self, own: &Own) {
        let languages = &self.config.languages;
        let inherited = Inherited::new(self.config, own, self.sink);
        let rows: Vec<_> = own.iter().map(|(key, row)| (self.group(key), key, row)).collect();
        let made: Vec<(Vec<Option<Page>>, Sink)> =
            rows.par_iter().map(|(group, key, row)| inherited.pages(key, *group, row)).collect();
        for ((group, _, row), (pages, found)) in rows.into_iter().zip(made) {
            self.sink.append(found);
            for page in pages.into_iter().flatten() {
                self.add(page);
            }
            for (language, settings) in languages.iter().filter(|(language, _)| row[language.index()].is_none()) {
                let chain = settings.fallback.iter();
                let source = chain
                    .filter(|id| row[id.index()].is_some())
                    .find_map(|id| self.groups[group.0 as usize].pages[id.index()]);
                if let Some(source) = source {
                    let page = self.fallback(source, language);
                    self.add(page);
                }
            }
        }
    }

    fn group(&mut self, key: &Arc<str>) -> GroupId {
        if let Some(group) = self.by_key.get(key) {
            return *group;
        }
        let id = GroupId(self.groups.len() as u32);
        self.groups.push(Group { key: key.clone(), pages: vec![None; self.config.languages.len()] });
        self.by_key.insert(key.clone(), id);
        id
    }

    /// Gives the page its number.
    fn add(&mut self, mut page: Page) -> PageId {
        let id = PageId(self.pages.len() as u32);
        page.id = id;
        self.groups[page.group.0 as usize].pages[page.language.index()] = Some(id);
        self.pages.push(page);
        id
    }

    fn fallback(&mut self, source: PageId, language: LanguageId) -> Page {
        let from = self.pages[source.index()].clone();
        let is_page = from.kind == PageKind::Page;
        let routed = Routed { key: &from.key, title: &from.title, front: &from.front, language, is_page };
        // What is wrong with the address was said of the source.
        let url = url(&routed, self.config, &mut Sink::new());
        Page { language, url, source: Some(source), canonical: Some(source), ..from }
    }

    /// A home page, and a page for each first folder, exist without a file too.
    fn sections(&mut self) {
        for (language, settings) in self.config.languages.iter() {
            let own: IndexSet<Arc<str>> = self
                .pages
                .iter()
                .filter(|page| page.language == language && page.key.contains('/'))
                .map(|page| Arc::from(page.section()))
                .collect();
            let title = settings.title.clone().unwrap_or_else(|| self.config.title.clone());
            self.list_page("".into(), title, PageKind::Home, language, None);
            for key in own {
                if kind_of(&key, &self.config.taxonomies).is_none() {
                    let title = capitalised(&key);
                    self.list_page(key, title, PageKind::Section, language, None);
                }
            }
        }
    }

    /// The registers of the meetings; a page that a site writes itself stays as it is.
    fn registers(&mut self, strings: &Strings) -> Option<String> {
        let section = registers::section(&self.pages, self.config)?;
        let several = self.config.meetings.groups.len() > 1;
        for register in registers::wanted(&self.pages, self.config) {
            let key: Arc<str> = registers::key(&section, self.config, register).into();
            let group = &self.config.meetings.groups[register.group];
            for (language, _) in self.config.languages.iter() {
                let name = group.name_in(&self.config.languages, language).unwrap_or(&group.id);
                let text = || {
                    let key = register.kind.title_key();
                    strings.text(language, key, None, &[]).unwrap_or_else(|| capitalised(register.kind.as_str()))
                };
                let title = match register.kind {
                    RegisterKind::Index => name.to_owned(),
                    _ if several => format!("{} – {name}", text()),
                    _ => text(),
                };
                let before = self.pages.len();
                let id = self.list_page(key.clone(), title, PageKind::Register, language, None);
                if id.index() == before {
                    let page = &mut self.pages[before];
                    page.register = Some(register);
                    page.content_type = "meeting".into();
                }
            }
        }
        Some(section)
    }

    /// The taxonomies' lists. What is listed decides whether a list is content in its language.
    fn taxonomies(&mut self) {
        for list in lists(&self.pages, self.config) {
            let taxonomy = Some(list.taxonomy.clone());
            let id = self.list_page(list.key, list.title, list.kind, list.language, taxonomy);
            let mut entries = list.entries;
            tree::sort(&mut entries, &self.pages, &self.config.languages);
            self.pages[id.index()].children = entries;
        }
    }

    /// A generated list of nothing but fallbacks is no content in its language: the source's list is canonical.
    fn lists_of_fallbacks(&mut self) {
        // What has content of its own: each key above an own page, each term with one, and its taxonomy.
        let mut own: IndexSet<(LanguageId, Arc<str>)> = IndexSet::new();
        for page in self.pages.iter().filter(|page| page.document.is_some() && !page.is_fallback()) {
            let above = std::iter::successors(Some(&*page.key), |key| (!key.is_empty()).then(|| parent_key(key)));
            own.extend(above.skip(1).map(|key| (page.language, Arc::from(key))));
        }
        for term in self.pages.iter().filter(|page| page.kind == PageKind::Term) {
            if term.children.iter().any(|id| !self.pages[id.index()].is_fallback()) {
                let taxonomy = term.taxonomy.as_deref().unwrap_or_default();
                own.extend([(term.language, term.key.clone()), (term.language, Arc::from(taxonomy))]);
            }
        }
        for at in 0..self.pages.len() {
            let page = &self.pages[at];
            // A register is made from the meetings beside it.
            let key = if page.register.is_some() { Arc::from(page.section()) } else { page.key.clone() };
            if page.document.is_none() && !own.contains(&(page.language, key)) {
                let group = &self.groups[page.group.0 as usize];
                let mut chain = self.config.languages.get(page.language).fallback.iter();
                self.pages[at].canonical = chain.find_map(|id| group.pages[id.index()]);
            }
        }
    }

    /// The page of a list, made if no file is there for it.
    fn list_page(
        &mut self,
        key: Arc<str>,
        title: String,
        kind: PageKind,
        language: LanguageId,
        taxonomy: Option<String>,
    ) -> PageId {
        let group = self.group(&key);
        if let Some(id) = self.groups[group.0 as usize].pages[language.index()] {
            return id;
        }
        let content_type =
            if key.is_empty() { "page".into() } else { key.split('/').next().unwrap_or_default().into() };
        let url = prefixed(
            self.config.languages.prefix(language),
            &key.split('/').map(crate::document::slug::url_segment).collect::<Vec<_>>().join("/"),
        );
        let place = Page::at(key, language, kind, group, generated_front());
        self.add(Page { content_type, title, url, taxonomy, ..place })
    }
}
