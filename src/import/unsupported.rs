//! Settings of Hugo that have no counterpart, and what to do about each.
//!
//! In: the configuration. Out: a finding for each setting that says something and is not carried
//! over. What Plenary does anyway (robots.txt, dates from git, highlighting by class) is silent.

use super::languages::{Language, OWN_SETTINGS};
use super::tree::{at, get, is_trivial};
use crate::data::{Entry, Node};
use crate::diag::{Code, Diagnostic, Sink, did_you_mean};

/// Settings in lower case that are carried over elsewhere, or whose effect Plenary always has.
#[rustfmt::skip]
const SILENT: &[&str] = &[
    "_merge", "archetypedir", "assetdir", "baseurl", "build", "cachedir", "caches", "cleandestinationdir",
    "contentdir", "contenttypes", "copyright", "datadir", "debug", "defaultcontentlanguage",
    "defaultcontentlanguageinsubdir", "description", "disabledefaultlanguageredirect", "disablehugogeneratorinject",
    "disablelanguages", "disablelivereload", "enablegitinfo", "enablemissingtranslationplaceholders",
    "enablerobotstxt", "environment", "footnotereturnlinkcontents", "hascjklanguage", "httpcache", "i18ndir",
    "ignorecache", "ignoreerrors", "ignorelogs", "ignorevendorpaths", "imaging", "languagecode",
    "languagedirection", "languagename", "languages", "layoutdir", "locale", "markup", "menu", "menus", "minify",
    "module", "newcontenteditor", "nobuildlock", "nochmod", "notimes", "paginate", "paginatepath", "pagination",
    "paniconwarning", "params", "permalinks", "printi18nwarnings", "printpathwarnings", "printunusedtemplates",
    "publishdir", "pygmentscodefences", "pygmentscodefencesguesssyntax", "pygmentsoptions", "pygmentsuseclasses",
    "pygmentsuseclassic", "reflinkserrorlevel", "reflinksnotfoundurl", "rendersegments", "renderstatictodisk",
    "resourcedir", "rsslimit", "security", "server", "staticdir", "taxonomies", "templatemetrics", "theme",
    "themesdir", "timeout", "title", "verbose",
];

/// Settings with an effect that Plenary does not have, and the way to the same end.
const REASONS: &[(&str, &str)] = &[
    ("author", "name the authors of a page in its front matter: `authors: [name]`"),
    ("builddrafts", "publish drafts with `plenary build --drafts`"),
    ("buildexpired", "expired pages are not published; change their `expiryDate`"),
    ("buildfuture", "publish pages of the future with `plenary build --future`"),
    ("blackfriday", "Markdown is CommonMark with GitHub's extensions"),
    ("canonifyurls", "links in the output stay relative to the site's root, as written"),
    ("capitalizelisttitles", "write the title of a list into its `_index.md`"),
    ("cascade", "write `cascade:` into the `_index.md` of the sections it concerns"),
    ("deployment", "publish the output folder with the tool of your host"),
    ("disablealiases", "`_redirects` and redirect pages are always written"),
    ("disablekinds", "pages of these kinds are written; leave a taxonomy out of `taxonomies:` to have none of it"),
    ("disablepathtolower", "addresses are lower case; give a page another one with `url:`"),
    ("disqusshortname", "comments need a script of the host's; put it into a template"),
    ("enableemoji", "write the emoji itself instead of `:name:`"),
    (
        "enableinlineshortcodes",
        "inline shortcodes are Go code; make each a template below `themes/tag/templates/shortcodes`",
    ),
    ("frontmatter", "dates come from the front matter, then from git"),
    ("googleanalytics", "statistics need a script; put it into a template"),
    ("ignorefiles", "files with these names were copied; remove those that are not content"),
    ("mainsections", "say what a page lists with `queries:` in its front matter"),
    ("mediatypes", "the outputs are fixed"),
    ("outputformats", "the outputs are fixed: HTML, Atom, sitemap"),
    ("outputs", "the outputs are fixed: HTML, Atom, sitemap"),
    ("page", "previous and next follow the order of the section"),
    ("pluralizelisttitles", "write the title of a list into its `_index.md`"),
    ("privacy", "the theme embeds nothing that sets a cookie"),
    ("pygmentsstyle", "the colours of code come from the theme's style sheet"),
    ("related", "say what a page lists with `queries:` in its front matter"),
    ("relativeurls", "links in the output stay relative to the site's root; publish under the base URL"),
    ("removepathaccents", "accents stay in addresses; give a page another one with `url:`"),
    ("sectionpagesmenu", "write the entries into `menus:` of `site.yaml` or into the sections' front matter"),
    ("segments", "the whole site is built, which is quick"),
    ("services", "statistics and embeds need a script of the service; put it into a template"),
    ("sitemap", "the sitemap says which pages there are and when they changed, without priorities"),
    ("social", "put the accounts into `params:` and into a template"),
    ("summarylength", "write a `description` where the summary matters"),
    ("timezone", "dates without a zone are dates of the calendar"),
    ("titlecasestyle", "write the titles the way they are to be read"),
    ("uglyurls", "each page is `index.html` in a folder of its own; the old addresses need `aliases:` or `url:`"),
    ("watch", "run `plenary build` again; it writes only what changed"),
];

/// Paths below `markup` that are carried over or whose effect Plenary always has.
const MARKUP_SILENT: &[&str] = &[
    "markup._merge",
    "markup.defaultmarkdownhandler",
    "markup.goldmark.duplicateresourcefiles",
    "markup.goldmark.extensions.definitionlist",
    "markup.goldmark.extensions.footnote",
    "markup.goldmark.extensions.linkify",
    "markup.goldmark.extensions.linkifyprotocol",
    "markup.goldmark.extensions.strikethrough",
    "markup.goldmark.extensions.table",
    "markup.goldmark.extensions.tasklist",
    "markup.goldmark.extensions.typographer",
    "markup.goldmark.parser.attribute",
    "markup.goldmark.parser.autodefinitiontermid",
    "markup.goldmark.parser.autoheadingid",
    "markup.goldmark.parser.autoheadingidtype",
    "markup.goldmark.parser.wrapstandaloneimagewithinparagraph",
    "markup.goldmark.renderer.unsafe",
    "markup.goldmark.renderhooks",
    "markup.goldmark.renderer.xhtml",
    "markup.highlight.codefences",
    "markup.highlight.guesssyntax",
    "markup.highlight.lineanchors",
    "markup.highlight.linenos",
    "markup.highlight.linenumbersintable",
    "markup.highlight.noclasses",
    "markup.highlight.style",
    "markup.highlight.tabwidth",
];

/// Tells every setting of `config` that was left out.
pub(super) fn settings(config: &Node, sink: &mut Sink) {
    for entry in config.entries().iter().filter(|entry| !is_trivial(&entry.node)) {
        let key = entry.key.to_lowercase();
        if SILENT.contains(&key.as_str()) {
            continue;
        }
        match REASONS.iter().find(|(known, _)| *known == key) {
            Some((_, reason)) => sink.push(left_out(entry, reason)),
            None => sink.push(unknown(entry)),
        }
    }
    if let Some(markup) = get(config, "markup") {
        markup_settings("markup", markup, sink);
    }
    special(config, sink);
}

fn left_out(entry: &Entry, reason: &str) -> Diagnostic {
    let message = format!("the setting `{}` has no counterpart and was left out", entry.key);
    Diagnostic::new(Code::ImportCounterpart, entry.key_span, message).hint(reason)
}

fn unknown(entry: &Entry) -> Diagnostic {
    let known = SILENT.iter().copied().chain(REASONS.iter().map(|(key, _)| *key));
    let message = format!("the setting `{}` is none that Hugo documents and was left out", entry.key);
    Diagnostic::new(Code::ImportCounterpart, entry.key_span, message).maybe_hint(did_you_mean(&entry.key, known))
}

fn markup_settings(path: &str, node: &Node, sink: &mut Sink) {
    for entry in node.entries() {
        let path = format!("{path}.{}", entry.key.to_lowercase());
        if MARKUP_SILENT.iter().any(|known| path == *known || path.starts_with(&format!("{known}."))) {
            continue;
        }
        if MARKUP_SILENT.iter().any(|known| known.starts_with(&format!("{path}."))) {
            markup_settings(&path, &entry.node, sink);
        } else if !is_trivial(&entry.node) {
            let message = format!("the setting `{path}` has no counterpart and was left out");
            sink.push(Diagnostic::new(Code::ImportCounterpart, entry.key_span, message));
        }
    }
}

/// Settings of which only some values have no counterpart.
fn special(config: &Node, sink: &mut Sink) {
    let mut tell = |path: &str, applies: &dyn Fn(&str) -> bool, message: &str, hint: &str| {
        let Some(node) = at(config, path) else { return };
        if node.to_text().is_some_and(|text| applies(&text.to_lowercase())) {
            sink.push(Diagnostic::new(Code::ImportCounterpart, node.span, message).hint(hint));
        }
    };
    tell(
        "defaultContentLanguageInSubdir",
        &|text| text == "true",
        "the default language stands at the root, not in a folder of its own",
        "keep the old addresses alive with a redirect from `/<language>/*` to `/:splat` at your host",
    );
    tell(
        "markup.goldmark.renderer.unsafe",
        &|text| text == "false",
        "raw HTML in Markdown, which Hugo left out, is published",
        "look for `<` in the content if you do not trust its authors",
    );
    tell(
        "markup.goldmark.parser.autoHeadingIDType",
        &|text| text != "github",
        "the ids of headings are made the `github` way, so links to headings may change",
        "keep an old id with `{#id}` behind the heading; `plenary check` finds the links that break",
    );
    tell(
        "markup.defaultMarkdownHandler",
        &|text| text != "goldmark",
        "Markdown is CommonMark with GitHub's extensions",
        "compare the pages that use other syntax",
    );
}

/// Tells the settings of a language that were left out.
pub(super) fn language(language: &Language, sink: &mut Sink) {
    let known = |key: &str| SILENT.contains(&key) || REASONS.iter().any(|(known, _)| *known == key);
    for entry in language.settings.entries().iter().filter(|entry| !is_trivial(&entry.node)) {
        let key = entry.key.to_lowercase();
        let silent = ["languagecode", "locale", "_merge", "markup"];
        // What Hugo does not know as a setting is a parameter of the language.
        if OWN_SETTINGS.contains(&key.as_str()) || silent.contains(&key.as_str()) || !known(&key) {
            continue;
        }
        let message =
            format!("the setting `{}` cannot differ by language and was left out for `{}`", entry.key, language.tag);
        sink.push(Diagnostic::new(Code::ImportCounterpart, entry.key_span, message));
    }
    if language.tag != language.written.to_lowercase() {
        let message = format!("the language `{}` is named `{}` in addresses", language.written, language.tag);
        sink.push(Diagnostic::new(Code::ImportCounterpart, language.settings.span, message).hint(format!(
            "redirect `/{}/*` to `/{}/:splat` at your host",
            language.written.to_lowercase(),
            language.tag
        )));
    }
}

/// Whether a key of a language's settings is a parameter of the project's own.
pub(super) fn is_language_param(key: &str) -> bool {
    let key = key.to_lowercase();
    let known = SILENT.contains(&key.as_str()) || REASONS.iter().any(|(known, _)| *known == key);
    !known && !OWN_SETTINGS.contains(&key.as_str())
}
