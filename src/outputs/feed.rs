//! Atom feeds (RFC 4287), with the full text.

use super::host::with_host;
use crate::html::escape;
use crate::plan::pages::below;
use crate::site::{Page, PageId, PageKind};
use crate::snapshot::Snapshot;
use crate::view::absolute;
use std::cmp::Reverse;
use std::fmt::Write as _;

/// The feed of a home page, section or term: its newest dated pages in its own language.
pub(crate) fn feed(snapshot: &Snapshot, id: PageId) -> String {
    let (site, config) = (&snapshot.site, &snapshot.config);
    let list = site.page(id);
    let mut pages: Vec<&Page> = match list.kind {
        PageKind::Term => list.children.clone(),
        _ => below(list, site),
    }
    .into_iter()
    .map(|id| site.page(id))
    .filter(|page| {
        page.kind == PageKind::Page && page.date().is_some() && page.is_real() && page.front.noindex != Some(true)
    })
    .collect();
    pages.sort_by_key(|page| (Reverse(page.date().map(|moment| moment.timestamp)), page.key.clone()));
    pages.truncate(config.feed_limit);
    let language = config.languages.get(list.language);
    let own = absolute(config, &format!("{}index.xml", list.url));
    let home = absolute(config, &list.url);
    let site_title = language.title.as_deref().unwrap_or(&config.title);
    let title =
        if list.kind == PageKind::Home { site_title.to_owned() } else { format!("{} – {site_title}", list.title) };
    let updated = pages.iter().filter_map(|page| page.date()).map(|moment| moment.timestamp).max();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = writeln!(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", escape(&language.tag));
    let _ = writeln!(out, "<title>{}</title>", escape(&title));
    let _ = writeln!(out, "<id>{}</id>", escape(&home));
    let _ = writeln!(out, "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>", escape(&own));
    let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escape(&home));
    let _ = writeln!(out, "<updated>{}</updated>", updated.unwrap_or_default());
    for page in pages {
        entry(snapshot, page, site_title, &mut out);
    }
    out.push_str("</feed>\n");
    clean(out)
}

fn entry(snapshot: &Snapshot, page: &Page, site_title: &str, out: &mut String) {
    let url = absolute(&snapshot.config, &page.url);
    let date = page.date().map(|moment| moment.timestamp).unwrap_or_default();
    let updated = page.front.lastmod.map_or(date, |moment| moment.timestamp).max(date);
    out.push_str("<entry>\n");
    let _ = writeln!(out, "<title>{}</title>", escape(&page.title));
    let _ = writeln!(out, "<id>{}</id>", escape(&url));
    let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escape(&url));
    let _ = writeln!(out, "<published>{date}</published>\n<updated>{updated}</updated>");
    // An entry needs an author (RFC 4287, section 4.1.2); without a person it is the site.
    let authors = if page.front.authors.is_empty() { vec![site_title.to_owned()] } else { page.front.authors.clone() };
    for author in authors {
        let _ = writeln!(out, "<author><name>{}</name></author>", escape(&author));
    }
    let summary =
        page.front.description.as_deref().or(page.document.as_ref().map(|document| document.text().summary.as_str()));
    if let Some(summary) = summary.filter(|summary| !summary.is_empty()) {
        let _ = writeln!(out, "<summary>{}</summary>", escape(summary));
    }
    if let Some(body) = snapshot.body(page.id) {
        let html = with_host(snapshot, &body.html, &url);
        let base = escape(&url).into_owned();
        let _ = writeln!(out, "<content type=\"html\" xml:base=\"{base}\">{}</content>", escape(&html));
    }
    out.push_str("</entry>\n");
}

/// XML 1.0 has no control characters, wherever they come from.
fn clean(text: String) -> String {
    let allowed =
        |c: char| !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')) || matches!(c, '\n' | '\t' | '\r');
    if text.chars().all(allowed) { text } else { text.chars().filter(|c| allowed(*c)).collect() }
}
