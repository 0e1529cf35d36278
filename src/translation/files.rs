//! The two files that a translator's commands touch: the source that is read, the translation that is written.
#![expect(clippy::disallowed_methods, reason = "`i18n start` and `accept` write one file of the site each")]

use std::path::Path;

/// The text of a file; the error names its path.
pub fn read_text(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// Writes a file and the folders above it; the error names its path.
pub fn write_text(path: &Path, text: &str) -> Result<(), String> {
    let written = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(path, text));
    written.map_err(|error| format!("cannot write {}: {error}", path.display()))
}
