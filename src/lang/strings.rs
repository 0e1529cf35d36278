//! UI strings: a file per language and origin, joined to one table per language.

use super::check::NamedFile;
use super::{LanguageId, Languages, Locale};
use crate::data::{Node, Value, parse_yaml};
use crate::diag::{Code, Diagnostic, FileId, Sink, Span};
use indexmap::IndexMap;
use std::sync::Arc;

/// A string, or one per CLDR plural category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plural {
    /// The same for every count.
    One(String),
    /// By plural category; `other` is there.
    Forms(IndexMap<String, String>),
}

impl Plural {
    /// The form for a count, `other` where the category has none.
    pub fn form(&self, category: &str) -> &str {
        match self {
            Self::One(text) => text,
            Self::Forms(forms) => forms
                .get(category)
                .or_else(|| forms.get("other"))
                .or_else(|| forms.values().next())
                .map_or("", String::as_str),
        }
    }
}

/// The strings of one file.
#[derive(Debug, Clone, Default)]
pub struct StringsFile {
    strings: IndexMap<String, Plural>,
    places: IndexMap<String, Place>,
}

/// Where a string was written.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its key.
    pub key: Span,
    /// Its text or forms.
    pub value: Span,
    /// The text of each form.
    pub forms: IndexMap<String, Span>,
}

impl StringsFile {
    /// The strings in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Plural)> {
        self.strings.iter().map(|(key, string)| (key.as_str(), string))
    }

    /// Where a string stands, if the file has it.
    pub fn place(&self, key: &str) -> Option<&Place> {
        self.places.get(key)
    }

    /// The file, if it has a string at all.
    pub fn file(&self) -> Option<FileId> {
        self.places.values().next().map(|place| place.key.file)
    }
}

/// Reads a file of UI strings: keys with texts, or with plural forms.
pub fn parse_strings(text: &str, file: FileId, sink: &mut Sink) -> StringsFile {
    let parsed = match parse_yaml(text, file, 0) {
        Ok(parsed) => parsed,
        Err(error) => {
            sink.push(Diagnostic::new(Code::StringsSyntax, error.span, error.message).maybe_hint(error.hint));
            return StringsFile::default();
        }
    };
    for duplicate in &parsed.duplicates {
        let message = format!("the string `{}` stands twice; the last one counts", duplicate.key);
        let finding = Diagnostic::new(Code::DuplicateKey, duplicate.span, message);
        sink.push(finding.label(duplicate.first, "first here").hint("remove one of the two"));
    }
    let (mut strings, mut places) = (IndexMap::new(), IndexMap::new());
    for entry in parsed.node.entries() {
        match string(&entry.node) {
            Some(string) => {
                let forms = entry.node.entries().iter().map(|form| (form.key.clone(), form.node.span)).collect();
                places.insert(entry.key.clone(), Place { key: entry.key_span, value: entry.node.span, forms });
                strings.insert(entry.key.clone(), string);
            }
            None => {
                let message = format!(
                    "the string `{}` is {}, but a text or plural forms belong here",
                    entry.key,
                    entry.node.kind()
                );
                let hint = format!("write `{}: \"…\"`", entry.key);
                sink.push(Diagnostic::new(Code::StringsSyntax, entry.node.span, message).hint(hint));
            }
        }
    }
    StringsFile { strings, places }
}

fn string(node: &Node) -> Option<Plural> {
    match &node.value {
        Value::Map(entries) => {
            let forms: IndexMap<_, _> =
                entries.iter().filter_map(|entry| Some((entry.key.clone(), entry.node.to_text()?))).collect();
            (!forms.is_empty()).then_some(Plural::Forms(forms))
        }
        _ => node.to_text().map(Plural::One),
    }
}

/// The strings of all languages, each complete: what a language lacks comes from its fallbacks.
#[derive(Debug)]
pub struct Strings {
    tables: Vec<IndexMap<String, Plural>>,
    locales: Vec<Arc<Locale>>,
}

impl Strings {
    /// Joins files, each with the name of its language; later files win over earlier ones.
    pub fn new(languages: &Languages, files: &[NamedFile]) -> Self {
        let own: Vec<IndexMap<String, Plural>> = languages
            .iter()
            .map(|(_, language)| {
                let mut table = IndexMap::new();
                // `pt` serves `pt-BR` where there is nothing nearer.
                let base = language.folder.split('-').next().unwrap_or_default();
                for name in [base, &language.folder] {
                    for file in files.iter().filter(|file| file.language == *name) {
                        table.extend(file.strings.strings.clone());
                    }
                }
                table
            })
            .collect();
        let mut tables = own.clone();
        for (id, language) in languages.iter() {
            let english = files.iter().filter(|file| file.language == "en").map(|file| &file.strings.strings);
            let chain = language.fallback.iter().map(|id| &own[id.index()]).chain(english);
            for table in chain {
                for (key, string) in table {
                    tables[id.index()].entry(key.clone()).or_insert_with(|| string.clone());
                }
            }
        }
        let locales = languages.iter().map(|(_, language)| language.locale.clone()).collect();
        Self { tables, locales }
    }

    /// The strings of a language.
    pub fn table(&self, language: LanguageId) -> &IndexMap<String, Plural> {
        &self.tables[language.index()]
    }

    /// The writing rules of a language.
    pub fn locale(&self, language: LanguageId) -> &Locale {
        &self.locales[language.index()]
    }

    /// A string with its plural form and `{placeholders}` filled; none if no language has it.
    pub fn text(
        &self,
        language: LanguageId,
        key: &str,
        count: Option<i64>,
        values: &[(&str, String)],
    ) -> Option<String> {
        let string = self.table(language).get(key)?;
        let category = count.map_or("other", |count| self.locale(language).plural(count));
        let mut text = string.form(category).to_owned();
        if let Some(count) = count {
            text = text.replace("{count}", &self.locale(language).number(count as f64));
        }
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        Some(text)
    }
}
