//! Scripts that stand in the page itself: those few bytes that must run before anything is seen.

use crate::source::{Role, SourceSet};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use indexmap::IndexMap;
use sha2::{Digest, Sha256};

/// Files below the theme's `inline/`, by their path there.
#[derive(Debug, Clone, Default)]
pub struct Inline(IndexMap<String, Script>);

#[derive(Debug, Clone)]
struct Script {
    text: String,
    digest: String,
}

impl Inline {
    pub(super) fn new(sources: &SourceSet) -> Self {
        let files = sources.of(Role::Theme);
        let scripts = files.filter_map(|(_, file)| {
            let path = file.place.strip_prefix("inline/")?;
            let text = file.text().trim().to_owned();
            let digest = STANDARD.encode(Sha256::digest(text.as_bytes()));
            Some((path.to_owned(), Script { text, digest }))
        });
        let mut scripts: IndexMap<String, Script> = scripts.collect();
        scripts.sort_keys();
        Self(scripts)
    }

    /// The `<script>` with a file's text.
    pub(super) fn html(&self, path: &str) -> Option<String> {
        // A script that names its own end tag would be cut off there.
        let text = &self.0.get(path).filter(|script| !script.text.contains("</script"))?.text;
        Some(format!("<script>{text}</script>"))
    }

    /// What a Content-Security-Policy calls each of them.
    pub fn sources(&self) -> impl Iterator<Item = String> {
        self.0.values().map(|script| format!("'sha256-{}'", script.digest))
    }
}
