//! Addresses that a page's width has torn.
//!
//! In: text with spaces inside addresses. Out: the addresses whole again, and a note of each. Only
//! a piece that cannot be a word of its own is taken for the rest of an address.

use super::model::{Journal, RepairKind};

/// Joins the torn addresses of a line.
pub(super) fn join(text: &str, line: u32, journal: &mut Journal) -> String {
    if !text.contains("http") {
        return text.to_owned();
    }
    let mut words: Vec<String> = vec![];
    for word in text.split(' ') {
        match words.last_mut() {
            Some(last) if is_open(last) && is_rest(last, word) => {
                journal.repair(line, RepairKind::Link, &format!("{last} {word}"), &format!("{last}{word}"));
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words.join(" ")
}

/// Whether a text ends in an address that the next line may go on with.
pub(super) fn ends_open(text: &str) -> bool {
    text.rsplit(' ').next().is_some_and(is_open)
}

/// Whether a whole line can only be the rest of the address before it: one word, and not a plain
/// one.
pub(super) fn is_rest_line(before: &str, line: &str) -> bool {
    let last = before.rsplit(' ').next().unwrap_or_default();
    let first = line.split(' ').next().unwrap_or_default();
    let alone = first.len() == line.len() && (last.len() > 40 || odd(first));
    alone && !first.starts_with("http") && !first.ends_with(':') || is_rest(last, first)
}

/// An address without the punctuation that would close it.
fn is_open(word: &str) -> bool {
    let at = word.find("http://").or_else(|| word.find("https://"));
    at.is_some() && !word.ends_with([',', ';', ')', ']', '>', '!', '"']) && !word.ends_with("/edit")
}

fn is_rest(last: &str, word: &str) -> bool {
    if word.is_empty()
        || word.contains("://")
        || word.ends_with(':')
        || word.starts_with(['(', '[', '-', '&', '"', '<'])
    {
        return false;
    }
    let google = last.contains("docs.google.com/") && !last.contains("/edit");
    let edit = last.ends_with("/ed") && word.starts_with("it");
    let path = word.contains('/')
        && (word.ends_with('/') || word.contains(['.', '_', '#', '=', '?']) || has_digit(word) && google);
    let file = [".md", ".html", ".yaml"].iter().any(|end| word.ends_with(end)) && !last.ends_with('/');
    let survey = last.contains("sm=") && odd(word);
    let number = has_digit(last) && last.ends_with(|c: char| c.is_ascii_digit()) && word.len() >= 4 && all_digits(word);
    edit || path || file || survey || number || (google && odd(word))
}

/// A word that no language has: letters with digits, or capitals within.
fn odd(word: &str) -> bool {
    let letters = word.bytes().any(|byte| byte.is_ascii_alphabetic());
    let inner_capital = word.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
    let lower = word.bytes().any(|byte| byte.is_ascii_lowercase());
    all_digits(word) || (letters && has_digit(word)) || (inner_capital && lower)
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

fn all_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The addresses in a text, without the punctuation around them.
pub(super) fn addresses(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("http").filter_map(move |(at, _)| {
        let rest = &text[at..];
        if !rest.starts_with("http://") && !rest.starts_with("https://") {
            return None;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | ']' | '|'))
            .unwrap_or(rest.len());
        Some(rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(join(text, 1, &mut Journal::default()), expected);
    }

    #[test]
    fn torn_addresses() {
        check(
            "https://docs.google.com/document/d/1gqxZ YWp5a92 NG0e7/edit?tab=t.0",
            "https://docs.google.com/document/d/1gqxZYWp5a92NG0e7/edit?tab=t.0",
        );
        check("see https://example.org/exam ples/app.yaml for it", "see https://example.org/examples/app.yaml for it");
        check("https://docs.google.com/document/d/1ZsusF/ed it#", "https://docs.google.com/document/d/1ZsusF/edit#");
        check("https://example.org/a and/or that", "https://example.org/a and/or that");
        check("https://example.org/a is open", "https://example.org/a is open");
        check("https://example.org/a https://example.org/b", "https://example.org/a https://example.org/b");
    }

    #[test]
    fn rests_on_a_line_of_their_own() {
        assert!(is_rest_line("https://example.org/issues/1123#issuecomment-164051", "4688"));
        assert!(is_rest_line("see https://chat.example/archives/C020RHD43BP/p", "1691611833923109"));
        assert!(!is_rest_line("https://example.org", "Then we went on"));
    }

    #[test]
    fn addresses_end_before_punctuation() {
        let found: Vec<&str> = addresses("a (https://a.org/x), <https://b.org>. http").collect();
        assert_eq!(found, ["https://a.org/x", "https://b.org"]);
    }
}
