//! Mathematics in a text: `LaTeX` → `MathML`, which browsers set themselves.

use super::Writer;
use crate::diag::{Code, Diagnostic};
use crate::document::Chunk;
use crate::html::escape;
use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use std::fmt::Write as _;
use std::ops::Range;

impl Writer<'_, '_> {
    /// Writes a formula that stands at `range` of the chunk, its dollar signs included. One that cannot be
    /// read is told, and stands as it was written.
    pub(super) fn math(&mut self, chunk: &Chunk, latex: &str, range: &Range<usize>, display: bool) {
        let (mode, mark) = if display { (MathDisplay::Block, "$$") } else { (MathDisplay::Inline, "$") };
        let Ok(converter) = LatexToMathML::new(MathCoreConfig::default()) else { return };
        match converter.convert_with_local_state(latex, mode) {
            // A formula may stand in the midst of a sentence, where no block can be.
            Ok(math) if display => {
                let _ = write!(self.out, "<span class=\"math-block\" tabindex=\"0\">{}</span>", math.mathml);
            }
            Ok(math) => self.out.push_str(&math.mathml),
            Err(error) => {
                let start = (range.start + mark.len() + error.0.start).min(range.end - mark.len());
                let end = (range.start + mark.len() + error.0.end).clamp(start + 1, range.end);
                let message = format!("the formula cannot be read: {}", error.error_message());
                let finding = Diagnostic::new(Code::MathSyntax, chunk.span(start..end), message);
                self.sink.push(finding.hint("mend the LaTeX, or write `\\$` for a dollar sign that begins no formula"));
                let _ = write!(self.out, "<code>{mark}{}{mark}</code>", escape(latex));
            }
        }
    }
}
