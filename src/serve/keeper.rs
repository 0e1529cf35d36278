//! Keeps what is told up to date: after a save the model is made anew, and open pages are told.

use super::answer::state_of;
use super::background::{self, Looked, Task};
use super::events::Event;
use super::told::{Listener, State, Told, locked};
use super::watch::Batch;
use crate::cache::Cache;
use crate::diag::{Code, Diagnostic, Severity, Sink, to_text};
use crate::pipeline::{Error, Memory, Options, Progress, Timings, settled, snapshot, texts};
use crate::snapshot::Snapshot;
use indexmap::{IndexMap, IndexSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Sender;
use std::time::Duration;

/// What a rebuild came to.
#[derive(Debug, Default)]
pub struct Rebuilt {
    /// How long it took until the site of now was shown.
    pub took: Duration,
    /// The open pages that were looked at again.
    pub rendered: Vec<String>,
    /// What is wrong, as text for people.
    pub text: String,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// False if what was shown before is shown on: the settings or a template cannot be read.
    pub shown: bool,
    /// How long each stage took.
    pub stages: Vec<(&'static str, Duration)>,
}

/// The one who rebuilds.
pub struct Keeper {
    options: Options,
    memory: Memory,
    server: Arc<State>,
    version: u64,
    background: Option<Sender<Task>>,
    /// What finds out what is wrong: it leaves a processor to those who look at pages.
    pool: Option<rayon::ThreadPool>,
    /// What the terminal was told of the last state.
    said: IndexSet<Diagnostic>,
}

impl Keeper {
    /// For a site; nothing is read yet.
    pub fn new(options: Options, server: Arc<State>) -> Self {
        let memory = Memory::frugal().with(&Cache::of(&options.root));
        let threads = rayon::current_num_threads().saturating_sub(1).max(1);
        // Without it the threads of all others do.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok();
        Self { options, memory, server, version: 0, background: None, pool, said: IndexSet::new() }
    }

    /// Looks at the whole site when nothing has changed for a while, and reports what it found.
    pub fn look_around(&mut self, colour: bool, report: impl Fn(Looked) + Send + 'static) {
        self.background = Some(background::start(self.server.clone(), colour, report));
    }

    /// What is told at the moment.
    pub fn server(&self) -> &Arc<State> {
        &self.server
    }

    /// Notes what has changed on disk.
    pub fn note(&mut self, batch: &Batch) {
        if batch.everything {
            self.memory.note_everything();
        }
        if batch.commits {
            self.memory.note_commit();
        }
        self.memory.note(batch.paths.iter().cloned());
    }

    /// Makes the site of now, and tells it, while somebody may watch how far it is.
    pub fn rebuild(&mut self, colour: bool, progress: &Arc<Progress>) -> Rebuilt {
        let (mut timings, mut sink) = (Timings::watched(progress), Sink::new());
        let made = snapshot(&self.options, &mut self.memory, &mut timings, &mut sink);
        let mut rebuilt = match made {
            Ok(snapshot) => self.show(snapshot, &mut timings, sink, colour),
            Err(error) => self.refuse(&error),
        };
        if !rebuilt.shown {
            rebuilt.took = timings.total();
        }
        rebuilt.stages = timings.stages().to_vec();
        rebuilt
    }

    /// The site first, then what is wrong with it: to find that and to write it down may take longer.
    fn show(&mut self, snapshot: Snapshot, timings: &mut Timings, mut sink: Sink, colour: bool) -> Rebuilt {
        let before = self.server.told();
        let broken = sink.as_slice().iter().any(hides_the_site);
        // What was broken from the beginning is no better than what is broken now.
        self.version += 1;
        self.server.latest.store(self.version, Ordering::Release);
        if broken && before.as_ref().is_some_and(|before| !before.broken) {
            // What else is found without settings or templates only follows from that.
            let mut findings = settled(&snapshot, sink);
            findings.retain(hides_the_site);
            return self.report(&findings, &snapshot, colour);
        }
        let told = Arc::new(Told::new(snapshot, self.version, broken));
        self.server.tell(told.clone());
        let rendered = self.tell_pages(&told, before.as_deref());
        timings.stage("tell");
        let took = timings.total();
        let mut find = || texts(&told.snapshot, &mut self.memory, timings, &mut sink);
        match &self.pool {
            Some(pool) => pool.install(find),
            None => find(),
        }
        let findings = settled(&told.snapshot, sink.clone());
        let rebuilt = self.report(&findings, &told.snapshot, colour);
        if let Some(background) = &self.background {
            // It ends only with the program.
            let _ = background.send(Task { told, known: sink });
        }
        Rebuilt { took, rendered, shown: true, ..rebuilt }
    }

    /// What is wrong: in the terminal what was not said before, in open pages all errors.
    fn report(&mut self, findings: &[Diagnostic], snapshot: &Snapshot, colour: bool) -> Rebuilt {
        let new: Vec<&Diagnostic> = findings.iter().filter(|found| !self.said.contains(*found)).collect();
        let text = in_short(&new, snapshot, colour);
        self.said = findings.iter().cloned().collect();
        self.server.set_problems(errors(findings, snapshot));
        let count = |severity| findings.iter().filter(|found| found.severity() == severity).count();
        Rebuilt { text, errors: count(Severity::Error), warnings: count(Severity::Warning), ..Rebuilt::default() }
    }

    /// The environment is at fault: perhaps only for the moment of a save.
    fn refuse(&mut self, error: &Error) -> Rebuilt {
        self.memory.note_everything();
        self.server.set_problems(format!("error: {error}\n"));
        Rebuilt { text: format!("error: {error}\n\n"), errors: 1, ..Rebuilt::default() }
    }

    /// Tells the open pages that have changed to reload, and the others which files have.
    fn tell_pages(&self, told: &Told, before: Option<&Told>) -> Vec<String> {
        let mut states: IndexMap<String, Option<String>> = IndexMap::new();
        for listener in &*locked(&self.server.listeners) {
            states.insert(listener.path.clone(), None);
        }
        for (path, state) in &mut states {
            *state = state_of(told, path).map(|state| state.to_string());
        }
        let addresses = before.map(|before| told.changed_files(before)).unwrap_or_default();
        self.server.send(|Listener { path, state, .. }| match states.get(path) {
            Some(Some(now)) if now != state => Some(Event::Reload),
            _ if addresses.is_empty() => None,
            _ => Some(Event::Files { version: told.version, addresses: addresses.clone() }),
        });
        states.into_keys().collect()
    }
}

/// Without settings or templates there is another site, or none: the last one is shown on.
fn hides_the_site(found: &Diagnostic) -> bool {
    matches!(found.code, Code::ConfigSyntax | Code::TemplateSyntax)
}

/// The errors as open pages show them: the same words as in the terminal.
pub(super) fn errors(findings: &[Diagnostic], snapshot: &Snapshot) -> String {
    let errors: Vec<&Diagnostic> = findings.iter().filter(|found| found.severity() == Severity::Error).collect();
    in_short(&errors, snapshot, false)
}

/// Nobody reads more at once.
const READ: usize = 20;

/// Findings as text, and how many more there are: the command that lists all of them is `plenary check`.
pub(super) fn in_short(findings: &[&Diagnostic], snapshot: &Snapshot, colour: bool) -> String {
    let first: Vec<Diagnostic> = findings.iter().take(READ).map(|found| (*found).clone()).collect();
    let mut text = to_text(&first, &snapshot.sources, colour);
    if findings.len() > READ {
        text.push_str(&format!("and {} more; `plenary check` lists all of them\n", findings.len() - READ));
    }
    text
}
