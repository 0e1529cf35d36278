//! A Hugo project on disk and what became of it. A project is one text: `-- path` opens a file,
//! `-- path -> target` is a symbolic link.

use plenary::diag::{Diagnostic, Place};
use plenary::import::{HugoImport, ImportError, ImportReport, import_hugo};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A repository with the project in `site` and the imported site in `out`.
pub(crate) struct Imported {
    pub(crate) folder: TempDir,
    pub(crate) report: ImportReport,
}

impl Imported {
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("out").join(path)
    }

    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|_| format!("no file {path}"))
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.path(path).is_file()
    }

    /// The findings as `path: message`, or `path:line: message`.
    pub(crate) fn findings(&self) -> Vec<String> {
        self.report.diagnostics.iter().map(|diagnostic| finding(diagnostic, &self.report)).collect()
    }

    pub(crate) fn finds(&self, text: &str) {
        let findings = self.findings();
        assert!(findings.iter().any(|finding| finding.contains(text)), "{text} is not in {findings:#?}");
    }

    pub(crate) fn again(&mut self) {
        self.report = import(self.folder.path()).expect("a second import");
    }
}

fn finding(diagnostic: &Diagnostic, report: &ImportReport) -> String {
    match &diagnostic.at {
        plenary::diag::At::Site => diagnostic.message.clone(),
        plenary::diag::At::Path(path) => format!("{path}: {}", diagnostic.message),
        plenary::diag::At::Span(span) => {
            let before = &report.sources.text(span.file)[..span.start as usize];
            let line = before.matches('\n').count() + 1;
            format!("{}:{line}: {}", report.sources.path(span.file), diagnostic.message)
        }
    }
}

pub(crate) fn import(folder: &Path) -> Result<ImportReport, ImportError> {
    import_hugo(&HugoImport { source: folder.join("site"), into: folder.join("out"), repository: None })
}

pub(crate) fn write(folder: &Path, files: &str) {
    for file in files.split("-- ").skip(1) {
        let (head, body) = file.split_once('\n').expect("a line for the path");
        let (path, target) = head.split_once(" -> ").map_or((head, None), |(path, target)| (path, Some(target)));
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        match target {
            #[cfg(unix)]
            Some(target) => std::os::unix::fs::symlink(target, path).expect("a link"),
            #[cfg(not(unix))]
            Some(_) => {}
            None => fs::write(path, body).expect("a file"),
        }
    }
}

/// Imports the project in `site/` of a fresh repository.
pub(crate) fn imported(files: &str) -> Imported {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), files);
    let report = import(folder.path()).expect("an import");
    Imported { folder, report }
}
