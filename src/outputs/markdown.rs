//! A page as Markdown: what its text came to, with shortcodes and includes in their place and every
//! address in full. For programs that read text, and for people who take it elsewhere.

use super::host::with_host;
use crate::html::escape;
use crate::site::PageId;
use crate::snapshot::Snapshot;
use crate::view::absolute;
use htmd::HtmlToMarkdown;
use htmd::options::{BrStyle, BulletListMarker, HrStyle, Options};
use std::fmt::Write as _;
use std::sync::OnceLock;

/// The page, under a front matter of title, date, language and address.
pub(crate) fn markdown(snapshot: &Snapshot, id: PageId) -> Option<String> {
    let page = snapshot.site.page(id);
    let url = absolute(&snapshot.config, &page.url);
    let mut out = String::from("---\n");
    let _ = writeln!(out, "title: {}", serde_json::Value::from(page.title.as_str()));
    if let Some(date) = page.date() {
        let _ = writeln!(out, "date: {}", date.iso());
    }
    let _ = writeln!(out, "lang: {}", snapshot.config.languages.get(page.text_language).tag);
    let _ = write!(out, "url: {url}\n---\n\n");
    let mut html = format!("<h1>{}</h1>", escape(&page.title));
    if let Some(description) = &page.front.description {
        let _ = write!(html, "<p>{}</p>", crate::html::inline(description));
    }
    if let Some(body) = snapshot.body(id) {
        let body = plain(&body.html);
        if depth(&body) > DEEPEST {
            out.push_str(snapshot.sources.file(page.file()?).text());
            return Some(out);
        }
        html.push_str(&with_host(snapshot, &body, &url));
    }
    // It fails on what cannot be read, and a text in memory can.
    out.push_str(converter().convert(&html).ok()?.trim());
    out.push('\n');
    Some(out)
}

fn converter() -> &'static HtmlToMarkdown {
    static CONVERTER: OnceLock<HtmlToMarkdown> = OnceLock::new();
    CONVERTER.get_or_init(|| {
        let options = Options {
            hr_style: HrStyle::Dashes,
            br_style: BrStyle::Backslash,
            bullet_list_marker: BulletListMarker::Dash,
            ul_bullet_spacing: 1,
            ol_number_spacing: 1,
            ..Options::default()
        };
        let skipped = vec!["script", "style", "svg", "button", "input", "iframe", "template"];
        HtmlToMarkdown::builder().options(options).skip_tags(skipped).build()
    })
}

/// Elements in one another that the converter may be given: it calls itself for each. What is deeper is no
/// text that somebody wrote by hand, and is handed on as its source.
const DEEPEST: usize = 64;

/// How deep the elements of a text stand in one another, at most.
fn depth(html: &str) -> usize {
    const VOID: [&str; 6] = ["br", "hr", "img", "input", "source", "wbr"];
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in html.split('<').skip(1) {
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !name.is_empty() && !VOID.contains(&name) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// HTML without what is there for the eye alone: colours in code and marks beside headings.
fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<pre").into_iter().chain(rest.find("<a class=\"anchor\"")).min() {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = if rest.starts_with("<pre") { "</pre>" } else { "</a>" };
        let end = rest.find(end).map_or(rest.len(), |at| at + end.len());
        if rest.starts_with("<pre") {
            code(&rest[..end], &mut out);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// A code block without its colours, its language in the class by which converters know it.
fn code(block: &str, out: &mut String) {
    let language = block.split_once("data-lang=\"").and_then(|(_, rest)| rest.split('"').next());
    let _ = write!(out, "<pre><code class=\"language-{}\">", language.unwrap_or_default());
    let mut rest = block;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = rest[at..].split_once('>').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out.push_str("</code></pre>");
}
