//! One file for each kind of output: a snapshot and a specification in, text out.

mod calendar;
mod feed;
mod headers;
mod page;
mod redirect;
mod robots;
mod search;
mod sitemap;
mod translations;

pub(crate) use calendar::calendar;
pub(crate) use feed::feed;
pub(crate) use headers::headers;
pub(crate) use page::{not_found, page};
pub(crate) use redirect::{redirect, redirects};
pub(crate) use robots::robots;
pub(crate) use search::search;
pub(crate) use sitemap::sitemap;
pub(crate) use translations::{translations, translations_json};
