//! Projects that a meeting's agenda says were presented.
//!
//! In: the blocks of a meeting, the projects that the document lists. Out: names. An item counts if
//! it says so itself (`Project presentation: Gears`), or stands below an item that does.

use super::model::{Block, Kind};

/// The names below a list `Projects` at the start of a document.
pub(super) fn listed(preamble: &[Block]) -> Vec<String> {
    let start = preamble.iter().position(|block| matches!(block.kind, Kind::Topic(_)) && block.text() == "Projects");
    let Some(start) = start else { return vec![] };
    let items = preamble[start + 1..].iter().take_while(|block| block.depth().is_some());
    items.filter_map(|block| name(block.text())).collect()
}

/// The projects presented.
pub(super) fn projects(blocks: &[Block], listed: &[String]) -> Vec<String> {
    let mut walk = Walk { listed, below: None, out: vec![] };
    for block in blocks {
        walk.block(block);
    }
    let topics = || blocks.iter().filter(|block| matches!(block.kind, Kind::Topic(_))).map(Block::text);
    for block in blocks.iter().filter(|block| block.depth().is_some() && marked(block.text())) {
        let presented = |name: &String| topics().any(|topic| topic == name) && !name.contains("WG");
        walk.add(names(block.text()).into_iter().filter(presented));
    }
    walk.out
}

/// The way down the items of an agenda.
struct Walk<'a> {
    /// The projects that the document lists.
    listed: &'a [String],
    /// The depth of the item that announces projects, and whether none stood below it yet.
    below: Option<(usize, bool)>,
    out: Vec<String>,
}

impl Walk<'_> {
    fn add(&mut self, names: impl IntoIterator<Item = String>) {
        for name in names {
            if !self.out.contains(&name) {
                self.out.push(name);
            }
        }
    }

    fn block(&mut self, block: &Block) {
        let text = block.text();
        let Some(depth) = block.depth() else {
            // A page break may have taken the item's mark.
            if self.below.take().is_some_and(|(_, first)| first) && marked(text) {
                self.add(names(text));
            }
            return;
        };
        if let Some(names) = announced(text) {
            self.add(names);
            self.below = None;
        } else if is_heading(text) {
            self.below = Some((depth, true));
        } else if let Some((above, first)) = self.below {
            self.item(block, depth, above, first);
        }
    }

    /// An item after one that announces projects, at the depth `above`.
    fn item(&mut self, block: &Block, depth: usize, above: usize, first: bool) {
        let text = block.text();
        if depth <= above {
            if first && block.blanks > 0 && marked(text) {
                self.add(names(text));
            }
            self.below = None;
            return;
        }
        // Deeper items may have lost their nesting: after the first only sure ones count.
        let sure = first || marked(text) || names(text).iter().any(|name| self.listed.contains(name));
        if sure && depth == above + 1 && !text.to_lowercase().contains("postponed") {
            self.add(names(text));
        }
        self.below = Some((above, false));
    }
}

/// `Project presentations (max 2 per meeting!)`.
fn is_heading(text: &str) -> bool {
    let text = text.to_lowercase();
    ["project presentation", "project demo", "sandbox submissions"].iter().any(|start| text.starts_with(start))
}

/// A project named by the item itself.
fn announced(text: &str) -> Option<Vec<String>> {
    for start in ["Project presentation: ", "Project presentations: ", "Project Presentation: ", "Presentation: "] {
        if let Some(rest) = text.strip_prefix(start) {
            return Some(names(rest));
        }
    }
    if let Some(rest) = text.strip_prefix("Present ").filter(|rest| rest.contains('(')) {
        return name(rest).map(|name| vec![name]);
    }
    for end in [" presentation", " Presentation", " project update", " Project Presentation"] {
        if let Some((name_of, rest)) = text.split_once(end) {
            let whole = rest.is_empty() || rest.starts_with(['.', ' ', ',', '(', ':']);
            let a_name = name_of.starts_with(char::is_uppercase) && !name_of.to_lowercase().contains("project");
            if whole && a_name && name_of.split(' ').count() <= 2 {
                return name(name_of).map(|name| vec![name]);
            }
        }
    }
    None
}

/// An item that links to an application or repository.
fn marked(text: &str) -> bool {
    let id = text.split('(').nth(1).is_some_and(|note| note.contains('#') || note.starts_with("Sandbox"));
    id || text.split_once(',').is_some_and(|(_, rest)| rest.trim().starts_with("http"))
}

fn names(text: &str) -> Vec<String> {
    let list = text.split(',').map(str::trim).collect::<Vec<_>>();
    let plain =
        list.len() > 1 && list.iter().all(|part| part.split(' ').count() <= 2 && !part.contains(['(', ':', '/']));
    if plain { list.into_iter().filter_map(name).collect() } else { name(text).into_iter().collect() }
}

/// The name that an item begins with.
fn name(text: &str) -> Option<String> {
    let end =
        [" (", " [", ": ", " - ", ", ", "?", " http", " – ", " Intro", " presentation", " Presentation", " project"]
            .iter()
            .filter_map(|stop| text.find(stop))
            .min()
            .unwrap_or(text.len());
    let name = text[..end].trim().trim_matches(['*', '"', '.']);
    let words = name.split(' ').count();
    let starts = name.starts_with(char::is_alphanumeric) && !name.contains("://");
    let filler =
        ["notes", "tbd", "none", "sandbox submissions", "incubation", "graduation", "sandbox", "wgs", "questions"];
    (starts && words <= 3 && !name.starts_with("WG") && !filler.contains(&name.to_lowercase().as_str()))
        .then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::blocks::blocks_of;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(projects(&blocks_of(text), &["Known".into()]), expected, "{text}");
    }

    #[test]
    fn presented() {
        check(
            "- Project presentations (max 2)\n - Gears (#12)\n - Fast\n - Wheels (#13)\n- Known",
            &["Gears", "Wheels"],
        );
        check("- Project presentations\n - Gears, Wheels\n - Known things", &["Gears", "Wheels"]);
        check("- Project presentation: Gears (Ada)\n- Wheels presentation. Next", &["Gears", "Wheels"]);
        check("- Present Gears (Ada, Acme)\n- Present the plan", &["Gears"]);
        check("- Status updates\n - Gears (#12)", &[]);
    }
}
