//! The `git` processes: one to find the repository, one for its log.
//!
//! The answers depend on the repository alone: not on the caller's language, pager, colours or
//! settings of `log` and `diff`, nor on the variables that git sets for its hooks.

use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use indexmap::IndexSet;

use super::NoHistory;

/// Begins each commit of the log; no path that one meets begins with it.
const MARK: u8 = 1;

/// What a hook finds in its environment, and what would lead `git -C` to another repository.
const HOOK_VARIABLES: [&str; 9] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
];

/// A repository with a working tree: also a linked worktree or a submodule, where `.git` is a file.
#[derive(Debug, Clone)]
pub struct Repository {
    root: PathBuf,
    /// The commits of a shallow clone whose parents are missing; none in a whole one.
    edge: IndexSet<String>,
}

/// A file in one of the commits that changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The commit.
    pub commit: String,
    /// The name that the file had.
    pub path: String,
    /// When the author made it, in seconds since 1970.
    pub moment: i64,
}

/// The name that git would sign a commit with in this folder; none where it knows none.
pub fn author(folder: &Path) -> Option<String> {
    let output = git(folder).args(["config", "user.name"]).output().ok()?;
    let name = String::from_utf8(output.stdout).ok()?;
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

impl Repository {
    /// Finds the repository that a folder is in; else why there is none.
    pub fn find(folder: &Path) -> Result<Self, NoHistory> {
        let arguments = ["rev-parse", "--path-format=absolute", "--show-toplevel", "--git-path", "shallow"];
        let output = git(folder).args(arguments).output().map_err(|error| not_started(&error))?;
        if !output.status.success() {
            return Err(refused(&output));
        }
        let answer = String::from_utf8_lossy(&output.stdout);
        let mut lines = answer.lines();
        let root = PathBuf::from(lines.next().unwrap_or_default());
        Ok(Self { root, edge: shallow_edge(Path::new(lines.next().unwrap_or_default())) })
    }

    /// The top folder of the working tree, symbolic links resolved.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The name that a file has in the repository, from its absolute path, symbolic links resolved.
    pub fn path_of(&self, file: &Path) -> Option<String> {
        let parts: Option<Vec<&str>> =
            file.strip_prefix(&self.root).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
        Some(parts?.join("/"))
    }

    /// Are older commits missing?
    pub fn is_shallow(&self) -> bool {
        !self.edge.is_empty()
    }

    /// The paths that have changed since a commit; none if the repository does not know the commit.
    pub fn changed_since(&self, commit: &str) -> Option<IndexSet<String>> {
        let arguments = ["diff", "--name-only", "-z", "--no-renames", "--no-relative", "--no-ext-diff"];
        let output = git(&self.root).args(arguments).args([commit, "HEAD", "--"]).output().ok()?;
        output.status.success().then_some(())?;
        let paths = output.stdout.split(|byte| *byte == 0).filter(|path| !path.is_empty());
        Some(paths.map(|path| String::from_utf8_lossy(path).into_owned()).collect())
    }

    /// The commits that changed a file, newest first, with the names that it had in them.
    pub fn versions(&self, path: &str) -> Vec<Version> {
        let arguments = ["log", "-z", "--follow", "--name-only", "--format=%x01%H%x00%at%x00", "HEAD", "--", path];
        let Ok(output) = git(&self.root).args(["-c", "log.showSignature=false"]).args(arguments).output() else {
            return vec![];
        };
        let mut versions: Vec<Version> = vec![];
        let mut fields = output.stdout.split(|byte| *byte == 0);
        while let Some(field) = fields.next() {
            if let Some(commit) = commit_mark(field) {
                let text = String::from_utf8_lossy(fields.next().unwrap_or_default());
                let moment = text.parse().unwrap_or_default();
                versions.push(Version { commit: commit.to_owned(), path: path.to_owned(), moment });
            } else if let (Some(version), Ok(name)) = (versions.last_mut(), std::str::from_utf8(field)) {
                let name = name.trim_start_matches('\n');
                if !name.is_empty() {
                    name.clone_into(&mut version.path);
                }
            }
        }
        versions
    }

    /// A file as it was in a commit.
    pub fn text_at(&self, commit: &str, path: &str) -> Option<String> {
        let output = git(&self.root).args(["cat-file", "blob", &format!("{commit}:{path}")]).output().ok()?;
        String::from_utf8(output.stdout).ok().filter(|_| output.status.success())
    }

    pub(super) fn is_edge(&self, hash: &str) -> bool {
        self.edge.contains(hash)
    }

    /// Starts the log: mark and hash, author's date, author, then the paths, each with a NUL behind it.
    ///
    /// - `-c`: a merge lists the files that differ from all its parents, that is, what the merge itself
    ///   has changed; what came in by it belongs to the commits that it merged. (A branch merged by
    ///   `--strategy=ours` counts too, though nothing of it came in: to see that takes a walk for each file.)
    /// - `--date-order`: newest first, but no commit before its children, whatever the clocks said.
    /// - `--no-renames`: a file that was moved was changed then, and nobody needs its older names.
    pub(super) fn log(&self) -> Result<Log, NoHistory> {
        let child = git(&self.root)
            .args(["-c", "log.showRoot=true", "log", "-z", "-c", "--date-order", "--name-only", "--no-renames"])
            .args(["--no-relative", "--no-color", "--no-show-signature", "--encoding=UTF-8"])
            .args(["--format=%x01%H%x00%aI%x00%aN%x00", "HEAD", "--"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| not_started(&error))?;
        Ok(Log { child })
    }
}

/// The hash, where a field of the log begins a commit.
pub(super) fn commit_mark(field: &[u8]) -> Option<&str> {
    let hash = std::str::from_utf8(field.strip_prefix(&[MARK])?).ok()?;
    (hash.len() >= 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(hash)
}

/// A running `git log`.
pub(super) struct Log {
    child: Child,
}

impl Log {
    pub(super) fn output(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }

    /// Ends the process; an error if it was read to its end and git was not content.
    pub(super) fn close(mut self, read_to_end: bool) -> Result<(), NoHistory> {
        if !read_to_end {
            // It may have ended by itself meanwhile, and what it says no longer matters.
            let _ = self.child.kill();
        }
        let mut stderr = Vec::new();
        if let Some(mut pipe) = self.child.stderr.take() {
            let _ = pipe.read_to_end(&mut stderr);
        }
        let status = self.child.wait().map_err(|error| not_started(&error))?;
        if status.success() || !read_to_end || is_unborn(&stderr) {
            return Ok(());
        }
        Err(NoHistory::Failed(String::from_utf8_lossy(&stderr).trim().to_owned()))
    }
}

/// A repository without a commit has a history, an empty one.
fn is_unborn(stderr: &[u8]) -> bool {
    let message = String::from_utf8_lossy(stderr);
    message.contains("bad revision 'HEAD'") || message.contains("does not have any commits yet")
}

fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    // Messages in English, since two of them are looked for; no lock in a tree that an editor works on.
    command.arg("-C").arg(folder).env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").stdin(Stdio::null());
    for variable in HOOK_VARIABLES {
        command.env_remove(variable);
    }
    command
}

/// Where the repository that a folder is in keeps its state; of a linked worktree, its own.
pub(crate) fn git_folder(folder: &Path) -> Option<PathBuf> {
    let output = git(folder).args(["rev-parse", "--absolute-git-dir"]).output().ok()?;
    output.status.success().then(|| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim_end()))
}

#[expect(clippy::disallowed_methods, reason = "a room of `source`")]
fn shallow_edge(file: &Path) -> IndexSet<String> {
    let list = std::fs::read_to_string(file).unwrap_or_default();
    list.lines().map(str::to_owned).collect()
}

fn not_started(error: &std::io::Error) -> NoHistory {
    match error.kind() {
        ErrorKind::NotFound => NoHistory::GitMissing,
        _ => NoHistory::Failed(format!("git: {error}")),
    }
}

fn refused(output: &Output) -> NoHistory {
    let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if message.contains("not a git repository") || message.contains("must be run in a work tree") {
        NoHistory::NoRepository
    } else {
        NoHistory::Failed(message)
    }
}
