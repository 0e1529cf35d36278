//! The line of front matter that the tool keeps.

use super::Digest;
use crate::data::{Entry, Node, Value};
use crate::diag::{FileId, Sink};
use crate::document::read_front_matter;

const KEY: &str = "source_digest";
/// The front matter values of a translation that are still the source's text.
const UNTRANSLATED: &str = "untranslated";

/// A file's text with its `source_digest` set to this one. Nothing else of it changes.
pub fn with_digest(text: &str, digest: &Digest) -> String {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let first = text.lines().next().unwrap_or_default().trim_end().trim_start_matches('\u{feff}');
    match first {
        "+++" => set(text, KEY, "+++", Some(&format!("{KEY} = \"{digest}\"")), newline),
        "---" => set(text, KEY, "---", Some(&format!("{KEY}: \"{digest}\"")), newline),
        line if line.starts_with('{') && !line.starts_with("{{") => {
            let rest = without_json_entry(text);
            let at = rest.find('{').map_or(0, |at| at + 1);
            let after = rest[at..].strip_prefix(newline).unwrap_or(&rest[at..]);
            format!("{}{newline}  \"{KEY}\": \"{digest}\",{newline}{after}", &rest[..at])
        }
        _ => format!("---{newline}{KEY}: \"{digest}\"{newline}---{newline}{text}"),
    }
}

/// A file's text with the list of its front matter values that are still the source's; nothing else
/// changes. JSON front matter keeps none.
pub fn with_untranslated(text: &str, keys: &[String]) -> String {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let list = serde_json::Value::from(keys).to_string();
    let line = |sign: &str| (!keys.is_empty()).then(|| format!("{UNTRANSLATED}{sign}{list}"));
    match text.lines().next().unwrap_or_default().trim_end().trim_start_matches('\u{feff}') {
        "+++" => set(text, UNTRANSLATED, "+++", line(" = ").as_deref(), newline),
        "---" => set(text, UNTRANSLATED, "---", line(": ").as_deref(), newline),
        _ => text.to_owned(),
    }
}

/// What [`with_untranslated`] wrote.
pub fn untranslated_keys(extra: &[Entry]) -> Vec<String> {
    let entry = extra.iter().find(|entry| entry.key == UNTRANSLATED);
    match entry.map(|entry| &entry.node.value) {
        Some(Value::List(items)) => items.iter().filter_map(Node::to_text).collect(),
        Some(Value::Text(key)) => vec![key.clone()],
        _ => vec![],
    }
}

/// Replaces the line of the key, or adds it: in YAML before the closing fence, in TOML, where later
/// lines belong to tables, after the opening one.
/// Without a line the key goes.
fn set(text: &str, key: &str, fence: &str, line: Option<&str>, newline: &str) -> String {
    let line = line.map(|line| format!("{line}{newline}")).unwrap_or_default();
    let mut out = String::with_capacity(text.len() + line.len());
    let (mut fences, mut done) = (0, false);
    for raw in text.split_inclusive('\n') {
        let is_fence = fences < 2 && raw.trim_end().trim_start_matches('\u{feff}') == fence;
        if is_fence && fences == 1 && !done && fence == "---" {
            out.push_str(&line);
            done = true;
        }
        let is_key = fences == 1 && raw.starts_with(key) && raw[key.len()..].trim_start().starts_with([':', '=']);
        if is_key {
            if !done {
                out.push_str(&line);
                done = true;
            }
        } else {
            out.push_str(raw);
        }
        if is_fence {
            fences += 1;
            if fences == 1 && fence == "+++" && !text.contains(&format!("\n{key}")) {
                out.push_str(&line);
                done = true;
            }
        }
    }
    out
}

/// Cuts out the entry alone: what stands behind it on its line is the author's.
fn without_json_entry(text: &str) -> String {
    let (_, body) = read_front_matter(text, FileId(0), &[], &mut Sink::new());
    let Some(at) = text[..body].find(&format!("\"{KEY}\"")) else { return text.to_owned() };
    let end = text[at..body].find(':').and_then(|colon| {
        let value = at + colon + 1;
        let open = value + text[value..body].find('"')? + 1;
        Some(open + text[open..body].find('"')? + 1)
    });
    let Some(end) = end else { return text.to_owned() };
    let end = end + usize::from(text[end..].starts_with(','));
    format!("{}{}", text[..at].trim_end(), &text[end..])
}

/// The text to begin a translation with: the source's, with the digest of what it was made from.
pub fn prepared(source: &str, digest: &Digest) -> String {
    with_digest(source, digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let digest = Digest::parse("1 abcdefg").expect("a digest");
        let set = with_digest(text, &digest);
        assert_eq!(set, expected);
        assert_eq!(with_digest(&set, &digest), set, "a second time changes nothing");
    }

    #[test]
    fn one_line_is_set_and_nothing_else() {
        check("---\ntitle: A\n---\ntext\n---\n", "---\ntitle: A\nsource_digest: \"1 abcdefg\"\n---\ntext\n---\n");
        check("---\nsource_digest: old\ntitle: A\n---\n", "---\nsource_digest: \"1 abcdefg\"\ntitle: A\n---\n");
        check("---\r\ntitle: A\r\n---\r\n", "---\r\ntitle: A\r\nsource_digest: \"1 abcdefg\"\r\n---\r\n");
        check(
            "+++\ntitle = \"A\"\n[x]\na = 1\n+++\n",
            "+++\nsource_digest = \"1 abcdefg\"\ntitle = \"A\"\n[x]\na = 1\n+++\n",
        );
        check("text\n", "---\nsource_digest: \"1 abcdefg\"\n---\ntext\n");
        check("{\"title\": \"A\"}\ntext\n", "{\n  \"source_digest\": \"1 abcdefg\",\n\"title\": \"A\"}\ntext\n");
    }
}
