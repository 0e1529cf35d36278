//! The only reader of site files, and of the repository that they live in.

pub mod history;
