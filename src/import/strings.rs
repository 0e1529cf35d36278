//! UI strings: Hugo's three forms to Plenary's flat one.
//!
//! In: `i18n/<lang>.toml`, `.yaml` or `.json`. Out: the YAML of flat keys; a text, or a mapping of
//! plural forms. Placeholders `{{ .Count }}` become `{count}`.

use super::config::{parse, unreadable};
use super::sources::Sources;
use crate::data::{Node, Value};
use crate::diag::{Code, Diagnostic, FileId, Place, Sink, Span};
use serde_yaml::{Mapping, Value as Yaml};

/// CLDR's plural categories, in the order in which people list them.
const FORMS: &[&str] = &["zero", "one", "two", "few", "many", "other"];
/// What a message may hold beside its forms.
const NOTES: &[&str] = &["id", "description", "hash", "leftdelim", "rightdelim", "translation"];

/// The strings of one file.
pub(super) fn strings(file: FileId, sources: &Sources, sink: &mut Sink) -> Mapping {
    let mut out = Mapping::new();
    match parse(sources.path(file), sources.text(file), file) {
        Ok(parsed) => collect("", &parsed.node, &mut out, sink),
        Err(error) => sink.push(unreadable(error)),
    }
    out
}

fn collect(prefix: &str, node: &Node, out: &mut Mapping, sink: &mut Sink) {
    match &node.value {
        Value::List(items) => {
            for item in items {
                message_of_list(item, out, sink);
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                let key = if prefix.is_empty() { entry.key.clone() } else { format!("{prefix}.{}", entry.key) };
                match message(&entry.node, sink) {
                    Some(message) => drop(out.insert(Yaml::from(key), message)),
                    None => collect(&key, &entry.node, out, sink),
                }
            }
        }
        _ => {}
    }
}

/// `- id: x` with `translation: …`, a text or a mapping of forms.
fn message_of_list(item: &Node, out: &mut Mapping, sink: &mut Sink) {
    let id = item.get("id").and_then(Node::to_text);
    let translation = message(item.get("translation").unwrap_or(item), sink);
    match (id, translation) {
        (Some(id), Some(translation)) => drop(out.insert(Yaml::from(id), translation)),
        _ => sink.push(Diagnostic::new(
            Code::ImportCounterpart,
            item.span,
            "this string was left out, as it has no `id` or no `translation`",
        )),
    }
}

/// The message that a value stands for; none if it is a group of messages.
fn message(node: &Node, sink: &mut Sink) -> Option<Yaml> {
    if let Some(text) = node.to_text() {
        return Some(Yaml::from(placeholders(&text, node.span, sink)));
    }
    let known = |key: &str| FORMS.contains(&key) || NOTES.contains(&key);
    let entries = node.entries();
    let is_message = entries.iter().all(|entry| known(&entry.key.to_lowercase()) && entry.node.to_text().is_some());
    if !is_message || entries.is_empty() {
        return None;
    }
    let mut forms = Mapping::new();
    for form in FORMS {
        let entry = entries.iter().find(|entry| entry.key.eq_ignore_ascii_case(form));
        if let Some((entry, text)) = entry.and_then(|entry| Some((entry, entry.node.to_text()?))) {
            forms.insert(Yaml::from(*form), Yaml::from(placeholders(&text, entry.node.span, sink)));
        }
    }
    let only_other = forms.len() == 1 && forms.contains_key("other");
    if only_other { forms.shift_remove("other") } else { (!forms.is_empty()).then_some(Yaml::Mapping(forms)) }
}

/// Go's placeholders as Plenary's. Other template code stays as it is and is told.
fn placeholders(text: &str, span: Span, sink: &mut Sink) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        let Some(end) = rest[start..].find("}}").map(|end| start + end) else { break };
        out.push_str(&rest[..start]);
        let code = rest[start + 2..end].trim_matches('-').trim();
        if let Some(name) = name(code) {
            out.extend(["{", &name, "}"]);
        } else {
            out.push_str(&rest[start..end + 2]);
            let message = format!("`{{{{ {code} }}}}` is Go template code, which does not run here");
            sink.push(
                Diagnostic::new(Code::ImportCounterpart, span, message)
                    .hint("write the text with placeholders such as `{count}` or `{name}`"),
            );
        }
        rest = &rest[end + 2..];
    }
    out.push_str(rest);
    out
}

/// `.` and `.Count` are the count; `.ReadingTime` is `reading_time`.
fn name(code: &str) -> Option<String> {
    let field = code.strip_prefix('.')?;
    if field.is_empty() {
        return Some("count".to_owned());
    }
    if !field.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return None;
    }
    let mut name = String::new();
    let mut lower_before = false;
    for c in field.chars() {
        if c.is_ascii_uppercase() && lower_before {
            name.push('_');
        }
        lower_before = c.is_ascii_lowercase();
        name.push(c.to_ascii_lowercase());
    }
    Some(name)
}
