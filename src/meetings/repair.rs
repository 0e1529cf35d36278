//! Damage inside a line of text.
//!
//! In: the text of one line, its list marks gone. Out: the same sentence without the traces of text
//! recognition, each mend noted. What could be one thing or another stays as it is.

use super::bullet;
use super::links;
use super::model::{Journal, RepairKind};

/// Mends a line.
pub(super) fn repair(text: &str, line: u32, journal: &mut Journal) -> String {
    let text = latex(text, line, journal);
    let text = underline(&text, line, journal);
    let text = misreadings(&text, line, journal);
    let text = chips(&text, line, journal);
    links::join(&text, line, journal)
}

/// Each command of LaTeX that text recognition makes of an underline, an arrow or a bullet.
const COMMANDS: &[(&str, &str)] =
    &[("\\rightarrow", "→"), ("\\leftarrow", "←"), ("\\circ", ""), ("\\cap", ""), ("\\bullet", ""), ("\\$", "")];

fn latex(text: &str, line: u32, journal: &mut Journal) -> String {
    let has = |command: &str| text.contains(command);
    if !has("\\underline{") && !COMMANDS.iter().any(|(command, _)| *command != "\\$" && has(command)) {
        return text.to_owned();
    }
    let mut out = text.to_owned();
    while let Some(start) = out.find("\\underline{") {
        let inner = start + "\\underline{".len();
        let Some(length) = out[inner..].find('}') else { break };
        out.remove(inner + length);
        out.replace_range(start..inner, "");
    }
    for (command, sign) in COMMANDS {
        out = out.replace(command, sign);
    }
    let out = spaced(&out.replace('$', ""));
    journal.repair(line, RepairKind::Latex, text, &out);
    out
}

/// Takes `<u>` away; two underlined pieces of one address become one.
fn underline(text: &str, line: u32, journal: &mut Journal) -> String {
    if !text.contains("<u>") && !text.contains("</u>") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("</u>") {
        out.push_str(&before.replace("<u>", ""));
        let next = after.trim_start().strip_prefix("<u>");
        rest = match next.map(|next| (next, next.split("</u>").next().unwrap_or(next))) {
            Some((next, piece)) if goes_on(&out, piece) => {
                let last = out.rsplit(' ').next().unwrap_or_default();
                journal.repair(line, RepairKind::Link, &format!("{last} {piece}"), &format!("{last}{piece}"));
                next
            }
            _ => after,
        };
    }
    out.push_str(&rest.replace("<u>", ""));
    journal.repair(line, RepairKind::Underline, "<u>", "");
    out
}

/// Whether an underlined piece is the rest of the address before it.
fn goes_on(before: &str, piece: &str) -> bool {
    let last = before.rsplit(' ').next().unwrap_or_default();
    last.contains("://") && !piece.contains(' ') && !piece.contains("://")
}

/// Letters that text recognition takes for others, where only one reading is a word.
fn misreadings(text: &str, line: u32, journal: &mut Journal) -> String {
    const ANYWHERE: &[(&str, &str)] =
        &[("://qithub.com", "://github.com"), ("taq#", "tag#"), ("lssue", "Issue"), ("qithub.io", "github.io")];
    const AT_START: &[(&str, &str)] = &[("Al:", "AI:"), ("A1:", "AI:"), ("Al ltem", "AI Item"), ("Al Item", "AI Item")];
    let mut out = text.to_owned();
    for (wrong, right) in ANYWHERE.iter().filter(|(wrong, _)| text.contains(wrong)) {
        out = out.replace(wrong, right);
        journal.repair(line, RepairKind::Misreading, wrong, right);
    }
    for (wrong, right) in AT_START {
        if let Some(rest) = out.strip_prefix(wrong) {
            out = format!("{right}{rest}");
            journal.repair(line, RepairKind::Misreading, wrong, right);
        }
    }
    if let Some(rest) = out.strip_prefix("O: ").filter(|rest| is_question(rest)) {
        out = format!("Q: {rest}");
        journal.repair(line, RepairKind::Misreading, "O:", "Q:");
    }
    out
}

fn is_question(text: &str) -> bool {
    const WORDS: &[&str] =
        &["Is", "Are", "What", "How", "Why", "Who", "When", "Where", "Could", "Can", "Do", "Does", "Which"];
    text.split(' ').next().is_some_and(|word| WORDS.contains(&word))
}

/// The icons that a linked document's chip becomes: a box, `E`, or a bullet after a colon.
fn chips(text: &str, line: u32, journal: &mut Journal) -> String {
    let mut words: Vec<&str> = vec![];
    let mut found = vec![];
    let all: Vec<&str> = text.split(' ').collect();
    for (at, word) in all.iter().enumerate() {
        let after_label = at == 0 || all[at - 1].ends_with(':');
        let next = all.get(at + 1).copied().unwrap_or_default();
        let icon = match *word {
            "☐" | "□" | "🗉" | "🗎" => true,
            "•" | "▶" => after_label,
            "E" | "В" => after_label && begins_a_title(next) && all.len() > at + 2,
            _ => false,
        };
        if icon {
            found.push(*word);
        } else {
            words.push(word);
        }
    }
    let out = words.join(" ");
    let out = bullet::without_chip(&out).map_or(out.clone(), str::to_owned);
    for icon in found {
        journal.repair(line, RepairKind::Chip, icon, "");
    }
    out
}

fn begins_a_title(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase) && word.chars().filter(|c| c.is_alphabetic()).count() > 1
}

/// The text with single spaces.
pub(super) fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str, kinds: &[RepairKind]) {
        let mut journal = Journal::default();
        assert_eq!(repair(text, 7, &mut journal), expected);
        assert_eq!(journal.repairs.iter().map(|repair| repair.kind).collect::<Vec<_>>(), kinds, "{text}");
        assert!(journal.repairs.iter().all(|repair| repair.line == 7));
    }

    #[test]
    fn damage() {
        use RepairKind::*;
        check("<u>https://a.org/p</u> <u>w-5038</u> soon", "https://a.org/pw-5038 soon", &[Link, Underline]);
        check("<u>A long</u> <u>title</u>", "A long title", &[Underline]);
        check("<u>https://a.org/1</u> <u>https://a.org/2</u>", "https://a.org/1 https://a.org/2", &[Underline]);
        check("$\\underline{v0.3.2}$ release", "v0.3.2 release", &[Latex]);
        check("$a \\rightarrow b$", "a → b", &[Latex]);
        check("\\circ $\\$ we need it", "we need it", &[Latex]);
        check(
            "see https://qithub.com/a/b (taq#466)",
            "see https://github.com/a/b (tag#466)",
            &[Misreading, Misreading],
        );
        check("Al: Ada to write", "AI: Ada to write", &[Misreading]);
        check("Al capability", "Al capability", &[]);
        check("E Group Notes", "Group Notes", &[Chip]);
        check("Doc: ☐ Website Plan", "Doc: Website Plan", &[Chip]);
        check("E.g. this", "E.g. this", &[]);
        check("O: Is there a linter", "Q: Is there a linter", &[Misreading]);
        check("costs 5 $ or 6 $", "costs 5 $ or 6 $", &[]);
    }
}
