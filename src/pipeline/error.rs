//! What ends a run: the environment, never a text.

use crate::emit::EmitError;
use crate::source::SourceError;

/// The environment is at fault.
#[derive(Debug)]
pub enum Error {
    /// A file could not be read.
    Source(SourceError),
    /// A file could not be written.
    Emit(EmitError),
    /// The search index could not be made.
    Search(String),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Source(error) => error.fmt(f),
            Self::Emit(error) => error.fmt(f),
            Self::Search(message) => write!(f, "cannot make the search index: {message}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<SourceError> for Error {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}

impl From<EmitError> for Error {
    fn from(error: EmitError) -> Self {
        Self::Emit(error)
    }
}
