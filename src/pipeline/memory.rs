//! What a run leaves to the next one.

use crate::cache::{Cache, Key};
use crate::config::Config;
use crate::diag::{Diagnostic, Sink};
use crate::diagrams::Diagrams;
use crate::document::{Document, Library};
use crate::highlight::Highlighter;
use crate::images::Images;
use crate::lang::Strings;
use crate::links;
use crate::plan::Plan;
use crate::site::Site;
use crate::source::{Changed, SourceSet};
use crate::theme::Theme;
use crate::view::{Changes, Shared, Sidebars};
use indexmap::IndexSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Products of the last run with the digests of what they were made from. Without any of it a run takes
/// longer, and gives the same.
#[derive(Default)]
pub struct Memory {
    pub(super) sources: Option<SourceSet>,
    changed: Option<Changed>,
    pub(super) library: Library,
    pub(super) commits: usize,
    pub(super) changes: Slot<Changes>,
    pub(super) theme: Slot<Theme>,
    pub(super) strings: Slot<Strings>,
    pub(super) site: Slot<Site>,
    pub(super) links: links::Memory,
    pub(super) images: Slot<Images>,
    pub(super) plan: Slot<Plan>,
    pub(super) bound: Slot<Theme>,
    pub(super) shared: Slot<Shared>,
    pub(super) sidebars: Slot<Sidebars>,
    pub(super) highlighter: Arc<Highlighter>,
    diagrams: Option<Arc<Diagrams>>,
    pub(super) frugal: bool,
}

impl Memory {
    /// For a run that renders a few pages and not all: bodies are not kept, they are made when asked for.
    #[must_use]
    pub fn frugal() -> Self {
        Self { frugal: true, ..Self::default() }
    }

    /// With what earlier runs kept in the cache.
    #[must_use]
    pub fn with(self, cache: &Cache) -> Self {
        Self { highlighter: Highlighter::after(cache.pack("code")).into(), ..self }
    }

    /// Keeps for later runs what takes longer to make than to load. Of all that a build makes that is the
    /// highlighting: to load a document or a page takes as long as to make it.
    pub fn keep(&self) {
        self.highlighter.keep();
    }

    /// How often each product was made since the beginning.
    pub fn made(&self) -> Made {
        Made {
            documents: self.library.parsed(),
            links: self.links.resolved(),
            themes: self.theme.made,
            sites: self.site.made,
            plans: self.plan.made,
            sidebars: self.sidebars.made,
        }
    }

    /// Notes files that are new, written or gone, and folders below which anything may be.
    pub fn note(&mut self, paths: impl IntoIterator<Item = PathBuf>) {
        match &mut self.changed {
            Some(Changed::Everything) => {}
            Some(Changed::Paths(noted)) => noted.extend(paths),
            None => self.changed = Some(Changed::Paths(paths.into_iter().collect())),
        }
    }

    /// Notes that nobody knows what has changed on disk.
    pub fn note_everything(&mut self) {
        self.changed = Some(Changed::Everything);
    }

    /// Notes that the repository has other commits than before.
    pub fn note_commit(&mut self) {
        self.commits += 1;
    }

    /// What draws, with what it has drawn.
    pub(super) fn diagrams(&mut self, root: &Path) -> Arc<Diagrams> {
        self.diagrams.get_or_insert_with(|| Arc::new(Diagrams::new(root))).clone()
    }

    /// The files of the last run and what has changed since; nothing noted is nothing changed.
    pub(super) fn earlier(&self) -> Option<(&SourceSet, Changed)> {
        let changed = self.changed.clone().unwrap_or_else(|| Changed::Paths(IndexSet::new()));
        Some((self.sources.as_ref()?, changed))
    }

    /// The files are read: what was noted is done with.
    pub(super) fn keep_sources(&mut self, sources: &SourceSet) {
        self.sources = Some(sources.clone());
        self.changed = None;
    }
}

/// How often each product was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Made {
    /// Documents that were parsed.
    pub documents: usize,
    /// Pages whose links were resolved.
    pub links: usize,
    /// Times that the theme was read.
    pub themes: usize,
    /// Times that the model was built.
    pub sites: usize,
    /// Times that the paths were listed.
    pub plans: usize,
    /// Times that all sidebars were forgotten.
    pub sidebars: usize,
}

/// A product, what it was made from, and what was found on the way.
#[derive(Debug)]
pub(super) struct Slot<T> {
    kept: Option<(Key, Arc<T>, Vec<Diagnostic>)>,
    made: usize,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self { kept: None, made: 0 }
    }
}

impl<T> Slot<T> {
    /// Is this what the product was made from?
    pub(super) fn holds(&self, key: Key) -> bool {
        self.kept.as_ref().is_some_and(|(kept, _, _)| *kept == key)
    }

    /// The product of this key: the last one, else made now.
    pub(super) fn get(&mut self, key: Key, sink: &mut Sink, make: impl FnOnce(&mut Sink) -> T) -> Arc<T> {
        if let Some((_, product, findings)) = self.kept.as_ref().filter(|(kept, _, _)| *kept == key) {
            sink.extend_from(findings);
            return product.clone();
        }
        let mut found = Sink::new();
        let product = Arc::new(make(&mut found));
        self.kept = Some((key, product.clone(), found.as_slice().to_vec()));
        self.made += 1;
        sink.append(found);
        product
    }
}

/// Digests of what the stages are made from, each holding those before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys {
    /// The theme's files.
    pub(super) theme: Key,
    /// The strings' files, the languages among the settings.
    pub(super) strings: Key,
    /// The data files.
    data: Key,
    settings: Key,
}

impl Keys {
    pub(super) fn of(sources: &SourceSet, config: &Config, options: &super::Options) -> Self {
        use crate::diag::FileId;
        use crate::source::Role;
        let settings = format!("{options:?} {}", config.base_url);
        let settings = Key::of(&[sources.file(FileId(0)).digest().as_bytes(), settings.as_bytes()]);
        let theme = sources.digest_of(Role::Theme, "");
        // Of the theme its strings alone: a template decides nothing about the site.
        let strings = [settings, sources.digest_of(Role::Theme, "i18n/"), sources.digest_of(Role::Strings, "")];
        Self { theme, strings: Key::joined(strings), data: sources.digest_of(Role::Data, ""), settings }
    }

    /// What the site is made from: which files there are, what decides on the place of each document, and
    /// which of them count today.
    pub(super) fn site(
        &self,
        sources: &SourceSet,
        config: &Config,
        documents: &[Arc<Document>],
        build: &crate::site::BuildOptions,
    ) -> Key {
        let mut parts = vec![self.settings, self.strings, sources.listing()];
        let mut shown = vec![];
        for document in documents {
            parts.push(document.digests.head);
            shown.push(u8::from(crate::site::shown(&document.front, build)));
        }
        parts.push(Key::of(&[&shown]));
        let minutes = crate::site::meeting_parts(sources, config, documents);
        parts.push(Key::of(&[format!("{minutes:?}").as_bytes()]));
        Key::joined(parts)
    }

    /// What links are resolved against.
    pub(super) fn links(site: Key, documents: &[Arc<Document>]) -> Key {
        Key::joined(std::iter::once(site).chain(documents.iter().map(|document| document.text().anchors)))
    }

    /// What is made from the site and its theme.
    pub(super) fn themed(&self, site: Key) -> Key {
        Key::joined([site, self.theme])
    }

    /// What all templates see; `clock` is what the time of day adds to it.
    pub(super) fn shared(&self, site: Key, clock: &str) -> Key {
        Key::joined([self.themed(site), self.data, Key::of(&[clock.as_bytes()])])
    }
}
