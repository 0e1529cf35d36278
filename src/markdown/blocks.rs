//! Blocks: the walk over a chunk's events.

use super::minutes::Marks;
use super::pieces::{Pieces, following, inline_language, is_task_list, matching_end};
use super::{Cursor, Writer};
use crate::diagrams::Diagrams;
use crate::document::{Chunk, Piece, language_comment};
use crate::highlight::parse_info;
use crate::html::simple;
use crate::html::{escape, escape_attribute};
use crate::lang::Locale;
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};
use std::fmt::Write as _;

/// What the walk carries through a chunk.
#[derive(Default)]
struct State {
    cursor: Cursor,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    /// The open cell is a heading.
    heads: bool,
    /// The language that a comment gives to the next block.
    language: Option<String>,
    /// Footnote definitions being written: the label, and what was written before.
    notes: Vec<(String, String)>,
}

impl Writer<'_, '_> {
    /// Writes a chunk.
    pub(super) fn chunk(&mut self, chunk: &Chunk) {
        let pieces = chunk.pieces();
        let mut state = State::default();
        let document = self.context.document;
        let minutes = self.context.meeting.is_some() && std::ptr::eq(chunk, &raw const document.text().body);
        let mut marks = if minutes { Marks::find(&pieces, chunk, &document.text().outline) } else { Marks::default() };
        let mut at = 0;
        while at < pieces.len() {
            if self.before_piece(&mut marks, &pieces, at) {
                at += 1;
                continue;
            }
            let next = self.piece(chunk, &mut state, &pieces, at);
            self.after_piece(&mut marks, at);
            at = next;
        }
        self.after_pieces(&marks);
    }

    /// Writes one piece and gives the place of the next.
    fn piece(&mut self, chunk: &Chunk, state: &mut State, pieces: &Pieces<'_>, at: usize) -> usize {
        match &pieces[at].0 {
            Piece::Call(call) => self.call(chunk, &mut state.cursor, *call),
            Piece::Block(calls) => {
                let language = state.language.take();
                if let Some(language) = &language {
                    self.line();
                    let _ = writeln!(self.out, "<div{}>", language_attributes(language));
                }
                for call in calls {
                    self.call(chunk, &mut state.cursor, *call);
                }
                self.line();
                if language.is_some() {
                    self.out.push_str("</div>\n");
                }
            }
            Piece::Event(event) => match event {
                Event::Start(Tag::CodeBlock(kind)) => return self.code_block(chunk, state, pieces, at, kind),
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    let end = matching_end(pieces, at);
                    self.image(chunk, &mut state.cursor, dest_url, title, &pieces[at + 1..end]);
                    return end + 1;
                }
                Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
                Event::Start(tag) => {
                    let from = self.out.len();
                    // A footnote is written elsewhere: what it holds is marked.
                    let language = match tag {
                        Tag::FootnoteDefinition(_) => None,
                        _ => state.language.take().or_else(|| inline_language(pieces, at)),
                    };
                    self.start(chunk, state, pieces, at, tag);
                    if let Some(language) = language {
                        self.mark_language(from, &language);
                    }
                }
                Event::End(tag) => self.end(state, tag),
                Event::Text(text) => self.running_text(text, following(pieces, at)),
                Event::Code(code) => self.code(chunk, code),
                Event::Html(html) if language_comment(html).is_some() => {
                    state.language = language_comment(html).map(str::to_owned);
                }
                Event::InlineHtml(html) if language_comment(html).is_some() => {
                    self.out.truncate(self.out.trim_end_matches(' ').len());
                }
                Event::Html(html) if state.language.is_some() => {
                    let language = state.language.take().unwrap_or_default();
                    let _ = writeln!(self.out, "<div{}>", language_attributes(&language));
                    self.raw_html(chunk, &mut state.cursor, html);
                    self.line();
                    self.out.push_str("</div>\n");
                }
                Event::Html(html) => {
                    self.raw_html(chunk, &mut state.cursor, html);
                    self.line();
                }
                Event::InlineHtml(html) => {
                    self.raw_html(chunk, &mut state.cursor, html);
                    self.raw_link(html);
                }
                Event::SoftBreak => self.soft_break(following(pieces, at)),
                Event::HardBreak => self.out.push_str("<br>\n"),
                Event::Rule => self.out.push_str("<hr>\n"),
                Event::FootnoteReference(label) => self.footnote_reference(label),
                Event::TaskListMarker(done) => {
                    let checked = if *done { " checked" } else { "" };
                    let label = self.string(if *done { "task_done" } else { "task_open" });
                    let label = escape_attribute(label).into_owned();
                    let _ = write!(self.out, "<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> ");
                }
                Event::InlineMath(latex) => self.math(chunk, latex, &pieces[at].1, false),
                Event::DisplayMath(latex) => self.math(chunk, latex, &pieces[at].1, true),
            },
        }
        at + 1
    }

    /// Gives the tag that was written from there on its language.
    fn mark_language(&mut self, from: usize, language: &str) {
        let Some(open) = self.out[from..].find('<').map(|at| from + at + 1) else { return };
        let name = self.out[open..].find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or_default();
        self.out.insert_str(open + name, &language_attributes(language));
    }

    /// Block tags begin on a line of their own.
    pub(super) fn line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn start(&mut self, chunk: &Chunk, state: &mut State, pieces: &Pieces<'_>, at: usize, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph => {
                self.typographer.reset();
                self.out.push_str("<p>");
            }
            Tag::Heading { level, classes, .. } => {
                self.typographer.reset();
                self.heading_start(chunk, state, *level as u8, classes);
            }
            Tag::BlockQuote(kind) => self.quote_start(*kind),
            Tag::List(start) => {
                self.line();
                match start {
                    None if is_task_list(pieces, at) => self.out.push_str("<ul class=\"task-list\">\n"),
                    None => self.out.push_str("<ul>\n"),
                    Some(1) => self.out.push_str("<ol>\n"),
                    Some(start) => {
                        let _ = writeln!(self.out, "<ol start=\"{start}\">");
                    }
                }
            }
            Tag::Item => {
                self.typographer.reset();
                self.out.push_str("<li>");
            }
            Tag::Table(alignments) => {
                state.alignments.clone_from(alignments);
                self.line();
                self.out.push_str("<div class=\"table\" tabindex=\"0\"><table>\n");
            }
            Tag::TableHead => {
                state.in_head = true;
                state.cell = 0;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                state.cell = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => {
                let empty = matches!(pieces.get(at + 1), Some((Piece::Event(Event::End(TagEnd::TableCell)), _)));
                self.cell_start(state, empty);
            }
            Tag::DefinitionList => {
                self.line();
                self.out.push_str("<dl>\n");
            }
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            Tag::FootnoteDefinition(label) => {
                state.notes.push((label.to_string(), std::mem::take(&mut self.out)));
            }
            Tag::Link { dest_url, title, .. } => {
                self.links += 1;
                self.link_start(chunk, &mut state.cursor, dest_url, title);
            }
            tag => self.out.push_str(simple(&tag.to_end(), true)),
        }
    }

    fn end(&mut self, state: &mut State, tag: &TagEnd) {
        match tag {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(_) => self.heading_end(state),
            TagEnd::BlockQuote(kind) => self.out.push_str(if kind.is_some() { "</div>\n" } else { "</blockquote>\n" }),
            TagEnd::List(ordered) => self.out.push_str(if *ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::Table => {
                self.out.push_str("</tbody></table></div>\n");
            }
            TagEnd::TableHead => {
                state.in_head = false;
                self.out.push_str("</tr></thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => self.out.push_str(if state.heads { "</th>" } else { "</td>" }),
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some((label, before)) = state.notes.pop() {
                    let text = std::mem::replace(&mut self.out, before);
                    self.footnote_text(&label, text);
                }
            }
            TagEnd::Link => {
                self.links = self.links.saturating_sub(1);
                self.out.push_str("</a>");
            }
            tag => self.out.push_str(simple(tag, false)),
        }
    }

    fn heading_start(&mut self, chunk: &Chunk, state: &mut State, level: u8, classes: &[pulldown_cmark::CowStr<'_>]) {
        self.line();
        let level = (level + self.shift).min(6);
        let at = chunk.headings.get(state.cursor.heading).map(|at| *at as usize);
        let heading = at.and_then(|at| self.context.document.text().outline.get(at));
        let id = heading.map(|heading| escape_attribute(&heading.id).into_owned()).unwrap_or_default();
        let _ = write!(self.out, "<h{level} id=\"{id}\"");
        if !classes.is_empty() {
            let classes: Vec<&str> = classes.iter().map(|class| &**class).collect();
            let _ = write!(self.out, " class=\"{}\"", escape_attribute(&classes.join(" ")));
        }
        self.out.push('>');
        if let Some(id) = at.and_then(|at| *self.context.paired_ids.get(at)?) {
            let _ = write!(self.out, "<span id=\"{}\"></span>", escape_attribute(id));
        }
    }

    fn heading_end(&mut self, state: &mut State) {
        let from = self.out.rfind("<h").unwrap_or(0);
        let open = &self.out[from..];
        let level = open.as_bytes().get(2).copied().unwrap_or(b'2') as char;
        let id = open.split_once("id=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(id, _)| id.to_owned());
        state.cursor.heading += 1;
        if let Some(id) = id.filter(|id| !id.is_empty()) {
            let label = escape_attribute(self.string("link_to_heading")).into_owned();
            let _ = write!(self.out, "<a class=\"anchor\" href=\"#{id}\" aria-label=\"{label}\"></a>");
        }
        let _ = writeln!(self.out, "</h{level}>");
    }

    fn quote_start(&mut self, kind: Option<BlockQuoteKind>) {
        self.line();
        let Some(kind) = kind else { return self.out.push_str("<blockquote>\n") };
        let name = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let title = self.string(&format!("alert_{name}"));
        let title = escape(if title.is_empty() { name } else { title }).into_owned();
        let _ = writeln!(
            self.out,
            "<div class=\"markdown-alert markdown-alert-{name}\"><p class=\"markdown-alert-title\">{title}</p>"
        );
    }

    /// A cell of the head that says nothing heads nothing: it is an ordinary cell.
    fn cell_start(&mut self, state: &mut State, empty: bool) {
        self.typographer.reset();
        let align = match state.alignments.get(state.cell) {
            Some(Alignment::Left) => " class=\"align-start\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-end\"",
            _ => "",
        };
        state.cell += 1;
        state.heads = state.in_head && !empty;
        let tag = if state.heads { "th scope=\"col\"" } else { "td" };
        let _ = write!(self.out, "<{tag}{align}>");
    }

    fn code_block(
        &mut self,
        chunk: &Chunk,
        state: &mut State,
        pieces: &Pieces<'_>,
        at: usize,
        kind: &CodeBlockKind<'_>,
    ) -> usize {
        let end = matching_end(pieces, at);
        let mut code = String::new();
        let mut lines = vec![];
        for (piece, range) in &pieces[at + 1..end] {
            match piece {
                Piece::Event(Event::Text(text)) => {
                    code.push_str(text);
                    lines.push(range.clone());
                }
                Piece::Call(call) => {
                    // Hugo makes calls inside code too; what they give is shown, not interpreted.
                    let from = self.out.len();
                    self.call(chunk, &mut state.cursor, *call);
                    code.push_str(&self.out.split_off(from));
                }
                _ => {}
            }
        }
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.as_ref(),
            CodeBlockKind::Indented => "",
        };
        let (language, options) = parse_info(info);
        if Diagrams::draws(&language) && self.diagram(chunk, &code, &lines) {
            return end + 1;
        }
        let block = options.block(&language, &code, self.context.line_numbers);
        self.line();
        self.out.push_str(&self.context.highlighter.code_block(&block));
        self.line();
        end + 1
    }
}

/// ` lang="…" dir="…"`, as the block may stand in a frame of another direction.
fn language_attributes(language: &str) -> String {
    let direction = Locale::direction_of(language);
    format!(" lang=\"{}\" dir=\"{direction}\"", escape_attribute(language))
}
