//! What a section hands down to the pages below it.

use crate::data::Node;
use crate::diag::Sink;
use crate::document::FrontMatter;

/// Settings handed down, with the pages that they are meant for.
#[derive(Debug, Clone)]
pub(super) struct Cascade {
    front: FrontMatter,
    path: Option<String>,
    kind: Option<String>,
    language: Option<String>,
}

impl Cascade {
    /// Reads the `cascade` of a section.
    pub(super) fn read(nodes: &[Node], taxonomies: &[String], sink: &mut Sink) -> Vec<Self> {
        let mut list = vec![];
        for node in nodes {
            let target = node.get("_target").or_else(|| node.get("target"));
            let named = |key: &str| target.and_then(|target| target.get(key)).and_then(Node::to_text);
            let mut front = crate::document::from_node(node, taxonomies, sink);
            front.extra.retain(|entry| !matches!(entry.key.as_str(), "_target" | "target"));
            list.push(Self { front, path: named("path"), kind: named("kind"), language: named("lang") });
        }
        list
    }

    /// Is it meant for this page?
    pub(super) fn applies(&self, key: &str, kind: &str, language: &str) -> bool {
        let matches = |wanted: &Option<String>, is: &str| wanted.as_deref().is_none_or(|wanted| wanted == is);
        matches(&self.kind, kind)
            && matches(&self.language, language)
            && self.path.as_deref().is_none_or(|path| path_matches(path, key))
    }

    /// Fills what the page does not say itself.
    pub(super) fn fill(&self, page: &mut FrontMatter) {
        let from = self.front.clone();
        or(&mut page.title, from.title);
        or(&mut page.link_title, from.link_title);
        or(&mut page.description, from.description);
        or(&mut page.date, from.date);
        or(&mut page.lastmod, from.lastmod);
        or(&mut page.publish_date, from.publish_date);
        or(&mut page.expiry_date, from.expiry_date);
        or(&mut page.weight, from.weight);
        or(&mut page.draft, from.draft);
        or(&mut page.content_type, from.content_type);
        or(&mut page.layout, from.layout);
        or(&mut page.toc_hide, from.toc_hide);
        or(&mut page.notoc, from.notoc);
        or(&mut page.no_list, from.no_list);
        or(&mut page.noindex, from.noindex);
        or(&mut page.image, from.image);
        or(&mut page.image_alt, from.image_alt);
        if page.authors.is_empty() {
            page.authors = from.authors;
        }
        for (taxonomy, terms) in from.terms {
            page.terms.entry(taxonomy).or_insert(terms);
        }
        for entry in from.extra {
            if !page.extra.iter().any(|own| own.key == entry.key) {
                page.extra.push(entry);
            }
        }
    }
}

fn or<T>(into: &mut Option<T>, from: Option<T>) {
    if into.is_none() {
        *into = from;
    }
}

/// Hugo's path patterns as sites use them: a path, or a path with `*` or `**` as its last part.
fn path_matches(pattern: &str, key: &str) -> bool {
    let pattern = pattern.trim_matches('/');
    if let Some(prefix) = pattern.strip_suffix("**") {
        return key.starts_with(prefix.trim_end_matches('/'));
    }
    match pattern.strip_suffix('*') {
        Some(prefix) => key.strip_prefix(prefix).is_some_and(|rest| !rest.contains('/')),
        None => key == pattern,
    }
}
