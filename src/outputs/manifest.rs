//! `site.webmanifest` (W3C Web Application Manifest), which the theme writes.

use super::page::render;
use crate::diag::Sink;
use crate::plan::pages::{MANIFEST, MANIFEST_TEMPLATE};
use crate::snapshot::Snapshot;

/// The manifest, in the default language.
pub(crate) fn manifest(snapshot: &Snapshot, sink: &mut Sink) -> Option<String> {
    let context = &snapshot.views.contexts()[snapshot.config.languages.default_id().index()];
    render(snapshot, MANIFEST_TEMPLATE, context, MANIFEST, sink)
}
