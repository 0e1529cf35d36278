//! The walk that cuts a page into its blocks.

use super::blocks::{Block, Blocks, Kind, Unit};
use super::speech::{html_speaks, is_address, is_ideograph, speaks, unprefixed};
use crate::config::TranslationConfig;
use crate::data::{Node, Value};
use crate::document::{CallKind, Chunk, Document, Form, Piece, front_node, language_comment, pieces};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// Cuts a document, whose file has this text.
pub(super) fn cut(document: &Document, text: &str, config: &TranslationConfig) -> Blocks {
    let mut walk = Walk {
        document,
        text,
        config,
        out: Blocks { sections: vec![(0, String::new())], ..Blocks::default() },
        above: vec![],
        pending: None,
        unit: None,
    };
    walk.front();
    walk.chunk(&document.text().body, None);
    walk.out
}

struct Walk<'a> {
    document: &'a Document,
    text: &'a str,
    config: &'a TranslationConfig,
    out: Blocks,
    /// Level and id of the headings above.
    above: Vec<(u8, String)>,
    /// The language and number of a comment that marks the next block.
    pending: Option<(String, usize)>,
    unit: Option<usize>,
}

/// The state of a walk through one chunk.
struct Level<'p> {
    chunk: &'p Chunk,
    open: Vec<TagEnd>,
    run: Vec<(Piece<'p>, Range<usize>)>,
    in_head: bool,
    headings: usize,
    /// The comment that marks everything until this many tags are open again.
    marked: Option<(String, usize, usize)>,
}

impl Walk<'_> {
    fn front(&mut self) {
        let Some((node, form)) = front_node(self.text, self.document.file) else { return };
        for entry in node.entries() {
            if self.config.front_matter.contains(&entry.key) {
                self.front_value(&entry.key, &entry.node, form);
            }
        }
    }

    fn front_value(&mut self, key: &str, node: &Node, form: Form) {
        match &node.value {
            Value::Text(text) => {
                let range = node.span.range();
                let written = &self.text[range.clone()];
                // A block scalar begins with a sign, and its lines hang on their indentation.
                let before = self.text[..range.start].lines().next_back().unwrap_or_default().trim_end();
                let sign = ["|", ">", "|-", ">-", "|+", ">+"];
                let folded = form == Form::Yaml
                    && (written.starts_with(['|', '>']) || sign.iter().any(|sign| before.ends_with(sign)));
                if !folded && !written.is_empty() {
                    let end = range.start + written.trim_end().len();
                    self.add(Kind::Front(key.into()), text.trim().to_owned(), range.start..end, None);
                }
            }
            Value::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.front_value(&format!("{key}.{at}"), item, form);
                }
            }
            Value::Map(entries) => {
                for entry in entries.iter().filter(|entry| !is_address(&entry.key)) {
                    self.front_value(&format!("{key}.{}", entry.key), &entry.node, form);
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, kind: Kind, text: String, range: Range<usize>, language: Option<String>) {
        if text.is_empty() {
            return;
        }
        let path: Vec<&str> = self.above.iter().map(|(_, id)| id.as_str()).collect();
        let speaks = match &kind {
            Kind::Front(_) | Kind::Parameter(..) => text.chars().any(char::is_alphabetic),
            Kind::Html => html_speaks(&text),
            _ => speaks(&text),
        };
        self.out.blocks.push(Block {
            path: path.join("/"),
            section: self.out.sections.len() - 1,
            unit: if matches!(kind, Kind::Front(_)) { None } else { self.unit },
            language,
            comment: None,
            speaks,
            kind,
            text,
            range,
        });
    }

    fn chunk(&mut self, chunk: &Chunk, around: Option<(String, usize)>) {
        if chunk.file != self.document.file {
            return;
        }
        let text = chunk.text.clone();
        let mut level = Level {
            chunk,
            open: vec![],
            run: vec![],
            in_head: false,
            headings: 0,
            marked: around.map(|(l, c)| (l, c, 0)),
        };
        let top = self.unit.is_none();
        let mut in_code = 0usize;
        for (piece, range) in pieces(&text, chunk.math) {
            let is_code =
                matches!(piece, Piece::Event(Event::Start(Tag::CodeBlock(_)) | Event::End(TagEnd::CodeBlock)));
            if in_code > 0 && !is_code {
                continue;
            }
            if is_inline(&piece) {
                level.run.push((piece, range));
                continue;
            }
            self.flush(&mut level);
            match piece {
                Piece::Event(Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock)) => {}
                Piece::Event(Event::Start(tag)) => {
                    in_code += usize::from(matches!(tag, Tag::CodeBlock(_)));
                    self.start(&mut level, &tag, &range, top);
                }
                Piece::Event(Event::End(tag)) => {
                    in_code -= usize::from(matches!(tag, TagEnd::CodeBlock));
                    self.end(&mut level, top);
                }
                Piece::Block(calls) => self.calls(&mut level, &calls, &range, top),
                Piece::Event(Event::Html(html)) => self.html(&mut level, &html, &range, top),
                Piece::Event(Event::Rule) => {
                    self.begin_unit("rule", &level, &range, top);
                    self.end_unit(&level, top);
                }
                _ => {}
            }
        }
        self.flush(&mut level);
    }

    fn begin_unit(&mut self, name: &'static str, level: &Level<'_>, range: &Range<usize>, top: bool) {
        if top && level.open.is_empty() {
            let end = range.start + level.chunk.text[range.clone()].trim_end().len();
            let written = level.chunk.written(range.start..end);
            let end = written.end;
            self.unit = Some(self.out.units.len());
            let section = self.out.sections.len() - 1;
            self.out.units.push(Unit { name, range: written.start..end, section });
        }
    }

    fn end_unit(&mut self, level: &Level<'_>, top: bool) {
        if top && level.open.is_empty() {
            self.unit = None;
        }
    }

    fn start(&mut self, level: &mut Level<'_>, tag: &Tag<'_>, range: &Range<usize>, top: bool) {
        if let Tag::Heading { level: depth, .. } = tag {
            self.section(level, *depth as u8);
        }
        self.begin_unit(unit_name(tag), level, range, top);
        if let Some((language, comment)) = self.pending.take() {
            level.marked = Some((language, comment, level.open.len()));
        }
        level.in_head |= matches!(tag, Tag::TableHead);
        level.open.push(tag.to_end());
    }

    fn end(&mut self, level: &mut Level<'_>, top: bool) {
        if matches!(level.open.pop(), Some(TagEnd::TableHead)) {
            level.in_head = false;
        }
        if level.marked.as_ref().is_some_and(|(_, _, depth)| *depth >= level.open.len()) {
            level.marked = None;
        }
        self.end_unit(level, top);
    }

    fn section(&mut self, level: &mut Level<'_>, depth: u8) {
        let heading =
            level.chunk.headings.get(level.headings).and_then(|at| self.document.text().outline.get(*at as usize));
        level.headings += 1;
        let id = heading.map(|heading| heading.id.clone()).unwrap_or_default();
        self.above.retain(|(above, _)| *above < depth);
        self.above.push((depth, id.clone()));
        self.out.sections.push((depth, id));
    }

    fn calls(&mut self, level: &mut Level<'_>, calls: &[usize], range: &Range<usize>, top: bool) {
        self.begin_unit("shortcode", level, range, top);
        let around = self.pending.take().or_else(|| level.marked.clone().map(|(language, at, _)| (language, at)));
        for call in calls.iter().filter_map(|call| level.chunk.calls.get(*call)) {
            self.call(call, around.as_ref());
        }
        self.end_unit(level, top);
    }

    fn call(&mut self, call: &crate::document::Call, around: Option<&(String, usize)>) {
        let CallKind::Template { inner, .. } = &call.kind else { return };
        for argument in call.arguments.iter().filter(|argument| argument.quoted && argument.link.is_none()) {
            let name = argument.name.clone().unwrap_or_default();
            if self.config.parameters.contains(&name) {
                let kind = Kind::Parameter(name, call.name.clone());
                let count = self.out.blocks.len();
                self.add(
                    kind,
                    argument.text.clone(),
                    argument.span.range(),
                    around.map(|(language, _)| language.clone()),
                );
                self.out.blocks[count..].iter_mut().for_each(|block| block.comment = around.map(|(_, at)| *at));
            }
        }
        if let Some(inner) = inner {
            self.chunk(inner, around.cloned());
        }
    }

    fn html(&mut self, level: &mut Level<'_>, html: &str, range: &Range<usize>, top: bool) {
        let written = level.chunk.written(range.clone());
        if let Some(language) = language_comment(html) {
            self.pending = Some((language.to_owned(), self.out.comments.len()));
            self.out.comments.push(written);
            return;
        }
        self.begin_unit("html", level, range, top);
        if level.open.is_empty() {
            let raw = &self.text[written.clone()];
            let text = raw.trim();
            let start = written.start + (raw.len() - raw.trim_start().len());
            let mark = self.pending.take();
            let count = self.out.blocks.len();
            self.add(Kind::Html, text.to_owned(), start..start + text.len(), mark.as_ref().map(|(l, _)| l.clone()));
            self.out.blocks[count..].iter_mut().for_each(|block| block.comment = mark.as_ref().map(|(_, at)| *at));
        }
        self.end_unit(level, top);
    }

    /// What stood in one line of thought becomes a block.
    fn flush(&mut self, level: &mut Level<'_>) {
        let run = std::mem::take(&mut level.run);
        let (Some((_, first)), Some(end)) = (run.first(), run.iter().map(|(_, range)| range.end).max()) else { return };
        let whole = level.chunk.written(first.start..end);
        let quotes = level.open.iter().filter(|tag| matches!(tag, TagEnd::BlockQuote(_))).count();
        let (text, inline) = self.folded(level.chunk, &run, end, quotes);
        let kind = kind(&level.open, level.in_head);
        let marked = level.marked.as_ref();
        let language = inline.or_else(|| marked.map(|(language, ..)| language.clone()));
        let count = self.out.blocks.len();
        let end = whole.start + self.text[whole.clone()].trim_end().len();
        self.add(kind, text, whole.start..end, language);
        self.out.blocks[count..].iter_mut().for_each(|block| block.comment = marked.map(|(_, at, _)| *at));
    }

    /// A run's text without the line breaks of the file, and the language that it is marked with.
    fn folded(
        &self,
        chunk: &Chunk,
        run: &[(Piece<'_>, Range<usize>)],
        end: usize,
        quotes: usize,
    ) -> (String, Option<String>) {
        let (mut text, mut language, mut from) = (String::new(), None, run[0].1.start);
        let raw = |range: Range<usize>| {
            if range.is_empty() { String::new() } else { unprefixed(&self.text[chunk.written(range)], quotes) }
        };
        for (at, (piece, range)) in run.iter().enumerate() {
            let next = || run[at + 1..].iter().map(|(_, range)| range.start).find(|start| *start >= range.end);
            match piece {
                Piece::Event(Event::SoftBreak) => {
                    text.push_str(&raw(from..range.start.max(from)));
                    from = next().unwrap_or(end);
                    let joins = text.chars().next_back().is_some_and(is_ideograph)
                        && chunk.text[from..].chars().next().is_some_and(is_ideograph);
                    text.truncate(text.trim_end().len());
                    if !joins {
                        text.push(' ');
                    }
                }
                Piece::Event(Event::HardBreak) => {
                    text.push_str(&raw(from..range.start.max(from)));
                    text.truncate(text.trim_end().len());
                    text.push_str("\\\n");
                    from = next().unwrap_or(end);
                }
                Piece::Event(Event::InlineHtml(html)) => {
                    if let Some(tag) = language_comment(html) {
                        text.push_str(raw(from..range.start.max(from)).trim_end());
                        language = Some(tag.to_owned());
                        from = range.end;
                    }
                }
                _ => {}
            }
        }
        text.push_str(&raw(from.min(end)..end));
        (text.trim().to_owned(), language)
    }
}

fn is_inline(piece: &Piece<'_>) -> bool {
    let inline = |tag: &TagEnd| {
        matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
    };
    match piece {
        Piece::Call(_) => true,
        Piece::Block(_) => false,
        Piece::Event(event) => match event {
            Event::Start(tag) => inline(&tag.to_end()),
            Event::End(tag) => inline(tag),
            Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => false,
            _ => true,
        },
    }
}

fn unit_name(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::Paragraph => "paragraph",
        Tag::Heading { .. } => "heading",
        Tag::BlockQuote(_) => "quotation",
        Tag::CodeBlock(_) => "code",
        Tag::List(_) => "list",
        Tag::Table(_) => "table",
        Tag::DefinitionList => "definitions",
        Tag::FootnoteDefinition(_) => "footnote",
        _ => "block",
    }
}

fn kind(open: &[TagEnd], in_head: bool) -> Kind {
    for tag in open.iter().rev() {
        return match tag {
            TagEnd::Heading(level) => Kind::Heading(*level as u8),
            TagEnd::BlockQuote(_) => Kind::Quote,
            TagEnd::Item => Kind::Item,
            TagEnd::TableCell if in_head => Kind::HeadCell,
            TagEnd::TableCell => Kind::Cell,
            TagEnd::DefinitionListTitle => Kind::Term,
            TagEnd::DefinitionListDefinition => Kind::Definition,
            TagEnd::FootnoteDefinition => Kind::Footnote,
            _ => continue,
        };
    }
    Kind::Paragraph
}
