//! The theme's own fonts, in its folder `fonts/`, which cards are set in before those of the machine.

use crate::source::{Role, SourceSet};
use std::sync::OnceLock;

/// The files, and what they are once somebody needs them.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    files: Vec<Vec<u8>>,
    read: OnceLock<crate::cards::Fonts>,
}

impl Fonts {
    /// The fonts among the theme's files.
    pub(super) fn of(sources: &SourceSet) -> Self {
        let is_font = |place: &str| [".ttf", ".otf", ".ttc"].iter().any(|ending| place.ends_with(ending));
        let theme = sources.of(Role::Theme).map(|(_, file)| file);
        let fonts = theme.filter(|file| file.place.starts_with("fonts/") && is_font(&file.place));
        Self { files: fonts.filter_map(|file| file.bytes().ok()).collect(), read: OnceLock::new() }
    }

    pub(super) fn get(&self) -> &crate::cards::Fonts {
        self.read.get_or_init(|| crate::cards::Fonts::new(self.files.clone()))
    }
}
