//! Shortcode calls in a text, as a tree.
//!
//! Hugo's syntax: `{{< name a="1" >}}…{{< /name >}}`, `{{% name %}}`, `{{< name />}}`, quotes and backquotes
//! around values, calls over several lines, and `{{</* name */>}}` for showing a call instead of making it.

use super::scanner::Scanner;
use crate::diag::{Code, Diagnostic, FileId, Sink, Span};
use std::ops::Range;

/// A parameter's value as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    /// The text, quotes and escapes resolved.
    pub text: String,
    /// Was it quoted? Without quotes, `true` and numbers are what they look like.
    pub quoted: bool,
    /// Where it stands, without the quotes.
    pub range: Range<usize>,
}

/// A parameter: with a name or by its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parameter {
    /// The name, if it has one.
    pub name: Option<String>,
    /// The value.
    pub value: Value,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Segment {
    /// Text as it stands.
    Text(Range<usize>),
    /// An escaped call: what is shown instead.
    Literal(String, Range<usize>),
    /// A call.
    Call(RawCall),
}

/// A shortcode call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RawCall {
    /// The shortcode's name.
    pub name: String,
    /// Where the name stands.
    pub name_range: Range<usize>,
    /// The opening tag.
    pub tag: Range<usize>,
    /// The parameters in order.
    pub parameters: Vec<Parameter>,
    /// The text between the tags and its segments, if there is a closing tag.
    pub inner: Option<(Range<usize>, Vec<Segment>)>,
    /// Was it closed, be it by `/>}}`?
    pub closed: bool,
}

/// Calls inside calls go no deeper than this, as each level takes room on the stack.
const MAX_DEPTH: usize = 24;

enum Token {
    Text(Range<usize>),
    Literal(String, Range<usize>),
    Open(RawCall),
    Close { name: String, range: Range<usize> },
}

/// Parses `text[range]`; every range in the result is one of the whole text.
pub(super) fn parse(text: &str, range: Range<usize>, file: FileId, sink: &mut Sink) -> Vec<Segment> {
    if !has_calls(&text[range.clone()]) {
        return vec![Segment::Text(range)];
    }
    let tokens = tokens(text, range, file, sink);
    let closed_by = pair(&tokens, file, sink);
    let tokens: Vec<Option<Token>> = tokens.into_iter().map(Some).collect();
    let end = tokens.len();
    Tree { tokens, closed_by, file, sink }.segments(0..end, 0)
}

/// Is there anything in a text that may be a call?
pub(super) fn has_calls(text: &str) -> bool {
    text.contains("{{<") || text.contains("{{%")
}

/// For each opening tag the closing one: the nearest open tag of the same name is meant.
fn pair(tokens: &[Token], file: FileId, sink: &mut Sink) -> Vec<Option<usize>> {
    let mut closed_by = vec![None; tokens.len()];
    let mut open: Vec<usize> = vec![];
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Open(call) if !call.closed => open.push(at),
            Token::Close { name, range } => {
                let found = open.iter().rposition(|at| matches!(&tokens[*at], Token::Open(call) if call.name == *name));
                if let Some(depth) = found {
                    closed_by[open[depth]] = Some(at);
                    open.truncate(depth);
                } else {
                    let message = format!("`{name}` is closed here but was not opened");
                    let finding = Diagnostic::new(Code::ShortcodeUnopened, Span::new(file, range.clone()), message);
                    sink.push(finding.hint(format!("remove the tag, or open it above with `{{{{< {name} >}}}}`")));
                }
            }
            _ => {}
        }
    }
    closed_by
}

/// Builds the segments of a range of tokens, calls with what stands inside them.
struct Tree<'a> {
    tokens: Vec<Option<Token>>,
    closed_by: Vec<Option<usize>>,
    file: FileId,
    sink: &'a mut Sink,
}

impl Tree<'_> {
    fn segments(&mut self, range: Range<usize>, depth: usize) -> Vec<Segment> {
        let mut segments = vec![];
        let mut at = range.start;
        while at < range.end {
            match self.tokens[at].take() {
                Some(Token::Text(range)) => segments.push(Segment::Text(range)),
                Some(Token::Literal(text, range)) => segments.push(Segment::Literal(text, range)),
                Some(Token::Open(mut call)) => {
                    if let Some(close) = self.closed_by[at] {
                        let end = match &self.tokens[close] {
                            Some(Token::Close { range, .. }) => range.start,
                            _ => call.tag.end,
                        };
                        let inner = call.tag.end..end;
                        let segments = self.inner(&call, inner.clone(), at + 1..close, depth + 1);
                        call.inner = Some((inner, segments));
                        call.closed = true;
                        at = close;
                    }
                    segments.push(Segment::Call(call));
                }
                Some(Token::Close { .. }) | None => {}
            }
            at += 1;
        }
        segments
    }

    /// What stands inside a call; too deep inside it is left as text.
    fn inner(&mut self, call: &RawCall, text: Range<usize>, tokens: Range<usize>, depth: usize) -> Vec<Segment> {
        if depth <= MAX_DEPTH {
            return self.segments(tokens, depth);
        }
        let message = format!("shortcodes stand in each other {depth} deep; no call in this one is made");
        let finding = Diagnostic::new(Code::ShortcodeSyntax, Span::new(self.file, call.tag.clone()), message);
        self.sink.push(finding.hint(format!("nest them at most {MAX_DEPTH} deep")));
        vec![Segment::Text(text)]
    }
}

fn tokens(text: &str, range: Range<usize>, file: FileId, sink: &mut Sink) -> Vec<Token> {
    let mut tokens = vec![];
    let mut at = range.start;
    while let Some(found) = memchr_from(text, at, range.end) {
        if at < found {
            tokens.push(Token::Text(at..found));
        }
        match tag(text, found, range.end) {
            Ok((token, end)) => {
                tokens.push(token);
                at = end;
            }
            Err((message, end)) => {
                let finding = Diagnostic::new(Code::ShortcodeSyntax, Span::new(file, found..end), message);
                sink.push(finding.hint("write `{{< name key=\"value\" >}}`, or `{{</* name */>}}` to show a call"));
                tokens.push(Token::Text(found..end));
                at = end;
            }
        }
    }
    if at < range.end {
        tokens.push(Token::Text(at..range.end));
    }
    tokens
}

fn memchr_from(text: &str, at: usize, end: usize) -> Option<usize> {
    let angle = text[at..end].find("{{<");
    let percent = text[at..end].find("{{%");
    let found = match (angle, percent) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b)?,
    };
    Some(at + found)
}

/// Reads the tag at `start`. The error carries the end of what was read of it.
fn tag(text: &str, start: usize, end: usize) -> Result<(Token, usize), (String, usize)> {
    let mark = text.as_bytes()[start + 2];
    let close = if mark == b'<' { ">}}" } else { "%}}" };
    let rest = &text[start + 3..end];
    if rest.starts_with("/*") {
        let escape_end = format!("*/{close}");
        let Some(found) = rest.find(&escape_end) else {
            return Err((format!("the escaped call is not closed by `{escape_end}`"), start + 5));
        };
        let stop = start + 3 + found + escape_end.len();
        let shown = format!("{}{}{close}", &text[start..start + 3], &rest[2..found]);
        return Ok((Token::Literal(shown, start..stop), stop));
    }
    let mut scanner = Scanner { text, at: start + 3, end };
    scanner.space();
    let closing = scanner.eat("/");
    scanner.space();
    let name_start = scanner.at;
    let name = scanner.word();
    if name.is_empty() {
        return Err(("a shortcode call without a name".into(), (start + 3).min(end)));
    }
    let name_range = name_start..scanner.at;
    let mut parameters = vec![];
    loop {
        scanner.space();
        let self_closed = text[scanner.at..end].starts_with('/') && text[scanner.at + 1..end].starts_with(close);
        if self_closed || text[scanner.at..end].starts_with(close) {
            let stop = scanner.at + close.len() + usize::from(self_closed);
            let range = start..stop;
            if closing {
                return Ok((Token::Close { name, range }, stop));
            }
            let call = RawCall { name, name_range, tag: range, parameters, inner: None, closed: self_closed };
            return Ok((Token::Open(call), stop));
        }
        if scanner.at >= end || text[scanner.at..end].starts_with("{{") {
            return Err((format!("the call of `{name}` is not closed by `{close}`"), line_end(text, start, end)));
        }
        match scanner.parameter(close) {
            Some(parameter) => parameters.push(parameter),
            None => return Err((format!("a parameter of `{name}` cannot be read"), line_end(text, start, end))),
        }
    }
}

fn line_end(text: &str, start: usize, end: usize) -> usize {
    text[start..end].find('\n').map_or(end, |at| start + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut sink = Sink::new();
        let segments = parse(text, 0..text.len(), FileId(0), &mut sink);
        let mut shown = show(text, &segments);
        for finding in sink.as_slice() {
            shown.push_str(&format!(" !{}", finding.code.as_str()));
        }
        assert_eq!(shown, expected, "{text}");
    }

    fn show(text: &str, segments: &[Segment]) -> String {
        let parts = segments.iter().map(|segment| match segment {
            Segment::Text(range) => format!("{:?}", &text[range.clone()]),
            Segment::Literal(shown, _) => format!("={shown}"),
            Segment::Call(call) => {
                let parameters = call.parameters.iter().map(|p| {
                    let value = &p.value.text;
                    p.name.as_ref().map_or_else(|| value.clone(), |name| format!("{name}={value}"))
                });
                let inner = call.inner.as_ref().map(|(_, inner)| format!("[{}]", show(text, inner)));
                format!("{}({}){}", call.name, parameters.collect::<Vec<_>>().join(","), inner.unwrap_or_default())
            }
        });
        parts.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn calls_in_all_their_forms() {
        check("a {{< ref \"x.md\" >}} b", r#""a " ref(x.md) " b""#);
        check("{{% note color=info title=\"A \\\"B\\\"\" %}}x{{% /note %}}", r#"note(color=info,title=A "B")["x"]"#);
        check("{{< t >}}{{< u a=1 >}}x{{< /u >}}{{< /t >}}", r#"t()[u(a=1)["x"]]"#);
        check("{{< fig\n  src=\"a.png\"\n  alt=`b \"c\"`\n>}}", r#"fig(src=a.png,alt=b "c")"#);
        check("{{< br />}}{{<br/>}}", "br() br()");
        check("{{< blocks/cover x = \"1\" >}}y{{< /blocks/cover >}}", r#"blocks/cover(x=1)["y"]"#);
        check("{{</* ref \"x\" */>}}", "={{< ref \"x\" >}}");
        check("{{%/* note */%}}", "={{% note %}}");
        check("{{< a url=https://x.org/y >}}", "a(url=https://x.org/y)");
        check("{{ not a call }} {%", r#""{{ not a call }} {%""#);
    }

    #[test]
    fn damage_is_told_and_the_text_stays() {
        check("{{< open >}}", "open()");
        check("x{{< /never >}}", r#""x" !shortcode-unopened"#);
        check("{{< a b=\"c >}}\nx", "\"{{< a b=\\\"c >}}\" \"\\nx\" !shortcode-syntax");
        check("{{< >}}", "\"{{<\" \" >}}\" !shortcode-syntax");
        check("{{< a", "\"{{< a\" !shortcode-syntax");
    }
}
