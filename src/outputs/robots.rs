//! `robots.txt` (RFC 9309).

use crate::snapshot::Snapshot;

/// All may read everything; a preview is for nobody.
pub(crate) fn robots(snapshot: &Snapshot) -> String {
    if snapshot.preview {
        return "User-agent: *\nDisallow: /\n".into();
    }
    format!("User-agent: *\nAllow: /\n\nSitemap: {}sitemap.xml\n", snapshot.config.base_url)
}
