//! What templates can call. Each answers from tables that were made before rendering began.

use crate::lang::{LanguageId, Languages, Strings};
use crate::theme::{Assets, Inline};
use indexmap::IndexMap;
use std::sync::Arc;
use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

/// The tables behind the functions.
#[derive(Debug)]
pub struct Answers {
    /// The languages of the site.
    pub languages: Languages,
    /// The UI strings.
    pub strings: Arc<Strings>,
    /// The theme's assets.
    pub assets: Assets,
    /// The theme's scripts for the page itself.
    pub inline: Inline,
    /// For each language the address of every page by its content key.
    pub urls: Vec<IndexMap<String, String>>,
    /// The path before every root-relative address, empty where the site lives at the top of its host.
    pub base_path: String,
    /// The site's address, for absolute URLs.
    pub base_url: String,
}

impl Answers {
    fn language(&self, state: &State<'_>) -> LanguageId {
        let tag = state.get::<String>("lang").ok().flatten().unwrap_or_default();
        let found = self.languages.iter().find(|(_, language)| language.tag == tag);
        found.map_or(self.languages.default_id(), |(id, _)| id)
    }
}

/// What templates can call: how, and what it gives. The reference of templates holds these rows.
pub const FUNCTIONS: [(&str, &str); 9] = [
    (
        r#"text(key="…")"#,
        "A word of the theme. With `count=n`, in the right plural form; further names fill the places in braces. A key that no language has is an error",
    ),
    (r#"asset(path="css/tag.css")"#, "Address of a file in `assets`, with fingerprint; an error if there is none"),
    (
        r#"inline(path="first.js")"#,
        "A file of `inline` as a `<script>` in the page, for what must run before anything is seen. The Content-Security-Policy names it by its digest; an error if there is none",
    ),
    (
        r#"page_url(path="/wgs/")"#,
        "Address of a page in the frame's language, by its path without language; empty if there is none",
    ),
    (
        r#"url(path="/images/logo.svg")"#,
        "Address of what a setting names from the top: of a page in the frame's language, else of a file. Addresses elsewhere stay as they are",
    ),
    (
        r#"date(value=page.date, style="long")"#,
        "A date in the frame's language; styles `long`, `medium`, `iso`, `time`. Without a value, empty text",
    ),
    (r"number(value=page.words)", "A number with the digits and separators of the frame's language"),
    (r"percent(value=40)", "The same with a percent sign, where the language puts it"),
    (r"list(values=page.authors)", r#""A, B and C" in the frame's language; a single text stays as it is"#),
];

/// The filters beside Tera's own, and what each gives.
pub const FILTERS: [(&str, &str); 6] = [
    ("markdownify", "a line of Markdown as HTML: emphasis, code, links; links are not resolved"),
    ("plain", "text without tags"),
    ("urlencode", "text for use in an address"),
    ("slugify", "text in the form of an address"),
    ("absolute_url", "a path with the site's address"),
    ("jsonify", "a value as JSON, fit for a `<script>`"),
];

/// Declares the names, so that templates that use them can be parsed.
pub(crate) fn declare(tera: &mut Tera) {
    for name in FUNCTIONS.iter().filter_map(|(call, _)| call.split('(').next()) {
        tera.register_function(name, |_: Kwargs, _: &State<'_>| String::new());
    }
    tera.register_filter("markdownify", |input: StringInput<'_>, _: Kwargs, _: &State<'_>| {
        Value::safe_string(&crate::html::inline(input.as_str()))
    });
    tera.register_filter("plain", |input: StringInput<'_>, _: Kwargs, _: &State<'_>| plain(input.as_str()));
    tera.register_filter("slugify", |text: &str, _: Kwargs, _: &State<'_>| crate::document::slug::url_segment(text));
    tera.register_filter("urlencode", |text: &str, _: Kwargs, _: &State<'_>| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    });
    tera.register_filter("jsonify", |value: &Value, _: Kwargs, _: &State<'_>| {
        serde_json::to_string(value).map(|json| Value::safe_string(&json.replace("</", "<\\/"))).map_err(Error::message)
    });
    tera.register_filter("absolute_url", |text: &str, _: Kwargs, _: &State<'_>| text.to_owned());
}

/// Binds the names to their answers.
pub(super) fn bind(tera: &mut Tera, answers: Arc<Answers>) {
    let of = answers.clone();
    tera.register_function("text", move |args: Kwargs, state: &State<'_>| text(&of, &args, state));
    let of = answers.clone();
    tera.register_function("asset", move |args: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let path = args.must_get::<String>("path")?;
        let asset = of.assets.get(&path);
        let asset = asset.ok_or_else(|| Error::message(format!("the theme has no asset `{path}`")))?;
        Ok(format!("{}{}", of.base_path, asset.url))
    });
    let of = answers.clone();
    tera.register_function("inline", move |args: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let path = args.must_get::<String>("path")?;
        let html = of.inline.html(&path);
        html.map(|html| Value::safe_string(&html))
            .ok_or_else(|| Error::message(format!("the theme has no `inline/{path}`")))
    });
    let of = answers.clone();
    tera.register_function("page_url", move |args: Kwargs, state: &State<'_>| -> TeraResult<String> {
        let path = args.must_get::<String>("path")?;
        let table = &of.urls[of.language(state).index()];
        Ok(table.get(path.trim_matches('/')).map(|url| format!("{}{url}", of.base_path)).unwrap_or_default())
    });
    let of = answers.clone();
    tera.register_function("url", move |args: Kwargs, state: &State<'_>| -> TeraResult<String> {
        Ok(url(&of, &args.must_get::<String>("path")?, of.language(state)))
    });
    let of = answers.clone();
    tera.register_function("date", move |args: Kwargs, state: &State<'_>| date(&of, &args, state));
    let of = answers.clone();
    tera.register_function("number", move |args: Kwargs, state: &State<'_>| number(&of, &args, state));
    let of = answers.clone();
    tera.register_function("percent", move |args: Kwargs, state: &State<'_>| percent(&of, &args, state));
    let of = answers.clone();
    tera.register_function("list", move |args: Kwargs, state: &State<'_>| list(&of, &args, state));
    tera.register_filter("absolute_url", move |url: &str, _: Kwargs, _: &State<'_>| {
        if url.starts_with('/') { format!("{}{}", answers.base_url.trim_end_matches('/'), url) } else { url.to_owned() }
    });
}

fn url(of: &Answers, path: &str, language: LanguageId) -> String {
    if !path.starts_with('/') || path.starts_with("//") {
        return path.to_owned();
    }
    let (place, rest) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
    let page = of.urls[language.index()].get(place.trim_matches('/'));
    format!("{}{}{rest}", of.base_path, page.map_or(place, String::as_str))
}

fn text(of: &Answers, args: &Kwargs, state: &State<'_>) -> TeraResult<String> {
    let key = args.must_get::<String>("key")?;
    let count = args.get::<i64>("count")?;
    let values: Vec<(String, String)> = args
        .iter()
        .filter_map(|(name, value)| {
            Some((name.as_str()?.to_owned(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
        })
        .filter(|(name, _)| !matches!(name.as_str(), "key" | "count"))
        .collect();
    let values: Vec<(&str, String)> = values.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    let found = of.strings.text(of.language(state), &key, count, &values);
    found.ok_or_else(|| Error::message(format!("no UI string `{key}` in any language")))
}

fn date(of: &Answers, args: &Kwargs, state: &State<'_>) -> TeraResult<String> {
    let Some(value) = args.get::<&Value>("value")?.and_then(Value::as_str) else { return Ok(String::new()) };
    let style = args.get::<String>("style")?.unwrap_or_else(|| "long".into());
    if style == "time" {
        let time = value.parse().map(|time| of.strings.locale(of.language(state)).time(time));
        return Ok(time.unwrap_or_else(|_| value.to_owned()));
    }
    let Some(date) = value.get(..10).and_then(|date| date.parse().ok()) else { return Ok(value.to_owned()) };
    let locale = of.strings.locale(of.language(state));
    Ok(match style.as_str() {
        "iso" => value.get(..10).unwrap_or(value).to_owned(),
        "medium" => locale.medium_date(date),
        _ => locale.long_date(date),
    })
}

/// A number; what is no number stays as it is.
fn number(of: &Answers, args: &Kwargs, state: &State<'_>) -> TeraResult<String> {
    let Some(value) = args.get::<&Value>("value")?.filter(|value| !value.is_none()) else { return Ok(String::new()) };
    let locale = of.strings.locale(of.language(state));
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Ok(text.parse::<f64>().map_or(text, |number| locale.number(number)))
}

/// A share in percent. Where the sign stands is one of the theme's strings, as ICU4X does not tell it yet.
fn percent(of: &Answers, args: &Kwargs, state: &State<'_>) -> TeraResult<String> {
    let number = number(of, args, state)?;
    let text = of.strings.text(of.language(state), "percent", None, &[("number", number.clone())]);
    Ok(text.unwrap_or_else(|| format!("{number}%")))
}

/// `A, B and C`; a single text stays as it is.
fn list(of: &Answers, args: &Kwargs, state: &State<'_>) -> TeraResult<String> {
    let Some(value) = args.get::<&Value>("values")?.filter(|value| !value.is_none()) else { return Ok(String::new()) };
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let Some(items) = value.as_array() else { return Ok(text(value)) };
    let items: Vec<String> = items.iter().map(text).collect();
    Ok(of.strings.locale(of.language(state)).list(&items))
}

/// HTML as text.
fn plain(html: &str) -> String {
    use html5gum::{Token, Tokenizer};
    if !html.contains(['<', '&']) {
        return html.to_owned();
    }
    let tokens = Tokenizer::new(html).flatten();
    let texts = tokens.filter_map(|token| match token {
        Token::String(text) => Some(String::from_utf8_lossy(&text.value).into_owned()),
        _ => None,
    });
    texts.collect()
}
