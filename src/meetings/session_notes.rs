//! Session notes that are Markdown already: mended, and given the title that a page needs.

use super::model::{Journal, RepairKind};
use super::page::quoted;
use crate::document::mend_mojibake;

/// Notes as a page.
#[derive(Debug, Clone, Default)]
pub struct NotesPage {
    /// The page.
    pub text: String,
    /// Its title.
    pub title: String,
    /// What was mended.
    pub journal: Journal,
}

/// Makes the page. `name` is the title of notes without a heading.
pub fn notes_page(text: &str, name: &str) -> NotesPage {
    let (text, mended) = mend_mojibake(text.trim_start_matches('\u{feff}'));
    let mut journal = Journal::default();
    for one in mended {
        journal.repair(one.line, RepairKind::Mojibake, &one.before, &one.after);
    }
    if text.starts_with("---\n") {
        return NotesPage { text, title: name.to_owned(), journal };
    }
    // The page's title is its only heading of the first level.
    let heading = text.lines().find(|line| !line.trim().is_empty()).and_then(|line| line.strip_prefix("# "));
    let title = heading.map_or(name, str::trim).to_owned();
    let body = match heading {
        Some(heading) => text.replacen(&format!("# {heading}"), "", 1),
        None => text,
    };
    let text = format!("---\ntitle: {}\n---\n\n{}\n", quoted(&title), body.trim());
    NotesPage { text, title, journal }
}

#[cfg(test)]
mod tests {
    use super::notes_page;

    #[test]
    fn notes_get_a_title() {
        let page = notes_page("# Notes\n\n## A talk\n\ncafÃ©\n", "file");
        assert_eq!(page.text, "---\ntitle: Notes\n---\n\n## A talk\n\ncafé\n");
        assert_eq!(page.journal.repairs[0].line, 5);
        assert_eq!(notes_page("---\ntitle: A\n---\nx\n", "file").text, "---\ntitle: A\n---\nx\n");
    }
}
