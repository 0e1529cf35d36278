//! Blocks as Markdown.
//!
//! In: blocks. Out: well-formed Markdown: lists nest by their marks' widths, and text that came from
//! plain text cannot be taken for markup.

use super::model::{Block, Kind};

/// Where headings of topics begin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// The level of a topic.
    pub(super) topic_level: usize,
    /// The text is Markdown already.
    pub(super) is_markdown: bool,
}

/// Writes blocks, each kind parted by a blank line.
pub(super) fn write(blocks: &[Block], style: Style, out: &mut String) {
    let mut widths: Vec<usize> = vec![];
    let mut level = style.topic_level.saturating_sub(1);
    for (at, block) in blocks.iter().enumerate() {
        let listed = at > 0 && blocks[at - 1].depth().is_some() && block.depth().is_some();
        if !listed {
            blank(out);
            widths.clear();
        }
        match block.kind {
            Kind::Topic(depth) => {
                level = (style.topic_level + depth).min(level + 1).min(6);
                out.push_str(&format!("{} {}\n", "#".repeat(level), text(&block.lines.join(" "), style)));
            }
            Kind::Item { depth, number } => {
                let mark = number.map_or("- ".to_owned(), |number| format!("{number}. "));
                widths.truncate(depth);
                let indent: usize = widths.iter().sum();
                widths.push(mark.len());
                out.push_str(&format!(
                    "{}{mark}{}\n",
                    " ".repeat(indent),
                    lines(&block.lines, indent + mark.len(), style)
                ));
            }
            Kind::Paragraph => out.push_str(&format!("{}\n", lines(&block.lines, 0, style))),
            Kind::Quote => out.push_str(&format!("> {}\n", lines(&block.lines, 0, style).replace('\n', "\n> "))),
            Kind::Code => out.push_str(&format!("{}\n", block.lines.join("\n"))),
        }
    }
}

/// One blank line at the end, unless nothing stands there yet.
pub(super) fn blank(out: &mut String) {
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

fn lines(lines: &[String], indent: usize, style: Style) -> String {
    let lines: Vec<String> = lines.iter().map(|line| text(line, style)).collect();
    lines.join(&format!("\\\n{}", " ".repeat(indent)))
}

/// A text that Markdown reads as it was meant.
pub(super) fn text(text: &str, style: Style) -> String {
    if style.is_markdown {
        return text.replace("{{<", "{{\\<").replace("{{%", "{{\\%");
    }
    let mut out = String::with_capacity(text.len() + 8);
    if begins_markup(text) {
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        out.push_str(&text[..digits]);
        out.push('\\');
        escape(&text[digits..], &mut out);
    } else {
        escape(text, &mut out);
    }
    out.replace("{{%", "{{\\%")
}

/// Escapes `<` outside of code spans; a lone backtick opens none.
fn escape(text: &str, out: &mut String) {
    let paired = text.matches('`').count() / 2 * 2;
    let mut ticks = 0;
    for char in text.chars() {
        if char == '`' {
            ticks += 1;
        }
        let code = ticks % 2 == 1 && ticks <= paired;
        if char == '<' && !code {
            out.push('\\');
        }
        out.push(char);
    }
}

/// Whether a text would begin a heading, list, quotation, definition or link definition.
fn begins_markup(text: &str) -> bool {
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let ordered = number.len() < text.len() && number.starts_with(['.', ')']) && number[1..].starts_with(' ');
    let mark = ["# ", "## ", "### ", "> ", ">", "+ ", "- ", "* ", ": ", "~ ", "```", "~~~", "|", "=="]
        .iter()
        .any(|mark| text.starts_with(mark));
    let definition = text.starts_with('[') && text.split_once(']').is_some_and(|(_, rest)| rest.starts_with(':'));
    ordered || mark || definition
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_no_markup() {
        let style = Style { topic_level: 3, is_markdown: false };
        for (plain, markdown) in [
            ("in <90s and `<x>`", "in \\<90s and `<x>`"),
            ("1. one", "1\\. one"),
            ("+ more", "\\+ more"),
            ("#12 is open", "#12 is open"),
            ("[ada]: said", "\\[ada]: said"),
            ("{{< x >}} {{% y %}}", "{{\\< x >}} {{\\% y %}}"),
            ("a lone ` and <b>", "a lone ` and \\<b>"),
        ] {
            assert_eq!(text(plain, style), markdown);
        }
    }

    #[test]
    fn lists_nest() {
        let item = |depth, number, lines: &[&str]| Block {
            kind: Kind::Item { depth, number },
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
            line: 1,
            blanks: 0,
        };
        let mut out = String::new();
        let blocks =
            [item(0, None, &["a", "b"]), item(1, Some(1), &["c"]), item(2, None, &["d"]), item(0, None, &["e"])];
        write(&blocks, Style { topic_level: 3, is_markdown: false }, &mut out);
        assert_eq!(out, "- a\\\n  b\n  1. c\n     - d\n- e\n");
    }
}
