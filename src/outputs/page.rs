//! Pages through their templates.

use crate::diag::{Code, Diagnostic, Sink, did_you_mean};
use crate::lang::LanguageId;
use crate::site::{Page, PageId, PageKind};
use crate::snapshot::Snapshot;
use crate::theme::template_failure;
use crate::view::{PageInput, Unlisted, page_context, unlisted_context};

/// A page, or a part of a list. None if its template failed.
pub(crate) fn page(snapshot: &Snapshot, id: PageId, number: usize, sink: &mut Sink) -> Option<String> {
    let page = snapshot.site.page(id);
    let template = template(snapshot, page, sink);
    let context = page_context(&PageInput::of(snapshot), page, number, sink);
    render(snapshot, &template, &context, &page.url, sink)
}

/// The page for addresses that do not exist.
pub(crate) fn not_found(snapshot: &Snapshot, language: LanguageId, sink: &mut Sink) -> Option<String> {
    let url = crate::plan::pages::not_found_url(&snapshot.config, language);
    let page =
        Unlisted { kind: "not_found", key: "404", title: "not_found_title", url: url.clone(), switch: &|_| None };
    let context = unlisted_context(&snapshot.config, &snapshot.site, &snapshot.views, language, &page);
    if !snapshot.theme.has("404.html") {
        return Some(String::new());
    }
    render(snapshot, "404.html", &context, &url, sink)
}

pub(super) fn render(
    snapshot: &Snapshot,
    template: &str,
    context: &tera::Context,
    url: &str,
    sink: &mut Sink,
) -> Option<String> {
    match snapshot.theme.render(template, context) {
        Ok(html) => Some(html),
        Err(error) => {
            sink.push(template_failure(&snapshot.sources, &snapshot.theme, Code::TemplateFailed, &error, url));
            None
        }
    }
}

/// The template: the page's `layout`, else that of its type, else that of its kind.
fn template(snapshot: &Snapshot, page: &Page, sink: &mut Sink) -> String {
    let theme = &snapshot.theme;
    let kind = page.kind.as_str();
    let mut candidates = vec![];
    if let Some((layout, span)) = &page.front.layout {
        let named = [format!("{}/{layout}.html", page.content_type), format!("{layout}.html")];
        if !named.iter().any(|name| theme.has(name)) && !page.is_fallback() {
            let names: Vec<String> =
                theme.template_names().filter_map(|name| Some(name.strip_suffix(".html")?.to_owned())).collect();
            let hint = did_you_mean(layout, names.iter().map(String::as_str));
            let finding = Diagnostic::new(Code::TemplateMissing, *span, format!("the theme has no layout `{layout}`"));
            let add = format!("add the template `{layout}.html` to the theme, or name another layout");
            sink.push(finding.maybe_hint(hint).hint(add));
        }
        candidates.extend(named);
    }
    candidates.push(format!("{}/{kind}.html", page.content_type));
    candidates.push(format!("{kind}.html"));
    if page.kind == PageKind::Home {
        candidates.push("section.html".into());
    }
    candidates.push("page.html".into());
    let found = candidates.iter().find(|name| theme.has(name)).cloned();
    found.unwrap_or_else(|| "page.html".into())
}
