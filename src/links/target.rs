//! The text of a link, taken apart.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What a link's text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An address outside the site, with its scheme.
    External,
    /// An e-mail address without `mailto:`.
    Email,
    /// A place in the site: path (decoded), query with its `?`, fragment (decoded).
    Internal {
        /// The path, empty for the page itself.
        path: String,
        /// The query with its question mark, or nothing.
        query: String,
        /// The fragment without its `#`, if there is one.
        fragment: Option<String>,
    },
}

impl Target {
    /// Takes a link's text apart.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        if text.starts_with("//") || has_scheme(text) {
            return Self::External;
        }
        if looks_like_email(text) {
            return Self::Email;
        }
        let (rest, fragment) = match text.split_once('#') {
            Some((rest, fragment)) => (rest, Some(decode(fragment))),
            None => (text, None),
        };
        let (path, query) = rest.find('?').map_or((rest, ""), |at| rest.split_at(at));
        Self::Internal { path: decode(path), query: query.to_owned(), fragment }
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else { return false };
    scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn looks_like_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    !name.is_empty() && !text.contains(['/', ' ', '#', '?']) && host.contains('.') && !host.starts_with('.')
}

/// What may not stand in an `href` as it is. Letters of all scripts may: HTML takes IRIs.
const PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'#').add(b'?').add(b'%').add(b'{').add(b'}');

/// A path as it is written into HTML.
pub fn encode_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_ascii() {
            let mut buffer = [0; 4];
            out.extend(utf8_percent_encode(c.encode_utf8(&mut buffer), PATH));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_mails_and_places() {
        for text in ["https://a.org", "mailto:a@b.org", "//cdn.org/x", "tel:+1"] {
            assert_eq!(Target::parse(text), Target::External, "{text}");
        }
        assert_eq!(Target::parse("ada@example.org"), Target::Email);
        for (text, path, query, fragment) in [
            ("../a.md#b", "../a.md", "", Some("b")),
            ("a%20b.md", "a b.md", "", None),
            ("#%ED%94%8C", "", "", Some("플")),
            ("/x/?a=1#b", "/x/", "?a=1", Some("b")),
            ("x/@v1", "x/@v1", "", None),
        ] {
            let fragment = fragment.map(str::to_owned);
            assert_eq!(
                Target::parse(text),
                Target::Internal { path: path.into(), query: query.into(), fragment },
                "{text}"
            );
        }
    }
}
