//! From a folder to the model: the stages that read.

use super::history::Reading;
use super::memory::Keys;
use super::{Error, Memory, Options, Timings};
use crate::cache::Key;
use crate::config::{self, Config};
use crate::diag::{FileId, Sink};
use crate::document::{Document, Ground};
use crate::lang::{NamedFile, Strings, check_strings, parse_strings};
use crate::prose::{Terms, parse_terms};
use crate::site::{self, BuildOptions, Site};
use crate::source::{self, Role, SourceSet};
use crate::theme::Theme;
use crate::view::Changes;
use indexmap::IndexSet;
use std::sync::Arc;

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
    pub(super) keys: Keys,
    pub(super) key: Key,
}

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
