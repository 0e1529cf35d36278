//! Navigation, rendered once per section and language; a page only marks where it is.

use super::page::PageInput;
use super::{Fields, list};
use crate::diag::{Code, Diagnostic, Sink};
use crate::site::{PageId, PageKind, Site};
use crate::theme::{Theme, template_failure};
use indexmap::IndexMap;
use std::sync::{Arc, OnceLock};
use tera::Value;

/// The sidebar of each topmost section, rendered when the first page shows it; or why it could not be.
#[derive(Debug, Default)]
pub struct Sidebars(IndexMap<PageId, OnceLock<Rendered>>);

type Rendered = Result<Arc<str>, Box<Diagnostic>>;

const TEMPLATE: &str = "partials/sidebar.html";

impl Sidebars {
    /// Room for the sidebars of all topmost sections that have one.
    pub fn new(site: &Site, theme: &Theme) -> Self {
        if !theme.has(TEMPLATE) {
            return Self::default();
        }
        let sections = site.pages().iter().filter(|page| page.kind == PageKind::Section);
        let tops = sections.filter(|page| site.top_section(page.id) == Some(page.id));
        let with_sidebar = tops.filter(|page| !theme.without_sidebar.contains(&page.content_type));
        Self(with_sidebar.map(|page| (page.id, OnceLock::new())).collect())
    }

    /// The sidebar of a section. Each page that cannot show it says why: one saying is left in the end.
    pub(super) fn of(&self, input: &PageInput<'_>, top: PageId, sink: &mut Sink) -> Option<Arc<str>> {
        match self.0.get(&top)?.get_or_init(|| sidebar(input, top)) {
            Ok(html) => Some(html.clone()),
            Err(finding) => {
                sink.push((**finding).clone());
                None
            }
        }
    }
}

fn sidebar(input: &PageInput<'_>, top: PageId) -> Rendered {
    let page = input.site.page(top);
    let mut context = input.views.contexts()[page.language.index()].clone();
    let mut root = Fields::new();
    root.set("title", page.link_title()).set("url", format!("{}{}", input.views.base_path, page.url));
    context.insert_value("root", root.value());
    context.insert_value("entries", entries(input, top));
    match input.theme.render(TEMPLATE, &context) {
        Ok(html) => Ok(html.into()),
        Err(error) => {
            let on = format!("the sidebar of “{}”", page.title);
            Err(template_failure(input.sources, input.theme, Code::TemplateFailed, &error, &on).into())
        }
    }
}

fn entries(input: &PageInput<'_>, section: PageId) -> Value {
    list(input.site.shown_children(section).into_iter().map(|id| {
        let page = input.site.page(id);
        let text = input.config.languages.get(page.text_language);
        let mut fields = Fields::new();
        fields
            .set("title", page.link_title())
            .set("url", format!("{}{}", input.views.base_path, page.url))
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
