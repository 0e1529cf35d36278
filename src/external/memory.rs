//! Which addresses were well, and when.

use crate::cache::Cache;
use indexmap::IndexMap;
use jiff::Timestamp;

/// The name of the list in the cache.
const NAME: &str = "external-links.tsv";
/// For how long an address that was well is not asked again.
const SECONDS: i64 = 24 * 60 * 60;

/// Addresses with the second at which they were well.
pub(super) struct Memory {
    now: i64,
    well: IndexMap<String, i64>,
}

impl Memory {
    pub(super) fn load(cache: &Cache, now: Timestamp) -> Self {
        let now = now.as_second();
        let text = cache.load(NAME).unwrap_or_default();
        let rows = text.lines().filter_map(|line| {
            let (second, address) = line.split_once('\t')?;
            let second: i64 = second.parse().ok()?;
            (now - second < SECONDS && second <= now).then(|| (address.to_owned(), second))
        });
        Self { now, well: rows.collect() }
    }

    pub(super) fn is_well(&self, address: &str) -> bool {
        self.well.contains_key(address)
    }

    pub(super) fn note_well(&mut self, address: &str) {
        self.well.insert(address.to_owned(), self.now);
    }

    pub(super) fn save(mut self, cache: &Cache) {
        self.well.sort_keys();
        let rows: String = self.well.iter().map(|(address, second)| format!("{second}\t{address}\n")).collect();
        cache.save(NAME, &rows);
    }
}
