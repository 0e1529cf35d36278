//! Footnotes: numbered in the order of their first reference, written at the end of the body.

use super::Writer;
use crate::html::escape_attribute;
use indexmap::IndexMap;
use std::fmt::Write as _;

/// The footnotes of a page.
#[derive(Default)]
pub(super) struct Footnotes {
    /// References so far, by label.
    references: IndexMap<String, usize>,
    /// Texts by label.
    texts: IndexMap<String, String>,
}

impl Writer<'_, '_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let number = self.footnotes.references.get_index_of(label).unwrap_or(self.footnotes.references.len()) + 1;
        let times = self.footnotes.references.entry(label.to_owned()).or_insert(0);
        *times += 1;
        let id = reference_id(number, *times);
        let _ = write!(
            self.out,
            "<sup class=\"footnote-ref\" id=\"{id}\"><a href=\"#fn-{number}\" role=\"doc-noteref\">{number}</a></sup>"
        );
    }

    pub(super) fn footnote_text(&mut self, label: &str, html: String) {
        self.footnotes.texts.insert(label.to_owned(), html);
    }

    /// Writes the notes that something refers to; the others nobody could reach.
    pub(super) fn footnotes_section(&mut self) {
        if self.footnotes.references.is_empty() {
            return;
        }
        let title = escape_attribute(self.string("footnotes")).into_owned();
        let notes = std::mem::take(&mut self.footnotes);
        let _ = write!(
            self.out,
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{title}\">\n<hr>\n<ol>\n"
        );
        for (at, (label, times)) in notes.references.iter().enumerate() {
            let number = at + 1;
            let text = notes.texts.get(label).map_or("", String::as_str).trim_end();
            let mut back = String::new();
            for time in 1..=*times {
                let to = reference_id(number, time);
                let _ = write!(
                    back,
                    " <a class=\"footnote-back\" href=\"#{to}\" role=\"doc-backlink\" aria-label=\"{number}\">↩</a>"
                );
            }
            let item = match text.strip_suffix("</p>") {
                Some(open) => format!("{open}{back}</p>"),
                None => format!("{text}{back}"),
            };
            let _ = writeln!(self.out, "<li id=\"fn-{number}\">{item}</li>");
        }
        self.out.push_str("</ol>\n</section>\n");
    }
}

fn reference_id(number: usize, time: usize) -> String {
    if time == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{time}") }
}
