//! Smaller and lighter versions of a picture.

use fast_image_resize::{ResizeOptions, Resizer};
use image::{DynamicImage, ImageDecoder, ImageReader};
use std::io::Cursor;

/// A lossless version that is this many times as heavy as one with loss is of a photograph; screens and
/// drawings, whose letters a loss would blur, are lighter without.
const PHOTOGRAPH: usize = 3;

/// The pixels of a picture, upright.
pub(super) fn decode(bytes: &[u8]) -> Result<DynamicImage, String> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| error.to_string())?;
    let mut decoder = reader.into_decoder().map_err(|error| error.to_string())?;
    let orientation = decoder.orientation().map_err(|error| error.to_string())?;
    let mut pixels = DynamicImage::from_decoder(decoder).map_err(|error| error.to_string())?;
    pixels.apply_orientation(orientation);
    // WebP knows colours of eight bits with and without transparency, and nothing else.
    Ok(if pixels.color().has_alpha() { pixels.into_rgba8().into() } else { pixels.into_rgb8().into() })
}

/// The picture in WebP at a width up to its own; none if it is too large for the format.
pub(super) fn version(pixels: &DynamicImage, width: u32, quality: u8) -> Option<Vec<u8>> {
    if width == pixels.width() {
        return webp(pixels, quality);
    }
    let height = (u64::from(pixels.height()) * u64::from(width) / u64::from(pixels.width())).max(1) as u32;
    let mut small = DynamicImage::new(width, height, pixels.color());
    Resizer::new().resize(pixels, &mut small, &ResizeOptions::new()).ok()?;
    webp(&small, quality)
}

fn webp(pixels: &DynamicImage, quality: u8) -> Option<Vec<u8>> {
    let (width, height) = (pixels.width(), pixels.height());
    let encoder = match pixels {
        DynamicImage::ImageRgba8(pixels) => webp::Encoder::from_rgba(pixels, width, height),
        DynamicImage::ImageRgb8(pixels) => webp::Encoder::from_rgb(pixels, width, height),
        _ => return None,
    };
    let lossy = encoder.encode_simple(false, f32::from(quality)).ok()?;
    // Beyond a quality of 100 libwebp would try every way to save a byte, in a hundred times the time.
    let lossless = encoder.encode_simple(true, 20.0).ok()?;
    let chosen = if lossless.len() > PHOTOGRAPH * lossy.len() { lossy } else { lossless };
    Some(chosen.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage};

    /// A picture of squares, or of noise.
    fn picture(noise: bool) -> DynamicImage {
        let mut state = 1u32;
        let pixel = |x: u32, y: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let value =
                if noise { (state >> 29) as u8 + (x / 2 + y / 2) as u8 } else { ((x / 32 + y / 32) % 2 * 255) as u8 };
            Rgb([value, value, value / 2])
        };
        RgbImage::from_fn(256, 128, pixel).into()
    }

    #[test]
    fn a_drawing_keeps_every_pixel_and_a_photograph_does_not() {
        let drawing = version(&picture(false), 256, 80).expect("WebP");
        assert_eq!(decode(&drawing).expect("a picture"), picture(false));
        let photograph = version(&picture(true), 256, 50).expect("WebP");
        assert_ne!(decode(&photograph).expect("a picture"), picture(true));
    }

    #[test]
    fn a_smaller_version_keeps_the_proportions() {
        let small = decode(&version(&picture(false), 64, 80).expect("WebP")).expect("a picture");
        assert_eq!((small.width(), small.height()), (64, 32));
    }
}
