//! A stream of Markdown in which every shortcode call is a placeholder.
//!
//! Markdown is parsed with the calls taken out, so that neither can damage the other; each call's
//! inner text is a stream of its own. A stream remembers for every byte where it came from.

use super::shortcode::{self, RawCall, Segment};
use super::stream::{PLACEHOLDER_END, PLACEHOLDER_START, Piece, pieces};
use super::{Context, Slice, read_front_matter};
use crate::diag::{Code, Diagnostic, FileId, Sink, Span, did_you_mean};
use crate::source::SourceFile;
use std::ops::Range;
use std::sync::Arc;

/// Includes inside includes go no deeper than this.
const MAX_INCLUDES: usize = 8;

/// A stream of Markdown.
#[derive(Debug, Clone)]
pub struct Chunk {
    /// The text, each call replaced by a placeholder.
    pub text: Slice,
    /// The file that the text comes from.
    pub file: FileId,
    /// Are dollar signs around a text mathematics?
    pub math: bool,
    /// From offsets in `text` to offsets in the file, ascending.
    map: Vec<(u32, u32)>,
    /// The calls, by the number in their placeholder.
    pub calls: Vec<Call>,
    /// Indices into the document's links, in the order in which the stream meets them.
    pub links: Vec<u32>,
    /// Indices into the document's outline, in the order in which the stream meets them.
    pub headings: Vec<u32>,
}

impl Chunk {
    /// The stream of a text without calls: the file's own, from a place on.
    pub(super) fn plain(source: &SourceFile, file: FileId, start: usize, math: bool) -> Self {
        let whole = source.shared_text();
        let text = Slice::new(&whole, start..whole.len());
        let map = vec![(0, start as u32), (text.len() as u32, whole.len() as u32)];
        Self { text, file, math, map, calls: vec![], links: vec![], headings: vec![] }
    }

    /// The stream's parts, with the range of each.
    pub(crate) fn pieces(&self) -> Vec<(Piece<'_>, Range<usize>)> {
        pieces(&self.text, self.math)
    }

    /// Where a range of the stream stands in the file.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, self.origin(range.start)..self.origin(range.end))
    }

    /// Where a range of the stream stands in the file, shortcode calls at its end with all their text.
    pub(crate) fn written(&self, range: Range<usize>) -> Range<usize> {
        let ends_with_call = self.text[..range.end].ends_with(PLACEHOLDER_END);
        let end = match range.end.checked_sub(1) {
            Some(last) if !ends_with_call && last >= range.start => self.origin(last) + 1,
            // Behind a call the next part of the text begins.
            _ => self
                .map
                .iter()
                .find(|(offset, _)| *offset as usize >= range.end)
                .map_or(range.end, |(_, at)| *at as usize),
        };
        self.origin(range.start)..end
    }

    fn origin(&self, at: usize) -> usize {
        let found = self.map.partition_point(|(offset, _)| *offset as usize <= at);
        match found.checked_sub(1).map(|found| self.map[found]) {
            Some((offset, origin)) => origin as usize + (at - offset as usize),
            None => at,
        }
    }
}

/// A parameter of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Its text.
    pub text: String,
    /// Was it quoted?
    pub quoted: bool,
    /// Where the value stands.
    pub span: Span,
    /// The document's link that the value is, if it is an address.
    pub link: Option<u32>,
}

/// A shortcode call.
#[derive(Debug, Clone)]
pub struct Call {
    /// The shortcode's name.
    pub name: String,
    /// Where the opening tag stands.
    pub span: Span,
    /// Its parameters.
    pub arguments: Vec<Argument>,
    /// The id that links can name, if the shortcode has one.
    pub id: Option<String>,
    /// What it does.
    pub kind: CallKind,
}

impl Call {
    /// The value of a named parameter, or of the first one without a name.
    pub fn named_or_first(&self, names: &[&str]) -> Option<&Argument> {
        let named = |argument: &&Argument| argument.name.as_deref().is_some_and(|name| names.contains(&name));
        let positional = |argument: &&Argument| argument.name.is_none();
        self.arguments.iter().find(named).or_else(|| self.arguments.iter().find(positional))
    }
}

/// What a call does.
#[derive(Debug, Clone)]
pub enum CallKind {
    /// Renders a template of the theme; the inner text as a stream and as it was written.
    Template {
        /// The text between the tags.
        inner: Option<Chunk>,
        /// The same, unparsed.
        raw: Arc<str>,
    },
    /// Stands for the address of a page: `ref` and `relref`.
    Reference,
    /// Stands for the text of another file.
    Include(Option<Chunk>),
    /// Stands for another file shown as code.
    IncludeCode {
        /// The file's text.
        code: Arc<str>,
        /// The language to highlight it as.
        language: String,
    },
}

/// Builds the streams of one document.
pub(super) struct Builder<'a, 'b> {
    context: &'a Context<'a>,
    sink: &'b mut Sink,
    wanted: Vec<String>,
    included: Vec<String>,
    including: Vec<FileId>,
}

/// A stream in the making.
struct Draft {
    out: String,
    map: Vec<(u32, u32)>,
    calls: Vec<Call>,
    dedent: usize,
    fenced: bool,
}

impl<'a, 'b> Builder<'a, 'b> {
    pub(super) fn new(context: &'a Context<'a>, sink: &'b mut Sink) -> Self {
        Self { context, sink, wanted: vec![], included: vec![], including: vec![] }
    }

    /// Paths of fragments that were asked for and are not read yet, and of all that were asked for.
    pub(super) fn fragments(self) -> (Vec<String>, Vec<String>) {
        (self.wanted, self.included)
    }

    /// The stream of a range of a file.
    pub(super) fn chunk(&mut self, file: FileId, range: Range<usize>) -> Chunk {
        let sources = self.context.sources;
        let text = sources.file(file).text();
        let end = range.end;
        let segments = shortcode::parse(text, range, file, self.sink);
        self.including.push(file);
        let chunk = self.assemble(text, file, &segments, 0, end);
        self.including.pop();
        chunk
    }

    fn assemble(&mut self, text: &str, file: FileId, segments: &[Segment], dedent: usize, end: usize) -> Chunk {
        let mut draft = Draft { out: String::new(), map: vec![], calls: vec![], dedent, fenced: false };
        for (at, segment) in segments.iter().enumerate() {
            match segment {
                Segment::Text(range) => draft.text(text, range.clone()),
                Segment::Literal(shown, range) => {
                    draft.mark(range.start);
                    draft.out.push_str(shown);
                }
                Segment::Call(call) => {
                    let after = segments.get(at + 1);
                    let line_ends = match after {
                        None => true,
                        Some(Segment::Text(range)) => {
                            text[range.clone()].split('\n').next().is_some_and(|rest| rest.trim().is_empty())
                        }
                        Some(_) => false,
                    };
                    self.place(&mut draft, text, file, call, line_ends);
                }
            }
        }
        // Where the last call ends.
        draft.mark(end);
        let math = self.context.ground.math;
        let (text, Draft { map, calls, .. }) = (std::mem::take(&mut draft.out).into(), draft);
        Chunk { text, file, math, map, calls, links: vec![], headings: vec![] }
    }

    /// Puts a call's placeholder into the stream. A call that has its line to itself becomes a block.
    fn place(&mut self, draft: &mut Draft, text: &str, file: FileId, raw: &RawCall, line_ends: bool) {
        let line_start = draft.out.rfind('\n').map_or(0, |at| at + 1);
        let indent = draft.out[line_start..].to_owned();
        let alone = line_ends && indent.trim().is_empty() && !draft.fenced;
        let call = self.call(text, file, raw, if alone { indent.len() } else { 0 });
        let alone = alone && !matches!(call.kind, CallKind::Reference);
        if alone && line_start > 0 && !draft.out[..line_start].ends_with("\n\n") {
            draft.out.truncate(line_start);
            draft.out.push('\n');
            draft.out.push_str(&indent);
        }
        draft.mark(raw.tag.start);
        draft.out.push(PLACEHOLDER_START);
        draft.out.push_str(&draft.calls.len().to_string());
        draft.out.push(PLACEHOLDER_END);
        if alone {
            draft.out.push('\n');
        }
        draft.calls.push(call);
    }

    fn call(&mut self, text: &str, file: FileId, raw: &RawCall, indent: usize) -> Call {
        let span = Span::new(file, raw.tag.clone());
        let arguments = raw.parameters.iter().map(|parameter| Argument {
            name: parameter.name.clone(),
            text: parameter.value.text.clone(),
            quoted: parameter.value.quoted,
            span: Span::new(file, parameter.value.range.clone()),
            link: None,
        });
        let mut call =
            Call { name: raw.name.clone(), span, arguments: arguments.collect(), id: None, kind: CallKind::Reference };
        match raw.name.as_str() {
            "ref" | "relref" => {}
            "include" | "readfile" => call.kind = self.include(&call),
            _ => {
                self.check_name(raw, file);
                let (inner, raw_text) = match &raw.inner {
                    Some((range, segments)) => {
                        (Some(self.assemble(text, file, segments, indent, range.end)), text[range.clone()].into())
                    }
                    None => (None, "".into()),
                };
                call.kind = CallKind::Template { inner, raw: raw_text };
            }
        }
        call
    }

    fn check_name(&mut self, raw: &RawCall, file: FileId) {
        let table = self.context.shortcodes();
        let name = &raw.name;
        match table.wants_inner(name) {
            None => {
                let names = table.names();
                let known = names.iter().map(String::as_str).chain(["ref", "relref", "include", "readfile"]);
                let hint = did_you_mean(name, known)
                    .unwrap_or_else(|| format!("add the template `shortcodes/{name}.html` to the theme, or show the call with `{{{{</* {name} */>}}}}`"));
                let span = Span::new(file, raw.name_range.clone());
                let finding = Diagnostic::new(Code::ShortcodeUnknown, span, format!("there is no shortcode `{name}`"));
                self.sink.push(finding.hint(hint));
            }
            Some(true) if !raw.closed => {
                let span = Span::new(file, raw.tag.clone());
                let finding =
                    Diagnostic::new(Code::ShortcodeUnclosed, span, format!("the shortcode `{name}` is not closed"));
                self.sink.push(finding.hint(format!("write `{{{{< /{name} >}}}}` after its text")));
            }
            _ => {}
        }
    }

    fn include(&mut self, call: &Call) -> CallKind {
        let Some(argument) = call.named_or_first(&["path", "file", "src"]) else {
            let finding = Diagnostic::new(Code::IncludeMissing, call.span, "the call names no file");
            self.sink.push(finding.hint(format!("write `{{{{< {} path=\"folder/file.md\" >}}}}`", call.name)));
            return CallKind::Include(None);
        };
        let path = argument.text.trim_start_matches('/').to_owned();
        self.included.push(path.clone());
        let file = match self.context.sources.fragment(&path) {
            None => {
                self.wanted.push(path);
                return CallKind::Include(None);
            }
            Some(None) => {
                let message = format!("the file `{path}` to include does not exist in the repository");
                let finding = Diagnostic::new(Code::IncludeMissing, argument.span, message);
                self.sink.push(finding.hint("give its path from the site's folder or from the top of the repository"));
                return CallKind::Include(None);
            }
            Some(Some(file)) => file,
        };
        if self.including.contains(&file) || self.including.len() > MAX_INCLUDES {
            let message = format!("`{path}` includes itself");
            self.sink
                .push(Diagnostic::new(Code::IncludeCircle, argument.span, message).hint("remove one of the includes"));
            return CallKind::Include(None);
        }
        let named = |name: &str| call.arguments.iter().find(|argument| argument.name.as_deref() == Some(name));
        if named("code").is_some_and(|argument| argument.text == "true") {
            let code = self.context.sources.file(file).text().into();
            let language = named("lang").map(|argument| argument.text.clone()).unwrap_or_default();
            return CallKind::IncludeCode { code, language };
        }
        let text = self.context.sources.file(file).text();
        // A fragment's own front matter is not text of the page.
        let (_, body) = read_front_matter(text, file, &[], &mut Sink::new());
        CallKind::Include(Some(self.chunk(file, body..text.len())))
    }
}

impl Draft {
    /// From here on, the stream comes from `origin`.
    fn mark(&mut self, origin: usize) {
        self.map.push((self.out.len() as u32, origin as u32));
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        self.mark(range.start);
        let mut at = range.start;
        for line in text[range].split_inclusive('\n') {
            let starts_line = self.out.is_empty() || self.out.ends_with('\n');
            if starts_line && line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
                self.fenced = !self.fenced;
            }
            let spaces = line.len() - line.trim_start_matches(' ').len();
            let cut = if starts_line { spaces.min(self.dedent) } else { 0 };
            if cut > 0 {
                self.mark(at + cut);
            }
            self.out.push_str(&line[cut..]);
            at += line.len();
        }
    }
}
