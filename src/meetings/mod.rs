//! Minutes of meetings: from one long document to structured meetings.
//!
//! In: the text of an export (a shared document of many meetings, W3C minutes, `HedgeDoc` notes). Out:
//! [`Minutes`], the Markdown of a page for each meeting, and a journal of every repair, doubt and
//! omission with its line. Beside them: transcripts, slide text and session notes, a page each. The stages, each a file: `lines` → `repair` → `headings` and `years` →
//! `fields` → `blocks` → `body` → `page`; `read` walks them. Nothing here touches the disk.

mod aliases;
mod blocks;
mod body;
mod bullet;
mod cancelled;
mod cues;
mod date;
mod described;
mod directory;
mod doubts;
mod fields;
mod format;
mod headings;
mod labels;
mod lines;
mod links;
mod markdown;
mod model;
mod names;
mod nesting;
mod page;
mod people;
mod private;
mod projects;
mod read;
mod references;
mod repair;
mod said;
mod session_notes;
mod slides;
mod transcript;
mod who;
mod words;
mod years;

pub use aliases::Aliases;
pub use cues::{Cue, Transcript, cues};
pub use format::Format;
pub use model::{
    Action, Attendee, Block, Journal, Kind, Meeting, Minutes, Person, Private, Remark, Removed, Repair, RepairKind,
    Section, SectionKind, Warning,
};
pub use page::{index_page, page, title};
pub use read::{Options, read};
pub use session_notes::{NotesPage, notes_page};
pub use slides::{SlidesPage, slides_page};
pub use transcript::{TranscriptOptions, TranscriptPage, transcript_page};
pub use words::lost_words;
