//! Plenary turns a technical group's Markdown, in many languages, into a fast and correct static site.

pub mod cache;
#[cfg(feature = "cards")]
pub(crate) mod cards;
pub mod cli;
pub mod config;
pub mod data;
pub mod diag;
pub mod document;
pub mod emit;
#[cfg(feature = "external-links")]
pub mod external;
pub mod highlight;
pub mod html;
pub mod import;
pub mod lang;
pub mod links;
pub mod markdown;
pub mod meetings;
pub mod minutes;
mod outputs;
pub mod pipeline;
pub mod plan;
pub mod prose;
pub mod render;
pub mod scaffold;
pub mod schema;
pub mod search;
pub mod serve;
pub mod site;
pub mod snapshot;
pub mod source;
pub mod theme;
pub mod translation;
pub mod typography;
pub mod view;
