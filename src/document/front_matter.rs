//! Front matter: the settings at the top of a file, in YAML, TOML or JSON.

use super::fence::Form;
use super::{Moment, fence, span, syntax};
use crate::data::{Entry, Fields, Node, Parsed, Value};
use crate::diag::{Code, Diagnostic, FileId, Sink, Span};
use indexmap::IndexMap;

/// A text with the place it was written at.
type Spanned = (String, Span);

/// The settings of a page. None means not written, so that a cascade can fill it.
#[derive(Debug, Clone, Default)]
pub struct FrontMatter {
    /// The page's name.
    pub title: Option<String>,
    /// Its name where there is little room.
    pub link_title: Option<String>,
    /// One sentence about it.
    pub description: Option<String>,
    /// When it was published.
    pub date: Option<Moment>,
    /// When it was last changed; wins over git.
    pub lastmod: Option<Moment>,
    /// From when on it is shown.
    pub publish_date: Option<Moment>,
    /// Until when it is shown.
    pub expiry_date: Option<Moment>,
    /// Lighter pages come first; pages without a weight come last.
    pub weight: Option<i64>,
    /// The last segment of its address.
    pub slug: Option<Spanned>,
    /// Its whole address.
    pub url: Option<Spanned>,
    /// Former addresses.
    pub aliases: Vec<Spanned>,
    /// Not to be shown yet.
    pub draft: Option<bool>,
    /// The kind of content, by default the name of the first folder.
    pub content_type: Option<String>,
    /// The template.
    pub layout: Option<Spanned>,
    /// Left out of the sidebar.
    pub toc_hide: Option<bool>,
    /// Without a table of contents.
    pub notoc: Option<bool>,
    /// A section page that does not list its pages.
    pub no_list: Option<bool>,
    /// Not to be indexed by search engines.
    pub noindex: Option<bool>,
    /// Which text of the source a translation was made from, kept by `plenary i18n`.
    pub source_digest: Option<Spanned>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The picture that stands for it.
    pub image: Option<Spanned>,
    /// That picture in words.
    pub image_alt: Option<String>,
    /// Terms by taxonomy.
    pub terms: IndexMap<String, Vec<Spanned>>,
    /// Menus it wants to stand in.
    pub menus: Vec<MenuEntry>,
    /// Front matter for the pages below, with its places.
    pub cascade: Vec<Node>,
    /// Lists that its template asks for.
    pub queries: Vec<Query>,
    /// Everything else, for templates.
    pub extra: Vec<Entry>,
    /// Where the front matter stands.
    pub span: Option<Span>,
}

/// A menu that a page puts itself into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuEntry {
    /// The menu's name.
    pub menu: String,
    /// Lighter ones come first.
    pub weight: i64,
    /// Another name than the page's.
    pub name: Option<String>,
    /// The identifier of the entry above.
    pub parent: Option<String>,
    /// Its own identifier.
    pub identifier: Option<String>,
}

/// A list of pages that a page or layout declares, so that templates never search the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Its name in the template: `page.queries.latest`.
    pub name: String,
    /// Pages below this section, if set.
    pub section: Option<String>,
    /// Pages of this type, if set.
    pub content_type: Option<String>,
    /// `date` (newest first), `weight` or `title`.
    pub sort: String,
    /// Entries at most.
    pub limit: usize,
}

/// Splits the front matter off a file and reads it. The second value is where the body begins.
pub fn read_front_matter(text: &str, file: FileId, taxonomies: &[String], sink: &mut Sink) -> (FrontMatter, usize) {
    let block = match fence::find(text) {
        Ok(Some(block)) => block,
        Ok(None) => return (FrontMatter::default(), text.len() - text.trim_start_matches('\u{feff}').len()),
        Err(unclosed) => {
            let message = "the front matter has no closing line";
            let finding = Diagnostic::new(Code::FrontMatterUnclosed, span(file, unclosed.0), message);
            sink.push(finding.hint(format!("put a line `{}` after the last key", unclosed.1)));
            return (FrontMatter::default(), unclosed.2);
        }
    };
    let parsed = block.parse(text, file).unwrap_or_else(|error| {
        sink.push(syntax(Code::FrontMatterSyntax, error, "the front matter cannot be read"));
        Parsed::default()
    });
    if let Some(lenient) = parsed.lenient {
        let message = format!("the front matter is no valid YAML and is read leniently: {}", lenient.message);
        let finding = Diagnostic::new(Code::FrontMatterLenient, lenient.span, message);
        sink.push(finding.hint("indent the further lines of a text that goes over several"));
    }
    for duplicate in parsed.duplicates {
        let message = format!("the key `{}` stands twice; the last one counts", duplicate.key);
        let finding = Diagnostic::new(Code::DuplicateKey, duplicate.span, message);
        sink.push(finding.label(duplicate.first, "first here").hint("remove one of the two"));
    }
    let mut front = from_node(&parsed.node, taxonomies, sink);
    front.span = Some(span(file, block.content.clone()));
    (front, block.body)
}

/// The front matter of a text as a tree with places, and whether it is written as YAML, TOML or JSON.
pub(crate) fn front_node(text: &str, file: FileId) -> Option<(Node, Form)> {
    let block = fence::find(text).ok()??;
    Some((block.parse(text, file).ok()?.node, block.form))
}

/// Reads the keys of a mapping; also used for what a section hands down to its pages.
pub(crate) fn from_node(node: &Node, taxonomies: &[String], sink: &mut Sink) -> FrontMatter {
    let mut fields = Fields::new(node, Code::WrongType, Code::UnknownKey, sink);
    let mut front = known(&mut fields, taxonomies);
    front.extra = fields.warn_slips().into_iter().cloned().collect();
    front
}

/// Every key that a page's front matter can have, for the schema.
#[cfg(test)]
pub(crate) fn front_matter_keys(taxonomies: &[String]) -> Vec<&'static str> {
    let (node, mut sink) = (Node::default(), Sink::new());
    let mut fields = Fields::new(&node, Code::WrongType, Code::UnknownKey, &mut sink);
    known(&mut fields, taxonomies);
    fields.known().to_vec()
}

fn known(fields: &mut Fields<'_>, taxonomies: &[String]) -> FrontMatter {
    let mut front = FrontMatter {
        title: fields.text("title"),
        link_title: fields.text("linkTitle"),
        description: fields.text("description").map(|text| text.trim().to_owned()),
        date: moment(fields, "date"),
        lastmod: moment(fields, "lastmod"),
        publish_date: moment(fields, "publishDate"),
        expiry_date: moment(fields, "expiryDate"),
        weight: fields.integer("weight"),
        slug: fields.text_at("slug"),
        url: fields.text_at("url"),
        aliases: fields.texts("aliases").unwrap_or_default(),
        draft: fields.flag("draft"),
        content_type: fields.text("type"),
        layout: fields.text_at("layout"),
        toc_hide: fields.flag("toc_hide"),
        notoc: fields.flag("notoc"),
        no_list: fields.flag("no_list"),
        noindex: fields.flag("noindex"),
        source_digest: fields.text_at("source_digest"),
        image: fields.text_at("image"),
        image_alt: fields.text("image_alt"),
        ..FrontMatter::default()
    };
    front.authors = authors(fields);
    for taxonomy in taxonomies {
        // Fields wants keys that live as long as the program: the taxonomies of a site are few.
        let key: &'static str = intern(taxonomy);
        if let Some(terms) = fields.texts(key) {
            front
                .terms
                .insert(taxonomy.clone(), terms.into_iter().filter(|(term, _)| !term.trim().is_empty()).collect());
        }
    }
    front.menus = fields.node("menu").map(menus).unwrap_or_default();
    front.cascade = fields.node("cascade").map(cascades).unwrap_or_default();
    if let Some(node) = fields.node("queries") {
        front.queries = queries(node, fields.sink());
    }
    front
}

/// Leaks each distinct name once.
fn intern(name: &str) -> &'static str {
    use std::sync::Mutex;
    static NAMES: Mutex<Vec<&'static str>> = Mutex::new(vec![]);
    let mut names = NAMES.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(known) = names.iter().find(|known| **known == name) {
        return known;
    }
    let leaked: &'static str = Box::leak(name.to_owned().into_boxed_str());
    names.push(leaked);
    leaked
}

fn moment(fields: &mut Fields<'_>, key: &'static str) -> Option<Moment> {
    let (text, span) = fields.text_at(key)?;
    match Moment::parse(&text) {
        Ok(moment) => Some(moment),
        Err(reason) => {
            let message = format!("`{text}` is no date: {reason}");
            fields
                .sink()
                .push(Diagnostic::new(Code::InvalidDate, span, message).hint(format!("write `{key}: 2025-06-30`")));
            None
        }
    }
}

/// `authors: [a, b]`, `author: a`, and Docsy's `author: a ([org](url))`, whose link text stays.
fn authors(fields: &mut Fields<'_>) -> Vec<String> {
    let several = fields.node("authors").map(names).unwrap_or_default();
    let one = fields.node("author").map(names).unwrap_or_default();
    several.into_iter().chain(one).map(|name| plain(&name)).collect()
}

fn names(node: &Node) -> Vec<String> {
    match &node.value {
        Value::List(items) => items.iter().flat_map(names).collect(),
        Value::Map(_) => node.get("name").and_then(Node::to_text).into_iter().collect(),
        _ => node.to_text().into_iter().collect(),
    }
}

/// `[text](url)` as its text.
fn plain(name: &str) -> String {
    let mut out = String::new();
    let mut rest = name;
    while let Some((before, link)) = rest.split_once('[') {
        let Some((text, after)) = link.split_once("](") else { break };
        let Some((_, after)) = after.split_once(')') else { break };
        out.push_str(before);
        out.push_str(text);
        rest = after;
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// `menu: main`, `menu: [main, footer]` or `menu: {main: {weight: 10}}`.
fn menus(node: &Node) -> Vec<MenuEntry> {
    let named = |menu: String, node: Option<&Node>| {
        let text = |key: &str| node.and_then(|node| node.get(key)).and_then(Node::to_text);
        MenuEntry {
            menu,
            weight: text("weight").and_then(|weight| weight.parse().ok()).unwrap_or(0),
            name: text("name"),
            parent: text("parent"),
            identifier: text("identifier"),
        }
    };
    match &node.value {
        Value::List(items) => items.iter().filter_map(Node::to_text).map(|menu| named(menu, None)).collect(),
        Value::Map(entries) => entries.iter().map(|entry| named(entry.key.clone(), Some(&entry.node))).collect(),
        _ => node.to_text().map(|menu| named(menu, None)).into_iter().collect(),
    }
}

fn cascades(node: &Node) -> Vec<Node> {
    match &node.value {
        Value::List(items) => items.clone(),
        _ => vec![node.clone()],
    }
}

/// Reads declared lists, in front matter or in `theme.yaml`.
pub(crate) fn queries(node: &Node, sink: &mut Sink) -> Vec<Query> {
    let mut queries = vec![];
    for entry in node.entries() {
        let mut fields = Fields::new(&entry.node, Code::WrongType, Code::UnknownKey, sink);
        if let Some((sort, span)) =
            fields.text_at("sort").filter(|(sort, _)| !matches!(sort.as_str(), "date" | "weight" | "title"))
        {
            let finding = Diagnostic::new(Code::WrongType, span, format!("there is no order `{sort}`"));
            fields.sink().push(finding.hint("write `date`, `weight` or `title`"));
        }
        queries.push(Query {
            name: entry.key.clone(),
            section: fields.text("section").map(|section| section.trim_matches('/').to_owned()),
            content_type: fields.text("type"),
            sort: fields.text("sort").unwrap_or_else(|| "weight".into()),
            limit: fields.integer("limit").and_then(|limit| usize::try_from(limit).ok()).unwrap_or(10),
        });
        fields.deny_rest();
    }
    queries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (FrontMatter, usize, Vec<String>) {
        let mut sink = Sink::new();
        let (front, body) = read_front_matter(text, FileId(0), &["tags".into()], &mut sink);
        let found = sink.as_slice().iter().map(|d| format!("{}: {}", d.code.as_str(), d.message)).collect();
        (front, body, found)
    }

    #[test]
    fn three_forms_say_the_same() {
        for text in [
            "---\ntitle: A\ntags: [x]\nweight: 3\n---\nbody",
            "+++\ntitle = \"A\"\ntags = [\"x\"]\nweight = 3\n+++\nbody",
            "{\"title\": \"A\", \"tags\": [\"x\"], \"weight\": 3}\nbody",
            "---\r\ntitle: A\r\ntags: [x]\r\nweight: 3\r\n---\r\nbody",
        ] {
            let (front, body, found) = read(text);
            assert_eq!((front.title.as_deref(), front.weight), (Some("A"), Some(3)), "{text}");
            assert_eq!(front.terms["tags"][0].0, "x");
            assert_eq!(text[body..].trim(), "body");
            assert_eq!(found, Vec::<String>::new());
        }
    }

    #[test]
    fn slips_are_told_and_the_page_keeps_the_rest() {
        let (front, _, found) = read("---\nTitle: A\ntilte: B\ndate: 2025-06-31\nslug: [a]\nhost: Ada\n---\n");
        assert_eq!(front.title.as_deref(), Some("A"));
        assert_eq!(front.extra.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>(), ["tilte", "host"]);
        assert_eq!(
            found,
            [
                "unknown-key: the key `Title` is written `title`",
                "invalid-date: `2025-06-31` is no date: 2025-06 has 30 days",
                "wrong-type: `slug` is a list, but a text belongs here",
                "unknown-key: unknown key `tilte`",
            ]
        );
    }

    #[test]
    fn a_missing_closing_line_is_told_and_the_text_stays() {
        let (_, body, found) = read("---\ntitle: A\n\nbody\n");
        assert_eq!((body, found.len()), (4, 1));
        assert!(found[0].starts_with("front-matter-unclosed"));
    }

    #[test]
    fn aliases_as_text_and_titles_as_numbers() {
        let (front, _, found) = read("---\ntitle: 2024\naliases: /old/\n---\n");
        assert_eq!((front.title.as_deref(), front.aliases[0].0.as_str()), (Some("2024"), "/old/"));
        assert!(found.is_empty());
    }
}
