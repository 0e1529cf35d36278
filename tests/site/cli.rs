//! The program itself: exit status, what goes where, and inputs that nobody meant to write.

use super::support::Site;
use plenary::source::Role;
use serde_json::Value;
use std::process::{Command, Output};

fn plenary(site: &Site, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plenary"))
        .current_dir(&site.options.root)
        .args(arguments)
        .env_remove("SOURCE_DATE_EPOCH")
        .output()
        .expect("the program")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// The exit status, and the standard output as JSON lines.
fn json(site: &Site, arguments: &[&str]) -> (Option<i32>, Vec<Value>) {
    let output = plenary(site, &[arguments, &["--message-format", "json"]].concat());
    let lines = text(&output.stdout);
    let parsed = lines.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")));
    assert_eq!(text(&output.stderr), "", "JSON goes to standard output, and nothing besides");
    (output.status.code(), parsed.collect())
}

const FINE: &str = "-- content/en/a.md --\n---\ntitle: A\n---\n";
const WARNS: &str = "-- content/en/a.md --\n---\ntitle: A\nweigth: 1\n---\n";
const FAILS: &str = "-- content/en/a.md --\n---\ntitle: A\n---\n[b](b.md)\n";

#[test]
fn the_exit_status_tells_of_the_site() {
    for (files, arguments, status) in [
        (FINE, &["build"][..], 0),
        (FINE, &["check", "--strict"], 0),
        (WARNS, &["build"], 0),
        (WARNS, &["build", "--strict"], 1),
        (WARNS, &["check", "--strict"], 1),
        (FAILS, &["build"], 1),
        (FAILS, &["check"], 1),
        (FINE, &["no-such-command"], 2),
        (FINE, &["build", "--no-such-option"], 2),
        (FINE, &["build", "--root", "nowhere"], 2),
        (FINE, &["--help"], 0),
        (FINE, &["--version"], 0),
    ] {
        let site = Site::new(files);
        let output = plenary(&site, arguments);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", text(&output.stderr));
        let built = arguments[0] == "build" && status != 2;
        assert_eq!(site.path("public/a/index.html").exists(), built, "{arguments:?}");
    }
}

#[test]
fn quiet_tells_findings_and_nothing_else() {
    let site = Site::new(FAILS);
    let output = plenary(&site, &["build"]);
    let loud = text(&output.stderr);
    assert!(loud.contains("1 error, 0 warnings") && !loud.contains('\x1b'), "{loud}");
    let quiet = text(&plenary(&site, &["build", "--quiet"]).stderr);
    assert!(quiet.contains("error[dead-link]") && !quiet.contains("1 error, 0 warnings"), "{quiet}");
    assert!(loud.starts_with(&quiet), "{quiet}");
}

#[test]
fn nothing_for_terminals_goes_into_a_pipe_unless_it_is_forced() {
    let site = Site::new(FAILS);
    let stderr = |name: &str, value: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plenary"));
        command.current_dir(&site.options.root).arg("check").env("TERM", "xterm-kitty");
        for other in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_HYPERLINK"] {
            command.env_remove(other);
        }
        text(&command.env(name, value).output().expect("the program").stderr)
    };
    assert!(!stderr("COLORTERM", "truecolor").contains('\x1b'));
    assert!(!stderr("NO_COLOR", "1").contains('\x1b'));
    let forced = stderr("CLICOLOR_FORCE", "1");
    assert!(forced.contains("\x1b[1m") && !forced.contains("\x1b]8;"), "{forced:?}");
}

#[test]
fn the_last_line_of_json_is_the_summary() {
    let site = Site::new(WARNS);
    let (status, lines) = json(&site, &["build"]);
    assert_eq!(status, Some(0));
    let (summary, findings) = lines.split_last().expect("a summary");
    let codes: Vec<&str> = findings.iter().filter_map(|line| line["code"].as_str()).collect();
    assert_eq!(codes, ["git-history", "unknown-key"]);
    for finding in findings {
        let keys: Vec<&String> = finding.as_object().expect("an object").keys().collect();
        assert_eq!(keys, ["code", "severity", "message", "file", "line", "column", "end_line", "end_column", "hints"]);
    }
    assert_eq!(summary.as_object().expect("an object").len(), 1);
    let figures = summary["summary"].as_object().expect("figures");
    let keys: Vec<&String> = figures.keys().collect();
    assert_eq!(
        keys,
        [
            "languages",
            "pages",
            "fallbacks",
            "outputs",
            "written",
            "unchanged",
            "removed",
            "errors",
            "warnings",
            "duration_ms"
        ]
    );
    let figure = |key: &str| figures[key].as_u64().expect("a number");
    assert_eq!(["languages", "pages", "fallbacks", "errors", "warnings"].map(figure), [2, 1, 1, 0, 1]);
    assert_eq!((figure("written"), figure("unchanged"), figure("removed")), (figure("outputs"), 0, 0));
    let (_, lines) = json(&site, &["build"]);
    let again = &lines.last().expect("a summary")["summary"];
    assert_eq!((again["written"].as_u64(), again["unchanged"].as_u64()), (Some(0), Some(figure("outputs"))));
    let (_, lines) = json(&site, &["check"]);
    assert_eq!(lines.last().expect("a summary")["summary"]["written"].as_u64(), Some(0));
}

#[test]
fn text_goes_to_standard_error() {
    let output = plenary(&Site::new(FAILS), &["build"]);
    assert_eq!(text(&output.stdout), "");
    let told = text(&output.stderr);
    assert!(told.contains("error[dead-link]") && told.contains("--> content/en/a.md:4:5"), "{told}");
    assert!(told.lines().last().is_some_and(|line| line.starts_with("1 page and 1 fallback in 2 languages")), "{told}");
    assert!(told.trim_end().ends_with("1 error, 0 warnings"), "{told}");
}

#[test]
fn without_site_yaml_the_hint_says_where_to_be() {
    let site = Site::new(FINE);
    site.remove("site.yaml");
    let output = plenary(&site, &["build"]);
    assert_eq!(output.status.code(), Some(2));
    let told = text(&output.stderr);
    assert!(told.starts_with("error: cannot read") && told.contains("site.yaml"), "{told}");
    assert!(told.contains("help: run this in a site's folder, or name it with --root DIR"), "{told}");
    let (status, lines) = json(&site, &["check"]);
    assert_eq!((status, lines.len()), (Some(2), 1));
    assert_eq!(lines[0]["code"], "environment");
    assert!(!site.path("public").exists());
}

#[test]
fn a_folder_of_somebody_else_is_not_written_to() {
    let site = Site::new(FINE);
    site.edit("out/mine.txt", "mine");
    let output = plenary(&site, &["build", "--out", "out"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("mine.txt"), "{}", text(&output.stderr));
    assert!(!site.path("out/index.html").exists());
    // The site's own folders are somebody else's too.
    for folder in [".", "content"] {
        assert_eq!(plenary(&site, &["build", "--out", folder]).status.code(), Some(2), "{folder}");
    }
}

#[test]
fn options_reach_the_build() {
    let site = Site::new(
        "-- content/en/a.md --\n---\ntitle: A\ndraft: true\n---\n-- content/en/b.md --\n---\ntitle: B\ndate: 2999-01-01\n---\n",
    );
    let read = |path: &str| std::fs::read_to_string(site.path(path)).unwrap_or_default();
    let build = |arguments: &[&str]| assert_eq!(plenary(&site, arguments).status.code(), Some(0), "{arguments:?}");
    build(&["build", "--out", "plain"]);
    assert_eq!(read("plain/a/index.html") + &read("plain/b/index.html"), "");
    build(&[
        "build",
        "--out",
        "all",
        "--drafts",
        "--future",
        "--preview",
        "--base-url",
        "https://deploy-1--x.netlify.app",
        "--jobs",
        "1",
    ]);
    assert!(read("all/a/index.html").contains("https://deploy-1--x.netlify.app/a/"), "{}", read("all/a/index.html"));
    assert!(read("all/b/index.html").contains("noindex"));
    // An empty variable of a deploy context is none.
    build(&["build", "--out", "empty", "--base-url", ""]);
    assert!(read("empty/robots.txt").contains("https://example.org/sitemap.xml"));
}

/// A build of a page with this text ends, with a status of its own and the page.
fn survives(name: &str, bytes: &[u8]) {
    let site = Site::new("-- themes/plain/templates/shortcodes/box.html --\n<div>{{ inner | safe }}</div>\n");
    site.edit("content/en/a.md", bytes);
    let output = plenary(&site, &["build"]);
    let told = text(&output.stderr);
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{name}: {:?} {}",
        output.status,
        &told[told.len().saturating_sub(2000)..]
    );
    assert!(!told.contains("panicked"), "{name}: {told}");
    assert!(site.path("public/a/index.html").exists(), "{name}");
}

#[test]
fn hostile_inputs_do_no_harm() {
    let garbage: Vec<u8> = (0..20_000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    survives("nothing", b"");
    survives("garbage", &garbage);
    survives("garbage behind front matter", &[b"---\ntitle: A\n---\n", garbage.as_slice()].concat());
    survives("one line of a megabyte", "word ".repeat(200_000).as_bytes());
    survives("one word of a megabyte", "a".repeat(1 << 20).as_bytes());
    for (name, text) in [
        ("quotes", "> ".repeat(3_000)),
        ("lists", (0..500).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect()),
        ("brackets", "[".repeat(20_000)),
        ("images", "![".repeat(20_000)),
        ("emphasis", "*a _b ".repeat(20_000)),
        ("backticks", (1..300).map(|count| format!("a{}", "`".repeat(count))).collect()),
        ("elements", "<div>".repeat(20_000)),
        ("half an element", "<a href=\"".repeat(5_000)),
        ("open calls", "{{< box >}}".repeat(200)),
        ("nested calls", "{{< box >}}".repeat(1_000) + &"{{< /box >}}".repeat(1_000)),
        ("half a call", "{{< box a=\"".repeat(200)),
        ("escaped calls", "{{</* ".repeat(200)),
        (
            "placeholders",
            "\u{e000}0\u{e001} \u{e000}99999999999999999999\u{e001} [a](\u{e000}7\u{e001}) \u{e000}".repeat(100),
        ),
        ("footnotes", "[^a]: [^a] [^a]\n\n".repeat(2_000)),
        ("tables", format!("|{}\n|{}\n", "a|".repeat(2_000), "-|".repeat(2_000))),
        ("quotation marks", "'a\"b".repeat(20_000)),
    ] {
        survives(name, text.as_bytes());
    }
}

#[test]
fn odd_front_matter_does_no_harm() {
    for front in [
        "---\n---\n",
        "---\n",
        "---",
        "---\n- a\n- b\n---\n",
        "---\njust a text\n---\n",
        "---\n? [a]\n: b\n---\n",
        "---\na: &x [*x]\n---\n",
        "---\na: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n---\n",
        "---\ntitle: !!binary x\nweight: 99999999999999999999\ndate: 99999-99-99\n---\n",
        "---\ntitle: ''\nslug: ''\nurl: ''\naliases: ['', null, {}]\ntags: ['', '///', '..', null]\nmenu: [[]]\ncascade: x\n---\n",
        "---\nslug: ../../x\nlayout: ../../x\ntype: ../x\nimage: ../../../x\n---\n",
        "---\ntitle: A\nslug: '/'\n---\n",
        "---\nqueries: [x]\ncascade: [{_target: x}, [y]]\nmenu: {main: [x]}\nauthors: {a: b}\n---\n",
        "+++\n[[[\n+++\n",
        "{",
        "{\"a\": {\"b\": ",
        "{{< box >}}",
        "\u{feff}\u{feff}---\ntitle: A\n---\n",
    ] {
        let site = Site::new("-- themes/plain/templates/shortcodes/box.html --\nbox\n");
        site.edit("content/en/a.md", format!("{front}Text\n"));
        let built = site.build();
        let inside = built.paths().iter().all(|path| !path.contains("..") && !path.starts_with('/'));
        assert!(inside, "{front}: {:?}", built.paths());
    }
    let deep = format!("---\na: {}{}\n---\n", "[".repeat(5_000), "]".repeat(5_000));
    survives("deep YAML", deep.as_bytes());
    let deep = format!("{{\"a\": {}{}}}\n", "{\"b\": ".repeat(5_000), "}".repeat(5_000));
    survives("deep JSON", deep.as_bytes());
    let deep = format!("+++\na = {}{}\n+++\n", "[".repeat(5_000), "]".repeat(5_000));
    survives("deep TOML", deep.as_bytes());
}

#[test]
fn odd_settings_do_no_harm() {
    for settings in [
        "",
        "[]",
        "text",
        "title: [",
        "languages: []",
        "languages: {}",
        "languages: {en: , fr: x, '': {}}",
        "languages: {en: {fallback: [en, xx, fr]}, fr: {fallback: [en]}}",
        "base_url: ''",
        "base_url: not a url",
        "pagination: {size: 0}",
        "pagination: {size: -1, path: ../..}",
        "permalinks: {blog: '/../../:slug/', docs: ':', x: 7}",
        "menus: {main: {}}",
        "menus: {main: [{}, x, {page: '/'}, {label: a, url: b, parent: b, identifier: b}]}",
        "taxonomies: ['', '..', tags, tags]",
        "theme: ../../..",
        "theme: no-such-theme",
        "mounts: [x, {source: '', target: ''}, {source: /, target: en}]",
        "repository: {}",
        "markdown: x\nhighlight: []\nparams: x\nfeed_limit: x\n",
    ] {
        let site = Site::new("-- content/en/blog/a.md --\n---\ntitle: A\ntags: [x]\ndate: 2024-01-01\n---\n");
        site.edit("site.yaml", settings);
        let built = site.build();
        let inside =
            built.paths().iter().all(|path| !path.split('/').any(|part| part == "..") && !path.starts_with('/'));
        assert!(inside, "{settings}: {:?}", built.paths());
    }
}

#[test]
fn a_theme_is_a_folder_and_no_way_out_of_the_site() {
    let site = Site::new("-- content/en/a.md --\nText\n");
    let outside = tempfile::tempdir().expect("a folder");
    std::fs::write(outside.path().join("secret.txt"), "secret").expect("written");
    let outside = outside.path().display().to_string();
    for theme in [&outside, "../content", "a/b", "a\\b", "..", "."] {
        site.edit("site.yaml", format!("theme: '{theme}'\n"));
        let built = site.build();
        let told = format!(
            "site.yaml:1:8 config-value `{theme}` is not the name of a folder in `themes/` | \
             write `theme: tag`, or name a folder as it is called there"
        );
        assert!(built.diagnostics().contains(&told), "{:?}", built.diagnostics());
        let files: Vec<&str> = built.run.snapshot.sources.of(Role::Theme).map(|(_, file)| file.path.as_str()).collect();
        let own = files.iter().all(|path| path.starts_with("themes/tag/"));
        assert!(own && !files.is_empty(), "{theme}: {files:?}");
    }
}

#[test]
fn a_theme_that_is_not_there_is_told_by_its_name() {
    let site = Site::new("-- content/en/a.md --\nText\n");
    site.edit("site.yaml", "title: T\ntheme: plian\n");
    let found = site.build().diagnostics();
    let told = "site.yaml:2:8 config-value there is no theme in `themes/plian` | \
                write `theme: tag` for the built-in one, or lay your own there";
    assert!(found.iter().any(|finding| finding == told), "{found:?}");
}

#[test]
fn findings_are_counted_by_the_severity_that_the_site_gives_them() {
    let site =
        Site::new("-- content/en/a.md --\n---\ntitle: A\n---\nThe end end.\n-- content/en/b.md --\nThe end end.\n");
    site.edit(
        "site.yaml",
        "languages: {en: }\ncheck: {rules: {double-word: [{paths: [content/en/a.md], level: error}], git-history: off}}\n",
    );
    let told = text(&plenary(&site, &["check"]).stderr);
    assert!(told.contains("\n     1 error double-word\n") && told.contains("\n     1 warning double-word\n"), "{told}");
}
