//! Tera's errors as findings.

use crate::diag::{Code, Diagnostic, FileId, Span};
use crate::source::SourceSet;
use tera::ErrorKind;

/// A template at fault.
pub(super) struct Blame {
    pub(super) template: String,
    /// Line and column, 1-based.
    pub(super) position: (usize, usize),
    pub(super) message: String,
}

/// Which templates an error of parsing is about.
pub(super) fn blame(error: &tera::Error) -> Vec<Blame> {
    let at_start = |template: &str, message: String| Blame { template: template.to_owned(), position: (1, 1), message };
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => vec![Blame {
            template: report.filename().to_owned(),
            position: (report.span().start_line, report.span().start_col + 1),
            message: report.message().to_owned(),
        }],
        ErrorKind::MissingParent { current, parent } => {
            vec![at_start(current, format!("it extends `{parent}`, which the theme does not have"))]
        }
        ErrorKind::CircularExtend { tpl, .. } => {
            vec![at_start(tpl, "it extends itself, directly or through others".into())]
        }
        ErrorKind::CircularInclude { tpl, .. } => {
            vec![at_start(tpl, "it includes itself, directly or through others".into())]
        }
        // References to unknown filters, functions and includes come as printed reports.
        _ => error.to_string().split("\n\n").filter_map(printed).collect(),
    }
}

/// Reads `error: message\n --> file:line:column` back.
fn printed(report: &str) -> Option<Blame> {
    let message = report.lines().next()?.trim_start_matches("error: ").to_owned();
    let place = report.lines().find_map(|line| line.trim_start().strip_prefix("--> "))?;
    let mut parts = place.rsplitn(3, ':');
    let column = parts.next()?.trim().parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    Some(Blame { template: parts.next()?.to_owned(), position: (line, column), message })
}

/// The span of a line and column in a template.
pub(super) fn span_at(sources: &SourceSet, file: FileId, (line, column): (usize, usize)) -> Span {
    let text = sources.file(file).text();
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let within = rest.char_indices().nth(column.saturating_sub(1)).map_or(0, |(at, _)| at);
    let end = rest[within..].find(|c: char| c.is_whitespace()).map_or(within + 1, |len| within + len.max(1));
    Span::new(file, start + within..start + end)
}

/// The finding for a template that failed on a page. It points into the template; `on` is what it was rendering.
pub(crate) fn template_failure(
    sources: &SourceSet,
    theme: &super::Theme,
    code: Code,
    error: &tera::Error,
    on: &str,
) -> Diagnostic {
    let (place, message) = match error.kind() {
        ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
            let position = (report.span().start_line, report.span().start_col + 1);
            (theme.file(report.filename()).map(|file| span_at(sources, file, position)), report.message().to_owned())
        }
        _ => (None, error.to_string()),
    };
    let message = format!("{message} (while rendering {on})");
    match place {
        Some(span) => Diagnostic::new(code, span, message).hint("mend the template"),
        None => Diagnostic::site(code, message).hint("mend the theme's templates"),
    }
}
