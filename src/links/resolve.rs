//! From a link's text to the page or file that it means.

use super::find::{Hit, join, without_language};
use super::fragment;
use super::target::{Target, encode_path};
use super::{Links, Resolved};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Sink, did_you_mean, nearest};
use crate::document::{LinkKind, RawLink};
use crate::site::{Page, PageId, Site};
use crate::source::SourceSet;

/// Resolves links of a site, and keeps those that it has resolved.
#[derive(Clone, Copy)]
pub struct Resolver<'a> {
    pub(super) sources: &'a SourceSet,
    pub(super) config: &'a Config,
    pub(super) site: &'a Site,
    pub(super) links: &'a Links,
}

impl<'a> Resolver<'a> {
    /// A resolver for this site that keeps what it resolves in `links`.
    pub fn new(sources: &'a SourceSet, config: &'a Config, site: &'a Site, links: &'a Links) -> Self {
        Self { sources, config, site, links }
    }

    /// Resolves one link of a page.
    pub fn link(&self, page: &Page, link: &RawLink, sink: &mut Sink) -> Resolved {
        match Target::parse(&link.target) {
            Target::External => {
                self.own_host(page, link, sink);
                Resolved { external: true, ..Resolved::default() }
            }
            Target::Email => {
                let finding = Diagnostic::new(Code::LinkEmail, link.span, "an e-mail address without `mailto:`");
                sink.push(finding.hint(format!("write `mailto:{}`", link.target)));
                Resolved { href: Some(format!("mailto:{}", link.target).into()), page: None, external: true }
            }
            Target::Internal { path, query, fragment } if path.is_empty() => {
                let own = link.kind == LinkKind::Reference && fragment.is_none();
                if own || link.target.is_empty() && link.kind != LinkKind::Link {
                    self.dead(page, link, &path, sink);
                    return Resolved::default();
                }
                let fragment = fragment.map(|name| fragment::check(self.site, page, page.id, &name, link.span, sink));
                let href = fragment.map(|fragment| format!("{query}#{}", encode_path(&fragment)).into());
                Resolved { href, page: Some(page.id), external: false }
            }
            Target::Internal { path, query, fragment } => {
                self.internal(page, link, &path, &query, fragment.as_deref(), sink)
            }
        }
    }

    /// An absolute link to the site itself stays as it is, but it has to lead somewhere, and it keeps
    /// readers of other languages from their own page.
    fn own_host(&self, page: &Page, link: &RawLink, sink: &mut Sink) {
        let host = self.config.base_url.trim_end_matches('/');
        let below = link.target.trim().strip_prefix(host).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        let Some(below) = below.filter(|_| host.contains("://")) else { return };
        let Target::Internal { path, fragment, .. } = Target::parse(if below.is_empty() { "/" } else { below }) else {
            return;
        };
        let address =
            |url: &str| self.site.by_url(&format!("{}/", url.trim_end_matches('/'))).or_else(|| self.site.by_url(url));
        let Some(to) = address(&path) else {
            match self.absolute(&path, page.language) {
                Some(Hit::File(_)) => {}
                Some(Hit::Moved(to)) => self.moved(&path, to, link, sink),
                // Here nobody could find the page for the host: the address is written out.
                Some(Hit::Page(to)) => {
                    let message = format!("the link `{}` leads to no page", link.target);
                    let hint = format!("link to `{}`", self.site.page(to).url);
                    sink.push(Diagnostic::new(Code::DeadLink, link.span, message).hint(hint));
                }
                None => self.dead(page, link, &path, sink),
            }
            return;
        };
        if let Some(name) = fragment.filter(|name| !name.is_empty()) {
            fragment::check(self.site, page, to, &name, link.span, sink);
        }
        let here = self.site.translation(to, page.language).map(|id| self.site.page(id));
        if let Some(here) = here.filter(|here| here.id != to && !here.is_fallback()) {
            let language = &self.config.languages.get(self.site.page(to).language).name;
            let message =
                format!("the link leads readers to the page in {language}, though there is one in their language");
            let root = self
                .site
                .translation(to, self.config.languages.default_id())
                .map_or(&here.url, |id| &self.site.page(id).url);
            let finding = Diagnostic::new(Code::LinkLanguage, link.span, message);
            sink.push(finding.hint(format!("write `{root}`: it leads each reader to their own page")));
        }
    }

    fn moved(&self, path: &str, to: PageId, link: &RawLink, sink: &mut Sink) {
        let page = self.site.page(to);
        let message = format!("`{path}` is not the address of “{}”", page.title);
        sink.push(Diagnostic::new(Code::LinkMoved, link.span, message).hint(format!("link to `{}`", page.url)));
    }

    fn internal(
        &self,
        page: &Page,
        link: &RawLink,
        path: &str,
        query: &str,
        fragment: Option<&str>,
        sink: &mut Sink,
    ) -> Resolved {
        let Some(hit) = self.find(page, link, path) else {
            self.dead(page, link, path, sink);
            return Resolved::default();
        };
        let to = match hit {
            Hit::File(url) => {
                let fragment = fragment.map(|name| format!("#{name}")).unwrap_or_default();
                let href = format!("{}{query}{fragment}", encode_path(&url));
                return Resolved { href: Some(href.into()), page: None, external: false };
            }
            Hit::Moved(to) => {
                self.moved(path, to, link, sink);
                to
            }
            Hit::Page(to) => {
                // By its place in the tree the page is found here, but a host would not find it.
                let place = path.trim_matches('/');
                let by_place =
                    link.kind == LinkKind::Link && path.starts_with('/') && place == &*self.site.page(to).key;
                if by_place
                    && self.site.page(to).front.url.is_some()
                    && !self.site.page(to).url.trim_matches('/').ends_with(place)
                {
                    self.moved(path, to, link, sink);
                }
                to
            }
        };
        let fragment = fragment.filter(|name| !name.is_empty());
        let fragment = fragment.map(|name| fragment::check(self.site, page, to, name, link.span, sink));
        let fragment = fragment.map(|name| format!("#{}", encode_path(&name))).unwrap_or_default();
        let href = format!("{}{query}{fragment}", encode_path(&self.site.page(to).url));
        Resolved { href: Some(href.into()), page: Some(to), external: false }
    }

    fn dead(&self, page: &Page, link: &RawLink, path: &str, sink: &mut Sink) {
        let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
        if link.kind == LinkKind::Image {
            let names = self.lookups().files.iter().map(|file| file.rsplit('/').next().unwrap_or(file));
            let hint = did_you_mean(name, names)
                .unwrap_or_else(|| "put the file beside the page, or below `static/`".to_owned());
            let message = format!("the image `{}` does not exist", link.target);
            sink.push(Diagnostic::new(Code::MissingImage, link.span, message).hint(hint));
            return;
        }
        let message = format!("the link `{}` leads to no page or file", link.target);
        sink.push(Diagnostic::new(Code::DeadLink, link.span, message).hint(self.suggest(page, path, name)));
    }

    /// The content key that a path relative to a page's file would have.
    fn key_beside(&self, page: &Page, path: &str) -> Option<String> {
        let place = &self.sources.file(page.document.as_ref()?.file).place;
        let joined = join(place.rsplit_once('/').map_or("", |(folder, _)| folder), path)?;
        Some(without_language(&joined, self.config).to_owned())
    }

    fn suggest(&self, page: &Page, path: &str, name: &str) -> String {
        let stem = name.strip_suffix(".md").unwrap_or(name);
        // `paper/README.md` names the folder; here that is the page `paper/`.
        if matches!(stem, "README" | "readme" | "index" | "_index") {
            let folder = path.trim_end_matches('/').rsplit_once('/').map_or(".", |(folder, _)| folder);
            let here = page.document.as_ref().map(|document| &self.sources.file(document.file).place);
            if let Some(Hit::Page(found)) = here.and_then(|here| self.beside_place(here, folder, page.language)) {
                return format!("did you mean `{}`?", self.site.page(found).url);
            }
        }
        if let Some([key]) = self.lookups().names.get(stem).map(Vec::as_slice) {
            return format!("did you mean `/{key}/`?");
        }
        let written = path.trim_end_matches('/');
        let written = written.strip_suffix(".md").unwrap_or(written);
        let beside = self.key_beside(page, written).filter(|_| !path.starts_with('/'));
        // Long paths are near to each other whatever they end in: the name alone has to be near as well.
        let near = |path: &str| nearest(path, self.site.keys()).filter(|key| is_name_near(path, key));
        if let Some(key) = beside.and_then(|key| near(&key)).or_else(|| near(written.trim_matches('/'))) {
            return format!("did you mean `/{key}/`?");
        }
        let from = page.document.as_ref().map_or("the page", |document| self.sources.file(document.file).path.as_str());
        format!("write a path relative to `{from}`, or one from the top such as `/about/`")
    }
}

fn is_name_near(path: &str, key: &str) -> bool {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    nearest(&name(path), [name(key).as_str()]).is_some()
}
