//! The last changes from git, read beside the parse.

use crate::diag::{Code, Diagnostic, Sink};
use crate::source::history::{History, NoHistory};
use crate::source::{Role, SourceSet};
use crate::view::Changes;
use indexmap::IndexSet;
use std::thread::JoinHandle;

/// Git at work.
pub(super) struct Reading(JoinHandle<Result<History, NoHistory>>);

impl Reading {
    /// Starts to read the history of the content's files.
    pub(super) fn start(sources: &SourceSet) -> Self {
        let root = sources.root().to_path_buf();
        // Where nothing says that there is one, git need not be asked.
        let is_there = sources.repository().join(".git").exists();
        let texts = sources.of(Role::Content).filter(|(_, file)| file.is_text());
        let wanted: IndexSet<String> = texts.filter_map(|(_, file)| file.repository_path.clone()).collect();
        Self(std::thread::spawn(move || {
            if is_there { History::read(&root, Some(&wanted)) } else { Err(NoHistory::NoRepository) }
        }))
    }

    /// Waits for it.
    pub(super) fn finish(self, sink: &mut Sink) -> Changes {
        match self.0.join().unwrap_or(Err(NoHistory::NoRepository)) {
            Ok(history) => {
                if history.is_shallow() {
                    let message = "the clone is shallow, so pages that changed before it have no date of last change";
                    let finding = Diagnostic::site(Code::GitHistory, message);
                    sink.push(finding.hint("fetch the whole history: `git fetch --unshallow`"));
                }
                Changes(Some(history))
            }
            Err(reason) => {
                sink.push(Diagnostic::site(Code::GitHistory, message(&reason)));
                Changes(None)
            }
        }
    }
}

fn message(reason: &NoHistory) -> String {
    match reason {
        NoHistory::NoRepository => "the site is in no git repository, so dates of last change are left out".into(),
        NoHistory::GitMissing => "there is no `git` here, so dates of last change are left out".into(),
        NoHistory::Failed(why) => format!("git gave no history, so dates of last change are left out: {why}"),
    }
}
