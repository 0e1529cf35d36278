//! `llms.txt`, as llmstxt.org describes it: a language's pages by section, each with its Markdown.

use crate::lang::LanguageId;
use crate::plan::pages::markdown_url;
use crate::site::{Page, is_meeting};
use crate::snapshot::Snapshot;
use crate::view::absolute;
use indexmap::IndexMap;
use std::fmt::Write as _;

/// The heading under which a reader with little room may skip everything; its word is part of the form.
const OPTIONAL: &str = "Optional";

/// The list of a language. Fallbacks are in their own language's.
pub(crate) fn llms(snapshot: &Snapshot, language: LanguageId) -> String {
    let (config, site) = (&snapshot.config, &snapshot.site);
    let settings = config.languages.get(language);
    let title = settings.title.as_deref().unwrap_or(&config.title);
    let description = settings.description.as_deref().unwrap_or(&config.description);
    let mut out = format!("# {}\n", line(title));
    if !description.is_empty() {
        let _ = write!(out, "\n> {}\n", line(description));
    }
    let mut pages: Vec<&Page> =
        site.pages().iter().filter(|page| page.language == language && markdown_url(config, page).is_some()).collect();
    pages.sort_by_key(|page| &page.key);
    let mut sections: IndexMap<String, Vec<&Page>> = IndexMap::new();
    for page in pages {
        sections.entry(heading(snapshot, page, title)).or_default().push(page);
    }
    if let Some(optional) = sections.shift_remove(OPTIONAL) {
        sections.insert(OPTIONAL.into(), optional);
    }
    for (heading, pages) in sections {
        let _ = write!(out, "\n## {}\n\n", line(&heading));
        for page in pages {
            entry(snapshot, page, &mut out);
        }
    }
    out
}

/// The section that a page is listed in: meetings are many and of their day.
fn heading(snapshot: &Snapshot, page: &Page, title: &str) -> String {
    if is_meeting(page) {
        return OPTIONAL.into();
    }
    let section = snapshot.site.by_key(page.section(), page.language).map(|id| snapshot.site.page(id));
    let section = section.filter(|section| section.kind.is_list() && !section.key.is_empty());
    section.map_or_else(|| title.to_owned(), |section| section.link_title().to_owned())
}

fn entry(snapshot: &Snapshot, page: &Page, out: &mut String) {
    let Some(url) = markdown_url(&snapshot.config, page) else { return };
    let title = line(&page.title).replace('[', "\\[").replace(']', "\\]");
    let _ = write!(out, "- [{title}]({})", absolute(&snapshot.config, &url));
    match page.front.description.as_deref().filter(|description| !description.is_empty()) {
        Some(description) => {
            let _ = writeln!(out, ": {}", line(description));
        }
        None => out.push('\n'),
    }
}

/// A text on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
