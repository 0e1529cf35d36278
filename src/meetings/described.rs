//! What stands beside a name: an organisation, a role, a remark, a handle.
//!
//! In: the text in parentheses or behind a dash. Out: what each part of it is. Names are not read here.

use super::directory::Directory;

/// Words that make a description a role rather than an organisation.
const ROLES: &[&str] = &[
    "chair",
    "co-chair",
    "cochair",
    "chairs",
    "lead",
    "tl",
    "techlead",
    "manager",
    "maintainer",
    "engineer",
    "cto",
    "ceo",
    "head",
    "director",
    "architect",
    "advocate",
    "contributor",
    "founder",
    "liaison",
    "student",
    "intern",
    "pm",
    "developer",
    "host",
    "scribe",
    "independent",
];

/// Whether a description is a role.
pub(super) fn is_role(text: &str) -> bool {
    text.split([' ', '/']).any(|word| {
        ROLES.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str())
            || word.eq_ignore_ascii_case("co-chair")
    })
}

/// A description as affiliation, role and remark.
pub(super) fn describe(note: &str) -> (Option<String>, Option<String>, Option<String>) {
    let note = note.trim();
    if let Some((said, rest)) = note.split_once(',').filter(|(said, _)| are_pronouns(said)) {
        let (affiliation, role, further) = describe(rest);
        let remark = std::iter::once(said.to_owned()).chain(further).collect::<Vec<_>>().join(", ");
        return (affiliation, role, Some(remark));
    }
    if note.starts_with('@') || are_pronouns(note) || note.contains("arrived") || note.contains("left early") {
        return (None, None, Some(note.to_owned()));
    }
    if !is_role(note) {
        return ((!note.is_empty()).then(|| note.to_owned()), None, None);
    }
    let (roles, others): (Vec<&str>, Vec<&str>) =
        note.split([',', '/']).map(str::trim).filter(|part| !part.is_empty()).partition(|part| is_role(part));
    let joined = |parts: Vec<&str>| (!parts.is_empty()).then(|| parts.join(", "));
    (joined(others), joined(roles), None)
}

/// `she/her`, `they / them`.
fn are_pronouns(text: &str) -> bool {
    const WORDS: &[&str] = &["he", "him", "his", "she", "her", "hers", "they", "them", "theirs"];
    let mut words = text.split('/').map(|word| word.trim().to_lowercase());
    text.contains('/') && words.all(|word| WORDS.contains(&word.as_str()))
}

/// Whether a word is what a person goes by elsewhere: `Ada Byron (abyron)`, `Andrej Kovalev (kova)`.
pub(super) fn is_handle(note: &str, name: &str) -> bool {
    let (name, plain) = (name.to_lowercase(), note.chars().all(|c| c.is_lowercase() || c.is_ascii_digit()));
    let begins = |start: Option<&str>| start.is_some_and(|start| name.split(' ').any(|word| word.starts_with(start)));
    let initial = name.chars().next().is_some_and(|first| note.starts_with(first));
    plain && note.is_ascii() && (begins(note.get(..4)) || initial && begins(note.get(1..5)))
}

/// `Acme Hello!` is Acme, and somebody who was glad to be there.
pub(super) fn without_greeting(affiliation: Option<String>, directory: &Directory) -> (Option<String>, Option<String>) {
    let split = affiliation.as_deref().filter(|text| text.ends_with('!')).and_then(|text| {
        let (organisation, greeting) = directory.organisation_first(text)?;
        Some((organisation.to_owned(), greeting.to_owned()))
    });
    match split {
        Some((organisation, greeting)) => (Some(organisation), Some(greeting)),
        None => (affiliation, None),
    }
}
