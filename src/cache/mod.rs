//! Products that are kept between runs, in `.plenary/` beside `site.yaml`.
//!
//! In: a name and bytes. Out: the bytes of an earlier run, if they are there. Deleting the folder changes
//! how long a run takes and nothing else; a cache that cannot be read or written is no error.
#![expect(clippy::disallowed_methods, reason = "the cache is no site file")]

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of a site's cache.
#[derive(Debug, Clone)]
pub struct Cache(PathBuf);

impl Cache {
    /// The cache of the site in `root`.
    pub fn of(root: &Path) -> Self {
        Self(root.join(".plenary"))
    }

    /// What an earlier run kept under this name.
    pub fn load(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.0.join(name)).ok()
    }

    /// Keeps a text. A reader sees the old one or the new one, never half of it.
    pub fn save(&self, name: &str, text: &str) {
        if fs::create_dir_all(&self.0).is_err() {
            return;
        }
        let fresh = self.0.join(format!("{name}.{}", std::process::id()));
        if fs::write(&fresh, text).is_ok() {
            // Another process may have been quicker; either text is as good.
            let _ = fs::rename(&fresh, self.0.join(name));
        }
    }
}
