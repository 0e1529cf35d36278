//! The report as text, JSON or Markdown.

use super::status::{PageStatus, Report, State};
use crate::config::Config;
use crate::lang::LanguageId;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// How to write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For terminals.
    Text,
    /// For programs.
    Json,
    /// For pull requests.
    Markdown,
}

/// Writes the report, of all languages or of one.
pub fn text_of(report: &Report, config: &Config, only: Option<LanguageId>, format: Format) -> String {
    let shown = |language: LanguageId| only.is_none_or(|only| only == language);
    match format {
        Format::Json => json(report, config, &shown),
        Format::Text => table(report, config, &shown, false),
        Format::Markdown => table(report, config, &shown, true),
    }
}

fn folder(config: &Config, language: LanguageId) -> &str {
    &config.languages.get(language).folder
}

fn json(report: &Report, config: &Config, shown: &dyn Fn(LanguageId) -> bool) -> String {
    let mut languages = Map::new();
    for (id, counts) in report.languages.iter().filter(|(id, _)| shown(**id)) {
        let mut row: Map<String, Value> =
            counts.pages.iter().map(|(state, count)| ((*state).to_owned(), json!(count))).collect();
        row.insert("words".into(), json!(counts.words));
        row.insert("source_words".into(), json!(counts.source_words));
        languages.insert(folder(config, *id).to_owned(), Value::Object(row));
    }
    let pages: Vec<Value> =
        report.pages.iter().filter(|page| shown(page.language)).map(|page| page_json(page, config)).collect();
    let unconfigured: Vec<Value> = report
        .unconfigured
        .iter()
        .map(|(folder, pages)| json!({"folder": format!("content/{folder}"), "pages": pages}))
        .collect();
    json!({"languages": languages, "pages": pages, "unconfigured": unconfigured}).to_string() + "\n"
}

fn page_json(page: &PageStatus, config: &Config) -> Value {
    let sections: Vec<Value> = page
        .sections
        .iter()
        .map(|change| json!({"id": change.id, "title": change.title, "change": change.kind.as_str()}))
        .collect();
    json!({
        "key": page.key,
        "lang": folder(config, page.language),
        "state": page.state.as_str(),
        "file": page.file,
        "source_file": page.source_file,
        "sections": sections,
        "guess": page.guess,
        "remarks": page.remarks,
    })
}

fn table(report: &Report, config: &Config, shown: &dyn Fn(LanguageId) -> bool, markdown: bool) -> String {
    let mut rows: Vec<Vec<String>> = vec![];
    let mut head = vec!["language".to_owned()];
    head.extend(State::ALL.iter().map(|state| state.as_str().to_owned()));
    head.push("words".into());
    rows.push(head);
    for (id, counts) in report.languages.iter().filter(|(id, _)| shown(**id)) {
        let mut row = vec![folder(config, *id).to_owned()];
        row.extend(State::ALL.iter().map(|state| counts.pages[state.as_str()].to_string()));
        let current = counts.words_by_state[State::Current.as_str()];
        let share = (current * 100).checked_div(counts.source_words).unwrap_or(100);
        row.push(format!("{current} of {} ({share} %)", counts.source_words));
        rows.push(row);
    }
    let mut out = String::new();
    for (at, row) in rows.iter().enumerate() {
        if markdown {
            let _ = writeln!(out, "| {} |", row.join(" | "));
            if at == 0 {
                let _ = writeln!(out, "|---|{}", "---:|".repeat(row.len() - 1));
            }
        } else {
            let cells: Vec<String> = row
                .iter()
                .enumerate()
                .map(|(at, cell)| if at == 0 { format!("{cell:<10}") } else { format!("{cell:>9}") })
                .collect();
            let _ = writeln!(out, "{}", cells.join(" "));
        }
    }
    out.push('\n');
    // What is up to date needs no line, unless that is only a guess.
    let listed = |page: &&PageStatus| shown(page.language) && (page.state != State::Current || page.guess);
    for page in report.pages.iter().filter(listed) {
        list_page(page, config, markdown, &mut out);
    }
    for (folder, pages) in &report.unconfigured {
        let plural = if *pages == 1 { "" } else { "s" };
        let _ = writeln!(out, "unconfigured content/{folder} ({pages} page{plural})");
    }
    out
}

fn list_page(page: &PageStatus, config: &Config, markdown: bool, out: &mut String) {
    let file = page.file.as_deref().or(page.source_file.as_deref()).unwrap_or_default();
    let guessed = page.guess && matches!(page.state, State::Stale | State::Current | State::Partial);
    let guess = if guessed { " (guess)" } else { "" };
    let (state, language) = (page.state.as_str(), folder(config, page.language));
    // The commands take a slash for the home page too.
    let key = if page.key.is_empty() { "/" } else { &page.key };
    let _ = if markdown {
        writeln!(out, "- **{state}**{guess} {language} `{key}`: {file}")
    } else {
        writeln!(out, "{state:<9} {language:<6} {key}{guess}: {file}")
    };
    for change in &page.sections {
        let _ = writeln!(
            out,
            "{}{} “{}”",
            if markdown { "  - " } else { "            " },
            change.kind.as_str(),
            change.title
        );
    }
    for remark in &page.remarks {
        let _ = writeln!(out, "{}{remark}", if markdown { "  - " } else { "            " });
    }
}
