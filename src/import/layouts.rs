//! A project's own layouts.
//!
//! In: the folders of layouts. Out: its shortcodes' templates, to be translated, and the names of
//! all other layouts, which have no counterpart: Go templates cannot run here.

use super::files::{self, FileError};
use super::walk::Walk;
use indexmap::IndexMap;
use std::path::PathBuf;

/// What the folders hold.
#[derive(Default)]
pub(super) struct Layouts {
    /// Shortcodes by name: path in the project and text.
    pub(super) shortcodes: IndexMap<String, (String, String)>,
    /// Every other file.
    pub(super) others: Vec<String>,
}

/// Reads the folders, the first one's files before those of the same name in a later one.
pub(super) fn read(folders: &[PathBuf], walk: &mut Walk<'_>) -> Result<Layouts, FileError> {
    let mut layouts = Layouts::default();
    for folder in folders {
        for found in walk.files(folder)? {
            match shortcode(&found.relative) {
                Some(name) if !layouts.shortcodes.contains_key(name) => {
                    let bytes = files::read(&found.real)?;
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    layouts.shortcodes.insert(name.to_owned(), (found.shown, text));
                }
                _ => layouts.others.push(found.shown),
            }
        }
    }
    Ok(layouts)
}

/// The shortcode's name, if a path is that of one. One with a further dot (`x.fr.html`) is a
/// variant for a language or format, which has no counterpart.
fn shortcode(relative: &str) -> Option<&str> {
    let below = ["shortcodes/", "_shortcodes/"].into_iter().find_map(|folder| relative.strip_prefix(folder))?;
    below.strip_suffix(".html").filter(|name| !name.contains('.'))
}
