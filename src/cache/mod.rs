//! Products that are kept between runs, in `.plenary/` beside `site.yaml`.
//!
//! In: the digest of everything that a product is made from, and its bytes. Out: the bytes of an earlier
//! run, if they are there and whole. Deleting the folder changes how long a run takes and nothing else; a
//! cache that cannot be read or written is no error, two processes may share it, and what another version
//! of the program kept is never read. Only what costs more to make than to load belongs here.

mod disk;
mod key;
mod pack;
mod store;

pub use disk::Cache;
pub use key::Key;
pub use pack::Pack;
pub use store::Store;

#[cfg(test)]
mod tests;
