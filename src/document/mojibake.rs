//! Text that was UTF-8, was read as Windows-1252, and was saved as UTF-8 again.
//!
//! In: text. Out: where such sequences stand and what they were. A sequence is only taken for damage if its
//! bytes are one well-formed UTF-8 character beyond ASCII, so `é` stays, and if no sentence ends like that:
//! the quotation mark after `Spaß` makes such a character too.

use std::ops::Range;

/// A sequence that was mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// The line, 1-based.
    pub line: u32,
    /// The damaged characters.
    pub before: String,
    /// What they were.
    pub after: String,
}

/// Windows-1252 from 0x80 to 0x9F; the five holes stand for the control characters themselves.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Punctuation that follows a letter in good text as well.
const USUAL: &str = "\u{a0}«»‘’“”„‚‹›–—…·•°ºª";

/// Finds the damaged sequences, each with the character that it was.
pub fn find_mojibake(text: &str) -> Vec<(Range<usize>, char)> {
    let mut found: Vec<(Range<usize>, char)> = vec![];
    let mut at = 0;
    // What a sequence can begin with is `Â` to `ô`, and in UTF-8 all of them begin with one byte.
    while let Some(next) = text.as_bytes()[at..].iter().position(|byte| *byte == 0xc3) {
        at += next;
        let rest = &text[at..];
        // What is damaged is followed by another character beyond ASCII.
        if rest.as_bytes().get(2).is_none_or(u8::is_ascii) {
            at += 2;
            continue;
        }
        let joined = found.last().is_some_and(|(range, _)| range.end == at);
        let here = sequence(rest).filter(|(length, _)| {
            let length = *length;
            joined || is_telling(&text[..at], &rest[..length]) || sequence(&rest[length..]).is_some()
        });
        match here.or_else(|| closing_quote(rest, &text[..at], &found)) {
            Some((length, was)) => {
                found.push((at..at + length, was));
                at += length;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// Is the sequence damage even if it stands alone?
fn is_telling(before: &str, sequence: &str) -> bool {
    let mut chars = sequence.chars();
    let lead = chars.next();
    let usual = chars.all(|char| USUAL.contains(char));
    // `AMANHÃ”` is a word in capitals before a quotation mark.
    let in_capitals = before.chars().next_back().is_some_and(char::is_uppercase);
    !usual || matches!(lead, Some('Â' | 'Ã')) && !in_capitals
}

/// Mends a text.
///
/// ```
/// let (text, mended) = plenary::document::mend_mojibake("cafÃ© â€“ open");
/// assert_eq!((text.as_str(), mended.len()), ("café – open", 2));
/// ```
pub fn mend_mojibake(text: &str) -> (String, Vec<Mended>) {
    let (mut out, mut mended, mut line, mut at) = (String::with_capacity(text.len()), vec![], 1, 0);
    for (range, was) in find_mojibake(text) {
        line += text[at..range.start].bytes().filter(|byte| *byte == b'\n').count() as u32;
        out.push_str(&text[at..range.start]);
        out.push(was);
        mended.push(Mended { line, before: text[range.clone()].to_owned(), after: was.to_string() });
        at = range.end;
    }
    out.push_str(&text[at..]);
    (out, mended)
}

/// The words that hold damaged sequences, each with what it should read; those in code are left out, since
/// they are talked about.
pub(super) fn damaged_words(text: &str) -> Vec<(Range<usize>, String)> {
    let mut words: Vec<(Range<usize>, String)> = vec![];
    let code = code(text);
    for (range, was) in find_mojibake(text) {
        if code.iter().any(|code| code.contains(&range.start)) {
            continue;
        }
        if let Some((word, mended)) = words.last_mut().filter(|(word, _)| word.end > range.start) {
            let tail = word.end - range.end;
            let kept = mended.len() - (word.end - range.start);
            mended.truncate(kept);
            mended.push(was);
            mended.push_str(&text[range.end..range.end + tail]);
            continue;
        }
        let apart = |char: char| char.is_ascii_whitespace();
        let start = text[..range.start].rfind(apart).map_or(0, |at| at + 1);
        let end = text[range.end..].find(apart).map_or(text.len(), |at| range.end + at);
        let mended = format!("{}{was}{}", &text[start..range.start], &text[range.end..end]);
        words.push((start..end, mended));
    }
    words
}

/// Fenced code and code between backticks on one line.
fn code(text: &str) -> Vec<Range<usize>> {
    let mut found = vec![];
    let (mut at, mut fence) = (0, None);
    for line in text.split_inclusive('\n') {
        let marker = line.trim_start().get(..3).filter(|marker| ["```", "~~~"].contains(marker));
        match (fence, marker) {
            (None, Some(_)) => fence = marker,
            (Some(open), Some(marker)) if open == marker => fence = None,
            (Some(_), _) => found.push(at..at + line.len()),
            (None, None) => {
                let ticks: Vec<usize> = line.match_indices('`').map(|(tick, _)| at + tick).collect();
                found.extend(ticks.chunks_exact(2).map(|pair| pair[0]..pair[1]));
            }
        }
        at += line.len();
    }
    found
}

/// The damaged sequence that a text starts with: its length and the character it was.
fn sequence(text: &str) -> Option<(usize, char)> {
    let mut chars = text.char_indices();
    let lead = byte(chars.next()?.1)?;
    let wanted = match lead {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = vec![lead];
    for (_, char) in chars.by_ref().take(wanted - 1) {
        bytes.push(byte(char).filter(|byte| (0x80..0xc0).contains(byte))?);
    }
    let length = chars.next().map_or(text.len(), |(at, _)| at);
    let decoded = std::str::from_utf8(&bytes).ok()?;
    decoded.chars().next().map(|char| (length, char))
}

/// The closing quotation mark ends in 0x9D, a hole that many programs drop.
fn closing_quote(text: &str, before: &str, found: &[(Range<usize>, char)]) -> Option<(usize, char)> {
    let rest = text.strip_prefix("â€")?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let (mut mended, mut at) = (String::new(), line);
    for (range, was) in found.iter().filter(|(range, _)| range.start >= line) {
        mended.push_str(&before[at..range.start]);
        mended.push(*was);
        at = range.end;
    }
    mended.push_str(&before[at..]);
    let open = mended.matches('“').count() > mended.matches('”').count();
    (open && !rest.starts_with(|c: char| byte(c).is_some_and(|byte| byte >= 0x80)))
        .then_some((text.len() - rest.len(), '”'))
}

fn byte(char: char) -> Option<u8> {
    match u32::from(char) {
        code @ (0..=0x7f | 0xa0..=0xff) => Some(code as u8),
        _ => HIGH.iter().position(|high| *high == char).map(|at| at as u8 + 0x80),
    }
}

#[cfg(test)]
mod tests {
    use super::{damaged_words, mend_mojibake};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(mend_mojibake(text).0, expected);
    }

    #[test]
    fn damage_is_mended_and_the_rest_left() {
        check("ðŸ¤· shrug", "🤷 shrug");
        check("â€œWhy canâ€™t weâ€ - a talk", "“Why can’t we” - a talk");
        check("Maël Ångström, 5 €, déjà vu â", "Maël Ångström, 5 €, déjà vu â");
        check("tail â€", "tail â€");
    }

    #[test]
    fn good_text_is_left_alone() {
        for text in [
            "„Viel Spaß“, sagte sie",
            "« un café… »",
            "« un café…\u{a0}»",
            "LIBERTÉ… ÉGALITÉ” «MÂ» AMANHÃ” “AMANHÔ DÉ’",
            "Où ? À « Paris », à… Nîmes – Ñ° â’",
            "Ñandú ação São João ÇA VA Übung Łódź",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn runs_of_other_scripts_are_mended() {
        check("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет");
        check("ãƒ—ãƒ¬", "プレ");
    }

    #[test]
    fn words_are_told_whole_and_code_is_left() {
        let text = "naÃ¯vetÃ©, yes `cafÃ©`\n```\ncafÃ©\n```\nitâ€™s\n";
        let words: Vec<(&str, String)> =
            damaged_words(text).into_iter().map(|(range, mended)| (&text[range], mended)).collect();
        assert_eq!(words, [("naÃ¯vetÃ©,", "naïveté,".to_owned()), ("itâ€™s", "it’s".to_owned())]);
    }
}
