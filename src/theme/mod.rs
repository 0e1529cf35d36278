//! The theme: templates, assets, strings and settings.
//!
//! In: the theme's files. Out: a [`Theme`] whose templates are parsed, once. A broken template is left
//! out with a finding, and so is whatever needs it, until the rest holds. Functions that templates call
//! are bound later, when there is something to answer with; nothing here knows a page.

mod assets;
#[cfg(feature = "cards")]
mod fonts;
mod functions;
mod inline;
mod palette;
mod report;

pub use assets::Assets;
pub(crate) use functions::declare;
pub use functions::{Answers, FILTERS, FUNCTIONS};
pub use inline::Inline;
pub use palette::Colours;
pub(crate) use report::template_failure;

use crate::cache::Key;
use crate::data::{Fields, Node, Value as Data, parse_yaml};
use crate::diag::{Code, Diagnostic, FileId, Sink};
use crate::document::{Query, ShortcodeTable};
use crate::source::{Body, Role, SourceSet, built_in};
use indexmap::IndexMap;
use report::Blame;
use std::sync::Arc;
use tera::Tera;

/// A theme, ready to render once its functions are bound.
#[derive(Debug, Clone)]
pub struct Theme {
    tera: Tera,
    /// What the functions answer with, once there is something.
    answers: Option<Arc<Answers>>,
    templates: IndexMap<String, FileId>,
    shortcodes: IndexMap<String, Shortcode>,
    /// Files below `assets/` with their published addresses.
    pub assets: Assets,
    /// Scripts below `inline/`, which stand in the pages.
    pub inline: Inline,
    /// The theme's colours.
    pub colours: Colours,
    /// Lists that layouts declare, by layout.
    pub queries: IndexMap<String, Vec<Query>>,
    /// The theme's own settings, overridden by the site's `params`.
    pub params: Node,
    /// Types of content whose sections are lists in parts.
    pub paginated: Vec<String>,
    /// Types of content that have no sidebar.
    pub without_sidebar: Vec<String>,
    /// The digest of what decides on paths: which templates there are, and all files that are none.
    pub(crate) shape: Key,
    #[cfg(feature = "cards")]
    fonts: Arc<fonts::Fonts>,
}

/// What the document stage has to know of a shortcode.
#[derive(Debug, Clone)]
struct Shortcode {
    wants_inner: bool,
    anchor: Vec<String>,
}

/// What `theme.yaml` says.
#[derive(Debug, Default)]
struct Settings {
    queries: IndexMap<String, Vec<Query>>,
    params: Node,
    paginated: Vec<String>,
    without_sidebar: Vec<String>,
    colours: Colours,
}

impl ShortcodeTable for Theme {
    fn wants_inner(&self, name: &str) -> Option<bool> {
        self.shortcodes.get(name).map(|shortcode| shortcode.wants_inner)
    }

    fn anchor_parameters(&self, name: &str) -> &[String] {
        self.shortcodes.get(name).map(|shortcode| shortcode.anchor.as_slice()).unwrap_or_default()
    }

    fn names(&self) -> Vec<String> {
        self.shortcodes.keys().cloned().collect()
    }
}

impl Theme {
    /// Parses the theme's templates and settings.
    pub fn load(sources: &SourceSet, sink: &mut Sink) -> Self {
        let mut templates = IndexMap::new();
        let mut settings = None;
        for (id, file) in sources.of(Role::Theme) {
            if let Some(name) = file.place.strip_prefix("templates/") {
                if matches!(file.body, Body::Text(_)) {
                    templates.insert(name.to_owned(), id);
                }
            } else if file.place == "theme.yaml" {
                settings = Some(id);
            }
        }
        templates.sort_keys();
        let shortcodes = templates.iter().filter_map(|(name, id)| {
            let name = name.strip_prefix("shortcodes/")?;
            let name = name.strip_suffix(".html").or_else(|| name.strip_suffix(".md"))?;
            let text = sources.file(*id).text();
            Some((name.to_owned(), Shortcode { wants_inner: wants_inner(text), anchor: anchor(text) }))
        });
        let shortcodes = shortcodes.collect();
        let settings = settings.map(|id| read_settings(sources, id, sink)).unwrap_or_default();
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html", ".htm", ".xml", ".svg"]);
        declare(&mut tera);
        add_templates(&mut tera, sources, &mut templates, sink);
        let Settings { queries, params, paginated, without_sidebar, colours } = settings;
        let (assets, inline) = (Assets::new(sources), Inline::new(sources));
        let names: Vec<&str> = templates.keys().map(String::as_str).collect();
        let others = sources.of(Role::Theme).filter(|(_, file)| !file.place.starts_with("templates/"));
        let others = others.map(|(_, file)| Key::joined([Key::of(&[file.place.as_bytes()]), file.digest()]));
        let shape = Key::joined(std::iter::once(Key::of(&[names.join("\n").as_bytes()])).chain(others));
        Self {
            tera,
            shape,
            answers: None,
            templates,
            shortcodes,
            assets,
            inline,
            colours,
            queries,
            params,
            paginated,
            without_sidebar,
            #[cfg(feature = "cards")]
            fonts: Arc::new(fonts::Fonts::of(sources)),
        }
    }

    /// Has some font the letters of a text? Without cards nobody asks for one.
    #[cfg_attr(not(feature = "cards"), expect(clippy::unused_self, reason = "the fonts are those of cards"))]
    pub(crate) fn covers(&self, text: &str) -> bool {
        #[cfg(feature = "cards")]
        let covers = self.fonts().cover(text);
        #[cfg(not(feature = "cards"))]
        let covers = text.is_empty();
        covers
    }

    /// The fonts that cards are set in, read when they are needed first.
    #[cfg(feature = "cards")]
    pub(crate) fn fonts(&self) -> &crate::cards::Fonts {
        self.fonts.get()
    }

    /// The theme with answers for its functions.
    #[must_use]
    pub fn bound(&self, answers: Answers) -> Self {
        let (mut bound, answers) = (self.clone(), Arc::new(answers));
        functions::bind(&mut bound.tera, answers.clone());
        bound.answers = Some(answers);
        bound
    }

    /// What the functions answer with; none before they are bound.
    pub fn answers(&self) -> Option<&Answers> {
        self.answers.as_deref()
    }

    /// Is there such a template?
    pub fn has(&self, template: &str) -> bool {
        self.templates.contains_key(template)
    }

    /// The names of all templates.
    pub fn template_names(&self) -> impl Iterator<Item = &str> {
        self.templates.keys().map(String::as_str)
    }

    /// The file of a template.
    pub fn file(&self, template: &str) -> Option<FileId> {
        self.templates.get(template).copied()
    }

    /// Renders a template.
    pub fn render(&self, template: &str, context: &tera::Context) -> Result<String, tera::Error> {
        self.tera.render(template, context)
    }

    /// The names of all shortcodes.
    pub fn shortcode_names(&self) -> impl Iterator<Item = &str> {
        self.shortcodes.keys().map(String::as_str)
    }
}

/// The parameters that a shortcode's id is made from: `{#- anchor: name, tabName -#}` in its template.
fn anchor(template: &str) -> Vec<String> {
    let named = template.split_once("anchor:").and_then(|(_, rest)| rest.split_once("#}"));
    let names = named.map_or("", |(names, _)| names).trim_end_matches('-').split(',');
    names.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// Does a shortcode's template need the text between its tags? One that asks whether there is any does not.
fn wants_inner(template: &str) -> bool {
    let optional = ["if inner", "or inner"].iter().any(|test| template.contains(test));
    !optional && ["inner", "children"].iter().any(|word| template.contains(word))
}

/// Adds all templates; each round without success leaves out the ones to blame.
fn add_templates(tera: &mut Tera, sources: &SourceSet, templates: &mut IndexMap<String, FileId>, sink: &mut Sink) {
    while !templates.is_empty() {
        let texts = templates.iter().map(|(name, id)| (name.as_str(), sources.file(*id).text()));
        let Err(error) = tera.add_raw_templates(texts) else { return };
        let blamed = report::blame(&error);
        let before = templates.len();
        for Blame { template, position, message } in blamed {
            let Some(file) = templates.shift_remove(&template) else { continue };
            let span = report::span_at(sources, file, position);
            let finding = Diagnostic::new(Code::TemplateSyntax, span, message);
            let hint = format!("mend the template; without it pages that need `{template}` are not rendered");
            sink.push(finding.hint(hint));
        }
        if templates.len() == before {
            sink.push(Diagnostic::site(Code::TemplateSyntax, error.to_string()).hint("mend the theme's templates"));
            return;
        }
    }
}

fn read_settings(sources: &SourceSet, id: FileId, sink: &mut Sink) -> Settings {
    let node = match parse_yaml(sources.file(id).text(), id, 0) {
        Ok(parsed) => parsed.node,
        Err(error) => {
            sink.push(Diagnostic::new(Code::ConfigSyntax, error.span, error.message).maybe_hint(error.hint));
            return Settings::default();
        }
    };
    // A site says what it changes; the rest of the built-in theme's settings stays.
    let under =
        built_in(&sources.file(id).path).and_then(|text| parse_yaml(text, id, 0).ok()).map(|parsed| parsed.node);
    let node = under.clone().map_or(node.clone(), |under| laid_over(node, under));
    let mut fields = Fields::new(&node, Code::ConfigValue, Code::ConfigUnknown, sink);
    for described in ["name", "description", "licence"] {
        fields.text(described);
    }
    let params = fields.node("params").cloned().unwrap_or_default();
    let mut types =
        |key| -> Vec<String> { fields.texts(key).unwrap_or_default().into_iter().map(|(name, _)| name).collect() };
    let (paginated, without_sidebar) = (types("paginated"), types("without_sidebar"));
    let colours = fields.node("colours");
    let colours = Colours::read(colours, under.as_ref().and_then(|under| under.get("colours")), fields.sink());
    let mut queries = IndexMap::new();
    if let Some(node) = fields.node("queries") {
        for entry in node.entries() {
            queries.insert(entry.key.clone(), crate::document::queries(&entry.node, fields.sink()));
        }
    }
    fields.deny_rest();
    Settings { queries, params, paginated, without_sidebar, colours }
}

/// One tree over another: mappings key by key, all else as a whole.
fn laid_over(over: Node, under: Node) -> Node {
    let (Data::Map(over_entries), Data::Map(entries)) = (&over.value, under.value) else { return over };
    let mut laid = over_entries.clone();
    for entry in entries {
        match laid.iter_mut().find(|own| own.key == entry.key) {
            Some(own) => own.node = laid_over(own.node.clone(), entry.node),
            None => laid.push(entry),
        }
    }
    Node { value: Data::Map(laid), span: over.span }
}
