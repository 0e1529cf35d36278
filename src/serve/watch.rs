//! File events, gathered until what they tell of is whole.

use crate::config::Config;
use crate::source::SourceSet;
use indexmap::{IndexMap, IndexSet};
use notify::event::{AccessKind, AccessMode, CreateKind, Flag, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecursiveMode, Watcher as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// A file that was closed after writing, or renamed into place, is whole. Others of the same save may follow.
const WHOLE: Duration = Duration::from_millis(1);
/// What is gone may come back: editors move the old file away before they write the new one.
const GONE: Duration = Duration::from_millis(30);
/// In a new folder files may stand before anybody watches it: it is looked at once more.
const AGAIN: Duration = Duration::from_millis(150);
/// Where the system does not tell that a file was closed.
const WRITTEN: Duration = Duration::from_millis(20);
/// The folders of a site.
const TREES: [&str; 5] = ["content", "static", "i18n", "data", "themes"];
/// The files of a site beside its folders.
const SETTINGS: [&str; 2] = ["site.yaml", "terms.yaml"];

/// What has changed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Files that are new, written or gone, and folders with anything below them.
    pub paths: Vec<PathBuf>,
    /// So much has changed that events were lost.
    pub everything: bool,
    /// The repository has other commits.
    pub commits: bool,
}

/// Watches the folders of a site.
pub struct Watch {
    system: notify::RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    root: PathBuf,
    git: Option<PathBuf>,
    watched: IndexMap<PathBuf, RecursiveMode>,
    /// Files outside of the trees that the site is made from.
    outside: IndexSet<PathBuf>,
    due: IndexMap<(PathBuf, bool), Instant>,
    batch: Batch,
}

impl Watch {
    /// Begins to watch the folders that every site has.
    pub fn new(root: &Path) -> notify::Result<Self> {
        let (sender, events) = channel();
        let system = notify::recommended_watcher(move |event| {
            // Nobody listens any more when the server ends.
            let _ = sender.send(event);
        })?;
        let root = root.canonicalize().map_err(notify::Error::io)?;
        let git = crate::source::history::git_folder(&root);
        let (watched, outside, due) = (IndexMap::new(), IndexSet::new(), IndexMap::new());
        let mut watch = Self { system, events, root, git, watched, outside, due, batch: Batch::default() };
        watch.begin()?;
        Ok(watch)
    }

    fn begin(&mut self) -> notify::Result<()> {
        self.system.watch(&self.root, RecursiveMode::NonRecursive)?;
        self.watched.insert(self.root.clone(), RecursiveMode::NonRecursive);
        for tree in TREES {
            self.add(self.root.join(tree), RecursiveMode::Recursive);
        }
        for folder in self.git.clone().into_iter().flat_map(|git| [git.join("logs"), git]) {
            self.add(folder, RecursiveMode::NonRecursive);
        }
        Ok(())
    }

    /// Watches whatever else a site turned out to be made from: mounts, linked folders, included files. What
    /// came to be watched only now is looked at once more, for it may have changed meanwhile.
    pub fn follow(&mut self, sources: &SourceSet, config: &Config) {
        let trees = TREES.map(|tree| self.root.join(tree));
        let mounts = config.mounts.iter().filter_map(|(source, _)| self.root.join(source).canonicalize().ok());
        let mut wanted: IndexMap<PathBuf, RecursiveMode> = IndexMap::new();
        for mount in mounts.filter(|mount| mount.is_dir()).chain(trees.iter().cloned()) {
            wanted.insert(mount, RecursiveMode::Recursive);
        }
        let inside = |path: &Path, wanted: &IndexMap<PathBuf, RecursiveMode>| {
            path.ancestors().any(|above| wanted.get(above) == Some(&RecursiveMode::Recursive))
        };
        self.outside = sources.real_paths().filter(|path| !inside(path, &wanted)).map(Path::to_path_buf).collect();
        for folder in self.outside.iter().filter_map(|path| path.parent()) {
            wanted.entry(folder.to_path_buf()).or_insert(RecursiveMode::NonRecursive);
        }
        for (folder, mode) in wanted {
            if self.add(folder.clone(), mode) {
                self.due.insert((folder, true), Instant::now() + AGAIN);
            }
        }
    }

    /// True if the folder is watched from now on and was not before.
    fn add(&mut self, folder: PathBuf, mode: RecursiveMode) -> bool {
        if self.watched.get(&folder) == Some(&mode) || !folder.is_dir() {
            return false;
        }
        let added = self.system.watch(&folder, mode).is_ok();
        if added {
            self.watched.insert(folder, mode);
        }
        added
    }

    /// Waits until something has changed and is whole; none when nothing can be watched any more.
    pub fn wait(&mut self) -> Option<Batch> {
        loop {
            let now = Instant::now();
            let due: Vec<(PathBuf, bool)> =
                self.due.iter().filter(|(_, due)| **due <= now).map(|(path, _)| path.clone()).collect();
            for key in due {
                self.due.shift_remove(&key);
                self.batch.paths.push(key.0);
            }
            let next = self.due.values().min().map(|due| due.saturating_duration_since(now));
            let ready = self.batch != Batch::default();
            // What is there already is taken along before anything is made of it.
            let wait = if ready { Duration::ZERO } else { next.unwrap_or(Duration::from_hours(24)) };
            match self.events.recv_timeout(wait) {
                Ok(event) => self.take(event),
                Err(RecvTimeoutError::Timeout) if ready => return Some(std::mem::take(&mut self.batch)),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    fn take(&mut self, event: notify::Result<Event>) {
        let event = match event {
            Ok(event) if event.attrs.flag() != Some(Flag::Rescan) => event,
            _ => {
                self.batch.everything = true;
                return;
            }
        };
        let Some(delay) = delay(event.kind) else { return };
        let is_new_folder = matches!(event.kind, EventKind::Create(CreateKind::Folder))
            || matches!(event.kind, EventKind::Modify(ModifyKind::Name(_)))
                && event.paths.iter().any(|path| path.is_dir());
        for path in event.paths {
            if self.git.as_ref().is_some_and(|git| path.starts_with(git) && !path.starts_with(git.join("worktrees"))) {
                self.batch.commits |= path.file_name().is_some_and(|name| name == "HEAD");
            } else if self.is_wanted(&path) {
                if !path.exists() {
                    // It may come back as another folder, which has to be watched anew.
                    self.watched.retain(|watched, _| !watched.starts_with(&path) || *watched == self.root);
                }
                if is_new_folder {
                    self.due.insert((path.clone(), true), Instant::now() + AGAIN);
                }
                self.due.insert((path, false), Instant::now() + delay);
            }
        }
    }

    /// Is it, or may it become, a file of the site? Hidden files and editors' copies never are.
    fn is_wanted(&self, path: &Path) -> bool {
        if self.outside.contains(path) {
            return true;
        }
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        if crate::source::is_litter(&name) {
            return false;
        }
        match path.strip_prefix(&self.root) {
            Ok(below) => {
                let first = below.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned());
                let first = first.unwrap_or_default();
                TREES.contains(&first.as_str())
                    || SETTINGS.contains(&first.as_str())
                    || path.ancestors().any(|above| above != self.root && self.watched.contains_key(above))
            }
            Err(_) => true,
        }
    }
}

/// How long to wait after an event for others that belong to it; none if it says nothing.
fn delay(kind: EventKind) -> Option<Duration> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write))
        | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)) => Some(WHOLE),
        EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => Some(GONE),
        // Linux tells when a file was closed; until then it may be half written.
        EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Any) | EventKind::Any if !cfg!(target_os = "linux") => {
            Some(WRITTEN)
        }
        _ => None,
    }
}
