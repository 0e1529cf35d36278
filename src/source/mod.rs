//! The disk, as a value.
//!
//! In: a root folder. Out: a [`SourceSet`], every file of the site with its text, in the order of
//! its path. This is the only room that reads site files, and the only one that knows the time.
//! Links and mounts are followed inside the repository only; nothing here knows what a page is.

mod clock;
mod disk;
/// Who changed which file when, from git.
pub mod history;
mod load;
mod set;
mod walk;

pub use clock::now;
pub use disk::{find_repository, read_bytes};
pub use load::{Changed, built_in};
pub use set::{Body, Role, SourceError, SourceFile, SourceSet};
pub(crate) use walk::is_litter;
