//! From the text of a PO file to a catalogue.

use super::{Catalogue, Entry};
use indexmap::IndexMap;
use std::ops::Range;

/// What is wrong in a PO file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What.
    pub message: String,
    /// Where.
    pub place: Range<usize>,
    /// The mend.
    pub hint: &'static str,
}

/// Which text the next line in quotes goes on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Previous,
    PreviousContext,
    Context,
    Id,
    Text,
    /// Plural forms, which no page has.
    Other,
}

#[derive(Default)]
struct Reader {
    catalogue: Catalogue,
    problems: Vec<Problem>,
    entry: Entry,
    part: Option<Part>,
    has_id: bool,
    has_text: bool,
    id_line: Range<usize>,
}

/// Reads a file. What cannot be read is told and left out, the rest counts.
pub fn parse(text: &str) -> (Catalogue, Vec<Problem>) {
    let mut reader = Reader::default();
    let mut at = 0;
    for raw in text.split_inclusive('\n') {
        let line = raw.trim_start_matches('\u{feff}').trim();
        let start = at + (raw.len() - raw.trim_start_matches('\u{feff}').trim_start().len());
        reader.line(line, start);
        at += raw.len();
    }
    reader.finish();
    reader.twice();
    (reader.catalogue, reader.problems)
}

impl Reader {
    fn problem(&mut self, message: impl Into<String>, place: Range<usize>, hint: &'static str) {
        self.problems.push(Problem { message: message.into(), place, hint });
    }

    fn line(&mut self, line: &str, start: usize) {
        match line.as_bytes() {
            [] => self.finish(),
            [b'#', b'~', ..] => {
                let rest = &line[2..];
                let inner = rest.trim_start().trim_start_matches('|').trim_start();
                let opens =
                    inner.starts_with("msgctxt") || inner.starts_with("msgid") && self.part != Some(Part::Context);
                if self.has_text && opens {
                    self.finish();
                }
                self.entry.obsolete = true;
                let sign = if rest.trim_start().starts_with('|') { Some(true) } else { None };
                self.keyword(inner, start + (line.len() - inner.len()), sign.unwrap_or(false));
            }
            [b'#', b'|', ..] => {
                self.comment();
                let inner = line[2..].trim_start();
                self.keyword(inner, start + (line.len() - inner.len()), true);
            }
            [b'#', ..] => {
                self.comment();
                self.note(line);
            }
            _ => self.keyword(line, start, false),
        }
    }

    /// A comment after a translation belongs to the next entry.
    fn comment(&mut self) {
        if self.has_text {
            self.finish();
        }
    }

    fn note(&mut self, line: &str) {
        let rest = |from: usize| line[from..].trim().to_owned();
        match line.as_bytes().get(1) {
            Some(b'.') => self.entry.notes.push(rest(2)),
            Some(b':') => self.entry.references.push(rest(2)),
            Some(b',') => self.entry.fuzzy |= line[2..].split(',').any(|flag| flag.trim() == "fuzzy"),
            _ => {}
        }
    }

    fn keyword(&mut self, line: &str, start: usize, previous: bool) {
        if line.starts_with('"') {
            return self.continued(line, start);
        }
        let length = line.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(line.len());
        let (name, rest) = line.split_at(length);
        let value = rest.trim_start();
        let value_start = start + (line.len() - value.len());
        let part = match (name, previous) {
            ("msgid", true) => Part::Previous,
            ("msgctxt", true) => Part::PreviousContext,
            ("msgctxt", false) => Part::Context,
            ("msgid", false) => Part::Id,
            ("msgstr", false) => Part::Text,
            (name, _) if name == "msgid_plural" || name.starts_with("msgstr[") => Part::Other,
            ("domain", false) => return,
            _ => {
                let message = format!("`{name}` is no keyword of a PO file");
                return self.problem(message, start..start + name.len().max(1), "write `msgctxt`, `msgid` or `msgstr`");
            }
        };
        if matches!(part, Part::Context) && self.has_text || matches!(part, Part::Id) && self.has_id {
            self.finish();
        }
        if part == Part::Other {
            self.problem(
                "texts of pages have no plural forms",
                start..start + name.len(),
                "write one `msgid` and one `msgstr`",
            );
        }
        self.part = Some(part);
        match part {
            Part::Id => {
                self.has_id = true;
                self.entry.id_place = start..start + line.len();
                self.id_line = start..start + line.len();
            }
            Part::Text => {
                self.has_text = true;
                self.entry.text_place = start..start + line.len();
            }
            Part::Previous => self.entry.previous = Some(String::new()),
            _ => {}
        }
        self.continued(value, value_start);
    }

    fn continued(&mut self, quoted: &str, start: usize) {
        let text = self.unquoted(quoted, start);
        let end = start + quoted.len();
        match self.part {
            Some(Part::Previous) => self.entry.previous.get_or_insert_default().push_str(&text),
            Some(Part::Context) => self.entry.context.push_str(&text),
            Some(Part::Id) => {
                self.entry.id.push_str(&text);
                self.entry.id_place.end = end;
            }
            Some(Part::Text) => {
                self.entry.text.push_str(&text);
                self.entry.text_place.end = end;
            }
            Some(Part::Other | Part::PreviousContext) => {}
            None => self.problem(
                "a text in quotes that belongs to no keyword",
                start..end,
                "write `msgid` or `msgstr` before it",
            ),
        }
    }

    /// The text between the quotes. Escapes are those of C.
    fn unquoted(&mut self, quoted: &str, start: usize) -> String {
        let hint = "put the text between two quotes, and `\\` before a quote inside";
        let Some(inner) = quoted.strip_prefix('"') else {
            self.problem("the text is not in quotes", start..start + quoted.len().max(1), hint);
            return String::new();
        };
        let mut out = String::new();
        let mut chars = inner.char_indices();
        while let Some((at, c)) = chars.next() {
            let place = start + 1 + at;
            match c {
                '"' => {
                    let rest = inner[at + 1..].trim();
                    if !rest.is_empty() {
                        self.problem(
                            "there is something behind the closing quote",
                            place + 1..start + quoted.len(),
                            hint,
                        );
                    }
                    return out;
                }
                '\\' => match chars.next().map(|(_, c)| c) {
                    Some('n') => out.push('\n'),
                    Some('t') => out.push('\t'),
                    Some('r') => out.push('\r'),
                    Some(c @ ('"' | '\\')) => out.push(c),
                    other => {
                        let shown = other.map(String::from).unwrap_or_default();
                        let hint = "write `\\n`, `\\t`, `\\\"` or `\\\\`";
                        self.problem(format!("`\\{shown}` is no escape"), place..place + 1 + shown.len(), hint);
                    }
                },
                c => out.push(c),
            }
        }
        self.problem("the closing quote is missing", start..start + quoted.len(), hint);
        out
    }

    /// Ends an entry.
    fn finish(&mut self) {
        let entry = std::mem::take(&mut self.entry);
        let (has_id, has_text) = (self.has_id, self.has_text);
        (self.part, self.has_id, self.has_text) = (None, false, false);
        if !has_id && !has_text {
            // Comments alone: the next entry's, or nobody's.
            return;
        }
        if !has_id || !has_text {
            let place = if has_id { entry.id_place.clone() } else { entry.text_place.clone() };
            let missing = if has_id { "msgstr" } else { "msgid" };
            return self.problem(
                format!("the entry has no `{missing}`"),
                place,
                "give each entry one `msgid` and one `msgstr`",
            );
        }
        if entry.id.is_empty() && entry.context.is_empty() && !entry.obsolete {
            self.catalogue.header_place = entry.text_place.clone();
            let fields = entry.text.lines().filter_map(|line| line.split_once(':'));
            self.catalogue.headers =
                fields.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect();
        } else {
            self.catalogue.entries.push(entry);
        }
    }

    fn twice(&mut self) {
        let mut seen: IndexMap<(String, String), ()> = IndexMap::new();
        let mut twice = vec![];
        for entry in self.catalogue.entries.iter().filter(|entry| !entry.obsolete) {
            if seen.insert((entry.context.clone(), entry.id.clone()), ()).is_some() {
                twice.push(entry.id_place.clone());
            }
        }
        for place in twice {
            self.problem("the message stands twice; the last one counts", place, "remove one of the two");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::write;
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let entry = Entry {
            notes: vec!["a paragraph".into()],
            references: vec!["content/en/a.md:3".into()],
            fuzzy: true,
            previous: Some("old \"text\"".into()),
            context: "a/b · paragraph".into(),
            id: "One\\\nTwo\t\"x\" \\d".into(),
            text: "Un\\\nDeux".into(),
            ..Entry::default()
        };
        let gone = Entry {
            obsolete: true,
            context: "c".into(),
            id: "Gone".into(),
            text: "Parti\nloin".into(),
            ..Entry::default()
        };
        let headers = vec![("Language".to_owned(), "fr".to_owned()), ("X-Key".to_owned(), "a: b".to_owned())];
        let text = write(&Catalogue {
            headers: headers.clone(),
            entries: vec![entry.clone(), gone.clone()],
            ..Catalogue::default()
        });
        let (read, problems) = parse(&text);
        assert_eq!(problems, []);
        assert_eq!(read.headers, headers);
        let bare = |entry: &Entry| Entry { id_place: 0..0, text_place: 0..0, ..entry.clone() };
        assert_eq!(read.entries.iter().map(bare).collect::<Vec<_>>(), [entry, gone]);
        assert_eq!(write(&read), text);
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        for (text, message, at) in [
            ("msgid \"a\\d\"\nmsgstr \"\"\n", "`\\d` is no escape", "\\d"),
            ("msgid \"a\nmsgstr \"\"\n", "the closing quote is missing", "\"a"),
            ("msgid \"a\" b\nmsgstr \"\"\n", "there is something behind the closing quote", " b"),
            ("msgid a\nmsgstr \"\"\n", "the text is not in quotes", "a"),
            ("msgid \"a\"\n\nmsgid \"b\"\nmsgstr \"\"\n", "the entry has no `msgstr`", "msgid \"a\""),
            ("mgid \"a\"\n", "`mgid` is no keyword of a PO file", "mgid"),
            ("\"a\"\n", "a text in quotes that belongs to no keyword", "\"a\""),
            (
                "msgid \"a\"\nmsgstr \"\"\n\nmsgid \"a\"\nmsgstr \"x\"\n",
                "the message stands twice; the last one counts",
                "msgid \"a\"",
            ),
        ] {
            let (_, problems) = parse(text);
            let shown: Vec<(&str, &str)> =
                problems.iter().map(|problem| (problem.message.as_str(), &text[problem.place.clone()])).collect();
            assert!(shown.contains(&(message, at)), "{shown:?} in {text}");
        }
    }
}
