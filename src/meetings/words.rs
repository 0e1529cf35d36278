//! The account of words: nothing of an export is lost.
//!
//! In: an export, the pages made of it, the journal. Out: the words that are in none of them. Words
//! are counted, not only looked for, so a sentence that stood twice and is there once is found.

use super::model::Journal;
use std::collections::BTreeMap;

/// Words with their numbers.
type Count = BTreeMap<String, usize>;

/// The words of an export that neither its pages nor the report hold, with how many are missing.
pub fn lost_words<'a>(
    export: &str,
    pages: impl IntoIterator<Item = &'a str>,
    journal: &Journal,
) -> Vec<(String, usize)> {
    let mut wanted = count(export);
    let mut take = |found: Count| {
        for (word, number) in found {
            if let Some(left) = wanted.get_mut(&word) {
                *left = left.saturating_sub(number);
            }
        }
    };
    pages.into_iter().for_each(|page| take(count(page)));
    for repair in &journal.repairs {
        // Only what a repair took away; what it kept must be found on the page.
        let mut gone = count(&repair.before);
        for (word, number) in count(&repair.after) {
            if let Some(left) = gone.get_mut(&word) {
                *left = left.saturating_sub(number);
            }
        }
        take(gone);
    }
    journal.consumed.iter().for_each(|(_, text)| take(count(text)));
    journal.removed.iter().for_each(|removed| take(count(&removed.value)));
    wanted.into_iter().filter(|(_, left)| *left > 0).collect()
}

fn count(text: &str) -> Count {
    let text = text.replace("<u>", " ").replace("</u>", " ");
    let mut words = Count::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_lowercase()).or_default() += 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meetings::RepairKind;

    #[test]
    fn words_are_counted() {
        let mut journal = Journal::default();
        journal.repair(1, RepairKind::Misreading, "Al: go", "AI: go");
        journal.consume(2, "Host");
        let lost = lost_words("Host: Ada\nAl: go and go\nAda", ["Ada", "AI: go"], &journal);
        assert_eq!(lost, [("ada".to_owned(), 1), ("and".to_owned(), 1), ("go".to_owned(), 1)]);
    }
}
