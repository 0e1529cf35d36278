//! Findings as text with the source line and a caret.

use super::located::{floor, position};
use super::{At, Diagnostic, FileId, Severity, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, renderer::DecorStyle};
use serde::Serialize;

/// What the printer asks of the files: their paths and texts.
pub trait Place {
    /// The path relative to the root, `/` between folders.
    fn path(&self, file: FileId) -> &str;
    /// The text, empty for binary files.
    fn text(&self, file: FileId) -> &str;
}

/// The last line of a run in JSON.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Summary {
    /// Configured languages; each has every page, be it as a fallback.
    pub languages: usize,
    /// Pages with a file of their own, in all languages.
    pub pages: usize,
    /// Pages that show another language's text.
    pub fallbacks: usize,
    /// Files of the output.
    pub outputs: usize,
    /// Files written because their bytes were new.
    pub written: usize,
    /// Files left alone.
    pub unchanged: usize,
    /// Files removed because nothing makes them any more.
    pub removed: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// The run's wall time in milliseconds.
    pub duration_ms: u64,
}

/// The text form, for people; `color` adds ANSI sequences.
pub fn to_text(diagnostics: &[Diagnostic], places: &dyn Place, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&renderer.render(&[group(diagnostic, places)]));
        out.push_str("\n\n");
    }
    out
}

fn group<'a>(diagnostic: &'a Diagnostic, places: &'a dyn Place) -> Group<'a> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.as_str())
        .elements(Vec::<Snippet<'_, annotate_snippets::Annotation<'_>>>::new());
    match &diagnostic.at {
        At::Site => {}
        At::Path(path) => group = group.element(Origin::path(path.as_str()).line(1).char_column(1)),
        At::Span(span) => {
            if let Some(origin) = origin_of_long_line(places, *span) {
                group = group.element(origin);
            }
            group = group.element(snippet(places, *span, AnnotationKind::Primary, ""));
            for label in &diagnostic.labels {
                group = group.element(snippet(places, label.span, AnnotationKind::Context, &label.text));
            }
        }
    }
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    group
}

/// A line of more bytes than this is shown in part: the printer looks at every character of it.
const LONG_LINE: usize = 600;
/// What is shown of such a line on either side.
const AROUND: usize = 80;

/// The line of a span: where it begins and ends, and its number.
fn line_of(text: &str, span: Span) -> (std::ops::Range<usize>, usize) {
    let start = floor(text, span.start as usize);
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    (from..end, text[..from].matches('\n').count() + 1)
}

/// A snippet that begins inside its line cannot tell the column: it is told before.
fn origin_of_long_line(places: &dyn Place, span: Span) -> Option<Origin<'_>> {
    let text = places.text(span.file);
    let (line, _) = line_of(text, span);
    (line.len() > LONG_LINE).then(|| {
        let (line, column) = position(text, span.start as usize);
        Origin::path(places.path(span.file)).line(line).char_column(column)
    })
}

/// The line of a span, as a snippet. Only that line is handed to the printer: a whitepaper's whole text
/// for each finding would cost more than the build. A span over many lines is shown by its first one.
fn snippet<'a>(
    places: &'a dyn Place,
    span: Span,
    kind: AnnotationKind,
    label: &'a str,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let text = places.text(span.file);
    let (line, number) = line_of(text, span);
    let start = floor(text, span.start as usize);
    let end = floor(text, span.end as usize).min(line.end).max(start);
    let long = line.len() > LONG_LINE;
    let shown = if long {
        floor(text, start.saturating_sub(AROUND)).max(line.start)
            ..floor(text, end.min(start + AROUND) + AROUND).min(line.end)
    } else {
        line
    };
    let annotation = kind.span(start - shown.start..end.min(shown.end) - shown.start);
    let annotation = if label.is_empty() { annotation } else { annotation.label(label) };
    let snippet = Snippet::source(&text[shown]).line_start(number).annotation(annotation);
    if long && kind == AnnotationKind::Primary { snippet } else { snippet.path(places.path(span.file)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    struct One(&'static str);
    impl Place for One {
        fn path(&self, _: FileId) -> &'static str {
            "content/en/a.md"
        }
        fn text(&self, _: FileId) -> &str {
            self.0
        }
    }

    fn finding(start: usize, end: usize) -> Diagnostic {
        Diagnostic::new(Code::DeadLink, Span::new(FileId(0), start..end), "no page `b.md`").hint("did you mean `c.md`?")
    }

    #[test]
    fn text_has_the_line_a_caret_and_the_hint() {
        let text = to_text(&[finding(9, 13)], &One("one\ntwo [b.md]\n"), false);
        assert!(text.contains("error[dead-link]: no page `b.md`"), "{text}");
        assert!(text.contains("content/en/a.md:2:6"), "{text}");
        assert!(text.contains("2 | two [b.md]\n  |      ^^^^"), "{text}");
        assert!(text.contains("help: did you mean `c.md`?"), "{text}");
    }

    #[test]
    fn of_a_long_line_a_part_is_shown_with_its_true_column() {
        let long: &'static str = Box::leak(format!("{}[b.md]{}", "x".repeat(5000), "y".repeat(5000)).into_boxed_str());
        let text = to_text(&[finding(5001, 5005)], &One(long), false);
        assert!(text.contains("content/en/a.md:1:5002"), "{text}");
        assert!(text.contains("b.md") && text.len() < 800, "{text}");
    }

    #[test]
    fn a_span_past_the_end_is_not_a_panic() {
        assert!(to_text(&[finding(90, 99)], &One(""), false).contains("content/en/a.md:1:1"));
    }
}
