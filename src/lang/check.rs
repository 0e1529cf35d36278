//! What is wrong with files of UI strings, beside their original.
//!
//! The original of a string is the theme's in English, or the site's in its default language. In: the
//! files with the places of their strings, and the words of the templates. Out: findings. A key that a
//! language lacks is told once for each language, not once for each page.

use super::strings::{Place, StringsFile};
use super::{Language, Languages, Plural};
use crate::diag::{Code, Diagnostic, Sink, Span, did_you_mean};
use indexmap::{IndexMap, IndexSet};

/// A file of strings.
pub struct NamedFile {
    /// The name of its language.
    pub language: String,
    /// Is it the theme's?
    pub of_theme: bool,
    /// Its strings.
    pub strings: StringsFile,
}

/// The strings that the program asks for, whatever the theme.
pub const OWN_KEYS: [&str; 17] = [
    "alert_note",
    "alert_tip",
    "alert_important",
    "alert_warning",
    "alert_caution",
    "footnotes",
    "link_to_heading",
    "percent",
    "task_done",
    "task_open",
    "not_found_title",
    "translations_title",
    "group",
    "projects",
    "decisions_and_actions",
    "recordings",
    "people",
];

/// Plural forms that may do without the number: "one minute" says it in words.
const WORDED: [&str; 3] = ["zero", "one", "two"];
/// The categories of the CLDR.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Finds what is wrong. `mentioned` are the words of all templates, and the keys that the program uses.
pub fn check_strings(languages: &Languages, files: &[NamedFile], mentioned: &IndexSet<String>, sink: &mut Sink) {
    let default = &languages.get(languages.default_id()).folder;
    let mut originals: IndexMap<&str, &Plural> = IndexMap::new();
    let mut defined: IndexSet<&str> = IndexSet::new();
    for file in files.iter().filter(|file| file.language == "en" || file.language == *default) {
        for (key, string) in file.strings.iter() {
            originals.entry(key).or_insert(string);
            if file.of_theme {
                defined.insert(key);
            }
        }
    }
    for (_, language) in languages.iter() {
        let base = language.folder.split('-').next().unwrap_or_default();
        let own: Vec<&NamedFile> =
            files.iter().filter(|file| file.language == base || file.language == language.folder).collect();
        for file in &own {
            // A region's site may share the file of its language: it is told once.
            let first = languages.iter().find(|(_, other)| {
                other.folder == file.language || other.folder.split('-').next() == Some(file.language.as_str())
            });
            if first.is_some_and(|(_, first)| first.folder == language.folder) {
                check_file(file, language, &originals, &defined, mentioned, sink);
            }
        }
        if language.folder != "en" && !originals.is_empty() {
            missing(language, &own, &originals, sink);
        }
    }
}

fn check_file(
    file: &NamedFile,
    language: &Language,
    originals: &IndexMap<&str, &Plural>,
    defined: &IndexSet<&str>,
    mentioned: &IndexSet<String>,
    sink: &mut Sink,
) {
    let is_original = file.of_theme && file.language == "en";
    for (key, string) in file.strings.iter() {
        let Some(place) = file.strings.place(key) else { continue };
        if !defined.contains(key) && !mentioned.contains(key) && !is_original {
            let message = format!("no template uses a string `{key}`");
            let hint = did_you_mean(key, originals.keys().copied()).unwrap_or_else(|| "remove it".into());
            sink.push(Diagnostic::new(Code::StringsUnknown, place.key, message).hint(hint));
        }
        let original = originals.get(key).copied();
        plurals(key, string, original, place, language, sink);
        if let Some(original) = original.filter(|_| !is_original) {
            placeholders(key, string, original, place, sink);
        }
    }
}

fn plurals(key: &str, string: &Plural, original: Option<&Plural>, place: &Place, language: &Language, sink: &mut Sink) {
    let wanted = language.locale.plural_categories();
    let (forms, name) = match (string, original) {
        (Plural::Forms(forms), _) => (forms.keys().map(String::as_str).collect(), &language.name),
        (Plural::One(_), Some(Plural::Forms(_))) => (vec!["other"], &language.name),
        (Plural::One(_), _) => return,
    };
    for form in forms.iter().filter(|form| !CATEGORIES.contains(form)) {
        let message = format!("`{form}` is no plural form");
        let hint = did_you_mean(form, CATEGORIES).unwrap_or_else(|| format!("the forms are {}", CATEGORIES.join(", ")));
        let span = place.forms.get(*form).copied().unwrap_or(place.value);
        sink.push(Diagnostic::new(Code::StringsPlural, span, message).hint(hint));
    }
    let lacking: Vec<String> =
        wanted.iter().filter(|form| !forms.contains(form)).map(|form| format!("`{form}`")).collect();
    if !lacking.is_empty() {
        let plural = if lacking.len() == 1 { "form" } else { "forms" };
        let message = format!("the string `{key}` lacks the plural {plural} {} of {name}", lacking.join(", "));
        let all: Vec<String> = wanted.iter().map(|form| format!("{form}: \"…\"")).collect();
        let hint = format!("write `{key}: {{{}}}`", all.join(", "));
        sink.push(Diagnostic::new(Code::StringsPlural, place.key, message).hint(hint));
    }
}

fn placeholders(key: &str, string: &Plural, original: &Plural, place: &Place, sink: &mut Sink) {
    let wanted: IndexSet<String> = texts(original).into_iter().flat_map(|(_, text)| names(text)).collect();
    for (form, text) in texts(string) {
        let span = form.and_then(|form| place.forms.get(form).copied()).unwrap_or(place.value);
        let found = names(text);
        let worded = form.is_some_and(|form| WORDED.contains(&form));
        // A file of one language may name that language itself, in the case that its sentence wants.
        let optional = |name: &str| name == "language" || worded && name == "count";
        for name in wanted.iter().filter(|name| !found.contains(*name) && !optional(name)) {
            let message = format!("the string `{key}` lacks the placeholder `{{{name}}}`");
            let hint = "put it where the value belongs in the sentence";
            sink.push(Diagnostic::new(Code::StringsPlaceholder, span, message).hint(hint));
        }
        for name in found.iter().filter(|name| !wanted.contains(*name)) {
            let message = format!("the string `{key}` has a placeholder `{{{name}}}` that the original has not");
            let hint = did_you_mean(name, wanted.iter().map(String::as_str)).unwrap_or_else(|| "remove it".into());
            sink.push(Diagnostic::new(Code::StringsPlaceholder, span, message).hint(hint));
        }
    }
}

fn texts(string: &Plural) -> Vec<(Option<&str>, &str)> {
    match string {
        Plural::One(text) => vec![(None, text)],
        Plural::Forms(forms) => forms.iter().map(|(form, text)| (Some(form.as_str()), text.as_str())).collect(),
    }
}

/// The names in braces.
fn names(text: &str) -> IndexSet<String> {
    let parts = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    parts.map(|(name, _)| name.to_owned()).filter(|name| is_name(name)).collect()
}

fn missing(language: &Language, own: &[&NamedFile], originals: &IndexMap<&str, &Plural>, sink: &mut Sink) {
    let lacking: Vec<&str> =
        originals.keys().copied().filter(|key| own.iter().all(|file| file.strings.place(key).is_none())).collect();
    let path = format!("i18n/{}.yaml", language.folder);
    if own.iter().all(|file| file.strings.iter().next().is_none()) {
        let message =
            format!("there are no UI strings in {}: all {} come from the next language", language.name, lacking.len());
        let hint = format!("translate the theme's `i18n/en.yaml` as `{path}`");
        sink.push(Diagnostic::path(Code::StringsMissing, path, message).hint(hint));
        return;
    }
    let place = own.iter().rev().find_map(|file| file.strings.file());
    for key in lacking {
        let message = format!("the string `{key}` is missing in {} and comes from the next language", language.name);
        let hint = format!("add `{key}: \"…\"` to `{path}`");
        let finding = match place {
            Some(file) => Diagnostic::new(Code::StringsMissing, Span::file(file), message),
            None => Diagnostic::path(Code::StringsMissing, path.clone(), message),
        };
        sink.push(finding.hint(hint));
    }
}
