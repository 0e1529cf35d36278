//! Wording that a reviewer would mark: doubled words, links that say "here", terms in another spelling.
//!
//! In: the runs of text of one page, in their order, and the site's [`Terms`]. Out: findings at the words.
//! Code and addresses never come here, and no text is changed.

mod terms;
mod words;

pub use terms::{Terms, parse_terms};

use crate::diag::Code;
use std::ops::Range;
use words::{is_said_twice, says_nothing};

/// A finding in the stream of a page; its place is a range of that stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remark {
    pub(crate) code: Code,
    pub(crate) at: Range<usize>,
    pub(crate) message: String,
    pub(crate) hint: String,
}

/// A reader of one page's text.
#[derive(Debug)]
pub(crate) struct Reader<'t> {
    language: String,
    terms: &'t Terms,
    /// The word before, with the punctuation around it; empty if there is none.
    last: String,
    link: Option<(String, Range<usize>)>,
}

impl<'t> Reader<'t> {
    /// A reader of a text in the language of a tag or folder such as `pt-br`.
    pub(crate) fn new(language: &str, terms: &'t Terms) -> Self {
        let language = language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        Self { language, terms, last: String::new(), link: None }
    }

    /// Something that is no word stands here: a block's end, code, a picture.
    pub(crate) fn interrupt(&mut self) {
        self.last.clear();
    }

    /// A link begins whose source is this range.
    pub(crate) fn link_begins(&mut self, at: Range<usize>) {
        self.link = Some((String::new(), at));
    }

    /// The link ends.
    pub(crate) fn link_ends(&mut self) -> Option<Remark> {
        let (text, at) = self.link.take()?;
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        says_nothing(&self.language, &bare).then(|| Remark {
            code: Code::LinkText,
            at,
            message: format!("the link says `{}`, which does not tell where it leads", text.trim()),
            hint: "make the link of the words that name its target: a reader may go from link to link".into(),
        })
    }

    /// A picture stands here, which tells something when it stands in a link.
    pub(crate) fn picture(&mut self) {
        self.link = None;
        self.interrupt();
    }

    /// A run of text that begins at `start` of the stream. With `exact`, its bytes are those of the source.
    pub(crate) fn text(&mut self, text: &str, start: usize, exact: bool, remarks: &mut Vec<Remark>) {
        if let Some((link, _)) = &mut self.link {
            link.push_str(text);
        }
        let place = |range: Range<usize>| if exact { start + range.start..start + range.end } else { start..start };
        self.doubles(text, &place, remarks);
        remarks.extend(self.terms.wrong(text, &self.language).map(|(range, right)| {
            let message = format!("`{}` is written `{right}`", &text[range.clone()]);
            let hint = format!("write `{right}`; an exception is made by `check.rules` in site.yaml");
            Remark { code: Code::TermSpelling, at: place(range), message, hint }
        }));
    }

    fn doubles(&mut self, text: &str, place: &dyn Fn(Range<usize>) -> Range<usize>, remarks: &mut Vec<Remark>) {
        let mut rest = 0;
        while let Some(found) = text[rest..].find(|c: char| !c.is_whitespace()) {
            let start = rest + found;
            let end = text[start..].find(char::is_whitespace).map_or(text.len(), |len| start + len);
            let written = &text[start..end];
            if begin_alike(&self.last, written)
                && let Some(word) = doubled(&self.last, written)
                && !is_said_twice(&self.language, word)
            {
                let message = format!("`{word}` stands twice");
                let hint = "remove one of the two".into();
                remarks.push(Remark { code: Code::DoubleWord, at: place(start..start + word.len()), message, hint });
            }
            self.last.clear();
            self.last.push_str(written);
            rest = end;
        }
    }
}

/// May two words, punctuation around the first, be the same? Nearly all pairs are told apart by a letter each.
fn begin_alike(last: &str, word: &str) -> bool {
    let opening = |c: &char| c.is_ascii_punctuation() || matches!(c, '\u{a1}'..='\u{bf}' | '\u{2010}'..='\u{205e}');
    match (last.chars().find(|c| !opening(c)), word.chars().next()) {
        (Some(a), Some(b)) if a.is_ascii() || b.is_ascii() => a.eq_ignore_ascii_case(&b),
        // The syllables and ideographs of East Asia have no capitals.
        (Some(_), Some(b)) => !matches!(b, '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'),
        _ => false,
    }
}

/// The word without the punctuation behind it, if it is the last one once more.
fn doubled<'w>(last: &str, word: &'w str) -> Option<&'w str> {
    let around = |c: char| !c.is_alphanumeric();
    let (a, b) = (last.trim_matches(around), word.trim_matches(around));
    // `end.` ends a run of words, `(the` begins one.
    (!a.is_empty() && last.ends_with(a) && word.starts_with(b) && same(a, b)).then_some(b)
}

/// Scripts with capitals only: others repeat words on purpose. Two capitals are a name: "Walla Walla".
fn same(a: &str, b: &str) -> bool {
    let cased = b.chars().count() > 1 && b.chars().all(|c| c.is_lowercase() || c.is_uppercase() || c == '\'');
    let name = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    cased && !(name(a) && name(b)) && a.to_lowercase() == b.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(language: &str, terms: &Terms, runs: &[&str]) -> Vec<String> {
        let mut reader = Reader::new(language, terms);
        let mut remarks = vec![];
        for run in runs {
            match *run {
                "|" => reader.interrupt(),
                run => reader.text(run, 0, true, &mut remarks),
            }
        }
        remarks.into_iter().map(|remark| format!("{}-{} {}", remark.at.start, remark.at.end, remark.message)).collect()
    }

    #[test]
    fn doubled_words_are_found_across_runs_and_capitals() {
        let none: [&str; 0] = [];
        for (language, runs, expected) in [
            ("en", vec!["the the end"], vec!["4-7 `the` stands twice"]),
            ("en", vec!["The the end"], vec!["4-7 `the` stands twice"]),
            ("en", vec!["read the", " the minutes"], vec!["1-4 `the` stands twice"]),
            ("en", vec!["(the the end"], vec!["5-8 `the` stands twice"]),
            ("en", vec!["“the the end"], vec!["7-10 `the` stands twice"]),
            ("fr", vec!["Évite évite"], vec!["7-13 `évite` stands twice"]),
            ("en", vec!["the, the"], none.to_vec()),
            ("en", vec!["the", "|", "the"], none.to_vec()),
            ("en", vec!["he had had it", "New York York"], none.to_vec()),
            ("en", vec!["10 10 a a"], none.to_vec()),
            ("fr", vec!["nous nous voyons"], none.to_vec()),
            ("ko", vec!["하나 하나"], none.to_vec()),
        ] {
            assert_eq!(read(language, &Terms::default(), &runs), expected, "{runs:?}");
        }
    }

    #[test]
    fn links_that_say_nothing() {
        for (language, text, told) in [
            ("en", "here", true),
            ("en", "Click here!", true),
            ("en", "the charter, here", false),
            ("fr", "ici", true),
            ("fr", "here", true),
            ("ko", "여기", true),
            ("en", "", false),
        ] {
            let terms = Terms::default();
            let mut reader = Reader::new(language, &terms);
            reader.link_begins(0..9);
            reader.text(text, 1, true, &mut vec![]);
            assert_eq!(reader.link_ends().is_some(), told, "{language} {text}");
        }
    }
}
