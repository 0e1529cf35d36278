//! Shortcode calls: each renders a template of the theme.

use super::{Cursor, Writer};
use crate::diag::{Code, Diagnostic};
use crate::document::{Argument, Call, CallKind, Chunk};
use crate::highlight::CodeBlock;
use crate::theme::template_failure;
use tera::value::Key;
use tera::{Map, Value};

/// What a call knows of the call around it.
struct Around<'a> {
    parent: Value,
    index: usize,
    siblings: usize,
    children: &'a mut Vec<Value>,
}

impl Writer<'_, '_> {
    /// Writes what a call gives.
    pub(super) fn call(&mut self, chunk: &Chunk, cursor: &mut Cursor, number: usize) {
        let Some(call) = chunk.calls.get(number) else { return };
        match &call.kind {
            CallKind::Reference => {
                if let Some(href) = self.next_link(chunk, cursor).and_then(|link| link.href.as_deref()) {
                    let address = self.address(href);
                    self.out.push_str(&address);
                }
            }
            CallKind::Include(Some(inner)) => self.chunk(inner),
            CallKind::Include(None) => {}
            CallKind::IncludeCode { code, language } => {
                let html = self.context.highlighter.code_block(&CodeBlock::new(language, code));
                self.out.push_str(&html);
            }
            CallKind::Template { .. } => {
                let mut children = vec![];
                let around = Around { parent: Value::none(), index: 0, siblings: 1, children: &mut children };
                self.template(call, around);
            }
        }
    }

    /// Renders a template call, its inner calls first.
    fn template(&mut self, call: &Call, around: Around<'_>) {
        self.calls += 1;
        let id = call.id.clone().unwrap_or_else(|| format!("s{}", self.calls));
        let params = self.params(&call.arguments);
        let args: Vec<Value> = call.arguments.iter().filter(|a| a.name.is_none()).map(|a| self.value(a)).collect();
        let CallKind::Template { inner, raw } = &call.kind else { return };
        let mut children = vec![];
        let inner_html =
            inner.as_ref().map(|inner| self.inner(inner, call, &id, &params, &mut children)).unwrap_or_default();
        let inner_html = if raw.contains('\n') { inner_html } else { unwrapped(&inner_html).to_owned() };
        let child = Map::from_iter([
            (Key::from("name"), Value::from(call.name.as_str())),
            (Key::from("params"), params.clone()),
            (Key::from("args"), Value::from(args.clone())),
            (Key::from("inner"), Value::safe_string(&inner_html)),
            (Key::from("id"), Value::from(id.as_str())),
            (Key::from("index"), Value::from(around.index)),
        ]);
        around.children.push(Value::from(child));
        let mut context = self.context.shared.clone();
        context.insert_value("params", params);
        context.insert_value("args", Value::from(args));
        context.insert_value("inner", Value::safe_string(inner_html.trim()));
        context.insert_value("inner_raw", Value::from(&**raw));
        context.insert_value("id", Value::from(id));
        context.insert_value("name", Value::from(call.name.as_str()));
        context.insert_value("parent", around.parent);
        context.insert_value("index", Value::from(around.index));
        context.insert_value("siblings", Value::from(around.siblings));
        context.insert_value("children", Value::from(children));
        self.render_template(call, &context, &inner_html);
    }

    fn render_template(&mut self, call: &Call, context: &tera::Context, inner: &str) {
        let (html, markdown) = (format!("shortcodes/{}.html", call.name), format!("shortcodes/{}.md", call.name));
        let theme = self.context.theme;
        let name = if theme.has(&html) { &html } else { &markdown };
        if !theme.has(name) {
            // Unknown names were told when the document was read; the text stays.
            self.out.push_str(inner);
            return;
        }
        match theme.render(name, context) {
            Ok(text) if name.ends_with(".md") => self.out.push_str(&plain_markdown(&text)),
            Ok(text) => self.out.push_str(text.trim()),
            Err(error) => {
                let on = format!("`{}` in {}", call.name, self.context.page);
                let failure = template_failure(self.context.sources, theme, Code::ShortcodeFailed, &error, &on);
                let finding = Diagnostic::new(Code::ShortcodeFailed, call.span, failure.message.clone());
                let finding = match failure.at {
                    crate::diag::At::Span(span) => finding.label(span, "in this template"),
                    _ => finding,
                };
                self.sink.push(finding.hint("mend the call or the template"));
                self.out.push_str(inner);
            }
        }
    }

    /// The inner text as HTML. Calls right inside it learn of their parent, and the parent of them.
    fn inner(&mut self, inner: &Chunk, call: &Call, id: &str, params: &Value, children: &mut Vec<Value>) -> String {
        let parent = Map::from_iter([
            (Key::from("name"), Value::from(call.name.as_str())),
            (Key::from("params"), params.clone()),
            (Key::from("id"), Value::from(id)),
        ]);
        let parent = Value::from(parent);
        let before = std::mem::take(&mut self.out);
        let only_calls = inner.pieces().iter().all(|(piece, _)| matches!(piece, crate::document::Piece::Block(_)));
        if only_calls && inner.calls.iter().all(|call| matches!(call.kind, CallKind::Template { .. })) {
            let siblings = inner.calls.len();
            for (index, child) in inner.calls.iter().enumerate() {
                self.template(child, Around { parent: parent.clone(), index, siblings, children });
            }
        } else {
            self.chunk(inner);
        }
        std::mem::replace(&mut self.out, before)
    }

    fn params(&self, arguments: &[Argument]) -> Value {
        let named = arguments.iter().filter_map(|a| Some((Key::from(a.name.clone()?), self.value(a))));
        Value::from(named.collect::<Map>())
    }

    /// A parameter's value: an address is resolved, and without quotes `true` and numbers are what they look like.
    fn value(&self, argument: &Argument) -> Value {
        let link = argument.link.and_then(|link| self.context.links.get(link as usize));
        if let Some(href) = link.and_then(|link| link.href.as_deref()) {
            let prefix = if href.starts_with('/') { self.context.base_path } else { "" };
            return Value::from(format!("{prefix}{href}"));
        }
        match argument.text.as_str() {
            _ if argument.quoted => {}
            "true" => return Value::from(true),
            "false" => return Value::from(false),
            text => {
                if let Ok(number) = text.parse::<i64>() {
                    return Value::from(number);
                }
            }
        }
        Value::from(argument.text.as_str())
    }
}

/// A single paragraph without its tags: for calls inside a line of text.
fn unwrapped(html: &str) -> &str {
    let inner = html.trim().strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    inner.filter(|inner| !inner.contains("<p>")).unwrap_or(html)
}

/// What a `.md` shortcode template gives is Markdown again; its links stay as they are.
fn plain_markdown(text: &str) -> String {
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, pulldown_cmark::Parser::new_ext(text, pulldown_cmark::Options::all()));
    out
}
