//! Disk access of the importer, all of it.
//!
//! In: paths. Out: bytes, listings, and errors that name their path. Nothing here knows what
//! Hugo is; who may write where is decided in `target`.
#![expect(clippy::disallowed_methods, reason = "the importer reads another project and writes this one's files")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A system error and the path it happened at.
#[derive(Debug)]
pub struct FileError {
    /// What was being done, as in "cannot *read* x".
    pub action: &'static str,
    /// The path.
    pub path: PathBuf,
    /// The system's answer.
    pub error: io::Error,
}

impl std::fmt::Display for FileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot {} {}: {}", self.action, self.path.display(), self.error)
    }
}

impl std::error::Error for FileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// What a name in a folder stands for; links are not followed to find out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    Link,
}

/// A name in a folder.
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) size: u64,
}

fn named<T>(action: &'static str, path: &Path, result: io::Result<T>) -> Result<T, FileError> {
    result.map_err(|error| FileError { action, path: path.to_owned(), error })
}

/// The bytes of a file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    named("read", path, fs::read(path))
}

/// The bytes of a file, none if there is no such file.
pub(super) fn read_if_any(path: &Path) -> Result<Option<Vec<u8>>, FileError> {
    match fs::read(path) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        result => named("read", path, result).map(Some),
    }
}

/// The names in a folder, sorted, and how many names are not valid UTF-8 and thus left out.
pub(super) fn list(folder: &Path) -> Result<(Vec<Listed>, usize), FileError> {
    let mut names = vec![];
    let mut unreadable = 0;
    for entry in named("list", folder, fs::read_dir(folder))? {
        let entry = named("list", folder, entry)?;
        let Ok(name) = entry.file_name().into_string() else {
            unreadable += 1;
            continue;
        };
        let path = entry.path();
        let meta = named("look at", &path, fs::symlink_metadata(&path))?;
        let kind = match meta.file_type() {
            kind if kind.is_symlink() => Kind::Link,
            kind if kind.is_dir() => Kind::Folder,
            _ => Kind::File,
        };
        names.push(Listed { name, kind, size: meta.len() });
    }
    names.sort_by(|a, b| a.name.cmp(&b.name));
    Ok((names, unreadable))
}

/// The path without links and dots, none if it leads nowhere or in a circle.
pub(super) fn real(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

/// Whether a folder stands there.
pub(super) fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether a file stands there.
pub(super) fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Writes a file, with the folders above it.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    named("write", path, fs::write(path, bytes))
}

/// Makes a folder and those above it.
pub(super) fn make_folder(folder: &Path) -> Result<(), FileError> {
    named("make the folder", folder, fs::create_dir_all(folder))
}

/// Removes a file, then each folder above it that is empty by then, up to `root`.
pub(super) fn remove(path: &Path, root: &Path) -> Result<(), FileError> {
    named("remove", path, fs::remove_file(path))?;
    let above = path.ancestors().skip(1).take_while(|folder| *folder != root);
    for folder in above {
        // A folder that still holds something is not an error but the end.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}
