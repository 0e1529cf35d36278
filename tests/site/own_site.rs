//! The project's own site and theme.

use plenary::data::{Node, parse_yaml};
use plenary::diag::{FileId, Severity, to_text};
use plenary::pipeline::{self, Options};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn it_builds_without_errors_and_warnings() {
    let options = Options { root: ROOT.into(), ..Options::default() };
    let mut pages = BTreeMap::new();
    let run = pipeline::in_memory(&options, |path, bytes| {
        if path.ends_with(".html") {
            pages.insert(path.to_owned(), String::from_utf8(bytes.to_vec()).expect("UTF-8"));
        }
    });
    let run = run.expect("a build");
    let found: Vec<_> = run.diagnostics.iter().filter(|found| found.severity() != Severity::Note).cloned().collect();
    assert!(found.is_empty(), "{}", to_text(&found, &run.snapshot.sources, false));
    assert_eq!(run.summary.languages, 9);
    for (path, html) in pages.iter().filter(|(_, html)| !html.contains("http-equiv=\"refresh\"")) {
        assert_eq!(html.matches("<h1").count(), 1, "{path} has one title");
        assert_eq!(html.matches("<main").count(), 1, "{path}");
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let distinct: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), distinct.len(), "{path} has an id twice: {ids:?}");
        assert!(!html.contains('\u{e000}') && !html.contains("{{<"), "{path} shows the inside of the machine");
    }
}

/// Strings by key: each plural form's placeholders.
fn strings(path: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(path).expect("a file of strings");
    let node: Node = parse_yaml(&text, FileId(0), 0).expect("YAML").node;
    let forms = |node: &Node| match node.to_text() {
        Some(text) => vec![text],
        None => node.entries().iter().filter_map(|entry| entry.node.to_text()).collect(),
    };
    let placeholders = |text: &str| -> Vec<String> {
        text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
    };
    let row = |node: &Node| forms(node).iter().flat_map(|text| placeholders(text)).collect();
    node.entries().iter().map(|entry| (entry.key.clone(), row(&entry.node))).collect()
}

#[test]
fn every_string_of_the_theme_is_translated_with_its_placeholders() {
    let folder = Path::new(ROOT).join("themes/tag/i18n");
    let english = strings(&folder.join("en.yaml"));
    let mut languages = 0;
    for entry in fs::read_dir(&folder).expect("strings") {
        let path = entry.expect("an entry").path();
        let translated = strings(&path);
        let name = path.display();
        assert_eq!(
            english.keys().collect::<Vec<_>>().len(),
            translated.len(),
            "{name}: {:?}",
            difference(&english, &translated)
        );
        for (key, wanted) in &english {
            let found = translated.get(key).unwrap_or_else(|| panic!("{name} lacks `{key}`"));
            // A translation may write its own language's name out, where grammar bends it.
            let own = |name: &&String| *name != "language" || key != "fallback_notice";
            let wanted: Vec<&String> = wanted.iter().filter(own).collect();
            assert_eq!(found.iter().filter(own).collect::<Vec<_>>(), wanted, "{name}: `{key}`");
        }
        languages += 1;
    }
    assert!(languages >= 5, "{languages} languages");
}

fn difference<'a>(
    one: &'a BTreeMap<String, BTreeSet<String>>,
    two: &'a BTreeMap<String, BTreeSet<String>>,
) -> Vec<&'a String> {
    one.keys().filter(|key| !two.contains_key(*key)).chain(two.keys().filter(|key| !one.contains_key(*key))).collect()
}

/// Templates ask for strings by name: `t.name`, `text(key="name")`.
#[test]
fn every_string_that_a_template_names_exists() {
    fn templates(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in fs::read_dir(folder).expect("templates") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                templates(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let theme = Path::new(ROOT).join("themes/tag");
    let english = strings(&theme.join("i18n/en.yaml"));
    let mut files = vec![];
    templates(&theme.join("templates"), &mut files);
    let mut named = 0;
    for file in files {
        let text = fs::read_to_string(&file).expect("a template");
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let dotted =
            text.match_indices("t.").filter(|(at, _)| !text[..*at].ends_with(|c: char| is_name(c) || c == '.'));
        let keyed = text.match_indices("key=\"").filter(|(at, _)| text[..*at].ends_with("text("));
        for (at, mark) in dotted.chain(keyed) {
            let rest = &text[at + mark.len()..];
            let name = rest.split(|c: char| !is_name(c)).next().unwrap_or_default();
            // What has a substitute is for the site to give.
            let optional = rest[name.len()..].starts_with(" or ");
            assert!(optional || english.contains_key(name), "{}: no string `{name}`", file.display());
            named += 1;
        }
    }
    assert!(named > 50, "{named}");
}
