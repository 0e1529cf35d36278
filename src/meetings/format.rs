//! The forms that minutes come in.

/// The form of a file of minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A document's text: exported, or read from its pages, with whatever that did to it.
    Text,
    /// Markdown: Google Docs' own export, `HedgeDoc`, `HackMD`.
    Markdown,
    /// Minutes by the conventions of the W3C, as text or as a chat log.
    W3c,
}

impl Format {
    /// The form that a text seems to have.
    pub fn recognise(text: &str) -> Self {
        const W3C: &[&str] = &[
            "topic:",
            "subtopic:",
            "scribe:",
            "scribenick:",
            "present:",
            "present+",
            "regrets:",
            "regrets+",
            "chair:",
            "action:",
            "resolved:",
            "resolution:",
            "proposed:",
            "zakim,",
            "rrsagent,",
        ];
        let said = |line: &str| without_speaker(line).1.to_lowercase();
        let conventions = text.lines().filter(|line| W3C.iter().any(|word| said(line).starts_with(word))).count();
        let topics = text.lines().any(|line| said(line).starts_with("topic:"));
        if conventions >= 3 && topics {
            return Self::W3c;
        }
        let heading = |line: &str| {
            let level = line.len() - line.trim_start_matches('#').len();
            (1..=6).contains(&level) && line[level..].starts_with(' ')
        };
        if text.lines().any(heading) || text.starts_with("---\n") { Self::Markdown } else { Self::Text }
    }
}

/// A line of a chat log as who and what: `12:03:04 <ada> hello`.
pub(super) fn without_speaker(line: &str) -> (Option<&str>, &str) {
    let line = line.trim_start();
    let clock = line.split(' ').next().is_some_and(|word| {
        word.len() >= 5
            && word.contains(':')
            && word.trim_matches(['[', ']']).bytes().all(|b| b.is_ascii_digit() || b == b':')
    });
    let rest = if clock { line.split_once(' ').map_or("", |(_, rest)| rest) } else { line };
    let speaker = rest.strip_prefix('<').and_then(|rest| rest.split_once("> "));
    match speaker.filter(|(who, _)| !who.is_empty() && !who.contains([' ', '/', '<'])) {
        Some((who, what)) => (Some(who), what.trim()),
        None => (None, line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let w3c = "Present: Ada\nChair: Bo\nTopic: Scope\n";
        for (text, format) in [
            (w3c, Format::W3c),
            ("<Zakim> Present: Ada\n12:01:02 <ada> scribe: Bo\n<ada> Topic: Scope\n", Format::W3c),
            ("# Notes\n- Topic: x\n", Format::Markdown),
            ("2024-05-15\n\nHost: Ada\n", Format::Text),
            ("#412 is open\n", Format::Text),
        ] {
            assert_eq!(Format::recognise(text), format, "{text}");
        }
    }
}
