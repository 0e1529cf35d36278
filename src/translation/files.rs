//! The two files that a translator's commands touch: the source that is read, the translation that is written.
#![expect(clippy::disallowed_methods, reason = "`i18n start` and `accept` write one file of the site each")]

use std::path::{Path, PathBuf};

/// The text of a file; the error names its path.
pub fn read_text(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// The files with this extension among these paths and below the folders of them, sorted.
pub fn find_files(paths: &[PathBuf], extension: &str) -> Result<Vec<PathBuf>, String> {
    let mut found = vec![];
    for path in paths {
        for entry in walkdir::WalkDir::new(path).sort_by_file_name() {
            let entry = entry.map_err(|error| format!("cannot read {}: {error}", path.display()))?;
            let named = entry.path() == path || entry.path().extension().is_some_and(|known| known == extension);
            if entry.file_type().is_file() && named {
                found.push(entry.into_path());
            }
        }
    }
    Ok(found)
}

/// Writes a file and the folders above it; the error names its path.
pub fn write_text(path: &Path, text: &str) -> Result<(), String> {
    let written = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(path, text));
    written.map_err(|error| format!("cannot write {}: {error}", path.display()))
}
