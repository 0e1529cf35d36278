//! From the plan to bytes.
//!
//! In: a [`Snapshot`], all that is known of the site, and an entry of the plan. Out: the entry's bytes.
//! Pure and parallel: the same bytes with one thread or many.

mod body;

pub(crate) use body::body;
pub use body::{Bodies, bodies};

use crate::diag::Sink;
use crate::outputs;
use crate::plan::{Entry, Output};
use crate::snapshot::Snapshot;
use crate::source::{self, SourceError};
use std::borrow::Cow;

/// The bytes of an output.
pub type Bytes<'a> = Cow<'a, [u8]>;

/// Renders one entry of the plan. A template that fails is a finding and gives no bytes.
pub fn render<'a>(snapshot: &'a Snapshot, entry: &Entry, sink: &mut Sink) -> Result<Option<Bytes<'a>>, SourceError> {
    let text = match &entry.output {
        Output::Picture(number, version) => {
            return Ok(snapshot.images.version(&snapshot.sources, *number, *version).map(Cow::Owned));
        }
        Output::File(file) => return bytes(snapshot.sources.file(*file)).map(Some),
        Output::Card(page) => return Ok(outputs::card(snapshot, *page, sink).map(Cow::Owned)),
        Output::Icon(size) => return Ok(outputs::icon(snapshot, *size).map(Cow::Owned)),
        Output::Markdown(page) => outputs::markdown(snapshot, *page),
        Output::Llms(language) => Some(outputs::llms(snapshot, *language)),
        Output::Manifest => outputs::manifest(snapshot, sink),
        Output::SearchIndex(number) => return Ok(Some(Cow::Borrowed(snapshot.search.bytes(*number)))),
        Output::Search(language) => outputs::search(snapshot, *language, sink),
        Output::Page { page, number } => outputs::page(snapshot, *page, *number, sink),
        Output::NotFound(language) => outputs::not_found(snapshot, *language, sink),
        Output::Translations(language) => outputs::translations(snapshot, *language, sink),
        Output::TranslationsJson => outputs::translations_json(snapshot),
        Output::Redirect { to } => outputs::redirect(snapshot, *to, sink),
        Output::Feed(page) => Some(outputs::feed(snapshot, *page)),
        Output::Calendar { group, language } => Some(outputs::calendar(snapshot, *group, *language)),
        Output::Sitemap => Some(outputs::sitemap(snapshot)),
        Output::Robots => Some(outputs::robots(snapshot)),
        Output::Redirects => Some(outputs::redirects(snapshot)),
        Output::Headers => Some(outputs::headers(snapshot)),
    };
    Ok(text.map(|text| Cow::Owned(text.into_bytes())))
}

fn bytes(file: &source::SourceFile) -> Result<Bytes<'_>, SourceError> {
    match &file.body {
        source::Body::Text(text) => Ok(Cow::Borrowed(text.as_bytes())),
        source::Body::Embedded(bytes) => Ok(Cow::Borrowed(bytes)),
        source::Body::OnDisk(_) => file.bytes().map(Cow::Owned),
    }
}
