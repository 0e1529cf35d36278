//! Menus of the configuration.
//!
//! In: Hugo's menus, one list for all languages or one a language. Out: Plenary's menus, one list
//! whose labels differ by language. Menus in front matter stay there; the builder reads them.

use super::languages::Language;
use super::tree::{get, integer_at, put, text_at, yaml};
use crate::data::{Node, Value};
use crate::diag::{Code, Diagnostic, Sink, Span};
use indexmap::IndexMap;
use serde_yaml::{Mapping, Value as Yaml};

/// One entry, joined over the languages.
struct MenuEntry {
    target: Option<(&'static str, String)>,
    labels: IndexMap<String, String>,
    weight: Option<i64>,
    parent: Option<String>,
    params: Option<Yaml>,
    span: Span,
}

type Menus = IndexMap<String, IndexMap<String, MenuEntry>>;

/// The menus as they stand in `site.yaml`.
pub(super) fn menus(config: &Node, languages: &[Language], sink: &mut Sink) -> Mapping {
    let mut menus = Menus::new();
    let mut sets = 0;
    for (tag, node) in sources(config, languages) {
        sets += 1;
        for (name, entries) in menu_lists(node) {
            for (at, entry) in entries.iter().enumerate() {
                let menu = menus.entry(name.clone()).or_default();
                collect(menu, entry, tag, at, sink);
            }
        }
    }
    let own = languages.iter().filter(|language| !language.disabled).count();
    menus.iter().map(|(name, menu)| (Yaml::from(name.as_str()), list(name, menu, sets.min(own), sink))).collect()
}

/// The configured menus with the language that they belong to; a language without its own has the
/// project's.
fn sources<'a>(config: &'a Node, languages: &'a [Language]) -> Vec<(&'a str, &'a Node)> {
    let of = |node: &'a Node| get(node, "menus").or_else(|| get(node, "menu"));
    let shared = of(config);
    let enabled = languages.iter().filter(|language| !language.disabled);
    enabled.filter_map(|language| Some((language.tag.as_str(), of(&language.settings).or(shared)?))).collect()
}

fn menu_lists(node: &Node) -> Vec<(String, &[Node])> {
    let list = |node: &'_ Node| matches!(node.value, Value::List(_));
    let lists = node.entries().iter().filter(move |entry| list(&entry.node));
    lists
        .map(|entry| match &entry.node.value {
            Value::List(items) => (entry.key.to_lowercase(), items.as_slice()),
            _ => (entry.key.to_lowercase(), [].as_slice()),
        })
        .collect()
}

/// Takes an entry; the same entry of another language, known by its identifier or target, only
/// adds its label.
fn collect(menu: &mut IndexMap<String, MenuEntry>, entry: &Node, tag: &str, at: usize, sink: &mut Sink) {
    let target = target(entry);
    let label = text_at(entry, "name").or_else(|| text_at(entry, "title"));
    let identifier = text_at(entry, "identifier");
    let key = identifier.or_else(|| target.as_ref().map(|(_, to)| to.clone())).or_else(|| label.clone());
    let key = key.unwrap_or_else(|| at.to_string());
    for markup in ["pre", "post"] {
        if let Some(node) = get(entry, markup).filter(|node| !super::tree::is_trivial(node)) {
            let message = format!("`{markup}` of a menu entry was left out: the theme decides how an entry looks");
            sink.push(Diagnostic::new(Code::ImportCounterpart, node.span, message));
        }
    }
    let known = menu.entry(key).or_insert_with(|| MenuEntry {
        target,
        labels: IndexMap::new(),
        weight: integer_at(entry, "weight"),
        parent: text_at(entry, "parent"),
        params: get(entry, "params").map(yaml),
        span: entry.span,
    });
    known.labels.extend(label.map(|label| (tag.to_owned(), label)));
}

/// Where an entry leads: a page of the site, or any other address.
fn target(entry: &Node) -> Option<(&'static str, String)> {
    if let Some(page) = text_at(entry, "pageRef") {
        let page = page.trim_end_matches(".md").trim_end_matches("_index").trim_matches('/').to_owned();
        return Some(("page", if page.is_empty() { "/".to_owned() } else { format!("/{page}/") }));
    }
    let url = text_at(entry, "url")?;
    // `blog/` is an address of the site as well.
    let url = if url.contains(':') || url.starts_with(['/', '#']) { url } else { format!("/{url}") };
    let last = url.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let internal = url.starts_with('/') && !url.starts_with("//") && !last.contains(['.', '#', '?']);
    Some(if internal { ("page", format!("{}/", url.trim_end_matches('/'))) } else { ("url", url) })
}

fn list(name: &str, menu: &IndexMap<String, MenuEntry>, sets: usize, sink: &mut Sink) -> Yaml {
    let top = menu.iter().filter(|(_, entry)| !entry.parent.as_ref().is_some_and(|parent| find(menu, parent)));
    Yaml::Sequence(top.map(|(key, entry)| item(name, menu, key, entry, sets, sink)).collect())
}

/// Whether an entry of this identifier or label is there.
fn find(menu: &IndexMap<String, MenuEntry>, parent: &str) -> bool {
    menu.iter().any(|(key, entry)| is_called(key, entry, parent))
}

fn is_called(key: &str, entry: &MenuEntry, name: &str) -> bool {
    entry.parent.is_none() && (key == name || entry.labels.values().any(|label| label == name))
}

fn item(
    name: &str,
    menu: &IndexMap<String, MenuEntry>,
    key: &str,
    entry: &MenuEntry,
    sets: usize,
    sink: &mut Sink,
) -> Yaml {
    let mut map = Mapping::new();
    put(&mut map, "label", label(entry, sets));
    if let Some((kind, to)) = &entry.target {
        put(&mut map, kind, Some(to.as_str()));
    }
    put(&mut map, "weight", entry.weight);
    put(&mut map, "params", entry.params.clone());
    if !entry.labels.is_empty() && entry.labels.len() < sets {
        let message = format!("this entry of the menu `{name}` is not in every language's menu, but now it is");
        sink.push(
            Diagnostic::new(Code::ImportCounterpart, entry.span, message)
                .hint("take the entry out of `site.yaml` and put `menu:` into the front matter of the pages instead"),
        );
    }
    let children = menu.iter().filter(|(_, child)| child.parent.as_ref().is_some_and(|p| is_called(key, entry, p)));
    let children: Vec<Yaml> = children.map(|(key, child)| item(name, menu, key, child, sets, sink)).collect();
    put(&mut map, "children", (!children.is_empty()).then_some(children));
    Yaml::Mapping(map)
}

/// One text where all languages agree, a text a language else.
fn label(entry: &MenuEntry, sets: usize) -> Option<Yaml> {
    let first = entry.labels.values().next()?;
    if entry.labels.len() == sets && entry.labels.values().all(|label| label == first) {
        return Some(Yaml::from(first.as_str()));
    }
    let labels = entry.labels.iter().map(|(tag, label)| (Yaml::from(tag.as_str()), Yaml::from(label.as_str())));
    Some(Yaml::Mapping(labels.collect()))
}
