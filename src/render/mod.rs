//! From the plan to bytes.
//!
//! In: a [`Snapshot`], all that is known of the site, and an entry of the plan. Out: the entry's bytes.
//! Pure and parallel: the same bytes with one thread or many.

use crate::config::Config;
use crate::diag::Sink;
use crate::diagrams::Diagrams;
use crate::images::Images;
use crate::links::Links;
use crate::markdown::{self, Body, MeetingText};
use crate::minutes;
use crate::outputs;
use crate::plan::{Entry, Output};
use crate::site::{Page, Site};
use crate::snapshot::Snapshot;
use crate::source::{SourceError, SourceSet};
use crate::theme::Theme;
use crate::{highlight::Highlighter, source};
use rayon::prelude::*;
use std::borrow::Cow;

/// The bytes of an output.
pub type Bytes<'a> = Cow<'a, [u8]>;

/// Renders one entry of the plan. A template that fails is a finding and gives no bytes.
pub fn render<'a>(snapshot: &'a Snapshot, entry: &Entry, sink: &mut Sink) -> Result<Option<Bytes<'a>>, SourceError> {
    let text = match &entry.output {
        Output::Picture(number, version) => {
            return Ok(snapshot.images.version(&snapshot.sources, *number, *version).map(Cow::Owned));
        }
        Output::File(file) => return bytes(snapshot.sources.file(*file)).map(Some),
        Output::Page { page, number } => outputs::page(snapshot, *page, *number, sink),
        Output::NotFound(language) => outputs::not_found(snapshot, *language, sink),
        Output::Translations(language) => outputs::translations(snapshot, *language, sink),
        Output::TranslationsJson => outputs::translations_json(snapshot),
        Output::Redirect { to } => outputs::redirect(snapshot, *to, sink),
        Output::Feed(page) => Some(outputs::feed(snapshot, *page)),
        Output::Calendar(group) => Some(outputs::calendar(snapshot, *group)),
        Output::Sitemap => Some(outputs::sitemap(snapshot)),
        Output::Robots => Some(outputs::robots(snapshot)),
        Output::Redirects => Some(outputs::redirects(snapshot)),
        Output::Headers => Some(outputs::headers(snapshot)),
    };
    Ok(text.map(|text| Cow::Owned(text.into_bytes())))
}

fn bytes(file: &source::SourceFile) -> Result<Bytes<'_>, SourceError> {
    match &file.body {
        source::Body::Text(text) => Ok(Cow::Borrowed(text.as_bytes())),
        source::Body::Embedded(bytes) => Ok(Cow::Borrowed(bytes)),
        source::Body::OnDisk(_) => file.bytes().map(Cow::Owned),
    }
}

/// What bodies are made from.
pub struct BodyInput<'a> {
    /// The files.
    pub sources: &'a SourceSet,
    /// The settings.
    pub config: &'a Config,
    /// The model.
    pub site: &'a Site,
    /// The links.
    pub links: &'a Links,
    /// The theme.
    pub theme: &'a Theme,
    /// The languages' contexts.
    pub contexts: &'a [tera::Context],
    /// The path before every root-relative address.
    pub base_path: &'a str,
    /// Code blocks.
    pub highlighter: &'a Highlighter,
    /// Diagrams.
    pub diagrams: &'a Diagrams,
    /// Pictures.
    pub images: &'a Images,
}

/// Renders the bodies of all pages.
pub fn bodies(input: &BodyInput<'_>, sink: &mut Sink) -> Vec<Option<Body>> {
    let pages = input.site.pages();
    let rendered: Vec<(Option<Body>, Sink)> = pages
        .par_iter()
        .map(|page| {
            let mut sink = Sink::new();
            let body = body(input, page, &mut sink);
            // What is wrong with a text was said where it is at home.
            (body, if page.is_fallback() { Sink::new() } else { sink })
        })
        .collect();
    let mut bodies = Vec::with_capacity(rendered.len());
    for (body, found) in rendered {
        bodies.push(body);
        sink.append(found);
    }
    bodies
}

fn body(input: &BodyInput<'_>, page: &Page, sink: &mut Sink) -> Option<Body> {
    let document = page.document.as_ref()?;
    let mut shared = input.contexts[page.language.index()].clone();
    shared.insert_value("page", crate::view::page_in_short(page, input.config, input.base_path));
    let strings = shared.get("t").cloned().unwrap_or_else(tera::Value::none);
    let meeting = minutes::group_of(input.config, page).map(|group| {
        let own = input.config.repository.as_ref().map(|repository| &repository.url);
        MeetingText { repository: group.repository.as_ref().or(own).cloned() }
    });
    let context = markdown::Context {
        sources: input.sources,
        document,
        links: input.links.of(page.id),
        paired_ids: &crate::translation::paired_ids(input.site, page),
        theme: input.theme,
        highlighter: input.highlighter,
        diagrams: input.diagrams,
        language: &input.config.languages.get(page.text_language).tag,
        smart: input.config.markdown.smart_punctuation,
        line_numbers: input.config.line_numbers,
        base_path: input.base_path,
        strings: &strings,
        shared: &shared,
        page: &input.sources.file(document.file).path,
        meeting: meeting.as_ref(),
    };
    let body = markdown::render(&context, sink);
    Some(Body { html: input.images.mark(body.html, input.base_path), ..body })
}
