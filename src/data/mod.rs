//! Structured text (YAML, TOML, JSON, CSV) as a tree in which every key and value knows its place.
//!
//! In: text. Out: a [`Node`]. Front matter, configuration, UI strings and data files are all read
//! through it, so that each can say where it is wrong. It holds no meaning: no key is known here.

mod csv_file;
mod fields;
mod lenient;
mod node;
mod toml_text;
mod yaml;

pub use csv_file::parse_csv;
pub use fields::Fields;
pub use node::{Entry, Node, Value};
pub use toml_text::parse_toml;
pub use yaml::parse_yaml;

use crate::diag::Span;

/// Why a text is not what its format wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong, in the words of the format.
    pub message: String,
    /// Where.
    pub span: Span,
    /// What to write instead, where that can be guessed.
    pub hint: Option<String>,
}

/// A mapping that names one key twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicateKey {
    /// The key.
    pub key: String,
    /// The later one, which counts.
    pub span: Span,
    /// The earlier one.
    pub first: Span,
}

/// A parsed text: its tree and the keys that stand twice.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// The tree; an empty mapping for an empty text.
    pub node: Node,
    /// Keys that stand twice in one mapping.
    pub duplicates: Vec<DuplicateKey>,
    /// What YAML 1.2 forbids but libyaml, and with it Hugo, reads all the same.
    pub lenient: Option<SyntaxError>,
}
