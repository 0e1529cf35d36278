//! A text's digest, section by section, in one line of front matter.
//!
//! `1 0a4k9f2 …`: the version, then for each section three characters of its heading's id and four of its
//! text. Re-wrapped lines, trailing spaces and other link targets leave it as it is.

use super::Content;
use indexmap::IndexMap;
use std::fmt;

const VERSION: &str = "1";
/// Crockford's base 32: no letter that looks like a digit.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The digest of a text. Two texts with one digest read the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest(Vec<(String, String)>);

/// What happened to a section of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Its text is another.
    Changed,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// The translation does not have it.
    Missing,
    /// The translation has it in the source's language.
    Untranslated,
}

impl ChangeKind {
    /// Is the section in the source of today?
    pub fn is_there(self) -> bool {
        self != Self::Removed
    }

    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Missing => "missing",
            Self::Untranslated => "untranslated",
        }
    }
}

/// A section of the source that changed since it was translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The id of its heading, empty for the text before the first heading and for removed ones.
    pub id: String,
    /// Its title; for a removed section that of the translation, as far as it can be told.
    pub title: String,
    /// What happened.
    pub kind: ChangeKind,
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(VERSION)?;
        self.0.iter().try_for_each(|(name, text)| write!(f, " {name}{text}"))
    }
}

impl Digest {
    /// The digest of a content.
    pub fn of(content: &Content) -> Self {
        let sections = content.sections.iter();
        Self(
            sections
                .map(|section| (letters(&section.id, 3), letters(&format!("{}\n{}", section.title, section.text), 4)))
                .collect(),
        )
    }

    /// Reads a digest; none if it is not one of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        (words.next()? == VERSION).then_some(())?;
        let sections = words
            .map(|word| (word.len() == 7 && word.is_ascii()).then(|| (word[..3].to_owned(), word[3..].to_owned())));
        sections.collect::<Option<Vec<_>>>().map(Self)
    }

    /// This digest, but for the sections with these ids as they were in an earlier one: their
    /// translation has not been looked at since.
    #[must_use]
    pub fn with_older(&self, older: Option<&Self>, ids: &[String]) -> Self {
        let names: Vec<String> = ids.iter().map(|id| letters(id, 3)).collect();
        let sections = self.0.iter().map(|(name, text)| {
            let kept = names.contains(name).then(|| older?.0.iter().find(|(known, _)| known == name)).flatten();
            match (names.contains(name), kept) {
                (true, Some((_, before))) => (name.clone(), before.clone()),
                // Nothing tells what it was made from; this is not what it says today.
                (true, None) => (name.clone(), letters(text, 4)),
                (false, _) => (name.clone(), text.clone()),
            }
        });
        Self(sections.collect())
    }

    /// What changed from this digest to the present content. `translated` are the titles of the
    /// translation's sections, which name what the source no longer has.
    pub fn changes(&self, now: &Content, translated: &[String]) -> Vec<Change> {
        let present = Self::of(now);
        // Three letters are not many: on a long page two headings may share them.
        let mut before: IndexMap<&str, Vec<&str>> = IndexMap::new();
        for (name, text) in &self.0 {
            before.entry(name).or_default().push(text);
        }
        let after: IndexMap<&str, ()> = present.0.iter().map(|(name, _)| (name.as_str(), ())).collect();
        let mut changes = vec![];
        for (at, (section, (name, text))) in now.sections.iter().zip(&present.0).enumerate() {
            let kind = match before.get(name.as_str()) {
                Some(old) if old.contains(&text.as_str()) => continue,
                Some(_) => ChangeKind::Changed,
                // Another heading at the same place: it was renamed.
                None if self.0.get(at).is_some_and(|(old, _)| !after.contains_key(old.as_str())) => ChangeKind::Changed,
                None => ChangeKind::Added,
            };
            changes.push(Change { id: section.id.clone(), title: section.title.clone(), kind });
        }
        for (at, (name, _)) in self.0.iter().enumerate() {
            let renamed = present.0.get(at).is_some_and(|(new, _)| !before.contains_key(new.as_str()));
            if !after.contains_key(name.as_str()) && !renamed {
                let title = translated.get(at).cloned().unwrap_or_default();
                changes.push(Change { id: String::new(), title, kind: ChangeKind::Removed });
            }
        }
        changes
    }
}

fn letters(text: &str, count: usize) -> String {
    let hash = blake3::hash(text.as_bytes());
    let bytes = hash.as_bytes();
    (0..count).map(|at| char::from(LETTERS[usize::from(bytes[at] & 31)])).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Section, Shape};
    use super::*;

    fn content(sections: &[(&str, &str)]) -> Content {
        let section =
            |(id, text): &(&str, &str)| Section { id: (*id).into(), title: id.to_uppercase(), text: (*text).into() };
        Content {
            sections: sections.iter().map(section).collect(),
            shape: Shape::default(),
            prose: String::new(),
            words: 0,
            marked: vec![],
        }
    }

    fn check(before: &[(&str, &str)], after: &[(&str, &str)], expected: &[&str]) {
        let digest = Digest::parse(&Digest::of(&content(before)).to_string()).expect("a digest");
        let titles: Vec<String> = before.iter().map(|(id, _)| format!("t-{id}")).collect();
        let changes = digest.changes(&content(after), &titles);
        let shown: Vec<String> =
            changes.iter().map(|change| format!("{} {}", change.kind.as_str(), change.title)).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn sections_are_named() {
        let base = [("", "intro"), ("a", "one"), ("b", "two")];
        check(&base, &base, &[]);
        check(&base, &[("", "intro"), ("a", "one!"), ("b", "two")], &["changed A"]);
        check(&base, &[("", "intro"), ("a", "one"), ("b", "two"), ("c", "new")], &["added C"]);
        check(&base, &[("", "intro"), ("a", "one")], &["removed t-b"]);
        check(&base, &[("", "intro"), ("b", "two"), ("a", "one")], &[]);
        check(&base, &[("", "intro"), ("z", "one"), ("b", "two")], &["changed Z"]);
    }

    #[test]
    fn headings_that_share_their_letters_are_told_apart() {
        // The first two ids whose three letters are the same.
        let ids: Vec<String> = (0..2000).map(|number| format!("h{number}")).collect();
        let same = |id: &&String| ids.iter().find(|other| *other != *id && letters(other, 3) == letters(id, 3));
        let (one, two) = ids.iter().find_map(|id| Some((id, same(&id)?))).expect("a pair");
        let base = [("", "intro"), (one.as_str(), "one"), (two.as_str(), "two")];
        check(&base, &base, &[]);
        let edited = [("", "intro"), (one.as_str(), "one"), (two.as_str(), "two!")];
        check(&base, &edited, &[&format!("changed {}", two.to_uppercase())]);
    }

    #[test]
    fn what_is_no_digest_is_none() {
        assert_eq!(Digest::parse(""), None);
        assert_eq!(Digest::parse("2 0000000"), None);
        assert_eq!(Digest::parse("1 00"), None);
    }
}
