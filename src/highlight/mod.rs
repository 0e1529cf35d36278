//! Code blocks: their complete HTML, each distinct block made once.
//!
//! In: a language, code and options. Out: `<div class="code"><pre class="code-block" …>`, with tokens
//! as `<i class="k">`. The classes are one letter and few, equal neighbours are one element and
//! white space opens none, so that the HTML stays below four times the code. An unknown language is
//! plain text, never an error; nothing here knows colours, those are the theme's.

mod classes;
mod info;
mod languages;
mod painter;
mod session;
mod writer;

use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::cache::{Key, Pack};
use indexmap::IndexMap;
use syntect::parsing::{SyntaxReference, SyntaxSet};

pub use info::{CodeOptions, parse_info};

use classes::{Class, ScopeClasses};
use languages::{Grammar, grammar};
use painter::Painter;
use writer::Writer;

/// A larger block is data, not something to read: it stays plain.
const LARGEST_BLOCK: usize = 1 << 20;
/// The grammars' patterns take time that grows with more than the line: minified code stays plain.
const LONGEST_LINE: usize = 10_000;
/// Threads wait for each other only on the same block or for the moment of a look-up in one shard.
const SHARDS: usize = 16;

/// A code block of a page.
#[derive(Debug, Clone, Copy)]
pub struct CodeBlock<'a> {
    /// As its author wrote it; empty for none.
    pub language: &'a str,
    /// The text between the fences.
    pub code: &'a str,
    /// Stands above the block.
    pub title: Option<&'a str>,
    /// Number the lines?
    pub line_numbers: bool,
    /// The number of the first line.
    pub first_line: usize,
    /// The lines to point out, counted from 1 at the top of the block whatever its first number.
    pub highlighted: &'a [RangeInclusive<usize>],
}

impl<'a> CodeBlock<'a> {
    /// A block without options.
    pub fn new(language: &'a str, code: &'a str) -> Self {
        Self { language, code, title: None, line_numbers: false, first_line: 1, highlighted: &[] }
    }

    fn has_lines(&self) -> bool {
        self.line_numbers || !self.highlighted.is_empty()
    }

    fn key(&self) -> Key {
        let options = (self.language, self.title, self.line_numbers, self.first_line, self.highlighted);
        // Debug's quotes and commas keep two different blocks from one key.
        Key::of(&[format!("{options:?}").as_bytes(), self.code.as_bytes()])
    }
}

/// Makes the HTML of code blocks, and keeps it.
#[derive(Default)]
pub struct Highlighter {
    grammars: OnceLock<Grammars>,
    blocks: [Mutex<IndexMap<Key, Made>>; SHARDS],
    /// What earlier runs made.
    kept: Option<Pack>,
}

/// The HTML of a block: made by the first thread that asks, awaited by the others.
type Made = Arc<OnceLock<Arc<str>>>;

struct Grammars {
    set: SyntaxSet,
    classes: ScopeClasses,
}

impl Highlighter {
    /// Without grammars yet: they are loaded for the first block that has a language.
    pub fn new() -> Self {
        Self::default()
    }

    /// With the blocks that earlier runs have made.
    pub fn after(kept: Pack) -> Self {
        Self { kept: Some(kept), ..Self::default() }
    }

    /// Keeps the blocks of this run for the next ones.
    pub fn keep(&self) {
        let Some(kept) = &self.kept else { return };
        let shards = self.blocks.iter().map(|shard| shard.lock().unwrap_or_else(PoisonError::into_inner));
        let blocks: Vec<(Key, Arc<str>)> = shards
            .flat_map(|shard| {
                shard.iter().filter_map(|(key, made)| Some((*key, made.get()?.clone()))).collect::<Vec<_>>()
            })
            .collect();
        kept.save(blocks.iter().map(|(key, html)| (*key, html.as_bytes())));
    }

    /// The HTML of a block, from `<div class="code">` to its end.
    ///
    /// ```
    /// use plenary::highlight::{CodeBlock, Highlighter};
    ///
    /// let html = Highlighter::new().code_block(&CodeBlock::new("yaml", "kind: Pod\n"));
    /// assert!(html.contains(r#"<i class="a">kind</i>"#));
    /// ```
    pub fn code_block(&self, block: &CodeBlock<'_>) -> Arc<str> {
        let key = block.key();
        let made = self.entry(key);
        let kept = || std::str::from_utf8(self.kept.as_ref()?.get(&key)?).ok();
        made.get_or_init(|| kept().map_or_else(|| self.make(block).into(), Arc::from)).clone()
    }

    /// How many different blocks have been asked for.
    pub fn distinct(&self) -> usize {
        self.blocks.iter().map(|shard| shard.lock().unwrap_or_else(PoisonError::into_inner).len()).sum()
    }

    fn entry(&self, key: Key) -> Made {
        let shard = &self.blocks[usize::from(key.as_bytes()[0]) % SHARDS];
        // A thread that panicked elsewhere leaves the map whole: an entry is one insertion.
        shard.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default().clone()
    }

    fn make(&self, block: &CodeBlock<'_>) -> String {
        self.coloured(block).unwrap_or_else(|| {
            let mut writer = Writer::new(block);
            writer.text(Class::None, block.code);
            writer.finish()
        })
    }

    /// None if the block is to stay plain.
    fn coloured(&self, block: &CodeBlock<'_>) -> Option<String> {
        if is_too_large(block.code) {
            return None;
        }
        let wanted = grammar(block.language)?;
        let grammars = self.grammars();
        let mut writer = Writer::new(block);
        let mut painter = Painter::new(grammars, grammars.find(&wanted)?);
        let done = match wanted {
            Grammar::Session => session::write(&mut painter, block.code, &mut writer),
            _ => painter.lines(block.code, &mut writer),
        };
        done.then(|| writer.finish())
    }

    fn grammars(&self) -> &Grammars {
        self.grammars.get_or_init(|| Grammars {
            // The set for lines that keep their `\n`: patterns that look for the end of a line are
            // exact there, and approximations in the set without.
            set: two_face::syntax::extra_newlines(),
            classes: ScopeClasses::new(),
        })
    }
}

fn is_too_large(code: &str) -> bool {
    code.len() > LARGEST_BLOCK || code.lines().any(|line| line.len() > LONGEST_LINE)
}

impl Grammars {
    fn find(&self, wanted: &Grammar<'_>) -> Option<&SyntaxReference> {
        match wanted {
            Grammar::Named(name) => self.set.find_syntax_by_name(name),
            Grammar::Session => self.set.find_syntax_by_name(languages::BASH),
            Grammar::Token(token) => self.set.find_syntax_by_token(token).filter(|found| !found.hidden),
        }
    }
}

#[cfg(test)]
mod tests;
