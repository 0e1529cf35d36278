//! Reading single files.
#![expect(clippy::disallowed_methods, reason = "this is the room that reads")]

use std::io;
use std::path::{Path, PathBuf};

/// The bytes of a file.
pub fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(path)
}

/// The nearest folder at or above `root` that holds a `.git`, else `root` itself.
/// Symbolic links and mounts may not lead out of it.
pub fn find_repository(root: &Path) -> PathBuf {
    let found = root.ancestors().find(|folder| folder.join(".git").exists());
    found.unwrap_or(root).to_path_buf()
}

/// When a file was written, and how long it is; none if it is not there.
pub(super) fn stamp(path: &Path) -> Option<(std::time::SystemTime, u64)> {
    let meta = path.metadata().ok()?;
    Some((meta.modified().ok()?, meta.len()))
}
