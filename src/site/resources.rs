//! Files beside the pages: images, drawings, documents.

use super::place::{Placement, place};
use super::route::prefixed;
use super::{PageId, Site};
use crate::config::Config;
use crate::diag::FileId;
use crate::source::{Body, Role, SourceSet};
use indexmap::IndexMap;

/// Every published file of the content tree, by its place in the tree.
#[derive(Debug, Clone, Default)]
pub struct Resources(pub(super) IndexMap<String, Resource>);

/// A file with its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// The file.
    pub file: FileId,
    /// Its address below the host.
    pub url: String,
}

impl Resources {
    /// The file at a place such as `en/blog/assets/a.png`.
    pub fn get(&self, place: &str) -> Option<&Resource> {
        self.0.get(place)
    }

    /// All of them, in the order of their places.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Resource)> {
        self.0.iter().map(|(place, resource)| (place.as_str(), resource))
    }
}

/// A file without a page of its own, and the page whose folder it lies in.
pub(super) struct Beside {
    file: FileId,
    place: String,
    owner: Option<(PageId, String)>,
    plain: String,
}

/// A file lies below the address of the page that owns its folder, wherever that address is.
pub(super) fn resources(beside: Vec<Beside>, site: &Site) -> Resources {
    let entries = beside.into_iter().map(|file| {
        let url = match &file.owner {
            Some((owner, below)) => {
                let base = &site.page(*owner).url;
                let base = base.rsplit_once('/').map_or("", |(folder, _)| folder);
                format!("{base}/{below}")
            }
            None => file.plain,
        };
        (file.place, Resource { file: file.file, url })
    });
    Resources(entries.collect())
}

/// Files of the content tree that are no pages, each with the page that owns its folder.
pub(super) fn beside(sources: &SourceSet, config: &Config, site: &Site, by_folder: bool) -> Vec<Beside> {
    let mut files = vec![];
    for (id, file) in sources.of(Role::Content) {
        if matches!(file.body, Body::Text(_)) {
            continue;
        }
        // Pages in a folder of no language are told of; a folder of pictures alone is no language.
        let Ok(placement) = place(&file.place, &config.languages, by_folder) else { continue };
        let below = match file.place.split_once('/') {
            Some((first, rest)) if by_folder && config.languages.by_folder(first).is_some() => rest,
            _ => file.place.as_str(),
        };
        let owner = owner(site, &placement, below);
        let plain = prefixed(config.languages.prefix(placement.language), "") + below;
        files.push(Beside { file: id, place: file.place.clone(), owner, plain });
    }
    files
}

fn owner(site: &Site, placement: &Placement, below: &str) -> Option<(PageId, String)> {
    let mut folder = placement.folder.as_str();
    loop {
        if let Some(id) = site.by_key(folder, placement.language) {
            let page = site.page(id);
            // A page `a.md` does not own the folder `a/`.
            let owns = page.source.is_none() && page.document.is_some();
            if owns {
                let rest = below.strip_prefix(folder).unwrap_or(below).trim_start_matches('/');
                return Some((id, rest.to_owned()));
            }
        }
        if folder.is_empty() {
            return None;
        }
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
}
