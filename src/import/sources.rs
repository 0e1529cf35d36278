//! The texts of the Hugo project that findings point into.
//!
//! In: paths and texts in any order. Out: a [`FileId`] for each, and [`Place`] for the printer.

use super::files::{self, FileError};
use crate::diag::{FileId, Place, Span};
use std::path::Path;

/// The texts by number. Only those that may be pointed at are kept, so a finding in a file that
/// is not here takes the path form instead.
#[derive(Debug, Default, Clone)]
pub struct Sources {
    files: Vec<(String, String)>,
}

impl Sources {
    /// Keeps a text under its path relative to the project.
    pub(crate) fn add(&mut self, path: String, text: String) -> FileId {
        self.files.push((path, text));
        FileId(self.files.len() as u32 - 1)
    }

    /// Reads and keeps a text file. Bytes that are not UTF-8 become U+FFFD, as a configuration
    /// with one such byte in a comment is still worth reading.
    pub(super) fn read(&mut self, path: &Path, shown: String) -> Result<FileId, FileError> {
        let bytes = files::read(path)?;
        Ok(self.add(shown, String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// The 1-based line of a place.
    pub(super) fn line(&self, span: Span) -> usize {
        let before = self.text(span.file).bytes().take(span.start as usize);
        before.filter(|byte| *byte == b'\n').count() + 1
    }
}

impl Place for Sources {
    fn path(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |(path, _)| path)
    }

    fn text(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |(_, text)| text)
    }
}

/// A path relative to `root` with `/` between folders; paths elsewhere stay as they are.
pub(super) fn shown(path: &Path, root: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    relative.to_string_lossy().replace('\\', "/")
}
