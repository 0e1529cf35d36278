//! Pagefind's part: pages to files, one language at a time.

use super::text::{Text, text};
use super::{FOLDER, SearchIndex, has_index, is_found, is_on};
use crate::cache::{Cache, Key};
use crate::lang::LanguageId;
use crate::snapshot::Snapshot;
use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;
use rayon::prelude::*;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};

/// What every language's files begin with.
const ENTRY: &str = "pagefind-entry.json";
/// For languages whose words Pagefind does not reduce to stems.
const PLAIN_WORDS: &str = "wasm.unknown.pagefind";

/// The files of one language by their path below the folder.
type Files = BTreeMap<String, Vec<u8>>;

/// Makes the index of all languages; empty if the site is not searched. It fails only where the system
/// refuses what Pagefind needs, with what it said.
pub fn index(snapshot: &Snapshot) -> Result<SearchIndex, String> {
    if !is_on(&snapshot.config, &snapshot.theme) {
        return Ok(SearchIndex::default());
    }
    let mut files = Files::new();
    let mut entry = Map::new();
    for made in all(snapshot) {
        join(&mut files, &mut entry, made?);
    }
    let Some(languages) = entry.get("languages").and_then(Value::as_object) else { return Ok(SearchIndex::default()) };
    if languages.values().all(|language| !language["wasm"].is_null()) {
        files.remove(PLAIN_WORDS);
    }
    files.insert(ENTRY.into(), Value::Object(entry).to_string().into_bytes());
    let files = files.into_iter().map(|(path, bytes)| (format!("{FOLDER}/{path}"), bytes)).collect();
    Ok(SearchIndex { files })
}

/// The files of each language that has pages to find. Pagefind brings its own threads for parts of its
/// work and must not run inside one of ours, which might take up a second language while it waits.
fn all(snapshot: &Snapshot) -> Vec<Result<Files, String>> {
    let waiting = Mutex::new(snapshot.config.languages.iter());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        let mut made = vec![];
        while let Some((language, _)) = next() {
            made.extend(of_language(snapshot, language).map(|files| (language, files)));
        }
        made
    };
    let mut all: Vec<(LanguageId, _)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..rayon::current_num_threads()).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    all.sort_by_key(|(language, _)| language.index());
    all.into_iter().map(|(_, made)| made).collect()
}

fn of_language(snapshot: &Snapshot, language: LanguageId) -> Option<Result<Files, String>> {
    if !has_index(&snapshot.site, language) {
        return None;
    }
    let pages = snapshot.site.pages().par_iter();
    let pages = pages.filter(|page| page.language == language && is_found(page));
    let mut texts: Vec<Text> = pages.map(|page| text(snapshot, page)).collect();
    texts.sort_by(|a, b| a.url.cmp(&b.url));
    let tag = snapshot.config.languages.get(language).tag.to_lowercase();
    Some(kept_or_made(snapshot, &tag, texts))
}

/// What an earlier run made of the very same pages, else what Pagefind makes of them now.
fn kept_or_made(snapshot: &Snapshot, tag: &str, texts: Vec<Text>) -> Result<Files, String> {
    let mut parts = vec![tag.as_bytes()];
    parts.extend(texts.iter().flat_map(|text| [text.url.as_bytes(), text.html.as_bytes()]));
    let key = Key::of(&parts);
    let store = Cache::of(snapshot.sources.root()).store("search");
    if let Some(files) = store.get(&key).and_then(|bytes| unpack(&bytes)) {
        return Ok(files);
    }
    let files = make(tag, texts)?;
    store.put(&key, &pack(&files));
    Ok(files)
}

/// Files in one piece: each with the length of its path and of its bytes before it.
fn pack(files: &Files) -> Vec<u8> {
    let mut bytes = vec![];
    for (path, contents) in files {
        for part in [path.as_bytes(), contents] {
            bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
            bytes.extend_from_slice(part);
        }
    }
    bytes
}

fn unpack(mut bytes: &[u8]) -> Option<Files> {
    let mut part = || {
        let (length, rest) = bytes.split_first_chunk::<8>()?;
        let (part, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        bytes = rest;
        Some(part.to_vec())
    };
    let mut files = Files::new();
    while let Some(path) = part() {
        files.insert(String::from_utf8(path).ok()?, part()?);
    }
    Some(files)
}

/// What Pagefind makes of these pages. Its order is that of the pages; its names are digests.
fn make(tag: &str, texts: Vec<Text>) -> Result<Files, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(|error| error.to_string())?;
    let files = runtime.block_on(async {
        let config = PagefindServiceConfig::builder().force_language(tag.to_owned()).build();
        let mut index = PagefindIndex::new(Some(config))?;
        for Text { url, html } in texts {
            index.add_html_file(None, Some(url), html).await?;
        }
        index.get_files().await
    });
    // Its error is of a type that only its own dependencies name.
    let files = files.map_err(|error| error.to_string())?;
    let named = files.into_iter().map(|file| (file.filename.to_string_lossy().replace('\\', "/"), file.contents));
    Ok(named.filter(|(path, _)| is_used(path)).collect())
}

/// Pagefind comes with user interfaces of its own, which no theme asks for.
fn is_used(path: &str) -> bool {
    !path.contains("-ui.") && !path.contains("-highlight.")
}

/// Adds a language's files to those of the others. What they have in common is the same, but for the
/// list of languages.
fn join(files: &mut Files, entry: &mut Map<String, Value>, mut made: Files) {
    let list = made.remove(ENTRY).and_then(|bytes| serde_json::from_slice::<Map<String, Value>>(&bytes).ok());
    files.extend(made);
    let mut list = list.unwrap_or_default();
    match (entry.get_mut("languages"), list.get_mut("languages")) {
        (Some(Value::Object(known)), Some(Value::Object(more))) => known.append(more),
        _ => *entry = list,
    }
}

#[cfg(test)]
mod tests {
    use super::{Files, pack, unpack};

    #[test]
    fn what_is_kept_comes_back() {
        let files =
            Files::from([("a/b".to_owned(), vec![1, 2, 3]), ("ü".to_owned(), vec![]), (String::new(), vec![0])]);
        let bytes = pack(&files);
        assert_eq!(unpack(&bytes), Some(files));
        assert_eq!(unpack(&[]), Some(Files::new()));
        assert_eq!(unpack(&bytes[..bytes.len() - 1]), None, "a file that is cut off");
    }
}
