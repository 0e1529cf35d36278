//! Documents: what one source file says.

pub mod slug;
