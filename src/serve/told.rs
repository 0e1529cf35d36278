//! What requests see: the snapshot of the moment, what is wrong, who is looking.

use super::events::Event;
use super::reload::{state, with_reload};
use super::rules::{HeaderRules, RedirectRules};
use crate::cache::Key;
use crate::diag::Sink;
use crate::plan::{Entry, Output};
use crate::render::render;
use crate::search::SearchIndex;
use crate::snapshot::Snapshot;
use crate::source::SourceError;
use indexmap::IndexMap;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;

/// A snapshot with what the host reads from it.
pub struct Told {
    /// All that is known of the site.
    pub snapshot: Snapshot,
    /// Grows with each rebuild.
    pub version: u64,
    pub(super) headers: HeaderRules,
    pub(super) redirects: RedirectRules,
    /// Could the settings or a template not be read?
    pub(super) broken: bool,
    search: OnceLock<SearchIndex>,
    /// Pages that somebody has looked at, the oldest first.
    pages: Mutex<IndexMap<String, Arc<Shown>>>,
}

/// A page as it is served.
#[derive(Debug)]
pub(super) struct Shown {
    /// With the tag that reloads it.
    pub(super) html: Arc<str>,
    /// What it is told to reload by.
    pub(super) state: Key,
}

impl Told {
    pub(super) fn new(snapshot: Snapshot, version: u64, broken: bool) -> Self {
        let text = |path: &str| {
            let bytes = snapshot.plan.get(path).and_then(|entry| {
                let mut sink = Sink::new();
                render(&snapshot, entry, &mut sink).ok().flatten().map(std::borrow::Cow::into_owned)
            });
            String::from_utf8(bytes.unwrap_or_default()).unwrap_or_default()
        };
        let (headers, redirects) = (HeaderRules::parse(&text("_headers")), RedirectRules::parse(&text("_redirects")));
        Self { snapshot, version, headers, redirects, broken, search: OnceLock::new(), pages: Mutex::default() }
    }

    /// A page, rendered when it is first asked for; none if a template fails, and `sink` says why.
    pub(super) fn page(&self, entry: &Entry, sink: &mut Sink) -> Result<Option<Arc<Shown>>, SourceError> {
        if let Some(shown) = locked(&self.pages).get(&entry.path) {
            return Ok(Some(shown.clone()));
        }
        let Some(bytes) = render(&self.snapshot, entry, sink)? else { return Ok(None) };
        let html = String::from_utf8_lossy(&bytes);
        let state = state(&html, &self.snapshot.theme);
        let shown = Arc::new(Shown { html: with_reload(&html, &state).into(), state });
        keep(&self.pages, &entry.path, shown.clone());
        Ok(Some(shown))
    }

    /// A file of the search index.
    pub(super) fn searched(&self, path: &str) -> Option<&[u8]> {
        let index = self.index();
        let number = index.paths().position(|known| known == path)?;
        Some(index.bytes(number))
    }

    /// The search index, made when somebody first searches, or in the background before that.
    pub(super) fn index(&self) -> &SearchIndex {
        self.search.get_or_init(|| crate::search::index(&self.snapshot).unwrap_or_default())
    }

    /// The addresses of files that are not what they were, style sheets of the theme among them.
    pub(super) fn changed_files(&self, before: &Self) -> Vec<String> {
        let (now, then) = (&self.snapshot, &before.snapshot);
        let base = &now.views.base_path;
        let mut changed: Vec<String> = vec![];
        for entry in now.plan.entries() {
            let Output::File(file) = entry.output else { continue };
            let earlier = then.plan.get(&entry.path).and_then(|entry| match entry.output {
                Output::File(file) => Some(then.sources.shared(file)),
                _ => None,
            });
            if earlier.is_some_and(|earlier| !Arc::ptr_eq(earlier, now.sources.shared(file))) {
                changed.push(format!("{base}/{}", entry.path));
            }
        }
        for (path, url) in super::reload::style_sheets(&now.theme) {
            if then.theme.assets.get(path).is_some_and(|asset| asset.url != url) {
                changed.push(format!("{base}{url}"));
            }
        }
        changed
    }
}

/// A page that somebody looks at.
#[derive(Debug)]
pub struct Listener {
    /// Its address.
    pub path: String,
    /// The state that it was loaded in.
    pub state: String,
    /// Where events go.
    pub events: UnboundedSender<Event>,
}

/// What the server holds, for any number of threads.
#[derive(Default)]
pub struct State {
    told: Mutex<Option<Arc<Told>>>,
    /// The number of the last rebuild, shown or not.
    pub(super) latest: AtomicU64,
    problems: Mutex<String>,
    pub(super) listeners: Mutex<Vec<Listener>>,
    /// Pages as they were last rendered without a failure, the oldest first.
    good: Mutex<IndexMap<String, Arc<str>>>,
    /// Rings when there is something to tell, or when it is known why there is nothing.
    begun: Condvar,
}

/// A reader who comes while the site is read for the first time waits so long.
const PATIENCE: Duration = Duration::from_secs(30);

/// So many pages are kept.
const KEPT: usize = 64;

/// Keeps a value, and lets the oldest go.
fn keep<T>(kept: &Mutex<IndexMap<String, T>>, path: &str, value: T) {
    let mut kept = locked(kept);
    kept.shift_remove(path);
    kept.insert(path.to_owned(), value);
    if kept.len() > KEPT {
        kept.shift_remove_index(0);
    }
}

/// A thread that panicked leaves these values whole: each change is one assignment.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// What is told at the moment; none before the first rebuild.
    pub fn told(&self) -> Option<Arc<Told>> {
        locked(&self.told).clone()
    }

    /// The same; before the first rebuild is done it waits for it.
    pub(super) fn awaited(&self) -> Option<Arc<Told>> {
        let waiting = |told: &mut Option<Arc<Told>>| told.is_none() && self.problems().is_empty();
        let told = self.begun.wait_timeout_while(locked(&self.told), PATIENCE, waiting);
        told.unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    pub(super) fn tell(&self, told: Arc<Told>) {
        *locked(&self.told) = Some(told);
        self.begun.notify_all();
    }

    /// The errors of the site as text, empty if there are none.
    pub fn problems(&self) -> String {
        locked(&self.problems).clone()
    }

    /// Notes what is wrong; open pages show it.
    pub(super) fn set_problems(&self, text: String) {
        let mut problems = locked(&self.problems);
        if *problems != text {
            *problems = text;
            self.send(|_| Some(Event::Problems(problems.clone())));
            drop(problems);
            // Whoever waits looks at what is told and at the problems, one after the other.
            drop(locked(&self.told));
            self.begun.notify_all();
        }
    }

    /// Sends an event to each open page that it is for; those that are gone are forgotten.
    pub(super) fn send(&self, event: impl Fn(&Listener) -> Option<Event>) {
        locked(&self.listeners)
            .retain(|listener| event(listener).is_none_or(|event| listener.events.send(event).is_ok()));
    }

    /// Keeps a page for the time when it cannot be rendered.
    pub(super) fn keep_good(&self, path: &str, html: &Arc<str>) {
        keep(&self.good, path, html.clone());
    }

    pub(super) fn good(&self, path: &str) -> Option<Arc<str>> {
        locked(&self.good).get(path).cloned()
    }
}
