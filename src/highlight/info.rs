//! The info string behind a fence: a language, then options in braces or without.
//!
//! Hugo's forms, `go {linenos=table,hl_lines=[8,"15-17"]}` and `{.yaml title="x"}`, and those that
//! writers bring along from elsewhere, `yaml title="x"`, `js{1,3-4}` and `rust,ignore`. What is not
//! understood is left alone: an info string is never an error.

use std::ops::RangeInclusive;

use super::CodeBlock;

/// What an info string says besides the language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeOptions {
    /// Number the lines? None if the site's setting holds.
    pub line_numbers: Option<bool>,
    /// The number of the first line; None for 1.
    pub first_line: Option<usize>,
    /// Lines to point out, counted from 1 at the top of the block.
    pub highlighted: Vec<RangeInclusive<usize>>,
    /// Stands above the block.
    pub title: Option<String>,
}

impl CodeOptions {
    /// The block with these options; `line_numbers` is the site's setting.
    pub fn block<'a>(&'a self, language: &'a str, code: &'a str, line_numbers: bool) -> CodeBlock<'a> {
        CodeBlock {
            language,
            code,
            title: self.title.as_deref(),
            line_numbers: self.line_numbers.unwrap_or(line_numbers),
            first_line: self.first_line.unwrap_or(1),
            highlighted: &self.highlighted,
        }
    }

    fn set(&mut self, key: &str, value: &str) {
        match key.to_ascii_lowercase().as_str() {
            "linenos" => self.line_numbers = Some(!matches!(value, "false" | "0")),
            "linenostart" => self.first_line = value.parse().ok(),
            "hl_lines" => self.highlighted.extend(ranges(value)),
            "title" if !value.is_empty() => self.title = Some(value.to_owned()),
            _ => {}
        }
    }
}

/// The language, as written or empty, and the options of an info string.
///
/// ```
/// let (language, options) = plenary::highlight::parse_info(r#"yaml {linenos=true hl_lines="2 4-6"}"#);
/// assert_eq!((language.as_str(), options.line_numbers), ("yaml", Some(true)));
/// assert_eq!(options.highlighted, [2..=2, 4..=6]);
/// ```
pub fn parse_info(info: &str) -> (String, CodeOptions) {
    let info = info.trim();
    let end = info.find(|c: char| c.is_whitespace() || matches!(c, '{' | ',')).unwrap_or(info.len());
    let (word, rest) = info.split_at(end);
    let mut language = word.strip_prefix("language-").unwrap_or(word).to_owned();
    let mut options = CodeOptions::default();
    for (key, value) in Attributes(rest) {
        match (key.strip_prefix('.'), value) {
            (Some(class), None) if language.is_empty() => class.clone_into(&mut language),
            (None, Some(value)) => options.set(key, value),
            (None, None) if key.eq_ignore_ascii_case("linenos") => options.set(key, "true"),
            // `{2,4-6}`, as other generators have it.
            (None, None) => options.highlighted.extend(ranges(key)),
            _ => {}
        }
    }
    (language, options)
}

/// `2 4-6`, `2,4-6` and `[8,"15-17"]` alike. A range from right to left has no lines and is left out.
fn ranges(text: &str) -> impl Iterator<Item = RangeInclusive<usize>> {
    let parts = text.split(|c: char| !c.is_ascii_digit() && c != '-');
    let ranges = parts.filter_map(|part| {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        Some(from.parse().ok()?..=to.parse().ok()?)
    });
    ranges.filter(|range| !range.is_empty())
}

/// Keys with their values, apart by white space, commas and the braces around them.
struct Attributes<'a>(&'a str);

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, Option<&'a str>);

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.0.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}' | '='));
        if text.is_empty() {
            return None;
        }
        let is_end = |c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}' | '=');
        let (key, rest) = text.split_at(text.find(is_end).unwrap_or(text.len()));
        let Some(value) = rest.strip_prefix('=') else {
            self.0 = rest;
            return Some((key, None));
        };
        let (value, rest) = split_value(value);
        self.0 = rest;
        Some((key, Some(value)))
    }
}

/// A value in quotes or brackets, else up to the next space, comma or brace; and what follows it.
fn split_value(text: &str) -> (&str, &str) {
    let closing = match text.as_bytes().first() {
        Some(quote @ (b'"' | b'\'')) => Some(char::from(*quote)),
        Some(b'[') => Some(']'),
        _ => None,
    };
    if let Some((value, rest)) = closing.and_then(|closing| text[1..].split_once(closing)) {
        return (value, rest);
    }
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, ',' | '}')).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(info: &str, language: &str, options: &CodeOptions) {
        assert_eq!(parse_info(info), (language.to_owned(), options.clone()), "{info:?}");
    }

    #[test]
    fn each_way_to_write_options_is_read() {
        let plain = CodeOptions::default();
        let hl =
            |highlighted: &[RangeInclusive<usize>]| CodeOptions { highlighted: highlighted.to_vec(), ..plain.clone() };
        check("", "", &plain);
        check("  yaml ", "yaml", &plain);
        check("rust,ignore", "rust", &plain);
        check("language-go", "go", &plain);
        check("{.yaml}", "yaml", &plain);
        check("c++", "c++", &plain);
        check("yaml {#id .extra key=value}", "yaml", &plain);
        check("js{1,3-4}", "js", &hl(&[1..=1, 3..=4]));
        check("go {hl_lines=[8,\"15-17\"]}", "go", &hl(&[8..=8, 15..=17]));
        check("go {hl_lines=\"6-4\"}", "go", &plain);
        check("go {hl_lines=3}", "go", &hl(&[3..=3]));
        let titled = CodeOptions { title: Some("my file.yaml".into()), ..plain.clone() };
        check("yaml title=\"my file.yaml\"", "yaml", &titled);
        check("{.yaml title='my file.yaml'}", "yaml", &titled);
        let numbered = CodeOptions { line_numbers: Some(true), ..hl(&[2..=2, 4..=6]) };
        let full = CodeOptions { first_line: Some(10), ..numbered.clone() };
        check("yaml {linenos=true hl_lines=\"2 4-6\" linenostart=10}", "yaml", &full);
        check("yaml {linenos=table,hl_lines=[2,\"4-6\"],linenostart=10}", "yaml", &full);
        check("yaml { lineNos=inline, hl_lines=\"2,4-6\" }", "yaml", &numbered);
        check("yaml {linenos=false}", "yaml", &CodeOptions { line_numbers: Some(false), ..plain.clone() });
    }

    #[test]
    fn what_makes_no_sense_does_no_harm() {
        for info in [
            "{",
            "}",
            "{=}",
            "a=",
            "{title=\"open",
            "go {hl_lines=[3",
            "{hl_lines=99999999999999999999}",
            "日本語 {語=語}",
        ] {
            parse_info(info);
        }
    }
}
