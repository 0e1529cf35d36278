//! One file for each kind of output: a snapshot and a specification in, text out.

mod calendar;
mod card;
mod feed;
mod headers;
mod host;
mod icon;
mod llms;
mod manifest;
mod markdown;
mod page;
mod redirect;
mod robots;
mod search;
mod sitemap;
mod translations;

pub(crate) use calendar::calendar;
pub(crate) use card::card;
pub(crate) use feed::feed;
pub(crate) use headers::headers;
pub(crate) use icon::icon;
pub(crate) use llms::llms;
pub(crate) use manifest::manifest;
pub(crate) use markdown::markdown;
pub(crate) use page::{not_found, page};
pub(crate) use redirect::{redirect, redirects};
pub(crate) use robots::robots;
pub(crate) use search::search;
pub(crate) use sitemap::sitemap;
pub(crate) use translations::{translations, translations_json};
