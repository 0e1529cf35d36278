//! Links to outside addresses: are they still there?
//!
//! In: a snapshot. Out: findings. Asks each address once, two at a time on one host, with retries, and
//! remembers for a day what was well. The only room that uses the network, and only when asked to.

mod ask;
mod memory;

pub use ask::Answer;

use crate::cache::Cache;
use crate::diag::{Code, Diagnostic, Sink, Span};
use crate::pipeline::Progress;
use crate::snapshot::Snapshot;
use ask::Asker;
use indexmap::IndexMap;
use memory::Memory;
use std::sync::Mutex;
use std::time::Duration;

/// Requests under way at once, over all hosts.
const WORKERS: usize = 16;
/// Requests under way at once on one host.
const PER_HOST: usize = 2;

/// How patient to be.
#[derive(Debug, Clone)]
pub struct Manners {
    /// For one request.
    pub timeout: Duration,
    /// Further tries after a failure that may pass.
    pub retries: u32,
    /// Before the first further try; twice as long before each next one.
    pub pause: Duration,
}

impl Default for Manners {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(20), retries: 2, pause: Duration::from_millis(500) }
    }
}

/// Checks every outside link of the site's own texts.
pub fn check(snapshot: &Snapshot, manners: &Manners, progress: &Progress, sink: &mut Sink) {
    let places = addresses(snapshot);
    let cache = Cache::of(snapshot.sources.root());
    let mut memory = Memory::load(&cache, crate::source::now());
    let unknown: Vec<&str> = places.keys().map(String::as_str).filter(|address| !memory.is_well(address)).collect();
    progress.begin("outside links", unknown.len());
    let answers = ask_all(&unknown, manners, progress);
    for (address, answer) in &answers {
        match answer {
            Answer::Well => memory.note_well(address),
            Answer::Gone(reason) => told(&places[*address], Code::ExternalDead, address, reason, sink),
            Answer::Unsure(reason) => told(&places[*address], Code::ExternalUnsure, address, reason, sink),
        }
    }
    memory.save(&cache);
}

/// Each address with the places that link to it, without its fragment: only a browser could check that.
fn addresses(snapshot: &Snapshot) -> IndexMap<String, Vec<Span>> {
    let mut places: IndexMap<String, Vec<Span>> = IndexMap::new();
    for page in snapshot.site.pages().iter().filter(|page| !page.is_fallback()) {
        let Some(document) = &page.document else { continue };
        for (link, resolved) in document.text().links.iter().zip(snapshot.links().of(page.id)) {
            let address = link.target.split('#').next().unwrap_or_default();
            let web = address.starts_with("http://") || address.starts_with("https://");
            if resolved.external && web && !is_ignored(address, &snapshot.config.ignored_links) {
                places.entry(address.to_owned()).or_default().push(link.span);
            }
        }
    }
    places.sort_keys();
    places
}

/// Does one of the patterns match? `*` stands for anything.
fn is_ignored(address: &str, patterns: &[String]) -> bool {
    patterns.iter().any(|pattern| matches(pattern, address))
}

fn matches(pattern: &str, address: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == address };
    let Some(mut tail) = address.strip_prefix(first) else { return false };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*').filter(|part| !part.is_empty()) {
        let Some(at) = tail.find(part) else { return false };
        tail = &tail[at + part.len()..];
    }
    tail.ends_with(last)
}

fn told(places: &[Span], code: Code, address: &str, reason: &str, sink: &mut Sink) {
    for span in places {
        let finding = Diagnostic::new(code, *span, format!("`{address}`: {reason}"));
        sink.push(finding.hint(match code {
            Code::ExternalDead => "link to where it has moved, to an archived copy, or not at all",
            _ => "open it by hand; if it is well, add it to `check: {ignore_links: […]}` in site.yaml",
        }));
    }
}

/// Asks all addresses, a few at a time; the answers come in the order of the addresses.
fn ask_all<'a>(addresses: &[&'a str], manners: &Manners, progress: &Progress) -> Vec<(&'a str, Answer)> {
    let mut hosts: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (at, address) in addresses.iter().enumerate() {
        hosts.entry(host(address)).or_default().push(at);
    }
    // Each host's addresses wait in one or two rows; a worker takes a row to its end.
    let rows: Vec<Vec<usize>> = hosts
        .into_values()
        .flat_map(|list| (0..PER_HOST).map(move |row| list.iter().copied().skip(row).step_by(PER_HOST).collect()))
        .filter(|row: &Vec<usize>| !row.is_empty())
        .collect();
    let waiting = Mutex::new(rows);
    let answers: Mutex<Vec<Option<Answer>>> = Mutex::new(vec![None; addresses.len()]);
    let asker = Asker::new(manners);
    std::thread::scope(|scope| {
        for _ in 0..WORKERS.min(addresses.len()) {
            scope.spawn(|| {
                while let Some(row) = lock(&waiting).pop() {
                    for at in row {
                        let answer = asker.ask(addresses[at]);
                        lock(&answers)[at] = Some(answer);
                        progress.step();
                    }
                }
            });
        }
    });
    let answers = answers.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    addresses.iter().copied().zip(answers.into_iter().map(|answer| answer.unwrap_or(Answer::Well))).collect()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn host(address: &str) -> &str {
    address.split('/').nth(2).unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let check = |pattern: &str, address: &str| is_ignored(address, &[pattern.to_owned()]);
        assert!(check("https://a.org/*", "https://a.org/x/y"));
        assert!(check("*linkedin*", "https://www.linkedin.com/in/x"));
        assert!(check("https://a.org/", "https://a.org/"));
        assert!(!check("https://a.org/", "https://a.org/x"));
        assert!(!check("https://a.org/*.pdf", "https://a.org/x.html"));
        assert!(check("https://a.org/*.pdf", "https://a.org/x.pdf"));
    }
}
