//! Files that become one page each: transcripts, slide text, session notes.
//!
//! In: a file and the folder of the page. Out: the page, unless somebody edited it, and a report.

use super::meetings::{journal, read};
use super::pages::{Pages, Written};
use super::{FileError, Sources, files};
use crate::data::parse_yaml;
use crate::diag::{Code, Diagnostic, FileId, Severity, Sink, Span, to_json, to_text};
use crate::meetings::{self, Journal, TranscriptOptions};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What to import and where to.
#[derive(Debug, Clone, Default)]
pub struct OnePageImport {
    /// The file.
    pub file: PathBuf,
    /// The folder of the page.
    pub into: PathBuf,
    /// The address of the recording, for transcripts.
    pub recording: Option<String>,
    /// A file of corrections, for transcripts; by default `corrections.yaml` in the folder.
    pub corrections: Option<PathBuf>,
    /// Keep e-mail addresses, passwords and dial-in links.
    pub keep_private: bool,
    /// Write nothing.
    pub dry_run: bool,
}

/// What the import did.
#[derive(Debug, Clone, Default)]
pub struct OnePageReport {
    /// The page's file name.
    pub name: String,
    /// The page.
    pub text: String,
    /// Figures of the import, by name.
    pub figures: Vec<(&'static str, usize)>,
    /// What became of the file.
    pub written: Written,
    /// Findings, sorted by line.
    pub diagnostics: Vec<Diagnostic>,
    /// The text that the findings point into.
    pub sources: Sources,
}

/// Imports a transcript.
pub fn import_transcript(import: &OnePageImport) -> Result<OnePageReport, FileError> {
    let (text, sources, mut sink) = read(&import.file)?;
    let corrections = corrections(import, &mut sink)?;
    let options = TranscriptOptions {
        title: stem(&import.file),
        recording: import.recording.clone(),
        corrections,
        keep_private: import.keep_private,
    };
    let page = meetings::transcript_page(&text, &options);
    let figures = vec![("cues", page.cues), ("joined", page.joined), ("corrections", page.corrected.values().sum())];
    for (wrong, count) in &page.corrected {
        let message = format!("corrected: `{wrong}` is now `{}`, {count} times", options.corrections[wrong]);
        sink.push(Diagnostic::new(Code::ImportRepair, Span::file(FileId(0)), message));
    }
    if page.cues == 0 {
        sink.push(Diagnostic::new(
            Code::ImportUnclear,
            Span::file(FileId(0)),
            "no cue was found: no line begins with a time",
        ));
    }
    finish(import, &text, (page.title, page.text), &page.journal, figures, (sources, sink))
}

/// Imports the text of slides.
pub fn import_slides(import: &OnePageImport) -> Result<OnePageReport, FileError> {
    let (text, sources, mut sink) = read(&import.file)?;
    let page = meetings::slides_page(&text, &stem(&import.file), import.keep_private);
    let figures = vec![("slides", page.slides), ("dropped", page.dropped.len())];
    let mut dropped = Journal::default();
    for (line, text) in &page.dropped {
        dropped.repair(*line, meetings::RepairKind::Chrome, text, "");
    }
    journal(&dropped, &text, &mut sink);
    finish(import, &text, (page.title, page.text), &page.journal, figures, (sources, sink))
}

/// Imports session notes.
pub fn import_notes(import: &OnePageImport) -> Result<OnePageReport, FileError> {
    let (text, sources, sink) = read(&import.file)?;
    let page = meetings::notes_page(&text, &stem(&import.file));
    let figures = vec![("mended", page.journal.repairs.len())];
    finish(import, &text, (page.title, page.text), &page.journal, figures, (sources, sink))
}

fn finish(
    import: &OnePageImport,
    source: &str,
    (title, text): (String, String),
    found: &Journal,
    figures: Vec<(&'static str, usize)>,
    (sources, mut sink): (Sources, Sink),
) -> Result<OnePageReport, FileError> {
    journal(found, source, &mut sink);
    let slug = crate::document::slug::url_segment(&title).replace('/', "-");
    let name = format!("{}.md", if slug.is_empty() { stem(&import.file) } else { slug });
    let mut written = Written::default();
    Pages { folder: &import.into, dry_run: import.dry_run }.put(&name, &text, &mut written, &mut sink)?;
    let diagnostics = sink.into_sorted(&sources);
    Ok(OnePageReport { name, text, figures, written, diagnostics, sources })
}

/// `misheard: said`, from the file named or from `corrections.yaml` beside the pages.
fn corrections(import: &OnePageImport, sink: &mut Sink) -> Result<BTreeMap<String, String>, FileError> {
    let bytes = match &import.corrections {
        Some(path) => Some(files::read(path)?),
        None => files::read_if_any(&import.into.join("corrections.yaml"))?,
    };
    let Some(bytes) = bytes else { return Ok(BTreeMap::new()) };
    match parse_yaml(&String::from_utf8_lossy(&bytes), FileId(0), 0) {
        Ok(parsed) => {
            let entries = parsed.node.entries().iter();
            Ok(entries.filter_map(|entry| Some((entry.key.clone(), entry.node.to_text()?))).collect())
        }
        Err(error) => {
            let message = format!("the corrections cannot be read: {}", error.message);
            sink.push(Diagnostic::path(Code::DataSyntax, "corrections.yaml", message));
            Ok(BTreeMap::new())
        }
    }
}

fn stem(file: &Path) -> String {
    file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

impl OnePageReport {
    /// How many findings are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == severity).count()
    }

    /// The findings, then what was done.
    pub fn to_text(&self) -> String {
        let figures: Vec<String> = self.figures.iter().map(|(name, count)| format!("{count} {name}")).collect();
        format!("{}{}: {}\n", to_text(&self.diagnostics, &self.sources, false), self.name, figures.join(", "))
    }

    /// One JSON object for each finding, then one with the key `summary`.
    pub fn to_json_lines(&self) -> String {
        let mut out = String::new();
        for diagnostic in &self.diagnostics {
            out.push_str(&to_json(diagnostic, &self.sources));
            out.push('\n');
        }
        let mut summary = json!({
            "page": self.name,
            "written": self.written.written,
            "unchanged": self.written.unchanged,
            "left_alone": self.written.left_alone,
            "incoming": self.written.incoming,
            "errors": self.count(Severity::Error),
            "warnings": self.count(Severity::Warning),
        });
        for (name, count) in &self.figures {
            summary[*name] = json!(count);
        }
        out + &format!("{}\n", json!({"summary": summary}))
    }
}
