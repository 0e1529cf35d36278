//! Nesting that page breaks took away.
//!
//! In: the blocks of a section, items that stand at the top of many meetings. Out: the same blocks,
//! items that followed a page break moved one level in where there is evidence that they belong
//! there. Without evidence they stay, and that is told.

use super::blocks::Hint;
use super::lines::Line;
use super::model::{Block, Journal, Kind, RepairKind};
use std::collections::{BTreeMap, BTreeSet};

/// Meetings from which on an item is part of the template; two will do for a short document.
const OFTEN: usize = 3;
/// Meetings of a short document.
const SHORT: usize = 5;

/// Blank lines that are a page break even around an empty item.
const PAGE_BREAK: u32 = 4;

/// Items and sentences of the template: what stands at the top of several meetings.
pub(super) fn template<'a>(meetings: impl Iterator<Item = &'a [Line]>) -> BTreeSet<String> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    let mut number = 0;
    for lines in meetings {
        number += 1;
        let own: BTreeSet<String> = lines.iter().filter(|line| line.indent == 0).map(|line| key(&line.text)).collect();
        own.into_iter().filter(|key| key.len() > 3).for_each(|key| *count.entry(key).or_default() += 1);
    }
    let often = if number <= SHORT { OFTEN - 1 } else { OFTEN };
    count.into_iter().filter(|(_, count)| *count >= often).map(|(key, _)| key).collect()
}

/// An item without its parentheses, numbers and case.
fn key(text: &str) -> String {
    let text = text.split(['(', '[']).next().unwrap_or_default();
    text.chars().filter(|c| c.is_alphabetic() || *c == ' ').collect::<String>().trim().to_lowercase()
}

/// Mends a section.
pub(super) fn mend(blocks: &mut Vec<Block>, hints: &[Hint], template: &BTreeSet<String>, journal: &mut Journal) {
    attach_sentences(blocks, template);
    let known = |block: &Block| template.contains(&key(block.text()));
    let (mut below_known, mut shift) = (false, false);
    for at in 0..blocks.len() {
        let Some(depth) = blocks[at].depth() else {
            (below_known, shift) = (false, false);
            continue;
        };
        let torn = at > 0
            && blocks[at].blanks > 0
            && blocks[at - 1].depth().is_some()
            && !empty_item(&blocks[at - 1..=at], journal);
        if torn {
            shift = false;
        }
        if depth == 0 {
            if known(&blocks[at]) {
                (below_known, shift) = (true, false);
                continue;
            }
            let hint = hints.iter().find(|hint| hint.line == blocks[at].line);
            let speaker = below_known && blocks[at].text().starts_with('[');
            if at > 0 && blocks[at - 1].depth().is_some() && !shift {
                shift = speaker
                    || (torn
                        && (hint.is_some() || below_known || (is_rest(blocks[at].text()) && !is_airy(blocks, at))));
                if torn && !shift {
                    journal.warn(blocks[at].line, "a page break stands before this item; its nesting may be lost");
                }
                if shift {
                    journal.repair(blocks[at].line, RepairKind::Nesting, "", "");
                }
            }
        }
        if shift && let Kind::Item { depth, .. } = &mut blocks[at].kind {
            *depth += 1;
        }
    }
}

/// Whether the gap between two blocks is what is left of an empty item rather than a page break.
fn empty_item(pair: &[Block], journal: &Journal) -> bool {
    let [before, after] = pair else { return false };
    let between = |line: u32| line > before.line && line < after.line;
    after.blanks < PAGE_BREAK
        && journal.repairs.iter().any(|one| one.kind == RepairKind::EmptyBullet && between(one.line))
}

/// Items that go on with something: an answer, a speaker's turn, the rest of a list in lower case.
fn is_rest(text: &str) -> bool {
    text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == '[')
        || ["A:", "Q:", "E.g."].iter().any(|start| text.starts_with(start))
}

/// Whether the list has blank lines between all its items, so that one more tells nothing.
fn is_airy(blocks: &[Block], at: usize) -> bool {
    let item = |block: &&Block| block.depth().is_some();
    let before = blocks[..at].iter().rev().take_while(item).count();
    blocks[at + 1 - before..].iter().take_while(item).all(|block| block.blanks > 0)
}

/// A sentence of the template under an item of the template is part of the item.
fn attach_sentences(blocks: &mut Vec<Block>, template: &BTreeSet<String>) {
    for block in blocks.iter_mut().filter(|block| block.depth() == Some(0)) {
        let parts = joined(block.text(), template).map(|at| {
            let text = block.text();
            [text[..at].trim().to_owned(), text[at..].trim().to_owned()]
        });
        if let Some(parts) = parts {
            block.lines.splice(0..1, parts);
        }
    }
    let mut at = 1;
    while at < blocks.len() {
        let sentence =
            matches!(blocks[at].kind, Kind::Paragraph | Kind::Topic(_)) && template.contains(&key(blocks[at].text()));
        let item = blocks[at - 1].depth() == Some(0) && template.contains(&key(blocks[at - 1].text()));
        if sentence && item {
            let block = blocks.remove(at);
            blocks[at - 1].lines.extend(block.lines);
        } else {
            at += 1;
        }
    }
}

/// Where an item of the template ends that its sentence was joined to.
fn joined(text: &str, template: &BTreeSet<String>) -> Option<usize> {
    let mut cuts = text.match_indices(' ').map(|(at, _)| at);
    cuts.find(|at| template.contains(&key(&text[..*at])) && template.contains(&key(&text[*at..])))
}

#[cfg(test)]
mod tests {
    use super::super::{blocks::blocks_and_hints, format::Format, lines::lines};
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str], warnings: usize) {
        let mut journal = Journal::default();
        let lines = lines(text, Format::Text, &mut journal);
        let template = BTreeSet::from(["status".to_owned(), "topics".to_owned(), "use this section".to_owned()]);
        let (mut blocks, hints) = blocks_and_hints(&lines, Format::Text, &mut journal);
        mend(&mut blocks, &hints, &template, &mut journal);
        let seen: Vec<String> = blocks
            .iter()
            .map(|block| format!("{}{}", ">".repeat(block.depth().unwrap_or(0)), block.lines.join("|")))
            .collect();
        assert_eq!(seen, expected, "{text}");
        assert_eq!(journal.warnings.len(), warnings, "{text}");
    }

    #[test]
    fn page_breaks() {
        check(
            "- Gears\n - one\n\n\n\n- 120 parts\n - two\n- more\n\n\n- Wheels",
            &["Gears", ">one", ">120 parts", ">>two", ">more", "Wheels"],
            1,
        );
        check(
            "- Status\n - one\n\n\n\n- Wheels turn\n - so\n- Topics",
            &["Status", ">one", ">Wheels turn", ">>so", "Topics"],
            0,
        );
        check(
            "- Topics\n\nUse this section.\n\n- [ada] Hello\n - yes",
            &["Topics|Use this section.", ">[ada] Hello", ">>yes"],
            0,
        );
        check("- Status\n\n\no Gears", &["Status", ">Gears"], 0);
        check("- one\n\n- two\n\n- three", &["one", "two", "three"], 2);
    }
}
