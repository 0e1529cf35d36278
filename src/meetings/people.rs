//! People as lists write them.
//!
//! In: an attendee line and the directory. Out: names, each with affiliation, role and remark:
//! `Ada Byron (Acme)`, `Ada Byron - Acme`, `Ada, Bo, Cy Acme`, `Acme Ada, Bo`.

use super::described::{describe, is_handle, is_role, without_greeting};
use super::directory::Directory;
use super::model::{Attendee, Person};

/// A line taken apart by its punctuation alone.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// The people, in order.
    pub(super) people: Vec<Part>,
    /// What stands behind a dash, or in parentheses behind the last of several people.
    pub(super) tail: Option<String>,
}

/// One person of a line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: String,
    /// What stands in parentheses.
    pub(super) note: Option<String>,
    /// What stands after the parentheses.
    pub(super) remark: Option<String>,
}

/// Takes a line apart.
pub(super) fn parts(line: &str) -> Parts {
    let line = plain(line);
    let (left, tail) = dash(&line);
    let mut people: Vec<Part> = split(&left).into_iter().map(part).filter(|part| !part.name.is_empty()).collect();
    let shared = people.len() > 1 && people[..people.len() - 1].iter().all(|part| part.note.is_none());
    let tail = tail.or_else(|| if shared { people.last_mut().and_then(|last| last.note.take()) } else { None });
    Parts { people, tail }
}

/// How a list of attendees is written, where a line alone does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListStyle {
    /// `Ada Byron Acme`.
    NameFirst,
    /// `Acme Ada Byron`.
    OrganisationFirst,
    /// Organisations stand in parentheses only, so three words without any are a name.
    Marked,
}

/// How the lines of a list are written.
pub(super) fn style<'a>(lines: impl Iterator<Item = &'a str> + Clone, directory: &Directory) -> ListStyle {
    let count = |fits: &dyn Fn(&str) -> bool| lines.clone().filter(|line| fits(line)).count();
    let marked = count(&|line| line.contains('(') || line.contains(" - "));
    let long = count(&|line| !line.contains(['(', ',']) && line.split(' ').count() > 2);
    let last = |line: &str| parts(line).people.last().is_some_and(|last| directory.known_end(&last.name).is_some());
    let first = count(&|line| directory.organisation_first(line).is_some() && !last(line));
    if first >= 2 && first > count(&last) {
        ListStyle::OrganisationFirst
    } else if marked * 4 >= lines.clone().count() && long * 2 < lines.count() {
        ListStyle::Marked
    } else {
        ListStyle::NameFirst
    }
}

/// The people of a line.
pub(super) fn people(line: &str, directory: &Directory, style: ListStyle) -> Vec<Attendee> {
    let Parts { mut people, mut tail } = parts(line);
    if tail.is_none() && people.iter().all(|part| part.note.is_none()) {
        tail = unmarked(&mut people, directory, style);
    }
    people
        .into_iter()
        .map(|part| {
            // `Ada Byron (abyron) Acme`: the handle stands in the parentheses.
            let swapped = part.remark.as_deref().is_some_and(|remark| directory.is_organisation(remark));
            let (note, remark) = if swapped { (part.remark, part.note) } else { (part.note, part.remark) };
            let note = note.or_else(|| tail.clone());
            let (affiliation, role, further) = match note {
                Some(note) if is_handle(&note, &part.name) => (None, None, Some(note)),
                note => note.map(|note| describe(&note)).unwrap_or_default(),
            };
            let (affiliation, greeting) = without_greeting(affiliation, directory);
            let said: Vec<String> = remark.into_iter().chain(further).chain(greeting).collect();
            let remark = (!said.is_empty()).then(|| said.join(", "));
            let name = directory.spelling(&part.name);
            Attendee { name, affiliation, role, remark }
        })
        .collect()
}

/// A host or note-taker: the first name of a value, the rest as the role.
pub(super) fn person(value: &str) -> Option<Person> {
    let parts = parts(value);
    let first = parts.people.first()?;
    let others = parts.people[1..].iter().map(|part| part.name.clone());
    let said = first.note.clone().into_iter().chain(first.remark.clone()).chain(others).chain(parts.tail.clone());
    let role = said.collect::<Vec<_>>().join(", ");
    Some(Person { name: first.name.clone(), role: (!role.is_empty()).then_some(role) })
}

/// Takes the organisation out of a line that marks it by nothing but its place.
fn unmarked(people: &mut Vec<Part>, directory: &Directory, style: ListStyle) -> Option<String> {
    if people.len() >= 2
        && let Some((organisation, name)) = directory.organisation_first(&people[0].name)
        && directory.known_end(&people[people.len() - 1].name).is_none()
    {
        let (organisation, name) = (organisation.to_owned(), name.to_owned());
        people[0].name = name;
        return Some(organisation);
    }
    if style == ListStyle::OrganisationFirst {
        return organisation_before_name(people.first_mut()?);
    }
    if people.len() >= 2 {
        let last = &people[people.len() - 1].name;
        let alone = people.len() == 2
            && !last.contains(' ')
            && people[0].name.contains(' ')
            && last.starts_with(char::is_uppercase);
        if directory.is_organisation(last) || is_role(last) || (alone && directory.by_first_name(last).is_none()) {
            let tail = people.pop().map(|part| part.name)?;
            let last = people.last_mut()?;
            let split = directory.known_start(&last.name).or_else(|| {
                let at = name_length(&last.name)?;
                Some((&last.name[..at], last.name[at..].trim())).filter(|(_, rest)| is_role(rest))
            });
            let Some((name, role)) = split else { return Some(tail) };
            let (name, tail) = (name.to_owned(), format!("{role}, {tail}"));
            last.name = name;
            return Some(tail);
        }
    }
    let several = people.len() > 1;
    let (first, last) = (people.first()?.name.clone(), people.last()?.name.clone());
    let end = directory.known_start(&last).or_else(|| directory.known_end(&last));
    if let Some((name, organisation)) = end {
        let (name, organisation) = (name.to_owned(), organisation.to_owned());
        let last = people.last_mut()?;
        last.name = name;
        // What begins small and is no organisation elsewhere is a handle or a word that strayed.
        if organisation.starts_with(char::is_lowercase) && !directory.is_organisation(&organisation) {
            last.remark = Some(organisation);
            return None;
        }
        return Some(organisation);
    }
    if let Some((organisation, name)) =
        directory.organisation_first(&first).filter(|(_, name)| several || name.contains(' '))
    {
        name.clone_into(&mut people.first_mut()?.name);
        return Some(organisation.to_owned());
    }
    if directory.count(&last) > 0 || (style == ListStyle::Marked && !several) {
        return None;
    }
    let at = name_length(&last)?;
    let organisation = last[at..].trim().to_owned();
    last[..at].clone_into(&mut people.last_mut()?.name);
    Some(organisation)
}

/// `Acme Works Ada Byron` in a list that has organisations first: the last two words are the name.
fn organisation_before_name(part: &mut Part) -> Option<String> {
    let words: Vec<&str> = part.name.split(' ').collect();
    let (organisation, name) = words.split_at_checked(words.len().checked_sub(2)?)?;
    let (organisation, name) = (organisation.join(" "), name.join(" "));
    part.name = name;
    (!organisation.is_empty()).then_some(organisation)
}

/// Where a name without any mark ends: after two words, three with an initial, particle or nickname.
fn name_length(text: &str) -> Option<usize> {
    let words: Vec<&str> = text.split(' ').collect();
    let middle = words.get(1)?.trim_matches(['.', '\'', '"']);
    let long = middle.chars().count() == 1
        || middle.starts_with(char::is_lowercase)
        || matches!(middle, "St" | "Van" | "De" | "Le" | "Di" | "AIT" | "Ait");
    let length = if long && words.get(3) != Some(&"Contributor") { 3 } else { 2 };
    let rest = words.get(length)?;
    (is_role(rest) || rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
        .then(|| words[..length].join(" ").len())
}

/// Without emphasis, link targets and stray marks.
pub(super) fn plain(text: &str) -> String {
    let out = unlinked(text).0;
    let out = out.replace("**", "").replace('\\', "");
    super::repair::spaced(&out).trim_matches([',', ';', ' ', '*']).to_owned()
}

/// Links as their text, and where they led.
pub(super) fn unlinked(text: &str) -> (String, Vec<String>) {
    let (mut out, mut targets) = (text.to_owned(), vec![]);
    while let Some(at) = out.find("](") {
        let (Some(start), Some(length)) = (out[..at].rfind('['), out[at..].find(')')) else { break };
        targets.push(out[at + 2..at + length].to_owned());
        out.replace_range(at..=at + length, "");
        out.remove(start);
    }
    (out, targets)
}

/// Splits at the last dash outside parentheses; earlier ones are broken lines and become commas.
fn dash(line: &str) -> (String, Option<String>) {
    let mut cuts = vec![];
    let mut depth = 0;
    let chars: Vec<(usize, char)> = line.char_indices().collect();
    for (index, (at, char)) in chars.iter().enumerate() {
        match char {
            '(' => depth += 1,
            ')' => depth -= 1,
            '-' | '–' | '—' if depth == 0 => {
                let before =
                    index == 0 || chars[index - 1].1.is_whitespace() || matches!(chars[index - 1].1, '-' | '–' | '—');
                let after = chars
                    .get(index + 1)
                    .is_none_or(|(_, next)| next.is_whitespace() || matches!(next, '-' | '–' | '—'));
                if before || after {
                    cuts.push((*at, at + char.len_utf8()));
                }
            }
            _ => {}
        }
    }
    // Dashes side by side, `--`, are one.
    let mut joined: Vec<(usize, usize)> = vec![];
    for cut in cuts {
        match joined.last_mut() {
            Some(last) if line[last.1..cut.0].trim().is_empty() => last.1 = cut.1,
            _ => joined.push(cut),
        }
    }
    let Some((start, end)) = joined.pop() else { return (line.to_owned(), None) };
    let mut left = line[..start].to_owned();
    for (from, to) in joined.into_iter().rev() {
        left.replace_range(from..to, ",");
    }
    let tail = line[end..].trim();
    (left, (!tail.is_empty()).then(|| tail.to_owned()))
}

/// Splits at commas, semicolons, `&` and `and` outside parentheses.
pub(super) fn split(text: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut depth = 0;
    for char in text.chars() {
        match char {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' | ';' if depth == 0 => {
                out.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = out.last_mut() {
            last.push(char);
        }
    }
    out.iter()
        .flat_map(|piece| piece.split(" and "))
        .flat_map(|piece| piece.split(" & "))
        .flat_map(sentences)
        .map(|piece| piece.trim().to_owned())
        .filter(|piece| !piece.is_empty())
        .collect()
}

/// `Ada Byron. Bo Chan` has a full stop for a comma; `Tim St. Clair` has not.
fn sentences(text: &str) -> Vec<&str> {
    match text.split_once(". ") {
        Some((one, two))
            if one.trim().rsplit(' ').next().is_some_and(|last| last.len() > 2)
                && one.trim().contains(' ')
                && two.trim().contains(' ')
                && !text.contains('(') =>
        {
            vec![one, two]
        }
        _ => vec![text],
    }
}

fn part(text: String) -> Part {
    let Some((name, rest)) = text.split_once('(') else { return Part { name: text, ..Part::default() } };
    let (note, remark) = rest.rsplit_once(')').unwrap_or((rest, ""));
    let some = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    Part { name: name.trim().to_owned(), note: some(note), remark: some(remark) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const LISTS: &[&str] = &[
        "Ada Byron, Bo Chan Acme Works",
        "Cy Dee Acme Works",
        "nick Acme Works",
        "Xi Fastly",
        "Hedy Kiesler Fastly",
        "Grace Hopper (Navy)",
        "Tim Lee (Red Fox)",
        "Hedy Ising (Navy)",
    ];

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let directory = Directory::new(LISTS.iter().copied(), &BTreeMap::new());
        let seen: Vec<String> = people(line, &directory, ListStyle::NameFirst)
            .into_iter()
            .map(|one| {
                let part = |text: Option<String>| text.unwrap_or_default();
                format!("{}|{}|{}|{}", one.name, part(one.affiliation), part(one.role), part(one.remark))
            })
            .collect();
        assert_eq!(seen.join("; "), expected, "{line}");
    }

    #[test]
    fn people_in_all_forms() {
        check("Ada Byron (Acme)", "Ada Byron|Acme||");
        check("Ada Byron - Acme", "Ada Byron|Acme||");
        check("Ada Byron, Bo Chan - Acme", "Ada Byron|Acme||; Bo Chan|Acme||");
        check("Ada Byron, Bo Chan-Smith -Acme", "Ada Byron|Acme||; Bo Chan-Smith|Acme||");
        check("Ada Byron - Bo Chan, Cy Dee - Acme", "Ada Byron|Acme||; Bo Chan|Acme||; Cy Dee|Acme||");
        check("Ada Byron, Bo Chan (Acme)", "Ada Byron|Acme||; Bo Chan|Acme||");
        check("Eve Fox Acme Works", "Eve Fox|Acme Works||");
        check("nick Acme Works", "nick|Acme Works||");
        check("Xi Fastly", "Xi|Fastly||");
        check("Acme Works Eve Fox, Gil", "Eve Fox|Acme Works||; Gil|Acme Works||");
        check("John H Terp Dell EMC", "John H Terp|Dell EMC||");
        check("Erwin van Dam Platform9", "Erwin van Dam|Platform9||");
        check("Grace Hopper Chair, Red Fox", "Grace Hopper|Red Fox|Chair|");
        check("Ada Byron, Nordwind", "Ada Byron|Nordwind||");
        check("Ada Byron (Co-Chair)", "Ada Byron||Co-Chair|");
        check("Ada Byron (TL, Red Fox) first 15 mins", "Ada Byron|Red Fox|TL|first 15 mins");
        check("Ada Byron (@ada)", "Ada Byron|||@ada");
        check("Ada Byron (she/her, Acme)", "Ada Byron|Acme||she/her");
        check("Ada Byron (abyron)", "Ada Byron|||abyron");
        check("Andrej Kovalev (kova)", "Andrej Kovalev|||kova");
        check("Ada Byron (nord8)", "Ada Byron|nord8||");
        check("Ada Byron Fastly Hello!", "Ada Byron|Fastly||Hello!");
        check("Cy Dee oops", "Cy Dee|||oops");
        check("Grace lverson", "Grace lverson|||");
        check("Hedy lsing, Grace Hopper - Navy", "Hedy Ising|Navy||; Grace Hopper|Navy||");
        check("Ada Byron", "Ada Byron|||");
    }
}
