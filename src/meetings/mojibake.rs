//! Text that was UTF-8, was read as Windows-1252, and was saved as UTF-8 again.
//!
//! In: text. Out: the text with each such sequence mended, and what was mended. A sequence is only
//! taken for damage if its bytes are one well-formed UTF-8 character beyond ASCII, so `é` stays.

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

/// Mends a text.
///
/// ```
/// let (text, mended) = plenary::meetings::mend_mojibake("cafÃ© â€“ open");
/// assert_eq!((text.as_str(), mended.len()), ("café – open", 2));
/// ```
pub fn mend_mojibake(text: &str) -> (String, Vec<Mended>) {
    let (mut out, mut mended, mut line) = (String::with_capacity(text.len()), vec![], 1);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some((length, after)) = sequence(rest).or_else(|| closing_quote(rest, &out)) {
            mended.push(Mended { line, before: rest[..length].to_owned(), after: after.to_string() });
            out.push(after);
            rest = &rest[length..];
            continue;
        }
        line += u32::from(first == '\n');
        out.push(first);
        rest = &rest[first.len_utf8()..];
    }
    (out, mended)
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
fn closing_quote(text: &str, before: &str) -> Option<(usize, char)> {
    let rest = text.strip_prefix("â€")?;
    let line = before.rsplit('\n').next().unwrap_or_default();
    let open = line.matches('“').count() > line.matches('”').count();
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
    use super::mend_mojibake;

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
}
