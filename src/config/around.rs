//! What stands around every page's text, as `site.yaml` writes it: banners, the note of an archive, the
//! question whether a page helped, one script that counts.

use crate::data::{Entry, Fields, Node, Value};
use crate::diag::{Code, Diagnostic, Sink, Span, did_you_mean};
use crate::lang::{LanguageId, Languages};
use jiff::civil::Date;

/// What stands around every page's text.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// Above everything, on the days that each is for.
    pub banners: Vec<Banner>,
    /// Set if the site is kept but no longer worked on.
    pub archived: Option<Archive>,
    /// Ask at the end of pages whether they helped?
    pub feedback: bool,
    /// A script of the site's choice.
    pub analytics: Option<Analytics>,
}

/// A sentence above every page.
#[derive(Debug, Clone)]
pub struct Banner {
    /// Its words, in Markdown.
    pub text: LocalText,
    /// The first day, in UTC.
    pub from: Option<Date>,
    /// The last day, in UTC.
    pub until: Option<Date>,
    /// May a reader put it away?
    pub dismissable: bool,
}

/// A site that is kept but no longer worked on.
#[derive(Debug, Clone)]
pub struct Archive {
    /// Since when.
    pub since: Option<Date>,
    /// Where the work goes on.
    pub see: Option<String>,
    /// What to say instead of the theme's sentence, in Markdown.
    pub text: Option<LocalText>,
    /// Keep the pages out of search engines?
    pub noindex: bool,
}

/// A script from elsewhere that counts visits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analytics {
    /// Its address.
    pub script: String,
    /// Its `data-` attributes, without that prefix.
    pub attributes: Vec<(String, String)>,
}

/// A text per language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LocalText(Vec<(LanguageId, String)>);

impl LocalText {
    /// The text for the readers of a language and the language that it is in: their own, else the first of
    /// their fallback chain that has one.
    pub fn of(&self, languages: &Languages, reader: LanguageId) -> Option<(&str, LanguageId)> {
        let chain = std::iter::once(&reader).chain(&languages.get(reader).fallback);
        let find = |id: &LanguageId| self.0.iter().find(|(language, _)| language == id);
        chain.into_iter().find_map(find).map(|(language, text)| (text.as_str(), *language))
    }

    /// One text, which is in the default language, or a mapping of languages to texts.
    fn read(node: &Node, languages: &Languages, sink: &mut Sink) -> Self {
        if node.entries().is_empty() {
            return Self(node.to_text().map(|text| (languages.default_id(), text)).into_iter().collect());
        }
        Self(node.entries().iter().filter_map(|entry| local(entry, languages, sink)).collect())
    }
}

fn local(entry: &Entry, languages: &Languages, sink: &mut Sink) -> Option<(LanguageId, String)> {
    let Some(language) = languages.by_folder(&entry.key) else {
        let message = format!("`{}` is no language of this site", entry.key);
        let folders: Vec<&str> = languages.iter().map(|(_, language)| language.folder.as_str()).collect();
        let hint = did_you_mean(&entry.key, folders.iter().copied());
        let hint = hint.unwrap_or_else(|| format!("its languages are {}", folders.join(", ")));
        sink.push(Diagnostic::new(Code::LanguageUnknown, entry.key_span, message).hint(hint));
        return None;
    };
    Some((language, entry.node.to_text()?))
}

/// Reads the four settings.
pub(super) fn parse_around(fields: &mut Fields<'_>, languages: &Languages) -> Around {
    let banners = match fields.node("banner") {
        Some(Node { value: Value::List(items), .. }) => items.as_slice(),
        Some(node) => std::slice::from_ref(node),
        None => &[],
    };
    let banners = banners.iter().filter_map(|node| banner(node, languages, fields.sink())).collect();
    let archived = fields.node("archived").and_then(|node| archive(node, languages, fields.sink()));
    let feedback = fields.flag("feedback").unwrap_or(false);
    let analytics = fields.node("analytics").and_then(|node| analytics(node, fields.sink()));
    Around { banners, archived, feedback, analytics }
}

fn banner(node: &Node, languages: &Languages, sink: &mut Sink) -> Option<Banner> {
    if node.as_str().is_some() {
        let text = LocalText::read(node, languages, sink);
        return Some(Banner { text, from: None, until: None, dismissable: true });
    }
    let mut fields = Fields::new(node, Code::ConfigValue, Code::ConfigUnknown, sink);
    let text = fields.node("text").map(|node| LocalText::read(node, languages, fields.sink()));
    let (from, until) = (date(&mut fields, "from"), date(&mut fields, "until"));
    let dismissable = fields.flag("dismissable").unwrap_or(true);
    if text.is_none() {
        fields.lacks("the text of the banner", "text: \"See you at KubeCon\"");
    }
    if let (Some((first, _)), Some((last, span))) = (from, until)
        && last < first
    {
        let finding = Diagnostic::new(Code::ConfigValue, span, format!("{last} is before the first day, {first}"));
        fields.sink().push(finding.hint("the banner would never be seen: swap the two days"));
    }
    fields.deny_rest();
    Some(Banner { text: text?, from: from.map(|(day, _)| day), until: until.map(|(day, _)| day), dismissable })
}

fn archive(node: &Node, languages: &Languages, sink: &mut Sink) -> Option<Archive> {
    if let Value::Bool(archived) = node.value {
        return archived.then_some(Archive { since: None, see: None, text: None, noindex: false });
    }
    let mut fields = Fields::new(node, Code::ConfigValue, Code::ConfigUnknown, sink);
    let since = date(&mut fields, "since").map(|(day, _)| day);
    let see = address(&mut fields, "see");
    let text = fields.node("text").map(|node| LocalText::read(node, languages, fields.sink()));
    let noindex = fields.flag("noindex").unwrap_or(false);
    fields.deny_rest();
    Some(Archive { since, see, text, noindex })
}

fn analytics(node: &Node, sink: &mut Sink) -> Option<Analytics> {
    let mut fields = Fields::new(node, Code::ConfigValue, Code::ConfigUnknown, sink);
    let script = address(&mut fields, "script");
    if script.is_none() && node.get("script").is_none() {
        fields.lacks("the address of the script", "script: https://stats.example.org/count.js");
    }
    let mut attributes = vec![];
    for entry in fields.node("attributes").map(Node::entries).unwrap_or_default() {
        let name = entry.key.strip_prefix("data-").unwrap_or(&entry.key).to_lowercase();
        if !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            attributes.extend(entry.node.to_text().map(|value| (name, value)));
        } else {
            let message = format!("`{}` cannot be the name of an attribute", entry.key);
            let finding = Diagnostic::new(Code::ConfigValue, entry.key_span, message);
            fields
                .sink()
                .push(finding.hint("write letters, digits and `-`, such as `goatcounter` for `data-goatcounter`"));
        }
    }
    fields.deny_rest();
    Some(Analytics { script: script?, attributes })
}

/// An address of the site or a whole one.
fn address(fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
    let (text, span) = fields.text_at(key)?;
    let of_site = text.starts_with('/') && !text.starts_with("//");
    let whole = text.strip_prefix("https://").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
    let clean = !text.contains(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '\'' | '"'));
    if (of_site || whole) && clean {
        return Some(text);
    }
    let finding = Diagnostic::new(Code::ConfigValue, span, format!("`{text}` is no address"));
    fields.sink().push(finding.hint("write one that begins with `https://`, or `/` for one of this site"));
    None
}

fn date(fields: &mut Fields<'_>, key: &'static str) -> Option<(Date, Span)> {
    let (text, span) = fields.text_at(key)?;
    let day = text.trim().parse().ok();
    if day.is_none() {
        let finding = Diagnostic::new(Code::ConfigValue, span, format!("`{text}` is no day of the calendar"));
        fields.sink().push(finding.hint(format!("write for example `{key}: 2025-04-01`")));
    }
    Some((day?, span))
}
