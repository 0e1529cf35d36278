//! Markdown as events, the same for the outline and for the HTML.
//!
//! Both passes walk this one stream, so that the n-th link of one is the n-th link of the other.

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset};
use std::ops::Range;

/// Opens a placeholder. The private use area has no meaning of its own.
pub(crate) const PLACEHOLDER_START: char = '\u{e000}';
/// Closes a placeholder.
pub(crate) const PLACEHOLDER_END: char = '\u{e001}';

/// A part of the stream.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece<'a> {
    /// As CommonMark has it.
    Event(Event<'a>),
    /// A shortcode call inside a text.
    Call(usize),
    /// Shortcode calls that are a block of their own.
    Block(Vec<usize>),
}

/// The language of a comment that marks the text of a block: `<!-- lang: en -->`.
pub(crate) fn language_comment(html: &str) -> Option<&str> {
    let inner = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    let tag = inner.trim().strip_prefix("lang:")?.trim();
    (!tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')).then_some(tag)
}

/// The dialect: GitHub's, with definition lists, heading attributes and footnotes, and mathematics for those
/// who want it: dollar signs are common in prose.
fn options(math: bool) -> Options {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    if math { options | Options::ENABLE_MATH } else { options }
}

/// The stream of a text, with the range of each part.
pub(crate) fn pieces(text: &str, math: bool) -> Vec<(Piece<'_>, Range<usize>)> {
    let events = TextMergeWithOffset::new(Parser::new_ext(text, options(math)).into_offset_iter());
    let mut out = Vec::with_capacity(text.len() / 24);
    let mut verbatim = 0usize;
    let mut html: Option<(String, Range<usize>)> = None;
    for (event, range) in events {
        match event {
            Event::Html(part) => match &mut html {
                Some((joined, whole)) => {
                    joined.push_str(&part);
                    whole.end = range.end;
                }
                None => html = Some((part.into_string(), range)),
            },
            event => {
                if let Some((joined, whole)) = html.take() {
                    out.push((Piece::Event(Event::Html(joined.into())), whole));
                }
                match &event {
                    Event::Start(Tag::Link { .. } | Tag::CodeBlock(_) | Tag::Image { .. }) => verbatim += 1,
                    Event::End(TagEnd::Link | TagEnd::CodeBlock | TagEnd::Image) => verbatim -= 1,
                    _ => {}
                }
                match event {
                    // `<me@example.org>`: pulldown-cmark leaves `mailto:` to the writer.
                    Event::Start(Tag::Link { link_type: LinkType::Email, dest_url, title, id }) => {
                        let dest_url = format!("mailto:{dest_url}").into();
                        let tag = Tag::Link { link_type: LinkType::Email, dest_url, title, id };
                        out.push((Piece::Event(Event::Start(tag)), range));
                    }
                    Event::Text(text) => split_text(text, range, verbatim > 0, &mut out),
                    event => out.push((Piece::Event(event), range)),
                }
            }
        }
    }
    if let Some((joined, whole)) = html {
        out.push((Piece::Event(Event::Html(joined.into())), whole));
    }
    if may_have_calls(text) {
        unwrap_blocks(&mut out);
    }
    out
}

/// Is there a placeholder? Its first byte begins no character that is written in any language.
fn may_have_calls(text: &str) -> bool {
    let mut first = [0; 4];
    PLACEHOLDER_START.encode_utf8(&mut first);
    memchr::memchr(first[0], text.as_bytes()).is_some() && text.contains(PLACEHOLDER_START)
}

/// Is there something that looks like an address?
fn may_have_urls(text: &str) -> bool {
    let after = |at: usize, rest: &str| text[at..].starts_with(rest);
    memchr::memchr2_iter(b':', b'w', text.as_bytes()).any(|at| after(at, "://") || after(at, "www."))
}

fn split_text<'a>(text: CowStr<'a>, range: Range<usize>, verbatim: bool, out: &mut Vec<(Piece<'a>, Range<usize>)>) {
    let has_call = may_have_calls(&text);
    let has_url = !verbatim && may_have_urls(&text);
    if !has_call && !has_url {
        out.push((Piece::Event(Event::Text(text)), range));
        return;
    }
    // Sub-ranges are exact where the text stands in the source letter by letter.
    let exact = range.len() == text.len();
    let sub = |part: Range<usize>| if exact { range.start + part.start..range.start + part.end } else { range.clone() };
    for (part, part_range) in split_placeholders(&text) {
        match part {
            Ok(plain) if has_url => link_urls(plain, &part_range, &sub, out),
            Ok(plain) => out.push((Piece::Event(Event::Text(plain.to_owned().into())), sub(part_range))),
            Err(call) => out.push((Piece::Call(call), sub(part_range))),
        }
    }
}

/// The texts between placeholders, and the placeholders' numbers.
pub(crate) fn split_placeholders(text: &str) -> Vec<(Result<&str, usize>, Range<usize>)> {
    let mut parts = vec![];
    let mut at = 0;
    while let Some(found) = text[at..].find(PLACEHOLDER_START) {
        let start = at + found;
        let digits = start + PLACEHOLDER_START.len_utf8();
        let call = text[digits..].find(PLACEHOLDER_END).and_then(|len| {
            let number = text[digits..digits + len].parse().ok()?;
            Some((number, digits + len + PLACEHOLDER_END.len_utf8()))
        });
        let Some((number, end)) = call else { break };
        if at < start {
            parts.push((Ok(&text[at..start]), at..start));
        }
        parts.push((Err(number), start..end));
        at = end;
    }
    if at < text.len() {
        parts.push((Ok(&text[at..]), at..text.len()));
    }
    parts
}

/// Bare URLs become links.
fn link_urls<'a>(
    text: &str,
    at: &Range<usize>,
    sub: &dyn Fn(Range<usize>) -> Range<usize>,
    out: &mut Vec<(Piece<'a>, Range<usize>)>,
) {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]).url_must_have_scheme(false);
    for span in finder.spans(text) {
        let range = sub(at.start + span.start()..at.start + span.end());
        let shown: CowStr<'a> = span.as_str().to_owned().into();
        let url = match span.kind() {
            Some(LinkKind::Url) if has_scheme(span.as_str()) => span.as_str().to_owned(),
            Some(LinkKind::Url) if span.as_str().starts_with("www.") => format!("https://{}", span.as_str()),
            _ => {
                out.push((Piece::Event(Event::Text(shown)), range));
                continue;
            }
        };
        let tag = Tag::Link { link_type: LinkType::Autolink, dest_url: url.into(), title: "".into(), id: "".into() };
        out.push((Piece::Event(Event::Start(tag)), range.clone()));
        out.push((Piece::Event(Event::Text(shown)), range.clone()));
        out.push((Piece::Event(Event::End(TagEnd::Link)), range));
    }
}

fn has_scheme(url: &str) -> bool {
    ["http://", "https://", "ftp://"].iter().any(|scheme| url.starts_with(scheme))
}

/// A paragraph of nothing but calls is no paragraph.
fn unwrap_blocks(pieces: &mut Vec<(Piece<'_>, Range<usize>)>) {
    let mut at = 0;
    while at < pieces.len() {
        if matches!(pieces[at].0, Piece::Event(Event::Start(Tag::Paragraph))) {
            let mut calls = vec![];
            let mut end = at + 1;
            while let Some((piece, _)) = pieces.get(end) {
                match piece {
                    Piece::Call(call) => calls.push(*call),
                    Piece::Event(Event::SoftBreak) => {}
                    Piece::Event(Event::Text(text)) if text.trim().is_empty() => {}
                    _ => break,
                }
                end += 1;
            }
            let closes = matches!(pieces.get(end), Some((Piece::Event(Event::End(TagEnd::Paragraph)), _)));
            if closes && !calls.is_empty() {
                let range = pieces[at].1.clone();
                pieces.splice(at..=end, [(Piece::Block(calls), range)]);
            }
        }
        at += 1;
    }
}
