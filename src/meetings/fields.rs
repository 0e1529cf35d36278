//! From a meeting's lines to its fields and sections, still as written.
//!
//! In: the lines below a heading. Out: what each label holds, and the sections' lines in order.
//! Every line goes somewhere; names are split and completed elsewhere.

use super::labels::{self, Label, Labelled};
use super::lines::{Form, Line};
use super::model::{Journal, SectionKind};
use super::names::looks_like_people;

/// A value with its line.
pub(super) type Entry = (u32, String);

/// The fields of a meeting as they are written.
#[derive(Debug, Default)]
pub(super) struct Raw {
    pub(super) hosts: Vec<Entry>,
    pub(super) notetakers: Vec<Entry>,
    pub(super) attendees: Vec<Entry>,
    pub(super) regrets: Vec<Entry>,
    pub(super) recordings: Vec<Entry>,
    pub(super) slides: Vec<Entry>,
    pub(super) sections: Vec<RawSection>,
}

/// A section's lines.
#[derive(Debug)]
pub(super) struct RawSection {
    pub(super) kind: SectionKind,
    /// Agenda and notes in one.
    pub(super) combined: bool,
    pub(super) lines: Vec<Line>,
}

/// Where the next line without a label goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// A field that has no value yet or may go on.
    Field(Label),
    /// The last section, or a new agenda if there is none.
    Section,
    /// A new section that no label opened.
    Free,
}

/// Sorts a meeting's lines into fields and sections.
pub(super) fn fields(lines: &[Line], journal: &mut Journal) -> Raw {
    let attendees_at = lines.iter().position(|line| is_label(line, Label::Attendees)).unwrap_or(0);
    let mut walk = Walk { raw: Raw::default(), slot: Slot::Free, open: false, labelled: false, journal };
    for (at, line) in lines.iter().enumerate() {
        match labels::find(line).or_else(|| linked(line)) {
            Some(mut found) => {
                let names = walk.raw.sections.is_empty() && labels::is_name(&found.value);
                if found.label == Label::Notes && (at < attendees_at || names) {
                    found.label = Label::Notetaker;
                }
                walk.label(line, &found);
            }
            None => walk.text(line, &lines[at..]),
        }
    }
    walk.raw
}

fn is_label(line: &Line, label: Label) -> bool {
    labels::find(line).is_some_and(|found| found.label == label)
}

/// `[Recording](https://…)` is a field whose label is a link.
fn linked(line: &Line) -> Option<Labelled> {
    let (word, rest) = line.text.strip_prefix('[')?.split_once("](")?;
    let (address, rest) = rest.split_once(')')?;
    let found = labels::read(word).filter(|found| matches!(found.label, Label::Recordings | Label::Slides))?;
    (rest.trim().is_empty() && found.value.is_empty()).then(|| Labelled { value: address.to_owned(), ..found })
}

struct Walk<'a> {
    raw: Raw,
    slot: Slot,
    /// The field has a value already, so that a plain next line is not another one.
    open: bool,
    /// A label of the attendees or of a section stood before.
    labelled: bool,
    journal: &'a mut Journal,
}

impl Walk<'_> {
    fn label(&mut self, line: &Line, found: &Labelled) {
        let (value, next) =
            if found.label.is_field() { labels::further(&found.value) } else { (found.value.clone(), None) };
        match found.label {
            Label::Topic | Label::Subtopic => return self.topic(line, found),
            Label::Agenda => self.section(SectionKind::Agenda, false),
            Label::AgendaNotes => self.section(SectionKind::Agenda, true),
            Label::Notes => self.section(SectionKind::Notes, false),
            Label::Decisions => self.section(SectionKind::Decisions, false),
            Label::Actions => self.section(SectionKind::Actions, false),
            field => {
                self.slot = Slot::Field(field);
                self.open = true;
            }
        }
        self.labelled |= found.label == Label::Attendees || !found.label.is_field();
        self.journal.consume(line.number, &found.word);
        if !value.is_empty() {
            self.value(found.label, line, &value);
        }
        if let Some(next) = next {
            let label = if next.label == Label::Notes { Label::Notetaker } else { next.label };
            self.label(line, &Labelled { label, ..next });
        }
    }

    /// The value on the label's own line.
    fn value(&mut self, label: Label, line: &Line, value: &str) {
        if is_placeholder(value) {
            self.journal.consume(line.number, value);
            return;
        }
        match label {
            Label::Recordings | Label::Slides if !value.contains("http") => {
                self.slot = Slot::Free;
                let word = if label == Label::Slides { "Slides" } else { "Recording" };
                self.push(
                    SectionKind::Notes,
                    Line { text: format!("{word}: {value}"), form: Form::Text, ..line.clone() },
                );
                self.slot = Slot::Free;
            }
            Label::Date => self.journal.consume(line.number, value),
            label if label.is_field() => self.keep(label, line.number, value.to_owned()),
            _ => self.push(SectionKind::Notes, Line { text: value.to_owned(), ..line.clone() }),
        }
    }

    fn keep(&mut self, label: Label, number: u32, value: String) {
        let field = match label {
            Label::Host => &mut self.raw.hosts,
            Label::Notetaker => &mut self.raw.notetakers,
            Label::Attendees => &mut self.raw.attendees,
            Label::Regrets => &mut self.raw.regrets,
            Label::Recordings => &mut self.raw.recordings,
            _ => &mut self.raw.slides,
        };
        field.push((number, value));
        self.open = matches!(label, Label::Attendees | Label::Regrets);
    }

    /// A line without a label; `rest` begins with it.
    fn text(&mut self, line: &Line, rest: &[Line]) {
        // A list of people before anything else are the attendees, even if their label got lost.
        if line.is_item() && !self.labelled && !self.has_list() {
            let several = rest.get(1).is_some_and(|next| next.blanks == 0);
            if several && is_list_of_people(line, rest) {
                self.slot = Slot::Field(Label::Attendees);
                self.open = true;
            }
        }
        let Slot::Field(label) = self.slot else { return self.in_section(line) };
        match label {
            Label::Attendees | Label::Regrets if self.goes_on(label, line) => self.lengthen(label, line),
            Label::Attendees | Label::Regrets
                if (line.is_item() && line.blanks == 0 && !self.open_list_is_empty(label))
                    || is_list_of_people(line, rest) =>
            {
                self.keep(label, line.number, line.text.clone());
            }
            Label::Host | Label::Notetaker if is_placeholder(&line.text) => {
                self.journal.consume(line.number, &line.text);
            }
            Label::Host | Label::Notetaker
                if (self.open || line.blanks == 0 && line.is_item()) && looks_like_people(&line.text) =>
            {
                self.keep(label, line.number, line.text.clone());
            }
            Label::Recordings | Label::Slides if (self.open || line.blanks == 0) && line.text.starts_with("http") => {
                self.keep(label, line.number, line.text.clone());
            }
            // A recording named in the middle of the notes does not end them.
            Label::Recordings | Label::Slides if !self.raw.sections.is_empty() => {
                self.slot = Slot::Section;
                self.in_section(line);
            }
            _ => {
                self.slot = Slot::Free;
                self.push(SectionKind::Agenda, line.clone());
            }
        }
    }

    /// Whether a line is the rest of the attendee before it: `Ada, Bo -` / `Acme`.
    fn goes_on(&self, label: Label, line: &Line) -> bool {
        let list = if label == Label::Regrets { &self.raw.regrets } else { &self.raw.attendees };
        !line.is_item() && line.heading == 0 && line.blanks == 0 && !list.is_empty()
    }

    /// Whether a list, of people or of anything, stood before.
    fn has_list(&self) -> bool {
        let items = self.raw.sections.iter().flat_map(|section| &section.lines).any(Line::is_item);
        items || !self.raw.attendees.is_empty() || matches!(self.slot, Slot::Field(Label::Attendees | Label::Regrets))
    }

    fn open_list_is_empty(&self, label: Label) -> bool {
        if label == Label::Regrets { self.raw.regrets.is_empty() } else { self.raw.attendees.is_empty() }
    }

    /// A line of text goes on with the open section. A list of actions that began as a sentence
    /// ends with it: what follows are the notes.
    fn in_section(&mut self, line: &Line) {
        let ends = self.raw.sections.last().is_some_and(|section| {
            matches!(section.kind, SectionKind::Actions | SectionKind::Decisions)
                && section.lines.first().is_some_and(|first| !first.is_item())
                && line.is_item()
                && line.blanks > 0
        });
        if ends {
            self.slot = Slot::Free;
        }
        self.push(SectionKind::Agenda, line.clone());
    }

    fn lengthen(&mut self, label: Label, line: &Line) {
        let list = if label == Label::Regrets { &mut self.raw.regrets } else { &mut self.raw.attendees };
        if let Some((_, last)) = list.last_mut() {
            last.push(' ');
            last.push_str(&line.text);
            self.journal.repair(line.number, super::model::RepairKind::Wrap, &line.text, &line.text);
        }
    }

    fn section(&mut self, kind: SectionKind, combined: bool) {
        self.raw.sections.push(RawSection { kind, combined, lines: vec![] });
        self.slot = Slot::Section;
    }

    fn topic(&mut self, line: &Line, found: &Labelled) {
        self.journal.consume(line.number, &found.word);
        let heading = if found.label == Label::Topic { 3 } else { 4 };
        if !self.raw.sections.last().is_some_and(|section| section.kind == SectionKind::Notes) {
            self.section(SectionKind::Notes, false);
        }
        self.slot = Slot::Section;
        self.push(SectionKind::Notes, Line { heading, text: found.value.clone(), form: Form::Text, ..line.clone() });
    }

    /// Puts a line into the open section, or a new one.
    fn push(&mut self, kind: SectionKind, line: Line) {
        if self.slot != Slot::Section {
            let kind = if line.is_item() { kind } else { SectionKind::Notes };
            self.section(kind, false);
        }
        if let Some(section) = self.raw.sections.last_mut() {
            section.lines.push(line);
        }
    }
}

/// A value that says that there is none.
pub(super) fn is_placeholder(value: &str) -> bool {
    let value = value.trim_matches(['.', '?', '<', '>', '[', ']', '(', ')', '_', '*', ' ']);
    ["", "tbd", "tba", "tbc", "none", "n/a", "-", "to be announced", "to be determined", "name", "link"]
        .contains(&value.to_lowercase().as_str())
}

/// Whether the list that begins here is one of people. Judged as a whole, as an agenda may follow
/// the attendees without a label: it has nested items, or an item that is no name.
fn is_list_of_people(line: &Line, rest: &[Line]) -> bool {
    if line.heading > 0 || !looks_like_people(&line.text) {
        return false;
    }
    let list = || rest.iter().enumerate().take_while(|(at, next)| *at == 0 || next.blanks == 0).map(|(_, next)| next);
    let nested = list().any(|next| next.is_item() && next.indent > line.indent);
    let people = list().filter(|next| next.is_item() && looks_like_people(&next.text)).count();
    let items = list().filter(|next| next.is_item()).count();
    !nested && people * 3 >= items * 2
}
