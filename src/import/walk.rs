//! The walk over a folder of the project, links followed.
//!
//! In: a folder. Out: every file with its place below that folder, in sorted order. A symbolic
//! link is followed inside of the repository only, and so is git's placeholder for one: with
//! `core.symlinks=false`, git checks a link out as a text file that holds the link's target.

use super::files::{self, FileError, Kind, Listed};
use super::sources::shown;
use crate::diag::{Code, Diagnostic, Sink};
use std::path::{Path, PathBuf};

/// A file to copy.
pub(super) struct Found {
    /// Where its bytes are.
    pub(super) real: PathBuf,
    /// Its path below the folder that was walked, `/` between folders.
    pub(super) relative: String,
    /// Its path in the project, as its authors see it.
    pub(super) shown: String,
}

/// A link that was followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// The link, relative to the project.
    pub link: String,
    /// What it leads to, relative to the repository.
    pub target: String,
    /// Whether it is a text file that stands for a link, as git writes it where links are off.
    pub placeholder: bool,
}

/// What a walk found, over several folders.
pub(super) struct Walk<'a> {
    /// The root inside of which links are followed, without links itself.
    repository: &'a Path,
    project: &'a Path,
    /// Folders that are copied on their own, as the project names them. One that is reached by a
    /// link has another name and is entered.
    apart: Vec<PathBuf>,
    /// The import's target, which may lie in the project.
    into: Option<PathBuf>,
    pub(super) followed: Vec<Followed>,
    pub(super) sink: Sink,
}

/// A placeholder is a path, and paths have an end (`PATH_MAX`).
const LONGEST_PATH: u64 = 4096;

impl<'a> Walk<'a> {
    pub(super) fn new(repository: &'a Path, project: &'a Path, apart: Vec<PathBuf>, into: Option<PathBuf>) -> Self {
        Self { repository, project, apart, into, followed: vec![], sink: Sink::new() }
    }

    /// Every file below `folder`, which may be a link; of a single file the relative path is empty.
    pub(super) fn files(&mut self, folder: &Path) -> Result<Vec<Found>, FileError> {
        let mut found = vec![];
        let Some(mut real) = files::real(folder) else { return Ok(found) };
        let shown = shown(folder, self.project);
        if let Some(target) = self.placeholder_of(&real)? {
            real = target;
        }
        if !real.starts_with(self.repository) {
            self.sink.push(self.outside(&shown));
        } else if files::is_folder(&real) {
            self.folder(&real, "", &shown, &mut vec![], &mut found)?;
        } else {
            found.push(Found { real, relative: String::new(), shown });
        }
        Ok(found)
    }

    fn folder(
        &mut self,
        real: &Path,
        relative: &str,
        shown: &str,
        above: &mut Vec<PathBuf>,
        found: &mut Vec<Found>,
    ) -> Result<(), FileError> {
        let (listed, unreadable) = files::list(real)?;
        if unreadable > 0 {
            let message = format!("{unreadable} file(s) here have names that are not valid UTF-8");
            self.sink.push(Diagnostic::path(Code::ImportSkipped, shown, message).hint("rename them"));
        }
        above.push(real.to_owned());
        for entry in listed.into_iter().filter(|entry| entry.name != ".git") {
            let join = |base: &str| if base.is_empty() { entry.name.clone() } else { format!("{base}/{}", entry.name) };
            self.entry(real, &entry, join(relative), join(shown), above, found)?;
        }
        above.pop();
        Ok(())
    }

    fn entry(
        &mut self,
        folder: &Path,
        entry: &Listed,
        relative: String,
        shown: String,
        above: &mut Vec<PathBuf>,
        found: &mut Vec<Found>,
    ) -> Result<(), FileError> {
        let path = folder.join(&entry.name);
        if self.apart.contains(&self.project.join(&shown)) || self.into.as_ref() == Some(&path) {
            return Ok(());
        }
        let target = match entry.kind {
            Kind::Folder => return self.folder(&path, &relative, &shown, above, found),
            Kind::Link => self.link(&path, &shown),
            Kind::File => {
                let target = self.placeholder(&path, entry)?;
                let Some(target) = target else {
                    found.push(Found { real: path, relative, shown });
                    return Ok(());
                };
                Some(target)
            }
        };
        let Some(target) = target else { return Ok(()) };
        if above.contains(&target) {
            self.sink.push(
                Diagnostic::path(Code::ImportSkipped, shown, "this link leads in a circle")
                    .hint("remove it, or let it lead to a folder that does not hold it"),
            );
            return Ok(());
        }
        self.followed.push(Followed {
            link: shown.clone(),
            target: super::sources::shown(&target, self.repository),
            placeholder: entry.kind == Kind::File,
        });
        if files::is_folder(&target) {
            return self.folder(&target, &relative, &shown, above, found);
        }
        found.push(Found { real: target, relative, shown });
        Ok(())
    }

    /// What a symbolic link leads to, if that may be followed.
    fn link(&mut self, path: &Path, shown: &str) -> Option<PathBuf> {
        let Some(mut target) = files::real(path) else {
            self.sink.push(
                Diagnostic::path(Code::ImportSkipped, shown, "this link leads nowhere or in a circle")
                    .hint("let it lead to a file or folder of the repository, or remove it"),
            );
            return None;
        };
        // A link to a placeholder leads to where the placeholder leads.
        if let Ok(Some(next)) = self.placeholder_of(&target) {
            target = next;
        }
        if target.starts_with(self.repository) {
            return Some(target);
        }
        self.sink.push(self.outside(shown));
        None
    }

    fn outside(&self, shown: &str) -> Diagnostic {
        let message = "this link leads out of the repository and was not followed";
        let hint = format!("copy what it leads to into {}", self.repository.display());
        Diagnostic::path(Code::ImportSkipped, shown, message).hint(hint)
    }

    fn placeholder(&self, path: &Path, entry: &Listed) -> Result<Option<PathBuf>, FileError> {
        if entry.size == 0 || entry.size > LONGEST_PATH {
            return Ok(None);
        }
        let Some(mut target) = self.placeholder_of(path)? else { return Ok(None) };
        // A chain of placeholders ends soon or is a circle, and then the last is copied as it is.
        for _ in 0..8 {
            match self.placeholder_of(&target)? {
                Some(next) => target = next,
                None => break,
            }
        }
        Ok(Some(target))
    }

    /// What a file leads to if it is git's placeholder for a link: nothing but one relative path,
    /// which exists inside of the repository, and no extension or that of its target.
    fn placeholder_of(&self, path: &Path) -> Result<Option<PathBuf>, FileError> {
        if !files::is_file(path) {
            return Ok(None);
        }
        let bytes = files::read(path)?;
        let Some(line) = one_line(&bytes) else { return Ok(None) };
        let Some(folder) = path.parent() else { return Ok(None) };
        let Some(target) = files::real(&folder.join(line)) else { return Ok(None) };
        let same_kind = path.extension().is_none() || path.extension() == target.extension();
        Ok((same_kind && target != path && target.starts_with(self.repository)).then_some(target))
    }
}

/// The only line of a text, if it may be a relative path.
fn one_line(bytes: &[u8]) -> Option<&str> {
    if bytes.len() as u64 > LONGEST_PATH {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let line = text.strip_suffix('\n').unwrap_or(text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    (!line.trim().is_empty() && !line.starts_with('/') && !line.contains(['\n', '\r', '\0'])).then_some(line)
}
