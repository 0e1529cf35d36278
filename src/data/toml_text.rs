//! TOML.

use super::{Entry, Node, Parsed, SyntaxError, Value};
use crate::diag::{FileId, Span};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads `text`, which stands at byte `base` of `file`. TOML itself forbids a key twice.
pub fn parse_toml(text: &str, file: FileId, base: usize) -> Result<Parsed, SyntaxError> {
    let place = Place { file, base };
    let table = DeTable::parse(text).map_err(|error| SyntaxError {
        message: error.message().to_owned(),
        span: place.span(error.span().unwrap_or(0..0)),
        hint: Some("write each setting as `key = value`, and texts in quotes".into()),
    })?;
    let span = place.span(table.span());
    let node = Node::new(Value::Map(place.entries(table.get_ref())), span);
    Ok(Parsed { node, duplicates: vec![], lenient: None })
}

struct Place {
    file: FileId,
    base: usize,
}

impl Place {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start..self.base + range.end)
    }

    fn entries(&self, table: &DeTable<'_>) -> Vec<Entry> {
        table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                key_span: self.span(key.span()),
                node: self.node(value),
            })
            .collect()
    }

    fn node(&self, value: &Spanned<DeValue<'_>>) -> Node {
        let kind = match value.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or_else(|_| Value::Text(number.as_str().to_owned()), Value::Integer),
            DeValue::Float(number) => {
                number.as_str().parse().map_or_else(|_| Value::Text(number.as_str().to_owned()), Value::Float)
            }
            DeValue::Boolean(flag) => Value::Bool(*flag),
            DeValue::Datetime(date) => Value::Text(date.to_string()),
            DeValue::Array(items) => Value::List(items.iter().map(|item| self.node(item)).collect()),
            DeValue::Table(table) => Value::Map(self.entries(table)),
        };
        Node::new(kind, self.span(value.span()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_their_places() {
        let text = "title = \"A\"\ndate = 2025-01-02\n[menu.main]\nweight = 10\n";
        let parsed = parse_toml(text, FileId(0), 0).expect("valid TOML");
        assert_eq!(parsed.node.get("date").and_then(Node::as_str), Some("2025-01-02"));
        let weight = parsed.node.get("menu").and_then(|n| n.get("main")).and_then(|n| n.get("weight"));
        assert_eq!(weight.map(|n| &text[n.span.range()]), Some("10"));
    }

    #[test]
    fn an_error_has_its_place() {
        let error = parse_toml("a = 1\nb = = 2\n", FileId(0), 10).expect_err("invalid");
        assert!(error.span.start >= 16, "{error:?}");
    }
}
