//! From a request to what the host would answer.

use super::paths::{Found, find, is_own_host};
use super::reload::{SCRIPT, SCRIPT_TEXT, with_reload};
use super::told::{State, Told};
use crate::cache::Key;
use crate::diag::{Sink, to_text};
use crate::html::escape;
use crate::plan::Entry;
use crate::plan::pages::not_found_url;
use crate::render::render;
use crate::source::SourceError;
use std::borrow::Cow;
use std::ops::Range;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// `GET`, `HEAD`.
    pub method: String,
    /// The path of the address, as it was sent.
    pub path: String,
    /// What stands behind its question mark.
    pub query: String,
    /// `Host`.
    pub host: String,
    /// `Range`.
    pub range: Option<String>,
    /// `If-Range`.
    pub if_range: Option<String>,
    /// `If-None-Match`.
    pub if_none_match: Option<String>,
}

/// What is answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The bytes; those of a `HEAD` are left out.
    pub body: Vec<u8>,
}

impl Answer {
    pub(super) fn plain(status: u16, text: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", text.as_bytes().to_vec())
    }

    fn new(status: u16, media_type: &str, body: Vec<u8>) -> Self {
        Self { status, headers: vec![("Content-Type".into(), media_type.into())], body }
    }

    fn set(&mut self, name: &str, value: impl Into<String>) {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.into(), value.into()));
    }
}

/// Answers a request.
pub fn answer(server: &State, request: &Request) -> Answer {
    if !is_own_host(&request.host) {
        let text = "This server answers to localhost and to addresses only.\n";
        return Answer::plain(421, text);
    }
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        let mut answer = Answer::plain(405, "Only GET and HEAD.\n");
        answer.set("Allow", "GET, HEAD");
        return answer;
    }
    let mut answer = match server.awaited() {
        _ if request.path == SCRIPT => Answer::new(200, "text/javascript; charset=utf-8", SCRIPT_TEXT.into()),
        Some(told) => routed(server, &told, request),
        None => Answer::plain(503, &server.problems()),
    };
    if answer.status == 200 {
        conditional(&mut answer, request);
    }
    answer.set("Content-Length", answer.body.len().to_string());
    if request.method == "HEAD" {
        answer.body.clear();
    }
    answer
}

/// Redirects that win, then what is there, then the other redirects, then the page for what is not there.
fn routed(server: &State, told: &Told, request: &Request) -> Answer {
    let base = told.snapshot.views.base_path.as_str();
    let redirect = told.redirects.of(&request.path, &request.query);
    let found = find(&told.snapshot.plan, base, &request.path);
    let mut answer = match (found, redirect) {
        (Found::Refused, _) => Answer::plain(400, "This is no address.\n"),
        (_, Some(redirect)) if redirect.forced => redirected(server, told, &redirect.to, redirect.status),
        (Found::Entry(entry), _) => output(server, told, entry, 200),
        (Found::Slash, _) => moved(301, &with_query(&format!("{}/", request.path), &request.query)),
        (Found::Nothing, Some(redirect)) => redirected(server, told, &redirect.to, redirect.status),
        (Found::Nothing, None) if !base.is_empty() && request.path == "/" => moved(302, &format!("{base}/")),
        (Found::Nothing, None) => {
            searched(told, &request.path).unwrap_or_else(|| not_found(server, told, &request.path))
        }
    };
    for (name, value) in told.headers.of(&request.path) {
        answer.set(&name, value);
    }
    answer
}

/// A file of the search index.
fn searched(told: &Told, path: &str) -> Option<Answer> {
    let path = path.strip_prefix(told.snapshot.views.base_path.as_str())?.strip_prefix('/')?;
    let bytes = if path.starts_with(crate::search::FOLDER) { told.searched(path)? } else { return None };
    Some(Answer::new(200, &media_type(path), bytes.to_vec()))
}

fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn moved(status: u16, to: &str) -> Answer {
    let mut answer = Answer::plain(status, &format!("This is at {to} now.\n"));
    answer.set("Location", to);
    answer
}

fn redirected(server: &State, told: &Told, to: &str, status: u16) -> Answer {
    if (300..400).contains(&status) || to.contains("://") {
        return moved(if (300..400).contains(&status) { status } else { 302 }, to);
    }
    let path = to.split(['?', '#']).next().unwrap_or_default();
    match find(&told.snapshot.plan, &told.snapshot.views.base_path, path) {
        Found::Entry(entry) => output(server, told, entry, status),
        _ => not_found(server, told, path),
    }
}

/// The page for missing pages, in the language of the address.
fn not_found(server: &State, told: &Told, path: &str) -> Answer {
    match missing(told, path) {
        Some(entry) => output(server, told, entry, 404),
        None => Answer::plain(404, "There is no such page.\n"),
    }
}

fn missing<'t>(told: &'t Told, path: &str) -> Option<&'t Entry> {
    let (config, plan) = (&told.snapshot.config, &told.snapshot.plan);
    let below = path.strip_prefix(told.snapshot.views.base_path.as_str()).unwrap_or(path);
    let first = below.trim_start_matches('/').split('/').next().unwrap_or_default();
    let default = config.languages.default_id();
    let mut prefixed = config.languages.iter().filter(|(id, _)| *id != default);
    let language = prefixed.find(|(id, _)| config.languages.prefix(*id) == first).map_or(default, |(id, _)| id);
    plan.get(not_found_url(config, language).trim_start_matches('/'))
}

/// An output; a page as it was last, if it cannot be rendered now.
fn output(server: &State, told: &Told, entry: &Entry, status: u16) -> Answer {
    let media_type = media_type(&entry.path);
    let mut sink = Sink::new();
    let bytes = match media_type.as_str() {
        HTML => page(server, told, entry, &mut sink),
        _ => render(&told.snapshot, entry, &mut sink).map(|bytes| bytes.map(Cow::into_owned)),
    };
    let sources = &told.snapshot.sources;
    let mut answer = match bytes {
        Ok(Some(bytes)) => Answer::new(status, &media_type, bytes),
        Ok(None) => failed(&to_text(&sink.into_sorted(sources), sources, false)),
        Err(error) => Answer::plain(500, &format!("{error}\n")),
    };
    // Browsers ask again each time; what the site itself says of its files goes before.
    answer.set("Cache-Control", "no-cache");
    answer
}

/// The bytes of a page: those of now, else those that were good last.
fn page(server: &State, told: &Told, entry: &Entry, sink: &mut Sink) -> Result<Option<Vec<u8>>, SourceError> {
    let html = told.page(entry, sink)?.map(|shown| shown.html.clone());
    if let Some(html) = &html {
        server.keep_good(&entry.path, html);
    }
    Ok(html.or_else(|| server.good(&entry.path)).map(|html| html.as_bytes().to_vec()))
}

/// A page that never could be rendered.
fn failed(text: &str) -> Answer {
    let html =
        format!("<!doctype html><meta charset=\"utf-8\"><title>Not rendered</title><pre>{}</pre>\n", escape(text));
    let html = with_reload(&html, &Key::of(&[html.as_bytes()]));
    Answer::new(500, HTML, html.into_bytes())
}

/// The state of the page at an address, by which an open one is told to reload; none if it cannot be rendered.
pub(super) fn state_of(told: &Told, path: &str) -> Option<Key> {
    let (snapshot, base) = (&told.snapshot, told.snapshot.views.base_path.as_str());
    let shown = |path: &str| match find(&snapshot.plan, base, path) {
        Found::Entry(entry) => Some(entry),
        _ => None,
    };
    let rewritten = || told.redirects.of(path, "").and_then(|redirect| shown(&redirect.to));
    let entry = shown(path).or_else(rewritten).or_else(|| missing(told, path))?;
    Some(told.page(entry, &mut Sink::new()).ok()??.state)
}

const HTML: &str = "text/html; charset=utf-8";

/// The media type of a path. Texts are UTF-8, since the site writes no other.
fn media_type(path: &str) -> String {
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    let text = guess.type_() == "text"
        || matches!(
            guess.essence_str(),
            "application/json" | "application/xml" | "image/svg+xml" | "application/javascript"
        );
    if text { format!("{}; charset=utf-8", guess.essence_str()) } else { guess.essence_str().to_owned() }
}

/// Not modified, or a part only (RFC 9110, sections 13 and 14).
fn conditional(answer: &mut Answer, request: &Request) {
    let tag = format!("\"{}\"", &Key::of(&[&answer.body]).to_string()[..32]);
    answer.set("ETag", tag.clone());
    answer.set("Accept-Ranges", "bytes");
    let known = request.if_none_match.as_deref().unwrap_or_default();
    if known
        .split(',')
        .any(|known| matches!(known.trim().trim_start_matches("W/"), known if known == tag || known == "*"))
    {
        answer.status = 304;
        answer.body.clear();
        return;
    }
    let fresh = request.if_range.as_deref().is_none_or(|known| known == tag);
    let Some(range) = request.range.as_deref().filter(|_| fresh) else { return };
    let length = answer.body.len();
    match part(range, length) {
        Some(Ok(range)) => {
            answer.set("Content-Range", format!("bytes {}-{}/{length}", range.start, range.end - 1));
            answer.body = answer.body[range].to_vec();
            answer.status = 206;
        }
        Some(Err(())) => {
            *answer = Answer::plain(416, "There is no such range.\n");
            answer.set("Content-Range", format!("bytes */{length}"));
        }
        None => {}
    }
}

/// The one range that is asked for. Several, and what is no range of bytes, are answered with the whole.
fn part(range: &str, length: usize) -> Option<Result<Range<usize>, ()>> {
    let parsed = http_range_header::parse_range_header(range).ok()?;
    match parsed.validate(length as u64).as_deref() {
        Ok([one]) => Some(Ok(*one.start() as usize..*one.end() as usize + 1)),
        Ok(_) => None,
        Err(_) => Some(Err(())),
    }
}
