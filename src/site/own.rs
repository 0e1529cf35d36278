//! Pages with a text of their own: what their front matter and the sections above them say.

use super::build::Own;
use super::cascade::Cascade;
use super::place::FileName;
use super::placed::Placed;
use super::route::{Routed, url};
use super::taxonomy::{capitalised, kind_of};
use super::{GroupId, Page, PageKind};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Sink, Span};
use crate::document::{Document, FrontMatter};
use crate::lang::LanguageId;
use crate::typography::Typographer;
use indexmap::IndexMap;
use std::sync::Arc;

/// What sections hand down, by language and content key. Pages are made from it in any order.
pub(super) struct Inherited<'a> {
    config: &'a Config,
    cascades: IndexMap<(LanguageId, Arc<str>), Vec<Cascade>>,
}

impl<'a> Inherited<'a> {
    /// Reads what all documents hand down.
    pub(super) fn new(config: &'a Config, own: &Own, sink: &mut Sink) -> Self {
        let mut cascades = IndexMap::new();
        for (key, row) in own {
            for Placed { placement, document } in row.iter().flatten() {
                if !document.front.cascade.is_empty() {
                    let read = Cascade::read(&document.front.cascade, &config.taxonomies, sink);
                    cascades.insert((placement.language, key.clone()), read);
                }
            }
        }
        Self { config, cascades }
    }

    /// The pages of one content key, by language.
    pub(super) fn pages(&self, key: &Arc<str>, group: GroupId, row: &[Option<Placed>]) -> (Vec<Option<Page>>, Sink) {
        let mut sink = Sink::new();
        let page = |placed: &Option<Placed>| Some(self.page(key, group, placed.as_ref()?, &mut sink));
        let pages = row.iter().map(page).collect();
        (pages, sink)
    }

    fn page(&self, key: &Arc<str>, group: GroupId, placed: &Placed, sink: &mut Sink) -> Page {
        let language = placed.placement.language;
        let taxonomy = kind_of(key, &self.config.taxonomies);
        let kind = match (&taxonomy, placed.placement.name) {
            _ if key.is_empty() => PageKind::Home,
            (Some((kind, _)), FileName::Section) => *kind,
            (_, FileName::Section) => PageKind::Section,
            _ => PageKind::Page,
        };
        let front = self.handed_down(key, kind, language, &placed.document);
        let title = front.title.clone().unwrap_or_else(|| self.title_of(key, &placed.document, kind, sink));
        let is_page = kind == PageKind::Page;
        let routed = Routed { key, title: &title, front: &front, language, is_page };
        let url = url(&routed, self.config, sink);
        let content_type = content_type(&front, key);
        let (title, front) = self.set(title, front, language);
        Page {
            document: Some(placed.document.clone()),
            content_type,
            title,
            url,
            taxonomy: taxonomy.filter(|_| matches!(kind, PageKind::Taxonomy | PageKind::Term)).map(|(_, name)| name),
            ..Page::at(key.clone(), language, kind, group, front)
        }
    }

    /// The punctuation of what readers see of the front matter, by the rules of its language. Addresses are
    /// made before: what is published keeps its place.
    fn set(&self, title: String, front: Arc<FrontMatter>, language: LanguageId) -> (String, Arc<FrontMatter>) {
        let typewritten = |text: &String| text.contains(['"', '\'', '-', '.', ':', ';', '!', '?']);
        let texts = [&front.link_title, &front.description];
        if !self.config.markdown.smart_punctuation
            || !(typewritten(&title) || texts.into_iter().flatten().any(typewritten))
        {
            return (title, front);
        }
        let mut typographer = Typographer::new(&self.config.languages.get(language).tag);
        let title = typographer.line(&title);
        let mut front = (*front).clone();
        front.link_title = front.link_title.map(|text| typographer.line(&text));
        // A description may hold links and code in Markdown or HTML, whose quotes are no quotation marks.
        front.description =
            front.description.map(|text| if text.contains(['<', '`', ']']) { text } else { typographer.line(&text) });
        (title, Arc::new(front))
    }

    /// The page's settings, filled from the cascades of the sections above, the nearest first.
    fn handed_down(&self, key: &str, kind: PageKind, language: LanguageId, document: &Document) -> Arc<FrontMatter> {
        if self.cascades.is_empty() {
            return document.front.clone();
        }
        let folder = &self.config.languages.get(language).folder;
        // A section without a translation hands down what its source says.
        let chain = std::iter::once(language).chain(self.config.languages.get(language).fallback.iter().copied());
        let chain: Vec<LanguageId> = chain.collect();
        let mut front: Option<FrontMatter> = None;
        let mut above: &str = key;
        loop {
            let found = chain.iter().find_map(|id| self.cascades.get(&(*id, Arc::from(above))));
            for cascade in found.into_iter().flatten() {
                if cascade.applies(key, kind.as_str(), folder) {
                    cascade.fill(front.get_or_insert_with(|| (*document.front).clone()));
                }
            }
            if above.is_empty() {
                break;
            }
            above = parent_key(above);
        }
        front.map_or_else(|| document.front.clone(), Arc::new)
    }

    fn title_of(&self, key: &str, document: &Document, kind: PageKind, sink: &mut Sink) -> String {
        if kind == PageKind::Home {
            return self.config.title.clone();
        }
        let name = capitalised(key.rsplit('/').next().unwrap_or(key));
        // Where the front matter cannot be read, that was told, and the title may well be in it.
        let unread = |found: &Diagnostic| matches!(found.code, Code::FrontMatterSyntax | Code::FrontMatterUnclosed);
        if document.findings.iter().any(unread) {
            return name;
        }
        let span = document.front.span.map_or(Span::file(document.file), |span| Span { end: span.start, ..span });
        let finding =
            Diagnostic::new(Code::MissingTitle, span, format!("the page has no title and is called “{name}”"));
        sink.push(finding.hint("write `title: …` into its front matter"));
        name
    }
}

/// The key above a key; that of the home page is empty.
pub(super) fn parent_key(key: &str) -> &str {
    key.rsplit_once('/').map_or("", |(above, _)| above)
}

fn content_type(front: &FrontMatter, key: &str) -> String {
    let folder = key.split_once('/').map_or(key, |(first, _)| first);
    front.content_type.clone().unwrap_or_else(|| if folder.is_empty() { "page" } else { folder }.to_owned())
}
