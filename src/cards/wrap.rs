//! A title in lines: SVG has none.

/// The widest a line may be, in ems, and how many there may be, from the largest letters to the smallest.
const SIZES: [(u32, f32, usize); 3] = [(84, 12.2, 3), (66, 15.6, 4), (54, 19.0, 5)];
/// What must not begin a line of Chinese or Japanese.
const NOT_FIRST: &str = "、。，．・：；？！）」』】〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ";

/// A title in lines, and the size of its letters.
#[derive(Debug, PartialEq)]
pub(crate) struct Wrapped {
    /// The lines, from the top.
    pub(crate) lines: Vec<String>,
    /// The size of the letters in pixels.
    pub(crate) size: u32,
}

/// A text in the largest letters that it has room for; the end of one that has none is cut off.
pub(crate) fn wrap(text: &str) -> Wrapped {
    let fits = SIZES.iter().find_map(|(size, width, most)| {
        let lines = lines(text, *width);
        (lines.len() <= *most).then_some(Wrapped { lines, size: *size })
    });
    fits.unwrap_or_else(|| {
        let (size, width, most) = SIZES[SIZES.len() - 1];
        let mut lines = lines(text, width);
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
        Wrapped { lines, size }
    })
}

fn lines(text: &str, width: f32) -> Vec<String> {
    let mut lines = vec![];
    let mut line = String::new();
    let mut used = 0.0;
    for piece in pieces(text) {
        let ems: f32 = piece.trim_end().chars().map(advance).sum();
        if used + ems > width && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            used = 0.0;
        }
        used += piece.chars().map(advance).sum::<f32>();
        line.push_str(&piece);
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// What stays on one line: words with the space after them; in scripts without spaces single letters.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = vec![];
    let mut open = false;
    for letter in text.chars() {
        let alone = is_ideographic(letter);
        match pieces.last_mut() {
            Some(last) if NOT_FIRST.contains(letter) || letter == ' ' || open && !alone => last.push(letter),
            _ => pieces.push(letter.to_string()),
        }
        open = letter != ' ' && !alone;
    }
    pieces
}

fn is_ideographic(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// How wide a letter is in a common font, in ems.
fn advance(letter: char) -> f32 {
    match letter {
        ' ' | 'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.3,
        'm' | 'w' | 'M' | 'W' | '—' => 0.9,
        'A'..='Z' => 0.7,
        '\u{ac00}'..='\u{d7af}' | '\u{ff00}'..='\u{ff60}' => 1.0,
        _ if is_ideographic(letter) => 1.0,
        _ => 0.56,
    }
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn titles_are_cut_between_words() {
        let check = |text: &str, size: u32, lines: &[&str]| {
            let wrapped = wrap(text);
            assert_eq!((wrapped.lines, wrapped.size), (lines.iter().map(|line| (*line).to_owned()).collect(), size));
        };
        check("Platforms that last", 84, &["Platforms that last"]);
        check("Infrastructure has a lifecycle, too", 84, &["Infrastructure has a", "lifecycle, too"]);
        check("플랫폼 성숙도 모델을 함께 읽기", 84, &["플랫폼 성숙도 모델을 함께", "읽기"]);
        check("プラットフォームエンジニアリング、入門", 84, &["プラットフォームエンジニ", "アリング、入門"]);
        check("", 84, &[""]);
        let long = wrap(&"word ".repeat(80));
        assert_eq!((long.lines.len(), long.size), (5, 54));
        assert!(long.lines[4].ends_with('…'), "{long:?}");
    }
}
