//! Writes a site to measure with: the same bytes at every run.
//!
//!     cargo run --release --example corpus -- DIR [PAGES]
//!
//! PAGES (5,000 without it) in five languages, two of them written without spaces, in sections of fifty
//! pages. A page has about 6 KB of text with headings, a list, a table and links, and two code blocks,
//! the same in every language as in real translations: every page has its own code.
#![expect(clippy::disallowed_methods, reason = "an example that makes files")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const LANGUAGES: [(&str, &str); 5] =
    [("en", "English"), ("fr", "Français"), ("ko", "한국어"), ("ja", "日本語"), ("zh", "中文")];
const SECTION: usize = 50;

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let Some(folder) = arguments.next().map(PathBuf::from) else {
        eprintln!("usage: corpus DIR [PAGES]");
        std::process::exit(2);
    };
    let pages = arguments.next().and_then(|pages| pages.parse().ok()).unwrap_or(5_000);
    write_site(&folder, pages)
}

/// Writes the site.
pub(crate) fn write_site(folder: &Path, pages: usize) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut settings =
        String::from("base_url: https://corpus.example.org/\ntitle: Corpus\ndefault_language: en\nlanguages:\n");
    for (tag, name) in LANGUAGES {
        let _ = writeln!(settings, "  {tag}: {{name: {name}}}");
    }
    fs::write(folder.join("site.yaml"), settings)?;
    let each = pages / LANGUAGES.len();
    for (tag, _) in LANGUAGES {
        let content = folder.join("content").join(tag);
        fs::create_dir_all(&content)?;
        fs::write(content.join("_index.md"), format!("---\ntitle: Corpus ({tag})\n---\nHome.\n"))?;
        for number in 0..each {
            let section = number / SECTION;
            let place = content.join(format!("part-{section:03}"));
            if number % SECTION == 0 {
                fs::create_dir_all(&place)?;
                let index = format!(
                    "---\ntitle: {} {section}\nweight: {}\n---\nPart {section}.\n",
                    words(tag, section)[0],
                    section + 1
                );
                fs::write(place.join("_index.md"), index)?;
            }
            fs::write(place.join(format!("page-{number:05}.md")), page(tag, number, each))?;
        }
    }
    Ok(())
}

/// A small generator of numbers: the corpus needs no good ones, only the same.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
}

/// Words of a language.
fn words(tag: &str, _: usize) -> &'static [&'static str] {
    match tag {
        "fr" => &[
            "plateforme",
            "équipe",
            "service",
            "mesure",
            "livraison",
            "groupe",
            "le",
            "une",
            "donne",
            "avec",
            "qualité",
            "retour",
        ],
        "ko" => &[
            "플랫폼",
            "팀은",
            "서비스를",
            "측정한다",
            "배포",
            "그룹이",
            "함께",
            "빠르게",
            "운영하는",
            "품질",
            "도구를",
            "만든다",
        ],
        "ja" => &[
            "プラットフォーム",
            "チームは",
            "サービスを",
            "測定する",
            "提供",
            "組織が",
            "一緒に",
            "運用",
            "品質",
            "道具を",
            "作る",
            "早く",
        ],
        "zh" => &["平台", "团队", "服务", "测量", "交付", "小组", "一起", "运行", "质量", "工具", "创建", "快速"],
        _ => &[
            "platform", "team", "service", "measure", "delivery", "group", "the", "a", "gives", "with", "quality",
            "feedback",
        ],
    }
}

fn sentence(tag: &str, numbers: &mut Numbers) -> String {
    let words = words(tag, 0);
    let spaced = !matches!(tag, "ja" | "zh");
    let count = 9 + numbers.next(9);
    let mut text = String::new();
    let mut last = words.len();
    for at in 0..count {
        if at > 0 && spaced {
            text.push(' ');
        }
        // No word twice in a row, which would be a finding.
        let mut word = numbers.next(words.len());
        if word == last {
            word = (word + 1) % words.len();
        }
        last = word;
        text.push_str(words[word]);
    }
    text.push_str(if spaced { ". " } else { "。" });
    text
}

fn page(tag: &str, number: usize, pages: usize) -> String {
    let mut numbers = Numbers(number as u64 * 31 + tag.len() as u64);
    let title = words(tag, 0)[number % 12];
    let mut text = format!(
        "---\ntitle: {title} {number}\ndescription: {}\nweight: {}\n---\n\n",
        sentence(tag, &mut numbers).trim(),
        number % SECTION + 1
    );
    let mut part = 0;
    while text.len() < 5_000 {
        part += 1;
        let _ = writeln!(text, "## {} {part}\n", words(tag, 0)[(number + part) % 12]);
        for _ in 0..3 {
            for _ in 0..4 {
                text.push_str(&sentence(tag, &mut numbers));
            }
            text.push_str("\n\n");
        }
        for _ in 0..3 {
            let _ = writeln!(text, "- {}", sentence(tag, &mut numbers));
        }
        let other = numbers.next(pages);
        let _ = writeln!(text, "\nSee [{other}](../part-{:03}/page-{other:05}.md).\n", other / SECTION);
        if part == 1 {
            text.push_str("| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\n");
            text.push_str(&yaml(number));
        }
        if part == 2 {
            text.push_str(&if number.is_multiple_of(2) { go(number) } else { bash(number) });
        }
    }
    text
}

fn yaml(number: usize) -> String {
    format!(
        "```yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: service-{number}\n  labels: {{app: service-{number}, tier: \"web\"}}\nspec:\n  replicas: {}\n  selector:\n    matchLabels:\n      app: service-{number}\n  template:\n    spec:\n      containers:\n        # The only container.\n        - name: main\n          image: registry.example.org/service:{number}.0\n          ports:\n            - containerPort: {}\n```\n\n",
        number % 7 + 1,
        8000 + number % 100
    )
}

fn go(number: usize) -> String {
    format!(
        "```go\n// Reconcile{number} brings the world to the wanted state.\nfunc Reconcile{number}(ctx context.Context, name string) error {{\n\tobject, err := client.Get(ctx, name)\n\tif err != nil {{\n\t\treturn fmt.Errorf(\"get %q: %w\", name, err)\n\t}}\n\tif object.Replicas != {number} {{\n\t\tobject.Replicas = {number}\n\t\treturn client.Update(ctx, object)\n\t}}\n\treturn nil\n}}\n```\n\n"
    )
}

fn bash(number: usize) -> String {
    format!(
        "```bash\n#!/usr/bin/env bash\nset -euo pipefail\n# Rolls out release {number}.\nfor cluster in $(kubectl config get-contexts -o name); do\n  kubectl --context \"$cluster\" set image deployment/service-{number} \\\n    main=\"registry.example.org/service:${{VERSION:-{number}.0}}\"\n  if ! kubectl --context \"$cluster\" rollout status deployment/service-{number} --timeout=60s; then\n    echo \"failed on $cluster\" >&2\n    exit 1\n  fi\ndone\n```\n\n"
    )
}
