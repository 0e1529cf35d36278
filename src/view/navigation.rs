//! Navigation, rendered once per section and language; a page only marks where it is.

use super::{Fields, list};
use crate::config::Config;
use crate::diag::{Code, Sink};
use crate::site::{PageId, PageKind, Site};
use crate::source::SourceSet;
use crate::theme::{Theme, template_failure};
use indexmap::IndexMap;
use rayon::prelude::*;
use std::sync::Arc;
use tera::Value;

/// The sidebar of each topmost section.
pub(super) type Sidebars = IndexMap<PageId, Arc<str>>;

/// What rendering the sidebars needs.
pub(super) struct Input<'a> {
    pub(super) sources: &'a SourceSet,
    pub(super) config: &'a Config,
    pub(super) site: &'a Site,
    pub(super) theme: &'a Theme,
    pub(super) contexts: &'a [tera::Context],
    pub(super) base_path: &'a str,
}

const TEMPLATE: &str = "partials/sidebar.html";

/// Renders every sidebar.
pub(super) fn sidebars(input: &Input<'_>, sink: &mut Sink) -> Sidebars {
    if !input.theme.has(TEMPLATE) {
        return Sidebars::new();
    }
    let tops: Vec<PageId> = input
        .site
        .pages()
        .iter()
        .filter(|page| page.kind == PageKind::Section && input.site.top_section(page.id) == Some(page.id))
        .filter(|page| !input.theme.without_sidebar.contains(&page.content_type))
        .map(|page| page.id)
        .collect();
    let rendered: Vec<_> = tops.par_iter().map(|top| sidebar(input, *top)).collect();
    let mut sidebars = Sidebars::new();
    for (top, html) in tops.iter().zip(rendered) {
        match html {
            Ok(html) => {
                sidebars.insert(*top, html.into());
            }
            Err(error) => {
                let on = format!("the sidebar of “{}”", input.site.page(*top).title);
                sink.push(template_failure(input.sources, input.theme, Code::TemplateFailed, &error, &on));
            }
        }
    }
    sidebars
}

fn sidebar(input: &Input<'_>, top: PageId) -> Result<String, tera::Error> {
    let page = input.site.page(top);
    let mut context = input.contexts[page.language.index()].clone();
    let mut root = Fields::new();
    root.set("title", page.link_title()).set("url", format!("{}{}", input.base_path, page.url));
    context.insert_value("root", root.value());
    context.insert_value("entries", entries(input, top));
    input.theme.render(TEMPLATE, &context)
}

fn entries(input: &Input<'_>, section: PageId) -> Value {
    list(input.site.shown_children(section).into_iter().map(|id| {
        let page = input.site.page(id);
        let text = input.config.languages.get(page.text_language);
        let mut fields = Fields::new();
        fields
            .set("title", page.link_title())
            .set("url", format!("{}{}", input.base_path, page.url))
            .set("lang", text.tag.as_str())
            .set("dir", text.direction)
            .set("is_fallback", page.is_fallback())
            .set("children", entries(input, id));
        fields.value()
    }))
}

/// A sidebar as one page shows it: its own entry marked, the groups on the way to it open.
pub(super) fn marked(html: &str, current: &str, ancestors: &[String]) -> String {
    let mut marks: Vec<(usize, &str)> = vec![];
    let href = format!("href=\"{current}\"");
    if let Some(at) = html.find(&href) {
        marks.push((at + href.len(), " aria-current=\"page\""));
    }
    for url in ancestors.iter().map(String::as_str).chain([current]) {
        let section = format!("data-section=\"{url}\"");
        if let Some(at) = html.find(&section) {
            marks.push((at + section.len(), " open"));
        }
    }
    marks.sort_unstable();
    let mut out = String::with_capacity(html.len() + 64);
    let mut from = 0;
    for (at, mark) in marks {
        out.push_str(&html[from..at]);
        out.push_str(mark);
        from = at;
    }
    out.push_str(&html[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn the_current_entry_and_the_way_to_it_are_marked() {
        let html = r#"<details data-section="/a/"><a href="/a/">A</a><a href="/a/b/">B</a></details>"#;
        assert_eq!(
            marked(html, "/a/b/", &["/a/".to_owned()]),
            r#"<details data-section="/a/" open><a href="/a/">A</a><a href="/a/b/" aria-current="page">B</a></details>"#
        );
    }
}
