//! CSV: a list of rows, each a mapping from the header's names.

use super::{Entry, Node, Parsed, SyntaxError, Value};
use crate::diag::{FileId, Span};

/// Reads `text`, whose first record names the columns. Rows may be shorter than the header.
pub fn parse_csv(text: &str, file: FileId) -> Result<Parsed, SyntaxError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let fail = |error: &csv::Error| {
        let at = error.position().map_or(0, |position| position.byte() as usize);
        SyntaxError { message: error.to_string(), span: Span::new(file, at..at), hint: None }
    };
    let header = reader.headers().map_err(|error| fail(&error))?.clone();
    let mut rows = vec![];
    for record in reader.records() {
        let record = record.map_err(|error| fail(&error))?;
        let at = record.position().map_or(0, |position| position.byte() as usize);
        let span = Span::new(file, at..at);
        let cell = |text: &str| Node::new(Value::Text(text.to_owned()), span);
        let entries = header.iter().zip(record.iter());
        let entries = entries.map(|(key, value)| Entry { key: key.to_owned(), key_span: span, node: cell(value) });
        rows.push(Node::new(Value::Map(entries.collect()), span));
    }
    Ok(Parsed { node: Node::new(Value::List(rows), Span::new(file, 0..text.len())), duplicates: vec![], lenient: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_mappings() {
        let parsed = parse_csv("name,org\nAda,\"One, Two\"\n", FileId(0)).expect("valid CSV");
        let Value::List(rows) = parsed.node.value else { panic!("a list") };
        assert_eq!(rows[0].get("org").and_then(Node::as_str), Some("One, Two"));
    }
}
