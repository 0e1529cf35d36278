//! What names look like.
//!
//! In: a line of a list. Out: whether it could name people. Only the form is looked at, so this
//! is asked where a list of people is expected and something else may follow.

/// Words that begin items of agendas and never a name.
const NO_NAMES: &[&str] = &[
    "intro",
    "intros",
    "introduction",
    "introductions",
    "introduce",
    "welcome",
    "status",
    "update",
    "updates",
    "project",
    "projects",
    "present",
    "presentation",
    "presentations",
    "discuss",
    "discussion",
    "discussions",
    "review",
    "reviews",
    "recording",
    "recordings",
    "tag",
    "wg",
    "sig",
    "psa",
    "psas",
    "agenda",
    "notes",
    "demo",
    "demos",
    "kubecon",
    "website",
    "proposal",
    "lightning",
    "q&a",
    "topic",
    "topics",
    "housekeeping",
    "announcements",
    "action",
    "actions",
    "meeting",
    "toc",
    "new",
    "ideas",
    "working",
    "issue",
    "issues",
    "pr",
    "prs",
    "sandbox",
    "voting",
    "community",
    "goals",
    "next",
    "open",
    "backlog",
    "triage",
    "roadmap",
    "release",
    "releases",
    "administrivia",
    "round",
    "this",
    "the",
    "we",
    "ptal",
    "canceled",
    "cancelled",
    "rfc",
    "rfcs",
    "general",
];
/// Words that stand second in a sentence and never in a name.
const LINKING: &[&str] = &[
    "and", "of", "to", "for", "the", "from", "in", "on", "a", "an", "with", "at", "is", "are", "was", "new", "plans",
    "prep",
];

/// Whether a line could be a person or several.
pub(super) fn looks_like_people(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.len() > 400 || text.contains("http") || text.contains(": ") || text.ends_with([':', '?'])
    {
        return false;
    }
    if text.contains('@') && !text.contains(' ') {
        return true;
    }
    let first = text.split([',', '(', ';']).next().unwrap_or_default();
    let words: Vec<&str> = first.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).collect();
    let Some(lead) = words.first() else { return false };
    let lead = lead.trim_matches(|c: char| !c.is_alphanumeric());
    if NO_NAMES.contains(&lead.to_lowercase().as_str())
        || lead.starts_with(|c: char| c.is_ascii_digit())
        || words.len() > 9
    {
        return false;
    }
    let Some(second) = words.get(1) else { return true };
    if text.starts_with('@') || text.contains(['@']) {
        return true;
    }
    let capital = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase);
    let second_fits = capital(second) || words.get(2).is_some_and(|third| capital(third)) || !capital(lead);
    second_fits && !LINKING.contains(&second.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::looks_like_people;

    #[test]
    fn people_and_not() {
        for line in [
            "Ada Byron",
            "Ada Byron (Acme)",
            "Ada Byron, Bo Chan - Acme",
            "ada",
            "Erwin van Dam Platform9",
            "ada@example.org from X",
            "Michael nick Smith Acme",
            "SAP Hedy Kiesler, Grace",
            "Ada Byron, dev at Acme",
        ] {
            assert!(looks_like_people(line), "{line}");
        }
        for line in [
            "Intros and new faces",
            "WG Updates i",
            "Status updates",
            "Website plans (#4)",
            "Discuss: x",
            "Recording: x",
            "Lightning Talks at the booth: https://a.org",
            "Release of 1.0",
            "2 pages",
        ] {
            assert!(!looks_like_people(line), "{line}");
        }
    }
}
