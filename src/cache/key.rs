//! What a product is known by.

use std::fmt;

/// The digest of everything that a product is made from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of a product that is made from these parts. Where one part ends and the next begins counts.
    ///
    /// ```
    /// use plenary::cache::Key;
    ///
    /// assert_eq!(Key::of(&[b"a", b"b"]), Key::of(&[b"a", b"b"]));
    /// assert_ne!(Key::of(&[b"a", b"b"]), Key::of(&[b"ab", b""]));
    /// ```
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(*hasher.finalize().as_bytes())
    }

    /// The key of what is made from the products of these keys.
    pub fn joined(keys: impl IntoIterator<Item = Self>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for key in keys {
            hasher.update(&key.0);
        }
        Self(*hasher.finalize().as_bytes())
    }

    /// The digest's bytes, to make other keys from.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(super) fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&blake3::Hash::from_bytes(self.0).to_hex())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
