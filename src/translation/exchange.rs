//! The messages of a page: its blocks with their translations, as they stand.
//!
//! In: the blocks of the source, of its former text and of the translation. Out: a [`Message`] for each
//! block that has something to translate. Reads and writes nothing.

use super::align::{Origin, origins, pair};
use super::blocks::{Block, Blocks, Kind};
use super::po::Entry;
use indexmap::IndexMap;

/// A block with its translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The source's block.
    pub block: usize,
    /// Its block in the translation.
    pub partner: Option<usize>,
    /// The entry in the PO file; its reference is the line alone.
    pub entry: Entry,
}

/// A translation beside its source.
pub struct Sides<'a> {
    /// The source.
    pub source: &'a Blocks,
    /// The text of its file.
    pub text: &'a str,
    /// The tag of its language, which marks blocks that are not translated.
    pub language: &'a str,
    /// The source as it was when the translation was made, if that is known and another text.
    pub former: Option<&'a Blocks>,
    /// The translation.
    pub own: Option<&'a Blocks>,
    /// Front matter keys that the translation says it has not translated.
    pub untranslated: &'a [String],
    /// Is the translation a mere copy of its source?
    pub copied: bool,
}

/// The messages of a page, in its order.
pub fn messages(sides: &Sides<'_>) -> Vec<Message> {
    let partners = partners(sides);
    let mut seen: IndexMap<(String, String), usize> = IndexMap::new();
    let blocks = sides.source.blocks.iter().enumerate().filter(|(_, block)| block.speaks);
    blocks
        .map(|(at, block)| {
            let (partner, changed) = partners[at];
            let mut context = context(block);
            let count = seen.entry((context.clone(), block.text.clone())).or_default();
            *count += 1;
            if *count > 1 {
                context.push_str(&format!(" #{count}"));
            }
            let text = partner.and_then(|partner| translation(sides, block, partner)).unwrap_or_default();
            let fuzzy = changed.is_some() && !text.is_empty();
            let previous = changed.filter(|_| fuzzy).and_then(|before| Some(sides.former?.blocks[before].text.clone()));
            let entry = Entry {
                notes: notes(block),
                references: vec![line(sides.text, block.range.start).to_string()],
                fuzzy,
                previous,
                context,
                id: block.text.clone(),
                text,
                ..Entry::default()
            };
            Message { block: at, partner, entry }
        })
        .collect()
}

/// For each block of the source its block in the translation, and, if its words have changed since, the
/// former block.
fn partners(sides: &Sides<'_>) -> Vec<(Option<usize>, Option<usize>)> {
    let Some(own) = sides.own else { return vec![(None, None); sides.source.blocks.len()] };
    let Some(former) = sides.former else {
        return pair(sides.source, own).into_iter().map(|partner| (partner, None)).collect();
    };
    let pairs = pair(former, own);
    let origins = origins(sides.source, former).into_iter();
    origins
        .map(|origin| match origin {
            Origin::Same(before) => (pairs[before], None),
            Origin::Changed(before) => (pairs[before], Some(before)),
            Origin::New => (None, None),
        })
        .collect()
}

/// What the translation says in place of a block; none if that is still the source's text.
fn translation(sides: &Sides<'_>, block: &Block, partner: usize) -> Option<String> {
    let own = &sides.own?.blocks[partner];
    let marked = own.language.as_deref().is_some_and(|language| language.eq_ignore_ascii_case(sides.language));
    let said = match &own.kind {
        Kind::Front(key) => sides.untranslated.contains(key),
        Kind::Parameter(name, call) => sides.untranslated.contains(&format!("{call} {name}")),
        _ => false,
    };
    let same = own.text == block.text && (sides.copied || said);
    (!marked && !same).then(|| own.text.clone())
}

/// Stable from one export to the next: the headings above and the kind of block, not its number.
fn context(block: &Block) -> String {
    match (&block.kind, block.path.as_str()) {
        (Kind::Front(_), _) | (_, "") => block.kind.to_string(),
        (kind, path) => format!("{path} | {kind}"),
    }
}

/// The line of a place, from 1.
pub fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

fn notes(block: &Block) -> Vec<String> {
    let mut notes = vec![match &block.kind {
        Kind::Front(key) => format!("Front matter: {key}"),
        Kind::Heading(level) => format!("Heading of level {level}, without its number signs"),
        Kind::Cell | Kind::HeadCell => "Cell of a table; write a vertical bar as \\|".into(),
        Kind::Html => "HTML: translate the text, leave the tags".into(),
        Kind::Parameter(name, call) => format!("Parameter `{name}` of the shortcode `{call}`: plain text"),
        kind => {
            let name = kind.to_string();
            name[..1].to_uppercase() + &name[1..]
        }
    }];
    let text = &block.text;
    if !matches!(block.kind, Kind::Front(_) | Kind::Parameter(..)) {
        for (sign, note) in [
            ("{{", "Leave the shortcode in braces; translate only its texts in quotes"),
            ("![", "Translate the alternative text in brackets, leave the address"),
            ("](", "Leave the addresses in parentheses"),
            ("`", "Leave what stands between backticks"),
            ("[^", "Leave the footnote's label"),
            ("\\\n", "The line break is wanted: keep the backslash before it"),
        ] {
            if text.contains(sign) {
                notes.push(note.into());
            }
        }
    }
    notes
}
