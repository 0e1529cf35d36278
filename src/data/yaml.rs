//! YAML 1.2, and JSON, which is a part of it.

use super::{DuplicateKey, Entry, Node, Parsed, SyntaxError, Value};
use crate::diag::{FileId, Span};
use indexmap::IndexMap;
use saphyr_parser::{Event, Parser, ScalarStyle};

/// Nesting beyond this is not content but an attack or an accident.
const MAX_DEPTH: usize = 64;

/// Reads `text`, which stands at byte `base` of `file`.
///
/// Anchors and aliases are resolved; of several documents only the first is read. A text that only
/// lenient readers accept is read as they do, and says so in [`Parsed::lenient`].
pub fn parse_yaml(text: &str, file: FileId, base: usize) -> Result<Parsed, SyntaxError> {
    strict(text, file, base).or_else(|error| super::lenient::parse(text, file, base, error))
}

fn strict(text: &str, file: FileId, base: usize) -> Result<Parsed, SyntaxError> {
    let offsets = Offsets::new(text);
    let mut builder = Builder { file, base, offsets: &offsets, anchors: IndexMap::new(), duplicates: vec![] };
    let mut parser = Parser::new_from_str(text);
    let fail = |error: &saphyr_parser::ScanError| {
        let at = base + offsets.byte(error.marker().index());
        SyntaxError {
            message: error.info().to_owned(),
            span: Span::new(file, at..at + 1),
            hint: Some(hint(text, error.marker().line())),
        }
    };
    loop {
        match parser.next_event() {
            None | Some(Ok((Event::StreamEnd | Event::DocumentEnd, _))) => break,
            Some(Ok((Event::StreamStart | Event::DocumentStart(_), _))) => {}
            Some(Ok((event, span))) => {
                let node = builder.node(event, span, &mut parser, 0).map_err(|error| fail(&error))?;
                // The rest is read for its errors only.
                while let Some(next) = parser.next_event() {
                    if matches!(next.map_err(|error| fail(&error))?.0, Event::DocumentEnd | Event::StreamEnd) {
                        break;
                    }
                }
                return Ok(Parsed { node, duplicates: builder.duplicates, lenient: None });
            }
            Some(Err(error)) => return Err(fail(&error)),
        }
    }
    Ok(Parsed {
        node: Node { value: Value::Map(vec![]), span: Span::new(file, base..base) },
        duplicates: vec![],
        lenient: None,
    })
}

/// The two mistakes that people make most: a tab as indentation and an unquoted text with a colon.
fn hint(text: &str, line: usize) -> String {
    let near: Vec<&str> = text.lines().skip(line.saturating_sub(2)).take(2).collect();
    if near.iter().any(|line| line.starts_with('\t')) {
        return "indent with spaces, YAML knows no tabs".into();
    }
    let colon = near.iter().find_map(|line| {
        let (key, value) = line.split_once(": ")?;
        (value.contains(": ") && !value.starts_with(['"', '\''])).then_some((key.trim(), value))
    });
    match colon {
        Some((key, value)) => format!("put the text in quotes: `{key}: \"{}\"`", value.replace('"', "\\\"")),
        None => {
            "look for a quote or bracket that is not closed, and at the indentation, here and in the lines above".into()
        }
    }
}

/// From the parser's character indices to bytes.
enum Offsets {
    Ascii(usize),
    Table(Vec<u32>),
}

impl Offsets {
    fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self::Ascii(text.len());
        }
        Self::Table(text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect())
    }

    fn byte(&self, index: usize) -> usize {
        match self {
            Self::Ascii(len) => index.min(*len),
            Self::Table(table) => table.get(index).or(table.last()).map_or(0, |at| *at as usize),
        }
    }
}

struct Builder<'a> {
    file: FileId,
    base: usize,
    offsets: &'a Offsets,
    anchors: IndexMap<usize, Node>,
    duplicates: Vec<DuplicateKey>,
}

type Events<'a> = Parser<'a, saphyr_parser::StrInput<'a>>;

impl Builder<'_> {
    fn span(&self, span: saphyr_parser::Span) -> Span {
        let start = self.base + self.offsets.byte(span.start.index());
        let end = self.base + self.offsets.byte(span.end.index());
        Span::new(self.file, start..end.max(start))
    }

    fn node(
        &mut self,
        event: Event<'_>,
        span: saphyr_parser::Span,
        events: &mut Events<'_>,
        depth: usize,
    ) -> Result<Node, saphyr_parser::ScanError> {
        if depth > MAX_DEPTH {
            return Err(saphyr_parser::ScanError::new_str(span.start, "nested too deeply"));
        }
        let at = self.span(span);
        let (value, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                (if plain { scalar(&text) } else { Value::Text(text.into_owned()) }, anchor)
            }
            Event::SequenceStart(anchor, _) => {
                let mut items = vec![];
                loop {
                    match next(events, span)? {
                        (Event::SequenceEnd, _) => break,
                        (event, span) => items.push(self.node(event, span, events, depth + 1)?),
                    }
                }
                (Value::List(items), anchor)
            }
            Event::MappingStart(anchor, _) => (Value::Map(self.mapping(span, events, depth)?), anchor),
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor).map_or(Value::Null, |node| node.value.clone());
                return Ok(Node::new(value, at));
            }
            _ => (Value::Null, 0),
        };
        let node = Node::new(value, at);
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn mapping(
        &mut self,
        start: saphyr_parser::Span,
        events: &mut Events<'_>,
        depth: usize,
    ) -> Result<Vec<Entry>, saphyr_parser::ScanError> {
        let mut entries: Vec<Entry> = vec![];
        loop {
            let (event, span) = match next(events, start)? {
                (Event::MappingEnd, _) => return Ok(entries),
                event => event,
            };
            let key_span = self.span(span);
            let key = self.node(event, span, events, depth + 1)?.to_text().unwrap_or_default();
            let (event, span) = next(events, span)?;
            let node = self.node(event, span, events, depth + 1)?;
            if let Some(earlier) = entries.iter().position(|entry| entry.key == key) {
                let first = entries.remove(earlier);
                self.duplicates.push(DuplicateKey { key: key.clone(), span: key_span, first: first.key_span });
            }
            entries.push(Entry { key, key_span, node });
        }
    }
}

fn next<'a>(
    events: &mut Events<'a>,
    last: saphyr_parser::Span,
) -> Result<(Event<'a>, saphyr_parser::Span), saphyr_parser::ScanError> {
    events.next_event().unwrap_or_else(|| Err(saphyr_parser::ScanError::new_str(last.end, "the text ends too early")))
}

/// A plain scalar by YAML's core schema.
fn scalar(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let first = text.as_bytes()[0];
    if !(first.is_ascii_digit() || matches!(first, b'-' | b'+' | b'.')) {
        return Value::Text(text.to_owned());
    }
    if let Ok(number) = text.parse::<i64>() {
        return Value::Integer(number);
    }
    let float = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    match text.parse::<f64>() {
        Ok(number) if float && number.is_finite() => Value::Float(number),
        _ => Value::Text(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Parsed {
        parse_yaml(text, FileId(0), 0).expect("valid YAML")
    }

    #[test]
    fn every_key_and_value_knows_its_bytes() {
        let text = "title: 플랫폼\ntags: [a, b]\n";
        let parsed = parse(text);
        let at = |span: Span| &text[span.range()];
        let entries = parsed.node.entries();
        assert_eq!(at(entries[0].key_span), "title");
        assert_eq!(at(entries[0].node.span), "플랫폼");
        assert_eq!(at(entries[1].key_span), "tags");
    }

    #[test]
    fn duplicate_keys_are_told_and_the_last_counts() {
        let parsed = parse("a: 1\nb: 2\na: 3\n");
        assert_eq!(parsed.node.get("a").map(|n| &n.value), Some(&Value::Integer(3)));
        assert_eq!(parsed.duplicates.len(), 1);
        assert_eq!((parsed.duplicates[0].first.start, parsed.duplicates[0].span.start), (0, 10));
    }

    #[test]
    fn a_colon_in_a_title_gets_the_quoted_form_as_hint() {
        let error = parse_yaml("title: Platforms: a view\n", FileId(0), 4).expect_err("invalid");
        assert_eq!(error.hint.as_deref(), Some("put the text in quotes: `title: \"Platforms: a view\"`"));
        assert!(error.span.start >= 4);
    }

    #[test]
    fn scalars_follow_the_core_schema() {
        for (text, value) in [
            ("a: yes", Value::Text("yes".into())),
            ("a: 2025-01-02", Value::Text("2025-01-02".into())),
            ("a: 1.5", Value::Float(1.5)),
            ("a: '1'", Value::Text("1".into())),
            ("a:", Value::Null),
            ("a: 1.2.3", Value::Text("1.2.3".into())),
        ] {
            assert_eq!(parse(text).node.get("a").map(|n| &n.value), Some(&value), "{text}");
        }
    }

    #[test]
    fn json_is_read_by_the_same_reader() {
        let parsed = parse(r#"{"title": "A", "weight": 3, "tags": ["x"]}"#);
        assert_eq!(parsed.node.get("weight").map(|n| &n.value), Some(&Value::Integer(3)));
    }
}
