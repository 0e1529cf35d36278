//! Configuration values: reading them as Hugo does, without regard to case, and writing them as YAML.
//!
//! In: [`Node`]s. Out: [`Node`]s, texts and YAML values. No setting is known here.

use crate::data::{Entry, Node, Value};
use crate::diag::{FileId, Span};
use serde_yaml::{Mapping, Value as Yaml};

/// The value of a key, whatever its case.
pub(super) fn get<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    node.entries().iter().find(|entry| entry.key.eq_ignore_ascii_case(key)).map(|entry| &entry.node)
}

/// The value at a path such as `markup.goldmark.renderer.unsafe`.
pub(super) fn at<'a>(node: &'a Node, path: &str) -> Option<&'a Node> {
    path.split('.').try_fold(node, |node, key| get(node, key))
}

/// The text at a path, if it is not empty.
pub(super) fn text_at(node: &Node, path: &str) -> Option<String> {
    at(node, path).and_then(Node::to_text).filter(|text| !text.trim().is_empty())
}

/// The flag at a path; the texts `true` and `false` count.
pub(super) fn flag_at(node: &Node, path: &str) -> Option<bool> {
    match &at(node, path)?.value {
        Value::Bool(flag) => Some(*flag),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    }
}

/// The whole number at a path.
pub(super) fn integer_at(node: &Node, path: &str) -> Option<i64> {
    match &at(node, path)?.value {
        Value::Integer(number) => Some(*number),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A list of texts; a single text is a list of one.
pub(super) fn texts(node: &Node) -> Vec<String> {
    match &node.value {
        Value::List(items) => items.iter().filter_map(Node::to_text).collect(),
        _ => node.to_text().into_iter().collect(),
    }
}

/// Lays `over` on `base`: mappings key by key, everything else replaced.
pub(super) fn merge(base: &mut Node, over: Node) {
    match (&mut base.value, over.value) {
        (Value::Map(entries), Value::Map(new)) => {
            for entry in new {
                match entries.iter_mut().find(|old| old.key.eq_ignore_ascii_case(&entry.key)) {
                    Some(old) => merge(&mut old.node, entry.node),
                    None => entries.push(entry),
                }
            }
        }
        (_, value) => *base = Node::new(value, over.span),
    }
}

/// `node` under the keys of `path`.
pub(super) fn nest(path: &[&str], node: Node) -> Node {
    path.iter().rev().fold(node, |node, key| {
        let span = node.span;
        Node::new(Value::Map(vec![Entry { key: (*key).to_owned(), key_span: span, node }]), span)
    })
}

/// An empty mapping of no place.
pub(super) fn empty() -> Node {
    Node::new(Value::Map(vec![]), Span::file(FileId(0)))
}

/// Whether a setting says nothing: `false`, zero, or nothing at all.
pub(super) fn is_trivial(node: &Node) -> bool {
    match &node.value {
        Value::Null | Value::Bool(false) | Value::Integer(0) => true,
        Value::Text(text) => text.is_empty() || text == "false",
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.iter().all(|entry| is_trivial(&entry.node)),
        Value::Bool(true) | Value::Integer(_) | Value::Float(_) => false,
    }
}

/// The same value in YAML.
pub(super) fn yaml(node: &Node) -> Yaml {
    match &node.value {
        Value::Null => Yaml::Null,
        Value::Bool(flag) => Yaml::Bool(*flag),
        Value::Integer(number) => Yaml::from(*number),
        Value::Float(number) => Yaml::from(*number),
        Value::Text(text) => Yaml::from(text.as_str()),
        Value::List(items) => Yaml::Sequence(items.iter().map(yaml).collect()),
        Value::Map(entries) => Yaml::Mapping(
            entries.iter().map(|entry| (Yaml::from(entry.key.as_str()), yaml(&entry.node))).collect::<Mapping>(),
        ),
    }
}

/// Puts a value into a mapping, if there is one.
pub(super) fn put(map: &mut Mapping, key: &str, value: Option<impl Into<Yaml>>) {
    if let Some(value) = value {
        map.insert(Yaml::from(key), value.into());
    }
}

/// Puts a mapping into a mapping, if it holds anything.
pub(super) fn put_map(map: &mut Mapping, key: &str, value: Mapping) {
    if !value.is_empty() {
        map.insert(Yaml::from(key), Yaml::Mapping(value));
    }
}
