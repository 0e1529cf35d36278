//! The languages of a site, and what a language knows: its direction, dates, plurals and UI strings.
//!
//! In: settings and files of strings. Out: [`Languages`] and [`Strings`]. The default language is one
//! among the others here; only its URL prefix, which is empty, tells it apart.

mod check;
mod locale;
mod strings;

pub use check::{NamedFile, OWN_KEYS, check_strings};
pub use locale::Locale;
pub use strings::{Plural, Strings, StringsFile, parse_strings};

use crate::data::{Fields, Node};
use crate::diag::{Code, Diagnostic, Sink, Span, did_you_mean};
use std::sync::Arc;

/// The number of a language, in the order of the switcher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageId(pub u16);

impl LanguageId {
    /// As an index.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A language of the site.
#[derive(Debug, Clone)]
pub struct Language {
    /// The BCP 47 tag in its canonical case: `pt-BR`.
    pub tag: String,
    /// The folder below `content/` and the URL prefix: `pt-br`.
    pub folder: String,
    /// Its own name for itself.
    pub name: String,
    /// The site's title in it, if it has one.
    pub title: Option<String>,
    /// The site's description in it, if it has one.
    pub description: Option<String>,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The languages whose text stands in for a missing translation, nearest first.
    pub fallback: Vec<LanguageId>,
    /// Free values for templates.
    pub params: Node,
    /// Its rules for writing.
    pub locale: Arc<Locale>,
}

/// All languages of the site, at least one.
#[derive(Debug, Clone)]
pub struct Languages {
    list: Vec<Language>,
    default: LanguageId,
}

impl Languages {
    /// The default language, whose pages have no prefix.
    pub fn default_id(&self) -> LanguageId {
        self.default
    }

    /// A language by its number.
    pub fn get(&self, id: LanguageId) -> &Language {
        &self.list[id.index()]
    }

    /// All of them, in the order of the switcher.
    pub fn iter(&self) -> impl Iterator<Item = (LanguageId, &Language)> {
        self.list.iter().enumerate().map(|(at, language)| (LanguageId(at as u16), language))
    }

    /// The number of languages.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Never true: there is a default language.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The language whose folder is `name`, in any common spelling of the tag (`pt_BR`, `PT-br`).
    pub fn by_folder(&self, name: &str) -> Option<LanguageId> {
        let folder = folder_of(name);
        self.iter().find(|(_, language)| language.folder == folder).map(|(id, _)| id)
    }

    /// The URL prefix of a language: empty for the default, else its folder.
    pub fn prefix(&self, id: LanguageId) -> &str {
        if id == self.default { "" } else { &self.get(id).folder }
    }
}

fn folder_of(tag: &str) -> String {
    tag.to_lowercase().replace('_', "-")
}

/// Reads the `languages` of `site.yaml`; without any there is one, the default.
pub fn parse_languages(node: Option<&Node>, default: Option<&(String, Span)>, sink: &mut Sink) -> Languages {
    let mut list: Vec<Language> = vec![];
    let mut chains: Vec<Chain> = vec![];
    for entry in node.map(Node::entries).unwrap_or_default() {
        let Some(locale) = Locale::new(&entry.key) else {
            let message = format!("`{}` is no language tag", entry.key);
            let finding = Diagnostic::new(Code::LanguageTag, entry.key_span, message);
            sink.push(finding.hint("write a BCP 47 tag such as `fr`, `pt-BR` or `zh-Hans`"));
            continue;
        };
        let (language, chain) = parse_language(&entry.key, locale, &entry.node, sink);
        list.push(language);
        chains.push(chain);
    }
    let wanted = default.map_or_else(|| list.first().map_or("en", |l| &l.folder).to_owned(), |(tag, _)| folder_of(tag));
    if list.is_empty() {
        let locale = Locale::new(&wanted).or_else(|| Locale::new("en"));
        list.extend(locale.map(|locale| parse_language(&wanted, locale, &Node::default(), sink).0));
        chains.push(None);
    }
    let found = list.iter().position(|language| language.folder == wanted);
    if let (None, Some((tag, span))) = (found, default) {
        let message = format!("the default language `{tag}` is not among the `languages`");
        let hint = did_you_mean(tag, list.iter().map(|l| l.folder.as_str()));
        let finding = Diagnostic::new(Code::LanguageUnknown, *span, message).maybe_hint(hint);
        sink.push(finding.hint(format!("add `{tag}: {{name: …}}` below `languages:`")));
    }
    let default = LanguageId(found.unwrap_or(0) as u16);
    let mut languages = Languages { list, default };
    resolve_fallbacks(&mut languages, &chains, sink);
    languages
}

type Chain = Option<Vec<(String, Span)>>;

fn parse_language(key: &str, locale: Locale, node: &Node, sink: &mut Sink) -> (Language, Chain) {
    let mut fields = Fields::new(node, Code::ConfigValue, Code::ConfigUnknown, sink);
    let name = fields.text("name").unwrap_or_else(|| key.to_owned());
    let title = fields.text("title");
    let description = fields.text("description");
    let direction = fields.text("direction");
    let fallback = fields.texts("fallback");
    let params = fields.node("params").cloned().unwrap_or_default();
    fields.deny_rest();
    let direction = match direction.as_deref() {
        Some("rtl") => "rtl",
        Some("ltr") => "ltr",
        _ => locale.direction(),
    };
    let tag = locale.tag();
    let folder = folder_of(key);
    (
        Language {
            tag,
            folder,
            name,
            title,
            description,
            direction,
            fallback: vec![],
            params,
            locale: Arc::new(locale),
        },
        fallback,
    )
}

/// A chain without the default language ends with it all the same: some text is better than none.
fn resolve_fallbacks(languages: &mut Languages, chains: &[Chain], sink: &mut Sink) {
    let default = languages.default;
    for (at, chain) in chains.iter().enumerate() {
        let mut resolved = vec![];
        for (tag, span) in chain.iter().flatten() {
            match languages.by_folder(tag) {
                Some(id) if id.index() != at => resolved.push(id),
                Some(_) => {}
                // A chain may be written for more languages than the site has yet, if the tag is one.
                None if Locale::new(tag).is_some() => {}
                None => {
                    let message = format!("`{tag}` is no language tag");
                    sink.push(
                        Diagnostic::new(Code::LanguageUnknown, *span, message).hint("write a BCP 47 tag such as `es`"),
                    );
                }
            }
        }
        if default.index() != at && !resolved.contains(&default) {
            resolved.push(default);
        }
        languages.list[at].fallback = resolved;
    }
}
