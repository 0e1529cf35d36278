//! A page's new text from its messages and what a PO file says to them.
//!
//! In: the two sides, the messages as an export would give them now, the decision on each. Out: the new
//! text, or none if nothing changes: then the file keeps its bytes.

use super::blocks::{Blocks, Kind};
use super::exchange::{Message, Sides};
use super::weave::{Fate, weave};

/// What a PO file says to a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// This translation.
    Text(String),
    /// That there is no translation.
    Nothing,
    /// Nothing that counts: no entry, a fuzzy one, or one with a fault.
    Silence,
}

/// A page written anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The text.
    pub text: String,
    /// Front matter values, and parameters of shortcodes, that are still the source's.
    pub untranslated: Vec<String>,
    /// The ids of the sections whose old translation stays although the source has changed.
    pub kept: Vec<String>,
    /// Blocks of the messages that stand in the source's language.
    pub left: usize,
}

/// Writes the page. `own` is the text of the translation's file.
pub fn merge(sides: &Sides<'_>, own: Option<&str>, messages: &[Message], said: &[Said]) -> Option<Merged> {
    let changes = messages.iter().zip(said).any(|(message, said)| match said {
        Said::Text(text) => message.entry.fuzzy || *text != message.entry.text,
        Said::Nothing => !message.entry.text.is_empty(),
        Said::Silence => false,
    });
    if !changes {
        return None;
    }
    let mut fates = vec![Fate::Keep; sides.source.blocks.len()];
    let mut merged = Merged { text: String::new(), untranslated: vec![], kept: vec![], left: 0 };
    for (message, said) in messages.iter().zip(said) {
        fates[message.block] = fate(sides, message, said);
    }
    for (message, said) in messages.iter().zip(said) {
        let fate = &fates[message.block];
        let block = &sides.source.blocks[message.block];
        if message.entry.fuzzy && matches!(said, Said::Silence) {
            merged.kept.push(sides.source.sections[block.section].1.clone());
        }
        let still = matches!(fate, Fate::Source(_)) || *fate == Fate::Keep && message.entry.text.is_empty();
        if still && (message.partner.is_some() || own.is_none()) {
            merged.left += 1;
            match &block.kind {
                Kind::Front(key) => merged.untranslated.push(key.clone()),
                Kind::Parameter(name, call) if !alone(sides.source, block.unit, &fates) => {
                    merged.untranslated.push(format!("{call} {name}"));
                }
                _ => {}
            }
        }
    }
    merged.text = match (own, sides.own) {
        (Some(text), Some(blocks)) => into_own(sides, text, blocks, messages, &fates),
        _ => weave(sides.text, 0..sides.text.len(), sides.source, &fates, sides.language),
    };
    merged.untranslated.dedup();
    Some(merged)
}

/// True as long as nothing of the unit is translated: then one comment marks the whole of it.
fn alone(blocks: &Blocks, unit: Option<usize>, fates: &[Fate]) -> bool {
    unit.is_some_and(|unit| blocks.of_unit(unit).iter().all(|at| !matches!(fates[*at], Fate::Translated(_))))
}

fn fate(sides: &Sides<'_>, message: &Message, said: &Said) -> Fate {
    let source = || Fate::Source(message.entry.id.clone());
    let partner = message.partner.and_then(|partner| sides.own.map(|own| &own.blocks[partner]));
    match said {
        Said::Text(text) if message.entry.fuzzy || *text != message.entry.text => Fate::Translated(text.clone()),
        Said::Text(_) => Fate::Keep,
        Said::Nothing if !message.entry.text.is_empty() => source(),
        // Never translated: it stands in the source's words, and says so from now on.
        _ if message.entry.text.is_empty() && partner.is_none_or(|own| own.language.is_none()) => source(),
        _ => Fate::Keep,
    }
}

/// The translation's own text, with changed blocks in their places and new units between them.
fn into_own(sides: &Sides<'_>, text: &str, own: &Blocks, messages: &[Message], fates: &[Fate]) -> String {
    let mut theirs = vec![Fate::Keep; own.blocks.len()];
    for message in messages {
        if let Some(partner) = message.partner {
            theirs[partner] = fates[message.block].clone();
        }
    }
    let mut inserts: Vec<(usize, String)> = vec![];
    let mut gap: Vec<usize> = vec![];
    // Where what is new goes: behind the last unit that has a partner.
    let start = own.units.first().map_or(text.len(), |unit| unit.range.start);
    let mut place: Option<usize> = None;
    for unit in 0..=sides.source.units.len() {
        let of_unit: Vec<&Message> =
            messages.iter().filter(|message| sides.source.blocks[message.block].unit == Some(unit)).collect();
        let partner = of_unit.iter().find_map(|message| message.partner);
        let silent = of_unit.is_empty() && !gap.is_empty();
        if unit < sides.source.units.len() && (silent || !of_unit.is_empty() && partner.is_none()) {
            gap.push(unit);
            continue;
        }
        if let Some(new) = new_units(sides, &gap, fates) {
            inserts.push(place.map_or((start, format!("{new}\n\n")), |place| (place, format!("\n\n{new}"))));
        }
        gap.clear();
        if let Some(there) = partner.and_then(|partner| own.blocks[partner].unit) {
            place = Some(own.units[there].range.end);
        }
    }
    let (mut out, mut from) = (String::new(), 0);
    for (place, new) in inserts {
        out.push_str(&weave(text, from..place, own, &theirs, sides.language));
        out.push_str(&new);
        from = place;
    }
    out.push_str(&weave(text, from..text.len(), own, &theirs, sides.language));
    out
}

/// A run of the source's units that the translation lacks, if some of it is translated now.
fn new_units(sides: &Sides<'_>, gap: &[usize], fates: &[Fate]) -> Option<String> {
    let blocks = sides.source;
    // Code at its end is new only if its whole section is.
    let is_new = |unit: &&usize| {
        let section = blocks.units[**unit].section;
        let heading = |unit: &usize| blocks.units[*unit].name == "heading" && blocks.units[*unit].section == section;
        blocks.of_unit(**unit).iter().any(|at| blocks.blocks[*at].speaks) || gap.iter().any(heading)
    };
    let (first, last) = (*gap.first()?, *gap.iter().rev().find(is_new)?);
    let translated =
        gap.iter().any(|unit| blocks.of_unit(*unit).iter().any(|at| matches!(fates[*at], Fate::Translated(_))));
    let part = blocks.units[first].range.start..blocks.units[last].range.end;
    translated.then(|| weave(sides.text, part, blocks, fates, sides.language))
}
