//! The fonts that cards are set in.

use crate::cache::Key;
use resvg::usvg::fontdb::{Database, FaceInfo, ID, Source};
use resvg::usvg::{FontResolver, Options};
use skrifa::{FontRef, MetadataProvider};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// The machine's fonts, read once, in the order of their names.
static MACHINE: LazyLock<Vec<FaceInfo>> = LazyLock::new(|| {
    let mut found = Database::new();
    found.load_system_fonts();
    let mut faces: Vec<FaceInfo> = found.faces().cloned().collect();
    faces.sort_by_cached_key(|face| (face.post_script_name.clone(), format!("{:?}", face.source), face.index));
    faces
});

/// The theme's fonts, then the machine's.
pub(crate) struct Fonts {
    faces: Arc<Database>,
    /// What cards depend on besides their drawing.
    digest: Key,
    known: Mutex<BTreeMap<char, bool>>,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts").field("faces", &self.faces.len()).finish_non_exhaustive()
    }
}

impl Fonts {
    /// These fonts, and those of the machine after them.
    pub(crate) fn new(own: Vec<Vec<u8>>) -> Self {
        let mut faces = Database::new();
        for font in own {
            faces.load_font_source(Source::Binary(Arc::new(font)));
        }
        for face in MACHINE.iter() {
            faces.push_face_info(face.clone());
        }
        let digest = digest(&faces);
        Self { faces: Arc::new(faces), digest, known: Mutex::default() }
    }

    /// What cards depend on besides their drawing.
    pub(crate) fn digest(&self) -> Key {
        self.digest
    }

    /// Has some font every letter of a text?
    pub(crate) fn cover(&self, text: &str) -> bool {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut covers = |letter: char| *known.entry(letter).or_insert_with(|| self.has(letter));
        text.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()).all(&mut covers)
    }

    fn has(&self, letter: char) -> bool {
        self.faces.faces().any(|face| has(&self.faces, face.id, letter))
    }

    /// What the parser of drawings wants to know.
    pub(super) fn options(&self) -> Options<'static> {
        let select = FontResolver::default_font_selector();
        let select_font = move |font: &_, faces: &mut Arc<Database>| {
            // A text without a font would not be there at all.
            select(font, faces).or_else(|| faces.faces().next().map(|face| face.id))
        };
        let resolver = FontResolver {
            select_font: Box::new(select_font),
            select_fallback: FontResolver::default_fallback_selector(),
        };
        Options { fontdb: self.faces.clone(), font_resolver: resolver, ..Options::default() }
    }
}

fn has(faces: &Database, id: ID, letter: char) -> bool {
    let has = |data: &[u8], index: u32| {
        FontRef::from_index(data, index).ok().and_then(|font| font.charmap().map(letter)).is_some()
    };
    faces.with_face_data(id, has) == Some(true)
}

/// Another version of a font has another length.
fn digest(faces: &Database) -> Key {
    let parts: Vec<String> = faces
        .faces()
        .map(|face| {
            let length = faces.with_face_data(face.id, |data, _| data.len());
            format!("{} {} {length:?}", face.post_script_name, face.index)
        })
        .collect();
    Key::of(&parts.iter().map(String::as_bytes).collect::<Vec<_>>())
}
