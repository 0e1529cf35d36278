//! Whole sites through the pipeline: a site in one string, what comes out, what is said of it.
//!
//! One program for all of them, since linking costs more than running.
#![expect(clippy::disallowed_methods, reason = "tests make sites on disk and look at what is written")]

mod around;
mod begin;
mod cli;
mod content_model;
mod diagnostics;
mod drawn;
mod emit;
mod exchange;
mod fallback;
mod images;
mod lazy;
mod links;
mod machines;
mod markdown;
mod minutes;
mod other_findings;
mod outputs;
mod own_site;
mod random;
mod readme;
mod rebuilds;
mod reference;
mod repository;
#[cfg(feature = "search")]
mod search;
mod serve;
mod support;
mod theming;
mod translations;
mod warm;
