//! Names for addresses: the ids of headings and the segments of URL paths.
//!
//! In: text as its author wrote it. Out: the id or segment that Hugo gives to the same text, so that
//! links into a site which moves here live on. Nothing here escapes: an id or segment is Unicode, and
//! who writes it into a URL percent-encodes it.

use super::stream::{language_comment, split_placeholders};
use indexmap::IndexMap;
use percent_encoding::percent_decode_str;
use unicode_general_category::{GeneralCategory, get_general_category};

/// The ids in use on one page.
#[derive(Debug, Clone, Default)]
pub struct Ids {
    /// Each id, with the number at which the search for its next duplicate begins.
    used: IndexMap<String, usize>,
}

impl Ids {
    /// A page without ids.
    pub fn new() -> Self {
        Self::default()
    }

    /// The id of a heading, from the raw Markdown between its `#` and the end of its line; of a
    /// heading underlined with `===`, its last line. Markup is part of the text, as it is for
    /// Goldmark: `` ## The `id` `` gives `the-id`, `## [Home](/x)` gives `homex`.
    ///
    /// ```
    /// let mut ids = plenary::document::slug::Ids::new();
    /// assert_eq!(ids.generate("What's new?"), "whats-new");
    /// assert_eq!(ids.generate("What's new?"), "whats-new-1");
    /// ```
    pub fn generate(&mut self, text: &str) -> String {
        let id = match heading_id(text) {
            empty if empty.is_empty() => "heading".to_owned(),
            id => id,
        };
        let Some(&first) = self.used.get(&id) else {
            self.used.insert(id.clone(), 1);
            return id;
        };
        let (number, free) = self.first_free(&id, first);
        self.used.insert(id, number + 1);
        self.used.insert(free.clone(), 1);
        free
    }

    /// Takes an id that the author wrote, as in `{#id}`. False if the page has it already.
    pub fn reserve(&mut self, id: &str) -> bool {
        if self.used.contains_key(id) {
            return false;
        }
        self.used.insert(id.to_owned(), 1);
        true
    }

    fn first_free(&self, id: &str, mut number: usize) -> (usize, String) {
        loop {
            let candidate = format!("{id}-{number}");
            if !self.used.contains_key(&candidate) {
                return (number, candidate);
            }
            number += 1;
        }
    }
}

/// The rule of Hugo's `autoHeadingIDType = "github"` (0.60 to today): hyphens for hyphens, spaces and
/// tabs, each on its own; letters, decimal digits and `_` in lower case; nothing else.
fn heading_id(text: &str) -> String {
    text.trim()
        .chars()
        .filter_map(|c| match c {
            '-' | ' ' | '\t' => Some('-'),
            c if c == '_' || is_letter(c) || is_digit(c) => Some(lower(c)),
            _ => None,
        })
        .collect()
}

/// A file name, taxonomy term or slug as Hugo 0.111 makes it part of a URL path: lower case, runs of
/// white space one hyphen, of the rest only letters, decimal digits, marks, percent escapes and
/// ``. / _ # + ~ - @``. A `/` stays, so that the term `CI/CD` is published at `ci/cd`, but no segment
/// `.` or `..` does.
///
/// ```
/// assert_eq!(plenary::document::slug::url_segment("  C++ & Rust, 2nd Edition"), "c++-rust-2nd-edition");
/// ```
pub fn url_segment(text: &str) -> String {
    join_parts(&sanitize(text))
}

/// A segment that goes through a permalink pattern, as in `blog: /:section/:slug/`.
///
/// Hugo 0.111 makes the path from the pattern, then unescapes it like a *query*, where `+` means a
/// space, then sanitizes it once more: the slug `proposal-platform-engineering-++` has been observed
/// at `/blog/proposal-platform-engineering-/`, and `c++` becomes `c-`. Sections without a pattern
/// keep the `+` ([`url_segment`]).
pub fn permalink_segment(text: &str) -> String {
    let escaped = sanitize(text).replace('+', " ");
    let unescaped = percent_decode_str(&escaped).decode_utf8_lossy();
    // Between slashes, as within the whole path: a space at either end of a segment is a hyphen.
    join_parts(&sanitize(&format!("/{unescaped}/")))
}

/// Hugo's `MakePathSanitized`.
fn sanitize(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space_pending = false;
    let mut after_hyphen = false;
    for (at, c) in text.char_indices() {
        if is_path_character(c) || (c == '%' && is_escape(&text[at..])) {
            after_hyphen = c == '-';
            if space_pending && !after_hyphen {
                out.push('-');
            }
            space_pending = false;
            out.push(lower(c));
        } else if c.is_whitespace() && !out.is_empty() && !after_hyphen {
            space_pending = true;
        }
    }
    out
}

/// `@` since Hugo 0.110. A backslash, which Hugo lets pass, is a separator on other systems.
fn is_path_character(c: char) -> bool {
    matches!(c, '.' | '/' | '_' | '#' | '+' | '~' | '-' | '@') || is_letter(c) || is_digit(c) || is_mark(c)
}

/// Is this `%` followed by two hexadecimal digits?
fn is_escape(text: &str) -> bool {
    text.as_bytes().get(1..3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// Drops the segments that would lead elsewhere.
fn join_parts(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
    parts.join("/")
}

/// Go's `unicode.ToLower` maps a character to one character; Rust's `İ` gives two.
fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Go's `unicode.IsLetter`. `char::is_alphabetic` has more: the numerals `Ⅷ` and `〇`, many vowel signs.
fn is_letter(c: char) -> bool {
    use GeneralCategory::{LowercaseLetter, ModifierLetter, OtherLetter, TitlecaseLetter, UppercaseLetter};
    c.is_ascii_alphabetic()
        || matches!(
            get_general_category(c),
            LowercaseLetter | ModifierLetter | OtherLetter | TitlecaseLetter | UppercaseLetter
        )
}

/// Go's `unicode.IsDigit`.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || get_general_category(c) == GeneralCategory::DecimalNumber
}

/// Go's `unicode.IsMark`.
fn is_mark(c: char) -> bool {
    use GeneralCategory::{EnclosingMark, NonspacingMark, SpacingMark};
    matches!(get_general_category(c), EnclosingMark | NonspacingMark | SpacingMark)
}

/// The source of a heading's last line without its marks, which is what Goldmark makes the id of.
pub(super) fn heading_source(heading: &str) -> String {
    let heading = heading.trim_end();
    let text = if let Some(atx) = heading.trim_start().strip_prefix('#') {
        let text = atx.trim_start_matches('#');
        let closing = text.trim_end_matches('#');
        if closing.ends_with([' ', '\t']) { closing } else { text }
    } else {
        // Setext: the underline is the last line, the text stands above it.
        let (text, _) = heading.rsplit_once('\n').unwrap_or((heading, ""));
        text.rsplit_once('\n').map_or(text, |(_, last)| last)
    };
    let text = without_attributes(text.trim());
    let text = match text.rsplit_once("<!--") {
        Some((before, comment)) if language_comment(&format!("<!--{comment}")).is_some() => before,
        _ => text,
    };
    let plain = split_placeholders(text).into_iter().filter_map(|(part, _)| part.ok()).collect::<String>();
    plain.trim().to_owned()
}

/// `Title {#id .class}` without its attributes.
fn without_attributes(text: &str) -> &str {
    match text.rfind('{') {
        Some(at) if text.ends_with('}') && text[at + 1..].trim_start().starts_with(['#', '.']) => text[..at].trim_end(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_has_the_id_that_goldmark_gives() {
        for (text, id) in [
            ("What is a Platform?", "what-is-a-platform"),
            ("  padded  ", "padded"),
            ("tab\tinside", "tab-inside"),
            ("A -- B", "a----b"),
            ("snake_case_name", "snake_case_name"),
            ("The `--flag` option", "the---flag-option"),
            ("[Home](/x/)", "homex"),
            ("**Bold** and *light*", "bold-and-light"),
            ("R&amp;D", "rampd"),
            ("1.2.3 Release", "123-release"),
            ("Über Größe", "über-größe"),
            ("İstanbul", "istanbul"),
            ("ΣΟΦΟΣ", "σοφοσ"),
            ("플랫폼 모델이란", "플랫폼-모델이란"),
            ("平台 是什么？", "平台-是什么"),
            ("プラットフォーム・モデル", "プラットフォームモデル"),
            ("①②", "heading"),
            ("Ⅷ. Outlook", "-outlook"),
            ("٣ أيام", "٣-أيام"),
            // Vowel signs and combining accents are marks, not letters: they go.
            ("हिन्दी", "हनद"),
            ("cafe\u{301}", "cafe"),
            ("🚀 Launch", "-launch"),
            ("!!!", "heading"),
            ("", "heading"),
        ] {
            assert_eq!(Ids::new().generate(text), id, "{text:?}");
        }
    }

    #[test]
    fn the_next_of_the_same_name_is_numbered_past_every_id_in_use() {
        let mut ids = Ids::new();
        assert!(ids.reserve("a-1"));
        assert!(!ids.reserve("a-1"));
        let given: Vec<String> =
            ["A", "a", "a", "a-1", "a 3", "a", "", "?"].iter().map(|text| ids.generate(text)).collect();
        assert_eq!(given, ["a", "a-2", "a-3", "a-1-1", "a-3-1", "a-4", "heading", "heading-1"]);
        assert!(!ids.reserve("a-4"));
    }

    #[test]
    fn a_thousand_headings_of_one_name_take_no_time() {
        let mut ids = Ids::new();
        for _ in 0..20_000 {
            ids.generate("Parameters");
        }
        assert_eq!(ids.generate("Parameters"), "parameters-20000");
    }

    #[test]
    fn a_segment_is_sanitized_as_hugo_does() {
        for (text, segment) in [
            ("  FOO bar  ", "foo-bar"),
            ("WG Platforms", "wg-platforms"),
            ("Foo & Bar", "foo-bar"),
            ("a - b", "a-b"),
            ("a  \t b", "a-b"),
            ("a--b", "a--b"),
            ("-edge-", "-edge-"),
            ("C++", "c++"),
            ("C#", "c#"),
            ("v1.2_rc~1", "v1.2_rc~1"),
            ("@handle", "@handle"),
            ("FOO,bar:FooBar", "foobarfoobar"),
            ("a%C3%B1ame", "a%c3%b1ame"),
            ("100%", "100"),
            ("CI/CD", "ci/cd"),
            ("../../etc/passwd", "etc/passwd"),
            ("a\\b", "ab"),
            ("은행 지점", "은행-지점"),
            ("संस्कृत", "संस्कृत"),
            ("Банковский кассир", "банковский-кассир"),
            ("🚗", ""),
        ] {
            assert_eq!(url_segment(text), segment, "{text:?}");
        }
    }

    #[test]
    fn a_permalink_loses_its_plus_signs() {
        for (text, segment) in [
            // Observed on the published site of TAG App Delivery, Hugo 0.111.
            ("proposal-platform-engineering-++", "proposal-platform-engineering-"),
            ("a+b", "a-b"),
            ("c++", "c-"),
            ("c++-example", "c-example"),
            ("++c", "-c"),
            ("a%2Bb", "a+b"),
            ("a%C3%B1ame", "añame"),
            ("plain slug", "plain-slug"),
        ] {
            assert_eq!(permalink_segment(text), segment, "{text:?}");
        }
    }
}
