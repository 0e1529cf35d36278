//! The part of Go's template language that simple shortcodes are written in.
//!
//! In: the text of a shortcode's template. Out: a tree of text, output, `if` and `with`, and the
//! Tera template that does the same. Loops, partials, definitions and everything else that needs
//! Hugo's functions is refused with its name; nothing is half translated.

mod lexer;
mod parser;
#[cfg(test)]
mod tests;
mod translate;

pub(super) use translate::{Inner, Translation, translate};

/// A piece of a template.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    /// HTML as it is.
    Text(String),
    /// A comment's text.
    Comment(String, Trim),
    /// `{{ x }}`.
    Output(Pipeline, Trim),
    /// `{{ $x := … }}` and `{{ $x = … }}`.
    Set(String, Pipeline, Trim),
    /// `{{ if }}` or `{{ with }}` with its branches and the last one's trim marks.
    Branches(Vec<Branch>, Trim),
}

/// One branch: `if`, `else if`, `with`, `else with`, or `else`, which has no condition.
#[derive(Debug, Clone, PartialEq)]
struct Branch {
    condition: Option<Pipeline>,
    is_with: bool,
    body: Vec<Piece>,
    trim: Trim,
}

/// Whether the white space before and after an action goes: `{{-` and `-}}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Trim {
    before: bool,
    after: bool,
}

/// Commands from left to right; each gets the value of the one before as its last argument.
type Pipeline = Vec<Command>;

/// A function or field with its arguments, or a lone value.
type Command = Vec<Term>;

/// A value or name.
#[derive(Debug, Clone, PartialEq)]
enum Term {
    Text(String),
    Number(String),
    Flag(bool),
    /// A function's name, with dots: `strings.Trim`.
    Word(String),
    /// `.Get`, `$.Page.Title`, `$x`, `.`: a start and fields.
    Path(Start, Vec<String>),
    /// A pipeline in parentheses.
    Group(Pipeline),
}

/// What a path starts from.
#[derive(Debug, Clone, PartialEq)]
enum Start {
    /// `.`, which `with` moves.
    Dot,
    /// `$`, the shortcode.
    Root,
    /// `$name`.
    Variable(String),
}
