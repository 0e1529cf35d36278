//! The walk through the stages, from a folder of Markdown to a published site.
//!
//! This is the one function to read first: [`snapshot`] makes everything that is known of the site,
//! [`build`] writes it. Each stage takes the values of the earlier ones and gives a new one.

use crate::config::{self, Config};
use crate::diag::{Code, Diagnostic, FileId, Severity, Sink, Summary};
use crate::diagrams::Diagrams;
use crate::document::{self, Document};
use crate::emit::{EmitError, Emitter};
use crate::highlight::Highlighter;
use crate::images::Images;
use crate::lang::{Strings, parse_strings};
use crate::minutes::Minutes;
use crate::plan::plan;
use crate::render::{self, BodyInput};
use crate::site::{self, BuildOptions, Site};
use crate::snapshot::Snapshot;
use crate::source::history::{History, NoHistory};
use crate::source::{self, Role, SourceError, SourceSet};
use crate::theme::Theme;
use crate::translation;
use crate::view::{self, Changes, ViewInput, Views};
use crate::{links, render::Bytes};
use indexmap::IndexSet;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What to build.
#[derive(Debug, Clone, Default)]
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
}

/// The environment is at fault.
#[derive(Debug)]
pub enum Error {
    /// A file could not be read.
    Source(SourceError),
    /// A file could not be written.
    Emit(EmitError),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Source(error) => error.fmt(f),
            Self::Emit(error) => error.fmt(f),
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

/// How long each stage took, in the order of the stages.
#[derive(Debug)]
pub struct Timings {
    last: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl Default for Timings {
    fn default() -> Self {
        Self { last: Instant::now(), stages: vec![] }
    }
}

impl Timings {
    /// Ends a stage.
    fn stage(&mut self, name: &'static str) {
        let now = Instant::now();
        self.stages.push((name, now - self.last));
        self.last = now;
    }

    /// The stages with their wall times.
    pub fn stages(&self) -> &[(&'static str, Duration)] {
        &self.stages
    }

    fn total(&self) -> Duration {
        self.stages.iter().map(|(_, time)| *time).sum()
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
    pub theme: Theme,
    /// UI strings in every language.
    pub strings: Strings,
    /// The model.
    pub site: Site,
    /// Last changes from git.
    pub changes: Changes,
    /// The moment of the build.
    pub now: jiff::Timestamp,
}

/// Reads a site: the stages up to its model.
pub fn model(options: &Options, timings: &mut Timings, sink: &mut Sink) -> Result<Model, Error> {
    let mut sources = SourceSet::open(&options.root)?;
    let mut config = config::parse(sources.file(FileId(0)).text(), FileId(0), sink);
    if let Some(url) = &options.base_url {
        config.base_url = config::with_slash(url);
    }
    sources.load(&config.theme, &config.mounts, sink)?;
    timings.stage("read");
    let theme = Theme::load(&sources, sink);
    theme.colours.check(&config.palette, sink);
    timings.stage("theme");
    let (documents, changes) = parse(&mut sources, &config, &theme, sink);
    timings.stage("parse");
    let now = source::now();
    let build = BuildOptions { drafts: options.drafts, future: options.future, now };

    let strings = strings(&sources, &config, sink);
    let site = site::build(&sources, &config, &documents, &strings, &build, sink);
    timings.stage("site");
    Ok(Model { sources, config, theme, strings, site, changes, now })
}

/// Makes everything that rendering needs.
pub fn snapshot(options: &Options, timings: &mut Timings, sink: &mut Sink) -> Result<Snapshot, Error> {
    let Model { sources, config, mut theme, strings, site, changes, now } = model(options, timings, sink)?;
    let translations = (config.languages.len() > 1).then(|| {
        let history = changes.0.as_ref();
        translation::report(&translation::Input { sources: &sources, config: &config, site: &site, history })
    });
    timings.stage("translations");
    let links = links::resolve(&sources, &config, &site, sink);
    timings.stage("links");
    let images = Images::new(&sources, &config, &site, &links, sink);
    timings.stage("images");
    let plan = plan(&sources, &config, &site, &theme, &images, sink);
    let answers = Arc::new(view::answers(&config, &site, strings, &theme));
    theme.bind(answers.clone());
    let contexts =
        view::site_values(&config, &site, &answers, &theme, &view::data_value(&sources, sink), now, options.preview);
    timings.stage("plan");
    let bodies = {
        let highlighter = Highlighter::new();
        let diagrams = Diagrams::new(sources.root());
        let input = BodyInput {
            sources: &sources,
            config: &config,
            site: &site,
            links: &links,
            theme: &theme,
            contexts: &contexts,
            base_path: &answers.base_path,
            highlighter: &highlighter,
            diagrams: &diagrams,
            images: &images,
        };
        let bodies = render::bodies(&input, sink);
        diagrams.save();
        bodies
    };
    timings.stage("bodies");
    let input =
        ViewInput { sources: &sources, config: &config, site: &site, links: &links, theme: &theme, contexts, changes };
    let views = Views::new(input, sink);
    timings.stage("views");
    let minutes = Minutes::new(&config, &site);
    let preview = options.preview;
    Ok(Snapshot {
        sources,
        config,
        site,
        translations,
        links,
        images,
        minutes,
        plan,
        theme,
        views,
        bodies,
        now,
        preview,
    })
}

/// Parses every document; git tells of the last changes meanwhile.
fn parse(sources: &mut SourceSet, config: &Config, theme: &Theme, sink: &mut Sink) -> (Vec<Arc<Document>>, Changes) {
    let (root, wanted) = (sources.root().to_path_buf(), wanted_history(sources));
    let history = std::thread::spawn(move || History::read(&root, Some(&wanted)));
    let files: Vec<FileId> = sources.of(Role::Content).filter(|(_, file)| file.is_text()).map(|(id, _)| id).collect();
    let parse_all = |sources: &SourceSet, files: &[FileId]| -> Vec<Document> {
        let (taxonomies, math) = (config.taxonomies.as_slice(), config.markdown.math);
        let context = document::Context { sources, taxonomies, math, shortcodes: theme };
        files.par_iter().map(|file| document::parse(*file, &context)).collect()
    };
    let mut documents = parse_all(sources, &files);
    loop {
        let waiting: Vec<usize> = (0..documents.len()).filter(|at| !documents[*at].wanted.is_empty()).collect();
        if waiting.is_empty() {
            break;
        }
        sources.load_fragments(waiting.iter().flat_map(|at| documents[*at].wanted.clone()));
        let files: Vec<FileId> = waiting.iter().map(|at| documents[*at].file).collect();
        for (at, document) in waiting.into_iter().zip(parse_all(sources, &files)) {
            documents[at] = document;
        }
    }
    for document in &documents {
        sink.extend_from(&document.findings);
    }
    let changes = changes(history.join().unwrap_or(Err(NoHistory::NoRepository)), sink);
    (documents.into_iter().map(Arc::new).collect(), changes)
}

fn wanted_history(sources: &SourceSet) -> IndexSet<String> {
    let texts = sources.of(Role::Content).filter(|(_, file)| file.is_text());
    texts.filter_map(|(_, file)| file.repository_path.clone()).collect()
}

fn changes(history: Result<History, NoHistory>, sink: &mut Sink) -> Changes {
    match history {
        Ok(history) => {
            if history.is_shallow() {
                let message = "the clone is shallow, so pages that changed before it have no date of last change";
                sink.push(
                    Diagnostic::site(Code::GitHistory, message)
                        .hint("fetch the whole history: `git fetch --unshallow`"),
                );
            }
            Changes(Some(history))
        }
        Err(reason) => {
            let message = match reason {
                NoHistory::NoRepository => {
                    "the site is in no git repository, so dates of last change are left out".to_owned()
                }
                NoHistory::GitMissing => "there is no `git` here, so dates of last change are left out".to_owned(),
                NoHistory::Failed(why) => format!("git gave no history, so dates of last change are left out: {why}"),
            };
            sink.push(Diagnostic::site(Code::GitHistory, message));
            Changes(None)
        }
    }
}

/// The theme's strings, then the site's, which win.
fn strings(sources: &SourceSet, config: &Config, sink: &mut Sink) -> Strings {
    let mut files = vec![];
    for role in [Role::Theme, Role::Strings] {
        for (id, file) in sources.of(role) {
            let place = if role == Role::Theme { file.place.strip_prefix("i18n/") } else { Some(file.place.as_str()) };
            let name = place.and_then(|place| place.strip_suffix(".yaml").or_else(|| place.strip_suffix(".yml")));
            if let Some(name) = name.filter(|name| !name.contains('/')) {
                files.push((name.to_lowercase().replace('_', "-"), parse_strings(file.text(), id, sink)));
            }
        }
    }
    Strings::new(&config.languages, &files)
}

/// Builds a site into a folder.
pub fn build(options: &Options, out: &Path) -> Result<Run, Error> {
    let mut timings = Timings::default();
    let mut sink = Sink::new();
    let snapshot = snapshot(options, &mut timings, &mut sink)?;
    let mut emitter = Emitter::open(out)?;
    emitter.prepare(snapshot.plan.entries().iter().map(|entry| entry.path.as_str()))?;
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
pub fn check(options: &Options) -> Result<Run, Error> {
    in_memory(options, |_, _| {})
}

/// Everything but writing, and outside addresses are asked whether they are there.
#[cfg(feature = "external-links")]
pub fn check_external(options: &Options, manners: &crate::external::Manners) -> Result<Run, Error> {
    let Run { snapshot, diagnostics, mut timings, summary } = check(options)?;
    let mut sink = Sink::new();
    sink.extend_from(&diagnostics);
    crate::external::check(&snapshot, manners, &mut sink);
    timings.stage("ask");
    let mut run = finish(snapshot, timings, sink);
    run.summary.outputs = summary.outputs;
    Ok(run)
}

/// Renders a site and hands each output to `each`, in the order of the paths.
pub fn in_memory(options: &Options, mut each: impl FnMut(&str, &[u8])) -> Result<Run, Error> {
    let mut timings = Timings::default();
    let mut sink = Sink::new();
    let snapshot = snapshot(options, &mut timings, &mut sink)?;
    let rendered: Vec<(Result<Option<Bytes<'_>>, SourceError>, Sink)> = snapshot
        .plan
        .entries()
        .par_iter()
        .map(|entry| {
            let mut sink = Sink::new();
            (render::render(&snapshot, entry, &mut sink), sink)
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

fn finish(snapshot: Snapshot, timings: Timings, sink: Sink) -> Run {
    let diagnostics = collapse(sink.into_sorted(&snapshot.sources));
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
