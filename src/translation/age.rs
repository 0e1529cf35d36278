//! How old a translation is: by its digest, by the commit that it notes, or by dates, which is a guess.

use super::content::Content;
use super::digest::{Change, Digest};
use super::status::Input;
use crate::data::{Entry, Node};
use crate::site::Page;
use indexmap::{IndexMap, IndexSet};
use rayon::prelude::*;

/// For each commit that a translation notes as its source's: what has changed since, if it is known.
pub(super) type Commits = IndexMap<String, Option<IndexSet<String>>>;

/// One question to git for each distinct commit, not one for each page.
pub(super) fn commits<'p>(input: &Input<'_>, pages: impl Iterator<Item = &'p Page>) -> Commits {
    let Some(history) = input.history else { return Commits::new() };
    let noted = pages.filter(|page| page.front.source_digest.is_none() && !page.is_fallback());
    let distinct: IndexSet<String> = noted.filter_map(|page| source_commit(&page.front.extra)).collect();
    let distinct: Vec<String> = distinct.into_iter().collect();
    let known: Vec<_> = distinct.par_iter().map(|commit| history.repository().changed_since(commit)).collect();
    distinct.into_iter().zip(known).collect()
}

/// What changed in the source since the translation was made, and whether that is a guess.
pub(super) fn age(
    input: &Input<'_>,
    commits: &Commits,
    source: &Page,
    content: &Content,
    page: &Page,
    own: &Content,
) -> (Option<Vec<Change>>, bool) {
    let front = &page.front;
    if let Some(digest) = front.source_digest.as_ref().and_then(|(text, _)| Digest::parse(text)) {
        let titles: Vec<String> = own.sections.iter().map(|section| section.title.clone()).collect();
        let changes = digest.changes(content, &titles);
        return ((!changes.is_empty()).then_some(changes), false);
    }
    let repository_path = |page: &Page| page.file().and_then(|file| input.sources.file(file).repository_path.clone());
    let (Some(history), Some(source_path)) = (input.history, repository_path(source)) else { return (None, true) };
    let since = source_commit(&front.extra).and_then(|commit| commits.get(&commit)?.as_ref());
    if let Some(changed) = since {
        return (changed.contains(&source_path).then(Vec::new), false);
    }
    let date = |path: &str| history.last_change(path).map(|change| change.date.timestamp());
    let (theirs, ours) = (date(&source_path), repository_path(page).and_then(|path| date(&path)));
    let stale = theirs.zip(ours).is_some_and(|(theirs, ours)| theirs > ours);
    (stale.then(Vec::new), true)
}

/// The commit that OpenTelemetry and Helm (`default_lang_commit`) and MDN (`l10n.sourceCommit`) note.
pub fn source_commit(extra: &[Entry]) -> Option<String> {
    let of = |key: &str| extra.iter().find(|entry| entry.key == key).map(|entry| &entry.node);
    let commit = of("default_lang_commit").and_then(Node::to_text);
    let commit = commit.or_else(|| of("l10n")?.get("sourceCommit")?.to_text())?;
    let commit = commit.split_whitespace().next()?.to_owned();
    (commit.len() >= 7 && commit.bytes().all(|b| b.is_ascii_hexdigit())).then_some(commit)
}
