//! From the disk to a [`SourceSet`]; from an earlier set and what has changed since, to the next one.

use super::disk::{find_repository, read_bytes};
use super::set::{Body, Role, SourceError, SourceFile, SourceSet};
use super::walk::{Found, Tree, slashed, walk};
use crate::diag::{Code, Diagnostic, FileId, Place, Sink, Span};
use include_dir::{Dir, include_dir};
use indexmap::{IndexMap, IndexSet};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// The theme that the binary carries; a site's own `themes/tag` replaces it file by file.
static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/tag");
/// The name of the theme that the binary carries.
const THEME_NAME: &str = "tag";

/// The text of the built-in file that a file of a site's own theme stands in place of.
pub fn built_in(path: &str) -> Option<&'static str> {
    let place = path.strip_prefix("themes/")?.strip_prefix(THEME_NAME)?.strip_prefix('/')?;
    THEME.get_file(place)?.contents_utf8()
}

/// What has changed on disk since a set was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// Nobody knows: everything is read again.
    Everything,
    /// These files, new, written or gone, and whatever lies below these folders.
    Paths(IndexSet<PathBuf>),
}

impl Changed {
    /// Was this file among it?
    fn holds(&self, real: &Path) -> bool {
        match self {
            Self::Everything => true,
            Self::Paths(paths) => real.ancestors().any(|path| paths.contains(path)),
        }
    }
}

/// A file to read.
struct Wanted {
    role: Role,
    path: String,
    found: Found,
}

/// The files of an earlier set, by what does not change about a file, and whether they were there to the last:
/// nobody notes what happens to a file while it does not count, as those of a theme that is not the site's.
type Known<'e> = IndexMap<(Role, &'e str, &'e str), (FileId, bool)>;

impl SourceSet {
    /// Opens a site's folder and reads its `site.yaml`, which becomes file 0.
    pub fn open(root: &Path) -> Result<Self, SourceError> {
        let root = root.canonicalize().map_err(|error| SourceError::new(root, &error))?;
        let repository = find_repository(&root);
        let path = root.join("site.yaml");
        let bytes = read_bytes(&path).map_err(|error| SourceError::new(&path, &error))?;
        let mut set = Self {
            root,
            repository,
            files: vec![],
            order: vec![],
            fragments: IndexMap::new(),
            walked: vec![],
            listing: None,
        };
        let real = path.canonicalize().unwrap_or(path);
        set.append(SourceFile {
            path: "site.yaml".into(),
            role: Role::Config,
            place: "site.yaml".into(),
            repository_path: set.below_repository(&real),
            body: Body::Text(String::from_utf8_lossy(&bytes).into()),
            real,
            valid: true,
            digest: OnceLock::new(),
        });
        Ok(set)
    }

    /// Reads everything else: content, mounts (pairs of folder and place in the content tree),
    /// static files, theme, strings and data. Reading is parallel, the order is that of the paths.
    ///
    /// With an earlier set and what has changed since, nothing else is read, and every file keeps its id.
    pub fn load(
        &mut self,
        theme: &str,
        mounts: &[(String, String)],
        earlier: Option<(&SourceSet, &Changed)>,
        sink: &mut Sink,
    ) -> Result<(), SourceError> {
        let known_places = earlier.is_some_and(|(earlier, changed)| self.edited(earlier, changed));
        if !known_places {
            self.read_all(theme, mounts, earlier)?;
        }
        if !known_places {
            self.listing = None;
        }
        self.listing = Some(self.listing());
        sink.extend_from(&self.walked);
        for (_, file) in self.files().filter(|(_, file)| !file.valid) {
            let message = "the file is not valid UTF-8; unreadable bytes show as \u{fffd}";
            sink.push(Diagnostic::path(Code::FileEncoding, &file.path, message).hint("save the file as UTF-8"));
        }
        Ok(())
    }

    /// Takes the earlier files with the texts of today, if no file has come or gone. Most edits are such.
    fn edited(&mut self, earlier: &SourceSet, changed: &Changed) -> bool {
        let Changed::Paths(paths) = changed else { return false };
        if earlier.text(FileId(0)) != self.text(FileId(0)) {
            return false;
        }
        let is_file = |path: &Path| path.symlink_metadata().is_ok_and(|meta| meta.is_file());
        let mut touched: IndexSet<FileId> = IndexSet::new();
        for path in paths {
            let at: Vec<FileId> = earlier.order.iter().copied().filter(|id| earlier.file(*id).real == *path).collect();
            // Written beside a file and renamed over it, or gone as quickly as it came.
            let passed = at.is_empty() && path.symlink_metadata().is_err() && !earlier.is_above(path);
            if !passed && (at.is_empty() || !is_file(path)) {
                return false;
            }
            touched.extend(at);
        }
        let mut files = earlier.files.clone();
        // Of texts it says only that they are there.
        let texts = touched.iter().all(|id| earlier.file(*id).is_text());
        self.listing = earlier.listing.filter(|_| texts);
        for id in touched {
            let before = &files[id.0 as usize];
            let Ok(after) = reread(before) else { return false };
            files[id.0 as usize] = after;
        }
        self.order = earlier.order.iter().copied().filter(|id| earlier.file(*id).role != Role::Fragment).collect();
        self.files = files;
        self.walked.clone_from(&earlier.walked);
        true
    }

    fn read_all(
        &mut self,
        theme: &str,
        mounts: &[(String, String)],
        earlier: Option<(&SourceSet, &Changed)>,
    ) -> Result<(), SourceError> {
        let mut sink = Sink::new();
        let wanted = self.wanted(theme, mounts, &mut sink);
        self.walked = sink.as_slice().to_vec();
        let known: Known<'_> = earlier.map(|(earlier, _)| known(earlier)).unwrap_or_default();
        let before = |wanted: &Wanted| {
            let (earlier, changed) = earlier?;
            let (id, there) = *known.get(&(wanted.role, wanted.path.as_str(), wanted.found.place.as_str()))?;
            Some((id, earlier.shared(id), there && !changed.holds(&wanted.found.real)))
        };
        let read: Vec<_> = wanted
            .into_par_iter()
            .map(|wanted| match before(&wanted) {
                Some((id, file, true)) if file.real == wanted.found.real => Ok((Some(id), file.clone())),
                Some((id, file, _)) => Ok((Some(id), same_or(file, self.read(wanted)?))),
                None => Ok((None, Arc::new(self.read(wanted)?))),
            })
            .collect();
        if let Some((earlier, _)) = earlier {
            let settings = self.files[0].clone();
            self.files.clone_from(&earlier.files);
            self.files[0] = same_or(&earlier.files[0], Arc::unwrap_or_clone(settings));
        }
        for file in read {
            match file? {
                (Some(id), file) => {
                    self.files[id.0 as usize] = file;
                    self.order.push(id);
                }
                (None, file) => self.append_shared(file),
            }
        }
        if theme == THEME_NAME {
            self.embed_theme(&known);
        }
        Ok(())
    }

    /// Every file of the site's folders, sorted.
    fn wanted(&self, theme: &str, mounts: &[(String, String)], sink: &mut Sink) -> Vec<Wanted> {
        let mut wanted: Vec<Wanted> = vec![];
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
            wanted.extend(walk(&tree, sink).into_iter().map(|found| {
                let path = format!("{shown}/{}", found.place);
                Wanted { role, path, found }
            }));
        }
        if theme != THEME_NAME && !wanted.iter().any(|wanted| wanted.role == Role::Theme) {
            let message = format!("there is no theme in `themes/{theme}`");
            let finding = Diagnostic::new(Code::ConfigValue, self.config_span(theme), message);
            sink.push(finding.hint(format!("write `theme: {THEME_NAME}` for the built-in one, or lay your own there")));
        }
        for (source, target) in mounts {
            wanted.extend(self.mounted(source, target, sink));
        }
        let disk = self.root.join("terms.yaml");
        if let Ok(real) = disk.canonicalize() {
            let path = "terms.yaml".to_owned();
            wanted.push(Wanted { role: Role::Terms, path: path.clone(), found: Found { place: path, disk, real } });
        }
        wanted.sort_by(|a, b| (a.role, &a.found.place).cmp(&(b.role, &b.found.place)));
        wanted
    }

    fn mounted(&self, source: &str, target: &str, sink: &mut Sink) -> Vec<Wanted> {
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
        let mounted = walk(&tree, sink).into_iter().map(|found| {
            let path = format!("{}/{}", source.trim_end_matches('/'), found.place);
            let place = format!("{target}/{}", found.place).trim_end_matches('/').to_owned();
            let path = path.trim_end_matches('/').to_owned();
            Wanted { role: Role::Content, path, found: Found { place, ..found } }
        });
        mounted.collect()
    }

    /// Where `site.yaml` writes a text, for findings about values that the disk refutes.
    fn config_span(&self, text: &str) -> Span {
        let at = self.files[0].text().find(text);
        at.map_or(Span::file(FileId(0)), |at| Span::new(FileId(0), at..at + text.len()))
    }

    fn read(&self, wanted: Wanted) -> Result<SourceFile, SourceError> {
        let Wanted { role, path, found } = wanted;
        let (body, valid) =
            if is_text(role, &found.place) { text(&found.disk)? } else { (Body::OnDisk(found.disk), true) };
        let repository_path = self.below_repository(&found.real);
        let (place, real, digest) = (found.place, found.real, OnceLock::new());
        Ok(SourceFile { path, role, place, repository_path, body, real, valid, digest })
    }

    fn embed_theme(&mut self, known: &Known<'_>) {
        let own: Vec<String> = self.of(Role::Theme).map(|(_, file)| file.place.clone()).collect();
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
            let id = known.get(&(Role::Theme, path.as_str(), place.as_str())).map(|(id, _)| *id);
            let (real, digest) = (PathBuf::new(), OnceLock::new());
            let role = Role::Theme;
            let file = SourceFile { path, role, place, repository_path: None, body, real, valid: true, digest };
            match id {
                Some(id) => {
                    let file = same_or(&self.files[id.0 as usize], file);
                    self.files[id.0 as usize] = file;
                    self.order.push(id);
                }
                None => self.append(file),
            }
        }
    }

    /// Reads files that pages include, by their path relative to the root or the repository.
    /// Those that are already here are not read again; a missing one is remembered as missing.
    pub fn load_fragments(&mut self, paths: impl IntoIterator<Item = String>) {
        for path in paths {
            if self.fragments.contains_key(&path) {
                continue;
            }
            let known =
                self.files().find(|(_, file)| file.path == path && file.is_text() && file.role != Role::Fragment);
            let id = known.map(|(id, _)| id).or_else(|| self.read_fragment(&path));
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
        let repository_path = self.below_repository(&disk);
        let (role, place, body) = (Role::Fragment, path.to_owned(), Body::Text(text.into()));
        let digest = OnceLock::new();
        let file = SourceFile { path: shown, role, place, repository_path, body, real: disk, valid: true, digest };
        let same = |known: &Arc<SourceFile>| known.role == role && known.path == file.path && known.place == file.place;
        match self.files.iter().position(same) {
            Some(at) => {
                self.files[at] = same_or(&self.files[at], file);
                self.order.push(FileId(at as u32));
            }
            None => self.append(file),
        }
        self.order.last().copied()
    }

    fn append(&mut self, file: SourceFile) {
        self.append_shared(Arc::new(file));
    }

    fn append_shared(&mut self, file: Arc<SourceFile>) {
        self.order.push(FileId(self.files.len() as u32));
        self.files.push(file);
    }
}

fn known(earlier: &SourceSet) -> Known<'_> {
    let mut there = vec![false; earlier.files.len()];
    for id in &earlier.order {
        there[id.0 as usize] = true;
    }
    let files = earlier.files.iter().zip(there).enumerate();
    files
        .map(|(at, (file, there))| ((file.role, file.path.as_str(), file.place.as_str()), (FileId(at as u32), there)))
        .collect()
}

/// The file as it is now.
fn reread(before: &Arc<SourceFile>) -> Result<Arc<SourceFile>, SourceError> {
    let (body, valid) = match &before.body {
        Body::Text(_) => text(&before.real)?,
        other => (other.clone(), true),
    };
    let after = SourceFile { body, valid, digest: OnceLock::new(), ..SourceFile::clone(before) };
    Ok(same_or(before, after))
}

/// The file that was, if it is the one that is: what was made from it holds still.
fn same_or(before: &Arc<SourceFile>, after: SourceFile) -> Arc<SourceFile> {
    let same = match (&before.body, &after.body) {
        (Body::Text(a), Body::Text(b)) => a == b,
        (Body::OnDisk(a), Body::OnDisk(b)) => a == b && before.digest() == after.digest(),
        (Body::Embedded(a), Body::Embedded(b)) => std::ptr::eq(*a, *b),
        _ => false,
    };
    if same && before.real == after.real && before.valid == after.valid { before.clone() } else { Arc::new(after) }
}

/// A file's text, and whether all of it could be read as one.
fn text(disk: &Path) -> Result<(Body, bool), SourceError> {
    let bytes = read_bytes(disk).map_err(|error| SourceError::new(disk, &error))?;
    Ok(match String::from_utf8(bytes) {
        Ok(text) => (Body::Text(text.into()), true),
        Err(error) => (Body::Text(String::from_utf8_lossy(error.as_bytes()).into()), false),
    })
}

fn is_text(role: Role, place: &str) -> bool {
    let extension = place.rsplit_once('.').map_or("", |(_, extension)| extension);
    match role {
        Role::Static => false,
        Role::Content => matches!(extension, "md" | "markdown"),
        Role::Theme => matches!(extension, "html" | "xml" | "txt" | "yaml" | "css" | "js" | "json" | "svg" | "md"),
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
