//! The command `plenary`.
fn main() {}
