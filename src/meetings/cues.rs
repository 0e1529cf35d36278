//! Cues of a transcript: `WebVTT`, `SubRip`, and lines that begin with a time.
//!
//! In: text. Out: what was said when, repetitions of rolling captions joined. Nothing is laid out.

/// What was said from a moment on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// Seconds from the start.
    pub start: u32,
    /// Who said it, if the transcript knows.
    pub speaker: Option<String>,
    /// The words.
    pub text: String,
    /// The line of its text in the file, 1-based.
    pub line: u32,
}

/// A transcript taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transcript {
    /// Lines before the first cue.
    pub head: Vec<String>,
    /// The cues, in order.
    pub cues: Vec<Cue>,
    /// Cues that only said again what the one before said.
    pub joined: usize,
}

/// Reads a transcript.
pub fn cues(text: &str) -> Transcript {
    let text = text.trim_start_matches('\u{feff}').replace('\r', "");
    let mut transcript = Transcript::default();
    let arrows = text.contains("-->");
    let mut open: Option<(u32, u32)> = None;
    let mut skipped = false;
    for (line, number) in text.lines().zip(1..) {
        let line = line.trim();
        if arrows {
            skipped = (skipped
                || ["NOTE", "STYLE", "REGION"]
                    .iter()
                    .any(|word| line == *word || line.starts_with(&format!("{word} "))))
                && !line.is_empty();
            if let Some(start) = line.split_once("-->").and_then(|(start, _)| seconds(start.trim())) {
                open = Some((start, number));
            } else if line.is_empty() {
                open = None;
            } else if let (Some((start, _)), false) = (open, skipped) {
                add(&mut transcript, start, line, number);
            }
        } else if let Some((start, rest)) = timed(line) {
            add(&mut transcript, start, rest, number);
        } else if !line.is_empty() {
            match transcript.cues.last_mut() {
                Some(last) => last.text = format!("{} {line}", last.text),
                None => transcript.head.push(line.to_owned()),
            }
        }
    }
    transcript
}

/// Adds words to the cues, without what the cue before said already.
fn add(transcript: &mut Transcript, start: u32, text: &str, line: u32) {
    let (speaker, text) = speaker(text);
    let text = untagged(text);
    let fresh = transcript.cues.last().map_or(text.clone(), |last| fresh(&last.text, &text));
    if fresh.is_empty() {
        transcript.joined += usize::from(!text.is_empty());
        return;
    }
    transcript.joined += usize::from(fresh.len() != text.len());
    match transcript.cues.last_mut() {
        Some(last) if last.start == start && last.speaker == speaker => last.text = format!("{} {fresh}", last.text),
        _ => transcript.cues.push(Cue { start, speaker, text: fresh, line }),
    }
}

/// What a cue says beyond the one before: captions that roll repeat whole lines, speech recognition
/// the last words of a sentence.
fn fresh(before: &str, text: &str) -> String {
    if before == text || before.ends_with(&format!(" {text}")) {
        return String::new();
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (before.split(' ').collect(), text.split(' ').collect());
    let most = old.len().min(new.len());
    let overlap = (1..=most).rev().find(|length| {
        let same = old[old.len() - length..] == new[..*length];
        // One word may be said twice; the end of a sentence is not.
        same && (*length >= 3 || (*length == 1 && new.len() > 1 && new[0].ends_with('.') && new[0].len() > 4))
    });
    new[overlap.unwrap_or(0)..].join(" ")
}

/// `[W] text`, `<v Ada>text`, `Ada Byron: text`.
fn speaker(text: &str) -> (Option<String>, &str) {
    if let Some((name, rest)) = text.strip_prefix("<v ").and_then(|rest| rest.split_once('>')) {
        return (Some(name.trim().to_owned()), rest);
    }
    if let Some((name, rest)) = text.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
        // One letter is the machine's mark for itself.
        return ((name.len() > 1).then(|| name.to_owned()), rest);
    }
    match text.split_once(": ") {
        Some((name, rest)) if is_name(name) => (Some(name.to_owned()), rest),
        _ => (None, text),
    }
}

fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    (2..=3).contains(&words.len())
        && words
            .iter()
            .all(|word| word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || c == '-'))
}

/// Without `<c>`, `<b>` and the times within a cue.
fn untagged(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        match tag.split_once('>') {
            Some((name, after)) if name.len() <= 24 => rest = after,
            _ => {
                out.push('<');
                rest = tag;
            }
        }
    }
    out.push_str(rest);
    super::repair::spaced(&out)
}

/// A line that begins with a time: `00:12:30 text`, `[12:30] text`.
fn timed(line: &str) -> Option<(u32, &str)> {
    let (word, rest) = line.split_once(' ')?;
    Some((seconds(word.trim_matches(['[', ']', '(', ')']))?, rest.trim()))
}

/// `01:02:03.456`, `02:03,456`, `02:03` as seconds.
fn seconds(text: &str) -> Option<u32> {
    let whole = text.split(['.', ',']).next()?;
    let parts: Vec<u32> = whole.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match parts.as_slice() {
        [hours, minutes, seconds] if *minutes < 60 && *seconds < 60 => Some(hours * 3600 + minutes * 60 + seconds),
        [minutes, seconds] if *seconds < 60 => Some(minutes * 60 + seconds),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(u32, &str)], joined: usize) {
        let transcript = cues(text);
        let seen: Vec<(u32, &str)> = transcript.cues.iter().map(|cue| (cue.start, cue.text.as_str())).collect();
        assert_eq!(seen, expected, "{text}");
        assert_eq!(transcript.joined, joined, "{text}");
    }

    #[test]
    fn three_forms() {
        check("A talk\n\n00:00:02 [W] Hello.\n00:12:30 [W] We go on.\n", &[(2, "Hello."), (750, "We go on.")], 0);
        check(
            "WEBVTT\n\nNOTE by machine\nnot said\n\n1\n00:00:02.000 --> 00:00:04.000\n<v Ada>Hello <b>there</b>\n\n00:05.000 --> 00:07.000\nWe go on\n",
            &[(2, "Hello there"), (5, "We go on")],
            0,
        );
        check(
            "1\n00:00:02,000 --> 00:00:04,000\nHello\nthere\n\n2\n00:00:05,000 --> 00:00:06,000\nBye\n",
            &[(2, "Hello there"), (5, "Bye")],
            0,
        );
    }

    #[test]
    fn repetitions_are_joined() {
        check("00:01 so this is\n00:02 so this is\n00:03 so this is the end", &[(1, "so this is"), (3, "the end")], 2);
        check("00:01 familiar patterns.\n00:02 patterns. So then", &[(1, "familiar patterns."), (2, "So then")], 1);
        check("00:01 it is very\n00:02 very good", &[(1, "it is very"), (2, "very good")], 0);
    }
}
