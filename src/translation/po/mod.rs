//! Gettext PO files, the form that translators' tools speak.
//!
//! In: a text. Out: a [`Catalogue`], each entry with the places of its parts, or what is wrong at which
//! place; and the way back. Our own reader and writer, because the crates that there are drop the places
//! that findings need, the obsolete entries, or the former texts. The rules are those of the GNU gettext
//! manual, section "The Format of PO Files".

mod plurals;
mod read;
mod write;

pub use plurals::plural_forms;
pub use read::{Problem, parse};
pub use write::write;

use std::ops::Range;

/// A file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// The fields of the entry with the empty `msgid`.
    pub headers: Vec<(String, String)>,
    /// Where that entry's `msgstr` stands.
    pub header_place: Range<usize>,
    /// The entries in order, without the header.
    pub entries: Vec<Entry>,
}

impl Catalogue {
    /// A field of the header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// A message with its translation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// `#.` lines: notes of the program for translators.
    pub notes: Vec<String>,
    /// `#:` lines: where the message stands in the source.
    pub references: Vec<String>,
    /// `#, fuzzy`: somebody has to look at it first.
    pub fuzzy: bool,
    /// `#|`: the message that the translation was made from.
    pub previous: Option<String>,
    /// `msgctxt`.
    pub context: String,
    /// `msgid`.
    pub id: String,
    /// `msgstr`.
    pub text: String,
    /// `#~`: the source has no such message any more.
    pub obsolete: bool,
    /// Where the `msgid` stands in the file that was read.
    pub id_place: Range<usize>,
    /// Where the `msgstr` stands in the file that was read.
    pub text_place: Range<usize>,
}
