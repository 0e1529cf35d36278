//! What is printed: findings, figures, failures.

use super::terminal::linked;
use super::{Common, MessageFormat};
use crate::diag::{Code, Diagnostic, Place, Severity, Summary, to_github, to_json, to_sarif, to_text};
use crate::pipeline::Run;
use anstream::{eprint, eprintln, println};

/// Prints the findings of a run and, unless it is to be quiet, its figures.
pub(super) fn report(common: &Common, run: &Run, out: Option<&str>) {
    let sources = &run.snapshot.sources;
    let folder = sources.folder_in_repository();
    match common.message_format {
        MessageFormat::Json => {
            for diagnostic in &run.diagnostics {
                println!("{}", to_json(diagnostic, sources));
            }
            let summary = serde_json::json!({ "summary": run.summary });
            println!("{summary}");
            return;
        }
        MessageFormat::Github => {
            for diagnostic in &run.diagnostics {
                println!("{}", to_github(diagnostic, sources, &folder));
            }
        }
        MessageFormat::Sarif => println!("{}", to_sarif(&run.diagnostics, sources, &folder)),
        MessageFormat::Text => {
            let text = to_text(&run.diagnostics, sources, true);
            eprint!("{}", linked(&text, sources.root()));
        }
    }
    if common.quiet {
        return;
    }
    if common.message_format == MessageFormat::Text {
        counts(&run.diagnostics);
    }
    eprintln!("{}", figures(&run.summary, out));
}

/// Prints findings that are not those of a build.
pub(super) fn findings(format: MessageFormat, found: &[Diagnostic], places: &dyn Place) {
    match format {
        MessageFormat::Json => found.iter().for_each(|finding| println!("{}", to_json(finding, places))),
        MessageFormat::Github => found.iter().for_each(|finding| println!("{}", to_github(finding, places, ""))),
        MessageFormat::Sarif => println!("{}", to_sarif(found, places, "")),
        MessageFormat::Text => eprint!("{}", to_text(found, places, true)),
    }
}

/// How often each kind of finding came up, the gravest and then the most frequent first.
fn counts(diagnostics: &[Diagnostic]) {
    if diagnostics.len() < 2 {
        return;
    }
    for (severity, count, code) in counted(diagnostics) {
        eprintln!("{count:>6} {} {}", severity.as_str(), code.as_str());
    }
}

/// By the severity that each has here: the site's rules may have given it another one than its code has.
fn counted(diagnostics: &[Diagnostic]) -> Vec<(Severity, usize, Code)> {
    let mut rows: Vec<(Severity, usize, Code)> = vec![];
    for finding in diagnostics {
        let (severity, code) = (finding.severity(), finding.code);
        match rows.iter_mut().find(|row| (row.0, row.2) == (severity, code)) {
            Some(row) => row.1 += 1,
            None => rows.push((severity, 1, code)),
        }
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)).then(a.2.as_str().cmp(b.2.as_str())));
    rows
}

fn figures(summary: &Summary, out: Option<&str>) -> String {
    let plural = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let mut text = format!(
        "{} and {} in {}",
        plural(summary.pages, "page", "pages"),
        plural(summary.fallbacks, "fallback", "fallbacks"),
        plural(summary.languages, "language", "languages"),
    );
    if let Some(out) = out {
        text.push_str(&format!(
            " → {out}: {} written, {} unchanged, {} removed",
            plural(summary.written, "file", "files"),
            summary.unchanged,
            summary.removed
        ));
    }
    let seconds = summary.duration_ms as f64 / 1000.0;
    text.push_str(&format!(
        " in {seconds:.2} s; {}, {}",
        plural(summary.errors, "error", "errors"),
        plural(summary.warnings, "warning", "warnings")
    ));
    text
}

/// Prints where the time went.
pub(super) fn stages(run: &Run) {
    for (stage, time) in run.timings.stages() {
        eprintln!("{:>9.1} ms {stage}", time.as_secs_f64() * 1000.0);
    }
}

/// Prints that nothing could be done.
pub(super) fn failure(format: MessageFormat, message: &str, hint: Option<&str>) {
    match format {
        MessageFormat::Json => {
            let hints: Vec<&str> = hint.into_iter().collect();
            let line = serde_json::json!({
                "code": "environment", "severity": Severity::Error.as_str(), "message": message, "file": "",
                "line": 1, "column": 1, "end_line": 1, "end_column": 1, "hints": hints,
            });
            println!("{line}");
        }
        MessageFormat::Github => println!("::error title=environment::{message}"),
        MessageFormat::Text | MessageFormat::Sarif => {
            eprintln!("error: {message}");
            if let Some(hint) = hint {
                eprintln!("  = help: {hint}");
            }
        }
    }
}
