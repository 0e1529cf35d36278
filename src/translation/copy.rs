//! How much of a translation is still its source's text.

use super::Content;
use indexmap::IndexSet;

/// Words in a row that no translation shares with its source but in names.
const RUN: usize = 3;
/// Runs that are looked at in a page, evenly spread: enough to tell a copy from a translation.
const SAMPLES: usize = 64;

/// The runs of a source, made once for all its translations.
pub(super) type Runs<'c> = IndexSet<[&'c str; RUN]>;

/// Every run of a text.
pub(super) fn runs(source: &Content) -> Runs<'_> {
    let words: Vec<&str> = source.prose.split_whitespace().collect();
    words.windows(RUN).map(|run| [run[0], run[1], run[2]]).collect()
}

/// The share of the running text, in percent, that stands word for word in the source. Code counts as
/// neither. A page without a text is untranslated if title and description are the source's.
pub(super) fn untranslated(source: &Content, known: &Runs<'_>, own: &Content) -> usize {
    let words: Vec<&str> = own.prose.split_whitespace().collect();
    if words.len() < RUN {
        let lead = |content: &Content| content.sections.first().map(|section| section.text.clone());
        return if lead(source) == lead(own) { 100 } else { 0 };
    }
    let runs = words.len() + 1 - RUN;
    let sampled: Vec<&[&str]> = words.windows(RUN).step_by(runs.div_ceil(SAMPLES)).collect();
    sampled.iter().filter(|run| known.contains(&[run[0], run[1], run[2]])).count() * 100 / sampled.len()
}

#[cfg(test)]
mod tests {
    use super::super::{Section, Shape};
    use super::*;

    fn content(title: &str, prose: &str) -> Content {
        let sections = vec![Section { id: String::new(), title: title.into(), text: format!("{title} {prose}") }];
        Content { sections, shape: Shape::default(), prose: prose.into(), words: 0, marked: vec![] }
    }

    fn check(source: &str, own: &str, expected: usize) {
        let source = content("Title", source);
        assert_eq!(untranslated(&source, &runs(&source), &content("Titre", own)), expected, "{own}");
    }

    #[test]
    fn running_text_tells_a_copy() {
        let source = "this working group is not active and its goal was a paper on operators";
        check(source, source, 100);
        check(source, &source.replace(' ', "\n"), 100);
        check(source, "ce groupe de travail est inactif, son but était un livre blanc", 0);
        check(source, "このワーキンググループは現在活動していません。", 0);
        check(source, "this working group is not active et son but était un livre", 40);
        assert_eq!(untranslated(&content("A", ""), &Runs::new(), &content("A", "")), 100);
        assert_eq!(untranslated(&content("A", ""), &Runs::new(), &content("B", "")), 0);
    }
}
