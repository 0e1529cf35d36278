//! Pictures: sizes, lighter versions, what cannot be read.

use super::support::{Site, lines};
use image::{ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

/// A PNG of squares: without loss it is far lighter in WebP.
fn png(width: u32, height: u32) -> Vec<u8> {
    let pixels = RgbImage::from_fn(width, height, |x, y| {
        let value = ((x / 7 + y / 5) % 3 * 90) as u8;
        Rgb([value, value.wrapping_add((x % 11) as u8), 200])
    });
    let mut bytes = vec![];
    pixels.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).expect("a PNG");
    bytes
}

const PAGE: &str = "-- content/en/a/index.md --
---
title: A
---
![Wide](wide.png)

![Small](small.png \"Title\")

<img src=\"wide.png\" alt=\"\" width=\"300\">

![Drawing](drawing.svg)
-- content/en/a/drawing.svg --
<svg viewBox=\"0 0 40 20\"></svg>
";

fn site(settings: &str) -> Site {
    let site = Site::new(&format!("-- site.yaml --\nlanguages: {{en: {{}}}}\n{settings}{PAGE}"));
    site.edit("content/en/a/wide.png", png(600, 300));
    site.edit("content/en/a/small.png", png(90, 60));
    site
}

#[test]
fn a_picture_has_its_size_and_its_versions() {
    let built = site("images: {widths: [200, 400], sizes: 100vw}\n").build().clean();
    let html = built.html("a/index.html");
    let version = |name: &str| {
        let found = built.paths().into_iter().find(|path| path.starts_with("assets/pictures/") && path.ends_with(name));
        format!("/{}", found.unwrap_or_else(|| panic!("no {name} in {:?}", built.paths())))
    };
    let (narrow, middle, small) = (version("-200.webp"), version("-400.webp"), version("-90.webp"));
    assert_eq!(
        lines(&html, "<p>"),
        [
            // The first picture of a page is not put off.
            &format!(
                "<p><picture><source type=\"image/webp\" srcset=\"{narrow} 200w, {middle} 400w\" sizes=\"100vw\"><img src=\"/a/wide.png\" alt=\"Wide\" decoding=\"async\" width=\"600\" height=\"300\"></picture></p>"
            ),
            &format!(
                "<p><picture><source type=\"image/webp\" srcset=\"{small} 90w\" sizes=\"100vw\"><img src=\"/a/small.png\" alt=\"Small\" title=\"Title\" loading=\"lazy\" decoding=\"async\" width=\"90\" height=\"60\"></picture></p>"
            ),
            "<p><img src=\"/a/drawing.svg\" alt=\"Drawing\" loading=\"lazy\" decoding=\"async\" width=\"40\" height=\"20\"></p>",
        ]
    );
    let raw = format!(
        "<picture><source type=\"image/webp\" srcset=\"{narrow} 200w, {middle} 400w\" sizes=\"min(100vw, 300px)\"><img src=\"/a/wide.png\" alt=\"\" width=\"300\" height=\"150\" loading=\"lazy\" decoding=\"async\"></picture>"
    );
    assert!(html.contains(&raw), "{html}");
    for (name, size) in [("-200.webp", (200, 100)), ("-400.webp", (400, 200)), ("-90.webp", (90, 60))] {
        let path = version(name);
        let bytes = &built.outputs[path.trim_start_matches('/')];
        let made = image::load_from_memory(bytes).expect("a picture");
        assert_eq!((made.width(), made.height()), size, "{name}");
        assert!(bytes.len() < png(600, 300).len(), "{name}");
    }
}

#[test]
fn switched_off_the_size_stays() {
    for settings in ["images: off\n", "images: false\n", "images: {formats: []}\n"] {
        let built = site(settings).build().clean();
        assert!(!built.html("a/index.html").contains("<picture>"), "{settings}");
        assert!(built.html("a/index.html").contains("width=\"600\" height=\"300\""), "{settings}");
        assert!(!built.paths().iter().any(|path| path.ends_with(".webp")), "{settings}");
    }
}

#[test]
fn a_warm_cache_changes_no_byte() {
    let site = site("");
    let cold = site.build().clean();
    assert!(site.path(".plenary").is_dir());
    let warm = site.build().clean();
    assert_eq!(cold.outputs, warm.outputs);
    std::fs::remove_dir_all(site.path(".plenary")).expect("the cache");
    assert_eq!(cold.outputs, site.build().outputs);
}

#[test]
fn what_an_author_wrote_out_stays() {
    let page = "-- content/en/a/index.md --\n---\ntitle: A\n---\n<picture><source srcset=\"wide.webp\"><img src=\"wide.png\" alt=\"\" width=\"50%\" height=\"9\"></picture>\n\n<img src=\"https://example.com/x.png\" alt=\"\">\n\n`<img src=\"wide.png\">`\n";
    let site = Site::new(&format!("-- site.yaml --\nlanguages: {{en: {{}}}}\n{page}"));
    site.edit("content/en/a/wide.png", png(600, 300));
    let html = site.build().html("a/index.html");
    assert!(
        html.contains("<img src=\"/a/wide.png\" alt=\"\" width=\"50%\" height=\"9\" decoding=\"async\"></picture>"),
        "{html}"
    );
    assert!(
        html.contains("<img src=\"https://example.com/x.png\" alt=\"\" loading=\"lazy\" decoding=\"async\">"),
        "{html}"
    );
    assert!(html.contains("<code>&lt;img src=\"wide.png\"&gt;</code>"), "{html}");
}

#[test]
fn a_picture_that_ends_too_early_is_told_where_it_is_shown() {
    let site = site("");
    let whole = png(600, 300);
    site.edit("content/en/a/wide.png", &whole[..whole.len() / 2]);
    let found = site.build().diagnostics();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].starts_with("content/en/a/index.md:4:9 image-broken the picture `/a/wide.png` cannot be read: "),
        "{found:?}"
    );
}
