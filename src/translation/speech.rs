//! What of a text is words: for translators, code, addresses and shortcodes are none.

use crate::document::{Piece, pieces};
use pulldown_cmark::{Event, Tag, TagEnd};

/// Lines of code spans and tags as one line, without the signs of the blocks around them.
pub(super) fn unprefixed(raw: &str, quotes: usize) -> String {
    let mut lines = raw.split('\n');
    let mut out = lines.next().unwrap_or_default().trim_end_matches('\r').to_owned();
    for line in lines {
        let mut rest = line.trim();
        for _ in 0..quotes {
            rest = rest.strip_prefix('>').unwrap_or(rest).trim_start();
        }
        out.push(' ');
        out.push_str(rest);
    }
    out
}

pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// Keys whose values are no text, in lists of a page's own making.
pub(super) fn is_address(key: &str) -> bool {
    matches!(key, "url" | "page" | "href" | "link" | "src" | "image" | "icon" | "id" | "type" | "class" | "color")
}

/// Is there a word outside of code, addresses, tags and calls?
pub(super) fn speaks(text: &str) -> bool {
    let mut addresses = 0usize;
    let mut without_calls = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        without_calls.push_str(&rest[..at]);
        let end = rest[at..].find("}}").map_or(rest.len(), |end| at + end + 2);
        rest = &rest[end..];
    }
    without_calls.push_str(rest);
    pieces(&without_calls, false).iter().any(|(piece, _)| match piece {
        Piece::Event(Event::Start(Tag::Link { link_type, .. })) => {
            addresses += usize::from(*link_type == pulldown_cmark::LinkType::Autolink);
            false
        }
        Piece::Event(Event::End(TagEnd::Link)) => {
            addresses = addresses.saturating_sub(1);
            false
        }
        Piece::Event(Event::Text(text)) => addresses == 0 && text.chars().any(char::is_alphabetic),
        _ => false,
    })
}

pub(super) fn html_speaks(html: &str) -> bool {
    let tokens = html5gum::Tokenizer::new(html).flatten();
    tokens.into_iter().any(|token| match token {
        html5gum::Token::String(text) => String::from_utf8_lossy(&text.value).chars().any(char::is_alphabetic),
        _ => false,
    })
}
