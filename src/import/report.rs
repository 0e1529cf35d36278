//! What an import did, for people and for scripts.
//!
//! In: the facts of an import. Out: text for the terminal, JSON lines, and `IMPORT.md`. Nothing
//! here depends on the time or on the machine, so two imports of one project report the same.

use super::shortcodes::{Origin, Shortcode, Use};
use super::sources::Sources;
use super::walk::Followed;
use crate::diag::{At, Code, Diagnostic, Place, Severity, to_json, to_text};
use serde_json::json;
use std::fmt::Write as _;

/// What an import did.
#[derive(Debug, Clone, Default)]
pub struct ImportReport {
    /// Files copied byte for byte.
    pub files_copied: usize,
    /// Files made: `site.yaml`, UI strings, shortcode templates.
    pub files_made: usize,
    /// Of both, those whose bytes were there already.
    pub unchanged: usize,
    /// Files of an earlier import that the project no longer has and nobody changed.
    pub removed: usize,
    /// Files that hold a page, in all languages.
    pub pages: usize,
    /// The configured languages in the order of the language switcher.
    pub languages: Vec<String>,
    /// Links that were followed and copied as what they lead to.
    pub links: Vec<Followed>,
    /// Shortcodes that the content uses or the project defines, by name.
    pub shortcodes: Vec<Shortcode>,
    /// Layouts without counterpart, relative to the project.
    pub layouts: Vec<String>,
    /// Themes and modules of the project, which stay behind.
    pub themes: Vec<String>,
    /// Files of the target that were changed by hand and left alone.
    pub left_alone: Vec<String>,
    /// What has no counterpart or could not be carried over, sorted by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the diagnostics point into.
    pub sources: Sources,
}

impl ImportReport {
    /// How many findings are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == severity).count()
    }

    /// The findings with their source lines, then what was done.
    pub fn to_text(&self) -> String {
        let mut out = to_text(&self.diagnostics, &self.sources, false);
        out.push_str(&self.overview());
        out.push_str("IMPORT.md lists all of it. Next: `plenary build` in the new folder.\n");
        out
    }

    /// One JSON object for each finding, then one with the key `summary`.
    pub fn to_json_lines(&self) -> String {
        let mut out = String::new();
        for diagnostic in &self.diagnostics {
            out.push_str(&to_json(diagnostic, &self.sources));
            out.push('\n');
        }
        let links = self
            .links
            .iter()
            .map(|link| json!({"link": link.link, "target": link.target, "placeholder": link.placeholder}));
        let summary = json!({"summary": {
            "files_copied": self.files_copied,
            "files_made": self.files_made,
            "unchanged": self.unchanged,
            "removed": self.removed,
            "pages": self.pages,
            "languages": self.languages,
            "links": links.collect::<Vec<_>>(),
            "shortcodes": self.shortcodes,
            "layouts": self.layouts,
            "themes": self.themes,
            "left_alone": self.left_alone,
            "errors": self.count(Severity::Error),
            "warnings": self.count(Severity::Warning),
        }});
        let _ = writeln!(out, "{summary}");
        out
    }

    fn overview(&self) -> String {
        let placeholders = self.links.iter().filter(|link| link.placeholder).count();
        let mut lines = vec![
            format!(
                "{} in {}: {}",
                plural(self.pages, "page file"),
                plural(self.languages.len(), "language"),
                self.languages.join(", ")
            ),
            format!("{} copied, {} made", plural(self.files_copied, "file"), self.files_made),
        ];
        if !self.links.is_empty() {
            lines.push(format!(
                "{} followed and copied as what they lead to, {placeholders} of them git's placeholders for links",
                plural(self.links.len(), "link")
            ));
        }
        if self.removed > 0 {
            lines.push(format!(
                "{} of the earlier import removed, as the project no longer has them",
                plural(self.removed, "file")
            ));
        }
        let of = |origin: Origin| self.shortcodes.iter().filter(|shortcode| shortcode.origin == origin).count();
        if !self.shortcodes.is_empty() {
            let (theme, translated, stubs) = (of(Origin::Theme), of(Origin::Translated), of(Origin::Stub));
            lines.push(format!("shortcodes: {theme} of the theme, {translated} translated, {stubs} as stubs"));
        }
        if !self.left_alone.is_empty() {
            lines.push(format!("{} left alone, as somebody changed them", plural(self.left_alone.len(), "file")));
        }
        lines.iter().fold(String::new(), |out, line| out + line + "\n")
    }

    /// The report as a page of Markdown.
    pub(super) fn to_markdown(&self) -> String {
        let mut out = String::from("# Import from Hugo\n\nWritten anew by each `plenary import hugo`.\n\n");
        for line in self.overview().lines() {
            let _ = writeln!(out, "- {line}");
        }
        self.findings(&mut out, Code::ImportSkipped, "Not carried over");
        self.findings(&mut out, Code::ImportCounterpart, "Without counterpart");
        self.shortcode_table(&mut out);
        section(&mut out, "Layouts without counterpart", &self.layouts, |layout| format!("`{layout}`"));
        section(&mut out, "Themes and modules left behind", &self.themes, |theme| format!("`{theme}`"));
        section(&mut out, "Links copied as what they lead to", &self.links, |link| {
            let kind = if link.placeholder { " (git's placeholder)" } else { "" };
            format!("`{}` → `{}`{kind}", link.link, link.target)
        });
        section(&mut out, "Changed by hand and left alone", &self.left_alone, |path| format!("`{path}`"));
        out
    }

    fn findings(&self, out: &mut String, code: Code, title: &str) {
        let of_code: Vec<_> = self.diagnostics.iter().filter(|diagnostic| diagnostic.code == code).collect();
        section(out, title, &of_code, |diagnostic| {
            let place = match &diagnostic.at {
                At::Site => String::new(),
                At::Path(path) => format!("`{path}`: "),
                At::Span(span) => format!("`{}:{}`: ", self.sources.path(span.file), self.sources.line(*span)),
            };
            let hints = diagnostic.hints.iter().fold(String::new(), |hints, hint| hints + "; " + hint);
            format!("{place}{}{hints}", diagnostic.message)
        });
    }

    fn shortcode_table(&self, out: &mut String) {
        section(out, "Shortcodes", &self.shortcodes, |shortcode| {
            let origin = match shortcode.origin {
                Origin::Theme => "the theme's",
                Origin::Translated => "translated",
                Origin::Stub => "stub",
            };
            let obstacle = shortcode.obstacle.as_ref().map_or(String::new(), |why| format!(" (not translated: {why})"));
            format!("`{}`: {origin}{obstacle}, {}", shortcode.name, uses(&shortcode.uses))
        });
    }
}

/// "used 3 times: a.md:1, b.md:2, b.md:7".
pub(super) fn uses(uses: &[Use]) -> String {
    const SHOWN: usize = 12;
    if uses.is_empty() {
        return "not used".to_owned();
    }
    let places: Vec<String> = uses.iter().take(SHOWN).map(|place| format!("{}:{}", place.file, place.line)).collect();
    let more = if uses.len() > SHOWN { format!(" and {} more", uses.len() - SHOWN) } else { String::new() };
    format!("used {}: {}{more}", plural(uses.len(), "time"), places.join(", "))
}

fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn section<T>(out: &mut String, title: &str, items: &[T], line: impl Fn(&T) -> String) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n## {title}\n");
    for item in items {
        let _ = writeln!(out, "- {}", line(item));
    }
}
