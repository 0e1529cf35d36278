//! Files beside the pages: images, drawings, documents.

use super::{PageId, Site};
use crate::diag::FileId;
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
    pub(super) file: FileId,
    pub(super) place: String,
    pub(super) owner: Option<(PageId, String)>,
    pub(super) plain: String,
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
