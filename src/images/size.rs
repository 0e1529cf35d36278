//! How large a picture is, from the head of its file.

use html5gum::{Token, Tokenizer};
use image::metadata::Orientation;
use image::{ImageDecoder, ImageReader};
use std::io::Cursor;

/// Bytes of an SVG in which its first tag stands.
const SVG_HEAD: usize = 16 * 1024;

/// Width and height in CSS pixels; none for a format that is not known here.
pub(super) fn of(bytes: &[u8], name: &str) -> Result<Option<(u32, u32)>, String> {
    match extension(name).as_str() {
        "svg" => svg(bytes),
        "png" | "jpg" | "jpeg" | "gif" | "webp" => raster(bytes).map(Some),
        _ => Ok(None),
    }
}

/// A still picture whose pixels can be read.
pub(super) fn has_pixels(name: &str) -> bool {
    matches!(extension(name).as_str(), "png" | "jpg" | "jpeg")
}

fn extension(name: &str) -> String {
    name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_lowercase())
}

fn raster(bytes: &[u8]) -> Result<(u32, u32), String> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| error.to_string())?;
    let mut decoder = reader.into_decoder().map_err(|error| error.to_string())?;
    let (width, height) = decoder.dimensions();
    Ok(if decoder.orientation().is_ok_and(lies) { (height, width) } else { (width, height) })
}

/// Does a camera's note turn the picture by a quarter?
fn lies(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

/// The attributes `width` and `height`, else the last two numbers of the `viewBox`; none if the drawing
/// says neither, as a browser then takes what room there is.
fn svg(bytes: &[u8]) -> Result<Option<(u32, u32)>, String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(SVG_HEAD)]);
    let tags = Tokenizer::new(&*head).flatten().filter_map(|token| match token {
        Token::StartTag(tag) => Some(tag),
        _ => None,
    });
    let Some(tag) = tags.into_iter().find(|tag| **tag.name == *b"svg") else {
        return Err("it has no `<svg>` element".into());
    };
    let text = |name: &[u8]| tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned());
    let size = |name: &[u8]| text(name).and_then(|value| pixels(&value));
    let view = text(b"viewbox").unwrap_or_default();
    let view: Vec<f64> = view.split([' ', ',']).filter_map(|number| number.parse().ok()).collect();
    let view = match view[..] {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some((width, height)),
        _ => None,
    };
    let found = match (size(b"width"), size(b"height"), view) {
        (Some(width), Some(height), _) => Some((width, height)),
        (Some(width), None, Some((w, h))) => Some((width, width * h / w)),
        (None, Some(height), Some((w, h))) => Some((height * w / h, height)),
        (_, _, view) => view,
    };
    Ok(found.map(|(width, height)| (width.round().max(1.0) as u32, height.round().max(1.0) as u32)))
}

/// A length in CSS pixels; none for a part of something else.
fn pixels(length: &str) -> Option<f64> {
    let length = length.trim();
    let unit = length.find(|c: char| c.is_ascii_alphabetic() || c == '%').unwrap_or(length.len());
    let number: f64 = length[..unit].trim().parse().ok()?;
    let factor = match &length[unit..] {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        _ => return None,
    };
    (number > 0.0).then_some(number * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_says_its_size_in_one_of_several_ways() {
        for (head, size) in [
            ("width=\"120\" height=\"80px\"", Some((120, 80))),
            ("width=\"1in\" height=\"72pt\"", Some((96, 96))),
            ("viewBox=\"0 0 300 150\"", Some((300, 150))),
            ("viewBox=\"0,0,300,150\" width=\"100%\" height=\"100%\"", Some((300, 150))),
            ("width=\"600\" viewBox=\"0 0 300 150\"", Some((600, 300))),
            ("height=\"50\" viewBox=\"0 0 300 150\"", Some((100, 50))),
            ("width=\"100%\"", None),
            ("viewBox=\"0 0 0 0\"", None),
        ] {
            let text = format!("<?xml version=\"1.0\"?>\n<!-- <svg> -->\n<svg {head}><rect width=\"1\"/></svg>");
            assert_eq!(of(text.as_bytes(), "a.SVG"), Ok(size), "{head}");
        }
        assert!(of(b"no drawing", "a.svg").is_err());
    }

    #[test]
    fn a_damaged_picture_is_told_and_an_unknown_format_is_not() {
        assert!(of(b"no picture", "a.png").is_err());
        assert_eq!(of(b"anything", "a.avif"), Ok(None));
    }
}
