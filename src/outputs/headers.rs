//! `_headers`, as Netlify and Cloudflare Pages read it.

use crate::config::Analytics;
use crate::search::is_on;
use crate::snapshot::Snapshot;
use std::collections::BTreeSet;

/// The headers of all answers, and of those that never change under their name.
pub(crate) fn headers(snapshot: &Snapshot) -> String {
    let base = &snapshot.views.base_path;
    let archive = snapshot.config.around.archived.as_ref();
    let hidden = snapshot.preview || archive.is_some_and(|archive| archive.noindex);
    let robots = if hidden { "  X-Robots-Tag: noindex\n" } else { "" };
    let policy = policy(snapshot);
    format!(
        "{base}/*\n  Content-Security-Policy: {policy}\n  Referrer-Policy: strict-origin-when-cross-origin\n  X-Content-Type-Options: nosniff\n{robots}{base}/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    )
}

/// Scripts and styles come from the site alone, but for the theme's own lines in the page, each by its
/// digest, and the one script that the settings name; pictures from anywhere, as authors link to them; the
/// one frame is the video that a reader has asked for.
fn policy(snapshot: &Snapshot) -> String {
    let analytics = snapshot.config.around.analytics.as_ref();
    let script = analytics.and_then(|analytics| origin(&analytics.script)).map(str::to_owned);
    // Searching runs WebAssembly; a site that is not searched allows none.
    let search = is_on(&snapshot.config, &snapshot.theme).then(|| "'wasm-unsafe-eval'".to_owned());
    let scripts: String = search
        .into_iter()
        .chain(snapshot.theme.inline.sources())
        .chain(script)
        .map(|source| format!(" {source}"))
        .collect();
    let told = analytics.map(told).unwrap_or_default();
    let connect = if told.is_empty() { String::new() } else { format!("; connect-src 'self'{told}") };
    format!(
        "default-src 'self'; img-src 'self' https: data:; media-src 'self' https:; style-src 'self' 'unsafe-inline'; script-src 'self'{scripts}{connect}; frame-src https://www.youtube-nocookie.com; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )
}

/// Whom the counting script may tell: the host that it comes from, and those that its attributes name.
fn told(analytics: &Analytics) -> String {
    let addresses = analytics.attributes.iter().map(|(_, value)| value).chain([&analytics.script]);
    let origins: BTreeSet<&str> = addresses.filter_map(|address| origin(address)).collect();
    origins.into_iter().map(|origin| format!(" {origin}")).collect()
}

/// `https://host:port` of a whole address.
fn origin(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = &rest[..end];
    let is_host = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':'));
    is_host.then(|| &address[.."https://".len() + end])
}
