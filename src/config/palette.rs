//! The colours that a site gives the theme, as `site.yaml` writes them.

use crate::data::{Fields, Node};
use crate::diag::{Code, Diagnostic, Sink, Span, did_you_mean};

/// A colour: red, green, blue.
pub type Rgb = [u8; 3];

/// The parts of a page that have a colour, as style sheets call them.
pub const ROLES: [&str; 8] = ["paper", "wash", "ink", "soft", "edge", "accent", "tint", "on-accent"];

/// A colour of the site's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colour {
    /// What it is for, one of [`ROLES`].
    pub role: &'static str,
    /// On light paper.
    pub light: Rgb,
    /// On dark paper; none if the light one is to be adapted.
    pub dark: Option<Rgb>,
    /// Where it was written.
    pub span: Span,
}

/// Reads `palette`: a mapping of roles to `"#005fa3"` or `{light: …, dark: …}`.
pub(super) fn parse_palette(node: Option<&Node>, sink: &mut Sink) -> Vec<Colour> {
    let mut colours = vec![];
    if let Some(node) = node.filter(|node| node.entries().is_empty()) {
        let finding = Diagnostic::new(Code::ConfigValue, node.span, "`palette` is a mapping of colours");
        sink.push(finding.hint("write `palette: {accent: \"#005fa3\"}`"));
    }
    for entry in node.map(Node::entries).unwrap_or_default() {
        let key = entry.key.replace('_', "-").to_lowercase();
        let Some(role) = ROLES.into_iter().find(|role| *role == key) else {
            let message = format!("the palette has no colour `{}`", entry.key);
            let hint = did_you_mean(&key, ROLES).unwrap_or_else(|| format!("known here: {}", ROLES.join(", ")));
            sink.push(Diagnostic::new(Code::ConfigUnknown, entry.key_span, message).hint(hint));
            continue;
        };
        let span = entry.node.span;
        let found = if entry.node.entries().is_empty() {
            entry.node.to_text().and_then(|text| colour(&text, span, sink)).map(|light| (light, None))
        } else {
            pair(&entry.node, sink)
        };
        colours.extend(found.map(|(light, dark)| Colour { role, light, dark, span }));
    }
    colours
}

fn pair(node: &Node, sink: &mut Sink) -> Option<(Rgb, Option<Rgb>)> {
    let mut fields = Fields::new(node, Code::ConfigValue, Code::ConfigUnknown, sink);
    let mut read = |key| fields.text_at(key).and_then(|(text, span)| colour(&text, span, fields.sink()));
    let (light, dark) = (read("light"), read("dark"));
    if node.get("light").is_none() {
        fields.lacks("the colour on light paper", "light: \"#005fa3\"");
    }
    fields.deny_rest();
    Some((light?, dark))
}

fn colour(text: &str, span: Span, sink: &mut Sink) -> Option<Rgb> {
    let found = rgb(text.trim());
    if found.is_none() {
        let finding = Diagnostic::new(Code::ConfigValue, span, format!("`{text}` is no colour"));
        sink.push(finding.hint("write it in hexadecimal digits and in quotes, such as `\"#005fa3\"`"));
    }
    found
}

/// Reads `#05a` and `#005fa3`.
pub(crate) fn rgb(text: &str) -> Option<Rgb> {
    let digits: Vec<u8> =
        text.strip_prefix('#')?.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect::<Option<_>>()?;
    match digits[..] {
        [red, green, blue] => Some([red * 17, green * 17, blue * 17]),
        [_, _, _, _, _, _] => Some(std::array::from_fn(|at| digits[2 * at] * 16 + digits[2 * at + 1])),
        _ => None,
    }
}
