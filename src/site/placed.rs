//! Documents with their places: which of them are pages, and which are left out and why.

use super::build::BuildOptions;
use super::place::{FileName, Placement, place};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Place, Sink, nearest};
use crate::document::{Document, FrontMatter};
use crate::lang::LanguageId;
use crate::source::SourceSet;
use indexmap::{IndexMap, IndexSet};
use std::sync::Arc;

/// A document with its placement.
pub(super) struct Placed {
    pub(super) placement: Placement,
    pub(super) document: Arc<Document>,
}

/// The folders of leaf bundles, by language and folder.
type Bundles = IndexSet<(LanguageId, String)>;

/// Places each document, and leaves out drafts, what is still to come and what has ended.
pub(super) fn placed(
    sources: &SourceSet,
    config: &Config,
    documents: &[Arc<Document>],
    by_folder: bool,
    options: &BuildOptions,
    sink: &mut Sink,
) -> Vec<Placed> {
    let mut list = vec![];
    let mut stray: IndexMap<String, Vec<String>> = IndexMap::new();
    for document in documents {
        let path = &sources.file(document.file).place;
        match place(path, &config.languages, by_folder) {
            Ok(placement) => list.push(Placed { placement, document: document.clone() }),
            Err(folder) => stray.entry(folder).or_default().push(path.clone()),
        }
    }
    for (folder, files) in stray {
        sink.push(stray_folder(&folder, &files, &list));
    }
    let bundles: Bundles = list
        .iter()
        .filter(|placed| placed.placement.name == FileName::Bundle && !placed.placement.folder.is_empty())
        .map(|placed| (placed.placement.language, placed.placement.folder.clone()))
        .collect();
    list.retain(|placed| {
        let inside = inside_bundle(&placed.placement, &bundles);
        if inside {
            let file = sources.path(placed.document.file);
            let message = "the page lies in the folder of a bundle (`index.md`) and is not published";
            let finding = Diagnostic::path(Code::FileUnused, file, message);
            sink.push(finding.hint("move it out of the folder, or name the bundle's file `_index.md`"));
        }
        !inside && shown(&placed.document.front, options)
    });
    list
}

/// The finding for a folder of no language; a page of it that has no source is perhaps in a misspelt folder too.
fn stray_folder(folder: &str, files: &[String], list: &[Placed]) -> Diagnostic {
    let pages = match files.len() {
        1 => "its one page is".to_owned(),
        count => format!("its {count} pages are"),
    };
    let message = format!("the folder `{folder}` is in no configured language, so {pages} not published");
    let mut finding = Diagnostic::path(Code::LanguageFolder, format!("content/{folder}"), message);
    let known: IndexSet<&str> = list.iter().filter_map(|placed| placed.placement.key.split('/').next()).collect();
    let firsts: IndexSet<&str> = files.iter().filter_map(|file| file.split('/').nth(1)).collect();
    for first in firsts.into_iter().filter(|first| !known.contains(first)) {
        if let Some(near) = nearest(first, known.iter().copied()) {
            finding = finding.hint(format!("`{folder}/{first}` is probably `{folder}/{near}`"));
        }
    }
    finding.hint(format!("add `{folder}: {{name: …}}` below `languages:` in site.yaml, or move its files"))
}

fn inside_bundle(placement: &Placement, bundles: &Bundles) -> bool {
    let mut folder = placement.folder.as_str();
    let mut own = placement.name == FileName::Bundle;
    loop {
        if !own && bundles.contains(&(placement.language, folder.to_owned())) {
            return true;
        }
        own = false;
        match folder.rsplit_once('/') {
            Some((above, _)) => folder = above,
            None => return false,
        }
    }
}

/// Does a page with this front matter count today?
pub(crate) fn shown(front: &FrontMatter, options: &BuildOptions) -> bool {
    let future = front.publish_date.or(front.date).is_some_and(|moment| moment.timestamp > options.now);
    let expired = front.expiry_date.is_some_and(|moment| moment.timestamp <= options.now);
    (options.drafts || front.draft != Some(true)) && (options.future || !future) && !expired
}
