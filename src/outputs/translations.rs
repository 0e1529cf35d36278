//! How far the translations are, for people and for programs.

use super::page::render;
use crate::diag::Sink;
use crate::lang::LanguageId;
use crate::plan::pages::translations_url;
use crate::snapshot::Snapshot;
use crate::translation::{Format, text_of};
use crate::view::translations_context;

/// The page of a language.
pub(crate) fn translations(snapshot: &Snapshot, language: LanguageId, sink: &mut Sink) -> Option<String> {
    let report = snapshot.translations()?;
    let Snapshot { config, site, theme, .. } = snapshot;
    let url = translations_url(config, site, theme, language)?;
    render(snapshot, "translations.html", &translations_context(snapshot, report, language), &url, sink)
}

/// The whole report, as `plenary i18n status --format json` gives it.
pub(crate) fn translations_json(snapshot: &Snapshot) -> Option<String> {
    Some(text_of(snapshot.translations()?, &snapshot.config, None, Format::Json))
}
