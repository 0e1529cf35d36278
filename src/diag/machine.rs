//! Findings for programs: JSON lines, annotations of GitHub's workflows, SARIF.

use super::located::locate;
use super::{Code, Diagnostic, Place, Severity};
use serde::Serialize;
use serde_json::{Value, json};

/// One JSON object, without a line break.
pub fn to_json(diagnostic: &Diagnostic, places: &dyn Place) -> String {
    #[derive(Serialize)]
    struct Line<'a> {
        code: &'a str,
        severity: &'a str,
        message: &'a str,
        file: &'a str,
        line: usize,
        column: usize,
        end_line: usize,
        end_column: usize,
        hints: &'a [String],
    }
    let at = locate(diagnostic, places);
    let line = Line {
        code: diagnostic.code.as_str(),
        severity: diagnostic.severity().as_str(),
        message: &diagnostic.message,
        file: at.file,
        line: at.start.0,
        column: at.start.1,
        end_line: at.end.0,
        end_column: at.end.1,
        hints: &diagnostic.hints,
    };
    serde_json::to_string(&line).unwrap_or_default()
}

/// One workflow command of GitHub Actions, which shows the finding beside the line in a pull request.
///
/// `folder` is the site's folder inside the repository, empty at its top. The form is that of GitHub's
/// "Workflow commands"; a range over several lines has no columns there.
pub fn to_github(diagnostic: &Diagnostic, places: &dyn Place, folder: &str) -> String {
    let at = locate(diagnostic, places);
    let command = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = vec![];
    if !at.file.is_empty() {
        properties.push(format!("file={}", property(&below(folder, at.file))));
        properties.push(format!("line={}", at.start.0));
        if at.end.0 > at.start.0 {
            properties.push(format!("endLine={}", at.end.0));
        } else if at.end.1 > at.start.1 {
            properties.push(format!("col={},endColumn={}", at.start.1, at.end.1));
        }
    }
    properties.push(format!("title={}", property(diagnostic.code.as_str())));
    let lines: Vec<&str> = std::iter::once(&diagnostic.message).chain(&diagnostic.hints).map(String::as_str).collect();
    format!("::{command} {}::{}", properties.join(","), data(&lines.join("\n")))
}

fn below(folder: &str, file: &str) -> String {
    if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// One SARIF 2.1.0 log of a run: what code scanning and editors read.
///
/// `folder` is the site's folder inside the repository, empty at its top.
pub fn to_sarif(diagnostics: &[Diagnostic], places: &dyn Place, folder: &str) -> String {
    let used: Vec<Code> =
        Code::ALL.iter().copied().filter(|code| diagnostics.iter().any(|d| d.code == *code)).collect();
    let rules: Vec<Value> = used.iter().map(|code| rule(*code)).collect();
    let results: Vec<Value> = diagnostics.iter().map(|found| result(found, &used, places, folder)).collect();
    let driver = json!({
        "name": "Plenary",
        "version": env!("CARGO_PKG_VERSION"),
        "informationUri": env!("CARGO_PKG_REPOSITORY"),
        "rules": rules,
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    });
    format!("{log:#}")
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.as_str(),
        "shortDescription": {"text": code.meaning()},
        "fullDescription": {"text": code.explanation()},
        "defaultConfiguration": {"level": code.severity().as_str()},
    })
}

fn result(found: &Diagnostic, used: &[Code], places: &dyn Place, folder: &str) -> Value {
    let at = locate(found, places);
    let text = std::iter::once(&found.message).chain(&found.hints).map(String::as_str).collect::<Vec<_>>().join("\n");
    let mut result = json!({
        "ruleId": found.code.as_str(),
        "ruleIndex": used.iter().position(|code| *code == found.code),
        "level": found.severity().as_str(),
        "message": {"text": text},
    });
    if !at.file.is_empty() {
        let uri = percent_encoding::utf8_percent_encode(&below(folder, at.file), PATH).to_string();
        let region = json!({
            "startLine": at.start.0, "startColumn": at.start.1, "endLine": at.end.0, "endColumn": at.end.1,
        });
        result["locations"] = json!([{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}]);
    }
    result
}

/// What a path may not hold in a URI as it is.
const PATH: &percent_encoding::AsciiSet =
    &percent_encoding::CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'?').add(b'`').add(b'%');

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{FileId, Span};

    struct One(&'static str);
    impl Place for One {
        fn path(&self, _: FileId) -> &'static str {
            "content/en/a, b.md"
        }
        fn text(&self, _: FileId) -> &str {
            self.0
        }
    }

    fn finding(start: usize, end: usize) -> Diagnostic {
        Diagnostic::new(Code::DeadLink, Span::new(FileId(0), start..end), "100 %\nof it").hint("mend: it")
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let json = to_json(&finding(6, 10), &One("플랫b.md"));
        assert!(json.contains(r#""line":1,"column":3,"end_line":1,"end_column":7"#), "{json}");
    }

    #[test]
    fn annotations_escape_what_would_end_them() {
        let text = One("one\ntwo\n");
        for (range, folder, expected) in [
            (
                0..3,
                "",
                "::error file=content/en/a%2C b.md,line=1,col=1,endColumn=4,title=dead-link::100 %25%0Aof it%0Amend: it",
            ),
            (
                1..5,
                "web",
                "::error file=web/content/en/a%2C b.md,line=1,endLine=2,title=dead-link::100 %25%0Aof it%0Amend: it",
            ),
        ] {
            assert_eq!(to_github(&finding(range.start, range.end), &text, folder), expected);
        }
        let whole = Diagnostic::site(Code::GitHistory, "no history");
        assert_eq!(to_github(&whole, &text, ""), "::notice title=git-history::no history");
    }

    #[test]
    fn a_log_names_its_rules_and_places() {
        let found = [finding(4, 7), Diagnostic::site(Code::GitHistory, "no history")];
        let log: Value = serde_json::from_str(&to_sarif(&found, &One("one\ntwo\n"), "web")).expect("JSON");
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "dead-link");
        assert_eq!(run["results"][0]["ruleIndex"], 0);
        let place = &run["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "web/content/en/a,%20b.md");
        assert_eq!(place["region"], json!({"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 4}));
        assert_eq!(run["results"][1]["level"], "note");
        assert!(run["results"][1].get("locations").is_none());
    }
}
