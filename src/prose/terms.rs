//! `terms.yaml`: how the group writes its terms.

use crate::data::{Entry, Fields, Node, Value, parse_yaml};
use crate::diag::{Code, Diagnostic, FileId, Sink};
use aho_corasick::{AhoCorasick, MatchKind};
use std::ops::Range;

/// The terms of a site, ready to be looked for.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    finder: Option<AhoCorasick>,
    /// By the number of the pattern.
    forms: Vec<Form>,
}

/// A spelling to look for, without regard to case, and the right one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Form {
    spelling: String,
    right: String,
    /// Empty: in every language.
    languages: Vec<String>,
}

impl Terms {
    fn new(forms: Vec<Form>) -> Self {
        let finder = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(forms.iter().map(|form| form.spelling.as_str()));
        Self { finder: finder.ok().filter(|_| !forms.is_empty()), forms }
    }

    /// The wrong spellings in a run of text, with the right ones.
    pub(super) fn wrong<'a>(
        &'a self,
        text: &'a str,
        language: &'a str,
    ) -> impl Iterator<Item = (Range<usize>, &'a str)> {
        let found = self.finder.iter().flat_map(move |finder| finder.find_iter(text));
        found.filter_map(move |found| {
            let form = &self.forms[found.pattern().as_usize()];
            let speaks = form.languages.is_empty() || form.languages.iter().any(|tag| tag == language);
            let wrong = speaks && stands_alone(text, &found.range()) && !form.allows(&text[found.range()]);
            wrong.then_some((found.range(), form.right.as_str()))
        })
    }
}

impl Form {
    /// A term in lower case may begin a sentence or stand in a title.
    fn allows(&self, written: &str) -> bool {
        let own_case = self.right.chars().any(char::is_uppercase);
        written == self.right || !own_case && written.to_lowercase() == self.right
    }
}

/// Is the range a word of its own, and no part of an address, a file name or an identifier?
///
/// Only letters with case join words: Korean particles follow a name without a space.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let letter = |c: char| c.is_ascii_digit() || c.is_lowercase() || c.is_uppercase();
    let joins = |c: char| letter(c) || matches!(c, '-' | '_' | '/' | '@' | '#' | '\\');
    let mut before = text[..range.start].chars().rev();
    let mut after = text[range.end..].chars();
    let dotted = |c: Option<char>, next: Option<char>| matches!(c, Some('.' | ':')) && next.is_some_and(letter);
    let (left, right) = (before.next(), after.next());
    !left.is_some_and(joins)
        && !right.is_some_and(joins)
        && !dotted(left, before.next())
        && !dotted(right, after.next())
}

/// Reads `terms.yaml`: a list of terms, or of `{write, not, languages}`.
pub fn parse_terms(text: &str, file: FileId, sink: &mut Sink) -> Terms {
    let node = match parse_yaml(text, file, 0) {
        Ok(parsed) => parsed.node,
        Err(error) => {
            let finding = Diagnostic::new(Code::DataSyntax, error.span, format!("terms.yaml: {}", error.message));
            sink.push(finding.maybe_hint(error.hint));
            return Terms::default();
        }
    };
    let mut forms = vec![];
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| term(item, &mut forms, sink)),
        Value::Null => {}
        _ if node.entries().is_empty() => {}
        _ => {
            let message = format!("terms.yaml is {}, but a list belongs here", node.kind());
            let first = node.entries().first().map(first_line).unwrap_or_default();
            sink.push(Diagnostic::new(Code::ConfigValue, node.span, message).hint(first));
        }
    }
    Terms::new(forms)
}

fn first_line(entry: &Entry) -> String {
    format!("write `- {}` on a line of its own for each term", entry.key)
}

fn term(node: &Node, forms: &mut Vec<Form>, sink: &mut Sink) {
    if let Some(right) = node.to_text() {
        forms.push(Form { spelling: right.clone(), right, languages: vec![] });
        return;
    }
    let mut fields = Fields::new(node, Code::ConfigValue, Code::ConfigUnknown, sink);
    let right = fields.text("write");
    let wrong = fields.texts("not").unwrap_or_default();
    let languages = fields.texts("languages").unwrap_or_default();
    let languages: Vec<String> = languages.into_iter().map(|(tag, _)| tag.to_lowercase()).collect();
    if right.is_none() {
        fields.lacks("the right spelling", "write: Kubernetes");
    }
    fields.deny_rest();
    let Some(right) = right else { return };
    let spellings = std::iter::once(right.clone()).chain(wrong.into_iter().map(|(spelling, _)| spelling));
    forms.extend(spellings.map(|spelling| Form { spelling, right: right.clone(), languages: languages.clone() }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_stand_alone_and_addresses_are_left() {
        let text = "- Kubernetes\n- {write: GitOps, not: [git-ops]}\n- {write: front matter, not: [frontmatter]}\n- {write: café, languages: [fr]}\n";
        let mut sink = Sink::new();
        let terms = parse_terms(text, FileId(0), &mut sink);
        assert!(sink.as_slice().is_empty());
        for (text, expected) in [
            ("kubernetes and Kubernetes", "kubernetes>Kubernetes"),
            ("KUBERNETES.", "KUBERNETES>Kubernetes"),
            ("see kubernetes.io, kubernetes-sigs, #kubernetes, a/kubernetes", ""),
            ("kubernetes는", "kubernetes>Kubernetes"),
            ("kubernetesy", ""),
            ("Gitops or git-ops", "Gitops>GitOps git-ops>GitOps"),
            ("Front matter, frontmatter", "frontmatter>front matter"),
            ("Cafe", ""),
        ] {
            let found: Vec<String> =
                terms.wrong(text, "en").map(|(range, right)| format!("{}>{right}", &text[range])).collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
    }
}
