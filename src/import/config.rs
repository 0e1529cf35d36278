//! The configuration of a Hugo project as one tree.
//!
//! In: the project's folder. Out: every configuration file laid over the others in Hugo's order,
//! each value with its place. What a setting means is not known here.

use super::files::{self, FileError, Kind};
use super::sources::{Sources, shown};
use super::tree::{empty, merge, nest};
use crate::data::{Node, Parsed, SyntaxError, parse_toml, parse_yaml};
use crate::diag::{Code, Diagnostic, FileId, Place, Sink};
use std::path::{Path, PathBuf};

/// Hugo takes the first of these, in this order.
const ROOT_FILES: &[&str] =
    &["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json"];

/// The configuration folders that count for publishing, the later over the earlier.
const FOLDERS: &[&str] = &["config/_default", "config/production"];

/// Reads the configuration; none if the folder holds no Hugo project.
pub(super) fn read(project: &Path, sources: &mut Sources, sink: &mut Sink) -> Result<Option<Node>, FileError> {
    let mut paths: Vec<PathBuf> =
        ROOT_FILES.iter().map(|name| project.join(name)).filter(|path| files::is_file(path)).take(1).collect();
    for folder in FOLDERS {
        collect(&project.join(folder), &mut paths)?;
    }
    if paths.is_empty() {
        return Ok(None);
    }
    let mut root = empty();
    for path in paths {
        let file = sources.read(&path, shown(&path, project))?;
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        match parse(sources.path(file), sources.text(file), file) {
            Ok(parsed) => merge(&mut root, placed(stem, parsed.node)),
            Err(error) => sink.push(unreadable(error)),
        }
    }
    Ok(Some(root))
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), FileError> {
    if !files::is_folder(folder) {
        return Ok(());
    }
    for listed in files::list(folder)?.0 {
        let path = folder.join(&listed.name);
        match listed.kind {
            Kind::Folder => collect(&path, paths)?,
            _ if is_structured(&listed.name) => paths.push(path),
            _ => {}
        }
    }
    Ok(())
}

/// Whether a file's name is that of TOML, YAML or JSON.
pub(super) fn is_structured(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["toml", "yaml", "yml", "json"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Reads structured text by the extension of its name.
pub(super) fn parse(name: &str, text: &str, file: FileId) -> Result<Parsed, SyntaxError> {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    if name.to_ascii_lowercase().ends_with(".toml") {
        parse_toml(&text[bom..], file, bom)
    } else {
        parse_yaml(&text[bom..], file, bom)
    }
}

/// The finding for structured text that cannot be read.
pub(super) fn unreadable(error: SyntaxError) -> Diagnostic {
    let message = format!("this file was left out, as it cannot be read: {}", error.message);
    Diagnostic::new(Code::ImportSkipped, error.span, message).maybe_hint(error.hint)
}

/// A split file's content under the keys that its name stands for: `params.en.toml` is
/// `languages.en.params`, `menu.toml` is `menus`.
fn placed(stem: &str, node: Node) -> Node {
    let (key, language) = stem.split_once('.').map_or((stem, None), |(key, language)| (key, Some(language)));
    let key = if key.eq_ignore_ascii_case("menu") { "menus" } else { key };
    // Some write the key again inside of the file; Hugo unwraps that too.
    let node = match node.entries() {
        [only] if only.key.eq_ignore_ascii_case(key) => only.node.clone(),
        _ => node,
    };
    match (key, language) {
        ("hugo" | "config", None) => node,
        ("hugo" | "config" | "languages", Some(language)) => nest(&["languages", language], node),
        (key, None) => nest(&[key], node),
        (key, Some(language)) => nest(&["languages", language, key], node),
    }
}
