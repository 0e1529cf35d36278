//! Markdown: from the events of the parser to the HTML of a body.

pub mod typography;
