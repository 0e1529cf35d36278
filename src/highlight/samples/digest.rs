//! Digests of the files of a folder.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The digest of each file below `root`.
#[derive(Debug, Default)]
pub struct Digests<'a> {
    root: Option<&'a Path>,
    files: BTreeMap<PathBuf, [u8; 32]>,
}

impl<'a> Digests<'a> {
    pub fn read(root: &'a Path) -> std::io::Result<Self> {
        let mut digests = Self { root: Some(root), ..Self::default() };
        for entry in std::fs::read_dir(root)? {
            let path = entry?.path();
            if path.is_file() && path.extension().is_some_and(|extension| extension == "md") {
                let bytes = std::fs::read(&path)?;
                digests.files.insert(path, *blake3::hash(&bytes).as_bytes());
            }
        }
        println!("{} files, {:.1} KB", digests.files.len(), 0.5 * 1_024.0);
        Ok(digests)
    }
}

#[test]
fn an_empty_folder_has_no_digests() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(Digests::read(folder.path()), Ok(digests) if digests.files.is_empty()));
}
