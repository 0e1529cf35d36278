//! The folder of the cache, and how its files are written.
#![expect(clippy::disallowed_methods, reason = "the cache is no site file")]

use super::{Pack, Store};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// What nothing has asked for in this time is removed.
const FORGOTTEN: Duration = Duration::from_hours(24 * 30);
/// How exactly a file's last use is noted: a write for each read would cost more than it tells.
const NOTED: Duration = Duration::from_hours(24);

/// The folder of a site's cache.
#[derive(Debug, Clone)]
pub struct Cache(PathBuf);

impl Cache {
    /// The cache of the site in `root`.
    pub fn of(root: &Path) -> Self {
        Self(root.join(".plenary"))
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// A text that an earlier run kept under this name, whatever its version.
    pub fn load(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.0.join(name)).ok()
    }

    /// Keeps a text under a name.
    pub fn save(&self, name: &str, text: &str) {
        self.write(&self.0.join(name), text.as_bytes());
    }

    /// Products of one kind, each in a file of its own: for pictures, cards, diagrams.
    pub fn store(&self, kind: &str) -> Store {
        Store::new(self.clone(), self.0.join(of_this_version(kind)))
    }

    /// Products of one kind, all in one file that is read at once: for many small ones.
    pub fn pack(&self, kind: &str) -> Pack {
        Pack::open(self.clone(), self.0.join(of_this_version(kind) + ".pack"))
    }

    /// Removes what no run has used for a month.
    pub fn sweep(&self) {
        let Ok(entries) = fs::read_dir(&self.0) else { return };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                for folder in fs::read_dir(&path).into_iter().flatten().flatten() {
                    remove_forgotten(fs::read_dir(folder.path()).into_iter().flatten().flatten());
                    // Fails where something is left, which is as it should be.
                    let _ = fs::remove_dir(folder.path());
                }
                let _ = fs::remove_dir(&path);
            }
        }
        remove_forgotten(fs::read_dir(&self.0).into_iter().flatten().flatten());
    }

    /// Writes a file. A reader sees the old one or the new one, never half of it.
    pub(super) fn write(&self, path: &Path, bytes: &[u8]) {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let Some(folder) = path.parent() else { return };
        if !folder.is_dir() && self.make(folder).is_err() {
            return;
        }
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".{}-{number}", std::process::id()));
        let fresh = PathBuf::from(name);
        // Another process may have been quicker; either file is as good. A full disk leaves none of ours.
        if fs::write(&fresh, bytes).and_then(|()| fs::rename(&fresh, path)).is_err() {
            let _ = fs::remove_file(&fresh);
        }
    }

    /// Makes a folder of the cache, and keeps the whole out of git.
    fn make(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let ignore = self.0.join(".gitignore");
        if ignore.exists() { Ok(()) } else { fs::write(ignore, "*\n") }
    }
}

/// The bytes of a file of the cache; that they were wanted is noted in its time.
pub(super) fn read(path: &Path) -> Option<Vec<u8>> {
    let bytes = fs::read(path).ok()?;
    if age(path).is_some_and(|age| age > NOTED)
        && let Ok(file) = fs::File::options().append(true).open(path)
    {
        let _ = file.set_modified(now());
    }
    Some(bytes)
}

/// What one version made, another one must not take for its own.
fn of_this_version(kind: &str) -> String {
    format!("{kind}-{}-{}", env!("CARGO_PKG_VERSION"), env!("PLENARY_SOURCES"))
}

fn remove_forgotten(entries: impl Iterator<Item = fs::DirEntry>) {
    for path in entries.map(|entry| entry.path()) {
        let kept = path.file_name().is_some_and(|name| name == ".gitignore");
        if !kept && path.is_file() && age(&path).is_some_and(|age| age > FORGOTTEN) {
            let _ = fs::remove_file(&path);
        }
    }
}

fn age(path: &Path) -> Option<Duration> {
    now().duration_since(fs::metadata(path).ok()?.modified().ok()?).ok()
}

/// The true time, whatever `SOURCE_DATE_EPOCH` says: it decides what is forgotten and nothing else.
fn now() -> SystemTime {
    SystemTime::now()
}
