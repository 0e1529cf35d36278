//! The writing half of an import, step by step.
//!
//! In: the folders to copy and the configuration. Out: the files of the target and the report.
//! What goes where was decided before, in `folders`.

use super::files::{self, FileError};
use super::folders::{Component, Copy};
use super::languages::Language;
use super::report::{self, ImportReport};
use super::shortcodes::{self, Origin, Shortcode, Uses};
use super::site_yaml::site_yaml;
use super::sources::Sources;
use super::target::{Target, Written};
use super::walk::{Found, Walk};
use super::{config, languages, layouts, strings, tree, unsupported};
use crate::data::{Node, Value};
use crate::diag::{Code, Diagnostic, Sink};
use indexmap::IndexMap;
use serde_yaml::Mapping;
use std::path::PathBuf;

/// An import on its way.
pub(super) struct Job<'a> {
    target: Target,
    walk: Walk<'a>,
    sources: Sources,
    sink: Sink,
    uses: Uses,
    report: ImportReport,
}

impl<'a> Job<'a> {
    /// Nothing written yet; `sources` and `sink` are those of the configuration.
    pub(super) fn new(target: Target, walk: Walk<'a>, sources: Sources, sink: Sink) -> Self {
        Self { target, walk, sources, sink, uses: Uses::new(), report: ImportReport::default() }
    }

    /// `site.yaml`.
    pub(super) fn site(&mut self, config: &Node, languages: &[Language]) -> Result<(), FileError> {
        let site = site_yaml(config, languages, &mut self.sink);
        self.make("site.yaml", site.as_bytes())
    }

    /// Writes a file that was made here.
    fn make(&mut self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        self.report.files_made += 1;
        if self.target.write(path, bytes)? == Written::Unchanged {
            self.report.unchanged += 1;
        }
        Ok(())
    }

    /// Files as they are, byte for byte.
    pub(super) fn copy(&mut self, copy: &Copy, languages: &[Language]) -> Result<(), FileError> {
        for found in self.walk.files(&copy.from)? {
            let bytes = files::read(&found.real)?;
            let relative = match copy.component {
                Component::Content => {
                    self.content(&found, &bytes);
                    with_lower_tag(&found.relative, languages)
                }
                _ => found.relative.clone(),
            };
            // Markdown beside the content is there to be included, shortcodes and all.
            if copy.component == Component::Assets && found.real.extension().is_some_and(|extension| extension == "md")
            {
                self.shortcodes_in(&found, &bytes);
            }
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
                self.shortcodes_in(found, bytes);
            }
            "adoc" | "asciidoc" | "org" | "rst" | "pandoc" | "pdc" | "ad" => self.sink.push(
                Diagnostic::path(Code::ImportCounterpart, &found.shown, "only Markdown and HTML files are pages")
                    .hint("convert it, for example with `pandoc -t commonmark_x`"),
            ),
            _ => {}
        }
    }

    fn shortcodes_in(&mut self, found: &Found, bytes: &[u8]) {
        if let Ok(text) = std::str::from_utf8(bytes) {
            shortcodes::scan(&found.shown, text, &mut self.uses);
        }
    }

    /// UI strings: one file a language, from all folders of strings.
    pub(super) fn strings(&mut self, copies: &[Copy]) -> Result<(), FileError> {
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
    pub(super) fn layouts(&mut self, copies: &[Copy]) -> Result<(), FileError> {
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

    /// Tells the settings, themes and modules that stay behind.
    pub(super) fn without_counterpart(&mut self, config: &Node, languages: &[Language]) {
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

    /// Clears what is stale and writes the report.
    pub(super) fn finish(mut self, languages: &[Language]) -> Result<ImportReport, FileError> {
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
