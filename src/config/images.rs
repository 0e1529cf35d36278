//! How pictures are made lighter, as `site.yaml` writes it.

use crate::data::{Fields, Node, Value};
use crate::diag::{Code, Diagnostic, Sink, did_you_mean};

/// How pictures are made lighter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImagesConfig {
    /// Versions in WebP?
    pub webp: bool,
    /// Their widths in pixels, the narrowest first.
    pub widths: Vec<u32>,
    /// The quality of photographs, of 100.
    pub quality: u8,
    /// How wide a picture is shown, as the attribute `sizes` says it.
    pub sizes: String,
}

impl Default for ImagesConfig {
    fn default() -> Self {
        // The column of text is 40 rem wide at most; screens have one to three pixels for each of CSS.
        let sizes = "(min-width: 45rem) 40rem, 100vw".to_owned();
        Self { webp: true, widths: vec![480, 960, 1440], quality: 80, sizes }
    }
}

/// Reads `images`; `off` leaves every picture as it is.
pub(super) fn parse_images(node: Option<&Node>, sink: &mut Sink) -> ImagesConfig {
    let default = ImagesConfig::default();
    let Some(node) = node else { return default };
    match &node.value {
        Value::Bool(on) => return ImagesConfig { webp: *on, ..default },
        Value::Text(text) if text == "off" => return ImagesConfig { webp: false, ..default },
        _ => {}
    }
    let mut fields = Fields::new(node, Code::ConfigValue, Code::ConfigUnknown, sink);
    let mut widths = vec![];
    let given = fields.texts("widths");
    for (text, span) in given.iter().flatten() {
        match text.parse::<u32>().ok().filter(|width| (16..=8192).contains(width)) {
            Some(width) => widths.push(width),
            None => {
                let message = format!("`{text}` is no width for a picture");
                let finding = Diagnostic::new(Code::ConfigValue, *span, message);
                fields.sink().push(finding.hint("write pixels between 16 and 8192, such as `widths: [480, 960]`"));
            }
        }
    }
    widths.sort_unstable();
    widths.dedup();
    let formats = fields.texts("formats");
    for (format, span) in formats.iter().flatten().filter(|(format, _)| format != "webp") {
        let message = format!("pictures are not made in the format `{format}`");
        let hint = did_you_mean(format, ["webp"]).unwrap_or_else(|| "write `formats: [webp]`, or `[]`".into());
        fields.sink().push(Diagnostic::new(Code::ConfigValue, *span, message).hint(hint));
    }
    let webp = formats.is_none_or(|formats| formats.iter().any(|(format, _)| format == "webp"));
    let quality = quality(&mut fields).unwrap_or(default.quality);
    let sizes = fields.text("sizes").unwrap_or(default.sizes);
    fields.deny_rest();
    ImagesConfig { webp, widths: if given.is_some() { widths } else { default.widths }, quality, sizes }
}

fn quality(fields: &mut Fields<'_>) -> Option<u8> {
    let node = fields.node("quality")?;
    let number = fields.integer("quality")?;
    let quality = u8::try_from(number).ok().filter(|quality| (1..=100).contains(quality));
    if quality.is_none() {
        let finding = Diagnostic::new(Code::ConfigValue, node.span, format!("the quality {number} is not in 1 to 100"));
        fields.sink().push(finding.hint("write `quality: 80`"));
    }
    quality
}
