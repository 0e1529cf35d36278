//! `site.yaml`, from the configuration of a Hugo project.
//!
//! In: the configuration and its languages. Out: the text of `site.yaml`, in the order in which a
//! person would write it. What is left out is told by `unsupported`, and here only where a value
//! cannot be kept as it is.

use super::languages::{Language, default_tag};
use super::menus::menus;
use super::tree::{at, flag_at, get, integer_at, put, put_map, text_at, texts, yaml};
use super::unsupported::is_language_param;
use crate::data::{Entry, Node, Value};
use crate::diag::{Code, Diagnostic, Sink};
use serde_yaml::{Mapping, Value as Yaml};

const HEADER: &str =
    "# Imported from Hugo's configuration. The handbook lists all keys; IMPORT.md says what was left out.\n";

/// Parameters that have a place of their own in `site.yaml`.
const PLACED_PARAMS: &[&str] = &[
    "description",
    "copyright",
    "image",
    "github",
    "github_repo",
    "github_branch",
    "github_subdir",
    "github_project_repo",
    "_merge",
];

/// The text of `site.yaml`.
pub(super) fn site_yaml(config: &Node, languages: &[Language], sink: &mut Sink) -> String {
    let mut site = Mapping::new();
    let params = get(config, "params").cloned().unwrap_or_default();
    put(&mut site, "base_url", text_at(config, "baseURL"));
    put(&mut site, "title", text_at(config, "title"));
    put(&mut site, "description", text_at(&params, "description").or_else(|| text_at(config, "description")));
    put(&mut site, "default_language", Some(default_tag(config)));
    put(&mut site, "theme", Some("tag"));
    put_map(&mut site, "languages", language_map(languages));
    put(&mut site, "taxonomies", Some(taxonomies(config)));
    put_map(&mut site, "permalinks", permalinks(config, sink));
    put_map(&mut site, "pagination", pagination(config));
    let feed_limit = integer_at(config, "services.rss.limit").or_else(|| integer_at(config, "rssLimit"));
    put(&mut site, "feed_limit", feed_limit.filter(|limit| *limit > 0));
    put_map(&mut site, "menus", menus(config, languages, sink));
    put_map(&mut site, "repository", repository(&params));
    put_map(&mut site, "markdown", one("smart_punctuation", smart_punctuation(config)));
    put_map(&mut site, "highlight", one("line_numbers", flag_at(config, "markup.highlight.lineNos").unwrap_or(false)));
    let copyright = text_at(config, "copyright").or_else(|| text_at(&params, "copyright"));
    put(&mut site, "copyright", copyright);
    put(&mut site, "image", image(&params));
    put_map(&mut site, "params", other_params(&params));
    // The mapping holds texts, numbers and mappings of them, which always have a YAML form.
    let body = serde_yaml::to_string(&site).unwrap_or_default();
    format!("{HEADER}{}", spaced(&body))
}

/// An empty line around each of the longer blocks, for the eye.
fn spaced(body: &str) -> String {
    let mut out = String::with_capacity(body.len() + 32);
    let mut in_block = false;
    for line in body.lines() {
        let is_inside = line.starts_with([' ', '-']);
        if !is_inside && (in_block || line.ends_with(':')) {
            out.push('\n');
        }
        in_block = is_inside;
        out.push_str(line);
        out.push('\n');
    }
    out
}

fn one(key: &str, flag: bool) -> Mapping {
    Mapping::from_iter([(Yaml::from(key), Yaml::from(flag))])
}

fn language_map(languages: &[Language]) -> Mapping {
    let enabled = languages.iter().filter(|language| !language.disabled);
    enabled
        .map(|language| {
            let mut map = Mapping::new();
            put(&mut map, "name", Some(language.name.as_str()));
            put(&mut map, "title", language.title.as_deref());
            put(&mut map, "description", language.description.as_deref());
            put(&mut map, "direction", language.direction.as_deref());
            put_map(&mut map, "params", language_params(&language.settings));
            (Yaml::from(language.tag.as_str()), Yaml::Mapping(map))
        })
        .collect()
}

/// The language's `params`, and what stands beside them, which Hugo once took for parameters too.
fn language_params(settings: &Node) -> Mapping {
    let beside = settings.entries().iter().filter(|entry| is_language_param(&entry.key));
    let own = get(settings, "params").map(Node::entries).unwrap_or_default();
    let own = own.iter().filter(|entry| !["description", "_merge"].contains(&entry.key.to_lowercase().as_str()));
    beside.chain(own).map(pair).collect()
}

fn pair(entry: &Entry) -> (Yaml, Yaml) {
    (Yaml::from(entry.key.as_str()), yaml(&entry.node))
}

/// The plural names, in the order of the configuration. Hugo's own two if none are configured.
fn taxonomies(config: &Node) -> Vec<Yaml> {
    let disabled = get(config, "disableKinds").map(texts).unwrap_or_default();
    let off = |kind: &str| disabled.iter().any(|known| known.eq_ignore_ascii_case(kind));
    if off("taxonomyTerm") || (off("taxonomy") && off("term")) {
        return vec![];
    }
    let Some(configured) = get(config, "taxonomies") else {
        return vec![Yaml::from("tags"), Yaml::from("categories")];
    };
    configured.entries().iter().filter_map(|entry| entry.node.to_text()).map(Yaml::from).collect()
}

/// Patterns of addresses by section. Hugo's newer form has a level for the kind of page.
fn permalinks(config: &Node, sink: &mut Sink) -> Mapping {
    let mut map = Mapping::new();
    for entry in get(config, "permalinks").map(Node::entries).unwrap_or_default() {
        match &entry.node.value {
            Value::Map(patterns) if entry.key.eq_ignore_ascii_case("page") => map.extend(patterns.iter().map(pair)),
            Value::Map(patterns) if !patterns.is_empty() => {
                let message = format!("address patterns for the kind `{}` were left out", entry.key);
                sink.push(
                    Diagnostic::new(Code::ImportCounterpart, entry.key_span, message)
                        .hint("give the pages concerned an address with `url:` in their front matter"),
                );
            }
            Value::Text(_) => map.extend([pair(entry)]),
            _ => {}
        }
    }
    map
}

fn pagination(config: &Node) -> Mapping {
    let mut map = Mapping::new();
    let size = integer_at(config, "pagination.pagerSize").or_else(|| integer_at(config, "paginate"));
    put(&mut map, "size", Some(size.filter(|size| *size > 0).unwrap_or(10)));
    let path = text_at(config, "pagination.path").or_else(|| text_at(config, "paginatePath"));
    put(&mut map, "path", path.filter(|path| path != "page"));
    map
}

/// Docsy's two ways to name the repository.
fn repository(params: &Node) -> Mapping {
    let either = |flat: &str, nested: &str| text_at(params, flat).or_else(|| text_at(params, nested));
    let mut map = Mapping::new();
    put(&mut map, "url", either("github_repo", "github.repo"));
    if !map.is_empty() {
        put(&mut map, "branch", either("github_branch", "github.branch"));
        put(&mut map, "root", either("github_subdir", "github.subdir"));
    }
    map
}

/// Goldmark's typographer is on unless it is switched off, by a flag or by `disable`.
fn smart_punctuation(config: &Node) -> bool {
    let path = "markup.goldmark.extensions.typographer";
    flag_at(config, path).unwrap_or(true) && !flag_at(config, &format!("{path}.disable")).unwrap_or(false)
}

fn image(params: &Node) -> Option<String> {
    text_at(params, "image").or_else(|| at(params, "images").map(texts)?.into_iter().next())
}

fn other_params(params: &Node) -> Mapping {
    let others = params.entries().iter().filter(|entry| {
        let placed = PLACED_PARAMS.iter().any(|key| entry.key.eq_ignore_ascii_case(key));
        // `copyright` may be a mapping of authors and years, which only a template can use.
        !placed || matches!(entry.node.value, Value::Map(_)) && entry.key.eq_ignore_ascii_case("copyright")
    });
    others.map(pair).collect()
}
