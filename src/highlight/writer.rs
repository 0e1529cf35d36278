//! The HTML of a block, from consecutive runs of classed text.
//!
//! Runs of one class become one element, across white space and, where lines have no element of
//! their own, across lines. White space at the edge of a run stays outside its element.

use std::fmt::Write;

use super::CodeBlock;
use super::classes::Class;

pub(super) struct Writer<'a> {
    html: String,
    open: Class,
    /// White space seen and not written: its place is inside the open element only if that goes on.
    space: String,
    lines: Option<Lines<'a>>,
}

/// The lines of a numbered or highlighted block.
struct Lines<'a> {
    block: CodeBlock<'a>,
    /// From 1 at the top of the block.
    next: usize,
    is_open: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(block: &CodeBlock<'a>) -> Self {
        let mut html = String::with_capacity(block.code.len() * 3 + 128);
        write_head(&mut html, block);
        let lines = block.has_lines().then_some(Lines { block: *block, next: 1, is_open: false });
        Self { html, open: Class::None, space: String::new(), lines }
    }

    /// Adds text of one class, any number of lines.
    pub(super) fn text(&mut self, class: Class, text: &str) {
        if self.lines.is_none() {
            return self.run(class, text);
        }
        for part in text.split_inclusive('\n') {
            self.open_line();
            self.run(class, part.strip_suffix('\n').unwrap_or(part));
            if part.ends_with('\n') {
                self.close_line();
            }
        }
    }

    /// The whole block. The line break before the closing fence is not part of it.
    pub(super) fn finish(mut self) -> String {
        self.close_element();
        if self.lines.as_ref().is_some_and(|lines| lines.is_open) {
            self.close_line();
        }
        let space = self.space.strip_suffix('\n').unwrap_or(&self.space);
        self.html.push_str(space);
        self.html.push_str("</code></pre></div>");
        self.html
    }

    fn run(&mut self, class: Class, text: &str) {
        let core = text.trim();
        if core.is_empty() {
            return self.space.push_str(text);
        }
        let start = text.len() - text.trim_start().len();
        self.space.push_str(&text[..start]);
        self.switch_to(class);
        escape_text(core, &mut self.html);
        self.space.push_str(&text[start + core.len()..]);
    }

    fn switch_to(&mut self, class: Class) {
        if class == self.open {
            self.html.push_str(&self.space);
            self.space.clear();
            return;
        }
        self.close_element();
        self.html.push_str(&self.space);
        self.space.clear();
        if let Some(name) = class.name() {
            self.html.push_str("<i class=\"");
            self.html.push_str(name);
            self.html.push_str("\">");
        }
        self.open = class;
    }

    fn close_element(&mut self) {
        if self.open != Class::None {
            self.html.push_str("</i>");
        }
        self.open = Class::None;
    }

    fn open_line(&mut self) {
        let Some(lines) = self.lines.as_mut().filter(|lines| !lines.is_open) else { return };
        let highlighted = lines.block.highlighted.iter().any(|range| range.contains(&lines.next));
        self.html.push_str(if highlighted { "<span class=\"line hl\"" } else { "<span class=\"line\"" });
        if lines.block.line_numbers {
            let number = lines.block.first_line.saturating_add(lines.next - 1);
            // A write to a string does not fail.
            let _ = write!(self.html, " data-n=\"{number}\"");
        }
        self.html.push('>');
        lines.is_open = true;
    }

    /// The line break belongs to the line's element, so that an element shown as a block copies whole.
    fn close_line(&mut self) {
        self.close_element();
        self.html.push_str(&self.space);
        self.space.clear();
        self.html.push_str("\n</span>");
        if let Some(lines) = &mut self.lines {
            lines.is_open = false;
            lines.next += 1;
        }
    }
}

fn write_head(html: &mut String, block: &CodeBlock<'_>) {
    html.push_str("<div class=\"code\">");
    if let Some(title) = block.title {
        html.push_str("<div class=\"code-title\">");
        escape_text(title, html);
        html.push_str("</div>");
    }
    html.push_str("<pre class=\"code-block\"");
    if !block.language.is_empty() {
        html.push_str(" data-lang=\"");
        escape_attribute(&block.language.to_lowercase(), html);
        html.push('"');
    }
    html.push_str(" tabindex=\"0\"><code>");
}

fn escape_text(text: &str, html: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>']) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

fn escape_attribute(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '"' => html.push_str("&quot;"),
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            _ => html.push(c),
        }
    }
}
