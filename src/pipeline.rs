//! The walk through the stages, from a folder of Markdown to a published site.
//!
//! This is the one function to read first: [`snapshot`] makes everything that is known of the site,
//! [`build`] writes it. Each stage takes the values of the earlier ones and gives a new one.

mod error;
mod history;
mod memory;
mod model;
mod outcome;
mod progress;

pub use error::Error;
pub use memory::{Made, Memory};
pub use model::{Model, model};
pub use outcome::{Run, settled};
pub use progress::{Progress, Timings};

use crate::cache::{Cache, Key};
use crate::diag::{Diagnostic, Sink};
use crate::document::Document;
use crate::emit::Emitter;
use crate::images::Images;
use crate::links::{Links, Resolver};
use crate::minutes::{self, Minutes};
use crate::plan::{Entry, Output, plan};
use crate::render;
use crate::render::Bytes;
use crate::search::{self, SearchIndex};
use crate::snapshot::Snapshot;
use crate::source::SourceError;
use crate::view::{self, Views};
use memory::Keys;
use outcome::finish;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// What to build.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Options {
    /// The site's folder.
    pub root: PathBuf,
    /// Another address than `site.yaml` says.
    pub base_url: Option<String>,
    /// Drafts as well.
    pub drafts: bool,
    /// Pages of the future as well.
    pub future: bool,
    /// A proposed change: not for search engines.
    pub preview: bool,
    /// Without a search index, whatever `site.yaml` says.
    pub no_search: bool,
}

/// With fewer texts unread than this it takes less to read them than to resolve all links again.
const FEW: usize = 64;

/// Makes everything that rendering needs. What is wrong with texts and links is told by [`texts`].
pub fn snapshot(
    options: &Options,
    memory: &mut Memory,
    timings: &mut Timings,
    sink: &mut Sink,
) -> Result<Snapshot, Error> {
    let model = model(options, memory, timings, sink)?;
    let Model { sources, config, theme, strings, documents, site, changes, now, keys, key } = model;
    let links = Links::new(site.pages().len());
    let resolver = Resolver::new(&sources, &config, &site, &links);
    let unread = documents.iter().filter(|document| !document.is_read()).count();
    if !memory.links.is_empty() && unread < FEW {
        resolver.remember(memory.links.of(Keys::links(key, &documents)));
    }
    let pictures = Key::joined([key, Images::key(&site, resolver)]);
    let progress = &*timings.progress;
    let look = |sink: &mut Sink| Images::new(&sources, &config, &site, resolver, progress, sink);
    let images = memory.images.get(pictures, sink, look);
    timings.stage("images");
    let themed = keys.themed(key);
    // A template's text decides nothing about paths.
    let planned = Key::joined([key, theme.shape, images.digest()]);
    let plan = memory.plan.get(planned, sink, |sink| plan(&sources, &config, &site, &theme, &images, sink));
    let bind = |_: &mut Sink| theme.bound(view::answers(&config, &site, strings, &theme));
    let theme = memory.bound.get(themed, sink, bind);
    let coming = view::coming_meetings(&config, now);
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let shared = keys.shared(key, &format!("{coming:?} {today}"));
    let contexts = memory.shared.get(shared, sink, |sink| {
        view::site_values(&config, &site, &theme, &view::data_value(&sources, sink), &coming, today, options.preview)
    });
    let sidebars = memory.sidebars.get(shared, sink, |_| view::Sidebars::new(&site, &theme));
    timings.stage("plan");
    let views = Views::new(&config, &site, contexts, sidebars, changes);
    let minutes = Minutes::new(&config, &site);
    let diagrams = memory.diagrams(sources.root());
    minutes::check(&site, sink);
    let bodies = render::Bodies::new(if memory.frugal { 0 } else { site.pages().len() });
    let snapshot = Snapshot {
        sources,
        config,
        documents,
        site,
        links,
        key,
        images,
        minutes,
        search: SearchIndex::default(),
        plan,
        theme,
        views,
        now,
        preview: options.preview,
        highlighter: memory.highlighter.clone(),
        diagrams,
        bodies,
        translations: OnceLock::new(),
    };
    timings.stage("views");
    Ok(snapshot)
}

/// Reads all texts and resolves all links, and tells what is wrong with them.
pub fn texts(snapshot: &Snapshot, memory: &mut Memory, timings: &mut Timings, sink: &mut Sink) {
    let documents = &snapshot.documents;
    let progress = &*timings.progress;
    progress.begin("texts", documents.len());
    let read = |document: &'_ Arc<Document>| {
        let text = document.text();
        progress.step();
        text.findings.clone()
    };
    let found: Vec<Vec<Diagnostic>> = documents.par_iter().map(read).collect();
    for found in &found {
        sink.extend_from(found);
    }
    timings.stage("texts");
    timings.progress.begin("links", 0);
    snapshot.links().all(memory.links.of(Keys::links(snapshot.key, documents)), sink);
    timings.stage("links");
}

/// Makes what all pages of a build need: their texts and bodies, each once, and the states of all translations.
fn whole(snapshot: &Snapshot, memory: &mut Memory, timings: &mut Timings, sink: &mut Sink) {
    texts(snapshot, memory, timings, sink);
    snapshot.translations();
    timings.stage("translations");
    render::bodies(snapshot, &timings.progress, sink);
    snapshot.diagrams.save();
    timings.stage("bodies");
}

/// Makes the search index, whose files are outputs like all others.
pub fn with_search(mut snapshot: Snapshot, timings: &mut Timings, sink: &mut Sink) -> Result<Snapshot, Error> {
    timings.progress.begin("search index", 0);
    snapshot.search = search::index(&snapshot).map_err(Error::Search)?;
    let paths = snapshot.search.paths().enumerate();
    let entry = |(number, path): (usize, &str)| Entry { path: path.into(), output: Output::SearchIndex(number) };
    let entries: Vec<Entry> = paths.map(entry).collect();
    if !entries.is_empty() {
        Arc::make_mut(&mut snapshot.plan).add(entries.into_iter(), sink);
    }
    timings.stage("search");
    Ok(snapshot)
}

/// Builds a site into a folder.
pub fn build(options: &Options, out: &Path) -> Result<Run, Error> {
    build_watched(options, out, &Arc::default())
}

/// The same, while somebody watches how far it is.
pub fn build_watched(options: &Options, out: &Path, progress: &Arc<Progress>) -> Result<Run, Error> {
    let mut timings = Timings::watched(progress);
    let mut sink = Sink::new();
    let cache = Cache::of(&options.root);
    let mut memory = Memory::default().with(&cache);
    let snapshot = snapshot(options, &mut memory, &mut timings, &mut sink)?;
    whole(&snapshot, &mut memory, &mut timings, &mut sink);
    memory.keep();
    cache.sweep();
    let snapshot = with_search(snapshot, &mut timings, &mut sink)?;
    let mut emitter = Emitter::open(out)?;
    emitter.prepare(snapshot.plan.entries().iter().map(|entry| entry.path.as_str()))?;
    progress.begin("pages", snapshot.plan.entries().len());
    let written: Vec<Result<(Option<String>, Sink), Error>> = snapshot
        .plan
        .entries()
        .par_iter()
        .map(|entry| {
            let mut sink = Sink::new();
            let bytes = render::render(&snapshot, entry, &mut sink)?;
            if let Some(bytes) = &bytes {
                emitter.write(&entry.path, bytes)?;
            }
            progress.step();
            Ok((bytes.map(|_| entry.path.clone()), sink))
        })
        .collect();
    let mut paths = vec![];
    for result in written {
        let (path, found) = result?;
        paths.extend(path);
        sink.append(found);
    }
    let outputs = paths.len();
    let outcome = emitter.finish(paths.into_iter())?;
    timings.stage("render and write");
    let mut run = finish(snapshot, timings, sink);
    run.summary.outputs = outputs;
    run.summary.written = outcome.written;
    run.summary.unchanged = outcome.unchanged;
    run.summary.removed = outcome.removed;
    Ok(run)
}

/// Everything but writing.
pub fn check(options: &Options, progress: &Arc<Progress>) -> Result<Run, Error> {
    // What builds have kept is as good for a check.
    let mut memory = Memory::default().with(&Cache::of(&options.root));
    // Nothing in a search index can be wrong.
    rendered(options, (&mut memory, progress), |snapshot, _, _| Ok(snapshot), |_, _| {})
}

/// Everything but writing, and outside addresses are asked whether they are there.
#[cfg(feature = "external-links")]
pub fn check_external(
    options: &Options,
    manners: &crate::external::Manners,
    progress: &Arc<Progress>,
) -> Result<Run, Error> {
    let Run { snapshot, diagnostics, mut timings, summary } = check(options, progress)?;
    let mut sink = Sink::new();
    sink.extend_from(&diagnostics);
    crate::external::check(&snapshot, manners, progress, &mut sink);
    timings.stage("ask");
    let mut run = finish(snapshot, timings, sink);
    run.summary.outputs = summary.outputs;
    Ok(run)
}

/// Renders a site and hands each output to `each`, in the order of the paths.
pub fn in_memory(options: &Options, each: impl FnMut(&str, &[u8])) -> Result<Run, Error> {
    in_memory_after(options, &mut Memory::default(), each)
}

/// The same, with what the last run remembers.
pub fn in_memory_after(options: &Options, memory: &mut Memory, each: impl FnMut(&str, &[u8])) -> Result<Run, Error> {
    rendered(options, (memory, &Arc::default()), with_search, each)
}

/// Renders what is known of a site and what is `added` to it.
fn rendered(
    options: &Options,
    (memory, progress): (&mut Memory, &Arc<Progress>),
    added: impl Fn(Snapshot, &mut Timings, &mut Sink) -> Result<Snapshot, Error>,
    mut each: impl FnMut(&str, &[u8]),
) -> Result<Run, Error> {
    let mut timings = Timings::watched(progress);
    let mut sink = Sink::new();
    let snapshot = snapshot(options, memory, &mut timings, &mut sink)?;
    whole(&snapshot, memory, &mut timings, &mut sink);
    let snapshot = added(snapshot, &mut timings, &mut sink)?;
    progress.begin("pages", snapshot.plan.entries().len());
    let rendered: Vec<(Result<Option<Bytes<'_>>, SourceError>, Sink)> = snapshot
        .plan
        .entries()
        .par_iter()
        .map(|entry| {
            let mut sink = Sink::new();
            let bytes = render::render(&snapshot, entry, &mut sink);
            progress.step();
            (bytes, sink)
        })
        .collect();
    let mut outputs = 0;
    for (entry, (bytes, found)) in snapshot.plan.entries().iter().zip(rendered) {
        sink.append(found);
        if let Some(bytes) = bytes? {
            outputs += 1;
            each(&entry.path, &bytes);
        }
    }
    timings.stage("render");
    let mut run = finish(snapshot, timings, sink);
    run.summary.outputs = outputs;
    Ok(run)
}
