//! What a run came to: its findings in order, and its figures.

use super::Timings;
use crate::diag::{Code, Diagnostic, Severity, Sink, Summary};
use crate::snapshot::Snapshot;

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

pub(super) fn finish(snapshot: Snapshot, timings: Timings, sink: Sink) -> Run {
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
