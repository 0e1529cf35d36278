//! The theme's assets: published under a name that carries their digest, so that they can be cached for ever.

use crate::diag::FileId;
use crate::source::{Role, SourceSet};
use indexmap::IndexMap;

/// Files below the theme's `assets/`, by their path there.
#[derive(Debug, Clone, Default)]
pub struct Assets(IndexMap<String, Asset>);

/// A published asset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// The file.
    pub file: FileId,
    /// Its address: `/assets/css/tag.0a1b2c3d.css`.
    pub url: String,
}

impl Assets {
    pub(super) fn new(sources: &SourceSet) -> Self {
        let mut assets = IndexMap::new();
        for (id, file) in sources.of(Role::Theme) {
            let Some(path) = file.place.strip_prefix("assets/") else { continue };
            let Ok(bytes) = file.bytes() else { continue };
            let digest = blake3::hash(&bytes).to_hex();
            let (stem, extension) = path.rsplit_once('.').unwrap_or((path, ""));
            let url = format!("/assets/{stem}.{}.{extension}", &digest[..8]);
            assets.insert(path.to_owned(), Asset { file: id, url });
        }
        assets.sort_keys();
        Self(assets)
    }

    /// An asset by its path below `assets/`.
    pub fn get(&self, path: &str) -> Option<&Asset> {
        self.0.get(path)
    }

    /// All of them by their paths below `assets/`.
    pub fn named(&self) -> impl Iterator<Item = (&str, &Asset)> {
        self.0.iter().map(|(path, asset)| (path.as_str(), asset))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Asset> {
        self.0.values()
    }
}
