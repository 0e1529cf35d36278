//! The tree.

use crate::diag::{FileId, Span};

/// A value and the place it was written at.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it stands.
    pub span: Span,
}

/// A key of a mapping with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key's text.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// What it maps to.
    pub node: Node,
}

/// The kinds of values that all four formats share.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// A text; TOML's dates come as text too.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping in the order of its text, each key once.
    Map(Vec<Entry>),
}

impl Default for Node {
    fn default() -> Self {
        Self { value: Value::Map(vec![]), span: Span::file(FileId(0)) }
    }
}

impl Node {
    /// A value at a place.
    pub fn new(value: Value, span: Span) -> Self {
        Self { value, span }
    }

    /// The entry of `key`, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    /// The entries, none if this is no mapping.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The text, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Scalars as text, the way they were meant: numbers and booleans in their usual form.
    pub fn to_text(&self) -> Option<String> {
        match &self.value {
            Value::Text(text) => Some(text.clone()),
            Value::Integer(number) => Some(number.to_string()),
            Value::Float(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// The word for the kind of value in messages.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Integer(_) | Value::Float(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }

    /// The value for templates. Mappings keep no spans there.
    pub fn to_template(&self) -> tera::Value {
        match &self.value {
            Value::Null => tera::Value::none(),
            Value::Bool(flag) => tera::Value::from(*flag),
            Value::Integer(number) => tera::Value::from(*number),
            Value::Float(number) => tera::Value::from(*number),
            Value::Text(text) => tera::Value::normal_string(text),
            Value::List(items) => tera::Value::from(items.iter().map(Node::to_template).collect::<Vec<_>>()),
            Value::Map(entries) => {
                let pairs =
                    entries.iter().map(|entry| (tera::value::Key::from(entry.key.clone()), entry.node.to_template()));
                tera::Value::from(pairs.collect::<tera::Map>())
            }
        }
    }
}
