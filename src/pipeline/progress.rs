//! How far a run is, and how long its stages took.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How far a run is: it counts on, and whoever wants to look does so from another thread.
#[derive(Debug, Default)]
pub struct Progress {
    stage: Mutex<&'static str>,
    done: AtomicUsize,
    total: AtomicUsize,
}

impl Progress {
    /// A stage begins, with so many things to make; 0 if nobody knows.
    pub fn begin(&self, stage: &'static str, total: usize) {
        let mut name = self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        *name = stage;
        self.done.store(0, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    /// One thing more is made.
    pub fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// What is made now, how many of it are done, and of how many.
    pub fn now(&self) -> (&'static str, usize, usize) {
        let name = self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        (*name, self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }
}

/// How long each stage took, in the order of the stages.
#[derive(Debug)]
pub struct Timings {
    last: Instant,
    stages: Vec<(&'static str, Duration)>,
    pub(super) progress: Arc<Progress>,
}

impl Default for Timings {
    fn default() -> Self {
        Self::watched(&Arc::default())
    }
}

impl Timings {
    /// Of a run whose progress somebody watches.
    pub fn watched(progress: &Arc<Progress>) -> Self {
        Self { last: Instant::now(), stages: vec![], progress: progress.clone() }
    }

    /// Ends a stage.
    pub fn stage(&mut self, name: &'static str) {
        let now = Instant::now();
        self.stages.push((name, now - self.last));
        self.last = now;
    }

    /// The stages with their wall times.
    pub fn stages(&self) -> &[(&'static str, Duration)] {
        &self.stages
    }

    /// The sum of all stages so far.
    pub fn total(&self) -> Duration {
        self.stages.iter().map(|(_, time)| *time).sum()
    }
}
