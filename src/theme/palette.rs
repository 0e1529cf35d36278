//! The colours of a site: can they be told apart, and what style sheets call them.
//!
//! In: the theme's colours and the site's. Out: custom properties that are laid over the theme's own, and a
//! finding for each pair that is hard to read, in light or in dark. A colour that is given once is adapted
//! to dark paper, and what goes with the accent is made from it.

use crate::config::{Colour, ROLES, Rgb, rgb};
use crate::data::{Entry, Node, Value};
use crate::diag::{Code, Diagnostic, Sink, did_you_mean};
use indexmap::IndexMap;
use std::fmt::Write as _;

/// What has to be told apart from what, and by which contrast: WCAG 2.2, 1.4.3 and 1.4.11.
const PAIRS: [(&str, &str, f64); 10] = [
    ("ink", "paper", 4.5),
    ("ink", "wash", 4.5),
    ("ink", "tint", 4.5),
    ("soft", "paper", 4.5),
    ("soft", "wash", 4.5),
    ("accent", "paper", 4.5),
    ("accent", "wash", 4.5),
    ("accent", "tint", 4.5),
    ("on-accent", "accent", 4.5),
    ("edge", "paper", 3.0),
];

/// The theme's colours by role, on light and on dark paper.
#[derive(Debug, Clone, Default)]
pub struct Colours {
    all: IndexMap<String, [Rgb; 2]>,
    /// Those that a site's `theme.yaml` lays over the built-in ones.
    laid: Vec<Colour>,
}

impl Colours {
    /// Reads `colours` of `theme.yaml`: roles with their two colours. `under` are the built-in ones that they
    /// were laid over.
    pub(super) fn read(node: Option<&Node>, under: Option<&Node>, sink: &mut Sink) -> Self {
        let mut colours = IndexMap::new();
        let mut laid = vec![];
        for entry in node.map(Node::entries).unwrap_or_default() {
            let (role, span) = (entry.key.as_str(), entry.node.span);
            let Some([light, dark]) = both(&entry.node) else {
                let message = format!("`{role}` is not a colour for light and one for dark paper");
                let finding = Diagnostic::new(Code::ConfigValue, span, message);
                sink.push(finding.hint("write for example `[\"#00606b\", \"#72c9d0\"]`"));
                continue;
            };
            if let Some(under) = under {
                match (ROLES.into_iter().find(|known| *known == role), under.get(role).and_then(both)) {
                    (Some(_), Some(built_in)) if built_in == [light, dark] => {}
                    (Some(role), _) => laid.push(Colour { role, light, dark: Some(dark), span }),
                    (None, _) => sink.push(unknown(entry)),
                }
            }
            colours.insert(entry.key.clone(), [light, dark]);
        }
        Self { all: colours, laid }
    }

    /// The colours of a site: those of its palette, and of its `theme.yaml` where the palette has none.
    fn own(&self, palette: &[Colour]) -> Vec<Colour> {
        let laid = self.laid.iter().filter(|laid| palette.iter().all(|colour| colour.role != laid.role));
        laid.chain(palette).cloned().collect()
    }

    /// The site's colours as custom properties; empty if it has none.
    pub fn css(&self, palette: &[Colour]) -> String {
        let changed = self.changed(&self.own(palette));
        let mut light = String::new();
        let mut both = String::new();
        for (role, [on_light, on_dark]) in &changed {
            let (a, b) = (hex(*on_light), hex(*on_dark));
            let _ = write!(light, "--{role}:{a};");
            let _ = write!(both, "--{role}:light-dark({a},{b});");
        }
        if changed.is_empty() {
            return String::new();
        }
        format!(":root{{{light}}}@supports (color:light-dark(#000,#fff)){{:root{{{both}}}}}")
    }

    /// Tells the pairs that are hard to read and of which one is the site's own.
    pub(crate) fn check(&self, palette: &[Colour], sink: &mut Sink) {
        let own = self.own(palette);
        let changed = self.changed(&own);
        for (front, ground, least) in PAIRS {
            let Some(culprit) = own.iter().find(|colour| colour.role == front || colour.role == ground) else {
                continue;
            };
            let of = |role: &str| changed.get(role).or_else(|| self.all.get(role)).copied();
            let (Some(front_colours), Some(grounds)) = (of(front), of(ground)) else { continue };
            for (at, paper) in ["light", "dark"].into_iter().enumerate() {
                let (colour, behind) = (front_colours[at], grounds[at]);
                let found = contrast(colour, behind);
                if found < least {
                    let message = format!(
                        "on {paper} paper, {front} ({}) on {ground} ({}) has a contrast of {found:.1}, and {least} is the least that can be read well",
                        hex(colour),
                        hex(behind)
                    );
                    let hint = format!("`{}` would do for {front}", hex(apart(colour, behind, least)));
                    sink.push(Diagnostic::new(Code::PaletteContrast, culprit.span, message).hint(hint));
                }
            }
        }
    }

    /// The site's colours, and those made from its accent.
    fn changed(&self, own: &[Colour]) -> IndexMap<&'static str, [Rgb; 2]> {
        let mut changed: IndexMap<&'static str, [Rgb; 2]> = IndexMap::new();
        let given = |role: &str| own.iter().find(|colour| colour.role == role);
        let paper = match given("paper") {
            Some(paper) => [paper.light, paper.dark.unwrap_or(self.or("paper", [[255; 3], [0; 3]])[1])],
            None => self.or("paper", [[255; 3], [0; 3]]),
        };
        for colour in own {
            let adapted = || match colour.role {
                "paper" | "wash" | "tint" | "on-accent" => self.or(colour.role, [colour.light; 2])[1],
                // Somewhat more than the least, as it may stand on a tint of itself.
                _ => apart(colour.light, paper[1], 7.0),
            };
            changed.insert(colour.role, [colour.light, colour.dark.unwrap_or_else(adapted)]);
        }
        if let Some(accent) = changed.get("accent").copied() {
            let made = [0, 1].map(|at| mix(accent[at], paper[at], 0.1));
            changed.entry("tint").or_insert(made);
            let ink = self.or("ink", [[0; 3], [255; 3]]);
            let over = [0, 1].map(|at| {
                let choices = [paper[at], ink[at]];
                if contrast(choices[0], accent[at]) >= contrast(choices[1], accent[at]) {
                    choices[0]
                } else {
                    choices[1]
                }
            });
            changed.entry("on-accent").or_insert(over);
        }
        changed
    }

    fn or(&self, role: &str, otherwise: [Rgb; 2]) -> [Rgb; 2] {
        self.all.get(role).copied().unwrap_or(otherwise)
    }

    /// The theme's colours as it names them.
    pub fn iter(&self) -> impl Iterator<Item = (&str, [String; 2])> {
        self.all.iter().map(|(role, both)| (role.as_str(), both.map(hex)))
    }
}

/// A colour for light and one for dark paper.
fn both(node: &Node) -> Option<[Rgb; 2]> {
    let Value::List(items) = &node.value else { return None };
    let colours: Vec<Rgb> = items.iter().filter_map(|item| item.as_str().and_then(rgb)).collect();
    colours.try_into().ok()
}

fn unknown(entry: &Entry) -> Diagnostic {
    let message = format!("the theme has no colour `{}`", entry.key);
    let hint = did_you_mean(&entry.key, ROLES).unwrap_or_else(|| format!("known here: {}", ROLES.join(", ")));
    Diagnostic::new(Code::ConfigUnknown, entry.key_span, message).hint(hint)
}

fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// `part` of the first colour, the rest of the second.
fn mix(colour: Rgb, with: Rgb, part: f64) -> Rgb {
    std::array::from_fn(|at| (f64::from(colour[at]) * part + f64::from(with[at]) * (1.0 - part)).round() as u8)
}

/// The nearest colour, towards black or white, that has a contrast to what is behind it.
fn apart(colour: Rgb, behind: Rgb, least: f64) -> Rgb {
    let end = if luminance(behind) > 0.18 { [0; 3] } else { [255; 3] };
    let steps = (0..=50).map(|step| mix(end, colour, f64::from(step) / 50.0));
    steps.into_iter().find(|step| contrast(*step, behind) >= least).unwrap_or(end)
}

/// WCAG's relative luminance.
fn luminance(colour: Rgb) -> f64 {
    let [red, green, blue] = colour.map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_are_those_of_the_standard() {
        for (a, b, expected) in [("#000", "#fff", 21.0), ("#777777", "#ffffff", 4.48), ("#00606b", "#ffffff", 7.27)] {
            let found = contrast(rgb(a).expect("a colour"), rgb(b).expect("a colour"));
            assert!((found - expected).abs() < 0.01, "{a} {b} {found}");
        }
    }

    #[test]
    fn a_colour_comes_apart_from_what_is_behind_it() {
        for (colour, behind) in [("#005fa3", "#111517"), ("#ffcc00", "#ffffff"), ("#777", "#777")] {
            let (colour, behind) = (rgb(colour).expect("a colour"), rgb(behind).expect("a colour"));
            assert!(contrast(apart(colour, behind, 4.5), behind) >= 4.5);
        }
    }
}
