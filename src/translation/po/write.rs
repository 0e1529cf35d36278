//! From a catalogue to the text of a PO file.

use super::{Catalogue, Entry};

/// Writes a file. Obsolete entries come last, as comments.
pub fn write(catalogue: &Catalogue) -> String {
    let mut out = String::from("msgid \"\"\n");
    let fields: String = catalogue.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    keyword(&mut out, "", "msgstr", &fields);
    let (gone, present): (Vec<&Entry>, Vec<&Entry>) = catalogue.entries.iter().partition(|entry| entry.obsolete);
    for item in present.into_iter().chain(gone) {
        out.push('\n');
        entry(&mut out, item);
    }
    out
}

fn entry(out: &mut String, entry: &Entry) {
    let mut comment = |sign: &str, text: &str| {
        for line in text.lines() {
            out.push_str(&format!("#{sign} {line}\n"));
        }
    };
    entry.notes.iter().for_each(|note| comment(".", note));
    entry.references.iter().for_each(|place| comment(":", place));
    if entry.fuzzy {
        comment(",", "fuzzy");
    }
    let start = if entry.obsolete { "#~ " } else { "" };
    if let Some(previous) = &entry.previous {
        keyword(out, if entry.obsolete { "#~| " } else { "#| " }, "msgid", previous);
    }
    if !entry.context.is_empty() {
        keyword(out, start, "msgctxt", &entry.context);
    }
    keyword(out, start, "msgid", &entry.id);
    keyword(out, start, "msgstr", &entry.text);
}

/// A text of several lines begins with an empty string, so that its lines stand below each other.
fn keyword(out: &mut String, start: &str, name: &str, text: &str) {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    if lines.len() < 2 {
        out.push_str(&format!("{start}{name} \"{}\"\n", escaped(text)));
        return;
    }
    out.push_str(&format!("{start}{name} \"\"\n"));
    for line in lines {
        out.push_str(&format!("{start}\"{}\"\n", escaped(line)));
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c => out.push(c),
        }
    }
    out
}
