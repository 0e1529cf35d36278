//! The files of a site.

use super::disk::read_bytes;
use super::walk::slashed;
use crate::cache::Key;
use crate::diag::{Diagnostic, FileId, Place};
use indexmap::IndexMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// `site.yaml`.
    Config,
    /// Below `content/` or mounted there.
    Content,
    /// Below `static/`: copied as it is.
    Static,
    /// Below the theme: templates, assets, strings, `theme.yaml`.
    Theme,
    /// Below `i18n/`.
    Strings,
    /// Below `data/`.
    Data,
    /// `terms.yaml`.
    Terms,
    /// Included by a page from elsewhere in the repository.
    Fragment,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub enum Body {
    /// A text, in memory.
    Text(Arc<str>),
    /// Bytes, left on disk until they are written.
    OnDisk(PathBuf),
    /// Bytes that the binary carries.
    Embedded(&'static [u8]),
}

/// A file of the site.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Its path relative to the root, as a person would open it.
    pub path: String,
    /// What it is for.
    pub role: Role,
    /// Its path inside its tree: `en/wgs/_index.md` for `content/en/wgs/_index.md`.
    pub place: String,
    /// Where it truly is in the repository, links and mounts resolved; none for the embedded theme.
    pub repository_path: Option<String>,
    /// What it holds.
    pub body: Body,
    /// Where it truly is on disk; empty for what the binary carries.
    pub(super) real: PathBuf,
    /// Was it UTF-8?
    pub(super) valid: bool,
    pub(super) digest: OnceLock<Key>,
}

impl SourceFile {
    /// The text, empty for bytes.
    pub fn text(&self) -> &str {
        match &self.body {
            Body::Text(text) => text,
            _ => "",
        }
    }

    /// The text, to keep.
    pub(crate) fn shared_text(&self) -> Arc<str> {
        match &self.body {
            Body::Text(text) => text.clone(),
            _ => "".into(),
        }
    }

    /// Is it a text, be it an empty one?
    pub fn is_text(&self) -> bool {
        matches!(self.body, Body::Text(_))
    }

    /// The file's bytes, read now where they were left on disk.
    pub fn bytes(&self) -> Result<Vec<u8>, SourceError> {
        match &self.body {
            Body::Text(text) => Ok(text.as_bytes().to_vec()),
            Body::Embedded(bytes) => Ok(bytes.to_vec()),
            Body::OnDisk(path) => read_bytes(path).map_err(|error| SourceError::new(path, &error)),
        }
    }

    /// What tells this state of the file from any other: the digest of its text, or when its bytes were
    /// written and how many they are.
    pub fn digest(&self) -> Key {
        *self.digest.get_or_init(|| match &self.body {
            Body::Text(text) => Key::of(&[b"text", text.as_bytes()]),
            Body::Embedded(bytes) => Key::of(&[b"embedded", bytes]),
            Body::OnDisk(path) => Key::of(&[b"on disk", format!("{:?}", super::disk::stamp(path)).as_bytes()]),
        })
    }
}

/// The environment is at fault: a path that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceError {
    /// The path.
    pub path: PathBuf,
    /// What the system said.
    pub message: String,
}

impl SourceError {
    pub(super) fn new(path: &Path, error: &std::io::Error) -> Self {
        Self { path: path.to_path_buf(), message: error.to_string() }
    }
}

impl std::fmt::Display for SourceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot read {}: {}", self.path.display(), self.message)
    }
}

impl std::error::Error for SourceError {}

/// All files of a site. A [`FileId`] stays with its file as long as sets are made from one another.
#[derive(Debug, Clone)]
pub struct SourceSet {
    pub(super) root: PathBuf,
    pub(super) repository: PathBuf,
    /// By their ids. Files that are gone keep theirs, so that no other file is taken for them.
    pub(super) files: Vec<Arc<SourceFile>>,
    /// Those that are there, sorted by role and place.
    pub(super) order: Vec<FileId>,
    pub(super) fragments: IndexMap<String, Option<FileId>>,
    /// What the walk over the folders found.
    pub(super) walked: Vec<Diagnostic>,
    pub(super) listing: Option<Key>,
}

impl Place for SourceSet {
    fn path(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].path
    }

    fn text(&self, file: FileId) -> &str {
        self.files[file.0 as usize].text()
    }
}

impl SourceSet {
    /// Puts another text in place of a file's, to read a former version of it. The disk is not touched.
    pub fn set_text(&mut self, id: FileId, text: &str) {
        let file = Arc::make_mut(&mut self.files[id.0 as usize]);
        file.body = Body::Text(text.into());
        file.digest = OnceLock::new();
    }

    /// The outcome of an earlier [`SourceSet::load_fragments`]: none if never asked for.
    pub fn fragment(&self, path: &str) -> Option<Option<FileId>> {
        self.fragments.get(path).copied()
    }

    /// Every file with its id, in order.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.order.iter().map(|id| (*id, self.file(*id)))
    }

    /// The files of one role.
    pub fn of(&self, role: Role) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files().filter(move |(_, file)| file.role == role)
    }

    /// A file by its id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// A file by its id, to keep.
    pub(crate) fn shared(&self, id: FileId) -> &Arc<SourceFile> {
        &self.files[id.0 as usize]
    }

    /// The digest of which files there are: not of their texts, but of the state of those without one.
    pub(crate) fn listing(&self) -> Key {
        self.listing.unwrap_or_else(|| {
            let mut text = String::new();
            for (id, file) in self.files() {
                text.push_str(&format!("{}\0{}\0{}\0{:?}", id.0, file.path, file.place, file.role));
                if !file.is_text() {
                    text.push_str(&file.digest().to_string());
                }
                text.push('\n');
            }
            Key::of(&[text.as_bytes()])
        })
    }

    /// The digest of the texts of one role, as far as they lie in a folder of it.
    pub(crate) fn digest_of(&self, role: Role, folder: &str) -> Key {
        let files = self.of(role).filter(|(_, file)| file.place.starts_with(folder));
        let parts: Vec<(FileId, Key)> = files.map(|(id, file)| (id, file.digest())).collect();
        Key::of(&[format!("{parts:?}").as_bytes()])
    }

    /// Where the files truly are, links and mounts resolved.
    pub fn real_paths(&self) -> impl Iterator<Item = &Path> {
        let present = self.files().map(|(_, file)| file.real.as_path());
        present.filter(|path| !path.as_os_str().is_empty())
    }

    /// Is the path one of the files, or a folder that holds some?
    pub fn is_above(&self, path: &Path) -> bool {
        self.real_paths().any(|real| real.starts_with(path))
    }

    /// The site's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The site's folder inside the repository, `/` between folders, empty at its top.
    pub fn folder_in_repository(&self) -> String {
        self.root.strip_prefix(&self.repository).map(slashed).unwrap_or_default()
    }

    /// The repository's folder.
    pub fn repository(&self) -> &Path {
        &self.repository
    }

    pub(super) fn below_repository(&self, real: &Path) -> Option<String> {
        real.strip_prefix(&self.repository).ok().map(slashed)
    }
}
