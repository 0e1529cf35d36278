//! The ten minutes of the README, run as they are written there.

use std::fs;
use std::path::Path;
use std::process::Command;

const README: &str = include_str!("../../README.md");

/// The blocks that show a terminal, without their first line, `$ plenary build`.
fn transcripts() -> Vec<String> {
    let blocks = README.split("```console\n$ plenary build\n").skip(1);
    blocks.filter_map(|block| block.split("```").next()).map(normal).collect()
}

/// Without the time that a run took.
fn normal(text: &str) -> String {
    let mut out = String::new();
    for line in text.trim_end().lines() {
        let timed = line.rsplit_once(" in ").and_then(|(before, rest)| {
            let (seconds, after) = rest.split_once(" s")?;
            seconds.parse::<f64>().ok().map(|_| (before, after))
        });
        out.push_str(&timed.map_or(line.to_owned(), |(before, after)| format!("{before} in 0.00 s{after}")));
        out.push('\n');
    }
    out
}

fn plenary(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_plenary"))
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CEILING_DIRECTORIES", folder)
        .output()
        .expect("plenary runs");
    normal(&String::from_utf8(output.stderr).expect("text"))
}

fn edit(path: &Path, change: impl FnOnce(&str) -> String) {
    let text = fs::read_to_string(path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
    fs::write(path, change(&text)).expect("written");
}

/// The code block of the README that begins with this line.
fn block(first: &str) -> &'static str {
    let start = README.find(&format!("\n{first}")).unwrap_or_else(|| panic!("no block with `{first}`")) + 1;
    README[start..].split("```").next().unwrap_or_default()
}

#[test]
fn the_ten_minutes_of_the_readme_go_as_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    plenary(folder.path(), &["init", "our-group"]);
    let site = folder.path().join("our-group");
    plenary(&site, &["new", "meeting", "2025-04-02"]);
    let decisions = block("## Decisions");
    edit(&site.join("content/en/meetings/2025-04-02.md"), |text| {
        text.replace("## Decisions\n\nNone recorded.\n", decisions)
    });
    let mut shown = vec![plenary(&site, &["build"])];
    let about = site.join("content/fr/about.md");
    edit(&about, |text| format!("{text}\n{}", block("Tout a commencé")));
    shown.push(plenary(&site, &["build"]));
    edit(&about, |text| text.replace("#decision)", "#decisions)"));
    shown.push(plenary(&site, &["build"]));
    let told = transcripts();
    assert_eq!(told.len(), shown.len());
    for (told, shown) in told.iter().zip(&shown) {
        // How many files there are depends on the parts that were compiled in.
        let whole = cfg!(feature = "default");
        let counts = |text: &str| text.split(" → ").next().unwrap_or_default().to_owned();
        if whole { assert_eq!(told, shown) } else { assert_eq!(counts(told), counts(shown)) }
    }
}
