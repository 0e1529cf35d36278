//! Imported pages on disk, and who wrote them.
//!
//! In: a page's name and new text. Out: the file, unless somebody edited it. A page carries the
//! digest of its text as it was imported, `imported: …` in the front matter, so an edit is known
//! without any file beside the content.

use super::FileError;
use super::files;
use crate::diag::{Code, Diagnostic, Sink};
use std::path::Path;

/// What became of the files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// New or renewed pages.
    pub written: usize,
    /// Pages that stood there already, letter for letter.
    pub unchanged: usize,
    /// Pages that were edited by hand; the import has nothing new for them.
    pub left_alone: usize,
    /// Pages that were edited by hand and have a new text beside them.
    pub incoming: Vec<String>,
}

/// The folder that pages go to.
pub(super) struct Pages<'a> {
    pub(super) folder: &'a Path,
    pub(super) dry_run: bool,
}

impl Pages<'_> {
    /// Writes a page, or what would become of it in a dry run.
    pub(super) fn put(&self, name: &str, text: &str, written: &mut Written, sink: &mut Sink) -> Result<(), FileError> {
        let path = self.folder.join(name);
        let signed = sign(text);
        let there = files::read_if_any(&path)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        match there {
            Some(old) if old == signed => written.unchanged += 1,
            Some(old) if !is_own(&old) => {
                if signature(&old) == signature(&signed) {
                    written.left_alone += 1;
                    return Ok(());
                }
                let beside = name.replace(".md", ".incoming.md");
                let message = format!("{name} was edited by hand and is left alone; the new text is in {beside}");
                sink.push(
                    Diagnostic::path(Code::ImportConflict, name, message)
                        .hint("take over what is new, then remove the incoming file"),
                );
                written.incoming.push(beside.clone());
                self.write(&self.folder.join(beside), &draft(&signed))?;
            }
            _ => {
                written.written += 1;
                self.write(&path, &signed)?;
            }
        }
        Ok(())
    }

    fn write(&self, path: &Path, text: &str) -> Result<(), FileError> {
        if self.dry_run { Ok(()) } else { files::write(path, text.as_bytes()) }
    }
}

/// The page with the digest of the rest as its last key.
fn sign(text: &str) -> String {
    match text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
        Some((front, body)) => format!("---\n{front}\nimported: {}\n---\n{body}", digest(text)),
        None => text.to_owned(),
    }
}

fn digest(text: &str) -> String {
    // A letter first, so that YAML takes it for a text and no number.
    format!("b3-{}", &blake3::hash(text.as_bytes()).to_hex()[..16])
}

/// The digest that a page carries.
fn signature(text: &str) -> Option<&str> {
    text.lines().skip(1).take_while(|line| *line != "---").find_map(|line| line.strip_prefix("imported: "))
}

/// Whether a page is as an import wrote it.
fn is_own(text: &str) -> bool {
    let Some(signature) = signature(text) else { return false };
    digest(&text.replacen(&format!("imported: {signature}\n"), "", 1)) == signature
}

fn draft(text: &str) -> String {
    text.replacen("---\n", "---\ndraft: true\n", 1)
}
