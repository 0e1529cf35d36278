//! A language that is added to a site: its entry in `site.yaml`, and its strings.

use super::Refusal;
use super::archetype::scalar;
use crate::data::{Entry, Node, parse_yaml};
use crate::diag::FileId;
use crate::lang::Locale;
use crate::pipeline::Model;
use crate::source::Role;
use std::fmt::Write as _;

/// The text of `site.yaml` with a language more; everything else stays, comments too.
pub fn add_language(text: &str, tag: &str, default: &str) -> Result<String, Refusal> {
    let folder = tag.to_lowercase().replace('_', "-");
    if !Locale::is_known(&folder) {
        return Err(Refusal::new(
            format!("`{tag}` is no language tag"),
            "write a BCP 47 tag such as `fr`, `pt-BR` or `zh-Hans`",
        ));
    }
    let parsed = parse_yaml(text, FileId(0), 0);
    let node = parsed.map_err(|error| Refusal::new(format!("site.yaml: {}", error.message), "mend it first"))?.node;
    let entry = format!("{folder}: {{name: {}}}", scalar(&own_name(&folder)));
    let languages = node.get("languages").filter(|node| !node.entries().is_empty());
    if languages.is_some_and(|node| node.get(&folder).is_some()) {
        let hint = format!("translate a page with `plenary i18n start KEY --lang {folder}`");
        return Err(Refusal::new(format!("the site has the language `{folder}` already"), hint));
    }
    let added = match languages {
        Some(node) => inserted(text, node, &entry),
        None => {
            let default_entry = format!("{default}: {{name: {}}}", scalar(&own_name(default)));
            format!("{}\n\nlanguages:\n  {default_entry}\n  {entry}\n", text.trim_end())
        }
    };
    let reread = parse_yaml(&added, FileId(0), 0).ok().map(|parsed| parsed.node);
    let right = reread.is_some_and(|node| node.get("languages").is_some_and(|node| node.get(&folder).is_some()));
    if right {
        Ok(added)
    } else {
        Err(Refusal::new("site.yaml is written in an unusual way", format!("add `{entry}` to `languages` by hand")))
    }
}

/// Behind the last entry, in the style of the mapping.
fn inserted(text: &str, node: &Node, entry: &str) -> String {
    let start = node.span.range().start;
    if text[start..].starts_with('{') {
        let close = start + closing(&text[start..]);
        return format!("{}, {entry}{}", text[..close].trim_end(), &text[close..]);
    }
    let indent = node.entries().first().map_or(2, |first| column(text, first));
    let end = end(node);
    let line = text[end..].find('\n').map_or(text.len(), |at| end + at);
    format!("{}\n{}{entry}{}", &text[..line], " ".repeat(indent), &text[line..])
}

/// Behind the last key or value of a tree.
fn end(node: &Node) -> usize {
    let below = node.entries().iter().map(|entry| end(&entry.node).max(entry.key_span.range().end));
    below.max().unwrap_or(node.span.range().end)
}

/// The brace that closes the one at the beginning; quoted ones do not count.
fn closing(text: &str) -> usize {
    let (mut depth, mut quote) = (0usize, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) => quote = (c != open).then_some(open),
            (None, '"' | '\'') => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') if depth == 1 => return at,
            (None, '}') => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

fn column(text: &str, entry: &Entry) -> usize {
    let start = entry.key_span.range().start;
    start - text[..start].rfind('\n').map_or(0, |at| at + 1)
}

/// The language's name in the language itself, with what else the tag says: `Português (BR)`.
fn own_name(tag: &str) -> String {
    let (language, rest) = tag.split_once('-').map_or((tag, None), |(language, rest)| (language, Some(rest)));
    let known = isolang::Language::from_639_1(language).or_else(|| isolang::Language::from_639_3(language));
    let name = known.and_then(|language| language.to_autonym()).unwrap_or(language);
    // Some names come with a second spelling in brackets.
    let name = name.split(['(', ',']).next().unwrap_or(name).trim();
    let mut letters = name.chars();
    let name: String = letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect());
    rest.map_or(name.clone(), |rest| format!("{name} ({})", rest.to_uppercase()))
}

/// The strings of the theme, each as a comment to be translated; none if the theme speaks the language.
pub fn strings_to_translate(model: &Model, folder: &str) -> Option<String> {
    let primary = folder.split('-').next().unwrap_or(folder);
    let speaks = |name: &str| name == format!("i18n/{folder}.yaml") || name == format!("i18n/{primary}.yaml");
    let theme = || model.sources.of(Role::Theme);
    if theme().any(|(_, file)| speaks(&file.place)) {
        return None;
    }
    let (_, english) = theme().find(|(_, file)| file.place == "i18n/en.yaml")?;
    let mut out = String::from(
        "# The theme's words. English is shown until a line loses its `# ` and is translated;\n# what stands in {braces} stays as it is.\n",
    );
    for line in english.text().lines() {
        let _ =
            if line.is_empty() || line.starts_with('#') { writeln!(out, "{line}") } else { writeln!(out, "# {line}") };
    }
    Some(out)
}
