//! What is translated, and how well it keeps up with its source.
//!
//! In: the model, and the history for guesses. Out: a [`Report`]: for each page and language a state,
//! for stale ones the sections that changed. The truth comes from content: a line of front matter,
//! `source_digest`, says which text of the source the translation was made from. Nothing is rendered here.

mod age;
mod align;
mod blocks;
pub mod catalogue;
mod content;
mod copy;
mod cut;
mod digest;
mod exchange;
mod files;
mod former;
mod front;
mod merge;
mod pairs;
pub mod po;
mod report;
mod speech;
mod status;
mod weave;
mod words;

pub use age::source_commit;
pub use blocks::{Block, Blocks, Kind, Unit};
pub use content::{Content, Section, Shape};
pub use digest::{Change, ChangeKind, Digest};
pub use exchange::{Message, Sides, line, messages};
pub use files::{find_files, read_text, write_text};
pub use former::{Former, Mark, former};
pub use front::{prepared, untranslated_keys, with_digest, with_untranslated};
pub use merge::{Merged, Said, merge};
pub use pairs::paired_ids;
pub use report::{Format, text_of};
pub use status::{Counts, Input, PageStatus, Report, State, report, status};
pub use weave::{Fate, fits, weave};
pub use words::differences;
