//! The reference of templates says what the program gives, no more and no less.

use super::support::Site;
use plenary::theme::{FILTERS, FUNCTIONS};
use std::collections::BTreeSet;

const PAGE: &str = include_str!("../../content/en/handbook/reference/templates.md");

/// The part of the page between two headings.
fn part(from: &str, to: &str) -> &'static str {
    let start = PAGE.find(&format!("\n{from}\n")).unwrap_or_else(|| panic!("no `{from}`"));
    let rest = &PAGE[start..];
    &rest[..rest.find(&format!("\n{to}\n")).unwrap_or_else(|| panic!("no `{to}`"))]
}

/// The names in the first cells of a part's tables.
fn names(part: &str) -> BTreeSet<String> {
    let rows = part.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.filter_map(|row| row.split('|').nth(1));
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

#[test]
fn values_are_those_that_templates_have() {
    let site = "-- site.yaml --\nlanguages: {en: {}}\n-- content/en/a.md --\n---\ntitle: A\n---\nText.\n";
    let keys = |map: &str| {
        let template = format!("{{% for key, value in {map} %}}{{{{ key }}}} {{% endfor %}}");
        let html = Site::new(site).main(&template).build().clean().html("a/index.html");
        html.split_whitespace().map(str::to_owned).collect::<BTreeSet<String>>()
    };
    assert_eq!(names(part("### site", "### page")), keys("site"), "site");
    assert_eq!(names(part("### page", "### Data files")), keys("page"), "page");
}

#[test]
fn functions_and_filters_are_those_that_templates_can_call() {
    let expected = |rows: &[(&str, &str)]| -> Vec<String> {
        rows.iter().map(|(call, meaning)| format!("| `{call}` | {meaning} |")).collect()
    };
    let rows: Vec<&str> =
        part("## Functions and filters", "## An example").lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(rows, [expected(&FUNCTIONS), expected(&FILTERS)].concat());
}
