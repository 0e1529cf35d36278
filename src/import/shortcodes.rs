//! Shortcodes: which ones the content uses, and a template for each that the theme lacks.
//!
//! In: the texts of the content and the project's `layouts/shortcodes`. Out: the uses with their
//! lines, and Tera templates, translated where the original is simple, else stubs that show the
//! inner content, so that the site builds on the first day.

use super::go_template::{Inner, Translation, translate};
use indexmap::IndexMap;
use std::collections::BTreeMap;
use tera::Tera;

/// What the theme `tag` has. `ref` and `relref` are links and no templates.
pub const THEME_SHORTCODES: &[&str] = &[
    "alert",
    "blocks/cover",
    "blocks/feature",
    "blocks/lead",
    "blocks/section",
    "figure",
    "include",
    "pageinfo",
    "readfile",
    "ref",
    "relref",
    "tab",
    "tabs",
    "translation-note",
    "youtube",
];

/// A place where a shortcode stands.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Use {
    /// The file, relative to the project.
    pub file: String,
    /// The line, 1-based.
    pub line: usize,
}

/// Where a shortcode's template comes from now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The theme has it.
    Theme,
    /// The project's own, translated.
    Translated,
    /// The project's own or an unknown one, as a stub that shows its inner content.
    Stub,
}

/// One shortcode of the project.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Shortcode {
    /// Its name in the content.
    pub name: String,
    /// Its template's origin.
    pub origin: Origin,
    /// The project's own template, relative to the project.
    pub source: Option<String>,
    /// What kept it from being translated.
    pub obstacle: Option<String>,
    /// Where the content uses it.
    pub uses: Vec<Use>,
}

/// The uses of one name.
#[derive(Debug, Default, Clone)]
pub(super) struct Found {
    uses: Vec<Use>,
    closed: bool,
    rendered: bool,
}

/// The uses by name.
pub(super) type Uses = BTreeMap<String, Found>;

/// Adds the uses in a text.
pub(super) fn scan(file: &str, text: &str, uses: &mut Uses) {
    let (mut at, mut line, mut counted) = (0, 1, 0);
    while let Some(start) = text[at..].find("{{").map(|start| at + start) {
        at = start + 2;
        let inside = &text[at..];
        let Some(marked) = inside.strip_prefix(['<', '%']) else { continue };
        let inside_tag = marked.trim_start();
        // `{{</* name */>}}` shows a shortcode and is none.
        if inside_tag.starts_with("/*") {
            continue;
        }
        let closing = inside_tag.strip_prefix('/');
        let name = name(closing.unwrap_or(inside_tag));
        if name.is_empty() {
            continue;
        }
        line += text[counted..start].matches('\n').count();
        counted = start;
        let found = uses.entry(name.to_owned()).or_default();
        if closing.is_some() {
            found.closed = true;
        } else {
            found.rendered |= inside.starts_with('%');
            found.uses.push(Use { file: file.to_owned(), line });
        }
    }
}

fn name(inside: &str) -> &str {
    let inside = inside.trim_start();
    let end = inside.find(|c: char| c.is_whitespace() || matches!(c, '>' | '%' | '"' | '`' | '{' | '}'));
    inside[..end.unwrap_or(inside.len())].trim_end_matches('/')
}

/// A shortcode of the project and the template to write for it, if any.
pub(super) struct Made {
    pub(super) shortcode: Shortcode,
    pub(super) template: Option<String>,
}

/// Decides on each shortcode. `own` holds the project's templates: name to path and text.
pub(super) fn make(own: &IndexMap<String, (String, String)>, mut uses: Uses) -> Vec<Made> {
    for name in own.keys() {
        uses.entry(name.clone()).or_default();
    }
    uses.into_iter().map(|(name, found)| make_one(name, found, own)).collect()
}

fn make_one(name: String, found: Found, own: &IndexMap<String, (String, String)>) -> Made {
    let in_theme = THEME_SHORTCODES.contains(&name.as_str());
    let source = own.get(&name);
    let inner = if found.rendered { Inner::Rendered } else { Inner::Raw };
    let translated = source.map(|(_, text)| translate(text, inner).and_then(checked));
    let (origin, template, obstacle) = match translated {
        Some(Ok(body)) => (Origin::Translated, Some(with_head(&name, source, &body)), None),
        Some(Err(obstacle)) if in_theme => (Origin::Theme, None, Some(obstacle)),
        None if in_theme => (Origin::Theme, None, None),
        Some(Err(obstacle)) => (Origin::Stub, Some(stub(&name, source, &found, &obstacle)), Some(obstacle)),
        None => (Origin::Stub, Some(stub(&name, source, &found, "the project has no template of it")), None),
    };
    let source = source.map(|(path, _)| path.clone());
    Made { shortcode: Shortcode { name, origin, source, obstacle, uses: found.uses }, template }
}

fn with_head(name: &str, source: Option<&(String, String)>, body: &str) -> String {
    let original = source.map_or("", |(path, _)| path);
    format!("{{#- Shortcode `{name}`, translated from {} -#}}\n{body}", comment(original))
}

/// A template that shows the inner content. It mentions `inner` only if the shortcode has any:
/// a template with `inner` is one that wants a closing tag.
fn stub(name: &str, source: Option<&(String, String)>, found: &Found, obstacle: &str) -> String {
    let original = source.map_or("a template of a theme or module", |(path, _)| path);
    let has_inner = found.closed || source.is_some_and(|(_, text)| text.contains(".Inner"));
    let body = if has_inner { "{{ inner | default(value=\"\") | safe }}\n" } else { "" };
    let (name, original, obstacle) = (comment(name), comment(original), comment(obstacle));
    format!("{{#- Stub of the shortcode `{name}` ({original}), not translated: {obstacle} -#}}\n{body}")
}

/// A text that cannot end a comment.
fn comment(text: &str) -> String {
    text.replace("#}", "# }")
}

/// A translation that Tera accepts; its complaint else.
fn checked(template: String) -> Translation {
    check(&template).map(|()| template)
}

/// Whether Tera accepts a template, given the filters and functions that Plenary adds.
pub(super) fn check(template: &str) -> Result<(), String> {
    let mut tera = Tera::new();
    crate::theme::declare(&mut tera);
    tera.add_raw_template("shortcode.html", template).map_err(|error| error.to_string())
}
