//! The source as it was when a translation was made from it, from the history of the repository.

use super::{Content, Digest};
use crate::source::history::Repository;

/// What is known of the text that a translation was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// Its digest.
    Digest(Digest),
    /// The commit it stood in.
    Commit(String),
    /// When the translation was last changed, in seconds since 1970: a guess.
    Before(i64),
}

/// A former text of a source.
#[derive(Debug, Clone)]
pub struct Former {
    /// The commit.
    pub commit: String,
    /// The text of its file.
    pub text: String,
    /// The same as sections.
    pub content: Content,
}

/// Looks through the versions of a file, newest first. `read` makes a content of a text; a digest is
/// compared with every version, since the text may have stood in a commit under another file name.
pub fn former(
    repository: &Repository,
    path: &str,
    mark: &Mark,
    mut read: impl FnMut(&str) -> Content,
) -> Option<Former> {
    if let Mark::Commit(commit) = mark {
        let text = repository.text_at(commit, path)?;
        let content = read(&text);
        return Some(Former { commit: commit.clone(), text, content });
    }
    repository.versions(path).into_iter().find_map(|version| {
        if matches!(mark, Mark::Before(moment) if version.moment > *moment) {
            return None;
        }
        let text = repository.text_at(&version.commit, &version.path)?;
        let content = read(&text);
        let found = match mark {
            Mark::Digest(digest) => Digest::of(&content) == *digest,
            Mark::Commit(_) | Mark::Before(_) => true,
        };
        found.then_some(Former { commit: version.commit, text, content })
    })
}
