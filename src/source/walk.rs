//! The walk over one tree, links included.

use crate::diag::{Code, Diagnostic, Sink};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A file that the walk met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The path below the tree's own root, `/` between folders.
    pub(super) place: String,
    /// Where it can be opened.
    pub(super) disk: PathBuf,
    /// Where it truly is, links resolved.
    pub(super) real: PathBuf,
}

/// Where the walk is, for its messages.
pub(super) struct Tree<'a> {
    /// The folder to walk.
    pub(super) folder: &'a Path,
    /// Its path in messages.
    pub(super) shown: &'a str,
    /// The canonical folder that links may not leave.
    pub(super) repository: &'a Path,
}

/// Every file below a tree, sorted by place. A link that leads out, nowhere or in a circle is a finding.
pub(super) fn walk(tree: &Tree<'_>, sink: &mut Sink) -> Vec<Found> {
    let mut found = vec![];
    if let Ok(real) = tree.folder.canonicalize() {
        if real.is_file() {
            found.push(Found { place: String::new(), disk: tree.folder.to_path_buf(), real });
        } else {
            descend(tree, &Folder { path: tree.folder, real, prefix: "" }, &mut vec![], &mut found, sink);
        }
    }
    found.sort_by(|a, b| a.place.cmp(&b.place));
    found
}

/// A folder on the walk: as it was come to, as it truly is, and its place below the tree's root.
struct Folder<'a> {
    path: &'a Path,
    real: PathBuf,
    prefix: &'a str,
}

/// `links` holds where the links on the way here truly are: a link to a folder around one of them, or
/// around itself, would go in a circle.
fn descend(tree: &Tree<'_>, folder: &Folder<'_>, links: &mut Vec<PathBuf>, found: &mut Vec<Found>, sink: &mut Sink) {
    let Folder { path, real: here, prefix } = folder;
    let entries = WalkDir::new(path).min_depth(1).follow_links(false).into_iter().filter_entry(visible);
    for entry in entries.flatten() {
        let below = slashed(entry.path().strip_prefix(path).unwrap_or(entry.path()));
        let place = if prefix.is_empty() { below.clone() } else { format!("{prefix}/{below}") };
        if entry.file_type().is_file() {
            found.push(Found { place, disk: entry.path().to_path_buf(), real: here.join(&below) });
        } else if entry.file_type().is_symlink() {
            links.push(here.join(&below));
            match follow(tree, entry.path(), &place, links) {
                Ok(real) if real.is_dir() => {
                    descend(tree, &Folder { path: entry.path(), real, prefix: &place }, links, found, sink);
                }
                Ok(real) => found.push(Found { place, disk: entry.path().to_path_buf(), real }),
                Err(finding) => sink.push(*finding),
            }
            links.pop();
        }
    }
}

fn follow(tree: &Tree<'_>, link: &Path, place: &str, links: &[PathBuf]) -> Result<PathBuf, Box<Diagnostic>> {
    let shown = format!("{}/{place}", tree.shown);
    let target = link.read_link().unwrap_or_default();
    let target = target.display();
    let Ok(real) = link.canonicalize() else {
        let message = format!("the symbolic link leads to `{target}`, which does not exist");
        let finding = Diagnostic::path(Code::SymlinkBroken, shown, message);
        return Err(Box::new(finding.hint("point the link at an existing file or folder, or remove it")));
    };
    if !real.starts_with(tree.repository) {
        let message = format!("the symbolic link leads out of the repository, to `{target}`");
        let finding = Diagnostic::path(Code::SymlinkOutside, shown, message);
        return Err(Box::new(finding.hint("move the target into the repository and link to it there")));
    }
    if links.iter().any(|from| from.starts_with(&real)) {
        let message = format!("the symbolic link leads in a circle, to `{target}`");
        let finding = Diagnostic::path(Code::SymlinkBroken, shown, message);
        return Err(Box::new(finding.hint("remove the link")));
    }
    Ok(real)
}

/// Hidden files, editors' copies and the litter of file managers are no content.
fn visible(entry: &DirEntry) -> bool {
    !is_litter(&entry.file_name().to_string_lossy())
}

/// Is a file of this name none of the site's?
pub(crate) fn is_litter(name: &str) -> bool {
    name.starts_with('.') || name.starts_with('#') || name.ends_with('~') || name == "Thumbs.db"
}

/// A path with `/` between its folders, whatever the system writes.
pub(super) fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
