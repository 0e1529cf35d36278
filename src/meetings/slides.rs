//! The text of slides as a page: one section a slide.
//!
//! In: text as read from slides. Out: Markdown. What frames every slide is dropped, and what is
//! dropped is said. Slides are parted by wide gaps and by lines that can only be titles.

use super::blocks::blocks;
use super::directory::Directory;
use super::format::Format;
use super::lines::{Line, lines};
use super::markdown::{Style, blank, text as escaped, write};
use super::model::{Block, Journal, Kind};
use super::page::quoted;
use super::private;
use std::collections::BTreeMap;

/// Slides as a page.
#[derive(Debug, Clone, Default)]
pub struct SlidesPage {
    /// The page.
    pub text: String,
    /// The deck's title.
    pub title: String,
    /// Sections on it.
    pub slides: usize,
    /// Lines that were dropped, with their numbers.
    pub dropped: Vec<(u32, String)>,
    /// Repairs and what was left out.
    pub journal: Journal,
}

/// Blank lines from which on another slide, or picture, begins.
const GAP: u32 = 3;

/// Makes the page. `name` is the title of a deck that shows none.
pub fn slides_page(text: &str, name: &str, keep_private: bool) -> SlidesPage {
    let mut journal = Journal::default();
    let (lines, dropped) = without_chrome(lines(text, Format::Text, &mut journal));
    let mut slides = parted(&lines);
    let directory = Directory::default();
    for (heading, lines) in slides.iter_mut().filter(|_| !keep_private) {
        let line = lines.first().map_or(1, |line| line.number);
        *heading = private::clean(heading, line, &directory, &mut journal);
    }
    let title = slides
        .iter()
        .map(|(title, _)| title)
        .find(|title| title.contains(' '))
        .cloned()
        .unwrap_or_else(|| name.to_owned());
    if let Some(own) = slides.iter_mut().find(|(own, _)| *own == title) {
        own.0.clear();
    }
    let mut out = String::new();
    let mut count = 0;
    let mut before = String::new();
    let mut last_is_caption = false;
    for (at, (heading, lines)) in slides.iter().enumerate() {
        let mut blocks: Vec<Block> = blocks(lines, Format::Text, &mut journal);
        for block in &mut blocks {
            clean(block, keep_private, &directory, &mut journal);
        }
        if heading.is_empty() && blocks.is_empty() {
            continue;
        }
        // Words beside pictures: names, handles, logos. They belong to the slide before.
        if blocks.is_empty() && is_caption(&slides, at) {
            if !last_is_caption {
                blank(&mut out);
            }
            out.push_str(&format!("- {}\n", escaped(heading, STYLE)));
            last_is_caption = true;
            continue;
        }
        last_is_caption = false;
        if !heading.is_empty() && *heading != before {
            blank(&mut out);
            out.push_str(&format!("## {}\n", escaped(heading, STYLE)));
            before.clone_from(heading);
            count += 1;
        }
        let mut body = String::new();
        write(&blocks, STYLE, &mut body);
        if !body.is_empty() {
            blank(&mut out);
            out.push_str(&body);
        }
    }
    let text = format!("---\ntype: slides\ntitle: {}\n---\n\n{out}", quoted(&title));
    SlidesPage { text, title, slides: count, dropped, journal }
}

/// Whether a slide of nothing but a title is one of several words beside pictures.
fn is_caption(slides: &[(String, &[Line])], at: usize) -> bool {
    let bare = |at: usize| slides.get(at).is_some_and(|(title, lines)| lines.is_empty() && !title.is_empty());
    let heading = slides[at].0.as_str();
    let neighbour = (at > 0 && bare(at - 1)) || bare(at + 1);
    at > 0 && (neighbour || !heading.starts_with(char::is_uppercase))
}

const STYLE: Style = Style { topic_level: 3, is_markdown: true };

fn clean(block: &mut Block, keep_private: bool, directory: &Directory, journal: &mut Journal) {
    if let Kind::Topic(depth) = &mut block.kind {
        *depth = 0;
    }
    for text in &mut block.lines {
        *text = unlinked(text);
        if !keep_private {
            *text = private::clean(text, block.line, directory, journal);
        }
    }
}

/// Takes away what stands on slide after slide: the same short lines in the same order, and links
/// that lead nowhere and stand alone.
fn without_chrome(lines: Vec<Line>) -> (Vec<Line>, Vec<(u32, String)>) {
    let mut pairs: BTreeMap<(String, String), usize> = BTreeMap::new();
    let short = |line: &Line| !line.is_item() && line.text.split(' ').count() <= 2;
    for pair in lines.windows(2).filter(|pair| short(&pair[0]) && short(&pair[1])) {
        *pairs.entry((pair[0].text.clone(), pair[1].text.clone())).or_default() += 1;
    }
    let frame = |at: usize| {
        let pair = |one: Option<&Line>, two: Option<&Line>| {
            one.zip(two).is_some_and(|(one, two)| {
                pairs.get(&(one.text.clone(), two.text.clone())).is_some_and(|count| *count > 1)
            })
        };
        pair(lines.get(at), lines.get(at + 1)) || (at > 0 && pair(lines.get(at - 1), lines.get(at)))
    };
    let chrome: Vec<bool> = (0..lines.len()).map(|at| frame(at) || is_button(&lines[at])).collect();
    let (mut kept, mut dropped, mut blanks) = (vec![], vec![], 0);
    for (mut line, chrome) in lines.into_iter().zip(chrome) {
        if chrome {
            blanks = blanks.max(line.blanks);
            dropped.push((line.number, line.text));
        } else {
            line.blanks = line.blanks.max(std::mem::take(&mut blanks));
            kept.push(line);
        }
    }
    (kept, dropped)
}

/// `[READ BLOG](#)`, `[VIDEO 1](#) • [VIDEO 2](#)`: nothing but links to nowhere.
fn is_button(line: &Line) -> bool {
    let text = unlinked(&line.text);
    !line.is_item() && line.text.contains("](#)") && text.to_uppercase() == text
}

/// Links to nowhere as their text.
fn unlinked(text: &str) -> String {
    let mut out = text.to_owned();
    while let Some(end) = out.find("](#)") {
        let Some(start) = out[..end].rfind('[') else { break };
        out.replace_range(end..end + 4, "");
        out.remove(start);
    }
    out
}

/// Slides as title and lines.
fn parted(lines: &[Line]) -> Vec<(String, &[Line])> {
    let mut slides: Vec<(String, &[Line])> = vec![];
    let mut from = 0;
    let starts: Vec<usize> =
        (0..lines.len()).filter(|at| *at == 0 || lines[*at].blanks >= GAP || is_title(lines, *at)).collect();
    for (index, start) in starts.iter().enumerate() {
        from = from.max(*start);
        let end = starts.get(index + 1).copied().unwrap_or(lines.len());
        let first = &lines[*start];
        let titled = !first.is_item()
            && first.text.chars().count() <= 70
            && !first.text.contains("http")
            && !first.text.ends_with('.')
            && first.text.contains(char::is_alphabetic);
        let (title, body) = if titled {
            (super::people::plain(&first.text), &lines[start + 1..end])
        } else {
            (String::new(), &lines[*start..end])
        };
        slides.push((title, body));
    }
    slides
}

/// A line in title case that stands alone above a list or a paragraph.
fn is_title(lines: &[Line], at: usize) -> bool {
    let line = &lines[at];
    let words: Vec<&str> = line.text.split(' ').collect();
    let capitals = words.iter().filter(|word| word.starts_with(char::is_uppercase) || word.starts_with('(')).count();
    let alone = !line.is_item() && line.blanks > 0 && lines.get(at + 1).is_some_and(|next| next.blanks > 0);
    let leads = lines.get(at + 1).is_some_and(|next| next.is_item() || next.text.len() > 60);
    let colon = line.text.contains(": ") && words.len() <= 6;
    alone
        && words.len() >= 2
        && line.text.len() <= 60
        && capitals * 3 >= words.len() * 2
        && !line.text.ends_with(['.', ':', ','])
        && !line.text.contains("http")
        && (leads || colon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slides_become_sections() {
        let text = "GearCon\n\nSpring 2024\n\n\n\nGearCon\n\nSpring 2024\n\nGears for All\n\nAda Byron\n\n\n\n\nWhy Gears\n\n- they turn\n - and turn\n\nHow Gears Turn\n\n- [slowly](#)\n\n[READ MORE](#)\n\n\n\n\nask bo@example.org\n";
        let page = slides_page(text, "deck", false);
        assert_eq!(page.title, "Gears for All");
        let body = page.text.split("---\n\n").nth(1).expect("a body");
        assert_eq!(
            body,
            "Ada Byron\n\n## Why Gears\n\n- they turn\n  - and turn\n\n## How Gears Turn\n\n- slowly\n\n- ask […]\n"
        );
        assert_eq!(page.dropped.len(), 5);
    }
}
