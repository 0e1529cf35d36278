//! A page's PO file: what an export writes, and what an import makes of it.

use super::exchange::Message;
use super::po::{Catalogue, Entry, plural_forms};
use super::{Digest, Said, fits};
use crate::diag::{Code, Diagnostic, FileId, Sink, Span};
use crate::translation::blocks::Blocks;
use indexmap::IndexMap;

/// The header with the content key.
pub const KEY: &str = "X-Plenary-Key";
/// The header with the digest of the source that was exported.
pub const DIGEST: &str = "X-Source-Digest";

/// What the head of a file tells.
pub struct Head<'a> {
    /// The site's title.
    pub project: &'a str,
    /// The tag of the language.
    pub language: &'a str,
    /// The content key.
    pub key: &'a str,
    /// The digest of the source.
    pub digest: &'a Digest,
    /// The source's file.
    pub source_file: &'a str,
}

/// The file of a page. From an earlier file of the page come the translations that the page does not
/// have yet, and, as obsolete entries, those that no block wants any more.
pub fn catalogue(head: &Head<'_>, messages: &[Message], earlier: Option<Catalogue>) -> Catalogue {
    let headers = [
        ("Project-Id-Version", head.project.to_owned()),
        ("Language", head.language.replace('-', "_")),
        ("MIME-Version", "1.0".into()),
        ("Content-Type", "text/plain; charset=UTF-8".into()),
        ("Content-Transfer-Encoding", "8bit".into()),
        ("Plural-Forms", plural_forms(head.language)),
        ("X-Generator", "Plenary".into()),
        (KEY, if head.key.is_empty() { "/".into() } else { head.key.to_owned() }),
        (DIGEST, head.digest.to_string()),
    ];
    let mut earlier: IndexMap<(String, String), Entry> = {
        let entries = earlier.map(|earlier| earlier.entries).unwrap_or_default();
        entries.into_iter().map(|entry| ((entry.context.clone(), entry.id.clone()), entry)).collect()
    };
    let mut entries: Vec<Entry> = messages
        .iter()
        .map(|message| {
            let mut entry = message.entry.clone();
            entry.references = entry.references.iter().map(|line| format!("{}:{line}", head.source_file)).collect();
            let known = earlier.shift_remove(&(entry.context.clone(), entry.id.clone()));
            if let Some(known) = known.filter(|known| entry.text.is_empty() && !known.text.is_empty()) {
                entry.text = known.text;
                entry.fuzzy = known.fuzzy;
                entry.previous = known.previous;
            }
            entry
        })
        .collect();
    let gone = earlier.into_values().filter(|entry| !entry.text.is_empty());
    entries.extend(gone.map(|entry| Entry { obsolete: true, notes: vec![], references: vec![], ..entry }));
    let headers = headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Catalogue { headers, entries, header_place: 0..0 }
}

/// What a file says to each message of a page. `file` is where findings point.
pub fn said(catalogue: &Catalogue, messages: &[Message], blocks: &Blocks, file: FileId, sink: &mut Sink) -> Vec<Said> {
    let mut said = vec![Said::Silence; messages.len()];
    for entry in catalogue.entries.iter().filter(|entry| !entry.obsolete) {
        let exact =
            messages.iter().position(|message| message.entry.context == entry.context && message.entry.id == entry.id);
        let Some(at) = exact.or_else(|| moved(messages, entry)) else {
            unmatched(messages, entry, file, sink);
            continue;
        };
        if entry.fuzzy {
            continue;
        }
        if entry.text.trim().is_empty() {
            said[at] = Said::Nothing;
            continue;
        }
        let text = entry.text.trim();
        let message = &messages[at];
        let kind = &blocks.blocks[message.block].kind;
        // What stands on the page already was let in before.
        let known = text == message.entry.text;
        match fits(kind, &message.entry.id, text) {
            Err((fault, hint)) if !known => {
                let span = Span::new(file, entry.text_place.clone());
                sink.push(Diagnostic::new(Code::PoBroken, span, fault).hint(hint));
            }
            _ => said[at] = Said::Text(text.to_owned()),
        }
    }
    said
}

/// A message that now stands below another heading: its text is the only one of its kind.
fn moved(messages: &[Message], entry: &Entry) -> Option<usize> {
    let mut same = messages.iter().enumerate().filter(|(_, message)| message.entry.id == entry.id);
    let (at, _) = same.next()?;
    same.next().is_none().then_some(at)
}

fn unmatched(messages: &[Message], entry: &Entry, file: FileId, sink: &mut Sink) {
    let span = Span::new(file, entry.id_place.clone());
    let context = messages.iter().any(|message| message.entry.context == entry.context);
    sink.push(if context {
        let message = "the source has no such text any more, so the translation is not used";
        Diagnostic::new(Code::PoStale, span, message).hint("export again and compare with the new text")
    } else {
        let message = format!("the page has no message `{}`", entry.context);
        Diagnostic::new(Code::PoUnknown, span, message).hint("leave `msgctxt` and `msgid` as they were exported")
    });
}
