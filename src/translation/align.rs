//! Which block of a translation stands for which block of its source.
//!
//! Told by structure alone: sections by their headings, in them units of the same kinds, in these blocks
//! of the same kinds. What cannot be told is left without a partner; nothing is guessed here.

use super::Content;
use super::blocks::{Block, Blocks, Kind};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::BTreeSet;

/// For each section of the source its place in the other text.
pub(super) fn sections(source: &[(u8, String)], other: &[(u8, String)]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; source.len()];
    // Sections with one id in both texts are anchors; between two of them the levels decide.
    let mut anchors: Vec<(usize, usize)> = vec![];
    for (at, (level, id)) in source.iter().enumerate() {
        let after = anchors.last().map_or(0, |(_, there)| there + 1);
        let same = other.iter().skip(after).position(|(l, i)| l == level && i == id).map(|found| found + after);
        if let Some(there) = same.filter(|_| at == 0 || !id.is_empty()) {
            anchors.push((at, there));
        }
    }
    anchors.push((source.len(), other.len()));
    let mut last = (0, 0);
    for (here, there) in anchors {
        if here < source.len() {
            pairs[here] = Some(there);
        }
        let (ours, theirs) = (last.0..here, last.1..there);
        let levels = |texts: &[(u8, String)], range: &std::ops::Range<usize>| {
            texts[range.clone()].iter().map(|(level, _)| *level).collect::<Vec<_>>()
        };
        if levels(source, &ours) == levels(other, &theirs) {
            ours.zip(theirs).for_each(|(at, there)| pairs[at] = Some(there));
        }
        last = (here + 1, there + 1);
    }
    pairs
}

/// For each section of the source its most likely place in a shorter text: the alignment, in order and
/// level by level, in which the most words stay that translators leave alone (names, figures, code).
/// Where nothing tells, the first sections are taken to be there, as people translate from the top.
pub(super) fn partners(source: &Content, own: &Content) -> Vec<Option<usize>> {
    let level = |content: &Content, at: usize| {
        if at == 0 { 0 } else { content.shape.headings.get(at - 1).copied().unwrap_or(0) }
    };
    let (rows, columns) = (source.sections.len(), own.sections.len());
    let words = |content: &Content| -> Vec<BTreeSet<String>> {
        let sections = content.sections.iter();
        sections.map(|section| section.text.split_whitespace().map(str::to_owned).collect()).collect()
    };
    let (ours, theirs) = (words(source), words(own));
    let likeness = |at: usize, there: usize| -> usize {
        let same_id = !source.sections[at].id.is_empty() && source.sections[at].id == own.sections[there].id;
        let shared = ours[at].intersection(&theirs[there]).count();
        // A pair of one level counts more than any likeness in words: no section is dropped for them.
        10_000
            + usize::from(same_id) * 5_000
            + (shared * 1_000).checked_div(ours[at].len().max(theirs[there].len())).unwrap_or(0)
    };
    let mut best = vec![vec![0usize; columns + 1]; rows + 1];
    for at in (0..rows).rev() {
        for there in (0..columns).rev() {
            let same = level(source, at) == level(own, there);
            let paired = if same { likeness(at, there) + best[at + 1][there + 1] } else { 0 };
            best[at][there] = paired.max(best[at + 1][there]).max(best[at][there + 1]);
        }
    }
    let mut partners = vec![None; rows];
    let (mut at, mut there) = (0, 0);
    while at < rows && there < columns {
        let pairs =
            level(source, at) == level(own, there) && best[at][there] == likeness(at, there) + best[at + 1][there + 1];
        if pairs {
            partners[at] = Some(there);
            (at, there) = (at + 1, there + 1);
        } else if best[at][there] == best[at + 1][there] {
            at += 1;
        } else {
            there += 1;
        }
    }
    partners
}

/// For each block of the source its partner in the other text.
pub(super) fn pair(source: &Blocks, other: &Blocks) -> Vec<Option<usize>> {
    let mut pairs = vec![None; source.blocks.len()];
    for (at, block) in source.blocks.iter().enumerate().filter(|(_, block)| block.unit.is_none()) {
        pairs[at] = other.blocks.iter().position(|candidate| candidate.unit.is_none() && candidate.kind == block.kind);
    }
    for (section, there) in sections(&source.sections, &other.sections).into_iter().enumerate() {
        let Some(there) = there else { continue };
        for (ours, theirs) in units(source, section, other, there) {
            let (ours, theirs) = (source.of_unit(ours), other.of_unit(theirs));
            if kinds(source, &ours) == kinds(other, &theirs) {
                ours.into_iter().zip(theirs).for_each(|(at, there)| pairs[at] = Some(there));
            }
        }
    }
    pairs
}

/// The units of two sections that belong together.
fn units(source: &Blocks, section: usize, other: &Blocks, there: usize) -> Vec<(usize, usize)> {
    let of = |blocks: &Blocks, section: usize| -> Vec<usize> {
        (0..blocks.units.len()).filter(|at| blocks.units[*at].section == section).collect()
    };
    let (ours, theirs) = (of(source, section), of(other, there));
    let name = |blocks: &Blocks, at: usize| blocks.units[at].name;
    let same = ours.len() == theirs.len() && ours.iter().zip(&theirs).all(|(a, b)| name(source, *a) == name(other, *b));
    if same {
        return ours.into_iter().zip(theirs).collect();
    }
    // A kind that stands as often in both keeps its order.
    let mut pairs = vec![];
    for at in &ours {
        let wanted = shape(source, *at);
        let here: Vec<usize> = ours.iter().copied().filter(|at| shape(source, *at) == wanted).collect();
        let found: Vec<usize> = theirs.iter().copied().filter(|at| shape(other, *at) == wanted).collect();
        if here.len() == found.len() {
            let place = here.iter().position(|candidate| candidate == at).unwrap_or_default();
            pairs.push((*at, found[place]));
        }
    }
    let ordered = pairs.windows(2).all(|pair| pair[0].1 < pair[1].1);
    // A heading is the first of its section in any case.
    if ordered { pairs } else { pairs.into_iter().filter(|(at, _)| name(source, *at) == "heading").collect() }
}

fn shape(blocks: &Blocks, at: usize) -> (&'static str, Vec<&Kind>) {
    (blocks.units[at].name, kinds(blocks, &blocks.of_unit(at)))
}

fn kinds<'b>(blocks: &'b Blocks, numbers: &[usize]) -> Vec<&'b Kind> {
    numbers.iter().map(|at| &blocks.blocks[*at].kind).collect()
}

/// How a block came from an earlier state of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// It stood there already, as this block.
    Same(usize),
    /// It stood there in other words.
    Changed(usize),
    /// It is new, or nothing tells.
    New,
}

/// For each block where it was in an earlier state of the same text.
pub(super) fn origins(now: &Blocks, before: &Blocks) -> Vec<Origin> {
    let key = |block: &Block| (block.kind.clone(), block.text.clone());
    let (old, new): (Vec<_>, Vec<_>) = (before.blocks.iter().map(key).collect(), now.blocks.iter().map(key).collect());
    let mut origins = vec![Origin::New; new.len()];
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        match op {
            DiffOp::Equal { old_index, new_index, len } => {
                (0..len).for_each(|at| origins[new_index + at] = Origin::Same(old_index + at));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } if old_len == new_len => {
                for at in 0..old_len {
                    if old[old_index + at].0 == new[new_index + at].0 {
                        origins[new_index + at] = Origin::Changed(old_index + at);
                    }
                }
            }
            _ => {}
        }
    }
    origins
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, other: &str, expected: &[Option<usize>]) {
        let read = |text: &str| -> Vec<(u8, String)> {
            let headings = text.split_whitespace().map(|word| (word.as_bytes()[0] - b'0', word[1..].to_owned()));
            [(0, String::new())].into_iter().chain(headings).collect()
        };
        assert_eq!(sections(&read(source), &read(other)), expected, "{source} → {other}");
    }

    #[test]
    fn sections_are_paired_where_it_is_sure() {
        check("2a 2b", "2x 2y", &[Some(0), Some(1), Some(2)]);
        check("2a 3b 2c", "2x 3y 2z", &[Some(0), Some(1), Some(2), Some(3)]);
        check("2a 2b 2c", "2x 2y", &[Some(0), None, None, None]);
        check("2a 2b 2c", "2a 2c", &[Some(0), Some(1), None, Some(2)]);
        check("2a 2b 2c", "2x 2b 2y", &[Some(0), Some(1), Some(2), Some(3)]);
    }
}
