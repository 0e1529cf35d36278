//! The site's icon in pixels, from the theme's SVG.

use crate::plan::pages::ICON;
use crate::snapshot::Snapshot;

/// The icon at a size. None if the theme's drawing cannot be read.
#[cfg(feature = "cards")]
pub(crate) fn icon(snapshot: &Snapshot, size: u32) -> Option<Vec<u8>> {
    let asset = snapshot.theme.assets.get(ICON)?;
    let svg = snapshot.sources.file(asset.file).bytes().ok()?;
    crate::cards::icon(&svg, size)
}

/// Without the feature `cards` there is none.
#[cfg(not(feature = "cards"))]
pub(crate) fn icon(snapshot: &Snapshot, _: u32) -> Option<Vec<u8>> {
    snapshot.theme.assets.get(ICON).and(None)
}
