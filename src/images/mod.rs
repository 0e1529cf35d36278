//! Pictures: how large they are, and their smaller and lighter versions.
//!
//! In: the pictures that pages show, as files. Out: [`Images`]: for each its size, and its versions in WebP
//! at several widths, and HTML in which every `<img>` says so. A version that would be heavier than the
//! original does not exist, and none is wider. What is made is kept under the digest of the file and the
//! settings. A file that cannot be read as a picture is a finding where a page shows it; nothing fails.

mod encode;
mod markup;
mod size;

use crate::cache::{Cache, Key, Pack, Store};
use crate::config::{Config, ImagesConfig};
use crate::diag::{Code, Diagnostic, FileId, Sink, Span};
use crate::document::LinkKind;
use crate::links::Resolver;
use crate::pipeline::Progress;
use crate::site::Site;
use crate::source::{Role, SourceSet};
use indexmap::IndexMap;
use percent_encoding::percent_decode_str;
use rayon::prelude::*;

/// Changes when the same settings would give other bytes.
const RECIPE: &[u8] = b"1";

/// A picture that a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file.
    pub file: FileId,
    /// The width in CSS pixels.
    pub width: u32,
    /// The height in CSS pixels.
    pub height: u32,
    /// Its lighter versions, the narrowest first.
    pub versions: Vec<Version>,
    digest: Key,
}

/// A lighter version of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its address below the host.
    pub url: String,
    /// Its width in pixels.
    pub width: u32,
    key: Key,
}

/// The pictures of all pages, by their addresses.
#[derive(Debug)]
pub struct Images {
    by_url: IndexMap<String, Picture>,
    store: Store,
    config: ImagesConfig,
}

/// What is known of a file after it was looked at.
enum Look {
    Picture(Picture),
    /// Why it is none.
    Broken(String),
    /// A format that this room knows nothing of.
    Unknown,
}

impl Images {
    /// Looks at every picture that a page shows, and makes its versions.
    pub fn new(
        sources: &SourceSet,
        config: &Config,
        site: &Site,
        links: Resolver<'_>,
        progress: &Progress,
        sink: &mut Sink,
    ) -> Self {
        let shown = shown(site, links);
        let files = files(sources, site);
        let wanted: Vec<(&String, FileId)> =
            shown.keys().filter_map(|url| Some((url, *files.get(url.as_str())?))).collect();
        let cache = Cache::of(sources.root());
        let store = cache.store("images");
        let kept = cache.pack("image-versions");
        let maker = Maker { sources, config: &config.images, store: &store, kept: &kept };
        progress.begin("pictures", wanted.len());
        let look = |(url, file): &(&String, FileId)| {
            let look = maker.look(url, *file);
            progress.step();
            look
        };
        let looks: Vec<(Look, Option<Decision>)> = wanted.par_iter().map(look).collect();
        let mut by_url = IndexMap::new();
        for ((url, _), (look, _)) in wanted.iter().zip(&looks) {
            match look {
                Look::Picture(picture) => {
                    by_url.insert((*url).clone(), picture.clone());
                }
                Look::Broken(why) => sink.push(broken(url, why, shown[*url])),
                Look::Unknown => {}
            }
        }
        kept.save(looks.iter().filter_map(|(_, made)| made.as_ref()).map(|made| (made.key, made.text.as_bytes())));
        Self { by_url, store, config: config.images.clone() }
    }

    /// What the pictures of the pages depend on besides the files: where which are shown.
    pub(crate) fn key(site: &Site, links: Resolver<'_>) -> Key {
        Key::of(&[format!("{:?}", shown(site, links)).as_bytes()])
    }

    /// What tells these pictures and their versions from others.
    pub(crate) fn digest(&self) -> Key {
        let versions = self.by_url.iter().map(|(url, picture)| (url, &picture.versions));
        Key::of(&[format!("{:?}", versions.collect::<Vec<_>>()).as_bytes()])
    }

    /// A picture by its address below the host.
    pub fn get(&self, url: &str) -> Option<&Picture> {
        self.by_url.get(url)
    }

    /// All of them with their addresses, in the order of the addresses.
    pub fn iter(&self) -> impl Iterator<Item = &Picture> {
        self.by_url.values()
    }

    /// The bytes of a picture's version, by their numbers: those that are kept, else made again.
    pub fn version(&self, sources: &SourceSet, picture: usize, version: usize) -> Option<Vec<u8>> {
        let picture = self.by_url.get_index(picture)?.1;
        let version = picture.versions.get(version)?;
        self.store.get(&version.key).or_else(|| {
            let bytes = sources.file(picture.file).bytes().ok()?;
            let pixels = encode::decode(&bytes).ok()?;
            encode::version(&pixels, version.width, self.config.quality)
        })
    }

    /// HTML in which every picture of the site has its size and its versions. `base_path` stands before
    /// every root-relative address.
    pub fn mark(&self, html: String, base_path: &str) -> String {
        if html.contains("<img") { markup::mark(&html, base_path, self) } else { html }
    }
}

/// The addresses of the pictures that pages show, sorted, each with the first place that does.
fn shown(site: &Site, links: Resolver<'_>) -> IndexMap<String, Span> {
    let mut shown = IndexMap::new();
    for page in site.pages() {
        let Some(document) = page.document.as_ref().filter(|document| document.may_show_pictures) else { continue };
        for (link, resolved) in document.text().links.iter().zip(links.of(page.id)) {
            let local = resolved.href.as_deref().filter(|href| link.kind == LinkKind::Image && href.starts_with('/'));
            if let Some(href) = local {
                shown.entry(plain(href)).or_insert(link.span);
            }
        }
    }
    shown.sort_keys();
    shown
}

/// An address as the file is named: without query and escapes.
fn plain(href: &str) -> String {
    let path = href.split(['?', '#']).next().unwrap_or(href);
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

fn files(sources: &SourceSet, site: &Site) -> IndexMap<String, FileId> {
    let statics = sources.of(Role::Static).map(|(id, file)| (format!("/{}", file.place), id));
    statics.chain(site.resources.iter().map(|(_, resource)| (resource.url.clone(), resource.file))).collect()
}

fn broken(url: &str, why: &str, span: Span) -> Diagnostic {
    let message = format!("the picture `{url}` cannot be read: {why}");
    Diagnostic::new(Code::ImageBroken, span, message).hint("open the file, and export or download it again")
}

/// The versions of a picture that are worth having, kept between runs.
struct Decision {
    key: Key,
    /// Their widths, apart by spaces.
    text: String,
}

/// What looking at pictures needs.
struct Maker<'a> {
    sources: &'a SourceSet,
    config: &'a ImagesConfig,
    store: &'a Store,
    kept: &'a Pack,
}

impl Maker<'_> {
    fn look(&self, url: &str, file: FileId) -> (Look, Option<Decision>) {
        let Ok(bytes) = self.sources.file(file).bytes() else { return (Look::Unknown, None) };
        let (width, height) = match size::of(&bytes, url) {
            Ok(Some(size)) => size,
            Ok(None) => return (Look::Unknown, None),
            Err(why) => return (Look::Broken(why), None),
        };
        let digest = Key::of(&[&bytes]);
        let mut picture = Picture { file, width, height, versions: vec![], digest };
        if !self.config.webp || !size::has_pixels(url) {
            return (Look::Picture(picture), None);
        }
        let made = match self.decision(&bytes, &picture) {
            Ok(made) => made,
            Err(why) => return (Look::Broken(why), None),
        };
        let stem = url.rsplit('/').next().unwrap_or(url).rsplit_once('.').map_or("picture", |(stem, _)| stem);
        let stem = crate::document::slug::url_segment(stem);
        picture.versions = made
            .text
            .split_whitespace()
            .filter_map(|width| width.parse().ok())
            .map(|width| {
                let key = self.key(&digest, width);
                let url = format!("/assets/pictures/{stem}.{}-{width}.webp", &key.to_string()[..8]);
                Version { url, width, key }
            })
            .collect();
        (Look::Picture(picture), Some(made))
    }

    fn key(&self, digest: &Key, width: u32) -> Key {
        Key::of(&[RECIPE, digest.as_bytes(), &width.to_le_bytes(), &[self.config.quality]])
    }

    fn decision(&self, bytes: &[u8], picture: &Picture) -> Result<Decision, String> {
        let widths: Vec<u32> = self.widths(picture.width);
        let key =
            Key::of(&[RECIPE, picture.digest.as_bytes(), format!("{widths:?}").as_bytes(), &[self.config.quality]]);
        if let Some(text) = self.kept.get(&key).and_then(|kept| std::str::from_utf8(kept).ok()) {
            return Ok(Decision { key, text: text.to_owned() });
        }
        let pixels = encode::decode(bytes)?;
        let mut worth = vec![];
        for width in widths {
            let made = encode::version(&pixels, width, self.config.quality);
            if let Some(made) = made.filter(|made| made.len() < bytes.len()) {
                self.store.put(&self.key(&picture.digest, width), &made);
                worth.push(width.to_string());
            }
        }
        Ok(Decision { key, text: worth.join(" ") })
    }

    /// The widths of the settings up to the picture's own, and its own if that is not beyond the largest.
    fn widths(&self, own: u32) -> Vec<u32> {
        let mut widths: Vec<u32> = self.config.widths.iter().copied().filter(|width| *width < own).collect();
        if self.config.widths.last().is_none_or(|largest| own <= *largest) {
            widths.push(own);
        }
        widths
    }
}
