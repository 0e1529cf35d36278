//! What each code means, at length: for `plenary explain`, for SARIF and for the handbook, from one text.

use super::Code;
use indexmap::IndexMap;
use std::sync::OnceLock;

/// Chapters (`##`) of entries (`###`), one for each code.
const TEXT: &str = include_str!("explanations.md");

impl Code {
    /// What it means and how to mend it, in Markdown, at most a few paragraphs.
    pub fn explanation(self) -> &'static str {
        static ENTRIES: OnceLock<IndexMap<&str, &str>> = OnceLock::new();
        ENTRIES.get_or_init(entries).get(self.as_str()).copied().unwrap_or_default()
    }
}

fn entries() -> IndexMap<&'static str, &'static str> {
    let parts = TEXT.split("\n### ").skip(1).filter_map(|part| part.split_once('\n'));
    parts.map(|(name, text)| (name, text.split("\n## ").next().unwrap_or_default().trim())).collect()
}

/// An explanation for a terminal: links are their text, code keeps its marks.
///
/// ```
/// let text = plenary::diag::explain(plenary::diag::Code::DeadLink);
/// assert!(text.starts_with("error[dead-link]\n"));
/// ```
pub fn explain(code: Code) -> String {
    let text = without_links(code.explanation());
    format!("{}[{}]\n{}\n\n{text}\n", code.severity().as_str(), code.as_str(), code.meaning())
}

/// `[text](address)` as its text, outside of code.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut fenced = false;
    for line in text.lines() {
        fenced ^= line.starts_with("```");
        let mut rest = line;
        while let (false, Some((before, after))) = (fenced, rest.split_once('[')) {
            let link = after.split_once("](").and_then(|(text, tail)| Some((text, tail.split_once(')')?.1)));
            let Some((text, tail)) = link.filter(|(text, _)| !text.contains('[')) else { break };
            out.push_str(before);
            out.push_str(text);
            rest = tail;
        }
        out.push_str(rest);
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

/// All explanations as the chapters of the handbook, each with its severity in front.
pub fn chapter() -> String {
    let mut out = String::new();
    for line in TEXT.lines() {
        out.push_str(line);
        out.push('\n');
    }
    for code in Code::ALL {
        let severity = match code.severity() {
            super::Severity::Error => "Error",
            super::Severity::Warning => "Warning",
            super::Severity::Note => "Note",
        };
        let heading = format!("\n### {}\n\n", code.as_str());
        out = out.replacen(&heading, &format!("{heading}{severity}. "), 1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_is_explained_once_and_nothing_else_is() {
        let mut explained: Vec<&str> = entries().into_keys().collect();
        let mut codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        explained.sort_unstable();
        codes.sort_unstable();
        assert_eq!(explained, codes);
        assert_eq!(TEXT.matches("\n### ").count(), codes.len());
        assert!(Code::ALL.iter().all(|code| code.explanation().len() > 20));
    }

    #[test]
    fn links_become_their_text_and_code_stays() {
        let text = "Write [`check`](a.md#b) in `[x]`, see [this](c).\n\n```text\n[a](b)\n```";
        assert_eq!(without_links(text), "Write `check` in `[x]`, see [this](c).\n\n```text\n[a](b)\n```");
        assert_eq!(without_links("a [b](c) d [e](f)"), "a b d e");
    }
}
