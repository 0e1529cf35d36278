//! The inside of a shortcode tag, read from left to right.

use super::shortcode::{Parameter, Value};

/// A place in a text that moves on with what is read.
pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) end: usize,
}

impl Scanner<'_> {
    pub(super) fn rest(&self) -> &str {
        &self.text[self.at..self.end]
    }

    pub(super) fn space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    pub(super) fn eat(&mut self, prefix: &str) -> bool {
        let found = self.rest().starts_with(prefix);
        self.at += if found { prefix.len() } else { 0 };
        found
    }

    pub(super) fn word(&mut self) -> String {
        let stop = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '.'));
        let mut len = self.rest().find(stop).unwrap_or(self.rest().len());
        // `{{< name/>}}`: the slash closes the call.
        if self.rest()[..len].ends_with('/') {
            len -= 1;
        }
        let word = self.rest()[..len].to_owned();
        self.at += len;
        word
    }

    pub(super) fn parameter(&mut self, close: &str) -> Option<Parameter> {
        let rest = self.rest();
        let name_len = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(rest.len());
        let name = rest[..name_len].to_owned();
        let after = rest[name_len..].trim_start();
        if name_len > 0 && after.starts_with('=') {
            self.at = self.end - (self.at_end_offset(after) - 1);
            self.space();
            return Some(Parameter { name: Some(name), value: self.value(close)? });
        }
        Some(Parameter { name: None, value: self.value(close)? })
    }

    /// How many bytes lie between the start of `tail`, a suffix of the rest, and the end.
    fn at_end_offset(&self, tail: &str) -> usize {
        tail.len().min(self.end)
    }

    fn value(&mut self, close: &str) -> Option<Value> {
        let rest = self.rest();
        match rest.chars().next()? {
            '"' | '\u{201c}' | '\u{201d}' => self.quoted(),
            '`' => {
                let len = rest[1..].find('`')?;
                let (text, range) = (rest[1..=len].to_owned(), self.at + 1..self.at + 1 + len);
                self.at += len + 2;
                Some(Value { text, quoted: true, range })
            }
            _ => {
                let stop = rest.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(rest.len());
                let stop = rest.find(close).map_or(stop, |at| at.min(stop));
                let text =
                    rest[..stop].strip_suffix('/').filter(|_| rest[stop..].starts_with(close)).unwrap_or(&rest[..stop]);
                let (text, range) = (text.to_owned(), self.at..self.at + text.len());
                self.at = range.end;
                (!text.is_empty()).then_some(Value { text, quoted: false, range })
            }
        }
    }

    /// A quoted value; `\"` and `\\` are escapes. Word processors' quotes are taken as straight ones.
    fn quoted(&mut self) -> Option<Value> {
        let mut text = String::new();
        let mut chars = self.rest().char_indices();
        let (_, first) = chars.next()?;
        let start = self.at + first.len_utf8();
        let curly = first != '"';
        let mut escaped = false;
        for (at, c) in chars {
            match c {
                _ if escaped => {
                    if !matches!(c, '"' | '\\') {
                        text.push('\\');
                    }
                    text.push(c);
                    escaped = false;
                }
                '\\' => escaped = true,
                '"' if !curly => return Some(self.end_quoted(text, start, at, c)),
                '\u{201d}' | '\u{201c}' if curly => return Some(self.end_quoted(text, start, at, c)),
                _ => text.push(c),
            }
        }
        None
    }

    fn end_quoted(&mut self, text: String, start: usize, at: usize, quote: char) -> Value {
        let end = self.at + at;
        self.at = end + quote.len_utf8();
        Value { text, quoted: true, range: start..end }
    }
}
