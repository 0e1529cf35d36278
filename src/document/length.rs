//! How long a text is: its words, the minutes to read it, and where its summary is cut.

/// Characters of a summary at most.
pub(super) const SUMMARY: usize = 240;
/// Words that an adult reads in a minute, and ideographs.
const WORDS_PER_MINUTE: usize = 220;
const IDEOGRAPHS_PER_MINUTE: usize = 450;

/// The words of a text, counted run by run.
#[derive(Debug, Default)]
pub(super) struct Length {
    words: usize,
    ideographs: usize,
}

impl Length {
    /// Each ideograph counts as a word.
    pub(super) fn words(&self) -> usize {
        self.words + self.ideographs
    }

    /// At least one.
    pub(super) fn minutes(&self) -> usize {
        let minutes = self.words.div_ceil(WORDS_PER_MINUTE) + self.ideographs.div_ceil(IDEOGRAPHS_PER_MINUTE);
        minutes.max(1)
    }

    /// Adds a run of text.
    pub(super) fn count(&mut self, text: &str) {
        let mut in_word = false;
        for c in text.chars() {
            // Asked first: the table of letters is slow beyond ASCII, and two scripts are plain ranges.
            let ideograph = !c.is_ascii() && is_ideograph(c);
            self.ideographs += usize::from(ideograph);
            let letter =
                c.is_ascii_alphanumeric() || !c.is_ascii() && !ideograph && (is_hangul(c) || c.is_alphanumeric());
            let word = letter || in_word && matches!(c, '\'' | '’' | '-');
            self.words += usize::from(word && !in_word);
            in_word = word;
        }
    }
}

/// Scripts that write without spaces.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Syllables of Korean, which are letters without exception.
fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// Cuts at a word's end.
pub(super) fn finish_summary(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= SUMMARY {
        return text;
    }
    let end = text.char_indices().nth(SUMMARY).map_or(text.len(), |(at, _)| at);
    let cut = text[..end].rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", text[..cut].trim_end_matches([',', '.', ';', ':', ' ']))
}
