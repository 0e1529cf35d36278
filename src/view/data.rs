//! Data files for templates: `data/speakers/2025.yaml` is `site.data.speakers["2025"]`.

use crate::data::{Parsed, SyntaxError, parse_csv, parse_toml, parse_yaml};
use crate::diag::{Code, Diagnostic, FileId, Sink};
use crate::source::{Role, SourceSet};
use tera::value::Key;
use tera::{Map, Value};

/// Every data file by its folders and name.
pub fn data_value(sources: &SourceSet, sink: &mut Sink) -> Value {
    let mut root = Map::default();
    for (id, file) in sources.of(Role::Data) {
        let Some((path, extension)) = file.place.rsplit_once('.') else { continue };
        match parse(extension, file.text(), id) {
            Some(Ok(parsed)) => {
                let parts: Vec<&str> = path.split('/').collect();
                insert(&mut root, &parts, parsed.node.to_template());
            }
            Some(Err(error)) => {
                let message = format!("the data file cannot be read: {}", error.message);
                sink.push(Diagnostic::new(Code::DataSyntax, error.span, message).maybe_hint(error.hint));
            }
            None => {}
        }
    }
    Value::from(root)
}

fn parse(extension: &str, text: &str, file: FileId) -> Option<Result<Parsed, SyntaxError>> {
    Some(match extension {
        "yaml" | "yml" | "json" => parse_yaml(text, file, 0),
        "toml" => parse_toml(text, file, 0),
        "csv" => parse_csv(text, file),
        _ => return None,
    })
}

/// A file beside a folder of the same name adds to it, as in Hugo.
fn insert(map: &mut Map, parts: &[&str], value: Value) {
    let Some((first, rest)) = parts.split_first() else { return };
    let key = Key::from((*first).to_owned());
    let mut below = map.get(&key).and_then(|old| old.clone().into_map()).unwrap_or_default();
    if rest.is_empty() {
        match value.clone().into_map() {
            Some(entries) if !below.is_empty() => {
                below.extend(entries);
                map.insert(key, Value::from(below));
            }
            _ => {
                map.insert(key, value);
            }
        }
        return;
    }
    insert(&mut below, rest, value);
    map.insert(key, Value::from(below));
}
