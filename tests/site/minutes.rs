//! Meetings: their pages, the registers that gather them, the calendar.

use super::support::{Site, build};
use icalendar::{Calendar, Component};
use std::process::Command;

/// Three meetings of one group over two years, in the real theme.
const MEETINGS: &str = r#"-- site.yaml --
theme: tag
repository: https://github.com/cncf/tag
-- content/en/_index.md --
---
title: Home
---
-- content/fr/_index.md --
---
title: Accueil
---
-- content/en/meetings/_index.md --
---
title: Meetings
cascade: {type: meeting}
---
-- content/en/meetings/2024/_index.md --
---
title: Meetings in 2024
linkTitle: "2024"
---
-- content/en/meetings/2024/2024-12-18.md --
---
title: Last of the year
date: 2024-12-18
host: Hilda Host
notetaker: Nora Notes
attendees: [{name: Ada Lovelace, affiliation: Engines}, Bo Diddley]
projects: [Dapr]
recordings: ["https://youtu.be/abc"]
---
## Agenda

- Presentation: Dapr (#474)
- Elections
- Any other business

## Notes

### Dapr

Proposed in cncf/toc#1254 and [#5](https://example.net/), in `#6` too.

### Elections

Soon.

## Decisions

- Elections are in [January](../2025/2025-01-08.md).

## Actions

- [ ] Write the call
- [x] Thank the speakers
-- content/en/meetings/2025/_index.md --
---
title: Meetings in 2025
linkTitle: "2025"
---
-- content/en/meetings/2025/2025-01-08.md --
---
title: First of the year
date: 2025-01-08
projects: [Score, dapr]
---
## Agenda

- Score

## Notes

### Score

A talk.

## Decisions

None.
-- content/en/meetings/2025/2025-01-22.md --
---
title: Nothing to talk about
date: 2025-01-22
cancelled: true
reason: Holidays
---
"#;

const LAST: &str = "meetings/2024/2024-12-18/index.html";

#[track_caller]
fn contains(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn the_agenda_leads_to_the_topics() {
    let html = build(MEETINGS).clean().html(LAST);
    contains(
        &html,
        &[
            "<li>Presentation: <a class=\"to-topic\" href=\"#dapr\">Dapr</a> (<a href=\"https://github.com/cncf/tag/issues/474\"",
            "<li><a class=\"to-topic\" href=\"#elections\">Elections</a></li>",
            "<li>Any other business</li>",
        ],
    );
}

#[test]
fn issues_are_links_but_in_code_and_in_links() {
    let html = build(MEETINGS).clean().html(LAST);
    contains(
        &html,
        &[
            "in <a href=\"https://github.com/cncf/toc/issues/1254\" rel=\"external\">cncf/toc#1254</a> and <a href=\"https://example.net/\">#5</a>, in <code>#6</code> too",
        ],
    );
}

#[test]
fn decisions_and_actions_are_marked_with_their_state() {
    let html = build(MEETINGS).clean().html(LAST);
    contains(
        &html,
        &[
            "<section class=\"minutes-part minutes-decisions\">\n<h2 id=\"decisions\">",
            "</ul>\n</section>\n<section class=\"minutes-part minutes-actions\">\n<h2 id=\"actions\">",
            "<li class=\"is-open\"><input type=\"checkbox\" disabled aria-label=\"To do\"> Write the call</li>",
            "<li class=\"is-done\">",
        ],
    );
    assert_eq!(html.matches("<section").count(), html.matches("</section>").count());
}

#[test]
fn the_neighbours_of_a_meeting_are_those_of_its_group() {
    let built = build(MEETINGS).clean();
    for (path, before, after) in [
        (LAST, None, Some("/meetings/2025/2025-01-08/")),
        ("meetings/2025/2025-01-08/index.html", Some("/meetings/2024/2024-12-18/"), Some("/meetings/2025/2025-01-22/")),
        ("fr/meetings/2025/2025-01-22/index.html", Some("/fr/meetings/2025/2025-01-08/"), None),
    ] {
        let html = built.html(path);
        for (class, wanted) in [("prev", before), ("next", after)] {
            let found =
                html.split_once(&format!("<a class=\"{class}\" href=\"")).and_then(|(_, rest)| rest.split('"').next());
            assert_eq!(found, wanted, "{path} {class}");
        }
    }
}

#[test]
fn attendees_fold_after_a_dozen() {
    let page = |people: usize| {
        let names: Vec<String> = (1..=people).map(|number| format!("Person {number}")).collect();
        let path = "content/en/meetings/2025/2025-02-05.md";
        let site = Site::new(MEETINGS);
        site.edit(path, format!("---\ntitle: Many\ndate: 2025-02-05\nattendees: [{}]\n---\n", names.join(", ")));
        site.build().html("meetings/2025/2025-02-05/index.html")
    };
    assert!(!page(12).contains("more-people"));
    contains(
        &page(14),
        &[
            "<li>Person 12</li>\n</ul>\n<details class=\"more-people\"><summary>2 more</summary>\n<ul>\n<li>Person 13</li>",
        ],
    );
}

#[test]
fn registers_stand_below_the_section_in_every_language() {
    let built = build(MEETINGS).clean();
    for (path, title) in [
        ("meetings/projects", "Projects"),
        ("meetings/decisions", "Decisions and actions"),
        ("meetings/recordings", "Recordings"),
        ("fr/meetings/decisions", "Décisions et actions"),
    ] {
        contains(&built.html(&format!("{path}/index.html")), &[&format!("<h1>{title}</h1>")]);
        let index = if path.starts_with("fr/") { "fr/meetings/index.html" } else { "meetings/index.html" };
        contains(&built.html(index), &[&format!("href=\"/{path}/\"")]);
    }
    let sitemap = built.text("sitemap.xml");
    contains(&sitemap, &["<loc>https://example.org/meetings/projects/</loc>"]);
    assert!(!sitemap.contains("/fr/meetings/"), "nothing of them is written in French");
}

#[test]
fn each_project_lists_its_meetings_the_newest_first() {
    let html = build(MEETINGS).clean().html("meetings/projects/index.html");
    let parts: Vec<&str> = html.split("<section").skip(1).collect();
    assert_eq!(parts.len(), 2, "one project whatever the case of its name: {html}");
    contains(parts[0], &["id=\"dapr\">dapr <span class=\"count\">2 meetings</span>"]);
    assert!(parts[0].find("First of the year") < parts[0].find("Last of the year"));
    contains(parts[1], &["Score", "href=\"/meetings/2025/2025-01-08/\""]);
}

#[test]
fn the_register_of_decisions_quotes_them_with_links_for_the_reader() {
    let built = build(MEETINGS).clean();
    let html = built.html("meetings/decisions/index.html");
    contains(
        &html,
        &[
            "<a href=\"/meetings/2024/2024-12-18/#decisions\"><time datetime=\"2024-12-18\">",
            "<li>Elections are in <a href=\"/meetings/2025/2025-01-08/\">January</a>.</li>",
            "<li class=\"is-open\"><span class=\"state\" lang=\"en\">To do</span> Write the call</li>",
            "<li class=\"is-done\"><span class=\"state\" lang=\"en\">Done</span> Thank the speakers</li>",
        ],
    );
    contains(
        &built.html("fr/meetings/decisions/index.html"),
        &["<a href=\"/fr/meetings/2025/2025-01-08/\">January</a>"],
    );
}

#[test]
fn the_index_tells_what_was_talked_about() {
    let html = build(MEETINGS).clean().html("meetings/index.html");
    contains(&html, &["<b>Dapr</b>, Elections", "<b>Score</b>"]);
    assert!(!html.contains("undated") && !html.contains("Undated"), "registers are no meetings: {html}");
}

#[test]
fn people_are_named_in_their_meetings_and_nowhere_else() {
    let built = build(MEETINGS).clean();
    for path in built.paths().into_iter().filter(|path| !path.contains("2024-12-18/")) {
        let text = String::from_utf8_lossy(&built.outputs[path]);
        for name in ["Ada Lovelace", "Bo Diddley", "Hilda Host", "Nora Notes"] {
            assert!(!text.contains(name), "{name} in {path}");
        }
    }
    let site = Site::new(MEETINGS);
    site.edit(
        "site.yaml",
        "base_url: https://example.org/\ntitle: Example\ntheme: tag\nlanguages: {en: {name: English}, fr: {name: Français}}\nmeetings: {index_people: true}\n",
    );
    let html = site.build().clean().html("meetings/people/index.html");
    contains(&html, &["id=\"ada-lovelace\">Ada Lovelace", "Bo Diddley", "Hilda Host", "Nora Notes"]);
}

#[test]
fn several_groups_have_registers_of_their_own() {
    let site = Site::new(MEETINGS);
    let groups = "{tag: {name: The TAG}, wg: {name: {en: A group, fr: Un groupe}, repository: cncf/wg}}";
    let settings = format!(
        "base_url: https://example.org/\ntitle: Example\ntheme: tag\nlanguages: {{en: {{name: English}}, fr: {{name: Français}}}}\nmeetings: {{groups: {groups}}}\n"
    );
    site.edit("site.yaml", settings);
    let page = "---\ntitle: Other\ndate: 2025-01-09\ngroup: A Group\nprojects: [Flux]\n---\n#12\n";
    site.edit("content/en/meetings/2025/wg.md", page);
    let built = site.build().clean();
    contains(
        &built.html("meetings/index.html"),
        &["href=\"/meetings/tag/\">The TAG<", "href=\"/meetings/wg/\">A group<"],
    );
    let index = built.html("meetings/wg/index.html");
    contains(&index, &["<b>Flux</b>", "href=\"/meetings/wg/projects/\">Projects<"]);
    assert!(!index.contains("Score"));
    assert!(!built.has("meetings/projects/index.html") && !built.has("meetings/wg/recordings/index.html"));
    contains(&built.html("meetings/2025/wg/index.html"), &["https://github.com/cncf/wg/issues/12", "<dd>A group</dd>"]);
    contains(&built.html("meetings/wg/projects/index.html"), &["<h1>Projects – A group</h1>"]);
    contains(&built.html("fr/meetings/wg/index.html"), &["Un groupe"]);
    contains(&built.html("fr/meetings/2025/wg/index.html"), &["<dd>Un groupe</dd>"]);
}

#[test]
fn the_page_that_a_group_writes_itself_leads_to_its_registers() {
    let site = Site::new(MEETINGS);
    let schedule =
        SCHEDULE.replace("    tag:\n", "    wg: {name: A group}\n    tag:\n").replace("2025-06-30", "2125-06-30");
    site.edit("site.yaml", schedule);
    let page = "---\ntitle: Other\ndate: 2025-01-09\nprojects: [Flux]\n---\n";
    site.edit("content/en/meetings/wg/2025-01-09.md", page);
    site.edit("content/en/meetings/wg/_index.md", "---\ntitle: The group\ntype: meeting\n---\nWho we are.\n");
    let built = site.build().clean();
    let html = built.html("meetings/wg/index.html");
    contains(
        &html,
        &["href=\"/meetings/wg/projects/\">Projects<", "href=\"/meetings/wg/meetings.ics\"", "<b>Flux</b>"],
    );
    assert!(!html.contains("next-meeting"), "the other group has the schedule: {html}");
    contains(&built.html("meetings/index.html"), &["href=\"/meetings/wg/\">The group<", "next-meeting"]);
}

#[test]
fn a_page_of_the_site_takes_the_place_of_a_register() {
    let site = Site::new(MEETINGS);
    site.edit("content/en/meetings/projects.md", "---\ntitle: Our projects\ntype: page\n---\nBy hand.\n");
    contains(&site.build().clean().html("meetings/projects/index.html"), &["Our projects", "By hand."]);
}

const SCHEDULE: &str = "
base_url: https://example.org/
title: Example
theme: tag
languages: {en: {name: English}, fr: {name: Français}}
meetings:
  groups:
    tag:
      name: The TAG, in public
      duration: 50
      location: https://example.org/zoom
      schedule:
        every: 2 weeks
        day: wednesday
        time: \"16:00\"
        timezone: Europe/Paris
        start: 2025-01-08
        until: 2025-06-30
        exceptions:
          - {date: 2025-02-05, reason: A holiday}
          - {date: 2025-03-19, to: 2025-03-20, time: \"10:00\"}
";

/// Builds with the clock at 2025-01-23T00:00:00Z.
fn at_a_fixed_time(site: &Site) -> impl Fn(&str) -> String {
    let out = site.path("built");
    let status = Command::new(env!("CARGO_BIN_EXE_plenary"))
        .arg("build")
        .args(["--out".as_ref(), out.as_os_str()])
        .arg("--root")
        .arg(site.top())
        .env("SOURCE_DATE_EPOCH", "1737590400")
        .output()
        .expect("a build");
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    move |path| std::fs::read_to_string(out.join(path)).expect("an output")
}

#[test]
fn the_calendar_holds_past_and_coming_meetings() {
    let site = Site::new(MEETINGS);
    site.edit("site.yaml", SCHEDULE);
    let output = at_a_fixed_time(&site);
    let text = output("meetings/meetings.ics");
    assert!(text.lines().count() > 50 && text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
    assert!(text.replace("\r\n ", "").contains("X-WR-CALNAME:The TAG\\, in public\r\n"));
    let calendar: Calendar = text.parse().expect("a calendar");
    let events: Vec<_> = calendar.components.iter().filter_map(|component| component.as_event()).collect();
    let rows = rows(&text);
    assert_eq!(
        rows[..7],
        [
            "2024-12-18-tag@example.org 2 20241218 CONFIRMED Last of the year",
            "2025-01-08-tag@example.org 2 20250108T150000Z CONFIRMED First of the year",
            "2025-01-22-tag@example.org 2 20250122T150000Z CANCELLED Nothing to talk about",
            "2025-02-05-tag@example.org 1 20250205T150000Z CANCELLED The TAG, in public",
            "2025-02-19-tag@example.org 0 20250219T150000Z CONFIRMED The TAG, in public",
            "2025-03-05-tag@example.org 0 20250305T150000Z CONFIRMED The TAG, in public",
            "2025-03-19-tag@example.org 1 20250320T090000Z CONFIRMED The TAG, in public",
        ]
    );
    assert_eq!(events[3].property_value("DESCRIPTION"), Some("A holiday"));
    assert_eq!(rows.last().expect("events").split(' ').nth(2), Some("20250625T140000Z"), "in summer, up to the end");
    let first = events[1];
    assert_eq!(first.property_value("DTEND"), Some("20250108T155000Z"));
    assert_eq!(first.property_value("URL"), Some("https://example.org/meetings/2025/2025-01-08/"));
    assert!(events.iter().all(|event| event.property_value("DTSTAMP") == Some("20250122T000000Z")), "from the content");
    assert!(!text.contains("Hilda") && !text.contains("ATTENDEE"));
}

/// `UID SEQUENCE DTSTART STATUS SUMMARY` of each event, by a parser that is not ours.
fn rows(text: &str) -> Vec<String> {
    let calendar: Calendar = text.parse().expect("a calendar");
    let row = |event: &icalendar::Event| {
        let of = |key: &str| event.property_value(key).unwrap_or_default().to_owned();
        format!("{} {} {} {} {}", of("UID"), of("SEQUENCE"), of("DTSTART"), of("STATUS"), of("SUMMARY"))
    };
    calendar.components.iter().filter_map(|component| component.as_event()).map(row).collect()
}

#[test]
fn each_language_has_a_calendar_with_the_same_events() {
    let site = Site::new(MEETINGS);
    site.edit("site.yaml", SCHEDULE);
    site.edit("content/fr/meetings/2025/2025-01-08.md", "---\ntitle: La première de l’année\ndate: 2025-01-08\n---\n");
    let output = at_a_fixed_time(&site);
    let (english, french) = (rows(&output("meetings/meetings.ics")), rows(&output("fr/meetings/meetings.ics")));
    assert_eq!(french[1], "2025-01-08-tag@example.org 2 20250108T150000Z CONFIRMED La première de l’année");
    let differing = english.iter().zip(&french).filter(|(english, french)| english != french).count();
    assert_eq!((english.len(), differing), (french.len(), 1));
    let text = output("fr/meetings/meetings.ics").replace("\r\n ", "");
    contains(
        &text,
        &[
            "SUMMARY;LANGUAGE=fr:La première",
            "SUMMARY;LANGUAGE=en:Last of the year",
            "URL:https://example.org/fr/meetings/2025/2025-01-08/\r\n",
        ],
    );
    contains(&output("fr/meetings/index.html"), &["href=\"/fr/meetings/meetings.ics\""]);
}

#[test]
fn a_meeting_tells_its_hour_in_the_readers_language() {
    let site = Site::new(MEETINGS);
    site.edit("site.yaml", SCHEDULE);
    let page = |time: &str| format!("---\ntitle: Own\ndate: 2025-01-15\n{time}---\n");
    site.edit("content/en/meetings/2025/2025-01-15.md", page("time: 8am Pacific\n"));
    let output = at_a_fixed_time(&site);
    contains(
        &output("meetings/2025/2025-01-08/index.html"),
        &[
            "<time datetime=\"2025-01-08T15:00Z\"",
            ">January 8, 2025, 4:00\u{a0}PM <abbr title=\"Europe/Paris\">CET</abbr></time>",
        ],
    );
    contains(&output("fr/meetings/2025/2025-01-08/index.html"), &[">8 janvier 2025, 16:00 <abbr"]);
    contains(
        &output("meetings/2025/2025-01-15/index.html"),
        &["datetime=\"2025-01-15T16:00Z\"", "8:00\u{a0}AM <abbr title=\"America/Los_Angeles\">PST<"],
    );
    let without = output("meetings/2024/2024-12-18/index.html");
    contains(&without, &["<time datetime=\"2024-12-18\">December 18, 2024</time>"]);
}

#[test]
fn the_projects_of_a_meeting_lead_to_the_register() {
    let site = Site::new(MEETINGS);
    let page = "---\ntitle: Third\ndate: 2025-02-19\nprojects: [DAPR, Open Feature]\n---\n";
    site.edit("content/en/meetings/2025/2025-02-19.md", page);
    site.edit("content/en/meetings/2025/2025-03-05.md", page.replace("02-19", "03-05").replace("Open F", "OpenF"));
    let built = site.build().clean();
    contains(
        &built.html("meetings/2025/2025-02-19/index.html"),
        &[
            "<a href=\"/meetings/projects/#dapr\">DAPR</a>",
            "<a href=\"/meetings/projects/#openfeature\">Open Feature</a>",
        ],
    );
    contains(
        &built.html("meetings/projects/index.html"),
        &[
            "id=\"openfeature\">OpenFeature <span class=\"count\">2 meetings<",
            "id=\"dapr\">DAPR <span class=\"count\">4 meetings<",
        ],
    );
    contains(&built.html("fr/meetings/2025/2025-02-19/index.html"), &["href=\"/fr/meetings/projects/#dapr\""]);
}

#[test]
fn the_home_page_tells_the_next_meeting() {
    let site = Site::new(MEETINGS);
    site.edit("site.yaml", SCHEDULE);
    let output = at_a_fixed_time(&site);
    contains(
        &output("index.html"),
        &["<time datetime=\"2025-02-19T15:00Z\"", ">February 19, 2025, 4:00\u{a0}PM <abbr"],
    );
    contains(&output("fr/index.html"), &["Prochaine réunion", ">19 février 2025, 16:00 <abbr"]);
    contains(&output("meetings/index.html"), &["href=\"/meetings/meetings.ics\""]);
    let without = build(MEETINGS).clean();
    assert!(!without.html("index.html").contains("next-meeting"));
    assert!(without.has("meetings/meetings.ics"), "what was is a calendar too");
}

/// Runs `plenary new status` for a month.
fn status(site: &Site, month: &str) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_plenary"))
        .args(["new", "status", "--month", month, "--root"])
        .arg(site.top())
        .output()
        .expect("the program");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_months_status_is_drafted_from_its_meetings() {
    let site = Site::new(MEETINGS);
    assert_eq!(status(&site, "2024-12").0, Some(0));
    let draft = std::fs::read_to_string(site.path("content/en/blog/2024-12-status.md")).expect("a draft");
    let link = "[Last of the year](../meetings/2024/2024-12-18.md)";
    contains(
        &draft,
        &[
            "title: \"Our meetings in December 2024\"\ndate: 2024-12-18\ndraft: true\n",
            &format!("- December 18, 2024: {link}"),
            &format!("## Projects\n\n- **Dapr**: {link}\n"),
            &format!("- Elections are in [January](../meetings/2025/2025-01-08.md). ({link})\n"),
            &format!("- [ ] Write the call ({link})\n- [x] Thank the speakers ({link})\n"),
            &format!("## Recordings\n\n- {link}: <https://youtu.be/abc>\n"),
        ],
    );
    assert!(!draft.contains("Hilda") && !draft.contains("Ada"));
    site.with(|options| options.drafts = true).build().clean();
}

#[test]
fn a_draft_is_never_written_over_another() {
    let site = Site::new(MEETINGS);
    site.edit("content/en/blog/2025-01-status.md", "---\ntitle: Mine\n---\n");
    let (status_code, told) = status(&site, "2025-01");
    assert_eq!(status_code, Some(1));
    contains(&told, &["`content/en/blog/2025-01-status.md` is there already"]);
    for (month, code, message) in [
        ("2025-13", 2, "`2025-13` is no month"),
        ("2020-01", 1, "no meeting of 2020-01 is in this site"),
        ("2020-01", 1, "the nearest months with meetings: 2024-12"),
    ] {
        let (found, told) = status(&site, month);
        assert_eq!(found, Some(code));
        contains(&told, &[message]);
    }
}
