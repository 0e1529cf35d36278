//! Keeps what is told up to date: after a save the model is made anew, and open pages are told.

use super::answer::state_of;
use super::background::{self, Looked, Task};
use super::events::Event;
use super::told::{Listener, State, Told, locked};
use super::watch::Batch;
use crate::diag::{Code, Diagnostic, Severity, Sink, to_text};
use crate::pipeline::{Error, Memory, Options, Timings, settled, snapshot};
use crate::snapshot::Snapshot;
use indexmap::IndexMap;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

/// What a rebuild came to.
#[derive(Debug, Default)]
pub struct Rebuilt {
    /// How long it took.
    pub took: Duration,
    /// The documents that were parsed; the others had not changed.
    pub parsed: usize,
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
}

impl Keeper {
    /// For a site; nothing is read yet.
    pub fn new(options: Options, server: Arc<State>) -> Self {
        Self { options, memory: Memory::frugal(), server, version: 0, background: None }
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

    /// Makes the site of now, and tells it.
    pub fn rebuild(&mut self, colour: bool) -> Rebuilt {
        let begin = Instant::now();
        let (mut timings, mut sink) = (Timings::default(), Sink::new());
        let mut rebuilt = match snapshot(&self.options, &mut self.memory, &mut timings, &mut sink) {
            Ok(snapshot) => self.show(snapshot, sink, colour),
            Err(error) => self.refuse(&error),
        };
        rebuilt.took = begin.elapsed();
        rebuilt.stages = timings.stages().to_vec();
        rebuilt
    }

    fn show(&mut self, snapshot: Snapshot, sink: Sink, colour: bool) -> Rebuilt {
        let known = sink.clone();
        let findings = settled(&snapshot, sink);
        let count = |severity| findings.iter().filter(|found| found.severity() == severity).count();
        let mut rebuilt = Rebuilt {
            text: to_text(&findings, &snapshot.sources, colour),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            ..Rebuilt::default()
        };
        let problems = errors(&findings, &snapshot);
        let before = self.server.told();
        if before.is_some() && findings.iter().any(hides_the_site) {
            self.server.set_problems(problems);
            return rebuilt;
        }
        self.version += 1;
        let told = Arc::new(Told::new(snapshot, self.version));
        self.server.tell(told.clone());
        rebuilt.shown = true;
        rebuilt.rendered = self.tell_pages(&told, before.as_deref());
        self.server.set_problems(problems);
        if let Some(background) = &self.background {
            // It ends only with the program.
            let _ = background.send(Task { told, known });
        }
        rebuilt
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
    let errors: Vec<Diagnostic> =
        findings.iter().filter(|found| found.severity() == Severity::Error).cloned().collect();
    to_text(&errors, &snapshot.sources, false)
}
