//! The body of a meeting's page: agenda, notes by topic, decisions, actions.
//!
//! In: the sections' blocks as they stand in the export. Out: the same blocks in a page's order.
//! An agenda with the notes written into it becomes a short agenda and a topic for each item; no
//! block is dropped on the way.

use super::model::{Action, Block, Kind, Remark, Section, SectionKind};

/// Words below the items of an agenda from which on they are notes.
const NOTES_FROM: usize = 40;
/// A longer item makes no heading.
const LONGEST_HEADING: usize = 90;
/// As many items in a row without anything below them are one list.
const A_LIST: usize = 3;

/// A section before it is arranged.
pub(super) struct Loose {
    pub(super) kind: SectionKind,
    pub(super) combined: bool,
    pub(super) blocks: Vec<Block>,
}

/// Arranges sections; also gives the agenda's items.
pub(super) fn arrange(loose: Vec<Loose>) -> (Vec<String>, Vec<Section>) {
    let (mut agenda, mut notes, mut combined, mut ends) = (vec![], vec![], false, vec![]);
    for section in loose {
        match section.kind {
            SectionKind::Agenda => {
                combined |= section.combined;
                // The first topic of an agenda begins the notes.
                let at = section.blocks.iter().position(|block| matches!(block.kind, Kind::Topic(_)));
                let mut blocks = section.blocks;
                let rest = blocks.split_off(at.unwrap_or(blocks.len()));
                agenda.extend(blocks);
                notes.extend(rest);
            }
            SectionKind::Notes => notes.extend(section.blocks),
            kind => ends.push(Section { kind, blocks: section.blocks }),
        }
    }
    let items: Vec<String> =
        agenda.iter().filter(|block| block.depth() == Some(0)).map(|block| block.text().to_owned()).collect();
    if combined || words_below(&agenda) > NOTES_FROM {
        let short = agenda.iter().filter(|block| block.depth() == Some(0)).cloned().collect();
        notes = [by_topic(agenda), notes].concat();
        agenda = short;
        for block in &mut agenda {
            block.lines.truncate(1);
        }
    } else if !notes.iter().any(|block| matches!(block.kind, Kind::Topic(_))) {
        notes = by_topic(notes);
    }
    let mut sections = vec![
        Section { kind: SectionKind::Agenda, blocks: agenda },
        Section { kind: SectionKind::Notes, blocks: notes },
    ];
    sections.append(&mut ends);
    sections.retain(|section| !section.blocks.is_empty());
    (items, sections)
}

fn words_below(blocks: &[Block]) -> usize {
    let below = blocks.iter().filter(|block| block.depth().is_some_and(|depth| depth > 0));
    below.flat_map(|block| &block.lines).map(|line| line.split(' ').count()).sum()
}

/// Makes a topic of each top-level item, its nested items a list below.
fn by_topic(blocks: Vec<Block>) -> Vec<Block> {
    if !blocks.iter().any(|block| block.depth().is_some_and(|depth| depth > 0)) {
        return blocks;
    }
    let mut out: Vec<Block> = vec![];
    let mut at = 0;
    while at < blocks.len() {
        let block = &blocks[at];
        let children = blocks[at + 1..].iter().take_while(|next| next.depth().is_some_and(|depth| depth > 0)).count();
        let loners =
            blocks[at..].windows(2).take_while(|pair| pair.iter().all(|block| block.depth() == Some(0))).count();
        match block.depth() {
            // A run of items without anything below: remarks, which stay a list.
            Some(0) if children == 0 && loners + 1 >= A_LIST => {
                out.extend_from_slice(&blocks[at..at + loners]);
                at += loners;
            }
            Some(0) => {
                topic(block, &mut out);
                let deeper = blocks[at + 1..=at + children].iter().cloned().map(|mut child| {
                    if let Kind::Item { depth, .. } = &mut child.kind {
                        *depth -= 1;
                    }
                    child
                });
                out.extend(deeper);
                at += 1 + children;
            }
            _ => {
                out.push(block.clone());
                at += 1;
            }
        }
    }
    out
}

/// An item as a heading; a long one as the beginning of itself, with the whole below.
fn topic(block: &Block, out: &mut Vec<Block>) {
    let text = block.text();
    let short = text.chars().count() <= LONGEST_HEADING && !text.contains("://");
    let name = if short { text.trim_end_matches(':').to_owned() } else { beginning(text) };
    let paragraph = |lines: &[String]| Block { kind: Kind::Paragraph, lines: lines.to_vec(), ..block.clone() };
    if name.is_empty() {
        out.push(paragraph(&block.lines));
        return;
    }
    out.push(Block { kind: Kind::Topic(0), lines: vec![name], ..block.clone() });
    let rest = if short { &block.lines[1..] } else { &block.lines[..] };
    if !rest.is_empty() {
        out.push(paragraph(rest));
    }
}

/// The beginning of a sentence up to an address, a colon or the end of a clause.
fn beginning(text: &str) -> String {
    let address = text.find("http").unwrap_or(text.len());
    let stops = [": ", " - ", ". ", " (", "; ", " – "];
    let clause = stops.iter().filter_map(|stop| text.find(stop)).filter(|at| *at >= 12).min().unwrap_or(text.len());
    let text = text[..address.min(clause)]
        .trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | ']' | '?' | '"'));
    if text.chars().count() <= LONGEST_HEADING {
        return text.to_owned();
    }
    let words: Vec<&str> = text.split(' ').take(10).collect();
    format!("{}…", words.join(" "))
}

/// The decisions that the notes mark.
pub(super) fn decisions(sections: &[Section]) -> Vec<Remark> {
    const MARKS: &[&str] = &["decision", "decisions", "decided", "resolved", "resolution", "agreed", "consensus"];
    gather(sections, SectionKind::Decisions, MARKS).into_iter().map(|(text, line)| Remark { text, line }).collect()
}

/// The actions that the notes mark.
pub(super) fn actions(sections: &[Section]) -> Vec<Action> {
    const MARKS: &[&str] = &["action", "actions", "action item", "action items", "ai", "ais", "todo"];
    let found = gather(sections, SectionKind::Actions, MARKS);
    let action = |(text, line): (String, u32)| {
        let done = text.starts_with("[x] ") || text.starts_with("[X] ");
        let text = ["[ ] ", "[x] ", "[X] "].iter().find_map(|mark| text.strip_prefix(mark)).unwrap_or(&text).to_owned();
        Action { owner: owner(&text), text, done, line }
    };
    found.into_iter().map(action).collect()
}

/// Sentences that begin with a mark and a colon, and the whole of a section of the kind.
fn gather(sections: &[Section], kind: SectionKind, marks: &[&str]) -> Vec<(String, u32)> {
    let mut found = vec![];
    for section in sections {
        for block in section.blocks.iter().filter(|block| block.kind != Kind::Code) {
            for line in &block.lines {
                let task = kind == SectionKind::Actions && (line.starts_with("[ ] ") || line.starts_with("[x] "));
                let marked = marked(line, marks);
                if section.kind == kind || task {
                    found.push((marked.unwrap_or(line).to_owned(), block.line));
                } else if let Some(rest) = marked {
                    found.push((rest.to_owned(), block.line));
                }
            }
        }
    }
    found
}

/// What follows `Decision:` or `**Action item**:`.
fn marked<'a>(line: &'a str, marks: &[&str]) -> Option<&'a str> {
    let (word, rest) = line.split_once(':')?;
    let word = word.trim_matches(['*', '_', ' ', '[', ']']).to_lowercase();
    let rest = rest.trim_start_matches(['*', '_', ' ']);
    (marks.contains(&word.as_str()) && !rest.is_empty()).then_some(rest)
}

/// Who acts: `Ada to write`, `[ada] Will write`, `Ada: write`, `@ada write`.
fn owner(text: &str) -> Option<String> {
    if let Some((name, _)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return (!name.trim().is_empty()).then(|| name.trim().to_owned());
    }
    if let Some(name) = text.strip_prefix('@').and_then(|rest| rest.split(' ').next()) {
        return Some(name.trim_end_matches([':', ',']).to_owned());
    }
    let name = [" to ", ": ", " will "].iter().filter_map(|stop| text.find(stop)).min().map(|at| &text[..at])?;
    let words: Vec<&str> = name.split(' ').collect();
    let a_name = words.len() <= 4
        && words.iter().all(|word| word.starts_with(char::is_uppercase) || matches!(*word, "&" | "and"));
    a_name.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::{blocks::blocks, format::Format, lines::lines, model::Journal};
    use super::*;

    fn section(kind: SectionKind, combined: bool, text: &str) -> Loose {
        let mut journal = Journal::default();
        let lines = lines(text, Format::Text, &mut journal);
        Loose { kind, combined, blocks: blocks(&lines, Format::Text, &mut journal) }
    }

    fn shown(sections: &[Section]) -> String {
        let mut out = String::new();
        for section in sections {
            out.push_str(&format!("{:?}:", section.kind));
            for block in &section.blocks {
                let mark = match block.kind {
                    Kind::Topic(_) => "#".into(),
                    Kind::Item { depth, .. } => "-".repeat(depth + 1),
                    _ => String::new(),
                };
                out.push_str(&format!(" {mark}{}", block.lines.join("|")));
            }
            out.push('\n');
        }
        out
    }

    #[test]
    fn an_agenda_with_notes_is_parted() {
        let (items, sections) =
            arrange(vec![section(SectionKind::Agenda, true, "- One\n - a\n - b\n- Two\n\nGears\n\n- see")]);
        assert_eq!(items, ["One", "Two"]);
        assert_eq!(shown(&sections), "Agenda: -One -Two\nNotes: #One -a -b #Two #Gears -see\n");
    }

    #[test]
    fn a_plain_agenda_and_a_run_of_remarks_stay_lists() {
        let (_, sections) = arrange(vec![
            section(SectionKind::Agenda, false, "- One\n - a\n- Two"),
            section(SectionKind::Notes, false, "- T\n - a\n- x\n- y\n- z\n- U\n - b"),
        ]);
        assert_eq!(shown(&sections), "Agenda: -One --a -Two\nNotes: #T -a -x -y -z #U -b\n");
    }

    #[test]
    fn decisions_and_actions_are_gathered() {
        let (_, sections) = arrange(vec![section(
            SectionKind::Notes,
            false,
            "- Decision: ship it\n- AI: Ada Byron to write docs\n- Action item: check\n- [x] done thing\n- RESOLVED: yes",
        )]);
        let decided: Vec<String> = decisions(&sections).into_iter().map(|remark| remark.text).collect();
        assert_eq!(decided, ["ship it", "yes"]);
        let acts: Vec<(Option<String>, String, bool)> =
            actions(&sections).into_iter().map(|a| (a.owner, a.text, a.done)).collect();
        assert_eq!(
            acts,
            [
                (Some("Ada Byron".into()), "Ada Byron to write docs".into(), false),
                (None, "check".into(), false),
                (None, "done thing".into(), true),
            ]
        );
    }
}
