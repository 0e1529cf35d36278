//! Diagrams: Mermaid text → SVG that stands in the page.
//!
//! In: the text of a `mermaid` block. Out: an `<svg>` in the colours of the page, light and dark, that runs
//! no script and asks no other host, or why it cannot be drawn, with the place in the text. Each distinct
//! text is drawn once, and kept between runs under its digest. Nothing here knows a page: the caller puts
//! an id of its own in place of [`ID`].
//!
//! The renderer is the crate `merman`. Four were tried in their versions of 2026 on eleven diagrams with labels
//! in Latin, Chinese, Japanese and Korean: `mermaid-rs-renderer` 0.3 lost the edges of chained links
//! (`a --> b --> c`), `ariel-rs` 0.4 and `rusty-mermaid` 0.2 failed on the labels, `merman` 0.9 drew all of
//! them right in 1 to 8 ms each. It measures letters as Arial's and knows no reader's fonts, so boxes are
//! somewhat narrow for wider ones; and it says where a text is wrong for most kinds, not for all.

#[cfg(feature = "diagrams")]
mod clean;
#[cfg(feature = "diagrams")]
mod draw;

use crate::cache::{Cache, Key, Pack};
use indexmap::IndexMap;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Stands in the SVG wherever the page's own id for it belongs.
pub const ID: &str = "plenary-diagram-id";

/// Changes when the same text would give another drawing.
#[cfg(feature = "diagrams")]
const RECIPE: &[u8] = b"3";

/// Why a text is no diagram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong.
    pub message: String,
    /// Where in the text, if that is known.
    pub at: Option<Range<usize>>,
}

/// A drawing, or why there is none.
type Drawn = Result<Arc<str>, Failure>;

/// Draws, and keeps what it has drawn.
#[derive(Debug)]
pub struct Diagrams {
    pack: Pack,
    drawn: Mutex<IndexMap<Key, Drawn>>,
}

impl Diagrams {
    /// For the site in `root`.
    pub fn new(root: &Path) -> Self {
        Self { pack: Cache::of(root).pack("diagrams"), drawn: Mutex::default() }
    }

    /// Is a code block of this language a diagram?
    pub fn draws(language: &str) -> bool {
        cfg!(feature = "diagrams") && language.eq_ignore_ascii_case("mermaid")
    }

    /// The SVG of a text.
    #[cfg(feature = "diagrams")]
    pub fn svg(&self, text: &str) -> Drawn {
        let key = Key::of(&[RECIPE, text.as_bytes()]);
        if let Some(drawn) = self.drawn.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return drawn.clone();
        }
        let kept = self.pack.get(&key).and_then(|kept| std::str::from_utf8(kept).ok());
        // Two threads that meet on one text draw it twice, and alike.
        let drawn = kept.map_or_else(|| draw::svg(text).map(Into::into), |kept| Ok(kept.into()));
        self.drawn.lock().unwrap_or_else(PoisonError::into_inner).insert(key, drawn.clone());
        drawn
    }

    /// Without the renderer there is no drawing.
    #[cfg(not(feature = "diagrams"))]
    pub fn svg(&self, _: &str) -> Drawn {
        Err(Failure { message: "this build of Plenary draws no diagrams".into(), at: None })
    }

    /// Keeps what was drawn for the next run.
    pub fn save(&self) {
        let drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        self.pack.save(drawn.iter().filter_map(|(key, svg)| Some((*key, svg.as_ref().ok()?.as_bytes()))));
    }
}
