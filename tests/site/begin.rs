//! `plenary init` and `plenary new`: what they begin builds without a finding.

use super::support::Site;
use plenary::cli;
use plenary::pipeline::{self, Options};
use std::fs;
use std::path::Path;

fn run(root: &Path, arguments: &[&str]) -> u8 {
    let root = ["--root", root.to_str().expect("a path")];
    cli::run(["plenary"].iter().chain(arguments).chain(&root).map(std::ffi::OsString::from))
}

fn findings(root: &Path) -> Vec<String> {
    let options = Options { root: root.to_path_buf(), drafts: true, future: true, ..Options::default() };
    let run = pipeline::check(&options, &std::sync::Arc::default()).expect("a site");
    let told = run.diagnostics.iter().filter(|found| found.severity() != plenary::diag::Severity::Note);
    told.map(|found| format!("{}: {}", found.code.as_str(), found.message)).collect()
}

fn text(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap_or_else(|_| panic!("{path} is missing"))
}

#[test]
fn a_site_is_begun_and_everything_that_can_be_new_is_added() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("Build group");
    assert_eq!(run(folder.path(), &["init", root.to_str().expect("a path")]), 0);
    assert_eq!(findings(&root), Vec::<String>::new());
    assert!(text(&root, "site.yaml").contains("title: Build group"));

    for (arguments, path, expected) in [
        (
            vec!["new", "page", "wgs/tools/list-of-tools"],
            "content/en/wgs/tools/list-of-tools.md",
            "title: List of tools\n",
        ),
        (
            vec!["new", "page", "notes", "--lang", "fr", "--title", "Notes: 1"],
            "content/fr/notes.md",
            "title: 'Notes: 1'\n",
        ),
        (
            vec!["new", "paper", "Platforms that last"],
            "content/en/whitepapers/platforms-that-last/index.md",
            "title: Platforms that last\n",
        ),
        (vec!["new", "group", "Artifacts"], "content/en/wgs/artifacts/_index.md", "title: Artifacts\n"),
        (vec!["new", "meeting", "2026-03-04"], "content/en/meetings/2026-03-04.md", "date: 2026-03-04\n"),
        (vec!["new", "language", "de"], "content/de/_index.md", "source_digest: "),
    ] {
        assert_eq!(run(&root, &arguments), 0, "{arguments:?}");
        assert!(text(&root, path).contains(expected), "{}", text(&root, path));
    }
    assert_eq!(run(&root, &["new", "post", "After Chicago"]), 0);
    let posts: Vec<String> = fs::read_dir(root.join("content/en/blog"))
        .expect("a folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    assert!(posts.iter().any(|name| name.ends_with("-after-chicago.md")), "{posts:?}");
    assert!(text(&root, "content/en/wgs/artifacts/charter.md").contains("title: Charter\n"));
    assert!(text(&root, "site.yaml").contains("  de: {name: Deutsch}\n"));
    assert_eq!(findings(&root), Vec::<String>::new());
}

#[test]
fn nothing_is_written_over_and_wrong_names_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("group");
    assert_eq!(run(folder.path(), &["init", root.to_str().expect("a path")]), 0);
    let before = text(&root, "content/en/about.md");
    for arguments in [
        vec!["init", root.to_str().expect("a path")],
        vec!["new", "page", "about"],
        vec!["new", "page", "../outside"],
        vec!["new", "page", "a//b"],
        vec!["new", "page", "x", "--lang", "tlh"],
        vec!["new", "meeting", "yesterday"],
        vec!["new", "meeting", "--group", "nobody"],
        vec!["new", "language", "fr"],
        vec!["new", "language", "not a tag"],
    ] {
        assert_eq!(run(&root, &arguments), 1, "{arguments:?}");
    }
    assert_eq!(text(&root, "content/en/about.md"), before);
    assert!(!root.join("content/en/x.md").exists());
}

#[test]
fn the_next_meeting_stands_beside_the_latest_and_the_theme_has_its_own_archetypes() {
    let site = Site::new(
        "-- site.yaml --\nmeetings: {groups: {main: {name: Main group, schedule: {every: 1 week, day: monday, time: '15:00', start: 2024-01-01}}}}\n\
         -- content/en/notes/2025/2025-03-05.md --\n---\ntitle: M\ntype: meeting\ndate: 2025-03-05\n---\n\
         -- themes/plain/archetypes/meeting.md --\n---\ntitle: Ours of {{ date }}\ngroup: {{ group }}\n---\n",
    );
    assert_eq!(run(&site.options.root, &["new", "meeting", "2027-01-11"]), 0);
    let made = text(&site.options.root, "content/en/notes/2027/2027-01-11.md");
    assert_eq!(made, "---\ntitle: Ours of 2027-01-11\ngroup: Main group\n---\n");
    assert_eq!(run(&site.options.root, &["new", "meeting"]), 0);
    let broken = site.options.root.join("themes/plain/archetypes/page.md");
    fs::write(broken, "{{ title").expect("a file");
    assert_eq!(run(&site.options.root, &["new", "page", "x"]), 1);
}
