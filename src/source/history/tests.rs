use std::path::Path;
use std::process::Command;

use indexmap::IndexSet;
use tempfile::TempDir;

use super::*;

/// A repository in a folder that goes away. Each commit is a day after the one before.
struct Sandbox {
    folder: TempDir,
    day: u32,
}

impl Sandbox {
    fn new() -> Self {
        let sandbox = Self { folder: TempDir::new().unwrap(), day: 0 };
        sandbox.git(&["init", "-q", "-b", "main"]);
        sandbox
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn git(&self, arguments: &[&str]) {
        let date = format!("2024-03-{:02}T23:30:00+09:00", self.day + 1);
        let status = Command::new("git")
            .arg("-C")
            .arg(self.path())
            .args(["-c", "user.name=Kim Haneul", "-c", "user.email=kim@example.org"])
            .args(["-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"])
            .args(arguments)
            .env("GIT_AUTHOR_DATE", &date)
            .env("GIT_COMMITTER_DATE", &date)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .status()
            .unwrap();
        assert!(status.success(), "git {arguments:?}");
    }

    #[expect(clippy::disallowed_methods, reason = "fixtures")]
    fn write(&self, path: &str, text: &str) {
        let file = self.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }

    /// Writes the files and commits them.
    fn commit(&mut self, message: &str, files: &[(&str, &str)]) {
        self.day += 1;
        for (path, text) in files {
            self.write(path, text);
        }
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    fn history(&self) -> History {
        History::read(self.path(), None).unwrap()
    }
}

/// The day of March on which a path was changed last.
fn day(history: &History, path: &str) -> Option<i8> {
    history.last_change(path).map(|change| change.date.date().day())
}

#[test]
fn each_file_has_its_last_commit() {
    let mut sandbox = Sandbox::new();
    sandbox.commit("one", &[("a.md", "1"), ("docs/b.md", "1")]);
    sandbox.commit("two", &[("a.md", "2")]);
    sandbox.write("a.md", "not committed");
    sandbox.write("new.md", "not committed");
    let history = sandbox.history();
    assert_eq!((day(&history, "a.md"), day(&history, "docs/b.md")), (Some(3), Some(2)));
    assert_eq!(history.last_change("new.md"), None);
    let change = history.last_change("a.md").unwrap();
    assert_eq!((change.author.as_str(), change.hash.len()), ("Kim Haneul", 40));
    assert_eq!(change.date.timestamp().to_string(), "2024-03-03T14:30:00Z");
    assert_eq!(history.repository_root(), sandbox.path().canonicalize().unwrap());
}

#[test]
fn names_need_no_quoting() {
    let mut sandbox = Sandbox::new();
    let names = ["플랫폼/백서 v1.md", "two  spaces.md", "quote\"d.md", "\ttab.md", "line\nbreak.md", "ünïcode.md"];
    sandbox.commit("all", &names.map(|name| (name, "x")));
    let history = sandbox.history();
    for name in names {
        assert_eq!(day(&history, name), Some(2), "{name:?}");
    }
}

#[test]
fn a_folder_inside_the_repository_sees_all_of_it() {
    let mut sandbox = Sandbox::new();
    sandbox.commit("one", &[("website/content/a.md", "1"), ("papers/b.md", "1")]);
    sandbox.git(&["config", "diff.relative", "true"]);
    let history = History::read(&sandbox.path().join("website"), None).unwrap();
    assert_eq!((day(&history, "website/content/a.md"), day(&history, "papers/b.md")), (Some(2), Some(2)));
    let file = history.repository_root().join("papers").join("b.md");
    assert_eq!(history.repository().path_of(&file).as_deref(), Some("papers/b.md"));
    assert_eq!(history.repository().path_of(Path::new("/elsewhere/b.md")), None);
}

#[test]
fn what_a_merge_brings_in_belongs_to_its_commits_and_what_it_changes_to_the_merge() {
    let mut sandbox = Sandbox::new();
    sandbox.commit("base", &[("a.md", "1"), ("both.md", "1"), ("side.md", "1")]);
    sandbox.git(&["checkout", "-q", "-b", "side"]);
    sandbox.commit("side", &[("both.md", "side"), ("side.md", "2")]);
    sandbox.git(&["checkout", "-q", "main"]);
    sandbox.commit("main", &[("both.md", "main"), ("a.md", "2")]);
    sandbox.day += 1;
    sandbox.git(&["merge", "-q", "--no-commit", "--strategy=ours", "side"]);
    sandbox.commit("merge", &[("both.md", "side and main")]);
    let history = sandbox.history();
    let days = ["side.md", "a.md", "both.md"].map(|path| day(&history, path));
    assert_eq!(days, [Some(3), Some(4), Some(6)]);
}

#[test]
fn a_commit_stands_after_its_children_even_if_its_clock_ran_ahead() {
    let mut sandbox = Sandbox::new();
    sandbox.day = 20;
    sandbox.commit("from the future", &[("a.md", "1")]);
    sandbox.day = 2;
    sandbox.commit("today", &[("a.md", "2")]);
    assert_eq!(day(&sandbox.history(), "a.md"), Some(4));
}

#[test]
fn a_moved_file_was_changed_when_it_moved() {
    let mut sandbox = Sandbox::new();
    sandbox.commit("one", &[("old.md", "a long enough text to be taken for a rename\n")]);
    sandbox.day += 1;
    sandbox.git(&["mv", "old.md", "new.md"]);
    sandbox.git(&["commit", "-q", "-m", "move"]);
    assert_eq!(day(&sandbox.history(), "new.md"), Some(3));
}

#[test]
fn a_shallow_clone_knows_only_what_its_commits_changed() {
    let mut sandbox = Sandbox::new();
    sandbox.commit("one", &[("a.md", "1"), ("b.md", "1")]);
    sandbox.commit("two", &[("b.md", "2")]);
    sandbox.commit("three", &[("c.md", "1")]);
    let clone = TempDir::new().unwrap();
    let url = format!("file://{}", sandbox.path().display());
    sandbox.git(&["clone", "-q", "--depth", "2", &url, clone.path().to_str().unwrap()]);
    let history = History::read(clone.path(), None).unwrap();
    assert!(history.is_shallow());
    assert_eq!(["a.md", "b.md", "c.md"].map(|path| day(&history, path)), [None, None, Some(4)]);
}

#[test]
fn worktrees_and_submodules_are_repositories() {
    let mut sandbox = Sandbox::new();
    sandbox.commit("one", &[("a.md", "1")]);
    let tree = TempDir::new().unwrap();
    let linked = tree.path().join("linked");
    sandbox.git(&["worktree", "add", "-q", "-b", "other", linked.to_str().unwrap()]);
    let history = History::read(&linked, None).unwrap();
    assert_eq!(day(&history, "a.md"), Some(2));
    assert_eq!(history.repository_root(), linked.canonicalize().unwrap());

    let mut outer = Sandbox::new();
    outer.day = 9;
    outer.git(&["submodule", "--quiet", "add", sandbox.path().to_str().unwrap(), "themes/x"]);
    outer.commit("outer", &[("b.md", "1")]);
    let inner = History::read(&outer.path().join("themes/x"), None).unwrap();
    assert_eq!((day(&inner, "a.md"), day(&inner, "b.md")), (Some(2), None));
    assert_eq!(day(&outer.history(), "b.md"), Some(11));
}

#[test]
fn only_what_is_wanted_is_kept_and_reading_ends_with_it() {
    let mut sandbox = Sandbox::new();
    for number in 0..20 {
        sandbox.commit("more", &[("a.md", &number.to_string()), (&format!("{number}.md"), "x")]);
    }
    let wanted: IndexSet<String> = ["a.md", "18.md"].map(str::to_owned).into();
    let history = History::read(sandbox.path(), Some(&wanted)).unwrap();
    assert_eq!(["a.md", "18.md", "19.md"].map(|path| day(&history, path)), [Some(21), Some(20), None]);
    assert_eq!(history.changes.len(), 2);
}

#[test]
fn without_a_commit_the_history_is_empty() {
    let history = Sandbox::new().history();
    assert_eq!(history.last_change("a.md"), None);
}

#[test]
fn without_a_repository_there_is_none() {
    let folder = TempDir::new().unwrap();
    assert_eq!(History::read(folder.path(), None).unwrap_err(), NoHistory::NoRepository);
    assert!(matches!(History::read(&folder.path().join("absent"), None), Err(NoHistory::Failed(_))));
}
