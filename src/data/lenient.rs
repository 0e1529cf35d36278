//! YAML as libyaml reads it, for texts that YAML 1.2 forbids.
//!
//! Hugo's reader takes continuation lines of a quoted text without indentation; sites that were
//! published for years have them. Only the places of the topmost keys are known here.

use super::{Entry, Node, Parsed, SyntaxError, Value};
use crate::diag::{FileId, Span};
use serde_yaml::Value as Yaml;

/// Reads the text leniently; if that fails too, the strict reader's error stands.
pub(super) fn parse(text: &str, file: FileId, base: usize, error: SyntaxError) -> Result<Parsed, SyntaxError> {
    match serde_yaml::from_str::<Yaml>(text) {
        Ok(Yaml::Mapping(map)) => {
            let mut entries = vec![];
            for (key, value) in &map {
                let Some(key) = key.as_str() else { continue };
                let at = base + line_of(text, key);
                let key_span = Span::new(file, at..at + key.len());
                entries.push(Entry { key: key.to_owned(), key_span, node: node(value, key_span) });
            }
            let span = Span::new(file, base..base + text.len());
            Ok(Parsed { node: Node::new(Value::Map(entries), span), duplicates: vec![], lenient: Some(error) })
        }
        _ => Err(error),
    }
}

/// Where the line `key:` begins.
fn line_of(text: &str, key: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':')) {
            return at;
        }
        at += line.len();
    }
    0
}

fn node(value: &Yaml, span: Span) -> Node {
    let value = match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(flag) => Value::Bool(*flag),
        Yaml::Number(number) => {
            number.as_i64().map(Value::Integer).or_else(|| number.as_f64().map(Value::Float)).unwrap_or(Value::Null)
        }
        Yaml::String(text) => Value::Text(text.clone()),
        Yaml::Sequence(items) => Value::List(items.iter().map(|item| node(item, span)).collect()),
        Yaml::Mapping(map) => Value::Map(
            map.iter()
                .filter_map(|(key, value)| {
                    Some(Entry { key: key.as_str()?.to_owned(), key_span: span, node: node(value, span) })
                })
                .collect(),
        ),
        Yaml::Tagged(tagged) => return node(&tagged.value, span),
    };
    Node::new(value, span)
}

#[cfg(test)]
mod tests {
    use super::super::parse_yaml;
    use super::*;

    #[test]
    fn continuation_lines_without_indentation_are_read_and_told() {
        let text = "title: A\ndescription: \"one\ntwo\"\nweight: 3\n";
        let parsed = parse_yaml(text, FileId(0), 0).expect("libyaml reads it");
        assert_eq!(parsed.node.get("description").and_then(Node::as_str), Some("one two"));
        assert_eq!(parsed.node.get("weight").map(|node| &text[node.span.range()]), Some("weight"));
        assert!(parsed.lenient.is_some());
    }
}
