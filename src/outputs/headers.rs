//! `_headers`, as Netlify and Cloudflare Pages read it.

use crate::search::is_on;
use crate::snapshot::Snapshot;

/// Scripts and styles come from the site alone; pictures from anywhere, as authors link to them; the one
/// frame is the video that a reader has asked for. `SEARCH` stands for what searching needs.
const POLICY: &str = "default-src 'self'; img-src 'self' https: data:; media-src 'self' https:; style-src 'self' 'unsafe-inline'; script-src 'self'SEARCH; frame-src https://www.youtube-nocookie.com; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

/// The headers of all answers, and of those that never change under their name.
pub(crate) fn headers(snapshot: &Snapshot) -> String {
    let base = &snapshot.views.base_path;
    // Searching runs WebAssembly; a site that is not searched allows none.
    let search = if is_on(&snapshot.config, &snapshot.theme) { " 'wasm-unsafe-eval'" } else { "" };
    let policy = POLICY.replace("SEARCH", search);
    let robots = if snapshot.preview { "  X-Robots-Tag: noindex\n" } else { "" };
    format!(
        "{base}/*\n  Content-Security-Policy: {policy}\n  Referrer-Policy: strict-origin-when-cross-origin\n  X-Content-Type-Options: nosniff\n{robots}{base}/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    )
}
