//! `site.yaml`, checked.
//!
//! In: the text of `site.yaml`. Out: a [`Config`] in which every value has a meaning and a default.
//! What is unknown or of the wrong kind is a finding; the rest of the file counts all the same.
//! No file is read here, and no other room reads a setting by its name.

mod around;
mod images;
mod localised;
mod meetings;
mod menus;
mod palette;
mod parse;
mod rules;
mod schedule;

pub use around::{Analytics, Archive, Around, Banner, LocalText};
pub use images::ImagesConfig;
pub use localised::Localised;
pub use meetings::{MeetingGroup, Meetings};
pub use menus::MenuItem;
pub(crate) use palette::rgb;
pub use palette::{Colour, ROLES, Rgb};
pub use parse::parse;
pub(crate) use parse::with_slash;
pub use rules::Rules;
pub use schedule::{Exception, Repeat, Schedule};

use crate::data::Node;
use crate::lang::Languages;
use indexmap::IndexMap;

/// The settings of a site.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting")]
pub struct Config {
    /// The address of the home page, with a slash at its end.
    pub base_url: String,
    /// The site's name, where a language has no other.
    pub title: String,
    /// One sentence about the site.
    pub description: String,
    /// The name of the theme's folder below `themes/`.
    pub theme: String,
    /// The languages, in the order of the switcher.
    pub languages: Languages,
    /// Plural names of the taxonomies, which are front matter keys and URL segments.
    pub taxonomies: Vec<String>,
    /// Address patterns by section: `blog: /:section/:slug/`.
    pub permalinks: IndexMap<String, String>,
    /// How long lists are cut into pages.
    pub pagination: Pagination,
    /// Entries of a feed.
    pub feed_limit: usize,
    /// Menus by name.
    pub menus: IndexMap<String, Vec<MenuItem>>,
    /// Where the source is kept, for edit links.
    pub repository: Option<Repository>,
    /// Folders elsewhere in the repository with their place in the content tree.
    pub mounts: Vec<(String, String)>,
    /// How Markdown is read.
    pub markdown: MarkdownConfig,
    /// Line numbers in all code blocks.
    pub line_numbers: bool,
    /// The picture that stands for the site where a page has none.
    pub image: Option<String>,
    /// Who owns the text.
    pub copyright: Option<String>,
    /// Outside addresses that `check --external` does not ask; `*` stands for anything.
    pub ignored_links: Vec<String>,
    /// How strict the checks are.
    pub rules: Rules,
    /// The groups that meet, and when.
    pub meetings: Meetings,
    /// What stands around every page's text.
    pub around: Around,
    /// Colours that take the place of the theme's.
    pub palette: Vec<Colour>,
    /// How pictures are made lighter.
    pub images: ImagesConfig,
    /// What of a page is translated.
    pub translation: TranslationConfig,
    /// Can the site be searched?
    pub search: bool,
    /// Pages as Markdown, and lists of them, for programs that read text?
    pub llms: bool,
    /// A picture of each page for links to it?
    pub cards: bool,
    /// Free values for templates.
    pub params: Node,
}

/// How long lists are cut into pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// Entries of one page.
    pub size: usize,
    /// The URL segment before the page's number.
    pub path: String,
}

/// Where the source is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// The repository's page on its host, without a slash at its end.
    pub url: String,
    /// The branch that pull requests go to.
    pub branch: String,
    /// The site's folder inside the repository, empty at its top; set where the checkout is no repository.
    pub root: Option<String>,
}

/// What of a page is translated, for `plenary i18n export` and `import`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranslationConfig {
    /// Keys of the front matter whose texts are translated.
    pub front_matter: Vec<String>,
    /// Parameters of shortcodes that are text.
    pub parameters: Vec<String>,
}

impl Default for TranslationConfig {
    fn default() -> Self {
        let texts = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Self {
            front_matter: texts(&["title", "linkTitle", "description", "image_alt"]),
            parameters: texts(&[
                "title",
                "subtitle",
                "caption",
                "alt",
                "text",
                "label",
                "name",
                "tabName",
                "header",
                "footer",
                "summary",
                "description",
                "url_text",
            ]),
        }
    }
}

/// How Markdown is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkdownConfig {
    /// Typographic quotes, dashes and spaces by the rules of the page's language.
    pub smart_punctuation: bool,
    /// `$…$` and `$$…$$` are mathematics.
    pub math: bool,
}
