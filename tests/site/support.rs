//! A site in one string, built in memory.
//!
//! `-- path --` opens a file, `-- path -> target --` is a symbolic link. What a test does not care about
//! is filled in: `site.yaml` gets the settings that it lacks, and unless it names another theme the site
//! has one of a single template, so that assertions do not hang on the looks of the real one.

use plenary::diag::{At, Diagnostic, Severity, Summary, to_json};
use plenary::pipeline::{self, Error, Options, Run};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// The settings of a site that says nothing else.
const SETTINGS: [(&str, &str); 4] = [
    ("base_url", "https://example.org/"),
    ("title", "Example"),
    ("theme", "plain"),
    ("languages", "{en: {name: English}, fr: {name: Français}}"),
];

const TEMPLATE: &str = r#"<!doctype html>
<html lang="{{ site.language.tag }}" dir="{{ site.language.dir }}">
<head>
<title>{{ page.title }}</title>
{% if page.canonical %}<link rel="canonical" href="{{ page.canonical }}">
{% endif %}{% for a in page.alternates %}<link rel="alternate" hreflang="{{ a.hreflang }}" href="{{ a.url }}">
{% endfor %}{% if page.noindex or build.preview %}<meta name="robots" content="noindex">
{% endif %}</head>
<body>
<main>
MAIN
</main>
</body>
</html>
"#;

/// A site on disk, in a folder that goes away with it.
pub(crate) struct Site {
    folder: TempDir,
    pub(crate) options: Options,
}

impl Site {
    /// A site of these files. Its root is the folder of the first `site.yaml`, else the top.
    pub(crate) fn new(files: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let files = parse(files);
        let root = files.iter().find_map(|(path, _)| path.strip_suffix("site.yaml")).unwrap_or_default();
        let root = folder.path().join(root);
        fs::create_dir_all(&root).expect("a folder");
        let site = Self { folder, options: Options { root, ..Options::default() } };
        site.edit_root("themes/plain/templates/page.html", &TEMPLATE.replace("MAIN", "{{ page.content | safe }}"));
        site.edit_root("site.yaml", "");
        for (path, text) in &files {
            site.place(path, text);
        }
        let settings = fs::read_to_string(site.options.root.join("site.yaml")).expect("settings");
        site.edit_root("site.yaml", &completed(&settings));
        site
    }

    /// With this template inside `<main>` of every page.
    pub(crate) fn main(self, template: &str) -> Self {
        self.edit_root("themes/plain/templates/page.html", &TEMPLATE.replace("MAIN", template));
        self
    }

    /// With these options.
    pub(crate) fn with(mut self, set: impl FnOnce(&mut Options)) -> Self {
        set(&mut self.options);
        self
    }

    /// The folder around everything.
    pub(crate) fn top(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn edit(&self, path: &str, text: impl AsRef<[u8]>) {
        put(&self.path(path), text.as_ref());
    }

    fn edit_root(&self, path: &str, text: &str) {
        put(&self.options.root.join(path), text.as_bytes());
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("a file to remove");
    }

    fn place(&self, path: &str, text: &str) {
        match path.split_once(" -> ") {
            Some((link, target)) => {
                let link = self.path(link);
                fs::create_dir_all(link.parent().expect("a folder")).expect("a folder");
                symlink(target, &link);
            }
            None => self.edit(path, text),
        }
    }

    /// Makes a repository of the folder, if it is none, and commits everything at a date.
    pub(crate) fn commit(&self, date: &str) {
        let git = |arguments: &[&str]| {
            let status = Command::new("git")
                .arg("-C")
                .arg(self.top())
                .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"])
                .args(arguments)
                .env("GIT_AUTHOR_DATE", date)
                .env("GIT_COMMITTER_DATE", date)
                .env("GIT_CONFIG_NOSYSTEM", "1")
                .env("GIT_CONFIG_GLOBAL", "/dev/null")
                .env_remove("GIT_DIR")
                .env_remove("GIT_WORK_TREE")
                .env_remove("GIT_INDEX_FILE")
                .output()
                .expect("git");
            assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
        };
        if !self.path(".git").exists() {
            git(&["init", "-q", "-b", "main"]);
        }
        git(&["add", "-A"]);
        git(&["commit", "-q", "-m", "change"]);
    }

    /// Builds in memory.
    pub(crate) fn build(&self) -> Built {
        let mut outputs = BTreeMap::new();
        let run = pipeline::in_memory(&self.options, |path, bytes| {
            let earlier = outputs.insert(path.to_owned(), bytes.to_vec());
            assert_eq!(earlier, None, "{path} came twice");
        });
        Built { outputs, run: run.expect("a build") }
    }

    /// Builds into the folder `out`.
    pub(crate) fn write(&self, out: &str) -> Result<Summary, Error> {
        pipeline::build(&self.options, &self.path(out)).map(|run| run.summary)
    }
}

/// Builds a site of these files in memory.
pub(crate) fn build(files: &str) -> Built {
    Site::new(files).build()
}

/// What a build gave.
pub(crate) struct Built {
    pub(crate) outputs: BTreeMap<String, Vec<u8>>,
    pub(crate) run: Run,
}

impl Built {
    pub(crate) fn has(&self, path: &str) -> bool {
        self.outputs.contains_key(path)
    }

    pub(crate) fn text(&self, path: &str) -> String {
        let bytes = self.outputs.get(path).unwrap_or_else(|| panic!("no {path} in {:#?}", self.paths()));
        String::from_utf8(bytes.clone()).expect("UTF-8")
    }

    pub(crate) fn paths(&self) -> Vec<&str> {
        self.outputs.keys().map(String::as_str).collect()
    }

    /// The inside of `<main>`, without the blank lines around it.
    pub(crate) fn html(&self, path: &str) -> String {
        between(&self.text(path), "<main", "</main>")
    }

    /// The inside of `<head>`.
    pub(crate) fn head(&self, path: &str) -> String {
        between(&self.text(path), "<head", "</head>")
    }

    /// Every page in the order of the addresses: `url kind key`, and for a fallback ` < language`.
    pub(crate) fn pages(&self) -> Vec<String> {
        let snapshot = &self.run.snapshot;
        let mut pages: Vec<_> = snapshot.site.pages().iter().collect();
        pages.sort_by(|a, b| a.url.cmp(&b.url));
        let show = |page: &plenary::site::Page| {
            let source = &snapshot.config.languages.get(page.text_language).folder;
            let fallback = if page.is_fallback() { format!(" < {source}") } else { String::new() };
            format!("{} {} {}{fallback}", page.url, page.kind.as_str(), page.key)
        };
        pages.into_iter().map(show).collect()
    }

    /// Every finding but that of a site without git: `file:line:column code message | hint`.
    pub(crate) fn diagnostics(&self) -> Vec<String> {
        let all = self.run.diagnostics.iter();
        all.filter(|diagnostic| diagnostic.severity() != Severity::Note).map(|found| self.show(found)).collect()
    }

    pub(crate) fn show(&self, diagnostic: &Diagnostic) -> String {
        let json = to_json(diagnostic, &self.run.snapshot.sources);
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let text = |key: &str| json[key].as_str().unwrap_or_default().to_owned();
        let place = match diagnostic.at {
            At::Site => String::new(),
            At::Path(_) | At::Span(_) => format!("{}:{}:{} ", text("file"), json["line"], json["column"]),
        };
        let hints: Vec<String> = diagnostic.hints.iter().map(|hint| format!(" | {hint}")).collect();
        format!("{place}{} {}{}", text("code"), text("message"), hints.concat())
    }

    /// Nothing was found.
    #[track_caller]
    pub(crate) fn clean(self) -> Self {
        assert_eq!(self.diagnostics(), [] as [&str; 0]);
        self
    }
}

/// The lines of a text that begin with something, trimmed.
pub(crate) fn lines<'t>(text: &'t str, start: &str) -> Vec<&'t str> {
    text.lines().map(str::trim).filter(|line| line.starts_with(start)).collect()
}

fn between(text: &str, open: &str, close: &str) -> String {
    let from = text.find(open).unwrap_or_else(|| panic!("no {open} in {text}"));
    let from = from + text[from..].find('>').expect("the tag's end") + 1;
    let to = text.rfind(close).unwrap_or_else(|| panic!("no {close} in {text}"));
    text[from..to].trim().to_owned()
}

fn parse(files: &str) -> Vec<(&str, String)> {
    let mut parsed: Vec<(&str, String)> = vec![];
    for line in files.split_inclusive('\n') {
        let header = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
        match (header, parsed.last_mut()) {
            (Some(path), _) => parsed.push((path, String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => assert!(line.trim().is_empty(), "a text before the first `-- path --`: {line}"),
        }
    }
    parsed
}

fn completed(settings: &str) -> String {
    let mut settings = settings.to_owned();
    if !settings.is_empty() && !settings.ends_with('\n') {
        settings.push('\n');
    }
    for (key, value) in SETTINGS {
        if !settings.lines().any(|line| line.starts_with(&format!("{key}:"))) {
            settings.push_str(&format!("{key}: {value}\n"));
        }
    }
    settings
}

fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

#[cfg(unix)]
fn symlink(target: &str, link: &Path) {
    std::os::unix::fs::symlink(target, link).expect("a link");
}

#[cfg(not(unix))]
fn symlink(_: &str, _: &Path) {}
