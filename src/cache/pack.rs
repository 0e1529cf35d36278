//! Products of one kind in one file.
//!
//! A file for each of a thousand small products costs more to open than the product costs to make: here
//! all are read at once and written at once, sorted, those that this run had no use for left out.

use super::disk::{Cache, read};
use super::key::Key;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Begins a pack.
const MAGIC: &[u8] = b"plenary pack 1\n";
/// Bytes of the digest at its end.
const SEAL: usize = 32;

/// Products of one kind, read at once.
#[derive(Debug)]
pub struct Pack {
    cache: Cache,
    path: PathBuf,
    bytes: Vec<u8>,
    index: BTreeMap<Key, (usize, usize)>,
}

impl Pack {
    pub(super) fn open(cache: Cache, path: PathBuf) -> Self {
        let bytes = read(&path).unwrap_or_default();
        let index = index(&bytes).unwrap_or_default();
        Self { cache, path, bytes, index }
    }

    /// The product of this key, if the last run that saved the pack had it.
    pub fn get(&self, key: &Key) -> Option<&[u8]> {
        let (start, end) = *self.index.get(key)?;
        self.bytes.get(start..end)
    }

    /// Keeps these products and no others; nothing is written if they are the same as before.
    pub fn save<'p>(&self, products: impl IntoIterator<Item = (Key, &'p [u8])>) {
        let products: BTreeMap<Key, &[u8]> = products.into_iter().collect();
        // What a key stands for never changes.
        if products.keys().eq(self.index.keys()) {
            return;
        }
        let mut bytes = MAGIC.to_vec();
        for (key, product) in products {
            bytes.extend_from_slice(key.as_bytes());
            bytes.extend_from_slice(&(product.len() as u64).to_le_bytes());
            bytes.extend_from_slice(product);
        }
        let seal = blake3::hash(&bytes);
        bytes.extend_from_slice(seal.as_bytes());
        self.cache.write(&self.path, &bytes);
    }
}

/// Where each product stands; none if the file is not whole.
fn index(bytes: &[u8]) -> Option<BTreeMap<Key, (usize, usize)>> {
    let end = bytes.len().checked_sub(SEAL)?;
    if !bytes.starts_with(MAGIC) || blake3::hash(&bytes[..end]).as_bytes() != &bytes[end..] {
        return None;
    }
    let mut index = BTreeMap::new();
    let mut at = MAGIC.len();
    while at < end {
        let key = Key::from_bytes(bytes.get(at..at + 32)?.try_into().ok()?);
        let length = u64::from_le_bytes(bytes.get(at + 32..at + 40)?.try_into().ok()?) as usize;
        let start = at + 40;
        at = start.checked_add(length).filter(|at| *at <= end)?;
        index.insert(key, (start, at));
    }
    Some(index)
}
