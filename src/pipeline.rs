//! The walk through the stages, from a folder of Markdown to a published site.
//!
//! This is the one function to read first: [`snapshot`] makes everything that is known of the site,
//! [`build`] writes it. Each stage takes the values of the earlier ones and gives a new one.

mod history;
mod memory;
mod progress;

pub use memory::{Made, Memory};
pub use progress::{Progress, Timings};

use crate::cache::{Cache, Key};
use crate::config::{self, Config};
use crate::diag::{Code, Diagnostic, FileId, Severity, Sink, Summary};
use crate::document::{Document, Ground};
use crate::emit::{EmitError, Emitter};
use crate::images::Images;
use crate::lang::{NamedFile, Strings, check_strings, parse_strings};
use crate::links::{Links, Resolver};
use crate::minutes::{self, Minutes};
use crate::plan::{Entry, Output, plan};
use crate::prose::{Terms, parse_terms};
use crate::render;
use crate::render::Bytes;
use crate::search::{self, SearchIndex};
use crate::site::{self, BuildOptions, Site};
use crate::snapshot::Snapshot;
use crate::source::{self, Role, SourceError, SourceSet};
use crate::theme::Theme;
use crate::view::{self, Changes, Views};
use history::Reading;
use indexmap::IndexSet;
use memory::Keys;
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

/// The environment is at fault.
#[derive(Debug)]
pub enum Error {
    /// A file could not be read.
    Source(SourceError),
    /// A file could not be written.
    Emit(EmitError),
    /// The search index could not be made.
    Search(String),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Source(error) => error.fmt(f),
            Self::Emit(error) => error.fmt(f),
            Self::Search(message) => write!(f, "cannot make the search index: {message}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<SourceError> for Error {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}

impl From<EmitError> for Error {
    fn from(error: EmitError) -> Self {
        Self::Emit(error)
    }
}

/// A finished run.
pub struct Run {
    /// Everything that is known of the site.
    pub snapshot: Snapshot,
    /// What is wrong, in its final order.
    pub diagnostics: Vec<Diagnostic>,
    /// The figures.
    pub summary: Summary,
    /// Where the time went.
    pub timings: Timings,
}

/// A site that is read and understood, and nothing more.
pub struct Model {
    /// The files.
    pub sources: SourceSet,
    /// The settings.
    pub config: Config,
    /// The theme, its functions not bound yet.
    pub theme: Arc<Theme>,
    /// UI strings in every language.
    pub strings: Arc<Strings>,
    /// The documents, also those that are no page.
    pub documents: Vec<Arc<Document>>,
    /// The model.
    pub site: Arc<Site>,
    /// Last changes from git.
    pub changes: Arc<Changes>,
    /// The moment of the build.
    pub now: jiff::Timestamp,
    keys: Keys,
    key: Key,
}

/// With fewer texts unread than this it takes less to read them than to resolve all links again.
const FEW: usize = 64;

/// Reads a site: the stages up to its model.
pub fn model(options: &Options, memory: &mut Memory, timings: &mut Timings, sink: &mut Sink) -> Result<Model, Error> {
    timings.progress.begin("reading", 0);
    let mut sources = SourceSet::open(&options.root)?;
    let mut config = config::parse(sources.file(FileId(0)).text(), FileId(0), sink);
    if let Some(url) = &options.base_url {
        config.base_url = config::with_slash(url);
    }
    config.search &= !options.no_search;
    let earlier = memory.earlier();
    let earlier = earlier.as_ref().map(|(sources, changed)| (*sources, changed));
    sources.load(&config.theme, &config.mounts, earlier, sink)?;
    timings.stage("read");
    let keys = Keys::of(&sources, &config, options);
    let theme = memory.theme.get(keys.theme, sink, |sink| Theme::load(&sources, sink));
    theme.colours.check(&config.palette, sink);
    let strings = memory.strings.get(keys.strings, sink, |sink| strings(&sources, &config, sink));
    timings.stage("theme");
    let history = Key::of(&[sources.listing().as_bytes(), &memory.commits.to_le_bytes()]);
    let reading = (!memory.changes.holds(history)).then(|| Reading::start(&sources));
    let terms = Arc::new(terms(&sources, sink));
    let Config { taxonomies, languages, .. } = &config;
    let math = config.markdown.math;
    let ground = Ground { taxonomies, math, shortcodes: &*theme, languages, terms: &terms };
    let documents = memory.library.documents(&mut sources, &ground);
    for document in &documents {
        sink.extend_from(&document.findings);
    }
    memory.keep_sources(&sources);
    let read = |sink: &mut Sink| reading.map_or_else(Changes::default, |reading| reading.finish(sink));
    let changes = memory.changes.get(history, sink, read);
    timings.stage("parse");
    let now = source::now();
    let build = BuildOptions { drafts: options.drafts, future: options.future, now };
    let key = keys.site(&sources, &config, &documents, &build);
    let build = |sink: &mut Sink| site::build(&sources, &config, &documents, &strings, &build, sink);
    let site = Arc::new(memory.site.get(key, sink, build).with_documents(&documents));
    timings.stage("site");
    Ok(Model { sources, config, theme, strings, documents, site, changes, now, keys, key })
}

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
    let found: Vec<&[Diagnostic]> = documents.par_iter().map(|document| &*document.text().findings).collect();
    for found in found {
        sink.extend_from(found);
    }
    timings.stage("texts");
    snapshot.links().all(memory.links.of(Keys::links(snapshot.key, documents)), sink);
    timings.stage("links");
}

/// Makes what all pages of a build need: their texts and bodies, each once, and the states of all translations.
fn whole(snapshot: &Snapshot, memory: &mut Memory, timings: &mut Timings, sink: &mut Sink) {
    timings.progress.begin("links", 0);
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

fn terms(sources: &SourceSet, sink: &mut Sink) -> Terms {
    let file = sources.of(Role::Terms).next();
    file.map(|(id, file)| parse_terms(file.text(), id, sink)).unwrap_or_default()
}

/// The theme's strings, then the site's, which win.
fn strings(sources: &SourceSet, config: &Config, sink: &mut Sink) -> Strings {
    let mut files = vec![];
    for role in [Role::Theme, Role::Strings] {
        for (id, file) in sources.of(role) {
            let place = if role == Role::Theme { file.place.strip_prefix("i18n/") } else { Some(file.place.as_str()) };
            let name = place.and_then(|place| place.strip_suffix(".yaml").or_else(|| place.strip_suffix(".yml")));
            if let Some(name) = name.filter(|name| !name.contains('/')) {
                files.push(NamedFile {
                    language: name.to_lowercase().replace('_', "-"),
                    of_theme: role == Role::Theme,
                    strings: parse_strings(file.text(), id, sink),
                });
            }
        }
    }
    check_strings(&config.languages, &files, &mentioned(sources), sink);
    Strings::new(&config.languages, &files)
}

/// Every word of every template, and the keys of the strings that the program itself asks for.
fn mentioned(sources: &SourceSet) -> IndexSet<String> {
    let templates = sources.of(Role::Theme).filter(|(_, file)| file.place.starts_with("templates/"));
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words = templates.flat_map(|(_, file)| file.text().split(move |c| !is_word(c)));
    let mut mentioned: IndexSet<String> = words.map(str::to_owned).collect();
    mentioned.extend(crate::lang::OWN_KEYS.iter().map(|key| (*key).to_owned()));
    mentioned
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

/// A template that fails at one place fails on many pages: it is told once, with their number.
fn collapse(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<(Diagnostic, usize)> = vec![];
    for diagnostic in diagnostics {
        let same = |(first, _): &&mut (Diagnostic, usize)| {
            diagnostic.code == Code::TemplateFailed && first.code == diagnostic.code && first.at == diagnostic.at
        };
        match kept.last_mut().filter(same) {
            Some((_, count)) => *count += 1,
            None => kept.push((diagnostic, 1)),
        }
    }
    let told = kept.into_iter().map(|(diagnostic, count)| match count {
        1 => diagnostic,
        count => diagnostic.hint(format!("it fails in the same place on {count} pages")),
    });
    told.collect()
}

/// The findings of a run in their final order, by the severities that the site's settings give them.
pub fn settled(snapshot: &Snapshot, sink: Sink) -> Vec<Diagnostic> {
    collapse(snapshot.config.rules.apply(sink.into_sorted(&snapshot.sources), &snapshot.sources))
}

fn finish(snapshot: Snapshot, timings: Timings, sink: Sink) -> Run {
    let diagnostics = settled(&snapshot, sink);
    let mut summary = summary(&snapshot, &diagnostics);
    summary.duration_ms = timings.total().as_millis() as u64;
    Run { snapshot, diagnostics, summary, timings }
}

fn summary(snapshot: &Snapshot, diagnostics: &[Diagnostic]) -> Summary {
    let site = &snapshot.site;
    let count = |severity: Severity| diagnostics.iter().filter(|d| d.severity() == severity).count();
    let own = site.pages().iter().filter(|page| page.document.is_some() && !page.is_fallback());
    Summary {
        languages: snapshot.config.languages.len(),
        pages: own.count(),
        fallbacks: site.pages().iter().filter(|page| page.is_fallback()).count(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        ..Summary::default()
    }
}
