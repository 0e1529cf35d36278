//! From the tree to Tera.
//!
//! Tera stops at a value that is not there where Go prints nothing, so each output ends in
//! `default(value="")`; conditions and `or` take a missing value for false in both languages.

use super::parser::parse;
use super::{Branch, Command, Piece, Pipeline, Start, Term, Trim};
use std::fmt::Write as _;

/// How the content between a shortcode's tags is to be put out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Inner {
    /// As written, for the `{{< >}}` form.
    Raw,
    /// As rendered Markdown, for the `{{% %}}` form, whose output Hugo renders with the page.
    Rendered,
}

/// The Tera template, or what stood in the way.
pub(in crate::import) type Translation = Result<String, String>;

/// Translates a shortcode's template. `inner` is the meaning of a plain `.Inner`.
pub(in crate::import) fn translate(template: &str, inner: Inner) -> Translation {
    let pieces = parse(template)?;
    let mut translator = Translator { inner, dots: vec![], variables: vec![], out: String::new() };
    translator.pieces(&pieces)?;
    Ok(translator.out)
}

/// What an expression's value is, which decides how it is put out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Text to be escaped.
    Plain,
    /// HTML.
    Html,
    /// The content between the tags, untouched.
    Inner,
    /// Text or HTML, which only a condition can make use of.
    Mixed,
}

#[derive(Debug, Clone)]
struct Expression {
    code: String,
    kind: Kind,
}

fn plain(code: impl Into<String>) -> Expression {
    Expression { code: code.into(), kind: Kind::Plain }
}

struct Translator {
    inner: Inner,
    /// What `.` is inside of each open `with`.
    dots: Vec<Expression>,
    variables: Vec<(String, Kind)>,
    out: String,
}

impl Translator {
    fn pieces(&mut self, pieces: &[Piece]) -> Result<(), String> {
        for piece in pieces {
            match piece {
                Piece::Text(text) => self.text(text),
                Piece::Comment(text, trim) => self.comment(text, *trim),
                Piece::Output(pipeline, trim) => self.output(pipeline, *trim)?,
                Piece::Set(name, pipeline, trim) => self.set(name, pipeline, *trim)?,
                Piece::Branches(branches, end) => self.branches(branches, *end)?,
            }
        }
        Ok(())
    }

    /// Text, with what Tera would take for a tag or comment of its own made harmless.
    fn text(&mut self, text: &str) {
        let text = text.replace("{%", "{{ \"{%\" }}").replace("{#", "{{ \"{#\" }}");
        self.out.push_str(&text);
    }

    fn comment(&mut self, text: &str, trim: Trim) {
        let (open, close) = (if trim.before { "{#-" } else { "{#" }, if trim.after { "-#}" } else { "#}" });
        let _ = write!(self.out, "{open} {} {close}", text.trim().replace("#}", "# }"));
    }

    fn tag(&mut self, code: &str, trim: Trim) {
        let (open, close) = (if trim.before { "{%-" } else { "{%" }, if trim.after { "-%}" } else { "%}" });
        let _ = write!(self.out, "{open} {code} {close}");
    }

    fn output(&mut self, pipeline: &Pipeline, trim: Trim) -> Result<(), String> {
        let value = self.pipeline(pipeline)?;
        let value = self.settled(value);
        let safe = match value.kind {
            Kind::Html | Kind::Inner => " | safe",
            Kind::Plain => "",
            Kind::Mixed => return Err("a value that is text or HTML".to_owned()),
        };
        let code = format!("{} | default(value=\"\"){safe}", value.code);
        let (open, close) = (if trim.before { "{{-" } else { "{{" }, if trim.after { "-}}" } else { "}}" });
        let _ = write!(self.out, "{open} {code} {close}");
        Ok(())
    }

    /// The content between the tags in the form in which it is put out.
    fn settled(&self, value: Expression) -> Expression {
        match (value.kind, self.inner) {
            (Kind::Inner, Inner::Rendered) => Expression { code: "inner".to_owned(), kind: Kind::Html },
            (Kind::Inner, Inner::Raw) => Expression { kind: Kind::Html, ..value },
            _ => value,
        }
    }

    fn set(&mut self, name: &str, pipeline: &Pipeline, trim: Trim) -> Result<(), String> {
        let Expression { code, kind } = self.settled(self.pipeline(pipeline)?);
        // A name of its own, as `$page` would hide `page`.
        self.tag(&format!("set v_{name} = {code}"), trim);
        match self.variables.iter_mut().find(|(known, _)| known == name) {
            Some(known) => known.1 = kind,
            None => self.variables.push((name.to_owned(), kind)),
        }
        Ok(())
    }

    fn branches(&mut self, branches: &[Branch], end: Trim) -> Result<(), String> {
        for (index, branch) in branches.iter().enumerate() {
            let value = branch.condition.as_ref().map(|condition| self.pipeline(condition)).transpose()?;
            let code = match (&value, index) {
                (Some(value), 0) => format!("if {}", value.code),
                (Some(value), _) => format!("elif {}", value.code),
                (None, _) => "else".to_owned(),
            };
            self.tag(&code, branch.trim);
            let depth = self.dots.len();
            self.dots.extend(value.filter(|_| branch.is_with));
            self.pieces(&branch.body)?;
            self.dots.truncate(depth);
        }
        self.tag("endif", end);
        Ok(())
    }

    fn pipeline(&self, pipeline: &Pipeline) -> Result<Expression, String> {
        let mut value = None;
        for command in pipeline {
            value = Some(self.command(command, value)?);
        }
        value.ok_or_else(|| "an empty command".to_owned())
    }

    fn command(&self, command: &Command, piped: Option<Expression>) -> Result<Expression, String> {
        let Some((head, terms)) = command.split_first() else { return Err("an empty command".to_owned()) };
        // A function that takes the whole shortcode, `partial "x" .`, is what stands in the way, not the dot.
        let whole = Term::Path(Start::Dot, vec![]);
        if let (Term::Word(word), true, true) = (head, self.dots.is_empty(), terms.contains(&whole)) {
            return Err(format!("`{word}`"));
        }
        let mut arguments = terms.iter().map(|term| self.term(term)).collect::<Result<Vec<_>, _>>()?;
        arguments.extend(piped);
        match head {
            Term::Word(word) => function(word, terms, arguments),
            Term::Path(start, fields) => self.path(start, fields, terms, &arguments),
            _ if arguments.is_empty() => self.term(head),
            _ => Err("a value that is called".to_owned()),
        }
    }

    fn term(&self, term: &Term) -> Result<Expression, String> {
        Ok(match term {
            Term::Text(text) => plain(literal(text)?),
            Term::Number(number) => plain(number.clone()),
            Term::Flag(flag) => plain(flag.to_string()),
            Term::Group(pipeline) => self.pipeline(pipeline)?,
            Term::Path(start, fields) => self.path(start, fields, &[], &[])?,
            Term::Word(word) => function(word, &[], vec![])?,
        })
    }

    fn path(
        &self,
        start: &Start,
        fields: &[String],
        terms: &[Term],
        arguments: &[Expression],
    ) -> Result<Expression, String> {
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        let dot = self.dots.last().filter(|_| *start == Start::Dot);
        let written = || Err(format!("`.{}`", fields.join(".")));
        match (start, dot, fields.as_slice()) {
            (Start::Variable(name), _, []) if arguments.is_empty() => {
                let known = self.variables.iter().find(|(known, _)| known == name);
                known
                    .map(|(name, kind)| Expression { code: format!("v_{name}"), kind: *kind })
                    .ok_or(format!("`${name}`"))
            }
            (Start::Variable(name), ..) => Err(format!("`${name}.{}`", fields.join("."))),
            (_, Some(dot), []) if arguments.is_empty() => Ok(dot.clone()),
            (_, None, ["Get"]) => get(terms),
            (_, _, ["Page", "RenderString"]) if arguments.len() == 1 && dot.is_none() => Ok(rendered(&arguments[0])),
            (_, None, fields) if arguments.is_empty() => field(fields).map_or_else(written, Ok),
            _ => written(),
        }
    }
}

/// `.Get "name"` and `.Get 0`.
fn get(terms: &[Term]) -> Result<Expression, String> {
    match terms {
        [Term::Text(name)] => Ok(plain(parameter(name)?)),
        [Term::Number(index)] if index.parse::<u32>().is_ok() => Ok(plain(format!("args[{index}]"))),
        _ => Err("`.Get` with something other than a name or a number".to_owned()),
    }
}

fn parameter(name: &str) -> Result<String, String> {
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !["true", "false", "none", "not", "and", "or", "in", "is"].contains(&name.to_lowercase().as_str());
    if is_name { Ok(format!("params.{name}")) } else { Ok(format!("params[{}]", literal(name)?)) }
}

/// The fields of a shortcode that have a value of Plenary's.
fn field(fields: &[&str]) -> Option<Expression> {
    Some(match fields {
        ["Inner"] => Expression { code: "inner_raw".to_owned(), kind: Kind::Inner },
        ["Params" | "IsNamedParams"] => plain("params"),
        ["Params", name] => plain(parameter(name).ok()?),
        ["Name"] => plain("name"),
        ["Ordinal"] => plain("index"),
        ["Page", "Title"] => plain("page.title"),
        ["Page", "RelPermalink"] => plain("page.url"),
        ["Page", "Lang" | "Language.Lang"] | ["Page", "Language", "Lang"] => plain("lang"),
        ["Site", "Title"] | ["Page", "Site", "Title"] => plain("site.title"),
        ["Site", "Params", name] | ["Page", "Site", "Params", name] if parameter(name).ok()?.starts_with("params.") => {
            plain(format!("site.params.{name}"))
        }
        _ => return None,
    })
}

/// A text in Tera's quotes, of which there are three kinds and no escapes that Go's texts need.
fn literal(text: &str) -> Result<String, String> {
    let quote = ['"', '\'', '`'].into_iter().find(|quote| !text.contains(*quote));
    match quote {
        Some(quote) if !text.contains('\\') => Ok(format!("{quote}{text}{quote}")),
        _ => Err(format!("the text `{text}`")),
    }
}

/// Parameters whose values are final addresses.
const ADDRESSES: &[&str] = &["params.src", "params.href", "params.url", "params.image", "params.link"];

/// Go's and Hugo's functions that Tera has too. The last argument is the piped one.
fn function(name: &str, terms: &[Term], mut arguments: Vec<Expression>) -> Result<Expression, String> {
    let joined = |word: &str, arguments: &[Expression]| {
        let codes: Vec<&str> = arguments.iter().map(|argument| argument.code.as_str()).collect();
        format!("({})", codes.join(&format!(" {word} ")))
    };
    let known = match (name, arguments.as_slice()) {
        ("and" | "or", [_, _, ..]) => Expression { code: joined(name, &arguments), kind: common(&arguments) },
        ("not", [value]) => plain(format!("(not {})", value.code)),
        ("eq", [left, rights @ ..]) if !rights.is_empty() => {
            let tests: Vec<String> = rights.iter().map(|right| format!("{} == {}", left.code, right.code)).collect();
            plain(format!("({})", tests.join(" or ")))
        }
        ("ne", [left, right]) => plain(format!("({} != {})", left.code, right.code)),
        ("default", [fallback, value]) => default(terms, fallback, value),
        ("isset", [map, _]) if map.code == "params" => isset(terms)?,
        ("i18n" | "T", [_]) if matches!(terms, [Term::Text(_)]) => plain(format!("text(key={})", arguments[0].code)),
        ("upper" | "strings.ToUpper", [value]) => filtered(value, "upper"),
        ("lower" | "strings.ToLower", [value]) => filtered(value, "lower"),
        ("markdownify", [value]) => rendered(value),
        ("chomp" | "strings.TrimSpace", [value]) => trimmed(value),
        ("trim", [value, _]) if is_white(terms) => trimmed(value),
        // The builder has made an address of these before the template runs.
        ("relURL" | "relLangURL", [value]) if ADDRESSES.contains(&value.code.as_str()) => arguments.remove(0),
        // Go escapes by context and these switch it off; Tera escapes HTML, which suits an attribute.
        ("safeURL" | "safe.URL" | "htmlEscape" | "string", [_]) => arguments.remove(0),
        ("safeHTML" | "safe.HTML" | "safeHTMLAttr" | "safe.HTMLAttr" | "safeCSS" | "safe.CSS", [_]) => {
            let value = arguments.remove(0);
            Expression { kind: if value.kind == Kind::Plain { Kind::Html } else { value.kind }, code: value.code }
        }
        _ => return Err(format!("`{name}`")),
    };
    Ok(known)
}

/// The kind of a value that is one of `values`.
fn common(values: &[Expression]) -> Kind {
    let mut kinds = values.iter().map(|value| if value.kind == Kind::Inner { Kind::Html } else { value.kind });
    let first = kinds.next().unwrap_or(Kind::Plain);
    if kinds.all(|kind| kind == first) { first } else { Kind::Mixed }
}

/// A value as Markdown.
fn rendered(value: &Expression) -> Expression {
    let code = if value.kind == Kind::Inner { "inner".to_owned() } else { filtered(value, "markdownify").code };
    Expression { code, kind: Kind::Html }
}

/// A value without white space around it, which HTML does not show anyway.
fn trimmed(value: &Expression) -> Expression {
    if value.kind == Kind::Plain { filtered(value, "trim") } else { value.clone() }
}

/// Whether what `trim` takes away, its last written argument, is white space.
fn is_white(terms: &[Term]) -> bool {
    matches!(terms.last(), Some(Term::Text(cut)) if cut.chars().all(char::is_whitespace))
}

fn filtered(value: &Expression, filter: &str) -> Expression {
    plain(format!("({} | default(value=\"\") | {filter})", value.code))
}

/// Hugo's `default` replaces what is empty, but takes `false` for an answer.
fn default(terms: &[Term], fallback: &Expression, value: &Expression) -> Expression {
    let kind = common(&[fallback.clone(), value.clone()]);
    let code = if matches!(terms.first(), Some(Term::Flag(_))) {
        format!("({} | default(value={}))", value.code, fallback.code)
    } else {
        format!("({} or {})", value.code, fallback.code)
    };
    Expression { code, kind }
}

fn isset(terms: &[Term]) -> Result<Expression, String> {
    match terms {
        [_, Term::Text(name)] => Ok(plain(format!("({} is defined)", parameter(name)?))),
        [_, Term::Number(index)] => Ok(plain(format!("(args[{index}] is defined)"))),
        _ => Err("`isset`".to_owned()),
    }
}
