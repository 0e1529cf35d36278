//! A small bilingual site to begin with.

use super::NewFile;
use include_dir::{Dir, include_dir};
use jiff::civil::Date;

static SITE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/site");

/// Its files. Dates and the name of its folder are filled in.
pub fn small_site(name: &str, today: Date) -> Vec<NewFile> {
    let mut files = vec![];
    collect(&SITE, &mut files);
    for file in &mut files {
        file.text = file.text.replace("SITE_NAME", name).replace("TODAY", &today.to_string());
        file.path = file.path.replace("TODAY", &today.to_string()).replace("gitignore", ".gitignore");
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn collect(folder: &Dir<'_>, files: &mut Vec<NewFile>) {
    files.extend(folder.files().filter_map(|file| {
        let path = file.path().to_str()?.replace('\\', "/");
        Some(NewFile { path, text: file.contents_utf8()?.to_owned() })
    }));
    folder.dirs().for_each(|folder| collect(folder, files));
}
