//! All that is known of a site, before its outputs are rendered.
//!
//! What takes long and is not wanted by every output is made when somebody first asks for it.

use crate::cache::Key;
use crate::config::Config;
use crate::diagrams::Diagrams;
use crate::document::Document;
use crate::highlight::Highlighter;
use crate::images::Images;
use crate::lang::LanguageId;
use crate::links::{Links, Resolver};
use crate::markdown::Body;
use crate::minutes::Minutes;
use crate::plan::Plan;
use crate::render::Bodies;
use crate::search::SearchIndex;
use crate::site::{PageId, Site};
use crate::source::SourceSet;
use crate::theme::Theme;
use crate::translation::{self, PageStatus, Report};
use crate::view::Views;
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// Everything that rendering may look at.
pub struct Snapshot {
    /// The files.
    pub sources: SourceSet,
    /// The settings.
    pub config: Config,
    /// The model.
    pub site: Arc<Site>,
    /// The documents, also those that are no page.
    pub(crate) documents: Vec<Arc<Document>>,
    /// The links that were resolved.
    pub(crate) links: Links,
    /// What the model was made from.
    pub(crate) key: Key,
    /// The pictures.
    pub images: Arc<Images>,
    /// The meetings.
    pub minutes: Minutes,
    /// The files of the search index, if it was asked for.
    pub search: SearchIndex,
    /// The paths.
    pub plan: Arc<Plan>,
    /// The theme.
    pub theme: Arc<Theme>,
    /// Shared template values.
    pub views: Views,
    /// The moment of the build.
    pub now: jiff::Timestamp,
    /// A proposed change, not the published site.
    pub preview: bool,
    pub(crate) highlighter: Arc<Highlighter>,
    pub(crate) diagrams: Arc<Diagrams>,
    pub(crate) bodies: Bodies,
    pub(crate) translations: OnceLock<Report>,
}

impl Snapshot {
    /// What resolves the links of pages.
    pub fn links(&self) -> Resolver<'_> {
        Resolver::new(&self.sources, &self.config, &self.site, &self.links)
    }

    /// The body of a page, if it has a text.
    pub fn body(&self, page: PageId) -> Option<Arc<Body>> {
        self.bodies.of(self, page)
    }

    /// The states of all translations, if the site has several languages. Takes as long as a parse.
    pub fn translations(&self) -> Option<&Report> {
        self.has_translations()
            .then(|| self.translations.get_or_init(|| translation::report(&self.translation_input())))
    }

    /// How a page stands to its source; none for the sources themselves. Looks at no other page.
    pub fn translation(&self, page: PageId) -> Option<Cow<'_, PageStatus>> {
        let is_source = self.site.page(page).language == self.source_language();
        match self.translations.get() {
            _ if is_source || !self.has_translations() => None,
            Some(report) => report.of(page).map(Cow::Borrowed),
            None => translation::status(&self.translation_input(), page).map(Cow::Owned),
        }
    }

    fn source_language(&self) -> LanguageId {
        self.config.languages.default_id()
    }

    fn has_translations(&self) -> bool {
        self.config.languages.len() > 1
    }

    fn translation_input(&self) -> translation::Input<'_> {
        let history = self.views.changes.0.as_ref();
        translation::Input { sources: &self.sources, config: &self.config, site: &self.site, history }
    }
}
