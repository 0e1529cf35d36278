//! A page cut into the blocks that are translated one by one.
//!
//! In: a document and the text of its file. Out: [`Blocks`], in the order of the file, each with the
//! place it was written at. Code and the text of included files are no blocks of the page.

use super::cut::cut;
use crate::config::TranslationConfig;
use crate::document::Document;
use std::fmt;
use std::ops::Range;

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A value of the front matter, by its key.
    Front(String),
    /// A heading of this level.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A paragraph of a quotation.
    Quote,
    /// An item of a list, or a paragraph in it.
    Item,
    /// A cell of a table's head.
    HeadCell,
    /// A cell of a table.
    Cell,
    /// The term of a definition.
    Term,
    /// Its definition.
    Definition,
    /// A footnote.
    Footnote,
    /// HTML with text in it.
    Html,
    /// A parameter of a shortcode: its name, and that of the shortcode.
    Parameter(String, String),
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Front(key) => write!(f, "front matter {key}"),
            Self::Heading(level) => write!(f, "heading {level}"),
            Self::Paragraph => f.write_str("paragraph"),
            Self::Quote => f.write_str("quotation"),
            Self::Item => f.write_str("list item"),
            Self::HeadCell => f.write_str("table head"),
            Self::Cell => f.write_str("table cell"),
            Self::Term => f.write_str("term"),
            Self::Definition => f.write_str("definition"),
            Self::Footnote => f.write_str("footnote"),
            Self::Html => f.write_str("HTML"),
            Self::Parameter(name, call) => write!(f, "{name} of {call}"),
        }
    }
}

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// The ids of the headings above it, outermost first, joined with `/`.
    pub path: String,
    /// The number of its section; the text before the first heading is section 0.
    pub section: usize,
    /// The number of its unit; none for front matter.
    pub unit: Option<usize>,
    /// Its Markdown on one line, but for breaks that the author wanted.
    pub text: String,
    /// Where it stands in the file, a mark of its language included.
    pub range: Range<usize>,
    /// The language that it is marked with.
    pub language: Option<String>,
    /// The comment that marks it, if it stands before the block.
    pub comment: Option<usize>,
    /// Is there something to translate? A number or a name of a command is not.
    pub speaks: bool,
}

/// A block at the top of the page, with all that is in it: a whole list, a whole table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// What it is.
    pub name: &'static str,
    /// Where it stands.
    pub range: Range<usize>,
    /// The number of its section.
    pub section: usize,
}

/// A page in blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blocks {
    /// The blocks, front matter first.
    pub blocks: Vec<Block>,
    /// The units.
    pub units: Vec<Unit>,
    /// Comments on a line of their own that mark the language of what follows.
    pub comments: Vec<Range<usize>>,
    /// Level and id of each section's heading; the first has none.
    pub sections: Vec<(u8, String)>,
}

impl Blocks {
    /// Cuts a document, whose file has this text.
    pub fn of(document: &Document, text: &str, config: &TranslationConfig) -> Self {
        cut(document, text, config)
    }

    /// The blocks of a unit, by their numbers.
    pub fn of_unit(&self, unit: usize) -> Vec<usize> {
        (0..self.blocks.len()).filter(|at| self.blocks[*at].unit == Some(unit)).collect()
    }
}
