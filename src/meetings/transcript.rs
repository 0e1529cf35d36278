//! A transcript as a page: paragraphs, an anchor for each cue, links into the recording.

use super::cues::{Cue, Transcript, cues};
use super::date;
use super::directory::Directory;
use super::markdown::{Style, text as escaped};
use super::model::Journal;
use super::page::quoted;
use super::private;
use std::collections::BTreeMap;

/// What the page says besides the cues.
#[derive(Debug, Clone, Default)]
pub struct TranscriptOptions {
    /// The title, if the transcript has none.
    pub title: String,
    /// The recording's address.
    pub recording: Option<String>,
    /// What the machine misheard → what was said.
    pub corrections: BTreeMap<String, String>,
    /// Keep e-mail addresses.
    pub keep_private: bool,
}

/// A transcript's page.
#[derive(Debug, Clone, Default)]
pub struct TranscriptPage {
    /// The page.
    pub text: String,
    /// The title that it got.
    pub title: String,
    /// Cues on it.
    pub cues: usize,
    /// Cues joined with the one before.
    pub joined: usize,
    /// How often each correction was made.
    pub corrected: BTreeMap<String, usize>,
    /// What was left out.
    pub journal: Journal,
}

/// Characters from which on a paragraph ends with the next sentence.
const PARAGRAPH: usize = 600;
/// Seconds of silence that begin a paragraph.
const SILENCE: u32 = 20;

/// Makes the page.
pub fn transcript_page(text: &str, options: &TranscriptOptions) -> TranscriptPage {
    let Transcript { head, mut cues, joined } = cues(text);
    let mut corrected = BTreeMap::new();
    for cue in &mut cues {
        for (wrong, right) in &options.corrections {
            let (text, count) = replace(&cue.text, wrong, right);
            cue.text = text;
            if count > 0 {
                *corrected.entry(wrong.clone()).or_default() += count;
            }
        }
    }
    let mut journal = Journal::default();
    let directory = Directory::default();
    let head: Vec<String> =
        head.iter()
            .zip(1..)
            .map(|(line, number)| {
                if options.keep_private { line.clone() } else { private::clean(line, number, &directory, &mut journal) }
            })
            .filter(|line| !line.eq_ignore_ascii_case("webvtt"))
            .collect();
    let title =
        head.first().map_or(options.title.clone(), |line| line.split(" - ").next().unwrap_or(line).trim().to_owned());
    let mut out = front_matter(&title, &head, options);
    out.push_str("> [!NOTE]\n> This transcript was made by machine and not checked word by word.\n");
    for line in &head {
        out.push_str(&format!("\n{}\n", escaped(line, STYLE)));
    }
    for paragraph in paragraphs(&cues) {
        out.push_str(&format!("\n{}\n", self::paragraph(paragraph, options.recording.as_deref())));
    }
    TranscriptPage { text: out, title, cues: cues.len(), joined, corrected, journal }
}

const STYLE: Style = Style { topic_level: 2, is_markdown: false };

fn front_matter(title: &str, head: &[String], options: &TranscriptOptions) -> String {
    let mut out = format!("---\ntype: transcript\ntitle: {}\n", quoted(title));
    let day = head.iter().flat_map(|line| line.split(" - ")).find_map(|piece| date::find(piece, 8));
    if let Some(date) = day.and_then(|day| day.in_year(day.year?)) {
        out.push_str(&format!("date: {date}\n"));
    }
    if let Some(recording) = &options.recording {
        out.push_str(&format!("recordings:\n  - {}\n", quoted(recording)));
    }
    out + "machine_made: true\n---\n\n"
}

/// Cues in groups: a new one after a silence, for another speaker, or when one is long enough.
fn paragraphs(cues: &[Cue]) -> Vec<&[Cue]> {
    let mut out = vec![];
    let (mut from, mut length) = (0, 0);
    for at in 1..cues.len() {
        length += cues[at - 1].text.len();
        let ended = cues[at - 1].text.ends_with(['.', '?', '!']);
        let silence = cues[at].start.saturating_sub(cues[at - 1].start) > SILENCE;
        if cues[at].speaker != cues[from].speaker
            || (ended && (silence || length > PARAGRAPH))
            || length > 3 * PARAGRAPH
        {
            out.push(&cues[from..at]);
            (from, length) = (at, 0);
        }
    }
    if from < cues.len() {
        out.push(&cues[from..]);
    }
    out
}

fn paragraph(cues: &[Cue], recording: Option<&str>) -> String {
    let mut out = String::new();
    for (at, cue) in cues.iter().enumerate() {
        let time = clock(cue.start);
        out.push_str(if at == 0 { "" } else { " " });
        out.push_str(&format!("<span id=\"t={time}\"></span>"));
        if at == 0 {
            let target = recording.map_or(format!("#t={time}"), |address| at_time(address, cue.start));
            out.push_str(&format!("[{time}]({target}) "));
            if let Some(speaker) = &cue.speaker {
                out.push_str(&format!("**{speaker}:** "));
            }
        }
        out.push_str(&escaped(&cue.text, STYLE));
    }
    out
}

fn clock(seconds: u32) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// The recording's address at a moment: `t=750` on sites that know it, a media fragment elsewhere.
fn at_time(address: &str, seconds: u32) -> String {
    if address.contains("youtu") || address.contains("vimeo") {
        let sign = if address.contains('?') { '&' } else { '?' };
        return format!("{address}{sign}t={seconds}");
    }
    format!("{address}#t={seconds}")
}

/// Replaces a word or phrase wherever it stands alone, whatever its case.
fn replace(text: &str, wrong: &str, right: &str) -> (String, usize) {
    let (lower, wanted) = (text.to_lowercase(), wrong.to_lowercase());
    // Lower case that changes lengths, as of İ, cannot be mapped back.
    if wanted.is_empty() || lower.len() != text.len() {
        return (text.to_owned(), 0);
    }
    let (mut out, mut from, mut count) = (String::new(), 0, 0);
    for (at, _) in lower.match_indices(&wanted) {
        let end = at + wanted.len();
        let alone = !lower[..at].ends_with(char::is_alphanumeric) && !lower[end..].starts_with(char::is_alphanumeric);
        if alone && at >= from {
            out.push_str(&text[from..at]);
            out.push_str(right);
            from = end;
            count += 1;
        }
    }
    out.push_str(&text[from..]);
    (out, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page() {
        let options = TranscriptOptions {
            recording: Some("https://youtu.be/x".into()),
            corrections: BTreeMap::from([("gear box".into(), "Gearbox".into())]),
            ..TranscriptOptions::default()
        };
        let page = transcript_page(
            "Gears - bo@example.org - Wednesday, August 19, 2020 8:21 AM\n\n00:00:02 [W] A gear box.\n00:12:30 [W] More <b>.\n",
            &options,
        );
        assert_eq!((page.title.as_str(), page.cues, page.corrected["gear box"]), ("Gears", 2, 1));
        assert!(page.text.contains("date: 2020-08-19\n"), "{}", page.text);
        assert!(
            page.text.contains("<span id=\"t=00:00:02\"></span>[00:00:02](https://youtu.be/x?t=2) A Gearbox.\n"),
            "{}",
            page.text
        );
        assert!(
            page.text.contains("<span id=\"t=00:12:30\"></span>[00:12:30](https://youtu.be/x?t=750) More"),
            "{}",
            page.text
        );
        assert!(!page.text.contains("example.org"), "{}", page.text);
    }
}
