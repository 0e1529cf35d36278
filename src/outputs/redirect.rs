//! Former addresses: a page for each, and the host's table of all.

use crate::diag::{Code, Sink};
use crate::html::escape_attribute;
use crate::plan::pages::not_found_url;
use crate::site::PageId;
use crate::snapshot::Snapshot;
use crate::theme::template_failure;
use crate::view::absolute;
use std::fmt::Write as _;
use tera::Value;

/// A page that leads on, for hosts without a table of redirects.
pub(crate) fn redirect(snapshot: &Snapshot, to: PageId, sink: &mut Sink) -> Option<String> {
    let page = snapshot.site.page(to);
    let url = absolute(&snapshot.config, &page.url);
    if !snapshot.theme.has("redirect.html") {
        let url = escape_attribute(&url);
        return Some(format!(
            "<!doctype html><meta charset=\"utf-8\"><title>{url}</title><meta name=\"robots\" content=\"noindex\"><link rel=\"canonical\" href=\"{url}\"><meta http-equiv=\"refresh\" content=\"0; url={url}\"><a href=\"{url}\">{url}</a>\n"
        ));
    }
    let mut context = snapshot.views.contexts()[page.language.index()].clone();
    context.insert_value("url", Value::from(url));
    match snapshot.theme.render("redirect.html", &context) {
        Ok(html) => Some(html),
        Err(error) => {
            let on = format!("the redirect to {}", page.url);
            sink.push(template_failure(&snapshot.sources, &snapshot.theme, Code::TemplateFailed, &error, &on));
            None
        }
    }
}

/// `_redirects`, as Netlify and Cloudflare Pages read it: first match wins.
pub(crate) fn redirects(snapshot: &Snapshot) -> String {
    let (site, config) = (&snapshot.site, &snapshot.config);
    let base = &snapshot.views.base_path;
    let mut out = String::new();
    for (url, alias) in site.aliases() {
        let _ = writeln!(out, "{base}{} {base}{} 301", ascii(url), ascii(&site.page(alias.page).url));
    }
    let default = config.languages.default_id();
    for (id, language) in config.languages.iter().filter(|(id, _)| *id != default) {
        let _ = writeln!(out, "{base}/{}/* {base}{} 404", language.folder, not_found_url(config, id));
    }
    out
}

/// The table is split at white space, and its paths are matched as they are requested.
fn ascii(url: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const SET: &AsciiSet = &CONTROLS.add(b' ');
    utf8_percent_encode(url, SET).to_string()
}
