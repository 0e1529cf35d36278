//! Where the front matter of a file begins and ends, and in which of the three forms it is written.

use crate::data::{Parsed, SyntaxError, parse_toml, parse_yaml};
use crate::diag::FileId;
use std::ops::Range;

/// The three forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Between lines `---`.
    Yaml,
    /// Between lines `+++`.
    Toml,
    /// In braces.
    Json,
}

/// A block of front matter.
pub(super) struct Block {
    pub(super) form: Form,
    /// Its text, without the lines around it.
    pub(super) content: Range<usize>,
    /// Where the text of the page begins.
    pub(super) body: usize,
}

impl Block {
    pub(super) fn parse(&self, text: &str, file: FileId) -> Result<Parsed, SyntaxError> {
        let content = &text[self.content.clone()];
        match self.form {
            Form::Toml => parse_toml(content, file, self.content.start),
            Form::Yaml | Form::Json => parse_yaml(content, file, self.content.start),
        }
    }
}

/// The place of an opening line, the closing line to write, and where the body then begins.
pub(super) type Unclosed = (Range<usize>, &'static str, usize);

/// Finds the block at the head of a file; none where there is none.
pub(super) fn find(text: &str) -> Result<Option<Block>, Unclosed> {
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    let first = text[bom..].split_inclusive('\n').next().unwrap_or_default();
    let (form, fence) = match first.trim_end() {
        "---" => (Form::Yaml, "---"),
        "+++" => (Form::Toml, "+++"),
        line if line.starts_with('{') && !line.starts_with("{{") => return json_block(text, bom),
        _ => return Ok(None),
    };
    let start = bom + first.len();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == fence {
            return Ok(Some(Block { form, content: start..at, body: at + line.len() }));
        }
        at += line.len();
    }
    Err((bom..bom + fence.len(), fence, start))
}

/// JSON front matter ends with the brace that closes it.
fn json_block(text: &str, start: usize) -> Result<Option<Block>, Unclosed> {
    let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return Ok(Some(Block { form: Form::Json, content: start..at + 1, body: at + 1 }));
                }
            }
            _ => {}
        }
    }
    Err((start..start + 1, "}", start))
}
