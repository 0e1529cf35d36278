//! Pictures in HTML: their sizes, and their versions around them.

use super::{Images, Picture, plain};
use crate::html::escape_attribute;
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use std::fmt::Write as _;

/// HTML with every `<img>` of the site marked; what an author wrote out stays.
pub(super) fn mark(html: &str, base_path: &str, images: &Images) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut written = 0;
    let mut own_choice = 0usize;
    let mut first = true;
    let emitter = DefaultEmitter::<usize>::new_with_span();
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        match token {
            Token::StartTag(tag) if **tag.name == *b"picture" => own_choice += 1,
            Token::EndTag(tag) if **tag.name == *b"picture" => own_choice = own_choice.saturating_sub(1),
            Token::StartTag(tag) if **tag.name == *b"img" => {
                let range = tag.span.start..tag.span.end;
                let Some(source) = html.get(range.clone()).filter(|source| source.starts_with("<img")) else {
                    continue;
                };
                out.push_str(&html[written..range.start]);
                written = range.end;
                let image = Image { tag: &tag, source, alone: own_choice == 0, first };
                first = false;
                image.write(base_path, images, &mut out);
            }
            _ => {}
        }
    }
    out.push_str(&html[written..]);
    out
}

/// An `<img>`.
struct Image<'a> {
    tag: &'a StartTag<usize>,
    source: &'a str,
    /// It stands in no `<picture>` of the author's.
    alone: bool,
    /// The first of its page is often seen at once, and is not put off.
    first: bool,
}

impl Image<'_> {
    fn attribute(&self, name: &str) -> Option<String> {
        let value = self.tag.attributes.get(name.as_bytes())?;
        Some(String::from_utf8_lossy(&value.value).into_owned())
    }

    fn write(&self, base_path: &str, images: &Images, out: &mut String) {
        let src = self.attribute("src").unwrap_or_default();
        let picture = src.strip_prefix(base_path).and_then(|path| images.get(&plain(path)));
        let end = self.source.trim_end_matches('>').trim_end_matches('/').trim_end();
        let mut tag = end.to_owned();
        if self.first {
            tag = tag.replace(" loading=\"lazy\"", "");
        }
        if let Some(picture) = picture {
            self.size(picture, &mut tag);
        }
        for (name, value) in [("loading", "lazy"), ("decoding", "async")] {
            if self.attribute(name).is_none() && !(self.first && name == "loading") {
                let _ = write!(tag, " {name}=\"{value}\"");
            }
        }
        tag.push('>');
        let versions = picture.filter(|_| self.alone && self.attribute("srcset").is_none());
        match versions.map(|picture| picture.versions.as_slice()).filter(|versions| !versions.is_empty()) {
            Some(versions) => {
                let set = versions.iter().map(|version| format!("{base_path}{} {}w", version.url, version.width));
                let set = set.collect::<Vec<_>>().join(", ");
                let sizes = self.sizes(&images.config.sizes);
                let sizes = escape_attribute(&sizes);
                let _ = write!(
                    out,
                    "<picture><source type=\"image/webp\" srcset=\"{set}\" sizes=\"{sizes}\">{tag}</picture>"
                );
            }
            None => out.push_str(&tag),
        }
    }

    /// How wide it is shown: as the author says, else as the settings do.
    fn sizes(&self, otherwise: &str) -> String {
        let own = self.attribute("width").and_then(|width| width.trim_end_matches("px").parse::<u32>().ok());
        own.map_or_else(|| otherwise.to_owned(), |width| format!("min(100vw, {width}px)"))
    }

    /// Writes the size, to the width or height that the author gives.
    fn size(&self, picture: &Picture, tag: &mut String) {
        let number = |name: &str| self.attribute(name).map(|value| value.trim_end_matches("px").parse::<u64>().ok());
        let (width, height) = (u64::from(picture.width), u64::from(picture.height));
        let _ = match (number("width"), number("height")) {
            (None, None) => write!(tag, " width=\"{width}\" height=\"{height}\""),
            (Some(Some(own)), None) => write!(tag, " height=\"{}\"", (own * height / width).max(1)),
            (None, Some(Some(own))) => write!(tag, " width=\"{}\"", (own * width / height).max(1)),
            _ => Ok(()),
        };
    }
}
