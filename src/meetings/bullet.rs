//! List marks, whole and damaged.
//!
//! In: a line without its indentation. Out: whether it is a list item, its number, and its text
//! without the marks that text recognition and exports leave behind. The text itself is not read.

/// Glyphs that are nothing but a list mark at the start of a line.
const GLYPHS: &[char] =
    &['•', '◦', '▪', '▫', '■', '●', '○', '◆', '◇', '➢', '➤', '‣', '∙', '⁃', '❖', '·', '\u{f0b7}', '\u{f0a7}'];
/// Icons of linked documents and empty boxes.
const BOXES: &[char] = &['☐', '□', '❏', '❑'];
/// What stands on a line of its own where an empty bullet was: `○` misread as `0`, `_`, Cyrillic `С`.
const STRAY: &[&str] = &["0", "o", "O", "_", "С", "с", "C", "c", "\\cap", "\\circ", "°", "--", "-", "*", "+"];

/// A list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark<'a> {
    /// The number of an ordered item.
    pub(super) number: Option<u32>,
    /// The text after all marks.
    pub(super) text: &'a str,
    /// The mark is the one of nested items: `o`, `◦`, `▪`, `■`.
    pub(super) nested: bool,
    /// Marks that had to be taken away or normalised.
    pub(super) damaged: bool,
}

/// Reads the marks of a line; none if it is no list item.
pub(super) fn mark(line: &str) -> Option<Mark<'_>> {
    let (number, text, foreign) = first_mark(line)?;
    let clean = further_marks(text);
    let marks = &line[..clean.as_ptr() as usize - line.as_ptr() as usize];
    let nested = marks.contains(['o', '◦', '▪', '■', '○']);
    Some(Mark { number, text: clean, nested, damaged: foreign || clean.len() != text.len() })
}

/// Whether a line holds nothing but what is left of an empty bullet.
pub(super) fn is_stray(line: &str) -> bool {
    let line = line.trim();
    STRAY.contains(&line) || (!line.is_empty() && line.chars().all(|c| GLYPHS.contains(&c) || BOXES.contains(&c)))
}

fn first_mark(line: &str) -> Option<(Option<u32>, &str, bool)> {
    let mut chars = line.chars();
    let first = chars.next()?;
    let rest = chars.as_str();
    let spaced = rest.is_empty() || rest.starts_with(char::is_whitespace);
    if matches!(first, '-' | '*' | '+') && spaced {
        return Some((None, rest.trim(), false));
    }
    if GLYPHS.contains(&first) {
        return Some((None, rest.trim(), true));
    }
    if (first == 'o' || BOXES.contains(&first)) && spaced && !rest.trim().is_empty() {
        return Some((None, rest.trim(), true));
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &line[digits..];
    if (1..=2).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") ")) {
        return Some((line[..digits].parse().ok(), rest[2..].trim(), false));
    }
    None
}

/// Marks after the first: `- o text`, `- ■ ■ text`, `- - text`.
fn further_marks(mut text: &str) -> &str {
    loop {
        let mut chars = text.chars();
        let Some(first) = chars.next() else { return text };
        let rest = chars.as_str();
        let spaced = rest.starts_with(char::is_whitespace) || rest.is_empty();
        let a_mark = GLYPHS.contains(&first) || (spaced && matches!(first, 'o' | '-' | '*' | '0' | '_'));
        // `- 0 open issues` counts something; a misread bullet is followed by a capital letter.
        let counts = first == '0' && !rest.trim().starts_with(char::is_uppercase) && !rest.trim().is_empty();
        if !a_mark || counts {
            return text;
        }
        text = rest.trim();
    }
}

/// The text without the icon of a linked document at its start, if it has one.
pub(super) fn without_chip(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(BOXES).or_else(|| text.strip_prefix('🗉'))?;
    Some(rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, text: Option<&str>, damaged: bool) {
        let found = mark(line);
        assert_eq!(found.as_ref().map(|mark| mark.text), text, "{line}");
        assert_eq!(found.is_some_and(|mark| mark.damaged), damaged, "{line}");
    }

    #[test]
    fn marks() {
        check("- text", Some("text"), false);
        check("- o text", Some("text"), true);
        check("• text", Some("text"), true);
        check("☐ text", Some("text"), true);
        check("- ■ ■ text", Some("text"), true);
        check("-", Some(""), false);
        check("- -", Some(""), true);
        check("- 0 open issues", Some("0 open issues"), false);
        check("- 0 Open the door", Some("Open the door"), true);
        check("12. text", Some("text"), false);
        check("2024. A year", None, false);
        check("-dashed", None, false);
        check("**bold** text", None, false);
        check("or so", None, false);
    }

    #[test]
    fn strays() {
        for line in ["•", "0", "_", "С", "\\cap", "■ ", "□"] {
            assert!(is_stray(line), "{line}");
        }
        assert!(!is_stray("10") && !is_stray("KCL"));
    }
}
