//! Text as HTML.

use std::borrow::Cow;

/// Text between tags.
pub fn escape(text: &str) -> Cow<'_, str> {
    escape_with(text, &['&', '<', '>'])
}

/// Text between double quotes.
pub fn escape_attribute(text: &str) -> Cow<'_, str> {
    escape_with(text, &['&', '<', '>', '"'])
}

fn escape_with<'t>(text: &'t str, special: &[char]) -> Cow<'t, str> {
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if special.contains(&'"') => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}
