//! Who changed each file last, and when, from one pass over the history of the repository.
//!
//! In: a folder somewhere in a git repository. Out: for each path of the repository the newest commit
//! that changed it. Never one process a file, never a write, never a network access. What stands
//! changed in the working tree and is not committed yet keeps the change of its last commit.

mod git;

use std::io::{BufRead, BufReader};
use std::path::Path;

use indexmap::{IndexMap, IndexSet};
use jiff::Zoned;
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;

pub(crate) use git::git_folder;
pub use git::{Repository, Version, author};

/// The last change of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The full hash of the commit.
    pub hash: String,
    /// When the author made it, at the author's offset from UTC: the date that Hugo shows, which
    /// unlike the committer's survives a rebase.
    pub date: Zoned,
    /// The author's name, by `.mailmap` where there is one.
    pub author: String,
}

/// The last change of each path of a repository.
#[derive(Debug, Clone)]
pub struct History {
    repository: Repository,
    changes: Vec<Change>,
    /// Place in `changes`; none for a path whose last change lies beyond the edge of a shallow clone.
    paths: IndexMap<String, Option<usize>>,
}

/// Why there is no history to learn from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoHistory {
    /// The folder is in no repository with a working tree.
    NoRepository,
    /// There is no `git` on the path.
    GitMissing,
    /// Git refused, for instance a repository that belongs to somebody else; with its own words.
    Failed(String),
}

impl History {
    /// Reads the history of the repository that `root` is in.
    ///
    /// With `wanted`, paths from the repository's root with `/` between folders, only these are kept
    /// and reading ends once each has been seen.
    pub fn read(root: &Path, wanted: Option<&IndexSet<String>>) -> Result<Self, NoHistory> {
        Self::of(Repository::find(root)?, wanted)
    }

    /// As [`History::read`], for a caller who needs the repository's root to name what is wanted.
    pub fn of(repository: Repository, wanted: Option<&IndexSet<String>>) -> Result<Self, NoHistory> {
        let mut log = repository.log()?;
        let mut reader = Reader { history: Self { repository, changes: Vec::new(), paths: IndexMap::new() }, wanted };
        let whole = log.output().is_some_and(|output| reader.read(BufReader::new(output)));
        log.close(whole)?;
        Ok(reader.history)
    }

    /// The last change of a path, counted from the repository's root with `/` between folders.
    pub fn last_change(&self, repository_path: &str) -> Option<&Change> {
        self.changes.get((*self.paths.get(repository_path)?)?)
    }

    /// The top folder of the working tree, symbolic links resolved.
    pub fn repository_root(&self) -> &Path {
        self.repository.root()
    }

    /// The repository, to name its paths.
    pub fn repository(&self) -> &Repository {
        &self.repository
    }

    /// Is it a clone without its older commits? Files that they changed last have no change here.
    pub fn is_shallow(&self) -> bool {
        self.repository.is_shallow()
    }
}

struct Reader<'a> {
    history: History,
    wanted: Option<&'a IndexSet<String>>,
}

/// The commit whose paths are being read.
enum Commit {
    /// Its files are new or changed.
    Change(Change),
    /// The edge of a shallow clone: it lists every file, changed or not.
    Edge,
    /// Its date cannot be read; older commits must not be taken for it.
    Undated,
}

impl Reader<'_> {
    /// True if the log was read to its end, false if the rest is of no interest.
    fn read(&mut self, log: impl BufRead) -> bool {
        // A read error is git's end, which `Log::close` reports.
        let mut fields = log.split(0).map_while(Result::ok);
        let mut commit = Commit::Undated;
        let mut place = None;
        while let Some(field) = fields.next() {
            if let Some(hash) = git::commit_mark(&field) {
                if self.is_complete() {
                    return false;
                }
                let (date, author) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
                commit = self.commit(hash, &date, &author);
                place = None;
            } else {
                // Between the commit and its first path stands a line break.
                let path = field.strip_prefix(b"\n").unwrap_or(&field);
                if let Ok(path) = std::str::from_utf8(path) {
                    self.path(path, &commit, &mut place);
                }
            }
        }
        true
    }

    fn is_complete(&self) -> bool {
        self.wanted.is_some_and(|wanted| self.history.paths.len() == wanted.len())
    }

    fn commit(&self, hash: &str, date: &[u8], author: &[u8]) -> Commit {
        if self.history.repository.is_edge(hash) {
            return Commit::Edge;
        }
        let Some(date) = parse_date(date) else { return Commit::Undated };
        Commit::Change(Change { hash: hash.to_owned(), date, author: String::from_utf8_lossy(author).into_owned() })
    }

    /// The first commit that names a path is its last change. `place` is the commit's, once it has one.
    fn path(&mut self, path: &str, commit: &Commit, place: &mut Option<usize>) {
        let unwanted = self.wanted.is_some_and(|wanted| !wanted.contains(path));
        if path.is_empty() || unwanted || self.history.paths.contains_key(path) {
            return;
        }
        if let (Commit::Change(change), None) = (commit, &place) {
            *place = Some(self.history.changes.len());
            self.history.changes.push(change.clone());
        }
        self.history.paths.insert(path.to_owned(), *place);
    }
}

fn parse_date(text: &[u8]) -> Option<Zoned> {
    let pieces = Pieces::parse(text).ok()?;
    let offset = pieces.to_numeric_offset().unwrap_or(jiff::tz::Offset::UTC);
    let local = pieces.date().to_datetime(pieces.time().unwrap_or_default());
    Some(Zoned::new(offset.to_timestamp(local).ok()?, TimeZone::fixed(offset)))
}

#[cfg(test)]
mod tests;
