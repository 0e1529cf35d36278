//! Products of one kind, each in a file of its own.

use super::disk::{Cache, read};
use super::key::Key;
use std::path::PathBuf;

/// Bytes of the digest before the product: a file that was cut off or damaged is not taken for whole.
const SEAL: usize = 16;

/// Products of one kind. Safe to use from many threads and processes.
///
/// ```
/// use plenary::cache::{Cache, Key};
///
/// let folder = tempfile::tempdir()?;
/// let images = Cache::of(folder.path()).store("images");
/// let key = Key::of(&[b"the picture's bytes", b"width 640"]);
/// assert_eq!(images.get(&key), None);
/// images.put(&key, b"a smaller picture");
/// assert_eq!(images.get(&key).as_deref(), Some(&b"a smaller picture"[..]));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Store {
    cache: Cache,
    folder: PathBuf,
}

impl Store {
    pub(super) fn new(cache: Cache, folder: PathBuf) -> Self {
        Self { cache, folder }
    }

    /// The product of this key, if an earlier run has made it.
    pub fn get(&self, key: &Key) -> Option<Vec<u8>> {
        let mut bytes = read(&self.path(key))?;
        let product = bytes.get(SEAL..)?;
        (seal(product) == bytes[..SEAL]).then(|| bytes.split_off(SEAL))
    }

    /// Keeps a product.
    pub fn put(&self, key: &Key, product: &[u8]) {
        let mut bytes = Vec::with_capacity(SEAL + product.len());
        bytes.extend_from_slice(&seal(product));
        bytes.extend_from_slice(product);
        self.cache.write(&self.path(key), &bytes);
    }

    /// The product of this key: that of an earlier run, else made now and kept.
    pub fn get_or_make(&self, key: &Key, make: impl FnOnce() -> Vec<u8>) -> Vec<u8> {
        self.get(key).unwrap_or_else(|| {
            let product = make();
            self.put(key, &product);
            product
        })
    }

    fn path(&self, key: &Key) -> PathBuf {
        let name = key.to_string();
        self.folder.join(&name[..2]).join(&name[2..])
    }
}

fn seal(product: &[u8]) -> [u8; SEAL] {
    let mut seal = [0; SEAL];
    seal.copy_from_slice(&blake3::hash(product).as_bytes()[..SEAL]);
    seal
}
