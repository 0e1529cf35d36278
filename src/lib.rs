//! Plenary turns a technical group's Markdown, in many languages, into a fast and correct static site.

pub mod data;
pub mod diag;
pub mod import;
