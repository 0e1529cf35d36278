//! The files of a site.

use super::disk::{find_repository, read_bytes};
use super::walk::{Found, Tree, slashed, walk};
use crate::diag::{Code, Diagnostic, FileId, Place, Sink, Span};
use include_dir::{Dir, include_dir};
use indexmap::IndexMap;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The theme that the binary carries; a site's own `themes/tag` replaces it file by file.
static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/tag");
/// The name of the theme that the binary carries.
const THEME_NAME: &str = "tag";

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
}

impl SourceFile {
    /// The text, empty for bytes.
    pub fn text(&self) -> &str {
        match &self.body {
            Body::Text(text) => text,
            _ => "",
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
    fn new(path: &Path, error: &std::io::Error) -> Self {
        Self { path: path.to_path_buf(), message: error.to_string() }
    }
}

impl std::fmt::Display for SourceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot read {}: {}", self.path.display(), self.message)
    }
}

impl std::error::Error for SourceError {}

/// All files of a site. A [`FileId`] is an index into it.
#[derive(Debug, Clone)]
pub struct SourceSet {
    root: PathBuf,
    repository: PathBuf,
    files: Vec<SourceFile>,
    fragments: IndexMap<String, Option<FileId>>,
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
    /// Opens a site's folder and reads its `site.yaml`, which becomes file 0.
    pub fn open(root: &Path) -> Result<Self, SourceError> {
        let root = root.canonicalize().map_err(|error| SourceError::new(root, &error))?;
        let repository = find_repository(&root);
        let path = root.join("site.yaml");
        let bytes = read_bytes(&path).map_err(|error| SourceError::new(&path, &error))?;
        let mut set = Self { root, repository, files: vec![], fragments: IndexMap::new() };
        set.push_settings(Role::Config, "site.yaml", &bytes);
        Ok(set)
    }

    /// A file that stands at the top of the site's folder.
    fn push_settings(&mut self, role: Role, name: &str, bytes: &[u8]) {
        let body = Body::Text(String::from_utf8_lossy(bytes).into());
        let repository_path = self.in_repository(&self.root.join(name));
        self.files.push(SourceFile { path: name.into(), role, place: name.into(), repository_path, body });
    }

    /// Reads everything else: content, mounts (pairs of folder and place in the content tree),
    /// static files, theme, strings and data. Reading is parallel, the order is that of the paths.
    pub fn load(&mut self, theme: &str, mounts: &[(String, String)], sink: &mut Sink) -> Result<(), SourceError> {
        let mut plan: Vec<(Role, Found, String)> = vec![];
        let trees = [
            (Role::Content, "content".to_owned()),
            (Role::Static, "static".to_owned()),
            (Role::Strings, "i18n".to_owned()),
            (Role::Data, "data".to_owned()),
            (Role::Theme, format!("themes/{theme}")),
        ];
        for (role, shown) in trees {
            let folder = self.root.join(&shown);
            let tree = Tree { folder: &folder, shown: &shown, repository: &self.repository };
            for found in walk(&tree, sink) {
                let path = format!("{shown}/{}", found.place);
                plan.push((role, found, path));
            }
        }
        for (source, target) in mounts {
            plan.extend(self.mounted(source, target, sink));
        }
        plan.sort_by(|a, b| (a.0, &a.1.place).cmp(&(b.0, &b.1.place)));
        let read: Vec<_> = plan.into_par_iter().map(|(role, found, path)| self.read(role, found, path)).collect();
        for file in read {
            let (file, valid) = file?;
            if !valid {
                let message = "the file is not valid UTF-8; unreadable bytes show as \u{fffd}";
                let finding = Diagnostic::path(Code::FileEncoding, &file.path, message);
                sink.push(finding.hint("save the file as UTF-8"));
            }
            self.files.push(file);
        }
        if theme == THEME_NAME {
            self.embed_theme();
        }
        if let Ok(bytes) = read_bytes(&self.root.join("terms.yaml")) {
            self.push_settings(Role::Terms, "terms.yaml", &bytes);
        }
        Ok(())
    }

    fn mounted(&self, source: &str, target: &str, sink: &mut Sink) -> Vec<(Role, Found, String)> {
        let folder = self.root.join(source);
        let inside = folder.canonicalize().is_ok_and(|real| real.starts_with(&self.repository));
        if !inside {
            let message = format!("the mount's source `{source}` does not exist inside the repository");
            sink.push(
                Diagnostic::new(Code::MountSource, self.config_span(source), message)
                    .hint("name a folder relative to `site.yaml`, inside the same repository"),
            );
            return vec![];
        }
        let tree = Tree { folder: &folder, shown: source, repository: &self.repository };
        let target = target.trim_matches('/');
        walk(&tree, sink)
            .into_iter()
            .map(|found| {
                let path = format!("{}/{}", source.trim_end_matches('/'), found.place);
                let place = format!("{target}/{}", found.place).trim_end_matches('/').to_owned();
                (Role::Content, Found { place, ..found }, path.trim_end_matches('/').to_owned())
            })
            .collect()
    }

    /// Where `site.yaml` writes a text, for findings about values that the disk refutes.
    fn config_span(&self, text: &str) -> Span {
        let at = self.files[0].text().find(text);
        at.map_or(Span::file(FileId(0)), |at| Span::new(FileId(0), at..at + text.len()))
    }

    fn read(&self, role: Role, found: Found, path: String) -> Result<(SourceFile, bool), SourceError> {
        let mut valid = true;
        let body = if is_text(role, &found.place) {
            let bytes = read_bytes(&found.disk).map_err(|error| SourceError::new(&found.disk, &error))?;
            Body::Text(match String::from_utf8(bytes) {
                Ok(text) => text.into(),
                Err(error) => {
                    valid = false;
                    String::from_utf8_lossy(error.as_bytes()).into()
                }
            })
        } else {
            Body::OnDisk(found.disk)
        };
        let repository_path = self.below_repository(&found.real);
        Ok((SourceFile { path, role, place: found.place, repository_path, body }, valid))
    }

    fn embed_theme(&mut self) {
        let own: Vec<String> =
            self.files.iter().filter(|file| file.role == Role::Theme).map(|file| file.place.clone()).collect();
        let mut embedded = vec![];
        collect(&THEME, &mut embedded);
        for (place, bytes) in embedded {
            if own.contains(&place) {
                continue;
            }
            let body = match std::str::from_utf8(bytes) {
                Ok(text) if is_text(Role::Theme, &place) => Body::Text(text.into()),
                _ => Body::Embedded(bytes),
            };
            let path = format!("themes/{THEME_NAME}/{place}");
            self.files.push(SourceFile { path, role: Role::Theme, place, repository_path: None, body });
        }
    }

    /// Reads files that pages include, by their path relative to the root or the repository.
    /// Those that are already here are not read again; a missing one is remembered as missing.
    pub fn load_fragments(&mut self, paths: impl IntoIterator<Item = String>) {
        for path in paths {
            if self.fragments.contains_key(&path) {
                continue;
            }
            let known = self.files.iter().position(|file| file.path == path && matches!(file.body, Body::Text(_)));
            let id = known.map(|at| FileId(at as u32)).or_else(|| self.read_fragment(&path));
            self.fragments.insert(path, id);
        }
    }

    fn read_fragment(&mut self, path: &str) -> Option<FileId> {
        let candidates = [self.root.join(path), self.repository.join(path)];
        let disk = candidates.into_iter().find_map(|disk| disk.canonicalize().ok())?;
        if !disk.starts_with(&self.repository) {
            return None;
        }
        let text = String::from_utf8(read_bytes(&disk).ok()?).ok()?;
        let shown = disk.strip_prefix(&self.root).map_or_else(|_| path.to_owned(), slashed);
        self.files.push(SourceFile {
            path: shown,
            role: Role::Fragment,
            place: path.to_owned(),
            repository_path: self.below_repository(&disk),
            body: Body::Text(text.into()),
        });
        Some(FileId(self.files.len() as u32 - 1))
    }

    /// Puts another text in place of a file's, to read a former version of it. The disk is not touched.
    pub fn set_text(&mut self, id: FileId, text: &str) {
        self.files[id.0 as usize].body = Body::Text(text.into());
    }

    /// The outcome of an earlier [`SourceSet::load_fragments`]: none if never asked for.
    pub fn fragment(&self, path: &str) -> Option<Option<FileId>> {
        self.fragments.get(path).copied()
    }

    /// Every file with its id, in order.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(at, file)| (FileId(at as u32), file))
    }

    /// The files of one role.
    pub fn of(&self, role: Role) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files().filter(move |(_, file)| file.role == role)
    }

    /// A file by its id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
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

    fn in_repository(&self, path: &Path) -> Option<String> {
        self.below_repository(&path.canonicalize().ok()?)
    }

    fn below_repository(&self, real: &Path) -> Option<String> {
        real.strip_prefix(&self.repository).ok().map(slashed)
    }
}

fn is_text(role: Role, place: &str) -> bool {
    let extension = place.rsplit_once('.').map_or("", |(_, extension)| extension);
    match role {
        Role::Static => false,
        Role::Content => matches!(extension, "md" | "markdown"),
        Role::Theme => matches!(extension, "html" | "xml" | "txt" | "yaml" | "css" | "js" | "svg" | "md"),
        Role::Config | Role::Strings | Role::Data | Role::Terms | Role::Fragment => true,
    }
}

fn collect(folder: &'static Dir<'_>, out: &mut Vec<(String, &'static [u8])>) {
    for file in folder.files() {
        out.push((slashed(file.path()), file.contents()));
    }
    for folder in folder.dirs() {
        collect(folder, out);
    }
    out.sort();
}
