//! The words that name a field or a section.
//!
//! In: a line. Out: what it names and the value that follows on it. Whether `Notes` names the
//! note-taker or the notes depends on where it stands, which is decided elsewhere.

use super::lines::{Form, Line};

/// What a line names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Host,
    Notetaker,
    Attendees,
    Regrets,
    Recordings,
    Slides,
    Date,
    Topic,
    Subtopic,
    Agenda,
    Notes,
    AgendaNotes,
    Decisions,
    Actions,
}

impl Label {
    /// Fields become front matter, sections stay text.
    pub(super) fn is_field(self) -> bool {
        use Label::{Attendees, Date, Host, Notetaker, Recordings, Regrets, Slides};
        matches!(self, Host | Notetaker | Attendees | Regrets | Recordings | Slides | Date)
    }
}

/// A label and what stands after it on its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Labelled {
    pub(super) label: Label,
    /// The label as it is written.
    pub(super) word: String,
    pub(super) value: String,
}

const WORDS: &[(Label, &[&str])] = &[
    (
        Label::Host,
        &[
            "host",
            "hosts",
            "meeting host",
            "chair",
            "chairs",
            "chaired by",
            "moderator",
            "moderators",
            "facilitator",
            "led by",
            "hosted by",
        ],
    ),
    (
        Label::Notetaker,
        &[
            "notetaker",
            "notetakers",
            "note taker",
            "note takers",
            "note-taker",
            "note-takers",
            "notes by",
            "note taking",
            "scribe",
            "scribes",
            "scribe+",
            "scribenick",
            "minute taker",
            "minutes by",
        ],
    ),
    (
        Label::Attendees,
        &[
            "attendees",
            "attendee",
            "attending",
            "attendance",
            "present",
            "present+",
            "participants",
            "who's here",
            "attendees list",
        ],
    ),
    (Label::Regrets, &["regrets", "regrets+", "apologies", "absent"]),
    (
        Label::Recordings,
        &["recording", "recordings", "meeting recording", "recording link", "video", "video recording"],
    ),
    (Label::Slides, &["slides", "slide deck", "deck"]),
    (Label::Date, &["date", "meeting date", "date and time"]),
    (Label::Topic, &["topic"]),
    (Label::Subtopic, &["subtopic"]),
    (Label::Agenda, &["agenda", "agenda items", "proposed agenda"]),
    (Label::Notes, &["notes", "meeting notes", "minutes", "discussion", "discussion notes"]),
    (Label::AgendaNotes, &["agenda/notes", "agenda / notes", "agenda & notes", "agenda and notes", "notes/agenda"]),
    (Label::Decisions, &["decisions", "resolutions", "decisions made"]),
    (
        Label::Actions,
        &["actions", "action items", "ais", "to do", "todos", "next steps and action items", "action items below"],
    ),
];

/// Reads a line's label.
pub(super) fn find(line: &Line) -> Option<Labelled> {
    if line.form == Form::Code || line.indent > 1 && line.is_item() || line.form == Form::Quote {
        return None;
    }
    let found = read(&line.text)?;
    let in_item = !line.is_item() || (found.label.is_field() && line.indent == 0 && has_colon(&line.text, &found.word));
    in_item.then_some(found)
}

fn has_colon(text: &str, word: &str) -> bool {
    text.trim_start_matches(['*', '_'])[word.len()..].trim_start_matches(['*', '_', ' ']).starts_with(':')
}

/// Reads the label that a text begins with.
pub(super) fn read(text: &str) -> Option<Labelled> {
    let bare = text.trim_start_matches(['*', '_']);
    for (label, words) in WORDS {
        for word in *words {
            let Some(rest) = strip(bare, word) else { continue };
            let Some(value) = value(*label, rest, word.ends_with('+')) else { continue };
            return Some(Labelled { label: *label, word: bare[..word.len()].to_owned(), value });
        }
    }
    None
}

/// The rest of a text after a word, whatever its case.
fn strip<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    head.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
}

fn value(label: Label, rest: &str, plus: bool) -> Option<String> {
    let open = rest.trim_start_matches(['*', '_', ' ']);
    if open.is_empty() {
        return Some(String::new());
    }
    if let Some(value) = open.strip_prefix(':') {
        return Some(value.trim_start_matches(['*', '_']).trim().to_owned());
    }
    // The conventions of W3C need no colon: `present+ Ada`.
    if plus {
        return Some(open.to_owned());
    }
    // Without a colon the rest must be what such a field holds.
    if !rest.starts_with([' ', '*']) {
        return None;
    }
    let fits = match label {
        Label::Host | Label::Notetaker => is_name(open),
        Label::Recordings | Label::Slides => open.eq_ignore_ascii_case("tbd") || open.starts_with("http"),
        _ => open == "-",
    };
    fits.then(|| open.trim_matches('-').trim().to_owned())
}

/// Whether a text is one to three words as names are written.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    (1..=3).contains(&words.len())
        && words
            .iter()
            .all(|word| word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || c == '-'))
}

/// Splits `Ada Notes: Bo` into the first value and the fields after it.
pub(super) fn further(value: &str) -> (String, Option<Labelled>) {
    for (at, _) in value.match_indices(' ') {
        let Some(found) = read(&value[at + 1..]) else { continue };
        let colon = has_colon(&value[at + 1..], &found.word);
        if colon && (found.label.is_field() || found.label == Label::Notes) && found.label != Label::Date {
            return (value[..at].trim_end_matches([',', ';', '|', ' ']).to_owned(), Some(found));
        }
    }
    (value.to_owned(), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(Label, &str)>) {
        let found = read(text);
        assert_eq!(found.as_ref().map(|found| (found.label, found.value.as_str())), expected, "{text}");
    }

    #[test]
    fn labels() {
        check("Host: Ada", Some((Label::Host, "Ada")));
        check("**Host:** Ada", Some((Label::Host, "Ada")));
        check("Host Ada Byron", Some((Label::Host, "Ada Byron")));
        check("Hosted apps are many", None);
        check("Attending", Some((Label::Attendees, "")));
        check("Recording TBD", Some((Label::Recordings, "TBD")));
        check("Recording starts at https://a.org", None);
        check("Recording...", None);
        check("Agenda/Notes:", Some((Label::AgendaNotes, "")));
        check("Notes on the side", None);
        check("present+ Ada", Some((Label::Attendees, "Ada")));
        check("Present: Ada, Bo", Some((Label::Attendees, "Ada, Bo")));
    }

    #[test]
    fn two_fields_on_one_line() {
        let (first, second) = further("Ada Byron Notes: Bo");
        assert_eq!(first, "Ada Byron");
        assert_eq!(second.map(|found| (found.label, found.value)), Some((Label::Notes, "Bo".into())));
        assert_eq!(further("Ada Byron (Chair)").1, None);
    }
}
