//! The place of a finding in lines and columns.

use super::{At, Diagnostic, Place};

/// Where a finding stands; lines and columns from 1, columns in characters, the end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Located<'a> {
    /// The path relative to the root, empty for the site as a whole.
    pub(super) file: &'a str,
    /// Line and column of the first character.
    pub(super) start: (usize, usize),
    /// Line and column behind the last character.
    pub(super) end: (usize, usize),
}

/// Looks the place of a finding up.
pub(super) fn locate<'a>(diagnostic: &'a Diagnostic, places: &'a dyn Place) -> Located<'a> {
    match &diagnostic.at {
        At::Site => Located { file: "", start: (1, 1), end: (1, 1) },
        At::Path(path) => Located { file: path, start: (1, 1), end: (1, 1) },
        At::Span(span) => {
            let text = places.text(span.file);
            let [start, end] = [span.start, span.end].map(|at| position(text, at as usize));
            Located { file: places.path(span.file), start, end }
        }
    }
}

/// Line and column, 1-based, the column in characters.
pub(super) fn position(text: &str, offset: usize) -> (usize, usize) {
    let offset = floor(text, offset);
    let from = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    (text[..from].matches('\n').count() + 1, text[from..offset].chars().count() + 1)
}

/// The offset, moved back to the beginning of its character.
pub(super) fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}
