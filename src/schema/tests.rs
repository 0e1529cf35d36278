//! The schemas know the keys that the readers know, no fewer and no more.

use super::*;
use crate::config;
use crate::diag::{FileId, Sink};
use crate::document::front_matter_keys;
use std::collections::BTreeSet;

/// What a key's name may be where any name goes.
const ANY: &str = "en";
/// A key that no reader knows, and that resembles none.
const UNKNOWN: &str = "zzzzzzzzzzzz";

/// Follows a reference into the definitions.
fn resolved<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    match schema["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/$defs/")) {
        Some(name) => &root["$defs"][name],
        None => schema,
    }
}

/// Every closed mapping with the YAML that leads to it: `%` stands for its entries.
fn mappings(root: &Value, schema: &Value, around: &str, depth: usize, found: &mut Vec<(String, BTreeSet<String>)>) {
    let schema = resolved(root, schema);
    if depth > 8 {
        return;
    }
    for branch in schema["anyOf"].as_array().into_iter().flatten() {
        mappings(root, branch, around, depth + 1, found);
    }
    if schema["items"].is_object() {
        mappings(root, &schema["items"], &around.replace('%', "[%]"), depth + 1, found);
    }
    let closed = schema["additionalProperties"] == json!(false);
    if schema["additionalProperties"].is_object() {
        let below = around.replace('%', &format!("{{{ANY}: %}}"));
        mappings(root, &schema["additionalProperties"], &below, depth + 1, found);
    }
    let Some(properties) = schema["properties"].as_object() else { return };
    if closed {
        found.push((around.replace('%', "{%}"), properties.keys().cloned().collect()));
    }
    for (key, property) in properties {
        mappings(root, property, &around.replace('%', &format!("{{{key}: %}}")), depth + 1, found);
    }
}

/// The keys that a reader names when it meets one that it does not know.
fn known(read: &dyn Fn(&str, &mut Sink), text: &str) -> BTreeSet<String> {
    let mut sink = Sink::new();
    read(text, &mut sink);
    let hints = sink.as_slice().iter().filter(|found| found.message.contains(UNKNOWN)).flat_map(|found| &found.hints);
    let lists = hints.filter_map(|hint| hint.strip_prefix("known here: "));
    lists.flat_map(|list| list.split(", ").map(str::to_owned)).collect()
}

fn check(subject: Subject, read: &dyn Fn(&str, &mut Sink), least: usize) {
    let root = schema(subject, None);
    let mut found = vec![];
    mappings(&root, &root, "%", 0, &mut found);
    // A menu's entries have menus below them: once is enough.
    found.dedup_by(|a, b| a.0.contains("children: [{children") && b.0.contains("children"));
    assert!(found.len() >= least, "{} mappings", found.len());
    for (around, keys) in found {
        let around = around.replace(&format!("rules: {{{ANY}:"), "rules: {dead-link:");
        let text = around.replace('%', &format!("{UNKNOWN}: 1"));
        assert_eq!(known(read, &text), keys, "{text}");
    }
}

#[test]
fn the_schema_of_site_yaml_has_its_keys() {
    check(Subject::Site, &|text, sink| drop(config::parse(text, FileId(0), sink)), 12);
}

#[test]
fn the_schema_of_terms_has_its_keys() {
    check(Subject::Terms, &|text, sink| drop(crate::prose::parse_terms(text, FileId(0), sink)), 1);
}

/// Keys that the theme reads and the program keeps as they are.
const OF_THE_THEME: [&str; 11] = [
    "version",
    "status",
    "group",
    "host",
    "notetaker",
    "attendees",
    "recordings",
    "slides",
    "cancelled",
    "reason",
    "projects",
];

#[test]
fn the_schema_of_front_matter_has_its_keys() {
    let schema = schema(Subject::FrontMatter, None);
    let described: BTreeSet<String> =
        schema["properties"].as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect();
    let read = front_matter_keys(&["tags".into(), "categories".into()]);
    let expected: BTreeSet<String> = read.into_iter().chain(OF_THE_THEME).map(str::to_owned).collect();
    assert_eq!(described, expected);
}
