//! The disk, written.
//!
//! In: paths with their bytes. Out: an output folder that holds just these, and a [`Manifest`] that
//! says which of its files are ours. The only room besides `import` that writes: it writes what changed,
//! removes what nothing makes any more, and touches no file that it does not own.

mod folder;
mod manifest;

pub use folder::{EmitError, Emitter, Outcome};
pub use manifest::Manifest;
