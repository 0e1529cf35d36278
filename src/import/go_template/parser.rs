//! From tokens to the tree.

use super::lexer::{Stretch, Token, cut};
use super::{Branch, Piece, Pipeline, Start, Term, Trim};
use std::iter::Peekable;
use std::vec::IntoIter;

/// The pieces of a template; the error names what is not known.
pub(super) fn parse(template: &str) -> Result<Vec<Piece>, String> {
    let mut stretches = cut(template)?.into_iter();
    let (pieces, end) = pieces(&mut stretches)?;
    match end {
        None => Ok(pieces),
        Some(_) => Err("`end` or `else` without `if`".to_owned()),
    }
}

/// What closes a run of pieces: the words after `else`, or nothing for `end`.
struct End {
    words: Vec<Token>,
    is_else: bool,
    trim: Trim,
}

type Pieces = (Vec<Piece>, Option<End>);

/// Pieces up to an `else`, `end` or the end of the text.
fn pieces<'a>(stretches: &mut impl Iterator<Item = Stretch<'a>>) -> Result<Pieces, String> {
    let mut pieces = vec![];
    while let Some(stretch) = stretches.next() {
        let (tokens, trim) = match stretch {
            Stretch::Text(text) => {
                pieces.push(Piece::Text(text.to_owned()));
                continue;
            }
            Stretch::Comment(text, trim) => {
                pieces.push(Piece::Comment(text.to_owned(), trim));
                continue;
            }
            Stretch::Action(tokens, trim) => (tokens, trim),
        };
        match tokens.first() {
            Some(Token::Word(word)) if word == "if" || word == "with" => {
                pieces.push(branches(tokens, trim, stretches)?);
            }
            Some(Token::Word(word)) if word == "end" || word == "else" => {
                let is_else = word == "else";
                return Ok((pieces, Some(End { words: tokens[1..].to_vec(), is_else, trim })));
            }
            Some(Token::Word(word)) if is_statement(word) => return Err(format!("`{word}`")),
            Some(_) => pieces.push(output(tokens, trim)?),
            None => return Err("an empty action".to_owned()),
        }
    }
    Ok((pieces, None))
}

fn is_statement(word: &str) -> bool {
    ["range", "define", "template", "block", "break", "continue", "return", "try"].contains(&word)
}

fn branches<'a>(
    first: Vec<Token>,
    first_trim: Trim,
    stretches: &mut impl Iterator<Item = Stretch<'a>>,
) -> Result<Piece, String> {
    let mut branches = vec![];
    let mut head = first;
    let mut trim = first_trim;
    loop {
        let is_with = head.first() == Some(&Token::Word("with".to_owned()));
        let condition = match head.first() {
            Some(Token::Word(word)) if word == "if" || word == "with" => Some(pipeline_of(head.split_off(1))?),
            None => None,
            Some(_) => return Err("`else` with something other than `if` or `with`".to_owned()),
        };
        let (body, end) = pieces(stretches)?;
        let end = end.ok_or("`if` or `with` without `end`")?;
        branches.push(Branch { condition, is_with, body, trim });
        if !end.is_else {
            return Ok(Piece::Branches(branches, end.trim));
        }
        (head, trim) = (end.words, end.trim);
    }
}

fn output(tokens: Vec<Token>, trim: Trim) -> Result<Piece, String> {
    if let [Token::Path(path), Token::Assign, ..] = tokens.as_slice() {
        let name = path.trim_start_matches('$').to_owned();
        return Ok(Piece::Set(name, pipeline_of(tokens[2..].to_vec())?, trim));
    }
    Ok(Piece::Output(pipeline_of(tokens)?, trim))
}

fn pipeline_of(tokens: Vec<Token>) -> Result<Pipeline, String> {
    let mut tokens = tokens.into_iter().peekable();
    let pipeline = pipeline(&mut tokens, false)?;
    match tokens.next() {
        None => Ok(pipeline),
        Some(_) => Err("an assignment inside of a condition".to_owned()),
    }
}

fn pipeline(tokens: &mut Peekable<IntoIter<Token>>, in_group: bool) -> Result<Pipeline, String> {
    let mut commands = vec![vec![]];
    while let Some(token) = tokens.next_if(|token| *token != Token::Assign) {
        let term = match token {
            Token::Pipe => {
                commands.push(vec![]);
                continue;
            }
            Token::Close if in_group => return complete(commands),
            Token::Open => Term::Group(pipeline(tokens, true)?),
            Token::Text(text) => Term::Text(text),
            Token::Number(number) => Term::Number(number),
            Token::Word(word) if word == "true" || word == "false" => Term::Flag(word == "true"),
            Token::Word(word) => Term::Word(word),
            Token::Path(path) => path_term(&path),
            Token::Close | Token::Assign => return Err("a parenthesis too many".to_owned()),
        };
        if let Some(command) = commands.last_mut() {
            command.push(term);
        }
    }
    if in_group { Err("a parenthesis without its end".to_owned()) } else { complete(commands) }
}

fn complete(commands: Pipeline) -> Result<Pipeline, String> {
    if commands.iter().any(Vec::is_empty) { Err("an empty command".to_owned()) } else { Ok(commands) }
}

fn path_term(path: &str) -> Term {
    let fields = |text: &str| text.split('.').filter(|field| !field.is_empty()).map(str::to_owned).collect();
    let Some(rest) = path.strip_prefix('$') else { return Term::Path(Start::Dot, fields(path)) };
    let (variable, after) = rest.split_once('.').unwrap_or((rest, ""));
    let start = if variable.is_empty() { Start::Root } else { Start::Variable(variable.to_owned()) };
    Term::Path(start, fields(after))
}
