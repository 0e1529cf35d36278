//! Text and actions, then the tokens of an action.

use super::Trim;

/// A stretch of a template.
pub(super) enum Stretch<'a> {
    Text(&'a str),
    Comment(&'a str, Trim),
    Action(Vec<Token>, Trim),
}

/// A token of an action.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A text in any quotes.
    Text(String),
    Number(String),
    /// A word, dots inside included: `if`, `strings.Trim`.
    Word(String),
    /// `.A.B`, `$x.A`, `$`, `.`.
    Path(String),
    Pipe,
    Open,
    Close,
    /// `:=` or `=`.
    Assign,
}

/// Cuts a template; the error says what is not known.
pub(super) fn cut(template: &str) -> Result<Vec<Stretch<'_>>, String> {
    let mut stretches = vec![];
    let mut rest = template;
    while let Some(start) = rest.find("{{") {
        if start > 0 {
            stretches.push(Stretch::Text(&rest[..start]));
        }
        let inside = &rest[start + 2..];
        let end = action_end(inside).ok_or("an action without its end")?;
        let (code, trim) = trimmed(&inside[..end]);
        rest = &inside[end + 2..];
        match code.trim().strip_prefix("/*").and_then(|code| code.strip_suffix("*/")) {
            Some(comment) => stretches.push(Stretch::Comment(comment, trim)),
            None => stretches.push(Stretch::Action(tokens(code)?, trim)),
        }
    }
    if !rest.is_empty() {
        stretches.push(Stretch::Text(rest));
    }
    Ok(stretches)
}

/// Where `}}` is, outside of texts and comments.
fn action_end(inside: &str) -> Option<usize> {
    let trimmed = inside.trim_start_matches('-').trim_start();
    if trimmed.starts_with("/*") {
        let comment = inside.find("*/")?;
        return inside[comment..].find("}}").map(|at| comment + at);
    }
    let bytes = inside.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'"' | b'`' | b'\'') => at = text_end(bytes, at, quote)?,
            b'}' if bytes.get(at + 1) == Some(&b'}') => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The closing quote of the text that opens at `at`.
fn text_end(bytes: &[u8], at: usize, quote: u8) -> Option<usize> {
    let mut end = at + 1;
    while end < bytes.len() && bytes[end] != quote {
        end += if bytes[end] == b'\\' && quote != b'`' { 2 } else { 1 };
    }
    (end < bytes.len()).then_some(end)
}

/// The code between the trim marks. Go wants white space beside a mark, so `-1` is a number.
fn trimmed(inside: &str) -> (&str, Trim) {
    let before = inside.strip_prefix('-').filter(|rest| rest.starts_with(char::is_whitespace));
    let code = before.unwrap_or(inside);
    let after = code.strip_suffix('-').filter(|rest| rest.ends_with(char::is_whitespace));
    (after.unwrap_or(code), Trim { before: before.is_some(), after: after.is_some() })
}

fn tokens(code: &str) -> Result<Vec<Token>, String> {
    let mut tokens = vec![];
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = token(rest, first)?;
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

fn token(rest: &str, first: char) -> Result<(Token, usize), String> {
    let name = |from: usize| {
        let end = |c: char| !(c.is_alphanumeric() || c == '_' || c == '.');
        from + rest[from..].find(end).unwrap_or(rest.len() - from)
    };
    Ok(match first {
        '|' => (Token::Pipe, 1),
        '(' => (Token::Open, 1),
        ')' => (Token::Close, 1),
        '=' => (Token::Assign, 1),
        ':' if rest.starts_with(":=") => (Token::Assign, 2),
        '"' | '`' => quoted(rest, first)?,
        '.' | '$' => (Token::Path(rest[..name(1)].to_owned()), name(1)),
        c if c.is_ascii_digit() || c == '-' => (Token::Number(rest[..name(1)].to_owned()), name(1)),
        c if c.is_alphabetic() || c == '_' => (Token::Word(rest[..name(0)].to_owned()), name(0)),
        c => return Err(format!("`{c}`")),
    })
}

fn quoted(rest: &str, quote: char) -> Result<(Token, usize), String> {
    let end = text_end(rest.as_bytes(), 0, quote as u8).ok_or("a text without its end")?;
    let text = &rest[1..end];
    if quote == '`' || !text.contains('\\') {
        return Ok((Token::Text(text.to_owned()), end + 1));
    }
    // Go's escapes in everyday use are JSON's too.
    let text = serde_json::from_str(&rest[..=end]).map_err(|_| format!("the text {}", &rest[..=end]))?;
    Ok((Token::Text(text), end + 1))
}
