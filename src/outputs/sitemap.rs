//! The sitemap, with alternates for translations (sitemaps.org 0.9 and Google's `xhtml:link`).

use crate::html::escape;
use crate::site::Page;
use crate::snapshot::Snapshot;
use crate::view::absolute;
use std::fmt::Write as _;

/// Every page that search engines should know: no fallbacks, nothing marked `noindex`.
pub(crate) fn sitemap(snapshot: &Snapshot) -> String {
    let (site, config) = (&snapshot.site, &snapshot.config);
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    let listed = |page: &&Page| page.is_real() && page.front.noindex != Some(true);
    let mut pages: Vec<&Page> = site.pages().iter().filter(listed).collect();
    pages.sort_by(|a, b| a.url.cmp(&b.url));
    for page in pages {
        let _ = write!(out, "<url><loc>{}</loc>", escape(&encoded(&absolute(config, &page.url))));
        if let Some(date) = changed(snapshot, page) {
            let _ = write!(out, "<lastmod>{date}</lastmod>");
        }
        let group = site.group(page.group);
        let real: Vec<&Page> = group.pages.iter().flatten().map(|id| site.page(*id)).filter(listed).collect();
        if config.languages.len() > 1 {
            for other in &real {
                link(snapshot, &config.languages.get(other.language).tag, other, &mut out);
            }
            if let Some(default) = group.pages[config.languages.default_id().index()] {
                let default = site.page(default);
                let default = default.canonical.map_or(default, |id| site.page(id));
                link(snapshot, "x-default", default, &mut out);
            }
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

fn link(snapshot: &Snapshot, tag: &str, page: &Page, out: &mut String) {
    let url = encoded(&absolute(&snapshot.config, &page.url));
    let _ = write!(out, "<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{}\"/>", escape(&url));
}

/// Sitemaps want plain ASCII URLs.
fn encoded(url: &str) -> String {
    use percent_encoding::{CONTROLS, utf8_percent_encode};
    utf8_percent_encode(url, CONTROLS).to_string()
}

fn changed(snapshot: &Snapshot, page: &Page) -> Option<String> {
    let own = page.front.lastmod.map(|moment| moment.iso());
    let commit = || snapshot.views.changes.of(&snapshot.sources, page.file()?).map(|commit| commit.date);
    own.or_else(commit).or_else(|| page.date().map(|moment| moment.iso()))
}
