//! Typewriter punctuation made into the punctuation of a language.
//!
//! In: the text runs of one block, in order, each with the characters around it. Out: the same text
//! with quotation marks, apostrophes, dashes, ellipses and, in French, no-break spaces. Code never
//! comes here; addresses and command line options that stand in running text are left as they are.

use std::borrow::Cow;

use unicode_general_category::{GeneralCategory, get_general_category};

/// Sets the text of one block after another; what is open in a block is forgotten at the next.
///
/// ```
/// use plenary::typography::Typographer;
///
/// let mut typographer = Typographer::new("en");
/// assert_eq!(typographer.text("\"It's --- fine\"...", None, None), "“It’s — fine”…");
/// ```
#[derive(Debug, Clone)]
pub struct Typographer {
    marks: &'static Marks,
    /// The quotations that are open, outermost first.
    open: Vec<Quotation>,
}

#[derive(Debug)]
struct Marks {
    double: [&'static str; 2],
    single: [&'static str; 2],
    spacing: Spacing,
    script: Script,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spacing {
    None,
    /// Spaces before `; ! ? :` and inside guillemets do not break.
    French,
}

/// Where straight quotes may be made into curly ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Any,
    /// Only around Latin text: Chinese and Japanese have marks of their own on the keyboard, and a
    /// straight quote among Han characters or kana is as its author wants it.
    Latin,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Quotation {
    straight: char,
    /// Were its marks exchanged? Its end follows its beginning.
    curled: bool,
}

const NO_BREAK: char = '\u{a0}';
const NARROW_NO_BREAK: char = '\u{202f}';

/// Also Italian, Portuguese and Korean, and every language that has no row of its own. Spanish too:
/// the Academy puts « » first, but “ ” is what Spanish pages on the web are written with, and what
/// their readers' keyboards and search fields expect.
const ENGLISH: Marks =
    Marks { double: ["“", "”"], single: ["‘", "’"], spacing: Spacing::None, script: Script::Any };
const EAST_ASIAN: Marks = Marks { script: Script::Latin, ..ENGLISH };
const FRENCH: Marks =
    Marks { double: ["«\u{a0}", "\u{a0}»"], single: ["“", "”"], spacing: Spacing::French, script: Script::Any };
/// Czech and Slovak as well.
const GERMAN: Marks = Marks { double: ["„", "“"], single: ["‚", "‘"], ..ENGLISH };
const POLISH: Marks = Marks { double: ["„", "”"], single: ["«", "»"], ..ENGLISH };
/// Russian and Ukrainian.
const EAST_SLAVIC: Marks = Marks { double: ["«", "»"], single: ["„", "“"], ..ENGLISH };

/// English words that lose their beginning: `'tis` has an apostrophe, not a quotation mark.
const CLIPPED: [&str; 8] = ["tis", "twas", "em", "til", "cause", "bout", "n", "round"];

impl Typographer {
    /// For a language by its BCP 47 tag; the region makes no difference.
    pub fn new(language_tag: &str) -> Self {
        let language = language_tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let marks = match language.as_str() {
            "fr" => &FRENCH,
            "de" | "cs" | "sk" => &GERMAN,
            "pl" => &POLISH,
            "ru" | "uk" => &EAST_SLAVIC,
            "ja" | "zh" => &EAST_ASIAN,
            _ => &ENGLISH,
        };
        Self { marks, open: Vec::new() }
    }

    /// Sets a text that stands alone: a title, a description. Links and code in it are for those who
    /// write Markdown there.
    pub fn line(&mut self, text: &str) -> String {
        self.reset();
        self.text(text, None, None).into_owned()
    }

    /// Call at the start of each block: a quotation does not outlive its paragraph.
    pub fn reset(&mut self) {
        self.open.clear();
    }

    /// Sets one run. `before` and `after` are the characters next to it within the block, be they
    /// text or code; none at the block's edges and at line breaks.
    pub fn text<'t>(&mut self, text: &'t str, before: Option<char>, after: Option<char>) -> Cow<'t, str> {
        if !text.contains(self.interesting()) {
            return self.with_end(text.into(), after);
        }
        let mut run = Run { text, before, after, at: 0, out: String::with_capacity(text.len() + 16) };
        while let Some(found) = run.skip_to(self.interesting()) {
            match found {
                '"' => self.double(&mut run),
                '\'' => self.single(&mut run),
                '-' => dashes(&mut run),
                '.' => dots(&mut run),
                '«' => open_guillemet(&mut run),
                _ => french_mark(&mut run, found),
            }
        }
        self.with_end(run.out.into(), after)
    }

    fn interesting(&self) -> &'static [char] {
        match self.marks.spacing {
            Spacing::None => &['"', '\'', '-', '.'],
            Spacing::French => &['"', '\'', '-', '.', ';', '!', '?', ':', '«', '»'],
        }
    }

    /// A space at the end of a French run, with the mark in the next one, does not break either.
    fn with_end<'t>(&self, text: Cow<'t, str>, after: Option<char>) -> Cow<'t, str> {
        let marked = matches!(after, Some(';' | '!' | '?' | '»'));
        match text.strip_suffix(' ') {
            Some(start) if marked && self.marks.spacing == Spacing::French => {
                let space = if after == Some('»') { NO_BREAK } else { NARROW_NO_BREAK };
                format!("{start}{space}").into()
            }
            _ => text,
        }
    }

    fn double(&mut self, run: &mut Run<'_>) {
        let (previous, next) = (run.previous(), run.following(1));
        let is_open = self.is_open('"');
        // The end of one quotation right behind the end of another: "no 'maybe'".
        let ends_both = is_open && matches!(previous, Some('\'' | '’')) && next.is_some_and(is_punctuation);
        if opens(previous) && !is_edge(next) && !ends_both {
            self.begin('"', run);
        } else if is_open {
            self.end('"', run);
        } else if !is_edge(next) && !next.is_some_and(is_punctuation) {
            // Between letters, as Korean has it: 그는"예"라고.
            self.begin('"', run);
        } else if previous.is_some_and(|c| c.is_ascii_digit()) || self.marks.script == Script::Latin {
            // Inches; or the end of what was never begun.
            run.copy(1);
        } else {
            run.replace(1, self.marks.double[1]);
        }
    }

    fn single(&mut self, run: &mut Run<'_>) {
        let (previous, next) = (run.previous(), run.following(1));
        let (after_word, before_word) = (previous.is_some_and(has_apostrophes), next.is_some_and(has_apostrophes));
        let may_begin = !after_word && !is_edge(next) && !is_clipped(run) && run.may_end_quotation();
        if self.is_open('\'') && !opens(previous) && !before_word {
            self.end('\'', run);
        } else if may_begin && (opens(previous) || previous.is_some_and(char::is_alphanumeric)) {
            self.begin('\'', run);
        } else {
            run.replace(1, "’");
        }
    }

    fn is_open(&self, straight: char) -> bool {
        self.open.iter().any(|quotation| quotation.straight == straight)
    }

    fn begin(&mut self, straight: char, run: &mut Run<'_>) {
        let curled = self.marks.script == Script::Any || run.following(1).is_some_and(is_latin);
        self.open.push(Quotation { straight, curled });
        self.mark(straight, 0, curled, run);
    }

    /// Ends the innermost quotation of this kind, and what was left open in it.
    fn end(&mut self, straight: char, run: &mut Run<'_>) {
        let Some(place) = self.open.iter().rposition(|quotation| quotation.straight == straight) else { return };
        let curled = self.open[place].curled;
        self.open.truncate(place);
        self.mark(straight, 1, curled, run);
    }

    fn mark(&self, straight: char, side: usize, curled: bool, run: &mut Run<'_>) {
        let marks = if straight == '"' { &self.marks.double } else { &self.marks.single };
        if curled { run.replace(1, marks[side]) } else { run.copy(1) }
    }
}

/// Two hyphens an en dash, three an em dash; more are a rule, and `--all` is an option.
fn dashes(run: &mut Run<'_>) {
    let count = run.count('-');
    let is_option = opens(run.previous()) && run.following(count).is_some_and(|c| c.is_ascii_alphanumeric());
    match count {
        2 if !is_option => run.replace(2, "–"),
        3 => run.replace(3, "—"),
        _ => run.copy(count),
    }
}

/// Three dots are an ellipsis; more are a leader, and `./...` is a path.
fn dots(run: &mut Run<'_>) {
    let count = run.count('.');
    let is_path = run.previous() == Some('/') || run.following(count) == Some('/');
    if count == 3 && !is_path { run.replace(3, "…") } else { run.copy(count) }
}

fn open_guillemet(run: &mut Run<'_>) {
    run.copy('«'.len_utf8());
    if run.following(0) == Some(' ') {
        run.replace(1, "\u{a0}");
    }
}

/// A mark with a space before it: the space stays and no longer breaks. Where none was written none
/// is added, so that times and `::` stay whole.
fn french_mark(run: &mut Run<'_>, mark: char) {
    let next = run.following(mark.len_utf8());
    let ends_word = is_edge(next) || next.is_some_and(is_punctuation);
    if ends_word && next != Some(mark) || matches!(mark, '!' | '?' | '»') {
        run.bind_space(if matches!(mark, ':' | '»') { NO_BREAK } else { NARROW_NO_BREAK });
    }
    run.copy(run.count(mark) * mark.len_utf8());
}

/// A run on its way from `text` to `out`.
struct Run<'t> {
    text: &'t str,
    before: Option<char>,
    after: Option<char>,
    at: usize,
    out: String,
}

impl Run<'_> {
    /// Copies up to the next of these characters outside addresses, and gives it.
    fn skip_to(&mut self, characters: &[char]) -> Option<char> {
        while let Some(length) = self.rest().find(characters) {
            self.copy(length);
            let found = self.following(0)?;
            if !self.is_in_address(found) {
                return Some(found);
            }
            self.copy(found.len_utf8());
        }
        self.copy(self.rest().len());
        None
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn previous(&self) -> Option<char> {
        self.text[..self.at].chars().next_back().or(self.before)
    }

    /// The character so many bytes ahead.
    fn following(&self, bytes: usize) -> Option<char> {
        self.rest().get(bytes..).and_then(|rest| rest.chars().next()).or(self.after)
    }

    fn count(&self, character: char) -> usize {
        self.rest().chars().take_while(|c| *c == character).count()
    }

    fn copy(&mut self, bytes: usize) {
        self.out.push_str(&self.text[self.at..self.at + bytes]);
        self.at += bytes;
    }

    fn replace(&mut self, bytes: usize, by: &str) {
        self.out.push_str(by);
        self.at += bytes;
    }

    fn bind_space(&mut self, space: char) {
        if self.out.ends_with(' ') {
            self.out.pop();
            self.out.push(space);
        }
    }

    /// Behind a `://` in the same word. A double quote ends the word, a single one may belong to it.
    fn is_in_address(&self, character: char) -> bool {
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '«' | '»');
        let start = self.text[..self.at].rfind(ends).unwrap_or(0);
        let is_inside = self.text[start..self.at].contains("://");
        is_inside && !ends(character) && !(character == '\'' && is_edge(self.following(1)))
    }

    /// Is there a single quote further on that can end a quotation, or text that is not seen yet?
    fn may_end_quotation(&self) -> bool {
        let rest = &self.rest()[1..];
        let ends = |at: usize| {
            let follows_word = !opens(rest[..at].chars().next_back());
            follows_word && !rest[at + 1..].chars().next().or(self.after).is_some_and(has_apostrophes)
        };
        self.after.is_some() || rest.match_indices('\'').any(|(at, _)| ends(at))
    }
}

/// Is a quotation mark after this character more likely to begin than to end something?
fn opens(previous: Option<char>) -> bool {
    use GeneralCategory::{DashPunctuation, InitialPunctuation, OpenPunctuation};
    let Some(c) = previous else { return true };
    c.is_whitespace()
        || matches!(c, '"' | '\'' | '’' | '/' | '=' | '¿' | '¡')
        || matches!(get_general_category(c), DashPunctuation | InitialPunctuation | OpenPunctuation)
}

fn is_edge(next: Option<char>) -> bool {
    next.is_none_or(char::is_whitespace)
}

fn is_punctuation(c: char) -> bool {
    use GeneralCategory::{ClosePunctuation, DashPunctuation, FinalPunctuation, OtherPunctuation};
    matches!(get_general_category(c), ClosePunctuation | DashPunctuation | FinalPunctuation | OtherPunctuation)
}

/// A letter or digit of a script whose words have apostrophes in them: not Hangul, kana or Han, where
/// a particle follows a quotation without a space.
fn has_apostrophes(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..)
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || (c.is_alphabetic() && ('\u{c0}'..='\u{24f}').contains(&c))
}

/// `'90s`, `'tis`.
fn is_clipped(run: &Run<'_>) -> bool {
    let rest = &run.rest()[1..];
    let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    let is_decade = word.len() >= 2 && word.as_bytes()[..2].iter().all(u8::is_ascii_digit) && word.len() <= 3;
    is_decade || CLIPPED.iter().any(|clipped| clipped.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests;
