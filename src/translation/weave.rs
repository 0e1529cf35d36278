//! Translations put back into the text of a page.
//!
//! In: the text of a page, its blocks and what becomes of each. Out: the new text; everything that is no
//! changed block stays byte for byte. What is not translated is marked with its language: a comment
//! before a whole block, a comment at the end of a part of one.

use super::blocks::{Blocks, Kind};
use crate::document::{Form, Piece, call_names, front_node, pieces};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// What becomes of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It stays as it is.
    Keep,
    /// This translation stands in its place.
    Translated(String),
    /// This text of the source stands in its place, and is marked.
    Source(String),
}

/// Writes a part of a page anew. `fates` has one fate for each block; `language` is the source's tag.
pub fn weave(text: &str, part: Range<usize>, blocks: &Blocks, fates: &[Fate], language: &str) -> String {
    let mark = format!("<!-- lang: {language} -->");
    let mut edits: Vec<(Range<usize>, String)> = vec![];
    let mut inline = vec![false; fates.len()];
    for (at, comment) in blocks.comments.iter().enumerate() {
        let below: Vec<usize> = (0..fates.len()).filter(|block| blocks.blocks[*block].comment == Some(at)).collect();
        if below.iter().any(|block| matches!(fates[*block], Fate::Translated(_))) {
            let end = comment.end + usize::from(text[comment.end..].starts_with('\n'));
            edits.push((comment.start..end, String::new()));
            for block in below {
                inline[block] = true;
            }
        }
    }
    for unit in 0..blocks.units.len() {
        mark_unit(blocks, unit, fates, &mark, &mut inline, &mut edits);
    }
    for (at, fate) in fates.iter().enumerate() {
        let block = &blocks.blocks[at];
        let new = match fate {
            Fate::Keep if !(inline[at] && block.speaks) => continue,
            Fate::Source(new) if *new == block.text && !inline[at] => continue,
            Fate::Keep => block.text.clone(),
            Fate::Translated(new) | Fate::Source(new) => new.clone(),
        };
        let marked = inline[at] && !matches!(fate, Fate::Translated(_)) && can_be_marked(&block.kind);
        let new = if marked { format!("{new} {mark}") } else { new };
        edits.push((block.range.clone(), written(text, block.range.start, &block.kind, &new)));
    }
    // An insertion where two parts meet belongs to the second.
    edits.retain(|(range, _)| range.start >= part.start && range.start < part.end);
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let (mut out, mut from) = (String::with_capacity(part.len() * 2), part.start);
    for (range, new) in edits {
        out.push_str(&text[from..range.start.max(from)]);
        out.push_str(&new);
        from = range.end.max(from);
    }
    out.push_str(&text[from..part.end]);
    out
}

/// A unit of which nothing is translated gets one comment before it; else each block gets its own.
fn mark_unit(
    blocks: &Blocks,
    unit: usize,
    fates: &[Fate],
    mark: &str,
    inline: &mut [bool],
    edits: &mut Vec<(Range<usize>, String)>,
) {
    let speaking: Vec<usize> = blocks.of_unit(unit).into_iter().filter(|at| blocks.blocks[*at].speaks).collect();
    let fresh = |at: &&usize| matches!(fates[**at], Fate::Source(_));
    if speaking.iter().filter(fresh).count() == 0 {
        return;
    }
    if speaking.iter().all(|at| fresh(&at) && blocks.blocks[*at].comment.is_none()) {
        let start = blocks.units[unit].range.start;
        edits.push((start..start, format!("{mark}\n")));
    } else {
        speaking.iter().filter(fresh).for_each(|at| inline[*at] = true);
    }
}

/// A comment inside a parameter or a line of HTML would be text.
fn can_be_marked(kind: &Kind) -> bool {
    !matches!(kind, Kind::Front(_) | Kind::Parameter(..) | Kind::Html)
}

/// A block's new text as it stands in the file: quoted in front matter, with the signs of the blocks
/// around it before each further line.
fn written(text: &str, start: usize, kind: &Kind, new: &str) -> String {
    match kind {
        Kind::Front(_) => front_value(text, start, new),
        Kind::Parameter(..) => match text[..start].chars().next_back() {
            Some('`') => new.replace('`', "'"),
            _ => new.replace('\\', "\\\\").replace('"', "\\\""),
        },
        Kind::Html => new.to_owned(),
        _ => {
            let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
            let sign = |c: char| if c == '>' || c.is_whitespace() { c } else { ' ' };
            let prefix: String = text[line..start].chars().map(sign).collect();
            new.replace('\n', &format!("\n{prefix}"))
        }
    }
}

/// Plain where YAML reads it back as the same text and the author wrote it plainly, else in quotes,
/// which all three forms of front matter read in the same way.
fn front_value(text: &str, start: usize, new: &str) -> String {
    let plain = !text[start..].starts_with(['"', '\'']);
    let yaml = front_node(text, crate::diag::FileId(0)).is_some_and(|(_, form)| form == Form::Yaml);
    if plain && yaml && !new.contains('\n') {
        let probe = format!("---\nk: {new}\n---\n");
        let node = front_node(&probe, crate::diag::FileId(0)).map(|(node, _)| node);
        if node.as_ref().and_then(|node| node.get("k")).and_then(|node| node.as_str()) == Some(new)
            && !new.contains([',', '[', ']', '{', '}'])
        {
            return new.to_owned();
        }
    }
    serde_json::Value::from(new).to_string()
}

/// Can this translation stand where the block stands? If not, why not and what to write.
pub fn fits(kind: &Kind, source: &str, new: &str) -> Result<(), (String, String)> {
    let told = |message: String, hint: &str| Err((message, hint.to_owned()));
    if matches!(kind, Kind::Front(_) | Kind::Parameter(..)) {
        let lines = new.contains('\n');
        return if lines { told("the text goes over several lines".into(), "write it on one line") } else { Ok(()) };
    }
    let (Some(theirs), Some(ours)) = (call_names(source), call_names(new)) else {
        return told("a shortcode of the translation is broken".into(), "copy the shortcode from the source");
    };
    if sorted(theirs.clone()) != sorted(ours) {
        let names: Vec<String> = theirs.iter().map(|name| format!("`{name}`")).collect();
        let named = if names.is_empty() { "no shortcode".to_owned() } else { names.join(", ") };
        return told("the translation has other shortcodes than the source".into(), &format!("the source has {named}"));
    }
    if *kind == Kind::Html {
        let tags = |text: &str| sorted(tags(text));
        return if tags(source) == tags(new) {
            Ok(())
        } else {
            told("the translation has other HTML tags than the source".into(), "keep each tag, opened and closed")
        };
    }
    // In a heading or a cell no block can begin.
    let alone = matches!(kind, Kind::Heading(_) | Kind::Cell | Kind::HeadCell | Kind::Term);
    let (was, is) = (shape(source), if alone { shape(&format!("x {new}")) } else { shape(new) });
    if is.blocks {
        return told(
            "the translation is more than one block of Markdown".into(),
            "write one block, and `\\` before a sign that begins a list, heading or quotation",
        );
    }
    for (what, was, is) in
        [("links", was.links, is.links), ("images", was.images, is.images), ("footnotes", was.notes, is.notes)]
    {
        if is < was {
            let message = format!("the translation has {is} {what}, the source {was}");
            return told(message, "keep each link, image and footnote, with its address as it is");
        }
    }
    let bars = new.replace("\\|", "").contains('|');
    if matches!(kind, Kind::Cell | Kind::HeadCell) && (bars || new.contains('\n')) {
        return told(
            "the translation would end the cell of the table".into(),
            "write `\\|` for a bar, and no line breaks",
        );
    }
    if matches!(kind, Kind::Heading(_)) && new.contains('\n') {
        return told("the heading goes over several lines".into(), "write it on one line");
    }
    if new.replace("\\\n", "").replace("  \n", "").contains('\n') && *kind != Kind::Html {
        return told("the text has a line break that the source has not".into(), "write it on one line");
    }
    Ok(())
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

fn tags(html: &str) -> Vec<String> {
    let tokens = html5gum::Tokenizer::new(html).flatten();
    let names = tokens.filter_map(|token| match token {
        html5gum::Token::StartTag(tag) => Some(String::from_utf8_lossy(&tag.name).into_owned()),
        html5gum::Token::EndTag(tag) => Some(format!("/{}", String::from_utf8_lossy(&tag.name))),
        _ => None,
    });
    names.collect()
}

#[derive(Default)]
struct Shape {
    links: usize,
    images: usize,
    notes: usize,
    /// Is it anything else than one paragraph?
    blocks: bool,
}

fn shape(text: &str) -> Shape {
    let mut shape = Shape::default();
    let mut paragraphs = 0;
    for (piece, _) in pieces(text, false) {
        match piece {
            Piece::Event(Event::Start(Tag::Link { .. })) => shape.links += 1,
            Piece::Event(Event::Start(Tag::Image { .. })) => shape.images += 1,
            Piece::Event(Event::FootnoteReference(_)) => shape.notes += 1,
            Piece::Event(Event::Start(Tag::Paragraph)) => paragraphs += 1,
            Piece::Event(Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)) => {}
            Piece::Event(Event::Start(_) | Event::Html(_) | Event::Rule | Event::End(TagEnd::CodeBlock)) => {
                shape.blocks = true;
            }
            // The label of a footnote stands elsewhere on the page.
            Piece::Event(Event::Text(text)) if text.contains("[^") => shape.notes += text.matches("[^").count(),
            _ => {}
        }
    }
    shape.blocks |= paragraphs != 1;
    shape
}
