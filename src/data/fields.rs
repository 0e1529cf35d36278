//! Typed reading of a mapping: each key is asked for once, what is of the wrong kind or left over is told.

use super::{Entry, Node, Value};
use crate::diag::{Code, Diagnostic, Sink, Span, did_you_mean};

/// A mapping being read. Keys match without regard to case, as Hugo's do, and a key in
/// another case than the documented one gets a warning that names the right one.
pub struct Fields<'a> {
    entries: &'a [Entry],
    span: Span,
    used: Vec<bool>,
    known: Vec<&'static str>,
    wrong: Code,
    unknown: Code,
    sink: &'a mut Sink,
}

impl<'a> Fields<'a> {
    /// Reads the entries of `node`; `wrong` and `unknown` are the codes for what does not fit.
    pub fn new(node: &'a Node, wrong: Code, unknown: Code, sink: &'a mut Sink) -> Self {
        if !matches!(node.value, Value::Map(_) | Value::Null) {
            sink.push(Diagnostic::new(wrong, node.span, format!("a mapping belongs here, not {}", node.kind())));
        }
        let entries = node.entries();
        Self { entries, span: node.span, used: vec![false; entries.len()], known: vec![], wrong, unknown, sink }
    }

    /// The keys that were asked for so far.
    #[cfg(test)]
    pub(crate) fn known(&self) -> &[&'static str] {
        &self.known
    }

    /// Does the mapping have `key`, be it with a value that was of no use?
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }

    /// The findings, for messages about values that were taken.
    pub fn sink(&mut self) -> &mut Sink {
        self.sink
    }

    /// Tells that the mapping lacks something it cannot do without; `example` is what to write.
    pub fn lacks(&mut self, what: &str, example: &str) {
        let finding = Diagnostic::new(self.wrong, self.span, format!("{what} is missing here"));
        self.sink.push(finding.hint(format!("write `{example}`")));
    }

    /// The entry of `key`, marked as read.
    pub fn take(&mut self, key: &'static str) -> Option<&'a Entry> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        let entries = self.entries;
        let exact = entries.iter().position(|entry| entry.key == key);
        let found = exact.or_else(|| {
            let at = entries.iter().position(|entry| entry.key.eq_ignore_ascii_case(key))?;
            if !self.used[at] {
                let message = format!("the key `{}` is written `{key}`", entries[at].key);
                self.sink
                    .push(Diagnostic::new(self.unknown, entries[at].key_span, message).hint(format!("write `{key}`")));
            }
            Some(at)
        })?;
        self.used[found] = true;
        let entry = &entries[found];
        (entry.node.value != Value::Null).then_some(entry)
    }

    /// The value of `key`.
    pub fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.take(key).map(|entry| &entry.node)
    }

    /// A text; a number or boolean counts as one, as titles such as `2024` are common.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        let node = self.node(key)?;
        let text = node.to_text();
        if text.is_none() {
            self.mismatch(key, node, "a text", Some(first_text(node)));
        }
        text
    }

    /// A text with its place.
    pub fn text_at(&mut self, key: &'static str) -> Option<(String, Span)> {
        let span = self.node(key)?.span;
        Some((self.text(key)?, span))
    }

    /// True or false; the texts `true` and `false` count as well.
    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        let node = self.node(key)?;
        match &node.value {
            Value::Bool(flag) => Some(*flag),
            Value::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Value::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => {
                self.mismatch(key, node, "true or false", Some("true".into()));
                None
            }
        }
    }

    /// A whole number; a text of digits counts as well.
    pub fn integer(&mut self, key: &'static str) -> Option<i64> {
        let node = self.node(key)?;
        let number = match &node.value {
            Value::Integer(number) => Some(*number),
            Value::Text(text) => text.trim().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.mismatch(key, node, "a whole number", Some("10".into()));
        }
        number
    }

    /// A list of texts with their places; a single text counts as a list of one.
    pub fn texts(&mut self, key: &'static str) -> Option<Vec<(String, Span)>> {
        let node = self.node(key)?;
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut texts = vec![];
        for item in items {
            match item.to_text() {
                Some(text) => texts.push((text, item.span)),
                None if item.value == Value::Null => {}
                None => self.mismatch(key, item, "a text", Some("[one, two]".into())),
            }
        }
        Some(texts)
    }

    fn mismatch(&mut self, key: &str, node: &Node, wanted: &str, example: Option<String>) {
        let message = format!("`{key}` is {}, but {wanted} belongs here", node.kind());
        let hint = example.map(|example| format!("write for example `{key}: {example}`"));
        self.sink.push(Diagnostic::new(self.wrong, node.span, message).maybe_hint(hint));
    }

    /// What nobody asked for, in order.
    pub fn rest(&self) -> Vec<&'a Entry> {
        let unused = self.entries.iter().zip(&self.used).filter(|(_, used)| !**used);
        unused.map(|(entry, _)| entry).collect()
    }

    /// Ends the reading: every key that nobody asked for is told, with the nearest known one.
    pub fn deny_rest(self) {
        for entry in self.rest() {
            let message = format!("unknown setting `{}`", entry.key);
            let hint = did_you_mean(&entry.key, self.known.iter().copied());
            let hint = hint.unwrap_or_else(|| format!("known here: {}", self.known.join(", ")));
            self.sink.push(Diagnostic::new(self.unknown, entry.key_span, message).hint(hint));
        }
    }

    /// Ends the reading: what is left over is free to use, but a likely slip of a known key is told.
    pub fn warn_slips(self) -> Vec<&'a Entry> {
        let rest = self.rest();
        for entry in &rest {
            if let Some(hint) = did_you_mean(&entry.key, self.known.iter().copied()) {
                let message = format!("unknown key `{}`", entry.key);
                self.sink.push(Diagnostic::new(self.unknown, entry.key_span, message).hint(hint));
            }
        }
        rest
    }
}

/// The first text of a list that stands where a text belongs, in quotes.
fn first_text(node: &Node) -> String {
    let text = match &node.value {
        Value::List(items) => items.iter().find_map(Node::to_text),
        _ => None,
    };
    format!("\"{}\"", text.as_deref().unwrap_or("…"))
}
