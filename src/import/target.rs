//! The folder that is written to, and what earlier imports left in it.
//!
//! In: files by relative path. Out: the files on disk and a manifest of their digests. A file
//! that somebody changed, or that the importer did not write, is never overwritten or removed.

use super::files::{self, FileError};
use indexmap::IndexMap;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The manifest: marks a folder as the work of an import and knows each file's digest.
pub(super) const MANIFEST: &str = ".plenary-import";
/// The report, written anew at each import.
pub(super) const REPORT: &str = "IMPORT.md";

const HEADER: &str =
    "# What `plenary import hugo` wrote. A file whose digest differs was changed since and is left alone.\n";

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// Its bytes are there now.
    New,
    /// Its bytes were there already.
    Unchanged,
    /// Somebody else's file has the name.
    LeftAlone,
    /// Another file of this import has the name already, with other bytes.
    Taken,
}

/// The folder during one import.
pub(super) struct Target {
    root: PathBuf,
    earlier: BTreeMap<String, String>,
    now: IndexMap<String, String>,
    left_alone: Vec<String>,
    removed: usize,
}

impl Target {
    /// Opens a folder that is new, empty but for `.git`, or the work of an earlier import;
    /// none if it holds anything else.
    pub(super) fn open(root: &Path) -> Result<Option<Self>, FileError> {
        let manifest = files::read_if_any(&root.join(MANIFEST))?;
        if manifest.is_none() && files::is_folder(root) {
            let (names, unreadable) = files::list(root)?;
            if unreadable > 0 || names.iter().any(|listed| listed.name != ".git") {
                return Ok(None);
            }
        }
        files::make_folder(root)?;
        let earlier = parse(&String::from_utf8_lossy(&manifest.unwrap_or_default()));
        Ok(Some(Self { root: root.to_owned(), earlier, now: IndexMap::new(), left_alone: vec![], removed: 0 }))
    }

    /// Writes a file unless its name belongs to somebody else.
    pub(super) fn write(&mut self, path: &str, bytes: &[u8]) -> Result<Written, FileError> {
        let digest = blake3::hash(bytes).to_hex().to_string();
        if let Some(mine) = self.now.get(path) {
            return Ok(if *mine == digest { Written::Unchanged } else { Written::Taken });
        }
        let full = self.root.join(path);
        let there = files::read_if_any(&full)?.map(|bytes| blake3::hash(&bytes).to_hex().to_string());
        let written = match there {
            Some(there) if there == digest => Written::Unchanged,
            Some(there) if self.earlier.get(path) != Some(&there) => Written::LeftAlone,
            _ => Written::New,
        };
        if written == Written::New {
            files::write(&full, bytes)?;
        }
        let known = if written == Written::LeftAlone {
            self.left_alone.push(path.to_owned());
            // The digest stays that of the import, so that the file still counts as changed next time.
            self.earlier.get(path).cloned().unwrap_or_default()
        } else {
            digest
        };
        self.now.insert(path.to_owned(), known);
        Ok(written)
    }

    /// Removes what an earlier import wrote, this one did not, and nobody changed. Changed files
    /// stay and are told.
    pub(super) fn sweep(&mut self) -> Result<(), FileError> {
        for (path, digest) in std::mem::take(&mut self.earlier) {
            if self.now.contains_key(&path) {
                continue;
            }
            let full = self.root.join(&path);
            match files::read_if_any(&full)? {
                Some(bytes) if blake3::hash(&bytes).to_hex().as_str() == digest => {
                    files::remove(&full, &self.root)?;
                    self.removed += 1;
                }
                Some(_) => self.left_alone.push(path),
                None => {}
            }
        }
        self.left_alone.sort();
        Ok(())
    }

    /// Files of the folder that are not the import's any more, sorted after [`Self::sweep`].
    pub(super) fn left_alone(&self) -> &[String] {
        &self.left_alone
    }

    /// How many files [`Self::sweep`] removed.
    pub(super) fn removed(&self) -> usize {
        self.removed
    }

    /// Writes the report and the manifest.
    pub(super) fn finish(mut self, report: &str) -> Result<(), FileError> {
        files::write(&self.root.join(REPORT), report.as_bytes())?;
        self.now.sort_keys();
        let mut text = HEADER.to_owned();
        for (path, digest) in self.now.iter().filter(|(_, digest)| !digest.is_empty()) {
            text.push_str(digest);
            text.push(' ');
            text.push_str(path);
            text.push('\n');
        }
        files::write(&self.root.join(MANIFEST), text.as_bytes())
    }
}

fn parse(manifest: &str) -> BTreeMap<String, String> {
    let lines = manifest.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).map(|(digest, path)| (path.to_owned(), digest.to_owned())).collect()
}
