//! Texts of `site.yaml` that may be one for all languages or one for each.

use crate::data::Node;
use indexmap::IndexMap;

/// A text for readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Localised {
    /// One for all languages.
    One(String),
    /// One per language folder.
    PerLanguage(IndexMap<String, String>),
}

impl Localised {
    /// Reads a text, or a mapping of languages to texts; none if it is neither.
    pub(super) fn read(node: &Node) -> Option<Self> {
        if node.entries().is_empty() {
            return node.to_text().map(Self::One);
        }
        let texts = node.entries().iter().filter_map(|entry| Some((folder(&entry.key), entry.node.to_text()?)));
        Some(Self::PerLanguage(texts.collect()))
    }

    /// The text for the first of these language folders that has one, else any.
    pub fn of(&self, folders: &[&str]) -> Option<&str> {
        match self {
            Self::One(text) => Some(text),
            Self::PerLanguage(texts) => {
                let own = folders.iter().find_map(|folder| texts.get(*folder));
                own.or_else(|| texts.values().next()).map(String::as_str)
            }
        }
    }

    /// The texts of all languages.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let (one, several) = match self {
            Self::One(text) => (Some(text), None),
            Self::PerLanguage(texts) => (None, Some(texts.values())),
        };
        one.into_iter().chain(several.into_iter().flatten()).map(String::as_str)
    }
}

fn folder(tag: &str) -> String {
    tag.to_lowercase().replace('_', "-")
}
