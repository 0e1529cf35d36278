//! The one thing that a served page has more than a built one: a tag that keeps it up to date.

use crate::cache::Key;
use crate::theme::Theme;

/// Where the script and the events are: below a hidden folder, which no site can have.
pub(super) const SCRIPT: &str = "/.plenary/reload.js";
pub(super) const EVENTS: &str = "/.plenary/events";

/// The script.
pub(super) const SCRIPT_TEXT: &str = include_str!("reload.js");

const BEGIN: &str = "<script data-plenary-page=\"";
const END: &str = "</script>";

/// Puts the tag at the end of the body.
pub(super) fn with_reload(html: &str, state: &Key) -> String {
    let tag = format!("{BEGIN}{state}\" src=\"{SCRIPT}\" defer>{END}");
    let at = html.rfind("</body>").unwrap_or(html.len());
    format!("{}{tag}{}", &html[..at], &html[at..])
}

/// A served page as `build` writes it.
pub fn without_reload(html: &str) -> String {
    let Some(at) = html.rfind(BEGIN) else { return html.to_owned() };
    let end = html[at..].find(END).map_or(html.len(), |end| at + end + END.len());
    format!("{}{}", &html[..at], &html[end..])
}

/// The digest of a page by which it is told to reload: style sheets of the theme carry their digests in
/// their names, and are swapped without a reload.
pub(super) fn state(html: &str, theme: &Theme) -> Key {
    let mut text = std::borrow::Cow::Borrowed(html);
    for (path, url) in style_sheets(theme) {
        if text.contains(url) {
            text = text.replace(url, path).into();
        }
    }
    Key::of(&[text.as_bytes()])
}

/// The style sheets of a theme with their addresses.
pub(super) fn style_sheets(theme: &Theme) -> impl Iterator<Item = (&str, &str)> {
    let assets = theme.assets.named();
    assets.filter(|(path, _)| path.ends_with(".css")).map(|(path, asset)| (path, asset.url.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_comes_off_again() {
        let key = Key::of(&[b"x"]);
        for html in ["<html><body>text</body></html>\n", "no body", "", "<body>a</body><!-- </body> -->"] {
            let served = with_reload(html, &key);
            assert_ne!(served, html);
            assert_eq!(without_reload(&served), html);
        }
    }
}
