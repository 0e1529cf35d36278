//! What is written, what is left alone, what goes.

use super::support::Site;
use plenary::pipeline::Error;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

const FILES: &str = "-- site.yaml --
languages: {en: {name: English}}
-- content/en/_index.md --
---
title: Home
---
-- content/en/deep/er/a.md --
---
title: A
---
Text
-- content/en/b.md --
---
title: B
---
-- static/c.txt --
c
";

/// Every file below a folder with its text.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn descend(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let entry = entry.expect("an entry");
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                descend(&entry.path(), &format!("{name}/"), found);
            } else {
                found.insert(name, fs::read(entry.path()).expect("a file"));
            }
        }
    }
    let mut found = BTreeMap::new();
    descend(folder, "", &mut found);
    found
}

#[test]
fn the_folder_holds_what_is_rendered_in_memory_and_a_manifest() {
    let site = Site::new(FILES);
    let summary = site.write("out").expect("a build");
    let mut written = tree(&site.path("out"));
    let manifest = String::from_utf8(written.remove(".plenary-manifest").expect("a manifest")).expect("UTF-8");
    let rendered = site.build().outputs;
    assert_eq!(written, rendered);
    assert_eq!(manifest.lines().skip(1).collect::<Vec<_>>(), rendered.keys().collect::<Vec<_>>());
    assert_eq!((summary.outputs, summary.written), (rendered.len(), rendered.len()));
    assert_eq!((summary.unchanged, summary.removed), (0, 0));
}

#[test]
fn only_what_changed_is_written() {
    let site = Site::new(FILES);
    let outputs = site.write("out").expect("a build").outputs;
    let old = SystemTime::now() - Duration::from_hours(1);
    for path in tree(&site.path("out")).keys() {
        let file = fs::File::options().write(true).open(site.path("out").join(path)).expect("a file");
        file.set_modified(old).expect("a time");
    }
    site.edit("content/en/b.md", "---\ntitle: B\n---\nNew text.\n");
    let summary = site.write("out").expect("a build");
    assert_eq!((summary.written, summary.unchanged, summary.removed), (2, outputs - 2, 0));
    let touched: Vec<String> = tree(&site.path("out"))
        .into_keys()
        .filter(|path| {
            fs::metadata(site.path("out").join(path)).and_then(|meta| meta.modified()).expect("a time")
                > old + Duration::from_secs(1)
        })
        .collect();
    assert_eq!(touched, ["b/index.html", "b/index.md"]);
}

#[test]
fn what_nothing_makes_any_more_goes_with_its_folders() {
    let site = Site::new(FILES);
    site.write("out").expect("a build");
    assert!(site.path("out/deep/er/a/index.html").exists());
    site.remove("content/en/deep/er/a.md");
    site.remove("static/c.txt");
    let summary = site.write("out").expect("a build");
    assert_eq!(summary.removed, 4, "the page, its Markdown, its section's list and the file");
    assert!(!site.path("out/deep").exists() && !site.path("out/c.txt").exists());
    assert!(site.path("out/b/index.html").exists());
}

#[test]
fn a_page_whose_template_fails_is_removed_and_the_rest_is_written() {
    let site = Site::new(FILES);
    site.write("out").expect("a build");
    site.edit("themes/plain/templates/deep/page.html", "{{ no.such.value }}");
    let summary = site.write("out").expect("a build");
    assert_eq!((summary.errors, summary.removed), (1, 1));
    assert!(!site.path("out/deep/er/a/index.html").exists() && site.path("out/b/index.html").exists());
}

#[test]
fn somebody_elses_folder_is_refused_and_stays_as_it_is() {
    let site = Site::new(FILES);
    site.edit("out/mine.txt", "mine");
    let error = site.write("out").expect_err("a refusal");
    assert!(matches!(error, Error::Emit(_)));
    let text = error.to_string();
    assert!(
        text.contains("holds files that Plenary did not write, such as `mine.txt`") && text.contains("--out"),
        "{text}"
    );
    assert_eq!(tree(&site.path("out")), BTreeMap::from([("mine.txt".to_owned(), b"mine".to_vec())]));
}

#[test]
fn a_foreign_file_in_our_folder_is_never_overwritten_or_removed() {
    let site = Site::new(FILES);
    site.write("out").expect("a build");
    site.edit("out/notes/mine.txt", "mine");
    site.edit("out/deep/mine.txt", "mine");
    site.remove("content/en/deep/er/a.md");
    site.write("out").expect("a build");
    assert_eq!(fs::read(site.path("out/notes/mine.txt")).expect("a file"), b"mine");
    assert_eq!(fs::read(site.path("out/deep/mine.txt")).expect("a file"), b"mine");
    // Now a page wants the place.
    site.edit("out/new/index.html", "mine");
    site.edit("content/en/new.md", "---\ntitle: New\n---\n");
    let error = site.write("out").expect_err("a refusal");
    assert!(error.to_string().contains("new/index.html"), "{error}");
    assert_eq!(fs::read(site.path("out/new/index.html")).expect("a file"), b"mine");
}

#[test]
fn what_was_written_before_a_refusal_is_ours_next_time() {
    let site = Site::new(FILES);
    site.write("out").expect("a build");
    site.edit("out/new/index.html", "mine");
    site.edit("content/en/new.md", "---\ntitle: New\n---\n");
    site.edit("content/en/also.md", "---\ntitle: Also\n---\n");
    assert!(site.write("out").is_err());
    site.remove("out/new/index.html");
    site.edit("content/en/also.md", "---\ntitle: Also\n---\nChanged.\n");
    let summary = site.write("out").expect("the way is free");
    assert_eq!(summary.errors, 0);
    assert!(fs::read_to_string(site.path("out/also/index.html")).expect("a file").contains("Changed."));
}

#[test]
fn a_file_that_becomes_a_folder_and_back() {
    let site = Site::new(FILES);
    site.edit("static/x", "a file");
    site.write("out").expect("a build");
    site.remove("static/x");
    site.edit("static/x/y", "in a folder");
    site.write("out").expect("a folder where a file was");
    assert_eq!(fs::read(site.path("out/x/y")).expect("a file"), b"in a folder");
    fs::remove_dir_all(site.path("static/x")).expect("a folder");
    site.edit("static/x", "a file again");
    site.write("out").expect("a file where a folder was");
    assert_eq!(fs::read(site.path("out/x")).expect("a file"), b"a file again");
}

#[test]
fn the_output_folder_is_no_input() {
    let site = Site::new(FILES);
    site.write("public").expect("a build");
    let first = tree(&site.path("public"));
    let summary = site.write("public").expect("a build");
    assert_eq!((summary.written, summary.removed), (0, 0));
    assert_eq!(tree(&site.path("public")), first);
}

#[test]
fn somebody_may_watch_how_far_a_build_is() {
    let site = Site::new(FILES);
    let progress = std::sync::Arc::default();
    let run = plenary::pipeline::build_watched(&site.options, &site.path("out"), &progress).expect("a build");
    let planned = run.snapshot.plan.entries().len();
    assert_eq!(progress.now(), ("pages", planned, planned));
}
