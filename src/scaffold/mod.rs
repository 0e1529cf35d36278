//! New files: a page from an archetype, a language, a whole small site.
//!
//! In: what is wanted, and the model of the site that it is for. Out: files as paths and texts, none of
//! which is there yet. Nothing is written here.

mod archetype;
mod kind;
mod language;
mod site;

pub use kind::{Kind, Wanted, pages};
pub use language::{add_language, strings_to_translate};
pub use site::small_site;

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its path relative to the site's folder.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Why there is nothing to write, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// One sentence.
    pub message: String,
    /// The mend.
    pub hint: Option<String>,
}

impl Refusal {
    fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: Some(hint.into()) }
    }
}

#[cfg(test)]
mod tests;
