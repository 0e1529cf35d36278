//! Menus as `site.yaml` writes them.

use super::localised::Localised;
use crate::data::{Fields, Node, Value};
use crate::diag::{Code, Sink, Span};

/// An entry of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuItem {
    /// Names it, so that others can name it as their parent.
    pub identifier: Option<String>,
    /// What it is called; none is the title of the page it leads to.
    pub label: Option<Localised>,
    /// The page it leads to, as a path below the language, or a whole URL.
    pub target: String,
    /// True if `target` is a page of this site.
    pub internal: bool,
    /// Lighter ones come first.
    pub weight: i64,
    /// The identifier of the entry it stands under.
    pub parent: Option<String>,
    /// Only in this language (its folder name), if set.
    pub language: Option<String>,
    /// The entries written below it.
    pub children: Vec<MenuItem>,
    /// Where it was written.
    pub span: Span,
}

/// Reads the list of one menu.
pub(super) fn parse_menu(node: &Node, sink: &mut Sink) -> Vec<MenuItem> {
    let Value::List(items) = &node.value else { return vec![] };
    items.iter().filter_map(|item| parse_item(item, sink)).collect()
}

fn parse_item(node: &Node, sink: &mut Sink) -> Option<MenuItem> {
    let mut fields = Fields::new(node, Code::ConfigValue, Code::ConfigUnknown, sink);
    let label = fields.node("label").and_then(Localised::read);
    let page = fields.text("page");
    let url = fields.text("url");
    let identifier = fields.text("identifier");
    let weight = fields.integer("weight").unwrap_or(0);
    let parent = fields.text("parent");
    let language = fields.text("language").map(|tag| tag.to_lowercase().replace('_', "-"));
    // Free values for templates of one's own.
    fields.node("params");
    let children = fields.node("children").map(|node| parse_menu(node, fields.sink())).unwrap_or_default();
    if page.is_none() && url.is_none() {
        fields.lacks("the target of the menu entry", "page: /about/");
    }
    fields.deny_rest();
    let internal = page.is_some() || url.as_deref().is_some_and(|url| url.starts_with('/'));
    let target = page.or(url)?;
    Some(MenuItem { identifier, label, target, internal, weight, parent, language, children, span: node.span })
}
