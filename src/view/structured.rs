//! What a page is, in schema.org's words, as JSON-LD: for search engines and other readers that are programs.

use super::PageInput;
use super::entry::{absolute, image};
use crate::minutes::group_of;
use crate::plan::pages::search_url;
use crate::site::{Page, PageId, PageKind, is_meeting, texts};
use serde_json::{Map, Value, json};

/// The page's JSON-LD, safe between the tags of a script; none for pages that others stand for.
pub(super) fn structured(input: &PageInput<'_>, page: &Page) -> Option<String> {
    if !page.is_real() || page.front.noindex == Some(true) {
        return None;
    }
    let mut graph = vec![];
    if page.kind == PageKind::Home {
        graph.push(organization(input));
        graph.push(web_site(input, page));
    }
    graph.extend(breadcrumbs(input, page));
    graph.extend(content(input, page));
    (!graph.is_empty()).then(|| in_script(&json!({ "@context": "https://schema.org", "@graph": graph })))
}

/// A script's text ends at `</script>` and changes its meaning at `<!--`, wherever these stand; JSON has
/// another way to write each of these signs.
fn in_script(value: &Value) -> String {
    let text = value.to_string();
    text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn organization(input: &PageInput<'_>) -> Value {
    let config = input.config;
    let repository = config.repository.as_ref().map(|repository| json!([repository.url]));
    object([
        ("@type", Some(json!("Organization"))),
        ("@id", Some(json!(format!("{}#organization", config.base_url)))),
        ("name", Some(json!(config.title))),
        ("url", Some(json!(config.base_url))),
        ("logo", input.theme.assets.get("favicon.svg").map(|asset| json!(absolute(config, &asset.url)))),
        ("sameAs", repository),
    ])
}

fn publisher(input: &PageInput<'_>) -> Value {
    json!({ "@id": format!("{}#organization", input.config.base_url) })
}

fn web_site(input: &PageInput<'_>, page: &Page) -> Value {
    let config = input.config;
    let language = config.languages.get(page.language);
    let search = search_url(config, input.theme, page.language).map(|url| {
        let template = format!("{}?q={{search_term_string}}", absolute(config, &url));
        json!({
            "@type": "SearchAction",
            "target": { "@type": "EntryPoint", "urlTemplate": template },
            "query-input": "required name=search_term_string",
        })
    });
    object([
        ("@type", Some(json!("WebSite"))),
        ("name", Some(json!(language.title.as_deref().unwrap_or(&config.title)))),
        ("description", Some(json!(language.description.as_deref().unwrap_or(&config.description)))),
        ("url", Some(json!(absolute(config, &page.url)))),
        ("inLanguage", Some(json!(language.tag))),
        ("publisher", Some(publisher(input))),
        ("potentialAction", search),
    ])
}

/// The way from the home page; the home page itself has none.
fn breadcrumbs(input: &PageInput<'_>, page: &Page) -> Option<Value> {
    let mut way: Vec<PageId> = input.site.ancestors(page.id).collect();
    if way.is_empty() {
        return None;
    }
    way.reverse();
    way.push(page.id);
    let step = |(number, id): (usize, PageId)| {
        let page = input.site.page(id);
        json!({
            "@type": "ListItem",
            "position": number + 1,
            "name": page.link_title(),
            "item": absolute(input.config, &page.url),
        })
    };
    let steps: Vec<Value> = way.into_iter().enumerate().map(step).collect();
    Some(json!({ "@type": "BreadcrumbList", "itemListElement": steps }))
}

/// What the page itself is, if it is something that has a word.
fn content(input: &PageInput<'_>, page: &Page) -> Option<Value> {
    if is_meeting(page) {
        return Some(event(input, page));
    }
    let version = texts(page, "version").into_iter().next();
    match page.content_type.as_str() {
        "blog" if page.kind == PageKind::Page => Some(article(input, page, "Article", None)),
        "whitepaper" if page.kind == PageKind::Page || version.is_some() => {
            Some(article(input, page, "TechArticle", version))
        }
        _ => None,
    }
}

fn article(input: &PageInput<'_>, page: &Page, kind: &str, version: Option<String>) -> Value {
    let front = &page.front;
    let url = absolute(input.config, &page.url);
    let authors: Vec<Value> = front.authors.iter().map(|name| json!({ "@type": "Person", "name": name })).collect();
    let authors = if authors.is_empty() { publisher(input) } else { json!(authors) };
    let commit = || Some(input.views.changes.of(input.sources, page.file()?)?.date);
    let modified = front.lastmod.map(|moment| moment.iso()).or_else(commit);
    object([
        ("@type", Some(json!(kind))),
        ("headline", Some(json!(page.title))),
        ("description", front.description.as_ref().map(|text| json!(text))),
        ("url", Some(json!(url))),
        ("mainEntityOfPage", Some(json!(url))),
        ("inLanguage", Some(json!(input.config.languages.get(page.text_language).tag))),
        ("datePublished", page.date().map(|moment| json!(moment.iso()))),
        ("dateModified", modified.map(|date| json!(date))),
        ("author", Some(authors)),
        ("publisher", Some(publisher(input))),
        ("version", version.map(|version| json!(version))),
        ("image", image(page, input.links, input.config).map(|image| json!(image))),
    ])
}

fn event(input: &PageInput<'_>, page: &Page) -> Value {
    let config = input.config;
    let url = absolute(config, &page.url);
    let group = group_of(config, page);
    let cancelled = texts(page, "cancelled").iter().any(|text| text == "true");
    let status = if cancelled { "EventCancelled" } else { "EventScheduled" };
    let organizer = group.and_then(|group| group.name_in(&config.languages, page.language)).unwrap_or(&config.title);
    let place = group.and_then(|group| group.location.as_deref()).filter(|place| place.contains("://"));
    object([
        ("@type", Some(json!("Event"))),
        ("name", Some(json!(page.title))),
        ("description", page.front.description.as_ref().map(|text| json!(text))),
        ("url", Some(json!(url))),
        ("inLanguage", Some(json!(config.languages.get(page.text_language).tag))),
        ("startDate", page.date().map(|moment| json!(moment.iso()))),
        ("eventStatus", Some(json!(format!("https://schema.org/{status}")))),
        ("eventAttendanceMode", Some(json!("https://schema.org/OnlineEventAttendanceMode"))),
        ("location", Some(json!({ "@type": "VirtualLocation", "url": place.unwrap_or(&url) }))),
        ("organizer", Some(json!({ "@type": "Organization", "name": organizer, "url": config.base_url }))),
    ])
}

/// An object without what is not there.
fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let present = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(present.collect::<Map<_, _>>())
}
