//! The languages of a Hugo project.
//!
//! In: the configuration. Out: each language with its texts, settings and folders, in the order
//! of Hugo's language switcher (weight, then tag).

use super::files;
use super::tree::{at, empty, flag_at, get, integer_at, text_at, texts};
use crate::data::{Entry, Node};
use std::path::{Path, PathBuf};

/// One language.
pub(super) struct Language {
    /// The tag in lower case, `-` between its parts: the folder's name and the key in `site.yaml`.
    pub(super) tag: String,
    /// The key as the project writes it.
    pub(super) written: String,
    pub(super) name: String,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) direction: Option<String>,
    pub(super) disabled: bool,
    /// Its content, below or beside the project.
    pub(super) content: PathBuf,
    /// Static folders of its own.
    pub(super) statics: Vec<String>,
    /// All of its settings.
    pub(super) settings: Node,
    weight: i64,
}

/// The settings of a language that stand outside of `params` and are not parameters.
pub(super) const OWN_SETTINGS: &[&str] = &[
    "languagename",
    "label",
    "title",
    "description",
    "weight",
    "disabled",
    "languagedirection",
    "direction",
    "contentdir",
    "staticdir",
    "menus",
    "menu",
    "params",
];

/// A language's tag as Plenary writes it.
pub(super) fn tag(written: &str) -> String {
    written.trim().to_lowercase().replace('_', "-")
}

/// The tag of the default language.
pub(super) fn default_tag(config: &Node) -> String {
    text_at(config, "defaultContentLanguage").map_or_else(|| "en".to_owned(), |written| tag(&written))
}

/// Every language, the disabled ones too. A project that configures none has its default one.
pub(super) fn languages(config: &Node, project: &Path) -> Vec<Language> {
    let default = default_tag(config);
    let configured = get(config, "languages").map(Node::entries).unwrap_or_default();
    let off: Vec<String> = get(config, "disableLanguages").map(texts).unwrap_or_default();
    let off: Vec<String> = off.iter().map(|written| tag(written)).collect();
    let mut languages: Vec<Language> =
        configured.iter().map(|entry| language(config, entry, &default, &off, project)).collect();
    if !languages.iter().any(|language| language.tag == default) {
        languages.insert(0, only(config, &default, project));
    }
    // No weight is last, as with pages.
    languages.sort_by_key(|language| (language.weight == 0, language.weight, language.tag.clone()));
    languages
}

fn only(config: &Node, default: &str, project: &Path) -> Language {
    let span = config.span;
    let entry = Entry { key: default.to_owned(), key_span: span, node: empty() };
    let mut language = language(config, &entry, default, &[], project);
    language.name = text_at(config, "languageName").unwrap_or(language.name);
    language.direction = direction(config);
    language
}

fn language(config: &Node, entry: &Entry, default: &str, off: &[String], project: &Path) -> Language {
    let node = &entry.node;
    let tag = tag(&entry.key);
    let is_default = tag == default;
    let name = text_at(node, "languageName").or_else(|| text_at(node, "label"));
    let description = text_at(node, "params.description").or_else(|| text_at(node, "description"));
    Language {
        name: name.unwrap_or_else(|| entry.key.clone()),
        title: text_at(node, "title"),
        description,
        direction: direction(node),
        disabled: !is_default && (flag_at(node, "disabled").unwrap_or(false) || off.contains(&tag)),
        content: content(config, entry, &tag, project),
        statics: at(node, "staticDir").map(texts).unwrap_or_default(),
        settings: node.clone(),
        weight: integer_at(node, "weight").unwrap_or(0),
        written: entry.key.clone(),
        tag,
    }
}

fn direction(node: &Node) -> Option<String> {
    let direction = text_at(node, "languageDirection").or_else(|| text_at(node, "direction"))?;
    ["ltr", "rtl"].into_iter().find(|known| known.eq_ignore_ascii_case(direction.trim())).map(str::to_owned)
}

/// The folder of a language's content. One that names none shares Hugo's top-level folder, but a
/// folder of the language's name in it, or beside it when it is `content/en` itself, is what its
/// author meant.
fn content(config: &Node, entry: &Entry, tag: &str, project: &Path) -> PathBuf {
    if let Some(own) = text_at(&entry.node, "contentDir") {
        return project.join(own.trim_end_matches('/'));
    }
    let shared = text_at(config, "contentDir").unwrap_or_else(|| "content".to_owned());
    let shared = project.join(shared.trim_end_matches('/'));
    if get(config, "languages").is_none() {
        return shared;
    }
    let beside = shared.parent().filter(|parent| *parent != project);
    let folders = [Some(shared.as_path()), beside].into_iter().flatten();
    let mut own = folders.flat_map(|folder| [folder.join(&entry.key), folder.join(tag)]);
    own.find(|folder| files::is_folder(folder)).unwrap_or_else(|| shared.clone())
}
