//! The bodies of pages, each made when somebody first asks for it.

use crate::diag::Sink;
use crate::markdown::{self, Body, MeetingText};
use crate::minutes;
use crate::pipeline::Progress;
use crate::site::PageId;
use crate::snapshot::Snapshot;
use rayon::prelude::*;
use std::sync::{Arc, OnceLock};

/// Bodies by the numbers of their pages; made again each time if they are not to be kept.
#[derive(Debug, Default)]
pub struct Bodies(Vec<OnceLock<Option<Arc<Body>>>>);

impl Bodies {
    /// Room for the bodies of this many pages.
    pub fn new(pages: usize) -> Self {
        Self((0..pages).map(|_| OnceLock::new()).collect())
    }

    pub(crate) fn of(&self, snapshot: &Snapshot, page: PageId) -> Option<Arc<Body>> {
        let make = || body(snapshot, page, &mut Sink::new()).map(Arc::new);
        match self.0.get(page.index()) {
            Some(slot) => slot.get_or_init(make).clone(),
            None => make(),
        }
    }
}

/// Renders the bodies of all pages, and tells what is wrong with them.
pub fn bodies(snapshot: &Snapshot, progress: &Progress, sink: &mut Sink) {
    let pages = snapshot.site.pages();
    progress.begin("texts", pages.len());
    let found: Vec<Sink> = pages
        .par_iter()
        .map(|page| {
            let mut sink = Sink::new();
            let body = body(snapshot, page.id, &mut sink).map(Arc::new);
            if let Some(slot) = snapshot.bodies.0.get(page.id.index()) {
                slot.get_or_init(|| body);
            }
            progress.step();
            sink
        })
        .collect();
    for found in found {
        sink.append(found);
    }
}

/// Renders the body of a page.
pub(crate) fn body(snapshot: &Snapshot, id: PageId, sink: &mut Sink) -> Option<Body> {
    let Snapshot { sources, config, site, views, .. } = snapshot;
    let page = site.page(id);
    let document = page.document.as_ref()?;
    let mut shared = views.contexts()[page.language.index()].clone();
    shared.insert_value("page", crate::view::page_in_short(page, config, &views.base_path));
    let strings = shared.get("t").cloned().unwrap_or_else(tera::Value::none);
    let meeting = minutes::group_of(config, page).map(|group| {
        let own = config.repository.as_ref().map(|repository| &repository.url);
        MeetingText { repository: group.repository.as_ref().or(own).cloned() }
    });
    let context = markdown::Context {
        sources,
        document,
        links: snapshot.links().of(page.id),
        paired_ids: &crate::translation::paired_ids(site, page),
        theme: &snapshot.theme,
        highlighter: &snapshot.highlighter,
        diagrams: &snapshot.diagrams,
        language: &config.languages.get(page.text_language).tag,
        smart: config.markdown.smart_punctuation,
        line_numbers: config.line_numbers,
        base_path: &views.base_path,
        strings: &strings,
        shared: &shared,
        page: &sources.file(document.file).path,
        meeting: meeting.as_ref(),
    };
    // What is wrong with a text is said where it is at home.
    let mut elsewhere = Sink::new();
    let body = markdown::render(&context, if page.is_fallback() { &mut elsewhere } else { sink });
    Some(Body { html: snapshot.images.mark(body.html, &views.base_path), ..body })
}
