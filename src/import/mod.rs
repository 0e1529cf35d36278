//! From a Hugo project to a Plenary site.
//!
//! In: a Hugo project's folder. Out: `site.yaml`, the content tree, static, data and asset files
//! byte for byte, UI strings, a template for each shortcode that the theme lacks, and a report of
//! what has no counterpart. Nothing in the project is changed, nothing that somebody edited in the
//! target is overwritten, and no site is read: the builder judges the result.

mod config;
mod files;
mod folders;
mod go_template;
mod languages;
mod layouts;
mod menus;
mod report;
mod shortcodes;
mod site_yaml;
mod sources;
mod strings;
mod target;
mod tree;
mod unsupported;
mod walk;

pub use files::FileError;
pub use report::ImportReport;
pub use shortcodes::{Origin, Shortcode, THEME_SHORTCODES, Use};
pub use sources::Sources;
pub use walk::Followed;

use crate::data::{Node, Value};
use crate::diag::{Code, Diagnostic, Sink};
use folders::{Component, Copy};
use indexmap::IndexMap;
use languages::Language;
use serde_yaml::Mapping;
use shortcodes::Uses;
use std::path::{Path, PathBuf};
use target::{Target, Written};
use walk::{Found, Walk};

/// What to import and where to.
#[derive(Debug, Clone)]
pub struct HugoImport {
    /// The Hugo project: the folder that holds its configuration.
    pub source: PathBuf,
    /// The folder to write: new, empty, or the work of an earlier import.
    pub into: PathBuf,
    /// The root inside of which links are followed. Without one: the nearest folder above the
    /// project that holds `.git`, else the project's parent.
    pub repository: Option<PathBuf>,
}

/// Why nothing, or not all, was imported: the call or the environment is at fault, not the project.
#[derive(Debug)]
pub enum ImportError {
    /// The folder holds no configuration of Hugo's.
    NoProject(PathBuf),
    /// The target holds files that no import wrote.
    ForeignFiles(PathBuf),
    /// The system refused.
    File(FileError),
}

impl std::fmt::Display for ImportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoProject(path) => write!(
                f,
                "{} is no Hugo project: it has neither hugo.toml, hugo.yaml, config.toml, config.yaml nor config/_default",
                path.display()
            ),
            Self::ForeignFiles(path) => write!(
                f,
                "{} holds files that no import wrote; name an empty folder, or one of an earlier import",
                path.display()
            ),
            Self::File(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ImportError {}

impl From<FileError> for ImportError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

/// Imports a Hugo project.
///
/// What has no counterpart and what could not be carried over is in the report's diagnostics; an
/// error means that the call or the environment is at fault.
pub fn import_hugo(import: &HugoImport) -> Result<ImportReport, ImportError> {
    let project = files::real(&import.source).ok_or_else(|| ImportError::NoProject(import.source.clone()))?;
    let (mut sources, mut sink) = (Sources::default(), Sink::new());
    let config = config::read(&project, &mut sources, &mut sink)?;
    let config = config.ok_or_else(|| ImportError::NoProject(import.source.clone()))?;
    let target = Target::open(&import.into)?.ok_or_else(|| ImportError::ForeignFiles(import.into.clone()))?;

    let languages = languages::languages(&config, &project);
    let copies = folders::folders(&config, &languages, &project, &mut sink)?;
    let repository = repository(import, &project);
    let exclude = excluded(&copies, &import.into);
    let walk = Walk::new(&repository, &project, &exclude);
    let mut job = Job { target, walk, sources, sink, uses: Uses::new(), report: ImportReport::default() };

    let site = site_yaml::site_yaml(&config, &languages, &mut job.sink);
    job.make("site.yaml", site.as_bytes())?;
    for copy in copies.iter().filter(|copy| !matches!(copy.component, Component::Strings | Component::Layouts)) {
        job.copy(copy, &languages)?;
    }
    job.strings(&copies)?;
    job.layouts(&copies)?;
    job.without_counterpart(&config, &languages);
    Ok(job.finish(&languages)?)
}

fn repository(import: &HugoImport, project: &Path) -> PathBuf {
    let given = import.repository.as_ref().and_then(|root| files::real(root));
    let with_git =
        || project.ancestors().find(|folder| files::real(&folder.join(".git")).is_some()).map(Path::to_owned);
    given.or_else(with_git).or_else(|| project.parent().map(Path::to_owned)).unwrap_or_else(|| project.to_owned())
}

/// Folders that a walk does not enter: those that are copied on their own, and the target.
fn excluded(copies: &[Copy], into: &Path) -> Vec<PathBuf> {
    let content = copies.iter().filter(|copy| copy.component == Component::Content).map(|copy| copy.from.as_path());
    let both = |path: &Path| {
        let parent = path.parent().and_then(files::real);
        let named = parent.zip(path.file_name()).map(|(parent, name)| parent.join(name));
        [named, files::real(path)]
    };
    content.chain([into]).flat_map(both).flatten().collect()
}

/// An import on its way.
struct Job<'a> {
    target: Target,
    walk: Walk<'a>,
    sources: Sources,
    sink: Sink,
    uses: Uses,
    report: ImportReport,
}

impl Job<'_> {
    /// Writes a file that was made here.
    fn make(&mut self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        self.report.files_made += 1;
        if self.target.write(path, bytes)? == Written::Unchanged {
            self.report.unchanged += 1;
        }
        Ok(())
    }

    fn copy(&mut self, copy: &Copy, languages: &[Language]) -> Result<(), FileError> {
        for found in self.walk.files(&copy.from)? {
            let bytes = files::read(&found.real)?;
            let relative = if copy.component == Component::Content {
                self.content(&found, &bytes);
                with_lower_tag(&found.relative, languages)
            } else {
                found.relative.clone()
            };
            let to = if relative.is_empty() { copy.to.clone() } else { format!("{}/{relative}", copy.to) };
            match self.target.write(&to, &bytes)? {
                Written::Taken => self.sink.push(taken(&found, &to)),
                Written::Unchanged => self.report.unchanged += 1,
                Written::New | Written::LeftAlone => {}
            }
            self.report.files_copied += 1;
        }
        Ok(())
    }

    /// Counts a page and its shortcodes.
    fn content(&mut self, found: &Found, bytes: &[u8]) {
        let extension = found.real.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        match extension.to_lowercase().as_str() {
            "md" | "markdown" | "html" | "htm" => {
                self.report.pages += 1;
                if let Ok(text) = std::str::from_utf8(bytes) {
                    shortcodes::scan(&found.shown, text, &mut self.uses);
                }
            }
            "adoc" | "asciidoc" | "org" | "rst" | "pandoc" | "pdc" | "ad" => self.sink.push(
                Diagnostic::path(Code::ImportCounterpart, &found.shown, "only Markdown and HTML files are pages")
                    .hint("convert it, for example with `pandoc -t commonmark_x`"),
            ),
            _ => {}
        }
    }

    /// UI strings: one file a language, from all folders of strings.
    fn strings(&mut self, copies: &[Copy]) -> Result<(), FileError> {
        let mut tables: IndexMap<String, Mapping> = IndexMap::new();
        for copy in copies.iter().filter(|copy| copy.component == Component::Strings) {
            for found in self.walk.files(&copy.from)? {
                if !config::is_structured(&found.shown) {
                    continue;
                }
                let name = found.shown.rsplit('/').next().unwrap_or_default();
                let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
                let tag = languages::tag(stem.strip_prefix("active.").unwrap_or(stem));
                let file = self.sources.read(&found.real, found.shown.clone())?;
                let table = strings::strings(file, &self.sources, &mut self.sink);
                tables.entry(tag).or_default().extend(table);
            }
        }
        for (tag, table) in tables {
            // Texts and mappings of texts always have a YAML form.
            let text = serde_yaml::to_string(&table).unwrap_or_default();
            self.make(&format!("i18n/{tag}.yaml"), text.as_bytes())?;
        }
        Ok(())
    }

    /// Shortcode templates, and the layouts that stay behind.
    fn layouts(&mut self, copies: &[Copy]) -> Result<(), FileError> {
        let of = |copy: &&Copy| copy.component == Component::Layouts;
        let folders: Vec<PathBuf> = copies.iter().filter(of).map(|copy| copy.from.clone()).collect();
        let layouts = layouts::read(&folders, &mut self.walk)?;
        for made in shortcodes::make(&layouts.shortcodes, std::mem::take(&mut self.uses)) {
            if let Some(template) = &made.template {
                let path = format!("themes/tag/templates/shortcodes/{}.html", made.shortcode.name);
                self.make(&path, template.as_bytes())?;
            }
            if let Some(finding) = stub_finding(&made.shortcode) {
                self.sink.push(finding);
            }
            self.report.shortcodes.push(made.shortcode);
        }
        for layout in &layouts.others {
            let message = "this layout has no counterpart: Go templates cannot run here";
            self.sink.push(
                Diagnostic::path(Code::ImportCounterpart, layout, message).hint(
                    "look for a template of the theme that does the same, or write it below `themes/tag/templates`",
                ),
            );
        }
        self.report.layouts = layouts.others;
        Ok(())
    }

    fn without_counterpart(&mut self, config: &Node, languages: &[Language]) {
        unsupported::settings(config, &mut self.sink);
        for language in languages {
            unsupported::language(language, &mut self.sink);
        }
        for (name, node) in themes(config) {
            let message = format!("the theme or module `{name}` stays behind, Plenary's theme `tag` takes its place");
            self.sink.push(Diagnostic::new(Code::ImportCounterpart, node.span, message));
            self.report.themes.push(name);
        }
    }

    fn finish(mut self, languages: &[Language]) -> Result<ImportReport, FileError> {
        self.target.sweep()?;
        let mut report = self.report;
        report.languages =
            languages.iter().filter(|language| !language.disabled).map(|language| language.tag.clone()).collect();
        report.links = self.walk.followed;
        report.left_alone = self.target.left_alone().to_vec();
        report.removed = self.target.removed();
        self.sink.append(self.walk.sink);
        report.diagnostics = self.sink.into_sorted(&self.sources);
        report.sources = self.sources;
        self.target.finish(&report.to_markdown())?;
        Ok(report)
    }
}

fn taken(found: &Found, to: &str) -> Diagnostic {
    let message = format!("another file became `{to}` already, so this one was left out");
    Diagnostic::path(Code::ImportSkipped, &found.shown, message).hint("give one of the two another name")
}

/// A file name's language suffix in lower case: `x.pt-BR.md` is `x.pt-br.md` in a Plenary site.
fn with_lower_tag(relative: &str, languages: &[Language]) -> String {
    let parts = relative.rsplit_once('.').and_then(|(stem, extension)| Some((stem.rsplit_once('.')?, extension)));
    let Some(((stem, suffix), extension)) = parts else { return relative.to_owned() };
    let tag = languages::tag(suffix);
    let known = languages.iter().any(|language| language.tag == tag && language.written.eq_ignore_ascii_case(suffix));
    if known { format!("{stem}.{tag}.{extension}") } else { relative.to_owned() }
}

fn stub_finding(shortcode: &Shortcode) -> Option<Diagnostic> {
    let used_in = shortcode.uses.first().map(|first| first.file.clone());
    let path = shortcode.source.clone().or(used_in).unwrap_or_default();
    let name = &shortcode.name;
    let obstacle = shortcode.obstacle.as_deref().unwrap_or("the project has no template of it");
    let message = match shortcode.origin {
        Origin::Stub => format!("the shortcode `{name}` is a stub that shows its inner content only: {obstacle}"),
        Origin::Theme if shortcode.source.is_some() => {
            format!("the shortcode `{name}` is the theme's and not the project's own: {obstacle}")
        }
        Origin::Theme | Origin::Translated => return None,
    };
    let hint = format!("write it as a Tera template, `themes/tag/templates/shortcodes/{name}.html`");
    Some(Diagnostic::path(Code::ImportCounterpart, path, message).hint(hint).hint(report::uses(&shortcode.uses)))
}

/// `theme`, a text or a list, and the modules that are imported.
fn themes(config: &Node) -> Vec<(String, &Node)> {
    let mut themes: Vec<(String, &Node)> = vec![];
    if let Some(node) = tree::get(config, "theme") {
        themes.extend(tree::texts(node).into_iter().map(|name| (name, node)));
    }
    if let Some(Node { value: Value::List(imports), .. }) = tree::at(config, "module.imports") {
        let imports = imports.iter().filter_map(|import| tree::get(import, "path"));
        themes.extend(imports.filter_map(|node| Some((node.to_text()?, node))));
    }
    themes
}
