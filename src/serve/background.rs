//! What is wrong on pages that nobody asked for.

use super::keeper::{errors, in_short};
use super::told::{State, Told};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::pipeline::settled;
use crate::render::{body, render};
use indexmap::IndexSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::time::Duration;

/// How long nothing may have changed before the whole site is looked at.
const IDLE: Duration = Duration::from_millis(250);

/// A site to look at, with what is known to be wrong with it.
pub(super) struct Task {
    pub(super) told: Arc<Told>,
    pub(super) known: Sink,
}

/// What a look at the whole site found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looked {
    /// What is wrong besides what was known, as text for people.
    pub text: String,
    /// All findings of severity error.
    pub errors: usize,
    /// All findings of severity warning.
    pub warnings: usize,
    /// The pages that were looked at.
    pub pages: usize,
}

/// Looks at each site that comes, until the next one comes. `report` gets what it found.
pub(super) fn start(server: Arc<State>, colour: bool, report: impl Fn(Looked) + Send + 'static) -> Sender<Task> {
    let (sender, tasks) = channel();
    std::thread::spawn(move || {
        let mut next = tasks.recv().ok();
        while let Some(mut task) = next.take() {
            while let Ok(newer) = tasks.recv_timeout(IDLE) {
                task = newer;
            }
            match look(&task, &tasks) {
                Ok(found) => {
                    report(tell(&server, &task, found, colour));
                    task.told.snapshot.highlighter.keep();
                    // Whoever searches next need not wait for it.
                    task.told.index();
                    next = tasks.recv().ok();
                }
                Err(newer) => next = newer,
            }
        }
    });
    sender
}

/// Renders everything once and keeps nothing but the findings. A newer task ends it.
fn look(task: &Task, tasks: &Receiver<Task>) -> Result<Sink, Option<Task>> {
    let snapshot = &task.told.snapshot;
    let mut found = Sink::new();
    for page in snapshot.site.pages() {
        interrupted(tasks)?;
        body(snapshot, page.id, &mut found);
    }
    for entry in snapshot.plan.entries().iter().filter(|entry| entry.path.ends_with(".html")) {
        interrupted(tasks)?;
        // A file that cannot be read is told when somebody asks for it.
        let _ = render(snapshot, entry, &mut found);
    }
    Ok(found)
}

fn interrupted(tasks: &Receiver<Task>) -> Result<(), Option<Task>> {
    match tasks.try_recv() {
        Ok(newer) => Err(Some(newer)),
        Err(TryRecvError::Empty) => Ok(()),
        Err(TryRecvError::Disconnected) => Err(None),
    }
}

fn tell(server: &State, task: &Task, found: Sink, colour: bool) -> Looked {
    let snapshot = &task.told.snapshot;
    let known: IndexSet<Diagnostic> = settled(snapshot, task.known.clone()).into_iter().collect();
    let mut all = task.known.clone();
    all.append(found);
    let all = settled(snapshot, all);
    let count = |severity| all.iter().filter(|found| found.severity() == severity).count();
    let new: Vec<&Diagnostic> = all.iter().filter(|found| !known.contains(*found)).collect();
    let looked = Looked {
        text: in_short(&new, snapshot, colour),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        pages: snapshot.site.pages().len(),
    };
    // A rebuild since then knows better, also one that is not shown because it is broken.
    if server.latest.load(Ordering::Acquire) == task.told.version {
        server.set_problems(errors(&all, snapshot));
    }
    looked
}
