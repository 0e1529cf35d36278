//! Outputs that are files already: static files, files beside pages, the theme's assets.

use super::{Entry, Name, Origin, Output};
use crate::diag::FileId;
use crate::images::Images;
use crate::site::Site;
use crate::source::{Role, SourceSet};
use crate::theme::Theme;

/// Every file that is published as it is.
pub(super) fn files(sources: &SourceSet, site: &Site, theme: &Theme) -> Vec<Origin> {
    let origin = |path: &str, file: FileId| Origin {
        entry: Entry { path: path.trim_start_matches('/').to_owned(), output: Output::File(file) },
        file: Some(file),
        echo: false,
        name: Name::File(file),
    };
    let statics = sources.of(Role::Static).map(|(id, file)| origin(&file.place, id));
    let resources = site.resources.iter().map(|(_, resource)| origin(&resource.url, resource.file));
    let assets = theme.assets.iter().map(|asset| origin(&asset.url, asset.file));
    statics.chain(resources).chain(assets).collect()
}

/// The lighter versions of pictures. Two files of one content share theirs.
pub(super) fn pictures(images: &Images) -> Vec<Origin> {
    let mut origins: Vec<Origin> = vec![];
    let mut taken = indexmap::IndexSet::new();
    for (number, picture) in images.iter().enumerate() {
        for (version, made) in picture.versions.iter().enumerate().filter(|(_, made)| taken.insert(&made.url)) {
            let path = made.url.trim_start_matches('/').to_owned();
            origins.push(Origin {
                entry: Entry { path, output: Output::Picture(number, version) },
                file: Some(picture.file),
                echo: false,
                name: Name::Picture(picture.file),
            });
        }
    }
    origins
}
