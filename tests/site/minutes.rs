//! Meetings: their pages, the registers that gather them, the calendar.

use super::support::{Site, build};

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
