//! The site as a model: every page in every language, and how they belong together.
//!
//! In: documents. Out: an immutable [`Site`] with dense ids: sections, translation groups, fallbacks,
//! taxonomies, menus, addresses. No HTML, no file is touched, and nothing is filled in later.

mod alias;
mod build;
mod cascade;
mod menu;
mod own;
mod place;
mod placed;
mod registers;
mod resources;
mod route;
mod taxonomy;
mod tree;

pub use build::{BuildOptions, build};
pub use menu::{MenuLink, Menus};
pub use place::{FileName, Placement, place};
pub(crate) use placed::shown;
pub(crate) use registers::meeting_parts;
pub use registers::{Register, RegisterKind, group_number, is_meeting, texts};
pub use resources::Resources;

use crate::config::Config;
use crate::diag::FileId;
use crate::document::{Document, FrontMatter, Moment};
use crate::lang::{LanguageId, Locale};
use indexmap::IndexMap;
use std::sync::Arc;

/// The number of a page, dense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

impl PageId {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The number of a translation group, dense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(pub u32);

/// What a page is in the structure of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageKind {
    /// The first page of a language.
    Home,
    /// A folder's page, which has pages below it.
    Section,
    /// A page.
    Page,
    /// The list of a taxonomy's terms.
    Taxonomy,
    /// The list of a term's pages.
    Term,
    /// A list that is made from meetings.
    Register,
}

impl PageKind {
    /// The word in templates.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Section => "section",
            Self::Page => "page",
            Self::Taxonomy => "taxonomy",
            Self::Term => "term",
            Self::Register => "register",
        }
    }

    /// Does it list other pages?
    pub fn is_list(self) -> bool {
        self != Self::Page
    }
}

/// A page in one language: a document of its own, a fallback, or a generated list.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its number.
    pub id: PageId,
    /// The content key: the path without language and extension, empty for the home page.
    pub key: Arc<str>,
    /// The language of its frame and address.
    pub language: LanguageId,
    /// The language of its text.
    pub text_language: LanguageId,
    /// What it is.
    pub kind: PageKind,
    /// Its text; none for generated lists.
    pub document: Option<Arc<Document>>,
    /// Its settings, with what its sections hand down.
    pub front: Arc<FrontMatter>,
    /// The page whose text it shows, if it has none of its own.
    pub source: Option<PageId>,
    /// The page that search engines should prefer, for fallbacks and lists of nothing but fallbacks.
    pub canonical: Option<PageId>,
    /// The kind of content: `blog`, `whitepaper`, `meeting`.
    pub content_type: String,
    /// Its name.
    pub title: String,
    /// Its address below the host, with slashes at both ends, or ending in a file name.
    pub url: String,
    /// The translations of one another.
    pub group: GroupId,
    /// The section or list above it.
    pub parent: Option<PageId>,
    /// The pages and sections right below it, in order; for a term its pages.
    pub children: Vec<PageId>,
    /// For a taxonomy and its terms: the taxonomy's name.
    pub taxonomy: Option<String>,
    /// For a list that is made from meetings: which one.
    pub register: Option<Register>,
}

impl Page {
    /// A page at a place in the site, with nothing on it yet: its text, name and address are the caller's.
    fn at(key: Arc<str>, language: LanguageId, kind: PageKind, group: GroupId, front: Arc<FrontMatter>) -> Self {
        Self {
            id: PageId(0),
            key,
            language,
            text_language: language,
            kind,
            document: None,
            front,
            source: None,
            canonical: None,
            content_type: String::new(),
            title: String::new(),
            url: String::new(),
            group,
            parent: None,
            children: vec![],
            taxonomy: None,
            register: None,
        }
    }

    /// The name where there is little room.
    pub fn link_title(&self) -> &str {
        self.front.link_title.as_deref().unwrap_or(&self.title)
    }

    /// When it was published.
    pub fn date(&self) -> Option<Moment> {
        self.front.date
    }

    /// Does it show another language's text?
    pub fn is_fallback(&self) -> bool {
        self.source.is_some()
    }

    /// Does it count as content in its own language?
    pub fn is_real(&self) -> bool {
        self.canonical.is_none()
    }

    /// The first folder of its key.
    pub fn section(&self) -> &str {
        self.key.split('/').next().unwrap_or_default()
    }

    /// The file of its text.
    pub fn file(&self) -> Option<FileId> {
        self.document.as_ref().map(|document| document.file)
    }
}

/// The same content in all languages.
#[derive(Debug, Clone)]
pub struct Group {
    /// The content key.
    pub key: Arc<str>,
    /// Its page in each language, by the language's number.
    pub pages: Vec<Option<PageId>>,
}

/// The whole site.
#[derive(Debug, Clone)]
pub struct Site {
    /// The language of the sources.
    pub default_language: LanguageId,
    /// The rules for writing of each language.
    pub(crate) locales: Vec<Arc<Locale>>,
    pages: Vec<Page>,
    groups: Arc<Vec<Group>>,
    by_key: Arc<IndexMap<Arc<str>, GroupId>>,
    by_url: Arc<IndexMap<String, PageId>>,
    by_file: Arc<IndexMap<FileId, PageId>>,
    aliases: Arc<IndexMap<String, Alias>>,
    meetings_section: Option<String>,
    /// Menus in each language.
    pub menus: Arc<Menus>,
    /// Files beside the pages.
    pub resources: Arc<Resources>,
}

/// A former address.
#[derive(Debug, Clone)]
pub struct Alias {
    /// The page that it leads to.
    pub page: PageId,
    /// Where it was written.
    pub span: crate::diag::Span,
}

impl Site {
    /// The rules for writing of a language.
    pub(crate) fn locale(&self, language: LanguageId) -> &Locale {
        &self.locales[language.index()]
    }

    /// The same site with other texts in its pages. Their heads must be the same, for the site is made from
    /// nothing else of them ([`Digests::head`](crate::document::Digests)).
    #[must_use]
    pub fn with_documents(&self, documents: &[Arc<Document>]) -> Self {
        let mut by_file: Vec<Option<&Arc<Document>>> = vec![];
        for document in documents {
            let at = document.file.0 as usize;
            if by_file.len() <= at {
                by_file.resize(at + 1, None);
            }
            by_file[at] = Some(document);
        }
        let mut site = self.clone();
        for page in &mut site.pages {
            let now = page.document.as_ref().and_then(|old| *by_file.get(old.file.0 as usize)?);
            if let (Some(now), Some(old)) = (now, &mut page.document) {
                old.clone_from(now);
            }
        }
        site
    }

    /// A page by its number.
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.index()]
    }

    /// All pages, in the order of their numbers.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// A translation group by its number.
    pub fn group(&self, id: GroupId) -> &Group {
        &self.groups[id.0 as usize]
    }

    /// The page of a content key in a language, fallbacks included.
    pub fn by_key(&self, key: &str, language: LanguageId) -> Option<PageId> {
        let group = self.by_key.get(key)?;
        self.group(*group).pages[language.index()]
    }

    /// The page at an address.
    pub fn by_url(&self, url: &str) -> Option<PageId> {
        self.by_url.get(url).copied()
    }

    /// The page whose own text a file holds.
    pub fn by_file(&self, file: FileId) -> Option<PageId> {
        self.by_file.get(&file).copied()
    }

    /// The page that moved away from an address.
    pub fn by_alias(&self, url: &str) -> Option<&Alias> {
        self.aliases.get(url)
    }

    /// Every former address with its page.
    pub fn aliases(&self) -> impl Iterator<Item = (&str, &Alias)> {
        self.aliases.iter().map(|(url, alias)| (url.as_str(), alias))
    }

    /// The section of the meetings in a language.
    pub fn meetings(&self, language: LanguageId) -> Option<PageId> {
        self.by_key(self.meetings_section.as_deref()?, language)
    }

    /// The content key below which a group's registers stand.
    pub fn meetings_base(&self, config: &Config, group: usize) -> Option<String> {
        Some(registers::base(self.meetings_section.as_deref()?, config, group))
    }

    /// The registers of a group in a language, in the order of the navigation.
    pub fn registers(&self, group: usize, language: LanguageId) -> impl Iterator<Item = &Page> {
        let of_group = move |page: &&Page| page.register.is_some_and(|register| register.group == group);
        self.pages.iter().filter(move |page| page.language == language).filter(of_group)
    }

    /// The same page in another language, fallbacks included.
    pub fn translation(&self, page: PageId, language: LanguageId) -> Option<PageId> {
        self.group(self.page(page).group).pages[language.index()]
    }

    /// The home page of a language.
    pub fn home(&self, language: LanguageId) -> Option<PageId> {
        self.by_key("", language)
    }

    /// The pages above a page, nearest first.
    pub fn ancestors(&self, id: PageId) -> impl Iterator<Item = PageId> + '_ {
        std::iter::successors(self.page(id).parent, |above| self.page(*above).parent)
    }

    /// The topmost section that a page belongs to, itself if it is one.
    pub fn top_section(&self, id: PageId) -> Option<PageId> {
        std::iter::once(id)
            .chain(self.ancestors(id))
            .filter(|above| self.page(*above).kind != PageKind::Home)
            .last()
            .filter(|top| self.page(*top).kind.is_list())
    }

    /// Every content key, for "did you mean".
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.by_key.keys().map(|key| &**key)
    }
}
