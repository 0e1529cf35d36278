//! Random edits again, built by one process after the other: with what the last ones kept in `.plenary/` a build
//! writes what a clean one writes, byte for byte, into the folder of the last one.
//!
//! `PLENARY_SEQUENCES` and `PLENARY_SEED` as in `random.rs`; a fiftieth of the sequences is tried, since each
//! of them makes pictures, cards and search indexes.

use super::random::Edited;
use plenary::diag::to_text;
use plenary::pipeline::{self, Options};
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;

const EDITS: usize = 4;

/// What else a build keeps.
const MORE: &str = r#"-- themes/plain/templates/card.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630"><rect width="{{ card.size }}" height="9"/><text x="9" y="99">{{ card.section }}</text></svg>
-- themes/plain/templates/search.html --
<title>{{ page.title }}</title>
-- content/en/shown.md --
---
title: Shown
---
![photo](guide/photo.png)

```yaml
key: 1
```

```mermaid
flowchart LR
  A --> B
```
"#;

/// The files of an output folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.file_type().is_file() && entry.file_name() != ".plenary-manifest");
    let named = files.map(|entry| {
        let path = entry.path().strip_prefix(folder).expect("a path inside").to_string_lossy().into_owned();
        (path, fs::read(entry.path()).expect("a file"))
    });
    named.collect()
}

/// What is written and what is told.
fn built(options: &Options, out: &Path) -> (BTreeMap<String, Vec<u8>>, String) {
    let run = pipeline::build(options, out).expect("a build");
    (files(out), to_text(&run.diagnostics, &run.snapshot.sources, false))
}

/// A build that finds nothing kept, into a new folder.
fn clean(options: &Options, beside: &Path) -> (BTreeMap<String, Vec<u8>>, String) {
    let (cache, away) = (options.root.join(".plenary"), beside.join("away"));
    let kept = fs::rename(&cache, &away).is_ok();
    let out = tempfile::tempdir_in(beside).expect("a folder");
    let built = built(options, out.path());
    if kept {
        fs::remove_dir_all(&cache).expect("a cache");
        fs::rename(&away, &cache).expect("a cache");
    }
    built
}

#[track_caller]
fn check_same(warm: &(BTreeMap<String, Vec<u8>>, String), clean: &(BTreeMap<String, Vec<u8>>, String), log: &str) {
    let paths = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(&warm.0), paths(&clean.0), "{log}");
    for (path, bytes) in &clean.0 {
        assert!(warm.0[path] == *bytes, "{path} is not what a clean build writes: {log}");
    }
    assert_eq!(warm.1, clean.1, "{log}");
}

/// A picture that is worth smaller versions.
fn photo(width: u32, shade: u8) -> Vec<u8> {
    let pixels = image::RgbImage::from_fn(width, 40, |x, y| image::Rgb([(x * y % 251) as u8, (x % 241) as u8, shade]));
    let mut bytes = std::io::Cursor::new(vec![]);
    pixels.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

fn sequence(seed: u64) {
    let mut edited = Edited::new(seed, MORE);
    let settings = fs::read_to_string(edited.site.path("site.yaml")).expect("settings");
    edited.write("site.yaml", settings + "cards: true\n");
    let beside = tempfile::tempdir().expect("a folder");
    let out = beside.path().join("public");
    for step in 0..EDITS {
        if step == 0 || edited.numbers.below(3) == 0 {
            let (width, shade) = (700 + 100 * edited.numbers.below(3) as u32, edited.numbers.below(200) as u8);
            edited.site.edit("content/en/guide/photo.png", photo(width, shade));
            edited.log.push(format!("a photo of {width} pixels and shade {shade}"));
        }
        for _ in 0..=edited.numbers.below(4) {
            edited.edit();
        }
        match edited.numbers.below(5) {
            0 => damage(&edited.site.options, &mut |limit| edited.numbers.below(limit)),
            1 => drop(fs::remove_dir_all(edited.site.options.root.join(".plenary"))),
            _ => {}
        }
        let warm = built(&edited.site.options, &out);
        let log = format!("step {step} of seed {seed}:\n{}", edited.log.join("\n"));
        check_same(&warm, &clean(&edited.site.options, beside.path()), &log);
        check_same(&built(&edited.site.options, &out), &warm, &log);
    }
}

/// Cuts files of the cache off, or writes over some of their bytes.
fn damage(options: &Options, below: &mut dyn FnMut(usize) -> usize) {
    for entry in walkdir::WalkDir::new(options.root.join(".plenary")).into_iter().flatten() {
        if entry.file_type().is_file() && below(2) == 0 {
            let mut bytes = fs::read(entry.path()).expect("a file");
            match below(3) {
                0 => bytes.truncate(bytes.len() / 2),
                1 => bytes = b"nothing of the kind".to_vec(),
                _ if bytes.is_empty() => {}
                _ => {
                    let at = below(bytes.len());
                    bytes[at] ^= 0x55;
                }
            }
            fs::write(entry.path(), bytes).expect("a write");
        }
    }
}

#[test]
fn a_warm_build_writes_what_a_clean_one_writes() {
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let first = number("PLENARY_SEED").unwrap_or(1);
    for seed in first..first + number("PLENARY_SEQUENCES").map_or(2, |sequences| sequences.div_ceil(50)) {
        sequence(seed);
    }
}

#[test]
fn two_builds_at_once_share_a_cache() {
    let edited = Edited::new(7, MORE);
    edited.site.edit("content/en/guide/photo.png", photo(900, 7));
    edited.site.edit(
        "content/en/guide/one.md",
        "---\ntitle: One\n---\n![photo](photo.png)\n\n```yaml\nkey: 1\n```\n\n```mermaid\nflowchart LR\n  A --> B\n```\n",
    );
    let beside = tempfile::tempdir().expect("a folder");
    let options = &edited.site.options;
    let expected = clean(options, beside.path());
    for round in 0..3 {
        let _ = fs::remove_dir_all(options.root.join(".plenary"));
        std::thread::scope(|scope| {
            let build = |name: String| {
                let out = beside.path().join(name);
                let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_plenary"));
                command.args(["build", "--quiet", "--root"]).arg(&options.root).arg("--out").arg(&out);
                command.output().expect("plenary runs");
                out
            };
            let builds = ["a", "b"].map(|name| scope.spawn(move || build(format!("{name}{round}"))));
            for build in builds {
                let out = build.join().expect("a build");
                assert!(files(&out) == expected.0, "round {round}: {}", out.display());
            }
        });
    }
}
