//! Fragments: does the target page have the id?

use crate::diag::{Code, Diagnostic, Sink, Span, nearest};
use crate::document::Document;
use crate::site::{Page, PageId, Site};

/// Checks a fragment of a link from `from` to `to`, and gives the id to write.
pub(super) fn check(site: &Site, from: &Page, to: PageId, name: &str, span: Span, sink: &mut Sink) -> String {
    // The top of the page always exists (HTML, "select the indicated part").
    if name.is_empty() || name.eq_ignore_ascii_case("top") {
        return name.to_owned();
    }
    let target = site.page(to);
    let Some(document) = &target.document else {
        let message = format!("“{}” is a generated list and has no `#{name}`", target.title);
        sink.push(Diagnostic::new(Code::DeadFragment, span, message).hint("link to the page without the fragment"));
        return name.to_owned();
    };
    if document.text().ids.contains(name) || is_footnote(name) {
        return name.to_owned();
    }
    let paired_with = crate::translation::paired_ids(site, target).iter().position(|id| *id == Some(name));
    if let Some(heading) = paired_with.and_then(|at| document.text().outline.get(at)) {
        let message = format!("`#{name}` is the original's id of a heading that is translated");
        let finding = Diagnostic::new(Code::FragmentUntranslated, span, message);
        sink.push(finding.hint(format!("it works; the heading's own id is `#{}`", heading.id)));
        return name.to_owned();
    }
    if let Some(paired) = paired(site, target, document, name) {
        let message = format!(
            "`#{name}` is an id of the {} text; the translation calls it `#{paired}`",
            language_of(site, target, name)
        );
        let finding = Diagnostic::new(Code::DeadFragment, span, message);
        sink.push(finding.hint(format!("write `#{paired}`, or give the translated heading `{{#{name}}}`")));
        return paired;
    }
    let place = if from.id == to { "this page".to_owned() } else { format!("“{}”", target.title) };
    let message = format!("{place} has no id `{name}`");
    let same = document.text().ids.iter().find(|id| id.to_lowercase() == name.to_lowercase());
    let near = same.map(String::as_str).or_else(|| nearest(name, document.text().ids.iter().map(String::as_str)));
    let hint = near.map_or_else(
        || "link to the page without the fragment, or give the heading this id: `## Heading {#id}`".to_owned(),
        |id| format!("did you mean `#{id}`?"),
    );
    sink.push(Diagnostic::new(Code::DeadFragment, span, message).hint(hint));
    same.cloned().unwrap_or_else(|| name.to_owned())
}

/// The id of the heading that stands where another language's text has `name`, if the outlines agree.
fn paired(site: &Site, target: &Page, document: &Document, name: &str) -> Option<String> {
    let own = document.text();
    let others = site.group(target.group).pages.iter().flatten();
    others.filter(|id| **id != target.id).find_map(|id| {
        let other = site.page(*id).document.as_ref()?.text();
        let at = other.outline.iter().position(|heading| heading.id == name)?;
        let agree = other.outline.len() == own.outline.len()
            && other.outline.iter().zip(&own.outline).all(|(a, b)| a.level == b.level);
        agree.then(|| own.outline[at].id.clone())
    })
}

fn language_of(site: &Site, target: &Page, name: &str) -> &'static str {
    let default = site.group(target.group).pages.iter().flatten().next();
    let first = default.and_then(|id| site.page(*id).document.as_ref());
    if first.is_some_and(|document| document.text().ids.contains(name)) { "original" } else { "other language's" }
}

/// The ids that the renderer gives to footnotes.
fn is_footnote(name: &str) -> bool {
    name.starts_with("fn-") || name.starts_with("fnref-")
}
