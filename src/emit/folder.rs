//! The output folder.
#![expect(clippy::disallowed_methods, reason = "this is the room that writes, and it reads what it wrote")]

use super::manifest::{Manifest, NAME};
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Why nothing more could be written.
#[derive(Debug)]
pub enum EmitError {
    /// The folder holds files that no build of ours wrote.
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// One of the files.
        example: String,
    },
    /// The system refused.
    Io {
        /// The path.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
}

impl fmt::Display for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign { folder, example } => write!(
                f,
                "the output folder {} holds files that Plenary did not write, such as `{example}`; choose an empty folder with --out, or empty this one",
                folder.display()
            ),
            Self::Io { path, error } => write!(f, "cannot write {}: {error}", path.display()),
        }
    }
}

impl std::error::Error for EmitError {}

/// What happened to the files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// New or changed.
    pub written: usize,
    /// The same bytes as before.
    pub unchanged: usize,
    /// Made by nothing any more.
    pub removed: usize,
}

/// Writes into one folder. Safe to use from many threads.
#[derive(Debug)]
pub struct Emitter {
    folder: PathBuf,
    /// Ours before this build.
    owned: Manifest,
    /// What the list in the folder says.
    noted: Manifest,
    written: AtomicUsize,
    unchanged: AtomicUsize,
    removed: usize,
}

impl Emitter {
    /// Opens the folder, made if it is not there. A folder of somebody else's files is refused.
    pub fn open(folder: &Path) -> Result<Self, EmitError> {
        fs::create_dir_all(folder).map_err(|error| io_error(folder, error))?;
        let manifest = fs::read_to_string(folder.join(NAME)).ok().and_then(|text| Manifest::parse(&text));
        let owned = match manifest {
            Some(manifest) => manifest,
            None => {
                let mut entries = fs::read_dir(folder).map_err(|error| io_error(folder, error))?;
                if let Some(Ok(entry)) = entries.next() {
                    let example = entry.file_name().to_string_lossy().into_owned();
                    return Err(EmitError::Foreign { folder: folder.to_path_buf(), example });
                }
                Manifest::default()
            }
        };
        let noted = owned.clone();
        let (written, unchanged) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Ok(Self { folder: folder.to_path_buf(), owned, noted, written, unchanged, removed: 0 })
    }

    /// Makes the folders of all paths, each once, and notes what is going to be ours: a build that is
    /// broken off leaves nothing that the next one would take for somebody else's.
    pub fn prepare<'p>(&mut self, paths: impl Iterator<Item = &'p str>) -> Result<(), EmitError> {
        let paths: BTreeSet<&str> = paths.collect();
        for path in &paths {
            if self.owned.0.contains(*path) {
                continue;
            }
            if self.folder.join(path).is_dir() {
                self.clear_folder(path)?;
            }
            if !self.folder.join(path).exists() {
                self.noted.0.insert((*path).to_owned());
            }
        }
        if self.noted != self.owned {
            replace(&self.folder.join(NAME), self.noted.to_text().as_bytes())?;
        }
        let folders: BTreeSet<&str> =
            paths.iter().filter_map(|path| path.rsplit_once('/')).map(|(folder, _)| folder).collect();
        for folder in folders {
            let path = self.folder.join(folder);
            if !path.is_dir() {
                self.clear_way(folder)?;
                fs::create_dir_all(&path).map_err(|error| io_error(&path, error))?;
            }
        }
        Ok(())
    }

    /// A file of ours may stand where a folder is wanted now.
    fn clear_way(&mut self, folder: &str) -> Result<(), EmitError> {
        for (at, _) in folder.match_indices('/').chain([(folder.len(), "")]) {
            let part = &folder[..at];
            let path = self.folder.join(part);
            if path.is_file() && self.owned.0.contains(part) {
                fs::remove_file(&path).map_err(|error| io_error(&path, error))?;
                self.removed += 1;
            }
        }
        Ok(())
    }

    /// A folder of ours may stand where a file is wanted now.
    fn clear_folder(&mut self, folder: &str) -> Result<(), EmitError> {
        let below = format!("{folder}/");
        let ours: Vec<String> =
            self.owned.0.range(below.clone()..).take_while(|path| path.starts_with(&below)).cloned().collect();
        for path in ours {
            let target = self.folder.join(&path);
            if target.is_file() {
                fs::remove_file(&target).map_err(|error| io_error(&target, error))?;
                self.removed += 1;
            }
            self.prune(&path);
        }
        Ok(())
    }

    /// Writes a file unless it has these bytes already.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), EmitError> {
        let target = self.folder.join(path);
        match same(&target, bytes) {
            Same::Yes => {
                self.unchanged.fetch_add(1, Ordering::Relaxed);
                return Ok(());
            }
            Same::No if !self.owned.0.contains(path) => {
                return Err(EmitError::Foreign { folder: self.folder.clone(), example: path.to_owned() });
            }
            Same::No | Same::Absent => {}
        }
        replace(&target, bytes)?;
        self.written.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Removes what nothing makes any more, and notes what is ours now.
    pub fn finish(self, paths: impl Iterator<Item = String>) -> Result<Outcome, EmitError> {
        let now = Manifest(paths.collect());
        let mut removed = self.removed;
        for path in self.owned.0.difference(&now.0) {
            let target = self.folder.join(path);
            match fs::remove_file(&target) {
                Ok(()) => removed += 1,
                Err(error)
                    if matches!(
                        error.kind(),
                        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory
                    ) => {}
                Err(error) => return Err(io_error(&target, error)),
            }
            self.prune(path);
        }
        if now != self.noted || !self.folder.join(NAME).exists() {
            replace(&self.folder.join(NAME), now.to_text().as_bytes())?;
        }
        let (written, unchanged) = (self.written.into_inner(), self.unchanged.into_inner());
        Ok(Outcome { written, unchanged, removed })
    }

    /// Removes the folders that a file leaves empty.
    fn prune(&self, path: &str) {
        let mut folder = path;
        while let Some((above, _)) = folder.rsplit_once('/') {
            if fs::remove_dir(self.folder.join(above)).is_err() {
                return;
            }
            folder = above;
        }
    }
}

enum Same {
    Yes,
    No,
    Absent,
}

fn same(target: &Path, bytes: &[u8]) -> Same {
    match fs::metadata(target) {
        Ok(meta) if meta.is_file() && meta.len() == bytes.len() as u64 => match fs::read(target) {
            Ok(old) if old == bytes => Same::Yes,
            _ => Same::No,
        },
        Ok(_) => Same::No,
        Err(_) => Same::Absent,
    }
}

/// A reader of the folder sees the old bytes or the new ones, never half of them.
fn replace(target: &Path, bytes: &[u8]) -> Result<(), EmitError> {
    if !target.exists() {
        return fs::write(target, bytes).map_err(|error| io_error(target, error));
    }
    let mut name = target.file_name().map(std::ffi::OsStr::to_os_string).unwrap_or_default();
    name.push(".plenary-new");
    let fresh = target.with_file_name(name);
    fs::write(&fresh, bytes).map_err(|error| io_error(&fresh, error))?;
    fs::rename(&fresh, target).map_err(|error| io_error(target, error))
}

fn io_error(path: &Path, error: io::Error) -> EmitError {
    EmitError::Io { path: path.to_path_buf(), error }
}
