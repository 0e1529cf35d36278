//! How strict the checks are: `check.rules` of `site.yaml`.

use crate::data::{Fields, Node, Value};
use crate::diag::{At, Code, Diagnostic, Place, Severity, Sink, did_you_mean};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// The levels that a site sets for findings, of which the last that fits counts.
#[derive(Debug, Clone, Default)]
pub struct Rules(Vec<Rule>);

#[derive(Debug, Clone)]
struct Rule {
    code: Code,
    /// None: in every file.
    paths: Option<GlobSet>,
    level: Level,
}

#[derive(Debug, Clone, Copy)]
enum Level {
    /// Not told at all.
    Off,
    Told(Severity),
}

impl Rules {
    /// The findings as the site wants to see them: in their own severity where no rule speaks of them.
    pub fn apply(&self, findings: Vec<Diagnostic>, places: &dyn Place) -> Vec<Diagnostic> {
        if self.0.is_empty() {
            return findings;
        }
        findings.into_iter().filter_map(|finding| self.applied(finding, places)).collect()
    }

    fn applied(&self, mut finding: Diagnostic, places: &dyn Place) -> Option<Diagnostic> {
        let path = match &finding.at {
            At::Site => "",
            At::Path(path) => path.as_str(),
            At::Span(span) => places.path(span.file),
        };
        let fits = |rule: &&Rule| rule.code == finding.code && rule.paths.as_ref().is_none_or(|set| within(set, path));
        match self.0.iter().rev().find(fits).map(|rule| rule.level) {
            Some(Level::Off) => return None,
            Some(Level::Told(severity)) => finding.level = Some(severity),
            None => {}
        }
        Some(finding)
    }
}

/// A pattern names a path from the site's folder, or one below a language's folder.
fn within(set: &GlobSet, path: &str) -> bool {
    let below = path.strip_prefix("content/").and_then(|path| path.split_once('/')).map(|(_, rest)| rest);
    set.is_match(path) || below.is_some_and(|path| set.is_match(path))
}

/// Reads the mapping from codes to levels.
pub(super) fn parse_rules(node: &Node, sink: &mut Sink) -> Rules {
    if !matches!(node.value, Value::Map(_)) {
        let finding = Diagnostic::new(Code::ConfigValue, node.span, format!("`rules` is {}", node.kind()));
        sink.push(finding.hint("write codes and levels: `rules: {double-word: off}`"));
    }
    let mut rules = vec![];
    for entry in node.entries() {
        let Some(code) = Code::by_name(&entry.key) else {
            let message = format!("there is no finding `{}`", entry.key);
            let hint = did_you_mean(&entry.key, Code::ALL.iter().map(|code| code.as_str()));
            let hint = hint.unwrap_or_else(|| "`plenary explain` lists them".into());
            sink.push(Diagnostic::new(Code::ConfigUnknown, entry.key_span, message).hint(hint));
            continue;
        };
        match &entry.node.value {
            Value::List(items) => rules.extend(items.iter().filter_map(|item| rule_for_paths(code, item, sink))),
            _ => rules.extend(level(&entry.node, sink).map(|level| Rule { code, paths: None, level })),
        }
    }
    Rules(rules)
}

/// `{paths: [blog/**], level: off}`.
fn rule_for_paths(code: Code, node: &Node, sink: &mut Sink) -> Option<Rule> {
    let mut fields = Fields::new(node, Code::ConfigValue, Code::ConfigUnknown, sink);
    let patterns = fields.texts("paths");
    let level = fields.node("level").and_then(|node| level(node, fields.sink()));
    if !fields.has("level") {
        fields.lacks("the level", "level: off");
    }
    let mut set = GlobSetBuilder::new();
    for (pattern, span) in patterns.iter().flatten() {
        match GlobBuilder::new(pattern).literal_separator(true).build() {
            Ok(glob) => drop(set.add(glob)),
            Err(error) => {
                let message = format!("`{pattern}` is no pattern of paths: {}", error.kind());
                let finding = Diagnostic::new(Code::ConfigValue, *span, message);
                fields.sink().push(finding.hint("write for example `blog/**` or `content/fr/about/*.md`"));
            }
        }
    }
    fields.deny_rest();
    let paths = patterns.and_then(|_| set.build().ok());
    Some(Rule { code, paths, level: level? })
}

/// `off` (which older YAML takes for false), or a severity.
fn level(node: &Node, sink: &mut Sink) -> Option<Level> {
    let word = node.to_text().unwrap_or_default();
    let level = match word.as_str() {
        "off" | "false" => Level::Off,
        "note" => Level::Told(Severity::Note),
        "warning" => Level::Told(Severity::Warning),
        "error" => Level::Told(Severity::Error),
        _ => {
            let written = if word.is_empty() { node.kind().into() } else { format!("`{word}`") };
            let finding = Diagnostic::new(Code::ConfigValue, node.span, format!("{written} is no level"));
            sink.push(finding.hint("write `error`, `warning`, `note` or `off`"));
            return None;
        }
    };
    Some(level)
}
