//! Which files of the output folder are ours.

use std::collections::BTreeSet;

/// The name of the list inside the output folder.
pub(super) const NAME: &str = ".plenary-manifest";
/// Its first line: it tells the list from anybody else's file.
const HEADER: &str = "plenary manifest 1";

/// The paths that a build wrote, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest(pub BTreeSet<String>);

impl Manifest {
    /// Reads the list; none if the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        (lines.next() == Some(HEADER)).then(|| Self(lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()))
    }

    /// The list as text.
    pub fn to_text(&self) -> String {
        let mut text = String::from(HEADER);
        text.push('\n');
        for path in &self.0 {
            text.push_str(path);
            text.push('\n');
        }
        text
    }
}
