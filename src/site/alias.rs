//! Former addresses.

use super::route::prefixed;
use super::{Alias, Page, Site};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Sink};
use indexmap::IndexMap;

/// Former addresses, below the language's prefix; relative ones beside the page.
pub(super) fn aliases(site: &mut Site, config: &Config, sink: &mut Sink) {
    let mut found: IndexMap<String, Alias> = IndexMap::new();
    for page in &site.pages {
        for (alias, span) in &page.front.aliases {
            let Some(url) = alias_url(alias, page, config) else {
                let message = format!("`{alias}` cannot be an address");
                sink.push(Diagnostic::new(Code::UrlInvalid, *span, message).hint("write a path such as `/old/place/`"));
                continue;
            };
            if let Some(taken) = site.by_url.get(&url).filter(|taken| **taken != page.id) {
                let title = &site.pages[taken.index()].title;
                if !page.is_fallback() {
                    let message = format!("the alias `{alias}` is the address of the page “{title}”");
                    sink.push(
                        Diagnostic::new(Code::AliasTaken, *span, message).hint("remove the alias, or move that page"),
                    );
                }
                continue;
            }
            if let Some(first) = found.get(&url) {
                if first.page != page.id && !page.is_fallback() {
                    let message = format!("the alias `{alias}` is given to two pages");
                    let finding = Diagnostic::new(Code::DuplicatePath, *span, message).label(first.span, "first here");
                    sink.push(finding.hint("remove one of the two"));
                }
                continue;
            }
            found.insert(url, Alias { page: page.id, span: *span });
        }
    }
    found.sort_keys();
    site.aliases = found.into();
}

fn alias_url(alias: &str, page: &Page, config: &Config) -> Option<String> {
    let alias = alias.trim();
    if alias.is_empty()
        || alias.contains("://")
        || alias.contains(['?', '#', '\\'])
        || alias.split('/').any(|part| part == "..")
    {
        return None;
    }
    let prefix = config.languages.prefix(page.language);
    if let Some(path) = alias.strip_prefix('/') {
        let below = path.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('/')).filter(|_| !prefix.is_empty());
        return Some(prefixed(prefix, below.unwrap_or(path)));
    }
    let folder = page.url.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
    Some(prefixed("", &format!("{folder}/{alias}")))
}
