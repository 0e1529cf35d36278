//! Text as HTML: escapes, and runs of Markdown without blocks.
//!
//! In: text. Out: HTML. A leaf that every room may use; it knows no page and no link.

mod escape;
mod inline;

pub use escape::{escape, escape_attribute};
pub use inline::inline;
pub(crate) use inline::simple;
