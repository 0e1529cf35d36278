//! SVG to pixels: the card of each page, for links to it elsewhere, and the site's icons.
//!
//! In: SVG, and text to set. Out: PNG. Letters come from the fonts in the theme's folder `fonts/` and, for
//! what these lack, from the fonts of the machine in the order of their names, so that one machine always
//! gives the same bytes. A text with a letter that no font has gets no card. Nothing is written here.

mod fonts;
mod wrap;

pub(crate) use fonts::Fonts;
pub(crate) use wrap::{Wrapped, wrap};

use resvg::tiny_skia::{Pixmap, PremultipliedColorU8, Transform};
use resvg::usvg::{Options, Tree};

/// The size of a card in pixels, as those who show links want it.
pub(crate) const CARD: (u32, u32) = (1200, 630);

/// The site's icon at a size. None if the drawing cannot be read.
pub(crate) fn icon(svg: &[u8], size: u32) -> Option<Vec<u8>> {
    let tree = Tree::from_data(svg, &Options::default()).ok()?;
    draw(&tree, (size, size))
}

/// A drawing as large as it says, set in these fonts.
pub(crate) fn card(svg: &str, fonts: &Fonts) -> Result<Vec<u8>, String> {
    let tree = Tree::from_str(svg, &fonts.options()).map_err(|error| error.to_string())?;
    draw(&tree, CARD).ok_or_else(|| "it has no size".to_owned())
}

fn draw(tree: &Tree, (width, height): (u32, u32)) -> Option<Vec<u8>> {
    let mut pixels = Pixmap::new(width, height)?;
    let scale = Transform::from_scale(width as f32 / tree.size().width(), height as f32 / tree.size().height());
    resvg::render(tree, scale, &mut pixels.as_mut());
    encode(&pixels)
}

/// As PNG, quickly: a card is looked at once, in a preview.
fn encode(pixels: &Pixmap) -> Option<Vec<u8>> {
    let opaque = pixels.pixels().iter().all(PremultipliedColorU8::is_opaque);
    let mut bytes = vec![];
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(if opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().ok()?;
    let plain = pixels.pixels().iter().map(PremultipliedColorU8::demultiply);
    let data: Vec<u8> = if opaque {
        plain.flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect()
    } else {
        plain.flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]).collect()
    };
    writer.write_image_data(&data).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}
