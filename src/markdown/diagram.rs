//! Diagrams in a text: a drawing with its source beside it, or a finding and the source alone.

use super::Writer;
use crate::diag::{Code, Diagnostic};
use crate::diagrams::{Failure, ID};
use crate::document::Chunk;
use crate::html::{escape, escape_attribute};
use std::fmt::Write as _;
use std::ops::Range;

impl Writer<'_, '_> {
    /// Writes a diagram; false if it cannot be drawn, which is told. `lines` are the places of the text's
    /// parts in the chunk.
    pub(super) fn diagram(&mut self, chunk: &Chunk, text: &str, lines: &[Range<usize>]) -> bool {
        let svg = match self.context.diagrams.svg(text) {
            Ok(svg) => svg,
            Err(failure) => {
                self.not_drawn(chunk, text, lines, &failure);
                return false;
            }
        };
        self.diagrams += 1;
        let id = format!("diagram-{}", self.diagrams);
        let name = name(text).unwrap_or_else(|| self.string("diagram"));
        let label = format!("<title id=\"{id}-name\">{}</title>", escape(name));
        let svg = svg.replacen("<svg ", &format!("<svg role=\"img\" aria-labelledby=\"{id}-name\" "), 1);
        let svg = svg.replacen('>', &format!(">{label}"), 1).replace(ID, &format!("{id}-drawing"));
        let string = |key: &str| escape_attribute(self.string(key)).into_owned();
        let (open, close, source) = (string("diagram_open"), string("close"), string("diagram_source"));
        self.line();
        // The first link makes the figure the target and so fills the window with it, the second lets it go.
        let _ = write!(
            self.out,
            "<figure class=\"diagram\" id=\"{id}\"><div class=\"diagram-drawing\" tabindex=\"0\" role=\"group\" aria-labelledby=\"{id}-name\">{svg}</div>\
             <div class=\"diagram-tools\"><a class=\"diagram-open\" href=\"#{id}\">{open}</a>\
             <a class=\"diagram-close\" href=\"#{id}-source\">{close}</a></div>\
             <details id=\"{id}-source\"><summary>{source}</summary>"
        );
        let block = crate::highlight::CodeBlock::new("", text);
        let block = self.context.highlighter.code_block(&block);
        self.out.push_str(&block);
        self.out.push_str("</details></figure>\n");
        true
    }

    fn not_drawn(&mut self, chunk: &Chunk, text: &str, lines: &[Range<usize>], failure: &Failure) {
        let whole = lines.first().map_or(0, |first| first.start)..lines.last().map_or(0, |last| last.end);
        let place = failure.at.clone().and_then(|at| place(text, lines, at)).unwrap_or(whole);
        let message = format!("the diagram cannot be drawn: {}", failure.message);
        let finding = Diagnostic::new(Code::DiagramSyntax, chunk.span(place), message);
        self.sink.push(finding.hint("mend the text; until then it is shown as code"));
    }
}

/// Where a range of the text stands in the chunk. Fences inside lists and quotes take the beginnings of
/// lines away, so each line has a place of its own.
fn place(text: &str, lines: &[Range<usize>], at: Range<usize>) -> Option<Range<usize>> {
    // What is missing at the end is missing behind the last letter.
    let start = at.start.min(text.trim_end().len());
    let mut passed = 0;
    for line in lines {
        if start <= passed + line.len() {
            let from = line.start + (start - passed);
            return Some(from..(from + at.len()).min(line.end).max(from));
        }
        passed += line.len();
    }
    None
}

/// What the author calls the diagram.
fn name(text: &str) -> Option<&str> {
    let lines = || text.lines().map(str::trim);
    let named = lines().find_map(|line| line.strip_prefix("accTitle:"));
    let titled = || {
        lines()
            .find_map(|line| line.split_once("title ").filter(|(before, _)| before.len() < 16).map(|(_, title)| title))
    };
    named.or_else(titled).map(str::trim).filter(|name| !name.is_empty())
}
