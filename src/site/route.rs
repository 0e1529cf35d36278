//! The address of a page.

use crate::config::Config;
use crate::diag::{Code, Diagnostic, Sink, Span, did_you_mean};
use crate::document::FrontMatter;
use crate::document::slug::{permalink_segment, url_segment};
use crate::lang::LanguageId;

/// What an address is made of.
pub(super) struct Routed<'a> {
    pub(super) key: &'a str,
    pub(super) title: &'a str,
    pub(super) front: &'a FrontMatter,
    pub(super) language: LanguageId,
    /// Permalink patterns and slugs are for pages, not for sections.
    pub(super) is_page: bool,
}

/// The address below the host, with the language's prefix.
pub(super) fn url(page: &Routed<'_>, config: &Config, sink: &mut Sink) -> String {
    let prefix = config.languages.prefix(page.language);
    let path = page
        .front
        .url
        .as_ref()
        .and_then(|(url, span)| explicit(url, prefix, *span, sink))
        .or_else(|| pattern(page, config))
        .unwrap_or_else(|| by_key(page));
    prefixed(prefix, &path)
}

/// The tokens of permalink patterns.
const TOKENS: [&str; 15] = [
    "year",
    "month",
    "monthname",
    "day",
    "weekday",
    "weekdayname",
    "yearday",
    "section",
    "sections",
    "title",
    "slug",
    "slugorfilename",
    "slugorcontentbasename",
    "filename",
    "contentbasename",
];

/// Tells of tokens that no pattern knows; they would stand in addresses as they are.
pub(super) fn check_patterns(config: &Config, sink: &mut Sink) {
    for (section, pattern) in &config.permalinks {
        for token in pattern.split(':').skip(1) {
            let name = &token[..token.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(token.len())];
            if !TOKENS.contains(&name) {
                let message = format!("the address pattern of `{section}` has the unknown part `:{name}`");
                let hint = did_you_mean(name, TOKENS).unwrap_or_else(|| format!("known are :{}", TOKENS.join(", :")));
                sink.push(Diagnostic::path(Code::ConfigValue, "site.yaml", message).hint(hint));
            }
        }
    }
}

/// `/`, `/fr/`, `/fr/path/`: one slash between the parts, one at the end unless it is a file.
pub(super) fn prefixed(prefix: &str, path: &str) -> String {
    let path = path.trim_matches('/');
    let is_file = path.rsplit('/').next().is_some_and(|last| last.ends_with(".html") || last.ends_with(".htm"));
    match (prefix.is_empty(), path.is_empty()) {
        (true, true) => "/".into(),
        (false, true) => format!("/{prefix}/"),
        (true, false) if is_file => format!("/{path}"),
        (false, false) if is_file => format!("/{prefix}/{path}"),
        (true, false) => format!("/{path}/"),
        (false, false) => format!("/{prefix}/{path}/"),
    }
}

/// `url:` as it is written, below the language's prefix. A trailing slash in the text tells a folder
/// named `charter.md/` from a file.
fn explicit(url: &str, prefix: &str, span: Span, sink: &mut Sink) -> Option<String> {
    let bad = url.contains("://") || url.contains(['?', '#', '\\', '\0']) || url.split('/').any(|part| part == "..");
    if bad || url.trim().is_empty() {
        let message = format!("`{url}` cannot be the address of a page");
        sink.push(
            Diagnostic::new(Code::UrlInvalid, span, message)
                .hint("write a path from the home page on, such as `/papers/platforms/`"),
        );
        return None;
    }
    let path = url.trim().trim_matches('/');
    let below = path.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('/'));
    Some(below.filter(|_| !prefix.is_empty()).unwrap_or(path).to_owned())
}

fn pattern(page: &Routed<'_>, config: &Config) -> Option<String> {
    if !page.is_page {
        return None;
    }
    let (section, _) = page.key.split_once('/')?;
    let pattern = config.permalinks.get(section)?;
    let parts = pattern.trim_matches('/').split('/').map(|part| fill(part, page));
    Some(parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/"))
}

/// Fills the tokens of one segment, as in `:year-:month` or `:slug`.
fn fill(part: &str, page: &Routed<'_>) -> String {
    let mut out = String::new();
    let mut rest = part;
    while let Some((before, token)) = rest.split_once(':') {
        out.push_str(before);
        let len = token.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(token.len());
        out.push_str(&value(&token[..len], page));
        rest = &token[len..];
    }
    out.push_str(rest);
    out
}

fn value(token: &str, page: &Routed<'_>) -> String {
    let date = page.front.date.map(|moment| moment.date);
    let slug = page.front.slug.as_ref().map(|(slug, _)| slug.as_str()).filter(|slug| !slug.is_empty());
    let (folder, file) = page.key.rsplit_once('/').unwrap_or(("", page.key));
    match token {
        "year" => date.map_or_else(String::new, |date| date.year().to_string()),
        "month" => date.map_or_else(String::new, |date| format!("{:02}", date.month())),
        "monthname" => date.map_or_else(String::new, |date| date.strftime("%B").to_string().to_lowercase()),
        "day" => date.map_or_else(String::new, |date| format!("{:02}", date.day())),
        "weekday" => date.map_or_else(String::new, |date| date.weekday().to_sunday_zero_offset().to_string()),
        "weekdayname" => date.map_or_else(String::new, |date| date.strftime("%A").to_string().to_lowercase()),
        "yearday" => date.map_or_else(String::new, |date| date.day_of_year().to_string()),
        "section" => page.key.split('/').next().map(url_segment).unwrap_or_default(),
        "sections" => folder.split('/').map(url_segment).collect::<Vec<_>>().join("/"),
        "title" => permalink_segment(page.title),
        "slug" => permalink_segment(slug.unwrap_or(page.title)),
        "slugorfilename" | "slugorcontentbasename" => permalink_segment(slug.unwrap_or(file)),
        "filename" | "contentbasename" => permalink_segment(file),
        other => format!(":{other}"),
    }
}

fn by_key(page: &Routed<'_>) -> String {
    let mut parts: Vec<String> = page.key.split('/').map(url_segment).collect();
    let slug = page.front.slug.as_ref().filter(|(slug, _)| page.is_page && !slug.is_empty());
    if let (Some((slug, _)), Some(last)) = (slug, parts.last_mut()) {
        *last = url_segment(slug);
    }
    parts.join("/")
}
