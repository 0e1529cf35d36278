//! Who is known, from all the lists of attendees of one export.
//!
//! In: every attendee line as written. Out: the names that stand apart in some list, and the
//! organisations, so that `Ada Byron Acme` in another list can be told from a name of three words.

use super::described::{describe, is_role};
use super::people::{self, Parts};
use std::collections::{BTreeMap, BTreeSet};

/// The names and organisations of an export.
#[derive(Debug, Default)]
pub(super) struct Directory {
    /// Lower-case name → the name as written most often, and how often.
    names: BTreeMap<String, (String, usize)>,
    /// Lower-case names of organisations.
    organisations: BTreeSet<String>,
    /// Lower-case spelling → the one to use.
    aliases: BTreeMap<String, String>,
}

/// The longest name of an organisation that is looked for, in words.
const LONGEST: usize = 3;

impl Directory {
    /// Reads all lists.
    pub(super) fn new<'a>(lists: impl Iterator<Item = &'a str> + Clone, aliases: &BTreeMap<String, String>) -> Self {
        let mut directory = Self { aliases: aliases.clone(), ..Self::default() };
        directory.organisations = organisations(lists.clone());
        for line in lists {
            directory.learn(line);
        }
        directory
    }

    fn learn(&mut self, line: &str) {
        let parts = people::parts(line);
        let several = parts.people.len() > 1;
        for (at, person) in parts.people.iter().enumerate() {
            let bare = parts.tail.is_none() && person.note.is_none() && (!several || at + 1 == parts.people.len());
            let words = person.name.split(' ').count();
            let ended = self.known_end(&person.name).map(|(name, _)| name).filter(|_| bare);
            let name = match ended {
                // One word may be the rest of the organisation's name, a third one a role.
                Some(name) if name.split(' ').count() == 2 => name.to_owned(),
                Some(_) => continue,
                None if words > 4 || (bare && words > 2) => continue,
                None => person.name.clone(),
            };
            let entry = self.names.entry(name.to_lowercase()).or_insert_with(|| (name.clone(), 0));
            entry.1 += 1;
            if entry.0.to_lowercase() == entry.0 {
                entry.0 = name;
            }
        }
    }

    /// Whether a text is the name of an organisation.
    pub(super) fn is_organisation(&self, text: &str) -> bool {
        self.organisations.contains(&text.to_lowercase())
    }

    /// How often a name stands in the lists.
    pub(super) fn count(&self, name: &str) -> usize {
        self.names.get(&name.to_lowercase()).map_or(0, |(_, count)| *count)
    }

    /// The spelling to use for a name, if the aliases have another.
    pub(super) fn alias(&self, name: &str) -> Option<&str> {
        self.aliases.get(&name.to_lowercase()).map(String::as_str)
    }

    /// The spelling to use for a name: the aliases', else the one with capitals, else its own.
    pub(super) fn spelling(&self, name: &str) -> String {
        let known = || self.names.get(&name.to_lowercase()).map(|(known, _)| known.as_str());
        let spelling = self.alias(name).or_else(|| known().filter(|_| name.to_lowercase() == name));
        spelling.map_or_else(|| self.misread(name).unwrap_or_else(|| name.to_owned()), str::to_owned)
    }

    /// A small `l` that was a capital `I`, where the name with it is known: `Ada lverson`.
    fn misread(&self, name: &str) -> Option<String> {
        let (before, last) = name.rsplit_once(' ')?;
        let rest = last.strip_prefix('l')?;
        let read = format!("{before} I{rest}");
        (self.count(&read) > 0).then_some(read)
    }

    /// The longest known name that a text of more words begins with, and the rest.
    pub(super) fn known_start<'a>(&self, text: &'a str) -> Option<(&'a str, &'a str)> {
        let starts: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
        starts
            .into_iter()
            .rev()
            .map(|at| (&text[..at], text[at + 1..].trim()))
            .find(|(name, rest)| self.count(name) > 0 && (name.contains(' ') || self.is_organisation(rest)))
    }

    /// A text that ends in the name of an organisation, as name and organisation.
    pub(super) fn known_end<'a>(&self, text: &'a str) -> Option<(&'a str, &'a str)> {
        text.match_indices(' ')
            .map(|(at, _)| (text[..at].trim(), &text[at + 1..]))
            .find(|(_, end)| end.split(' ').count() <= LONGEST + 1 && self.is_organisation(end))
    }

    /// A text that begins with the name of an organisation, as organisation and name.
    pub(super) fn organisation_first<'a>(&self, text: &'a str) -> Option<(&'a str, &'a str)> {
        text.match_indices(' ')
            .map(|(at, _)| (&text[..at], text[at + 1..].trim()))
            .find(|(start, _)| self.is_organisation(start))
    }

    /// The one known name that begins with a word; none if there are two.
    pub(super) fn by_first_name(&self, first: &str) -> Option<&str> {
        let first = first.to_lowercase();
        let mut found =
            self.names.iter().filter(|(name, _)| name.split(' ').next() == Some(&first) && name.contains(' '));
        let one = found.next()?;
        found.next().is_none().then_some(one.1.0.as_str())
    }

    /// The person whose e-mail address this is, by their name in it: `ada.byron@example.org`.
    pub(super) fn by_email(&self, address: &str) -> Option<&str> {
        let local = address.split('@').next()?.to_lowercase();
        let name = local.replace(['.', '_', '-'], " ");
        self.names.get(&name).map(|(name, _)| name.as_str()).or_else(|| self.by_first_name(&local))
    }
}

/// Organisations: what stands in parentheses or after a dash, and what ends the lines of several
/// people without either.
fn organisations<'a>(lists: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut ends: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in lists {
        let parts = people::parts(line);
        found.extend(said(&parts));
        if parts.tail.is_none()
            && let Some(last) = parts.people.last().filter(|person| person.note.is_none())
        {
            let words: Vec<&str> = last.name.split(' ').collect();
            for length in 1..=LONGEST.min(words.len().saturating_sub(1)) {
                let (name, end) = words.split_at(words.len() - length);
                ends.entry(end.join(" ").to_lowercase()).or_default().insert(name.join(" ").to_lowercase());
            }
        }
    }
    let common = |end: &str| ends.get(end).map_or(0, BTreeSet::len);
    let is_end = |end: &str, names: &BTreeSet<String>| {
        let long_names = names.iter().any(|name| name.contains(' '));
        let shorter = end.split_once(' ').map_or(0, |(_, rest)| common(rest));
        let longer = ends.iter().any(|(other, names)| {
            other.strip_suffix(end).is_some_and(|rest| rest.ends_with(' ')) && names.len() == common(end)
        });
        let linked = ["in ", "of ", "at ", "from ", "for "].iter().any(|word| end.starts_with(word));
        names.len() >= 2 && !linked && long_names && !longer && names.len() >= shorter && !is_role(end)
    };
    found.extend(ends.iter().filter(|(end, names)| is_end(end, names)).map(|(end, _)| end.clone()));
    found
}

fn said(parts: &Parts) -> Vec<String> {
    let notes = parts.people.iter().filter_map(|person| person.note.as_deref()).chain(parts.tail.as_deref());
    notes
        .flat_map(|note| note.split([',', ';']))
        .map(str::trim)
        .filter_map(|part| describe(part).0)
        .map(|affiliation| affiliation.to_lowercase())
        .collect()
}
