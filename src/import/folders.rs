//! Which folder of a Hugo project goes where.
//!
//! In: the configuration and the languages. Out: a list of copies. Module mounts take the place of
//! the usual folders, as in Hugo: a component with a mount of its own has no usual folder.

use super::files::{self, FileError, Kind};
use super::languages::Language;
use super::sources::shown;
use super::tree::{at, get, text_at, texts};
use crate::data::{Node, Value};
use crate::diag::{Code, Diagnostic, Sink};
use indexmap::IndexSet;
use std::path::{Path, PathBuf};

/// What a folder holds, which decides what happens to its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Component {
    Content,
    Static,
    Data,
    Assets,
    Archetypes,
    Strings,
    Layouts,
}

/// Each with Hugo's name, the setting that moves it, and its folder here.
const COMPONENTS: &[(Component, &str, &str)] = &[
    (Component::Content, "content", "contentDir"),
    (Component::Static, "static", "staticDir"),
    (Component::Data, "data", "dataDir"),
    (Component::Assets, "assets", "assetDir"),
    (Component::Archetypes, "archetypes", "archetypeDir"),
    (Component::Strings, "i18n", "i18nDir"),
    (Component::Layouts, "layouts", "layoutDir"),
];

/// A folder, or a single file, to copy.
#[derive(Debug)]
pub(super) struct Copy {
    pub(super) component: Component,
    pub(super) from: PathBuf,
    /// Relative to the target, without a slash at its end.
    pub(super) to: String,
}

/// Everything to copy, content first.
pub(super) fn folders(
    config: &Node,
    languages: &[Language],
    project: &Path,
    sink: &mut Sink,
) -> Result<Vec<Copy>, FileError> {
    let mut copies = mounts(config, project, sink);
    let mounted: Vec<Component> = copies.iter().map(|copy| copy.component).collect();
    for (component, name, setting) in COMPONENTS.iter().filter(|(component, ..)| !mounted.contains(component)) {
        match component {
            Component::Content => copies.extend(content(config, languages)),
            Component::Static => copies.extend(statics(config, languages, project)),
            _ => {
                let folder = text_at(config, setting).unwrap_or_else(|| (*name).to_owned());
                copies.push(Copy { component: *component, from: project.join(folder), to: (*name).to_owned() });
            }
        }
    }
    copies.extend(neighbours(&copies, project, sink)?);
    copies.sort_by_key(|copy| copy.component != Component::Content);
    Ok(copies)
}

/// Content folders, one copy for each: languages that share a folder tell their files apart by
/// name (`x.fr.md`), and the tree goes to the default language, else to the first.
fn content(config: &Node, languages: &[Language]) -> Vec<Copy> {
    let default = super::languages::default_tag(config);
    let mut copies: Vec<Copy> = vec![];
    let by_rank = languages.iter().filter(|language| language.tag == default);
    for language in by_rank.chain(languages.iter().filter(|language| language.tag != default)) {
        if !copies.iter().any(|copy| copy.from == language.content) {
            let to = format!("content/{}", language.tag);
            copies.push(Copy { component: Component::Content, from: language.content.clone(), to });
        }
    }
    copies
}

/// `staticDir`, a text or a list, `staticDir0` to `staticDir10`, and those of the languages.
fn statics(config: &Node, languages: &[Language], project: &Path) -> Vec<Copy> {
    let is_static = |key: &str| {
        let number = key.to_lowercase().strip_prefix("staticdir").map(str::to_owned);
        number.is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()))
    };
    let entries = config.entries().iter().filter(|entry| is_static(&entry.key));
    let mut folders: Vec<String> = entries.flat_map(|entry| texts(&entry.node)).collect();
    if folders.is_empty() {
        folders.push("static".to_owned());
    }
    folders.extend(languages.iter().flat_map(|language| language.statics.clone()));
    let unique: IndexSet<&str> = folders.iter().map(|folder| folder.trim_matches('/')).collect();
    let copy = |from: &str| Copy { component: Component::Static, from: project.join(from), to: "static".to_owned() };
    unique.into_iter().map(copy).collect()
}

/// `module.mounts`, those whose source is there.
fn mounts(config: &Node, project: &Path, sink: &mut Sink) -> Vec<Copy> {
    let Some(Node { value: Value::List(items), .. }) = at(config, "module.mounts") else { return vec![] };
    let mut copies = vec![];
    for item in items {
        match mount(config, item, project) {
            Ok(copy) => copies.push(copy),
            Err(message) => sink.push(Diagnostic::new(Code::ImportCounterpart, item.span, message)),
        }
        for filter in ["includeFiles", "excludeFiles", "files"] {
            if let Some(node) = get(item, filter) {
                let message = format!("`{filter}` of a mount has no counterpart: the whole folder was copied");
                sink.push(Diagnostic::new(Code::ImportCounterpart, node.span, message).hint("remove what is too much"));
            }
        }
    }
    copies
}

fn mount(config: &Node, item: &Node, project: &Path) -> Result<Copy, String> {
    let source = text_at(item, "source").ok_or("a mount without `source` was left out")?;
    let target = text_at(item, "target").ok_or("a mount without `target` was left out")?;
    let target = target.trim_matches('/');
    let (first, rest) = target.split_once('/').unwrap_or((target, ""));
    let known = COMPONENTS.iter().find(|(_, name, _)| *name == first);
    let (component, name, _) = known.ok_or_else(|| format!("a mount at `{target}` has no counterpart"))?;
    let from = project.join(source.trim_end_matches('/'));
    if source.starts_with("node_modules") || files::real(&from).is_none() {
        return Err(format!("the mount of `{source}` was left out, as that folder is not part of the project"));
    }
    let language = text_at(item, "lang").map(|written| super::languages::tag(&written));
    let language = language.unwrap_or_else(|| super::languages::default_tag(config));
    let base = if *component == Component::Content { format!("content/{language}") } else { (*name).to_owned() };
    let to = if rest.is_empty() { base } else { format!("{base}/{rest}") };
    Ok(Copy { component: *component, from, to })
}

/// What stands beside the languages' folders: copied, so that nothing is lost, and told.
fn neighbours(copies: &[Copy], project: &Path, sink: &mut Sink) -> Result<Vec<Copy>, FileError> {
    let mut parents: Vec<&Path> = vec![];
    let whole = copies.iter().filter(|copy| copy.component == Component::Content && copy.to.matches('/').count() == 1);
    for parent in whole.filter_map(|copy| copy.from.parent()) {
        let is_source = copies.iter().any(|copy| copy.from == parent);
        if parent != project && parent.starts_with(project) && !is_source && !parents.contains(&parent) {
            parents.push(parent);
        }
    }
    let mut found = vec![];
    for parent in parents.into_iter().filter(|parent| files::is_folder(parent)) {
        for listed in files::list(parent)?.0 {
            let from = parent.join(&listed.name);
            if copies.iter().any(|copy| copy.from.starts_with(&from)) {
                continue;
            }
            let is_file = listed.kind == Kind::File;
            let message = if is_file {
                "this file belongs to no language and is not published; it was copied"
            } else {
                "this folder belongs to no configured language and is not published; it was copied"
            };
            let hint = "add the language to `languages:` in `site.yaml`, or remove the files";
            let path = shown(&from, project);
            sink.push(Diagnostic::path(Code::ImportCounterpart, path, message).hint(hint));
            let name = if is_file { listed.name } else { super::languages::tag(&listed.name) };
            found.push(Copy { component: Component::Content, from, to: format!("content/{name}") });
        }
    }
    Ok(found)
}
