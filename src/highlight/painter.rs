//! One grammar at work: lines in, classed text out to the writer.

use syntect::parsing::{ParseState, SyntaxReference};

use super::Grammars;
use super::classes::Tracker;
use super::writer::Writer;

/// A grammar and where it stands in the code.
pub(super) struct Painter<'a> {
    grammars: &'a Grammars,
    syntax: &'a SyntaxReference,
    state: ParseState,
    tracker: Tracker<'a>,
}

impl<'a> Painter<'a> {
    pub(super) fn new(grammars: &'a Grammars, syntax: &'a SyntaxReference) -> Self {
        let tracker = Tracker::new(&grammars.classes);
        Self { grammars, syntax, state: ParseState::new(syntax), tracker }
    }

    /// Forgets all lines so far.
    pub(super) fn restart(&mut self) {
        self.state = ParseState::new(self.syntax);
        self.tracker = Tracker::new(&self.grammars.classes);
    }

    /// Writes whole lines. False if the grammar fails on one: the block is plain then.
    pub(super) fn lines(&mut self, code: &str, writer: &mut Writer) -> bool {
        code.split_inclusive('\n').all(|line| {
            if line.ends_with('\n') { self.line(line, writer) } else { self.line(&format!("{line}\n"), writer) }
        })
    }

    fn line(&mut self, line: &str, writer: &mut Writer) -> bool {
        let Ok(operations) = self.state.parse_line(line, &self.grammars.set) else { return false };
        let mut from = 0;
        for (at, operation) in &operations {
            writer.text(self.tracker.class(), &line[from..*at]);
            self.tracker.apply(operation);
            from = *at;
        }
        writer.text(self.tracker.class(), &line[from..]);
        true
    }
}
