//! From an address to the entry of the plan that the host would show.

use crate::plan::{Entry, Plan};
use percent_encoding::percent_decode_str;

/// What stands at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found<'p> {
    /// An output.
    Entry(&'p Entry),
    /// A page whose address ends in a slash, asked for without it.
    Slash,
    /// Nothing.
    Nothing,
    /// No address that a reader could have been given.
    Refused,
}

/// Looks an address up. `base` is the path that the site lives at.
pub(super) fn find<'p>(plan: &'p Plan, base: &str, path: &str) -> Found<'p> {
    let Ok(path) = percent_decode_str(path).decode_utf8() else { return Found::Refused };
    if path.contains(['\\', '\0']) || path.split('/').any(|part| part == "..") {
        return Found::Refused;
    }
    let Some(path) = path.strip_prefix(base).and_then(|rest| rest.strip_prefix('/')) else { return Found::Nothing };
    // The host keeps its own files to itself; hidden files are nobody's.
    if path.split('/').any(|part| part.starts_with('.')) || matches!(path, "_headers" | "_redirects") {
        return Found::Nothing;
    }
    let entry = |path: &str| plan.get(path).map(Found::Entry);
    if path.is_empty() || path.ends_with('/') {
        return entry(&format!("{path}index.html")).unwrap_or(Found::Nothing);
    }
    entry(path)
        .or_else(|| plan.get(&format!("{path}/index.html")).map(|_| Found::Slash))
        .or_else(|| entry(&format!("{path}.html")))
        .unwrap_or(Found::Nothing)
}

/// Is it a name that this machine has for itself? Any other leads here only by a trick of the name
/// service, by which a foreign page could read this site.
pub(super) fn is_own_host(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.to_ascii_lowercase().ends_with(".localhost")
        || name.parse::<std::net::IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::is_own_host;

    #[test]
    fn only_addresses_and_localhost_are_this_machine() {
        for host in
            ["localhost", "LOCALHOST:1313", "127.0.0.1:8080", "[::1]:1313", "192.168.1.7:1313", "docs.localhost"]
        {
            assert!(is_own_host(host), "{host}");
        }
        for host in ["", "evil.example", "evil.example:1313", "localhost.evil.example", "127.0.0.1.evil.example:80"] {
            assert!(!is_own_host(host), "{host}");
        }
    }
}
