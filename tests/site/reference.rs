//! The reference of templates says what the program gives, no more and no less.

use super::support::{Built, Site};
use plenary::theme::{FILTERS, FUNCTIONS};
use plenary::view::{CHAPTER, described, objects};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The languages that the handbook is written in.
const LANGUAGES: [&str; 5] = ["en", "fr", "it", "pt-br", "ko"];

/// Where a map's names are the site's own.
const FREE: [&str; 11] = [
    "site.menus",
    "site.params",
    "site.data",
    "site.theme.params",
    "site.language.params",
    "site.languages[].params",
    "page.extra",
    "page.queries",
    ".extra",
    "t",
    "site.data.*",
];

fn handbook(language: &str, page: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("content/{language}/handbook/reference/{page}.md"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A site that has something of everything, in the real theme, whose pages hold their values as JSON.
fn rich(around: &str) -> Built {
    let page = |title: &str, front: &str, text: &str| format!("---\ntitle: {title}\n{front}\n---\n{text}\n");
    let post = |day: u32| {
        format!(
            "-- content/en/blog/post-{day}.md --\n{}",
            page(&format!("Post {day}"), &format!("date: 2025-01-0{day}\ntags: [One]"), "Text.")
        )
    };
    let head = "<title>{{ page.title }}</title>\
        <script type=\"values\">{{ site | jsonify }}</script><script type=\"values\">{{ page | jsonify }}</script><script type=\"values\">{{ build | jsonify }}</script>";
    let files = [
        format!(
            "-- site.yaml --\ntheme: tag\ncards: true\ntaxonomies: [tags]\npagination: {{size: 2}}\nimage: /x.png\nrepository: https://github.com/a/b\n\
             languages: {{en: {{name: English, params: {{a: 1}}}}, fr: {{name: Français}}, de: {{name: Deutsch}}}}\n\
             menus: {{main: [{{page: /blog/, children: [{{page: /guide/}}]}}]}}\n\
             meetings: {{index_people: true, groups: {{a: {{name: A, location: \"https://example.org/\", schedule: {{every: 2 weeks, day: wednesday, time: \"16:00\", zone: Europe/Berlin, start: 2025-01-08}}}}, b: {{name: B}}}}}}\n\
             {around}"
        ),
        "-- static/x.png --\n".into(),
        format!("-- themes/tag/templates/partials/head.html --\n{head}\n"),
        "-- themes/tag/templates/translations.html --\n<html><head>{% include \"partials/head.html\" %}<script type=\"values\">{{ progress | jsonify }}</script></head></html>\n".into(),
        "-- themes/tag/templates/partials/sidebar.html --\n<script type=\"values\">{{ root | jsonify }}</script><script type=\"values\">{{ entries | jsonify }}</script>\n".into(),
        format!("-- content/en/_index.md --\n{}", page("Home", "queries: {some: {section: blog}}", "## A\n\n### B")),
        format!("-- content/en/blog/_index.md --\n{}", page("Blog", "", "")),
        (1..=5).map(post).collect(),
        format!("-- content/en/guide/_index.md --\n{}", page("Guide", "", "")),
        format!("-- content/en/guide/deep/_index.md --\n{}", page("Deep", "", "")),
        format!("-- content/en/guide/deep/leaf.md --\n{}", page("Leaf", "", "First.\n\n## One\n\nText.")),
        format!("-- content/fr/guide/deep/leaf.md --\n{}", page("Feuille", "source_digest: \"1 fk00000 0000000\"", "Un.\n\n## Un\n\nTexte.")),
        format!("-- content/en/meetings/_index.md --\n{}", page("Meetings", "cascade: {type: meeting}", "")),
        format!("-- content/en/meetings/2025/_index.md --\n{}", page("2025", "", "")),
        [8, 9].map(|day| format!(
            "-- content/en/meetings/2025/2025-01-0{day}.md --\n{}",
            page("Meeting", &format!("date: 2025-01-0{day}T16:00:00Z\ngroup: A\nattendees: [Ada]\nprojects: [Dapr]\nrecordings: [\"https://youtu.be/abc\"]"),
                "## Agenda\n\n- One\n\n## Decisions\n\n- Yes\n\n## Actions\n\n- [ ] Write")
        )).concat(),
    ];
    let site = Site::new(&files.concat());
    site.commit("2025-01-10T12:00:00Z");
    site.build()
}

/// For each place of the values the names of the maps that stand there.
#[derive(Default)]
struct Seen(BTreeMap<String, BTreeSet<String>>);

impl Seen {
    fn look(&mut self, at: &str, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.look(&format!("{at}[]"), item)),
            Value::Object(fields) => {
                let free = FREE.iter().any(|free| at == *free || free.starts_with('.') && at.ends_with(free));
                if !free {
                    self.0.entry(at.to_owned()).or_default().extend(fields.keys().cloned());
                } else if !matches!(at, "site.menus" | "page.queries") {
                    return;
                }
                for (name, field) in fields {
                    let below = if free { format!("{at}.*") } else { format!("{at}.{name}") };
                    // Menus, contents and sidebars are trees.
                    self.look(&below.replace("children[].children", "children"), field);
                }
            }
            _ => {}
        }
    }

    fn pages(&mut self, built: &Built) {
        for (path, bytes) in built.outputs.iter().filter(|(path, _)| path.ends_with(".html")) {
            let html = String::from_utf8(bytes.clone()).expect("UTF-8");
            let texts = html
                .split("<script type=\"values\">")
                .skip(1)
                .map(|rest| rest.split("</script>").next().unwrap_or_default());
            for text in texts {
                let value: Value =
                    serde_json::from_str(text).unwrap_or_else(|error| panic!("{path}: {error} in {text}"));
                self.look(root(&value), &value);
            }
        }
    }
}

/// The name that a value has in templates, told by what it has.
fn root(value: &Value) -> &'static str {
    let has = |name: &str| value.get(name).is_some();
    match value {
        Value::Array(_) => "entries",
        _ if has("base_url") => "site",
        _ if has("version") && has("preview") => "build",
        _ if has("is_source") => "progress",
        _ if has("kind") => "page",
        _ => "root",
    }
}

#[test]
fn values_are_those_that_templates_have() {
    let mut seen = Seen::default();
    let live = "feedback: true\nbanner: {text: Come}\nanalytics: {script: \"https://stats.example.net/c.js\", attributes: {a: b}}\n";
    seen.pages(&rich(live));
    seen.pages(&rich("archived: {since: 2025-05-01, text: Over}\n"));
    let seen = seen.0;
    let set = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect::<BTreeSet<String>>();
    let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    told.insert("site".into(), set(described(CHAPTER, "### site")));
    told.insert("page".into(), set(described(CHAPTER, "### page")));
    for object in objects(CHAPTER) {
        for at in object.at {
            let twice = told.insert(at.to_owned(), set(object.names.clone()));
            assert_eq!(twice, None, "{at} is described twice");
        }
    }
    // A machine without fonts draws no cards.
    if !seen.contains_key("page.card") {
        told.remove("page.card");
    }
    let show = |map: &BTreeMap<String, BTreeSet<String>>| -> Vec<String> {
        map.iter()
            .map(|(at, names)| format!("{at}: {}", names.iter().cloned().collect::<Vec<_>>().join(", ")))
            .collect()
    };
    let (told, seen) = (show(&told), show(&seen));
    let only = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|line| !those.contains(line)).cloned().collect()
    };
    assert_eq!(only(&told, &seen), only(&seen, &told), "src/view/values.md says the left, templates see the right");
}

#[test]
fn the_handbook_holds_what_the_program_describes() {
    let path = handbook("en", "templates");
    let page = read(&path);
    let calls = |head: &str, rows: &[(&str, &str)]| -> String {
        let rows = rows.iter().map(|(call, meaning)| format!("| `{call}` | {meaning} |\n"));
        format!("| {head} | Gives |\n|---|---|\n{}\n", rows.collect::<String>())
    };
    let functions =
        format!("## Functions and filters\n\n{}{}", calls("Function", &FUNCTIONS), calls("Filter", &FILTERS));
    let values = format!("{}\n\n", CHAPTER.trim_end());
    let mut expected = page.clone();
    for (from, to, text) in
        [("## Values\n", "### Data files\n", values), ("## Functions and filters\n", "## An example\n", functions)]
    {
        let start = expected.find(from).unwrap_or_else(|| panic!("no {from}"));
        let end = expected.find(to).unwrap_or_else(|| panic!("no {to}"));
        expected.replace_range(start..end, &text);
    }
    if std::env::var_os("PLENARY_UPDATE").is_some() {
        std::fs::write(&path, expected).expect("the page can be written");
        return;
    }
    let help = "describe values in src/view/values.md; PLENARY_UPDATE=1 cargo test handbook makes the page";
    assert_eq!(page, expected, "{help}");
}

#[test]
fn every_language_of_the_handbook_has_the_same_names() {
    let english = read(&handbook("en", "templates"));
    for language in LANGUAGES {
        let page = read(&handbook(language, "templates"));
        for heading in [
            "### site",
            "### page",
            "## Values",
            "## Functions and filters",
            "## Lookup order",
            "## Shortcode templates",
        ] {
            let expected = described(&english, heading);
            assert!(!expected.is_empty(), "{heading}");
            assert_eq!(described(&page, heading), expected, "{language}: {heading}");
        }
        assert_eq!(objects(&page), objects(&english), "{language}");
    }
}

/// The files below a folder of the theme, by their paths in it.
fn theme_files(below: &str) -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/tag/templates");
    let files = walkdir::WalkDir::new(root.join(below)).into_iter().map(|entry| entry.expect("a file"));
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|entry| entry.path().strip_prefix(&root).expect("below").display().to_string()).collect()
}

#[test]
fn every_template_of_the_theme_is_named() {
    let files: BTreeSet<String> = theme_files("").into_iter().filter(|path| !path.starts_with("shortcodes/")).collect();
    for language in LANGUAGES {
        let page = read(&handbook(language, "templates"));
        let start = page.find("| `base.html` |").expect("the table of templates");
        let part = &page[start..];
        let part = &part[..part.find("\n## ").expect("the next chapter")];
        let spans = part.split('`').skip(1).step_by(2);
        let named = spans.filter(|span| span.contains('.') && !span.contains(['*', '<', ' ']));
        let named: BTreeSet<String> = named.map(str::to_owned).collect();
        assert_eq!(named, files, "{language}");
    }
}

#[test]
fn every_parameter_of_a_shortcode_is_named() {
    for file in theme_files("shortcodes") {
        let name = file.trim_start_matches("shortcodes/").trim_end_matches(".html");
        let template = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/tag/templates").join(&file));
        let parameters = template.split("params.").skip(1);
        let parameters: BTreeSet<&str> = parameters
            .map(|rest| rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or_default())
            .collect();
        for language in LANGUAGES {
            let page = read(&handbook(language, "shortcodes"));
            let parts: Vec<&str> = page.split("\n## ").filter(|part| part.contains(name)).collect();
            assert!(!parts.is_empty(), "{language}: nothing on {name}");
            for parameter in &parameters {
                let said = [format!("`{parameter}`"), format!(" {parameter}=\"")];
                let told = parts.iter().any(|part| said.iter().any(|said| part.contains(said)));
                assert!(told, "{language}: nothing on `{parameter}` of {name}");
            }
        }
    }
}

/// What `plenary … --help` prints.
fn help(command: &[&str]) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_plenary")).args(command).arg("--help").output();
    String::from_utf8(output.expect("a run").stdout).expect("text")
}

/// The commands below a command, each with all words of its name; itself if there are none.
fn commands(command: &[&str]) -> Vec<Vec<String>> {
    let text = help(command);
    let Some((_, list)) = text.split_once("\nCommands:\n") else {
        return vec![command.iter().map(|word| (*word).to_owned()).collect()];
    };
    let rows = list
        .lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && line.as_bytes()[2] != b' ');
    let names = rows.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    names.flat_map(|name| commands(&[command, &[name]].concat())).collect()
}

/// The long options that a command's help lists.
fn options(text: &str) -> BTreeSet<&str> {
    let rows = text.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
    rows.filter_map(|line| line.split([' ', ',']).find(|word| word.starts_with("--"))).collect()
}

#[test]
fn every_command_and_option_is_in_the_synopsis() {
    let page = read(&handbook("en", "command-line"));
    let synopsis = page.split("```").nth(1).expect("a block");
    let for_all = help(&[]);
    let for_all: BTreeSet<&str> = options(&for_all).into_iter().chain(["--help"]).collect();
    let known = commands(&[]);
    assert!(known.len() > 20, "{known:?}");
    for command in known {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        // `new page|post` stands for two.
        let line = synopsis.lines().find(|line| {
            let mut written = line.split_whitespace().skip(1);
            words.iter().all(|word| written.next().is_some_and(|found| found.split('|').any(|name| name == *word)))
        });
        let line = line.unwrap_or_else(|| panic!("no line for {words:?}"));
        let text = help(&words);
        let own: BTreeSet<&str> = options(&text).into_iter().filter(|option| !for_all.contains(option)).collect();
        let written = line.split([' ', '[', ']', '|']).filter(|word| word.starts_with("--")).collect();
        assert_eq!(own, written, "{words:?}");
    }
    for language in LANGUAGES {
        assert!(read(&handbook(language, "command-line")).contains(synopsis), "{language}");
    }
}
