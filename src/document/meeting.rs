//! The parts of a meeting's minutes, known by their headings.

use super::Heading;
use std::ops::Range;

/// A part of the minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MeetingPart {
    /// What was to be talked about.
    Agenda,
    /// What was said, a heading for each topic.
    Notes,
    /// What was decided.
    Decisions,
    /// What someone promised to do.
    Actions,
}

/// The headings of the parts, in the languages of the theme.
const NAMES: [(MeetingPart, &[&str]); 4] = [
    (
        MeetingPart::Agenda,
        &[
            "agenda",
            "ordre du jour",
            "orden del día",
            "ordine del giorno",
            "pauta",
            "tagesordnung",
            "의제",
            "안건",
            "議題",
            "议程",
        ],
    ),
    (
        MeetingPart::Notes,
        &["notes", "minutes", "notas", "note", "anotações", "notizen", "회의록", "メモ", "議事録", "记录"],
    ),
    (
        MeetingPart::Decisions,
        &[
            "decisions",
            "décisions",
            "decisiones",
            "decisioni",
            "decisões",
            "entscheidungen",
            "beschlüsse",
            "결정 사항",
            "결정",
            "決定事項",
            "决定",
        ],
    ),
    (
        MeetingPart::Actions,
        &[
            "actions",
            "action items",
            "acciones",
            "azioni",
            "ações",
            "aufgaben",
            "할 일",
            "アクション",
            "行动项",
            "待办",
        ],
    ),
];

impl MeetingPart {
    /// The part that a heading opens.
    pub fn of(heading: &Heading) -> Option<Self> {
        let name = heading.text.trim().trim_end_matches([':', '：']).to_lowercase();
        NAMES.into_iter().find(|(_, names)| names.contains(&name.as_str())).map(|(part, _)| part)
    }

    /// The word in classes and templates.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agenda => "agenda",
            Self::Notes => "notes",
            Self::Decisions => "decisions",
            Self::Actions => "actions",
        }
    }
}

/// What was talked about: the headings right below the notes, or without such a part the top ones that open none.
pub fn topics(outline: &[Heading]) -> Vec<&Heading> {
    match outline.iter().position(|heading| MeetingPart::of(heading) == Some(MeetingPart::Notes)) {
        Some(notes) => {
            let level = outline[notes].level;
            let below = outline[notes + 1..].iter().take_while(|heading| heading.level > level);
            below.filter(|heading| heading.level == level + 1).collect()
        }
        None => {
            let level = outline.iter().map(|heading| heading.level.max(2)).min().unwrap_or(2);
            outline.iter().filter(|heading| heading.level == level && MeetingPart::of(heading).is_none()).collect()
        }
    }
}

/// Where an agenda item names a topic: all of it, or what stands before or after its colon, remarks in
/// brackets apart: `Presentation: Dapr (#748)` names `Dapr`.
pub(crate) fn names_topic(item: &str, topic: &str) -> Option<Range<usize>> {
    let wanted = plain(topic);
    let whole = 0..item.len();
    let mut candidates = vec![whole.clone()];
    for colon in [": ", "："] {
        if let Some(at) = item.find(colon) {
            candidates.extend([0..at, at + colon.len()..item.len()]);
        }
    }
    let unbracketed = candidates.clone().into_iter().filter_map(|range| {
        let at = item[range.clone()].find(" (")?;
        Some(range.start..range.start + at)
    });
    let candidates: Vec<Range<usize>> = candidates.iter().cloned().chain(unbracketed).collect();
    let found = candidates.into_iter().find(|range| !wanted.is_empty() && plain(&item[range.clone()]) == wanted)?;
    let text = &item[found.clone()];
    let start = found.start + text.len() - text.trim_start().len();
    Some(start..start + text.trim().trim_end_matches([' ', '(', '[', '–', '—', '-']).len())
}

/// Letters and digits alone, in lower case.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{FileId, Span};

    fn outline(headings: &[(u8, &str)]) -> Vec<Heading> {
        let heading = |(level, text): &(u8, &str)| Heading {
            level: *level,
            id: String::new(),
            text: (*text).into(),
            span: Span::file(FileId(0)),
        };
        headings.iter().map(heading).collect()
    }

    #[test]
    fn an_item_names_a_topic_with_its_label_and_remarks() {
        for (item, topic, named) in [
            ("Localisation", "Localisation", Some("Localisation")),
            ("Presentation: Dapr (", "Dapr", Some("Dapr")),
            ("Artifacts working group: charter", "Artifacts Working Group", Some("Artifacts working group")),
            ("Proposal: a working group", "A working group", Some("a working group")),
            ("Cozystack (#12)", "Cozystack", Some("Cozystack")),
            ("Dapr and friends", "Dapr", None),
            ("—", "…", None),
        ] {
            assert_eq!(names_topic(item, topic).map(|range| &item[range]), named, "{item}");
        }
    }

    #[test]
    fn topics_stand_below_the_notes_or_at_the_top() {
        let texts = |headings: &[(u8, &str)]| -> Vec<String> {
            topics(&outline(headings)).into_iter().map(|heading| heading.text.clone()).collect()
        };
        assert_eq!(texts(&[(2, "Agenda"), (2, "Notes"), (3, "A"), (4, "a"), (3, "B"), (2, "Actions")]), ["A", "B"]);
        assert_eq!(texts(&[(2, "Ordre du jour"), (2, "A"), (3, "a"), (2, "Décisions")]), ["A"]);
        assert_eq!(texts(&[]), [] as [&str; 0]);
    }
}
