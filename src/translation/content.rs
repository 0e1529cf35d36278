//! A page's text as translators see it: sections of normalised text, and the shape of the whole.

use crate::document::{CallKind, Chunk, Document, Piece, language_comment};
use pulldown_cmark::{Event, Tag, TagEnd};

/// A heading with the text up to the next one. The first section of a page has no heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading's id, empty for the first section.
    pub id: String,
    /// The heading's text; for the first section the page's title.
    pub title: String,
    /// The text, white space folded, without link targets.
    pub text: String,
}

/// What a translation should have as often as its source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    /// The levels of the headings, in order.
    pub headings: Vec<u8>,
    /// Code blocks.
    pub code_blocks: usize,
    /// Images.
    pub images: usize,
    /// Links.
    pub links: usize,
}

/// A page's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The sections in order, at least one.
    pub sections: Vec<Section>,
    /// The shape.
    pub shape: Shape,
    /// The running text of the whole page, without code.
    pub prose: String,
    /// The number of words.
    pub words: usize,
    /// For each block that is marked with a language: the number of its section and the language.
    pub marked: Vec<(usize, String)>,
}

impl Content {
    /// Reads a document. Its title and description are part of the first section: readers see them.
    pub fn of(document: &Document) -> Self {
        let front = &document.front;
        let title = front.title.clone().unwrap_or_default();
        let mut walk = Walk {
            document,
            sections: vec![Section { id: String::new(), title: title.clone(), text: String::new() }],
            shape: Shape {
                headings: document.text().outline.iter().map(|heading| heading.level).collect(),
                ..Shape::default()
            },
            prose: String::new(),
            in_code: false,
            marked: vec![],
        };
        walk.add(&title);
        walk.add(front.description.as_deref().unwrap_or_default());
        walk.chunk(&document.text().body);
        let Walk { mut sections, shape, prose, marked, .. } = walk;
        for section in &mut sections {
            section.text = section.text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        Self { sections, shape, prose, words: document.text().words, marked }
    }
}

struct Walk<'a> {
    document: &'a Document,
    sections: Vec<Section>,
    shape: Shape,
    prose: String,
    in_code: bool,
    marked: Vec<(usize, String)>,
}

impl Walk<'_> {
    fn add(&mut self, text: &str) {
        if let Some(section) = self.sections.last_mut() {
            section.text.push_str(text);
            section.text.push(' ');
        }
    }

    fn append(&mut self, text: &str) {
        if let Some(section) = self.sections.last_mut() {
            section.text.push_str(text);
        }
        if !self.in_code {
            self.prose.push_str(text);
        }
    }

    fn chunk(&mut self, chunk: &Chunk) {
        let mut headings = chunk.headings.iter();
        let mut pending: Option<String> = None;
        for (piece, _) in chunk.pieces() {
            // A heading that is marked counts for the section that it opens.
            let opens = matches!(piece, Piece::Event(Event::Start(Tag::Heading { .. })));
            let is_mark = match &piece {
                Piece::Event(Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock)) => true,
                Piece::Event(Event::Html(html)) => language_comment(html).is_some(),
                _ => false,
            };
            if let Some(language) = pending.take_if(|_| !is_mark) {
                self.marked.push((self.sections.len() - 1 + usize::from(opens), language));
            }
            match piece {
                Piece::Call(call) => self.call(chunk, call),
                Piece::Block(calls) => calls.into_iter().for_each(|call| self.call(chunk, call)),
                Piece::Event(event) => match event {
                    Event::Start(Tag::Heading { .. }) => {
                        let heading = headings.next().and_then(|at| self.document.text().outline.get(*at as usize));
                        if let Some(heading) = heading {
                            let (id, title) = (heading.id.clone(), heading.text.clone());
                            self.sections.push(Section { id, title, text: String::new() });
                        }
                    }
                    Event::Start(Tag::CodeBlock(_)) => {
                        self.shape.code_blocks += 1;
                        self.in_code = true;
                    }
                    Event::Start(Tag::Image { .. }) => self.shape.images += 1,
                    Event::Start(Tag::Link { .. }) => self.shape.links += 1,
                    Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                        self.append(&text);
                    }
                    Event::Html(html) => match language_comment(&html) {
                        Some(language) => pending = Some(language.to_owned()),
                        None => self.append(&html),
                    },
                    Event::InlineHtml(html) => match language_comment(&html) {
                        Some(language) => self.marked.push((self.sections.len() - 1, language.to_owned())),
                        None => self.append(&html),
                    },
                    Event::SoftBreak | Event::HardBreak => self.append(" "),
                    Event::End(TagEnd::CodeBlock) => {
                        self.in_code = false;
                        self.append(" ");
                    }
                    Event::End(tag)
                        if !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Strikethrough) =>
                    {
                        self.append(" ");
                    }
                    _ => {}
                },
            }
        }
    }

    fn call(&mut self, chunk: &Chunk, number: usize) {
        let Some(call) = chunk.calls.get(number) else { return };
        // What a call says to readers stands in its quoted parameters; addresses are no text.
        for argument in call.arguments.iter().filter(|argument| argument.quoted && argument.link.is_none()) {
            if !matches!(call.kind, CallKind::Reference | CallKind::Include(_)) {
                self.add(&argument.text);
            }
        }
        match &call.kind {
            CallKind::Template { inner: Some(inner), .. } | CallKind::Include(Some(inner)) => self.chunk(inner),
            CallKind::IncludeCode { code, .. } => self.add(code),
            _ => {}
        }
    }
}
