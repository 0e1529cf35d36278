//! From lines to blocks: broken lines joined, torn lists closed, topics told from sentences.
//!
//! In: the lines of a section. Out: its blocks. What two lines mean together is decided here, what
//! they mean for the meeting elsewhere.

use super::format::Format;
use super::lines::{Form, Line};
use super::links;
use super::model::{Block, Journal, Kind, RepairKind};

/// A line that is shorter was not broken by the page's width.
const PAGE_WIDTH: usize = 45;
/// A longer line is a sentence and no topic.
const LONGEST_TOPIC: usize = 70;

/// An item whose mark says that it is nested: `o`, the second level's bullet.
pub(super) struct Hint {
    /// Its line.
    pub(super) line: u32,
}

/// Makes blocks of lines, with the items whose marks say more than their indentation.
pub(super) fn blocks_and_hints(lines: &[Line], format: Format, journal: &mut Journal) -> (Vec<Block>, Vec<Hint>) {
    let hints = lines.iter().filter(|line| line.nested && line.indent == 0).map(|line| Hint { line: line.number });
    (blocks(lines, format, journal), hints.collect())
}

/// Makes blocks of lines.
pub(super) fn blocks(lines: &[Line], format: Format, journal: &mut Journal) -> Vec<Block> {
    let mut blocks: Vec<Block> = vec![];
    let mut indents: Vec<usize> = vec![];
    for (at, line) in lines.iter().enumerate() {
        if line.form == Form::Code {
            code(&mut blocks, line);
            continue;
        }
        if let Some(last) = blocks.last_mut().filter(|last| continues(last, line)) {
            join(last, line, format, journal);
            continue;
        }
        let kind = if line.is_item() {
            let after_list = blocks.last().is_some_and(|last| last.depth().is_some());
            if after_list && line.blanks > 0 {
                journal.repair(line.number, RepairKind::List, "", "");
            }
            Kind::Item { depth: depth(&mut indents, line.indent), number: line.ordinal }
        } else {
            indents.clear();
            kind(line, lines.get(at + 1), format, &blocks)
        };
        blocks.push(Block { kind, lines: vec![line.text.clone()], line: line.number, blanks: line.blanks });
    }
    blocks
}

/// The nesting of an indentation below those before it.
fn depth(indents: &mut Vec<usize>, indent: usize) -> usize {
    while indents.last().is_some_and(|last| *last > indent) {
        indents.pop();
    }
    if indents.last() != Some(&indent) {
        indents.push(indent);
    }
    indents.len() - 1
}

fn code(blocks: &mut Vec<Block>, line: &Line) {
    match blocks.last_mut() {
        Some(last)
            if last.kind == Kind::Code
                && !(last.lines.len() > 1 && last.lines.last().is_some_and(|end| end.trim() == "```")) =>
        {
            last.lines.extend((0..line.blanks).map(|_| String::new()));
            last.lines.push(line.text.clone());
        }
        _ => blocks.push(Block {
            kind: Kind::Code,
            lines: vec![line.text.clone()],
            line: line.number,
            blanks: line.blanks,
        }),
    }
}

/// Whether a line belongs to the block before it.
fn continues(last: &Block, line: &Line) -> bool {
    if line.is_item()
        || line.heading > 0
        || last.kind == Kind::Code
        || ((line.form == Form::Quote) != (last.kind == Kind::Quote))
    {
        return false;
    }
    if line.blanks == 0 {
        return !matches!(last.kind, Kind::Topic(_));
    }
    let before = last.lines.last().map_or("", String::as_str);
    let item = last.depth().is_some();
    let rest_of_link = links::ends_open(before) && links::is_rest_line(before, &line.text) && line.indent > 0;
    let mid_sentence = line.text.starts_with(char::is_lowercase)
        && !before.ends_with(['.', '?', '!', ':', ')'])
        && !links::ends_open(before)
        && before.len() > PAGE_WIDTH;
    let announced = before.ends_with(':') && line.text.starts_with("http") && !line.text.contains(' ');
    item && line.form != Form::Quote && (rest_of_link || mid_sentence || announced)
}

fn join(last: &mut Block, line: &Line, format: Format, journal: &mut Journal) {
    let Some(before) = last.lines.last_mut() else { return };
    let kept = before.clone();
    if links::ends_open(before) && links::is_rest_line(before, &line.text) {
        before.push_str(&line.text);
        let tail = kept.rsplit(' ').next().unwrap_or_default();
        journal.repair(
            line.number,
            RepairKind::Link,
            &format!("{tail} {}", line.text),
            &format!("{tail}{}", line.text),
        );
        return;
    }
    let short = kept.chars().count() < PAGE_WIDTH;
    let new_sentence =
        line.text.starts_with(|c: char| c.is_uppercase() || c == '[') && !kept.ends_with([',', '-', '&']);
    if format == Format::W3c || (short && new_sentence) {
        last.lines.push(line.text.clone());
        return;
    }
    before.push(' ');
    before.push_str(&line.text);
    if format == Format::Text {
        let word = kept.rsplit(' ').next().unwrap_or_default();
        let next = line.text.split(' ').next().unwrap_or_default();
        journal.repair(line.number, RepairKind::Wrap, &format!("{word} / {next}"), &format!("{word} {next}"));
    }
}

/// The form of a line that is no list item and no continuation.
fn kind(line: &Line, next: Option<&Line>, format: Format, before: &[Block]) -> Kind {
    if line.form == Form::Quote {
        return Kind::Quote;
    }
    if line.heading > 0 {
        return Kind::Topic(line.heading.saturating_sub(3));
    }
    if format != Format::Text || !could_be_topic(&line.text) {
        return Kind::Paragraph;
    }
    let leads = next.is_some_and(Line::is_item);
    let name = line.text.split('(').next().unwrap_or_default().trim().to_lowercase();
    let announced = before.iter().any(|block| block.depth().is_some() && block.text().to_lowercase().contains(&name));
    if leads || (announced && next.is_some()) { Kind::Topic(0) } else { Kind::Paragraph }
}

fn could_be_topic(text: &str) -> bool {
    text.chars().count() <= LONGEST_TOPIC
        && text.split(' ').count() <= 10
        && !text.contains("http")
        && !text.ends_with(['.', ',', ';', '!', '-'])
        && text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '*' | '[' | '📝'))
        && !text.contains(" • ")
}

/// The blocks of a text, for tests.
#[cfg(test)]
pub(super) fn blocks_of(text: &str) -> Vec<Block> {
    let mut journal = Journal::default();
    let lines = super::lines::lines(text, Format::Text, &mut journal);
    blocks(&lines, Format::Text, &mut journal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let seen: Vec<String> = blocks_of(text)
            .into_iter()
            .map(|block| {
                let mark = match block.kind {
                    Kind::Topic(_) => "# ".into(),
                    Kind::Item { depth, .. } => format!("{}- ", "  ".repeat(depth)),
                    Kind::Quote => "> ".into(),
                    Kind::Paragraph | Kind::Code => String::new(),
                };
                format!("{mark}{}", block.lines.join(" | "))
            })
            .collect();
        assert_eq!(seen, expected, "{text}");
    }

    #[test]
    fn blocks_of_damaged_lists() {
        check("- one\n\n\n\n - two\n- three", &["- one", "  - two", "- three"]);
        check(
            "- a line that was broken by the width of a page\n of paper",
            &["- a line that was broken by the width of a page of paper"],
        );
        check("- Topics\nUse this section for demos.", &["- Topics | Use this section for demos."]);
        check(
            "- https://a.org/issues/7#issuecomment-164051\n\n 4688",
            &["- https://a.org/issues/7#issuecomment-1640514688"],
        );
        check("- One\n\nGears\n\n- what", &["- One", "# Gears", "- what"]);
        check("- Gears (Ada)\n\nGears\n\nShown by Ada", &["- Gears (Ada)", "# Gears", "Shown by Ada"]);
        check("A sentence stands alone.\n\n- x", &["A sentence stands alone.", "- x"]);
    }
}
