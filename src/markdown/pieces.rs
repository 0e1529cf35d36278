//! Looking ahead in the pieces of a chunk.

use crate::document::{Piece, language_comment};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// The pieces of a chunk, with the range of each.
pub(super) type Pieces<'p> = [(Piece<'p>, Range<usize>)];

/// The language that a comment inside of the block gives to it; blocks in it have their own.
pub(super) fn inline_language(pieces: &Pieces<'_>, at: usize) -> Option<String> {
    let Piece::Event(Event::Start(tag)) = &pieces[at].0 else { return None };
    if is_inline(&tag.to_end()) || matches!(tag, Tag::List(_) | Tag::Table(_) | Tag::TableHead | Tag::TableRow) {
        return None;
    }
    for (piece, _) in &pieces[at + 1..] {
        match piece {
            Piece::Event(Event::InlineHtml(html)) => {
                if let Some(language) = language_comment(html) {
                    return Some(language.to_owned());
                }
            }
            Piece::Event(Event::Start(tag)) if !is_inline(&tag.to_end()) => return None,
            Piece::Event(Event::End(tag)) if !is_inline(tag) => return None,
            _ => {}
        }
    }
    None
}

/// The first character that the reader sees after the piece at `at`, within its block.
pub(super) fn following(pieces: &Pieces<'_>, at: usize) -> Option<char> {
    for (piece, _) in &pieces[at + 1..] {
        match piece {
            Piece::Event(Event::Text(text) | Event::Code(text)) => return text.chars().next(),
            Piece::Event(Event::Start(tag)) if is_inline(&tag.to_end()) => {}
            Piece::Event(Event::End(tag)) if is_inline(tag) => {}
            Piece::Event(Event::InlineHtml(_)) => {}
            Piece::Call(_) => return Some('x'),
            _ => return None,
        }
    }
    None
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

pub(super) fn matching_end(pieces: &Pieces<'_>, start: usize) -> usize {
    let mut depth = 0usize;
    for (at, (piece, _)) in pieces.iter().enumerate().skip(start) {
        match piece {
            Piece::Event(Event::Start(_)) => depth += 1,
            Piece::Event(Event::End(_)) => {
                depth -= 1;
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    pieces.len().saturating_sub(1)
}

pub(super) fn is_task_list(pieces: &Pieces<'_>, list: usize) -> bool {
    let first = pieces[list + 1..].iter().take(3);
    first.into_iter().any(|(piece, _)| matches!(piece, Piece::Event(Event::TaskListMarker(_))))
}
