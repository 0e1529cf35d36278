//! Every path of the output, before anything is rendered.
//!
//! In: the model. Out: a sorted [`Plan`]: each output path once, with what makes it. Two origins of one
//! path are a finding that names both. Nothing is written to a path that is not in the plan.

mod files;
pub(crate) mod pages;

use crate::config::Config;
use crate::diag::{Code, Diagnostic, FileId, Place, Sink, Span};
use crate::images::Images;
use crate::lang::LanguageId;
use crate::search::FOLDER;
use crate::site::{PageId, Site};
use crate::source::SourceSet;
use crate::theme::Theme;
use indexmap::IndexSet;

/// What makes the bytes of an output.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Output {
    /// A page; lists have several, numbered from 1.
    Page {
        /// The page.
        page: PageId,
        /// The number of its part.
        number: usize,
    },
    /// The state of the translations, as a language's page.
    Translations(LanguageId),
    /// The same for programs.
    TranslationsJson,
    /// The page to search from, in a language.
    Search(LanguageId),
    /// A file of the search index, by its number there.
    SearchIndex(usize),
    /// The page for addresses that do not exist, in a language.
    NotFound(LanguageId),
    /// A page that leads on to another.
    Redirect {
        /// Where it leads.
        to: PageId,
    },
    /// The feed of a home page or section.
    Feed(PageId),
    /// A page as Markdown.
    Markdown(PageId),
    /// The list of a language's pages for programs that read text.
    Llms(LanguageId),
    /// What a browser has to know to install the site.
    Manifest,
    /// The picture that stands for a page where somebody links to it.
    Card(PageId),
    /// The site's icon in pixels: how many of them, each way.
    Icon(u32),
    /// The calendar of a group that meets, in a language.
    Calendar {
        /// The number of the group.
        group: usize,
        /// The language of its texts.
        language: LanguageId,
    },
    /// The list of all pages for search engines.
    Sitemap,
    /// What robots may read.
    Robots,
    /// The host's redirects.
    Redirects,
    /// The host's headers.
    Headers,
    /// A lighter version of a picture: the picture's number and the version's.
    Picture(usize, usize),
    /// A file, as it is.
    File(FileId),
}

/// A path of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Below the output folder, `/` between folders.
    pub path: String,
    /// What makes it.
    pub output: Output,
}

/// All paths, sorted.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    entries: Vec<Entry>,
}

impl Plan {
    /// The paths in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of a path.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        let at = self.entries.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok()?;
        self.entries.get(at)
    }

    /// Adds outputs whose names are known only once they are made. A path that is taken is a finding.
    pub fn add(&mut self, entries: impl Iterator<Item = Entry>, sink: &mut Sink) {
        for entry in entries {
            match self.entries.binary_search_by(|known| known.path.cmp(&entry.path)) {
                Ok(_) => {
                    let message = format!("`/{}` would be written by two, one of them the search index", entry.path);
                    let finding = Diagnostic::site(Code::DuplicatePath, message);
                    sink.push(finding.hint(format!("give what you have in `{FOLDER}/` another folder")));
                }
                Err(at) => self.entries.insert(at, entry),
            }
        }
    }
}

/// Where an output comes from, for the finding that two collide.
struct Origin {
    entry: Entry,
    file: Option<FileId>,
    /// Is it there because something like it is in another language?
    echo: bool,
    name: Name,
}

/// What an origin is called, if it has to be named.
#[derive(Clone, Copy)]
enum Name {
    Page(PageId),
    Alias(PageId),
    File(FileId),
    Picture(FileId),
    Generated,
}

impl Name {
    fn text(self, sources: &SourceSet, site: &Site) -> String {
        match self {
            Self::Page(page) => format!("the page “{}”", site.page(page).title),
            Self::Alias(page) => format!("an alias of “{}”", site.page(page).title),
            Self::File(file) => format!("the file `{}`", sources.file(file).path),
            Self::Picture(file) => format!("a version of the picture `{}`", sources.file(file).path),
            Self::Generated => "a generated file".into(),
        }
    }
}

/// Lists every output.
pub fn plan(
    sources: &SourceSet,
    config: &Config,
    site: &Site,
    theme: &Theme,
    images: &Images,
    sink: &mut Sink,
) -> Plan {
    let mut origins = files::files(sources, site, theme);
    origins.extend(files::pictures(images));
    let taken: Vec<String> = origins.iter().map(|origin| origin.entry.path.clone()).collect();
    origins.extend(pages::pages(config, site, theme));
    // A site may bring its own file instead of a generated one.
    let generated = pages::generated(config, site, theme).into_iter();
    origins.extend(generated.filter(|origin| !taken.contains(&origin.entry.path)));
    // Not by the files' ids: those of a rebuild tell the order of their coming.
    let file = |origin: &Origin| match origin.entry.output {
        Output::File(file) => sources.path(file),
        _ => "",
    };
    origins.sort_by(|a, b| {
        let by_path = a.entry.path.cmp(&b.entry.path).then_with(|| file(a).cmp(file(b)));
        by_path.then_with(|| a.entry.output.cmp(&b.entry.output))
    });
    let mut entries: Vec<Entry> = Vec::with_capacity(origins.len());
    let mut collisions: Vec<(&Origin, &Origin)> = vec![];
    let mut last: Option<&Origin> = None;
    for origin in &origins {
        match last {
            Some(first) if first.entry.path == origin.entry.path => collisions.push((first, origin)),
            _ => {
                entries.push(origin.entry.clone());
                last = Some(origin);
            }
        }
    }
    tell(sources, site, collisions, sink);
    sink.extend_from(&pages::without_card(config, site, theme));
    Plan { entries }
}

/// Two files that collide do so again in every language that they stand in for, and with each of their
/// parts and feeds: it is told once, for the page itself.
fn tell(sources: &SourceSet, site: &Site, mut collisions: Vec<(&Origin, &Origin)>, sink: &mut Sink) {
    collisions.sort_by_key(|(first, second)| first.echo && second.echo);
    let mut told: IndexSet<(FileId, FileId)> = IndexSet::new();
    for (first, second) in collisions {
        if first.file.zip(second.file).is_none_or(|pair| told.insert(pair)) {
            sink.push(collision(sources, site, first, second));
        }
    }
}

fn collision(sources: &SourceSet, site: &Site, first: &Origin, second: &Origin) -> Diagnostic {
    let [one, other] = [first, second].map(|origin| origin.name.text(sources, site));
    let message = format!("`/{}` would be written by two: {one} and {other}", first.entry.path);
    let span = |file: FileId| {
        let text = sources.text(file);
        let at = text.find("\nurl:").or_else(|| text.find("\nslug:")).map(|at| at + 1);
        at.map_or(Span::file(file), |at| Span::new(file, at..at + text[at..].find('\n').unwrap_or(0)))
    };
    let finding = match (second.file, first.file) {
        (Some(file), other) => {
            let finding = Diagnostic::new(Code::DuplicatePath, span(file), message);
            match other.filter(|other| *other != file) {
                Some(other) => finding.label(span(other), "the other one"),
                None => finding,
            }
        }
        (None, Some(file)) => Diagnostic::new(Code::DuplicatePath, span(file), message),
        (None, None) => Diagnostic::site(Code::DuplicatePath, message),
    };
    finding.hint("give one of the two another `url`, `slug` or file name")
}

/// The output path of an address.
pub fn path_of(url: &str) -> String {
    let path = url.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}
