//! Meeting notes come in whole: every meeting, every word, and no page that a person edited is lost.
#![expect(clippy::disallowed_methods, reason = "tests put exports on disk and look at what was written")]

#[path = "import_meetings/forms.rs"]
mod forms;

use plenary::import::{MeetingsImport, MeetingsReport, OnePageImport, import_meetings, import_transcript};
use plenary::meetings::{Format, Journal, Meeting, Minutes, Options, index_page, lost_words, page, read};
use std::path::Path;

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/meetings").join(name);
    std::fs::read_to_string(path).expect("the fixture")
}

/// All pages of an export, as text.
fn pages(text: &str, minutes: &Minutes) -> Vec<String> {
    let format = Format::recognise(text);
    let group = minutes.title.as_deref();
    let mut pages: Vec<String> = minutes.meetings.iter().map(|meeting| page(meeting, group, format)).collect();
    pages.extend(index_page(minutes, group, format));
    pages
}

/// Paragraphs and items of rendered Markdown that begin with what should have been a list's mark.
fn torn(page: &str) -> Vec<String> {
    let body = page.splitn(3, "---\n").nth(2).unwrap_or(page);
    let mut found = vec![];
    let mut events = pulldown_cmark::Parser::new(body);
    while let Some(event) = events.next() {
        if let pulldown_cmark::Event::Start(pulldown_cmark::Tag::Paragraph | pulldown_cmark::Tag::Item) = event
            && let Some(pulldown_cmark::Event::Text(text)) = events.next()
            && text.trim_start().starts_with(['•', '■', '☐', '□', '◦', '▪', '●', '○', '·'])
        {
            found.push(text.into_string());
        }
    }
    found
}

/// The part of the journal that is about a meeting's lines.
fn own(journal: &Journal, meeting: &Meeting) -> Journal {
    let here = |line: u32| (meeting.line..=meeting.end_line).contains(&line);
    let mut own = journal.clone();
    own.repairs.retain(|one| here(one.line));
    own.removed.retain(|one| here(one.line));
    own.consumed.retain(|(line, _)| here(*line));
    own
}

/// No word of the export is lost, as a whole and within each meeting, with and without private things.
#[track_caller]
fn check_whole(text: &str, year: Option<i16>) {
    let lines: Vec<&str> = text.lines().collect();
    let format = Format::recognise(text);
    for keep_private in [true, false] {
        let minutes = read(text, &Options { keep_private, year, ..Options::default() });
        let pages = pages(text, &minutes);
        assert_eq!(lost_words(text, pages.iter().map(String::as_str), &minutes.journal), []);
        assert_eq!(pages.iter().flat_map(|page| torn(page)).collect::<Vec<_>>(), Vec::<String>::new());
        for meeting in &minutes.meetings {
            let part = lines[meeting.line as usize - 1..meeting.end_line as usize].join("\n");
            let page = page(meeting, minutes.title.as_deref(), format);
            let lost = lost_words(&part, [page.as_str()], &own(&minutes.journal, meeting));
            assert_eq!(lost, [], "{} at line {}", meeting.date, meeting.line);
        }
    }
}

/// Exports outside the project, named by `PLENARY_EXPORTS=a.txt:b.txt`: the same demands on them.
#[test]
fn exports_named_by_the_environment_lose_nothing() {
    let Ok(paths) = std::env::var("PLENARY_EXPORTS") else { return };
    for path in paths.split(':') {
        check_whole(&std::fs::read_to_string(path).expect("the export"), None);
    }
}

#[test]
fn no_fixture_loses_a_word() {
    for (name, year) in [
        ("damaged.txt", None),
        ("no_years.txt", Some(2020)),
        ("w3c.txt", None),
        ("w3c_log.txt", None),
        ("hedgedoc.md", None),
        ("hackmd.md", None),
        ("google_docs.md", None),
        ("google_docs.txt", None),
    ] {
        check_whole(&fixture(name), year);
    }
}

/// A meeting as one line: date, title, state, host, note-taker, people.
fn shown(meeting: &Meeting) -> String {
    let name =
        |person: &Option<plenary::meetings::Person>| person.as_ref().map_or("-".to_owned(), |one| one.name.clone());
    let people: Vec<String> = meeting
        .attendees
        .iter()
        .map(|one| one.affiliation.as_ref().map_or(one.name.clone(), |of| format!("{} of {of}", one.name)))
        .collect();
    let off =
        if meeting.cancelled { format!(" off: {}", meeting.reason.as_deref().unwrap_or("-")) } else { String::new() };
    let (host, notetaker) = (name(&meeting.host), name(&meeting.notetaker));
    let absent =
        if meeting.regrets.is_empty() { String::new() } else { format!(" | not {}", meeting.regrets.join(", ")) };
    format!("{} {:?}{off} | {host} | {notetaker} | {}{absent}", meeting.date, meeting.title, people.join(", "))
}

#[track_caller]
fn check_meetings(name: &str, year: Option<i16>, expected: &[&str]) -> Minutes {
    let minutes = read(&fixture(name), &Options { year, ..Options::default() });
    let seen: Vec<String> = minutes.meetings.iter().map(shown).collect();
    assert_eq!(seen, expected);
    minutes
}

#[test]
fn a_damaged_export() {
    let minutes = check_meetings(
        "damaged.txt",
        None,
        &[
            "2024-05-15 \"\" | Grace Hopper | Ada Byron | Grace Hopper of Navy Works, Ada Byron of Acme, Tim de Boer of Acme, Bo Chan",
            "2024-05-01 \"\" off: - | - | - | ",
            "2024-04-17 \"Summit\" | - | - | Ada Byron of Acme, Grace Hopper of Navy Works, Tim de Boer of Acme",
        ],
    );
    let first = &minutes.meetings[0];
    assert_eq!(first.projects, ["Wheels", "Axles"]);
    assert_eq!(first.recordings, ["https://video.example/wheels"]);
    assert_eq!(first.references, ["gears/wheels#77", "gears/axles#8", "#9", "#12"]);
    assert_eq!(first.agenda, ["Intros and new faces", "Status updates", "Project presentations (max 2 per meeting!)"]);
    let page = page(first, Some("Gear Guild"), Format::Text);
    for line in [
        "  - Wheels asked for a review https://github.com/gears/wheels/pull/77#discussion_r302541\n",
        "tag#9, and a sentence that is broken by the width of the page\n",
        "### Wheels\n\n- What are they?\n  - round a → b\n  - in \\<90s, see \\<time in video>\n",
        "## Decisions\n\n- wheels stay round\n",
        "## Actions\n\n- [ ] Ada to write to Bo Chan\n- [ ] Grace to answer […]\n",
    ] {
        assert!(page.contains(line.trim_start()), "{line}\n{page}");
    }
    let index = index_page(&minutes, Some("Gear Guild"), Format::Text).expect("a page of the group");
    assert!(index.contains("Join at […]\n") && index.contains("Passcode: […]\n"), "{index}");
}

#[test]
fn years_are_inferred_and_the_template_is_no_meeting() {
    let minutes = check_meetings(
        "no_years.txt",
        Some(2020),
        &[
            "2020-01-08 \"\" | - | - | Ada Byron of Acme Works, Bo Chan of Acme Works, Cy Dee of Acme Works, Eve Fox of Acme Works, nick of Navy, Grace Hopper of Navy, Gil Hart of Fastly, Hal Ito of Fastly",
            "2019-12-18 \"\" | - | - | Ada Byron of Acme Works, Xi of Fastly",
            "2019-12-04 \"\" off: the summit | - | - | ",
        ],
    );
    let warnings: Vec<&str> = minutes.journal.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(warnings, ["`Tue 4 December - cancelled` is a Wednesday in 2019"]);
    assert_eq!(minutes.meetings[0].agenda, ["PSAs", "Topics"]);
    assert_eq!(minutes.epilogue.len(), 1);
}

#[test]
fn w3c_minutes() {
    let minutes = check_meetings(
        "w3c.txt",
        None,
        &["2024-03-14 \"\" | Grace | Bo Chan | Ada_Byron, Grace, Bo Chan of Acme | not Cy Dee"],
    );
    let meeting = &minutes.meetings[0];
    assert_eq!(meeting.decisions[0].text, "A gear has teeth");
    assert_eq!(meeting.actions[0].owner.as_deref(), Some("Ada"));
    let page = page(meeting, None, Format::W3c);
    assert!(page.contains("### Scope of the specification\n") && page.contains("#### Teeth\n"), "{page}");
}

#[test]
fn hedgedoc_minutes() {
    let minutes = check_meetings(
        "hedgedoc.md",
        None,
        &[
            "2024-03-20 \"Weekly call\" | Ada Byron | Bo Chan | Ada Byron of Acme, Bo Chan, Cy Dee",
            "2024-03-06 \"Weekly call\" off: public holiday | - | - | ",
        ],
    );
    let meeting = &minutes.meetings[0];
    assert_eq!(meeting.recordings, ["https://video.example/20"]);
    assert_eq!(meeting.agenda, ["Release", "Website"]);
    assert!(meeting.actions[0].done);
    let page = page(meeting, None, Format::Markdown);
    assert!(page.contains("## Agenda\n\n1. Release\n2. Website\n\n## Notes\n\n"), "{page}");
    assert!(page.contains("```sh\n- o not a list\n```\n") && page.contains("**out**, see [the post]"), "{page}");
}

#[test]
fn google_docs_markdown() {
    let minutes =
        check_meetings("google_docs.md", None, &["2024-05-15 \"\" | Ada Byron | - | Ada Byron, Bo Chan of Acme"]);
    let meeting = &minutes.meetings[0];
    assert_eq!(meeting.agenda, ["Intros", "[Ada] Release 1.2 PR #12"]);
    assert_eq!(meeting.references, ["gears/wheels#12"]);
    assert_eq!(meeting.actions[0].owner.as_deref(), Some("Bo"));
}

fn import(folder: &Path, text: &str) -> MeetingsReport {
    let file = folder.join("export.txt");
    std::fs::write(&file, text).expect("the export");
    import_meetings(&MeetingsImport { file, into: folder.join("pages"), ..MeetingsImport::default() })
        .expect("an import")
}

#[test]
fn a_longer_export_adds_meetings_and_leaves_edited_pages_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = folder.path().join("pages");
    let text = fixture("damaged.txt");
    let first = import(folder.path(), &text);
    assert_eq!((first.written.written, first.written.unchanged), (4, 0));
    assert_eq!(import(folder.path(), &text).written.unchanged, 4);

    let edited = pages.join("2024-05-15.md");
    let by_hand = std::fs::read_to_string(&edited).expect("a page") + "\nA line by hand.\n";
    std::fs::write(&edited, &by_hand).expect("an edit");
    let longer = text.replacen(
        "2024-05-15\n",
        "2024-05-29\n\nHost: Ada\n\nAgenda\n\n- More\n\n2024-05-15\n\nHost: Ada\n\n- Same day\n\n2024-05-15\n",
        1,
    );
    let second = import(folder.path(), &longer);
    assert_eq!((second.written.written, second.written.unchanged, second.written.left_alone), (2, 3, 1));
    assert!(pages.join("2024-05-29.md").exists() && pages.join("2024-05-15-2.md").exists());

    let third =
        import(folder.path(), &longer.replace("nothing new", "something").replace("Wheels asked for", "Wheels want"));
    assert_eq!(third.written.incoming, ["2024-05-15.incoming.md"]);
    assert_eq!(third.written.written, 1);
    assert_eq!(std::fs::read_to_string(&edited).expect("a page"), by_hand);
    let incoming = std::fs::read_to_string(pages.join("2024-05-15.incoming.md")).expect("the new text");
    assert!(incoming.starts_with("---\ndraft: true\n") && incoming.contains("Wheels want a review"), "{incoming}");
    assert!(third.diagnostics.iter().any(|found| found.code.as_str() == "import-conflict"));
}

#[test]
fn a_dry_run_prints_each_meeting_and_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("export.txt");
    std::fs::write(&file, fixture("damaged.txt")).expect("the export");
    let import = MeetingsImport { file, into: folder.path().join("pages"), dry_run: true, ..MeetingsImport::default() };
    let report = import_meetings(&import).expect("an import");
    assert!(!folder.path().join("pages").exists());
    let json = report.to_json_lines(true);
    let lines: Vec<serde_json::Value> = json.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 4);
    let keys: Vec<&String> = lines[0].as_object().expect("an object").keys().collect();
    assert_eq!(
        keys,
        [
            "date",
            "title",
            "cancelled",
            "reason",
            "host",
            "notetaker",
            "attendees",
            "recordings",
            "projects",
            "agenda",
            "references",
            "line",
            "end_line"
        ]
    );
    assert_eq!(lines[1]["cancelled"], true);
    assert_eq!(lines[3]["summary"]["left_out"]["e-mail address"], 2);
}

#[test]
fn aliases_join_spellings() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("pages")).expect("a folder");
    std::fs::write(folder.path().join("pages/aliases.yaml"), "Augusta King: [Ada Byron, Ada]\n").expect("the aliases");
    let report = import(folder.path(), &fixture("damaged.txt"));
    let first = &report.minutes.meetings[0];
    assert_eq!(first.attendees[1].name, "Augusta King");
    assert_eq!(first.notetaker.as_ref().map(|one| one.name.as_str()), Some("Augusta King"));
}

#[test]
fn a_transcript_with_corrections() {
    let folder = tempfile::tempdir().expect("a folder");
    let into = folder.path().join("talks");
    std::fs::create_dir(&into).expect("a folder");
    std::fs::write(into.join("corrections.yaml"), "gear box: Gearbox\n").expect("the corrections");
    let vtt = "WEBVTT\n\n00:00:02.000 --> 00:00:04.000\n<v Ada>A gear box\n\n00:12:30.000 --> 00:12:33.000\n<v Ada>and a Gear Box again\n";
    let srt =
        "1\n00:00:02,000 --> 00:00:04,000\nA gear box\n\n2\n00:12:30,000 --> 00:12:33,000\nand a Gear Box again\n";
    for (name, text) in [("talk-one.vtt", vtt), ("talk-two.srt", srt)] {
        let file = folder.path().join(name);
        std::fs::write(&file, text).expect("the transcript");
        let import = OnePageImport { file, into: into.clone(), ..OnePageImport::default() };
        let report = import_transcript(&import).expect("an import");
        assert_eq!(report.figures, [("cues", 2), ("joined", 0), ("corrections", 2)]);
        let page = std::fs::read_to_string(into.join(&report.name)).expect("the page");
        assert!(page.contains("<span id=\"t=00:12:30\"></span>and a Gearbox again"), "{page}");
    }
}
