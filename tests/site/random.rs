//! Random edits: what a run makes that remembers the last ones is what a clean run makes, byte for byte.
//!
//! `PLENARY_SEQUENCES` says how many sequences of edits are tried (40 without it), `PLENARY_SEED` with which
//! one to begin: a failure names its own.

use super::support::Site;
use plenary::diag::to_text;
use plenary::pipeline::{self, Memory};
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::PathBuf;

/// Edits in a sequence.
const EDITS: usize = 7;

const FILES: &str = r#"-- site.yaml --
languages: {en: {name: English}, fr: {name: Français}}
menus: {main: [{page: /guide/, weight: 1}]}
permalinks: {blog: "/:section/:slug/"}
-- content/en/_index.md --
---
title: Home
---
-- content/en/guide/_index.md --
---
title: Guide
---
-- content/en/guide/one.md --
---
title: One
---
First. See [two](two.md#part).
-- content/en/guide/two.md --
---
title: Two
weight: 2
---
## Part

Text.
-- content/en/blog/first.md --
---
title: First
date: 2024-05-01
---
News.
-- content/fr/guide/one.md --
---
title: Un
---
Premier.
-- content/en/guide/picture.svg --
<svg/>
-- shared/fragment.md --
A fragment, see [one](/guide/one/).
-- static/file.txt --
text
-- data/people.yaml --
- Ada
-- i18n/en.yaml --
more: More
-- i18n/fr.yaml --
more: Encore
-- themes/plain/theme.yaml --
paginated: [blog]
queries: {page: [{name: latest, section: blog, limit: 2}]}
-- themes/plain/assets/site.css --
a { color: red }
-- themes/plain/templates/partials/sidebar.html --
{% for e in entries %}<a href="{{ e.url }}">{{ e.title }}</a>{% for c in e.children %}<a href="{{ c.url }}">{{ c.title }}</a>{% endfor %}{% endfor %}
-- themes/plain/templates/shortcodes/note.html --
<b>{{ inner | safe }} {{ t.more }} {{ page.title }}</b>
-- themes/plain/templates/page.html --
<title>{{ page.title }}</title>{{ asset(path="site.css") }} {{ nav | safe }} {{ text(key="more") }}
{% for b in page.breadcrumbs %}{{ b.title }}/{% endfor %} {% if page.prev %}{{ page.prev.title }}{% endif %} {% if page.next %}{{ page.next.url }}{% endif %}
{{ page.content | safe }}
{% for p in page.pages %}<li>{{ p.title }} {{ p.summary }} {{ p.url }}{% endfor %}{% for s in page.sections %}<li>{{ s.title }} {{ s.count }}{% endfor %}
{% for l in page.queries.latest | default(value=[]) %}{{ l.title }}{% endfor %} {{ site.title }} {{ site.data.people | default(value=[]) | length }}
{% for m in site.menus.main %}{{ m.label }} {{ m.url }}{% endfor %}{% for a in page.alternates %}{{ a.url }}{% endfor %}{% for t in page.terms %}{{ t.taxonomy_title }}{% endfor %}
{% if page.translation %}{{ page.translation.state }}{% endif %}{{ page.toc | length }} {{ page.image }}
"#;

/// Numbers that are the same at every run (`SplitMix64`).
pub(super) struct Numbers(u64);

impl Numbers {
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 33) as usize % limit
    }

    fn of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }
}

/// A site and the one who edits it.
pub(super) struct Edited {
    pub(super) site: Site,
    pub(super) numbers: Numbers,
    /// The files that an edit may touch, as they are.
    files: BTreeMap<String, String>,
    changed: Vec<PathBuf>,
    pub(super) log: Vec<String>,
}

impl Edited {
    pub(super) fn new(seed: u64, more: &str) -> Self {
        let site = Site::new(&format!("{FILES}{more}"));
        let mut files = BTreeMap::new();
        for entry in walkdir::WalkDir::new(site.top()).into_iter().flatten().filter(|entry| entry.file_type().is_file())
        {
            let path = entry.path().strip_prefix(site.top()).expect("a path inside").to_string_lossy().into_owned();
            files.insert(path, fs::read_to_string(entry.path()).expect("a text"));
        }
        Self { site, numbers: Numbers(seed), files, changed: vec![], log: vec![] }
    }

    pub(super) fn write(&mut self, path: &str, text: String) {
        self.log.push(format!("write {path}: {text:?}"));
        self.site.edit(path, &text);
        self.changed.push(self.site.top().canonicalize().expect("a folder").join(path));
        self.files.insert(path.to_owned(), text);
    }

    fn remove(&mut self, path: &str) {
        self.log.push(format!("remove {path}"));
        self.site.remove(path);
        self.changed.push(self.site.top().canonicalize().expect("a folder").join(path));
        self.files.remove(path);
    }

    fn one_of(&mut self, wanted: impl Fn(&str) -> bool) -> Option<String> {
        let found: Vec<String> = self.files.keys().filter(|path| wanted(path)).cloned().collect();
        (!found.is_empty()).then(|| found[self.numbers.below(found.len())].clone())
    }

    /// A page; often the one that others link to.
    fn page(&mut self) -> Option<String> {
        let linked = "content/en/guide/two.md";
        if self.numbers.below(3) == 0 && self.files.contains_key(linked) {
            return Some(linked.to_owned());
        }
        self.one_of(|path| path.starts_with("content/") && path.ends_with(".md"))
    }

    /// A line of a body, of every kind that depends on something elsewhere.
    fn line(&mut self) -> String {
        let number = self.numbers.below(100);
        match self.numbers.below(18) {
            15 | 16 => "![photo](photo.png)".into(),
            17 => format!("```mermaid\nflowchart LR\n  A --> B{}\n```", number % 5),
            0 => format!("## Heading {number}"),
            13 | 14 => "See [a part](/guide/two/#part) and [another](/guide/one/#part).".into(),
            1 => "## Part".into(),
            2 => "See [one](/guide/one/) and [two](../guide/two.md#part).".into(),
            3 => "See [three](three.md) and [gone](/gone/).".into(),
            4 => "![picture](picture.svg)".into(),
            5 => "{{< note >}}Mind **this**.{{< /note >}}".into(),
            6 => "{{< include path=\"shared/fragment.md\" >}}".into(),
            7 => "{{< include path=\"shared/other.md\" >}}".into(),
            8 => format!("```yaml\nkey: {number}\n```"),
            9 => "{{< unknown >}}".into(),
            10 => "{{< relref \"two.md\" >}}".into(),
            11 => "[file](/file.txt) and a footnote[^1].\n\n[^1]: Note.".into(),
            _ => format!("Text {number}."),
        }
    }

    fn body(&mut self, path: &str) {
        let line = self.line();
        let mut lines: Vec<String> = self.files[path].lines().map(str::to_owned).collect();
        let begin = lines.iter().rposition(|line| line == "---").map_or(0, |at| at + 1);
        // Sometimes a line goes, be it a heading that others link to.
        if self.numbers.below(3) == 0 && begin < lines.len() {
            lines.remove(begin + self.numbers.below(lines.len() - begin));
        }
        self.write(path, lines.join("\n") + "\n\n" + &line + "\n");
    }

    /// Sets a key of the front matter, or takes it away.
    fn front(&mut self, path: &str, key: &str, value: Option<String>) {
        let text = self.files[path].clone();
        let mut lines: Vec<&str> = text.lines().filter(|line| !line.starts_with(&format!("{key}:"))).collect();
        let line = value.map(|value| format!("{key}: {value}"));
        if let Some(line) = &line {
            lines.insert(1.min(lines.len()), line);
        }
        self.write(path, lines.join("\n") + "\n");
    }

    fn front_matter(&mut self, path: &str) {
        let number = self.numbers.below(5);
        let (key, value) = match self.numbers.below(9) {
            0 | 1 => ("title", format!("Title {number}")),
            2 => ("weight", number.to_string()),
            3 => ("date", format!("2024-0{}-02", number + 1)),
            4 => ("draft", "true".into()),
            5 => ("tags", format!("[a, t{number}]")),
            6 => ("aliases", format!("[/old/{number}/]")),
            7 => ("cascade", format!("{{weight: {number}}}")),
            _ => ("slug", format!("slug-{number}")),
        };
        let kept = self.numbers.below(4) > 0;
        self.front(path, key, kept.then_some(value));
    }

    fn new_page(&mut self) {
        let folder =
            self.numbers.of(&["en/guide", "en/blog", "en", "fr/guide", "fr/blog", "de/guide", "en/guide/deep"]);
        let name = self.numbers.of(&["three", "four", "_index", "index", "two"]);
        let title = self.numbers.below(10);
        self.write(
            &format!("content/{folder}/{name}.md"),
            format!("---\ntitle: New {title}\n---\nNew text {title}.\n"),
        );
    }

    fn settings(&mut self) {
        let text = self.files["site.yaml"].clone();
        let text = match self.numbers.below(6) {
            0 => text.replace(
                "languages: {en: {name: English}, fr",
                "languages: {en: {name: English}, de: {name: Deutsch}, fr",
            ),
            1 => text.replace("de: {name: Deutsch}, ", ""),
            2 => format!("{text}base_url: https://other.example/docs/\n").replacen(
                "base_url: https://example.org/\n",
                "",
                1,
            ),
            3 => text.replace("weight: 1", "weight: 2"),
            4 => format!("{text}mounts: [{{source: shared, target: en/shared}}]\n"),
            _ => format!("{text}unknown: [\n"),
        };
        // A key that is there twice would hide the edits after it.
        let mut seen = std::collections::BTreeSet::new();
        let lines = text.lines().filter(|line| seen.insert(line.split(':').next().unwrap_or_default().to_owned()));
        let text = lines.collect::<Vec<_>>().join("\n") + "\n";
        self.write("site.yaml", text);
        if self.numbers.below(2) == 0 {
            let text = self.files["site.yaml"].replace("unknown: [\n", "");
            self.write("site.yaml", text);
        }
    }

    fn theme(&mut self) {
        let template =
            self.numbers.of(&["page", "partials/sidebar", "shortcodes/note", "shortcodes/unknown", "section"]);
        let path = format!("themes/plain/templates/{template}.html");
        let text = self.files.get(&path).cloned().unwrap_or_else(|| "{{ page.title }} {{ inner | safe }}".into());
        match self.numbers.below(6) {
            0 if template != "page" && self.files.contains_key(&path) => self.remove(&path),
            1 => self.write(&path, format!("{text}{{{{ broken")),
            2 => self.write(&path, format!("{text}{{{{ page.none.below }}}}")),
            3 => {
                let number = self.numbers.below(50);
                self.write("themes/plain/assets/site.css", format!("a {{ margin: {number}px }}"));
            }
            _ => {
                let whole = text.replace("{{ broken", "").replace("{{ page.none.below }}", "");
                self.write(&path, format!("{whole}<i>"));
            }
        }
    }

    fn file(&mut self) {
        let number = self.numbers.below(50);
        let path = self.numbers.of(&[
            "content/en/guide/picture.svg",
            "static/file.txt",
            "static/new.txt",
            "data/people.yaml",
            "shared/fragment.md",
            "shared/other.md",
            "i18n/fr.yaml",
            "i18n/en.yaml",
            "i18n/de.yaml",
            "terms.yaml",
            "content/en/guide/.hidden.md",
        ]);
        let text = match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
            "svg" => format!("<svg width=\"{number}\"/>"),
            "md" => format!("A fragment {number}, see [two](/guide/two/).\n"),
            "yaml" if path.starts_with("data") => format!("- Ada\n- {number}\n"),
            "yaml" if path.starts_with("terms") => "Text: [text]\n".into(),
            "yaml" => format!("more: More {number}\n"),
            _ => format!("{number}\n"),
        };
        if self.numbers.below(4) == 0 && self.files.contains_key(path) {
            self.remove(path);
        } else {
            self.write(path, text);
        }
    }

    pub(super) fn edit(&mut self) {
        let kind = self.numbers.below(14);
        let page = self.page();
        match (kind, page) {
            (0..=3, Some(page)) => self.body(&page),
            (4..=6, Some(page)) => self.front_matter(&page),
            (7, Some(page)) if page != "content/en/_index.md" => self.remove(&page),
            (8, Some(page)) => {
                let folder =
                    self.numbers.of(&["content/en/guide", "content/fr/guide", "content/en/moved", "content/en/blog"]);
                let to = format!("{folder}/{}", page.rsplit('/').next().unwrap_or_default());
                let text = self.files[&page].clone();
                self.remove(&page);
                self.write(&to, text);
            }
            (9, _) => self.settings(),
            (10, _) => self.theme(),
            (11 | 12, _) => self.file(),
            _ => self.new_page(),
        }
    }

    /// Everything that a run gives: its outputs and what it found.
    fn outcome(&self, memory: &mut Memory) -> BTreeMap<String, String> {
        let mut outputs = BTreeMap::new();
        let run = pipeline::in_memory_after(&self.site.options, memory, |path, bytes| {
            outputs.insert(path.to_owned(), String::from_utf8_lossy(bytes).into_owned());
        });
        let run = run.expect("a run");
        outputs.insert("findings".into(), to_text(&run.diagnostics, &run.snapshot.sources, false));
        outputs
    }
}

fn sequence(seed: u64) {
    let mut edited = Edited::new(seed, "");
    let mut memory = Memory::default();
    edited.outcome(&mut memory);
    for step in 0..EDITS {
        edited.edit();
        if edited.numbers.below(3) == 0 {
            // Two saves before anybody looks.
            edited.edit();
        }
        let changed = std::mem::take(&mut edited.changed);
        match edited.numbers.below(8) {
            0 => memory.note_everything(),
            1 => memory.note(changed.iter().filter_map(|path| Some(path.parent()?.to_path_buf()))),
            _ => memory.note(changed),
        }
        let remembered = edited.outcome(&mut memory);
        if step + 1 == EDITS || edited.numbers.below(2) == 0 {
            let clean = edited.outcome(&mut Memory::default());
            for (path, text) in &clean {
                let log = || edited.log.join("\n");
                assert_eq!(remembered.get(path), Some(text), "{path} after the edits of seed {seed}:\n{}", log());
            }
            let (more, less): (Vec<&String>, Vec<&String>) = (remembered.keys().collect(), clean.keys().collect());
            assert_eq!(more, less, "after the edits of seed {seed}:\n{}", edited.log.join("\n"));
        }
    }
}

#[test]
fn any_edits_give_what_a_clean_run_gives() {
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let first = number("PLENARY_SEED").unwrap_or(1);
    let seeds = &(first..first + number("PLENARY_SEQUENCES").unwrap_or(40));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for from in 0..threads {
            scope.spawn(move || seeds.clone().skip(from).step_by(threads).for_each(sequence));
        }
    });
}
