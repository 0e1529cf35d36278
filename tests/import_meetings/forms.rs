//! The forms that exports have, and the damage that they come with: one table each.

use super::{check_meetings, fixture, shown};
use plenary::meetings::{Format, Options, RepairKind, page, read};

#[test]
fn the_log_of_a_chat_by_the_conventions_of_w3c() {
    let minutes = check_meetings(
        "w3c_log.txt",
        None,
        &["2024-03-28 \"\" | Grace Hopper | Bo Chan | ada, Bo Chan, Grace Hopper | not Cy Dee"],
    );
    assert_eq!(minutes.title.as_deref(), Some("Gears Working Group"));
    let meeting = &minutes.meetings[0];
    assert_eq!(meeting.decisions[0].text, "A gear has twelve teeth");
    assert_eq!(meeting.actions[0].text, "Bo to count them again");
    assert_eq!(meeting.references, ["gears/wheels#12"]);
    let page = page(meeting, None, Format::W3c);
    assert!(page.contains("### Teeth of a gear\n\nGrace: how many are there?\\\nada: twelve"), "{page}");
    assert!(page.contains("#### Oil\n\nbo: more of it\n") && !page.contains("15:0"), "{page}");
}

#[test]
fn google_docs_plain_text() {
    let minutes = check_meetings(
        "google_docs.txt",
        None,
        &[
            "2024-05-15 \"Gear Guild\" | Ada Byron | Cy Dee | Ada Byron, Bo Chan of Acme, Cy Dee of Navy Works",
            "2024-05-01 \"Gear Guild\" | - | - | Bo Chan",
        ],
    );
    let meeting = &minutes.meetings[0];
    let page = page(meeting, minutes.title.as_deref(), Format::Text);
    assert!(page.contains("title: \"Gear Guild, 2024-05-15\"\n"), "{page}");
    assert!(page.contains("- Release 1.2\n  - Ship it\n    - really, see "), "{page}");
    assert!(page.contains("- [ ] Bo to write the notes of the release\n- [x] Cy to tag it\n"), "{page}");
}

#[test]
fn hackmd_minutes() {
    let minutes = check_meetings(
        "hackmd.md",
        None,
        &[
            "2025-03-05 \"\" | - | - | Ada Byron of Acme, @bo, Cy Dee of Navy Works",
            "2025-02-19 \"\" off: - | - | - | ",
        ],
    );
    let meeting = &minutes.meetings[0];
    assert_eq!(meeting.agenda, ["[Cy] Oil (5 min)", "Bearings"]);
    assert_eq!(meeting.actions.iter().map(|action| action.done).collect::<Vec<_>>(), [false, true]);
    let page = page(meeting, None, Format::Markdown);
    assert!(page.contains("## Notes\n\n#### Oil\n") || page.contains("## Notes\n\n### Oil\n"), "{page}");
    assert!(!page.contains(":::") && !page.contains("tags:"), "{page}");
}

/// The fields of a meeting, in each form that notes have them in.
#[test]
fn fields_in_all_variants() {
    const LIST: &str = "Attendees:\n\n- Ada Byron (Acme)\n- Bo Chan (Navy)\n\n";
    let both = "Ada Byron | Bo Chan";
    for (fields, expected) in [
        ("Host: Ada Byron\nNotetaker: Bo Chan\n", both),
        ("Host Ada Byron\n\nNote taker Bo Chan\n", both),
        ("Host:\n\nAda Byron\n\nNotetaker:\n\nBo Chan\n", both),
        ("Host:\n\n- Ada Byron\n\nNotetaker:\n\n• Bo Chan\n", both),
        ("- Host: Ada Byron\n- Scribe: Bo Chan\n", both),
        ("**Host:** Ada Byron\n**Notes by**: Bo Chan\n", both),
        ("Host: Ada Byron Notes: Bo Chan\n", both),
        ("Host: Ada (Co-Chair) Notetaker: Bo (TL)\n", both),
        ("Host: Ada\nNotes: Bo\n", both),
        ("Host: TBD\nNotetaker: TBD\n", "- | -"),
        ("Host:\n\nNotetaker:\n", "- | -"),
    ] {
        let text = format!("2024-05-15\n\n{fields}\n{LIST}Agenda:\n\n- Oil\n\nNotes:\n\n- thin\n");
        let minutes = read(&text, &Options::default());
        let people = "Ada Byron of Acme, Bo Chan of Navy";
        assert_eq!(shown(&minutes.meetings[0]), format!("2024-05-15 \"\" | {expected} | {people}"), "{fields}");
        let page = page(&minutes.meetings[0], None, Format::Text);
        assert!(page.contains("## Agenda\n\n- Oil\n\n## Notes\n\n- thin\n"), "{fields}\n{page}");
    }
}

/// Lists of attendees, in each form that notes have them in.
#[test]
fn attendees_in_all_variants() {
    for (list, expected) in [
        ("- Ada Byron (Acme)\n- Bo Chan (Navy)\n", "Ada Byron of Acme, Bo Chan of Navy"),
        ("- Ada Byron - Acme\n- Bo Chan – Navy\n", "Ada Byron of Acme, Bo Chan of Navy"),
        ("- Ada Byron, Bo Chan Acme\n- Cy Dee Acme\n", "Ada Byron of Acme, Bo Chan of Acme, Cy Dee of Acme"),
        (
            "- Acme Ada Byron, Bo Chan\n- Navy Cy Dee, Eve Fox\n- Gil Hart (Acme)\n- Hal Ito (Navy)\n",
            "Ada Byron of Acme, Bo Chan of Acme, Cy Dee of Navy, Eve Fox of Navy, Gil Hart of Acme, Hal Ito of Navy",
        ),
        ("- Ada Byron, Bo Chan -\nAcme\n", "Ada Byron of Acme, Bo Chan of Acme"),
        ("- Ada Byron (Acme)\n\n\n\n- Bo Chan (Navy)\n", "Ada Byron of Acme, Bo Chan of Navy"),
        ("- Ada Byron (Acme)\n- •\n0\n- TBD\n", "Ada Byron of Acme"),
    ] {
        let minutes = read(&format!("2024-05-15\n\nAttendees\n\n{list}\nAgenda\n\n- Oil\n"), &Options::default());
        assert_eq!(shown(&minutes.meetings[0]), format!("2024-05-15 \"\" | - | - | {expected}"), "{list}");
    }
}

#[test]
fn a_first_name_that_two_have_stays_and_is_told() {
    let text = "2024-05-15\n\nHost: Ada\n\nAttendees:\n\n- Ada Byron\n- Ada Chan\n\nAgenda\n\n- Oil\n";
    let minutes = read(text, &Options::default());
    assert_eq!(shown(&minutes.meetings[0]), "2024-05-15 \"\" | Ada | - | Ada Byron, Ada Chan");
    let told = &minutes.journal.warnings[0];
    assert_eq!((told.line, told.message.as_str()), (3, "`Ada` could be more than one person or none on the lists"));
}

/// Each damage with its repair, told at its line, and the page without it.
#[test]
fn damage_is_mended_and_told_at_its_line() {
    use RepairKind::{Bullet, Chip, EmptyBullet, Latex, Link, List, Misreading, Mojibake, Nesting, Underline, Wrap};
    let long = "a sentence that goes on until the page ends and";
    for (notes, at, kind, expected) in [
        ("- one\n- o two\n", 6, Bullet, "- one\n- two\n"),
        ("- one\n• two\n", 6, Bullet, "- one\n- two\n"),
        ("- one\n - ■ two\n", 6, Bullet, "### one\n\n- two\n"),
        ("- one\n☐ two\n", 6, Bullet, "- one\n- two\n"),
        ("- one\nС\n- two\n", 6, EmptyBullet, "- one\n- two\n"),
        ("- one\n_\n- two\n", 6, EmptyBullet, "- one\n- two\n"),
        ("- one\n0\n- two\n", 6, EmptyBullet, "- one\n- two\n"),
        ("- one\n•\n- two\n", 6, EmptyBullet, "- one\n- two\n"),
        ("- one\n\n- two\n", 7, List, "- one\n- two\n"),
        ("- one\n - two\n\n\n\n- o three\n", 10, Nesting, "### one\n\n- two\n- three\n"),
        (&format!("- {long}\n begins again\n"), 6, Wrap, &format!("- {long} begins again\n")),
        ("- <u>https://a.example/b</u> <u>c-1</u>\n", 5, Link, "- https://a.example/bc-1\n"),
        ("- https://a.example/issues/16\n\n 40\n", 7, Link, "- https://a.example/issues/1640\n"),
        ("- <u>one</u>\n", 5, Underline, "- one\n"),
        ("- $\\underline{one}$\n", 5, Latex, "- one\n"),
        ("- one $\\rightarrow$ two\n", 5, Latex, "- one → two\n"),
        ("- https://qithub.com/a/b\n", 5, Misreading, "- https://github.com/a/b\n"),
        ("- taq#466\n", 5, Misreading, "- tag#466\n"),
        ("- Al: oil\n", 5, Misreading, "- AI: oil\n"),
        ("- E Gear Notes\n", 5, Chip, "- Gear Notes\n"),
        ("- see: □ Gear Notes\n", 5, Chip, "- see: Gear Notes\n"),
        ("- caf\u{c3}\u{a9}\n", 5, Mojibake, "- café\n"),
    ] {
        let minutes = read(&format!("2024-05-15\n\nNotes:\n\n{notes}"), &Options::default());
        let told: Vec<_> = minutes.journal.repairs.iter().map(|repair| (repair.line, repair.kind)).collect();
        assert!(told.contains(&(at, kind)), "{notes}{told:?}");
        let page = page(&minutes.meetings[0], None, Format::Text);
        assert_eq!(
            page.split_once("## Notes\n\n").map(|(_, body)| body.split("\n## ").next()),
            Some(Some(expected)),
            "{notes}"
        );
    }
}

#[test]
fn what_cannot_be_decided_stays_and_is_told() {
    let text = "2024-05-15\n\nNotes:\n\nRead • Write • Think • Talk in the picture\n\n- one\n - two\n\n\n\n- three\n";
    let minutes = read(text, &Options::default());
    let told: Vec<_> = minutes.journal.warnings.iter().map(|warning| warning.line).collect();
    assert!(told.contains(&5), "{:?}", minutes.journal.warnings);
    assert!(page(&minutes.meetings[0], None, Format::Text).contains("Read • Write • Think • Talk in the picture"));
}

#[test]
fn two_readings_of_an_address_are_told() {
    let text =
        "2024-05-15\n\nNotes:\n\n- see https://a.example/xIl0\n- https://a.example/xilO again\n- https://a.example/y\n";
    let minutes = read(text, &Options::default());
    let told: Vec<_> = minutes.journal.warnings.iter().map(|one| (one.line, one.message.as_str())).collect();
    let expected = "`https://a.example/xilO` or `https://a.example/xIl0` is misread: they differ in look-alike letters";
    assert_eq!(told, [(6, expected)]);
}

#[test]
fn lists_of_any_depth_keep_it() {
    let text = "2024-05-15\n\nNotes:\n\n- one\n - two\n  - three\n   - four\n  - five\n- six\n- seven\n";
    let minutes = read(text, &Options::default());
    let page = page(&minutes.meetings[0], None, Format::Text);
    assert!(page.contains("- two\n  - three\n    - four\n  - five\n"), "{page}");
}

/// The account of words finds what is planted: each word of each page, taken out once.
#[test]
fn a_dropped_word_is_found() {
    for name in
        ["damaged.txt", "w3c.txt", "w3c_log.txt", "hedgedoc.md", "hackmd.md", "google_docs.md", "google_docs.txt"]
    {
        let text = fixture(name);
        let minutes = read(&text, &Options::default());
        let pages = super::pages(&text, &minutes);
        let lost =
            |pages: &[String]| plenary::meetings::lost_words(&text, pages.iter().map(String::as_str), &minutes.journal);
        assert_eq!(lost(&pages), []);
        let mut planted = 0;
        let repaired = minutes.journal.repairs.iter().map(|repair| repair.before.to_lowercase());
        let consumed = minutes.journal.consumed.iter().map(|(_, text)| text.to_lowercase());
        let structure: Vec<String> = consumed.chain(repaired).collect();
        let of_text = |word: &String| !structure.iter().any(|text| text.contains(&word.to_lowercase()));
        for word in once(&text, &pages).into_iter().filter(of_text) {
            let without: Vec<String> = pages.iter().map(|page| page.replace(&word, "")).collect();
            assert!(
                lost(&without).iter().any(|(lost, _)| word.to_lowercase().contains(lost.as_str())),
                "{name}: {word}"
            );
            planted += 1;
        }
        assert!(planted >= 5, "{name}: {planted} words");
    }
}

/// Words that stand once in the export and once on all pages.
fn once(text: &str, pages: &[String]) -> Vec<String> {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).map(str::to_owned).collect()
    };
    let all = pages.concat();
    let count = |text: &str, word: &str| text.to_lowercase().matches(&word.to_lowercase()).count();
    words(text).into_iter().filter(|word| count(text, word) == 1 && count(&all, word) == 1).collect()
}
