//! From the text of `site.yaml` to a [`Config`].

use super::around::parse_around;
use super::images::parse_images;
use super::meetings::parse_meetings;
use super::menus::parse_menu;
use super::palette::parse_palette;
use super::rules::{Rules, parse_rules};
use super::{Config, MarkdownConfig, MenuItem, Pagination, Repository, TranslationConfig};
use crate::data::{Fields, Node, Parsed, Value, parse_yaml};
use crate::diag::{Code, Diagnostic, FileId, Sink};
use crate::lang::{Languages, parse_languages};
use indexmap::IndexMap;

/// The theme of a site that names none.
const THEME: &str = "tag";

/// Reads `site.yaml`. It always gives a configuration, if need be of defaults alone.
pub fn parse(text: &str, file: FileId, sink: &mut Sink) -> Config {
    let parsed = parse_yaml(text, file, 0).unwrap_or_else(|error| {
        sink.push(Diagnostic::new(Code::ConfigSyntax, error.span, error.message).maybe_hint(error.hint));
        Parsed::default()
    });
    for duplicate in &parsed.duplicates {
        let message = format!("the setting `{}` stands twice; the last one counts", duplicate.key);
        let finding = Diagnostic::new(Code::DuplicateKey, duplicate.span, message);
        sink.push(finding.label(duplicate.first, "first here").hint("remove one of the two"));
    }
    read(&parsed.node, sink)
}

fn read(node: &Node, sink: &mut Sink) -> Config {
    let mut fields = Fields::new(node, Code::ConfigValue, Code::ConfigUnknown, sink);
    let base_url = fields.text("base_url").unwrap_or_else(|| "/".into());
    let title = fields.text("title").unwrap_or_else(|| "Site".into());
    let description = fields.text("description").unwrap_or_default();
    let theme = theme(&mut fields);
    let languages = languages(&mut fields);
    let taxonomies = fields.texts("taxonomies");
    let taxonomies = taxonomies.map(|names| names.into_iter().map(|(name, _)| name.to_lowercase()).collect());
    let permalinks = permalinks(&mut fields);
    let pagination = pagination(&mut fields);
    let feed_limit = positive(&mut fields, "feed_limit", 20);
    let menus = menus(&mut fields);
    let repository = repository(&mut fields);
    let mounts = mounts(&mut fields);
    let markdown = markdown(&mut fields);
    let line_numbers = line_numbers(&mut fields);
    let image = fields.text("image");
    let copyright = fields.text("copyright");
    let (ignored_links, rules) = check(&mut fields);
    let meetings = fields.node("meetings");
    let meetings = parse_meetings(meetings, fields.sink());
    let around = parse_around(&mut fields, &languages);
    let palette = fields.node("palette");
    let palette = parse_palette(palette, fields.sink());
    let images = fields.node("images");
    let images = parse_images(images, fields.sink());
    let translation = translation(&mut fields);
    let search = fields.flag("search").unwrap_or(true);
    let llms = fields.flag("llms").unwrap_or(true);
    let cards = fields.flag("cards").unwrap_or(false);
    let params = fields.node("params").cloned().unwrap_or_default();
    fields.deny_rest();
    Config {
        base_url: with_slash(&base_url),
        title,
        description,
        theme,
        languages,
        taxonomies: taxonomies.unwrap_or_else(|| vec!["tags".into(), "categories".into()]),
        permalinks,
        pagination,
        feed_limit,
        menus,
        repository,
        mounts,
        markdown,
        line_numbers,
        image,
        copyright,
        ignored_links,
        rules,
        meetings,
        around,
        palette,
        images,
        translation,
        search,
        llms,
        cards,
        params,
    }
}

/// An address with exactly one slash at its end.
pub(crate) fn with_slash(url: &str) -> String {
    format!("{}/", url.trim_end_matches('/'))
}

/// The name of one folder: a path would make everything below it the theme, be it the whole disk.
fn theme(fields: &mut Fields<'_>) -> String {
    let Some((name, span)) = fields.text_at("theme") else { return THEME.into() };
    if !matches!(&*name, "" | "." | "..") && !name.contains(['/', '\\', '\0']) {
        return name;
    }
    let finding =
        Diagnostic::new(Code::ConfigValue, span, format!("`{name}` is not the name of a folder in `themes/`"));
    fields.sink().push(finding.hint(format!("write `theme: {THEME}`, or name a folder as it is called there")));
    THEME.into()
}

fn languages(fields: &mut Fields<'_>) -> Languages {
    let default = fields.text_at("default_language");
    let node = fields.node("languages");
    parse_languages(node, default.as_ref(), fields.sink())
}

fn permalinks(fields: &mut Fields<'_>) -> IndexMap<String, String> {
    let Some(node) = fields.node("permalinks") else { return IndexMap::new() };
    let mut patterns = IndexMap::new();
    for entry in node.entries() {
        let pattern = entry.node.to_text().filter(|pattern| is_address(pattern, &entry.node, fields.sink()));
        patterns.extend(pattern.map(|pattern| (entry.key.clone(), pattern)));
    }
    patterns
}

/// An address that climbs would lead out of the output folder.
fn is_address(path: &str, node: &Node, sink: &mut Sink) -> bool {
    let climbs = path.contains(['\\', '\0', '?', '#']) || path.split('/').any(|part| matches!(part, "." | ".."));
    if climbs {
        let finding = Diagnostic::new(Code::ConfigValue, node.span, format!("`{path}` cannot be part of an address"));
        sink.push(finding.hint("write names with `/` between them"));
    }
    !climbs
}

fn positive(fields: &mut Fields<'_>, key: &'static str, default: usize) -> usize {
    let Some(number) = fields.integer(key) else { return default };
    usize::try_from(number).ok().filter(|number| *number > 0).unwrap_or_else(|| {
        if let Some(span) = fields.node(key).map(|node| node.span) {
            let message = format!("`{key}` is {number}, but a number above zero belongs here");
            fields
                .sink()
                .push(Diagnostic::new(Code::ConfigValue, span, message).hint(format!("write `{key}: {default}`")));
        }
        default
    })
}

fn group<'a>(fields: &'a mut Fields<'_>, key: &'static str, empty: &'a Node) -> Fields<'a> {
    let node = fields.node(key).unwrap_or(empty);
    Fields::new(node, Code::ConfigValue, Code::ConfigUnknown, fields.sink())
}

fn pagination(fields: &mut Fields<'_>) -> Pagination {
    let empty = Node::default();
    let mut fields = group(fields, "pagination", &empty);
    let size = positive(&mut fields, "size", 10);
    let node = fields.node("path");
    let path = fields.text("path").map(|path| path.trim_matches('/').to_owned()).filter(|path| !path.is_empty());
    let path = path.filter(|path| node.is_none_or(|node| is_address(path, node, fields.sink())));
    fields.deny_rest();
    Pagination { size, path: path.unwrap_or_else(|| "page".into()) }
}

fn menus(fields: &mut Fields<'_>) -> IndexMap<String, Vec<MenuItem>> {
    let Some(node) = fields.node("menus") else { return IndexMap::new() };
    let entries = node.entries().iter();
    entries.map(|entry| (entry.key.clone(), parse_menu(&entry.node, fields.sink()))).collect()
}

fn repository(fields: &mut Fields<'_>) -> Option<Repository> {
    let node = fields.node("repository")?;
    if let Some(url) = node.as_str() {
        return Some(Repository { url: url.trim_end_matches('/').into(), branch: "main".into(), root: None });
    }
    let mut fields = Fields::new(node, Code::ConfigValue, Code::ConfigUnknown, fields.sink());
    let url = fields.text("url");
    let branch = fields.text("branch").unwrap_or_else(|| "main".into());
    let root = fields.text("root").map(|root| root.trim_matches('/').to_owned());
    if url.is_none() {
        fields.lacks("the address", "url: https://github.com/owner/name");
    }
    fields.deny_rest();
    Some(Repository { url: url?.trim_end_matches('/').into(), branch, root })
}

fn mounts(fields: &mut Fields<'_>) -> Vec<(String, String)> {
    let Some(node) = fields.node("mounts") else { return vec![] };
    let Value::List(items) = &node.value else {
        let finding = Diagnostic::new(Code::ConfigValue, node.span, "`mounts` is a list");
        fields.sink().push(finding.hint("write `mounts: [{source: ../paper, target: en/papers/paper}]`"));
        return vec![];
    };
    let mut mounts = vec![];
    for item in items {
        let mut fields = Fields::new(item, Code::ConfigValue, Code::ConfigUnknown, fields.sink());
        let (source, target) = (fields.text("source"), fields.text("target"));
        if source.is_none() || target.is_none() {
            fields.lacks("the source or the target of the mount", "{source: ../paper, target: en/papers/paper}");
        }
        fields.deny_rest();
        mounts.extend(source.zip(target));
    }
    mounts
}

fn markdown(fields: &mut Fields<'_>) -> MarkdownConfig {
    let empty = Node::default();
    let mut fields = group(fields, "markdown", &empty);
    let smart_punctuation = fields.flag("smart_punctuation").unwrap_or(true);
    let math = fields.flag("math").unwrap_or(false);
    fields.deny_rest();
    MarkdownConfig { smart_punctuation, math }
}

/// What the site names comes on top of what is translated anyway.
fn translation(fields: &mut Fields<'_>) -> TranslationConfig {
    let empty = Node::default();
    let mut fields = group(fields, "translation", &empty);
    let mut config = TranslationConfig::default();
    config.front_matter.extend(fields.texts("front_matter").into_iter().flatten().map(|(key, _)| key));
    config.parameters.extend(fields.texts("parameters").into_iter().flatten().map(|(name, _)| name));
    fields.deny_rest();
    config
}

fn line_numbers(fields: &mut Fields<'_>) -> bool {
    let empty = Node::default();
    let mut fields = group(fields, "highlight", &empty);
    let line_numbers = fields.flag("line_numbers").unwrap_or(false);
    fields.deny_rest();
    line_numbers
}

fn check(fields: &mut Fields<'_>) -> (Vec<String>, Rules) {
    let empty = Node::default();
    let mut fields = group(fields, "check", &empty);
    let patterns = fields.texts("ignore_links").unwrap_or_default();
    let rules = fields.node("rules").map(|node| parse_rules(node, fields.sink()));
    fields.deny_rest();
    (patterns.into_iter().map(|(pattern, _)| pattern).collect(), rules.unwrap_or_default())
}
