//! A part of a text that others share.

use std::ops::{Deref, Range};
use std::sync::Arc;

/// A part of a text. Nothing is copied to make one.
#[derive(Debug, Clone)]
pub struct Slice {
    text: Arc<str>,
    range: Range<usize>,
}

impl Slice {
    /// This part of a text; the whole where it has no such part.
    pub fn new(text: &Arc<str>, range: Range<usize>) -> Self {
        let range = if text.get(range.clone()).is_some() { range } else { 0..text.len() };
        Self { text: text.clone(), range }
    }
}

impl Deref for Slice {
    type Target = str;

    fn deref(&self) -> &str {
        self.text.get(self.range.clone()).unwrap_or_default()
    }
}

impl From<String> for Slice {
    fn from(text: String) -> Self {
        let range = 0..text.len();
        Self { text: text.into(), range }
    }
}
