//! What changed in a text, word by word, for people at a terminal.

use super::{Change, ChangeKind, Content, Section};
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// Unchanged words that are shown before and after a change.
const CONTEXT: usize = 12;

/// The changed sections: against the former text word by word, without one as they are now.
/// `[-gone-]` and `{+new+}` as `git diff --word-diff` writes them.
pub fn differences(former: Option<&Content>, now: &Content, changes: &[Change]) -> String {
    let mut gone = former.map(|former| gone(former, now)).unwrap_or_default().into_iter();
    let mut out = String::new();
    for change in changes {
        out.push_str(&format!("## {} ({})\n\n", change.title, change.kind.as_str()));
        let present = now.sections.iter().position(|section| section.id == change.id);
        let new = present.map(|at| now.sections[at].text.as_str()).filter(|_| change.kind != ChangeKind::Removed);
        let old = match change.kind {
            ChangeKind::Changed => former.zip(present).and_then(|(former, at)| earlier(former, &change.id, at)),
            ChangeKind::Removed => gone.next(),
            ChangeKind::Added | ChangeKind::Missing | ChangeKind::Untranslated => None,
        };
        let text = match (old.map(|section| section.text.as_str()), new) {
            (Some(old), new) => words(old, new.unwrap_or_default()),
            (None, Some(new)) if former.is_some() => format!("{{+{new}+}}"),
            (None, new) => new.unwrap_or_default().to_owned(),
        };
        if !text.is_empty() {
            out.push_str(&text);
            out.push_str("\n\n");
        }
    }
    out
}

/// The section of that id, else, for a renamed heading, the one in its place.
fn earlier<'c>(former: &'c Content, id: &str, at: usize) -> Option<&'c Section> {
    former.sections.iter().find(|section| section.id == id).or_else(|| former.sections.get(at))
}

/// What is no longer there, in order, without what was only renamed.
fn gone<'c>(former: &'c Content, now: &Content) -> Vec<&'c Section> {
    let has = |content: &Content, id: &str| content.sections.iter().any(|section| section.id == id);
    let renamed = |at: usize| now.sections.get(at).is_some_and(|section| !has(former, &section.id));
    let sections = former.sections.iter().enumerate();
    sections.filter(|(at, section)| !has(now, &section.id) && !renamed(*at)).map(|(_, section)| section).collect()
}

fn words(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let mut parts: Vec<String> = vec![];
    for (at, op) in ops.iter().enumerate() {
        let (tag, from, to) = op.as_tag_tuple();
        let (gone, come) = (old[from].join(" "), &new[to]);
        match tag {
            DiffTag::Equal => parts.push(shortened(come, at > 0, at + 1 < ops.len())),
            DiffTag::Delete => parts.push(format!("[-{gone}-]")),
            DiffTag::Insert => parts.push(format!("{{+{}+}}", come.join(" "))),
            DiffTag::Replace => parts.push(format!("[-{gone}-]{{+{}+}}", come.join(" "))),
        }
    }
    parts.retain(|part| !matches!(part.as_str(), "" | "[--]" | "{++}"));
    parts.join(" ").replace("{++}", "")
}

/// Words that did not change, but for those near a change left out.
fn shortened(words: &[&str], after: bool, before: bool) -> String {
    let (head, tail) = (if after { CONTEXT } else { 0 }, if before { CONTEXT } else { 0 });
    if words.len() <= head + tail + 1 {
        return words.join(" ");
    }
    let parts = [words[..head].join(" "), "…".to_owned(), words[words.len() - tail..].join(" ")];
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_stand_among_their_neighbours() {
        for (old, new, expected) in [
            ("a b c", "a x c", "a [-b-]{+x+} c"),
            ("a b c", "a c", "a [-b-] c"),
            ("a c", "a b c", "a {+b+} c"),
            ("a b", "", "[-a b-]"),
        ] {
            assert_eq!(words(old, new), expected, "{old} → {new}");
        }
        let long: Vec<String> = (0..40).map(|number| number.to_string()).collect();
        let old = format!("{} x {}", long.join(" "), long.join(" "));
        let shown = words(&old, &old.replace('x', "y"));
        assert!(
            shown.starts_with("… 28 29") && shown.contains("39 [-x-]{+y+} 0 1") && shown.ends_with("11 …"),
            "{shown}"
        );
    }
}
