//! Taxonomies: per language a list of terms, and for each term the list of its pages.

use super::{FrontMatter, Page, PageId, PageKind};
use crate::config::Config;
use crate::document::slug::url_segment;
use crate::lang::LanguageId;
use indexmap::IndexMap;
use std::sync::Arc;

/// A list that has to exist: a taxonomy, or one of its terms.
#[derive(Debug, Clone)]
pub(super) struct List {
    pub(super) language: LanguageId,
    pub(super) taxonomy: String,
    pub(super) key: Arc<str>,
    pub(super) title: String,
    pub(super) kind: PageKind,
    pub(super) entries: Vec<PageId>,
}

/// Every list of every language that has at least one page with a term.
pub(super) fn lists(pages: &[Page], config: &Config) -> Vec<List> {
    let mut lists = vec![];
    for (language, rules) in config.languages.iter() {
        for taxonomy in &config.taxonomies {
            let mut terms: IndexMap<String, (String, Vec<PageId>)> = IndexMap::new();
            for page in pages.iter().filter(|page| page.language == language) {
                for (label, _) in page.front.terms.get(taxonomy).into_iter().flatten() {
                    let slug = url_segment(label);
                    if slug.is_empty() {
                        continue;
                    }
                    let (_, entries) = terms.entry(slug).or_insert_with(|| (label.trim().to_owned(), vec![]));
                    if entries.last() != Some(&page.id) {
                        entries.push(page.id);
                    }
                }
            }
            if terms.is_empty() {
                continue;
            }
            terms.sort_by(|a, (one, _), b, (other, _)| rules.locale.compare(one, other).then_with(|| a.cmp(b)));
            let list = |key: String, title: String, kind, entries| List {
                language,
                taxonomy: taxonomy.clone(),
                key: key.into(),
                title,
                kind,
                entries,
            };
            lists.push(list(taxonomy.clone(), capitalised(taxonomy), PageKind::Taxonomy, vec![]));
            for (slug, (label, entries)) in terms {
                lists.push(list(format!("{taxonomy}/{slug}"), label, PageKind::Term, entries));
            }
        }
    }
    lists
}

/// `working-groups` as a title.
pub(super) fn capitalised(name: &str) -> String {
    let spaced = name.replace(['-', '_'], " ");
    let mut chars = spaced.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + chars.as_str())
}

/// The taxonomy that a key is the list or a term of.
pub(super) fn kind_of(key: &str, taxonomies: &[String]) -> Option<(PageKind, String)> {
    let (first, rest) = key.split_once('/').map_or((key, None), |(first, rest)| (first, Some(rest)));
    let taxonomy = taxonomies.iter().find(|taxonomy| taxonomy.as_str() == first)?;
    match rest {
        None => Some((PageKind::Taxonomy, taxonomy.clone())),
        Some(_) => Some((PageKind::Term, taxonomy.clone())),
    }
}

/// The front matter of a list that nobody wrote a file for.
pub(super) fn generated_front() -> Arc<FrontMatter> {
    Arc::new(FrontMatter::default())
}
