//! Addresses in HTML that is read somewhere else.

use crate::snapshot::Snapshot;

/// Attributes that hold one address.
const ADDRESSES: [&str; 4] = [" href=\"", " src=\"", " poster=\"", " srcset=\""];

/// HTML whose addresses work wherever it is read: with the site's host, and for places of the page with the
/// page's address.
pub(super) fn with_host(snapshot: &Snapshot, html: &str, page: &str) -> String {
    let host = host(snapshot);
    let mut out = String::with_capacity(html.len() + 512);
    let mut rest = html;
    while let Some((at, attribute)) = next(rest) {
        let (before, value) = rest.split_at(at + attribute.len());
        let end = value.find('"').unwrap_or(value.len());
        out.push_str(before);
        out.push_str(&absolute(&value[..end], &host, page, attribute == " srcset=\""));
        rest = &value[end..];
    }
    out.push_str(rest);
    out
}

fn next(html: &str) -> Option<(usize, &'static str)> {
    ADDRESSES.iter().filter_map(|attribute| Some((html.find(attribute)?, *attribute))).min()
}

fn absolute(value: &str, host: &str, page: &str, several: bool) -> String {
    let one = |url: &str| {
        if url.starts_with('#') {
            format!("{page}{url}")
        } else if url.starts_with('/') && !url.starts_with("//") {
            format!("{host}{url}")
        } else {
            url.to_owned()
        }
    };
    if several { value.split(", ").map(one).collect::<Vec<_>>().join(", ") } else { one(value) }
}

/// The site's host, without a slash at its end.
fn host(snapshot: &Snapshot) -> String {
    let base = snapshot.config.base_url.trim_end_matches('/');
    base.strip_suffix(snapshot.views.base_path.as_str()).unwrap_or(base).to_owned()
}
