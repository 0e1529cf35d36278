//! Links to the repository: edit, history, report a problem, translate.

use crate::config::Config;
use crate::diag::FileId;
use crate::site::Page;
use crate::source::SourceSet;
use crate::source::history::History;
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// What must be escaped in a path inside a URL.
const PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`').add(b'{').add(b'}');

/// Last changes, if there is a history.
#[derive(Debug, Default)]
pub struct Changes(pub Option<History>);

/// A commit as templates see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// The whole hash.
    pub hash: String,
    /// The day it was made.
    pub date: String,
}

impl Changes {
    /// The last commit of a file.
    pub fn of(&self, sources: &SourceSet, file: FileId) -> Option<Commit> {
        let path = sources.file(file).repository_path.as_deref()?;
        let change = self.0.as_ref()?.last_change(path)?;
        Some(Commit { hash: change.hash.clone(), date: change.date.date().to_string() })
    }
}

/// Addresses on the repository's host.
#[derive(Debug, Clone, Copy)]
pub struct RepositoryLinks<'a> {
    config: &'a Config,
    sources: &'a SourceSet,
}

impl<'a> RepositoryLinks<'a> {
    /// For a site.
    pub fn new(config: &'a Config, sources: &'a SourceSet) -> Self {
        Self { config, sources }
    }

    /// GitLab puts `/-/` between the project and what to do with it.
    fn action(&self, action: &str, path: &str) -> Option<String> {
        let repository = self.config.repository.as_ref()?;
        let mark = if repository.url.contains("gitlab") { "/-" } else { "" };
        let path = utf8_percent_encode(path, PATH);
        Some(format!("{}{mark}/{action}/{}/{path}", repository.url, repository.branch))
    }

    /// The file's path in the repository: the true one, links and mounts resolved, unless the site says
    /// where it lives in a repository that it is not in now.
    fn path(&self, file: FileId) -> Option<String> {
        let file = self.sources.file(file);
        match self.config.repository.as_ref()?.root.as_deref() {
            Some("") => Some(file.path.clone()),
            Some(root) => Some(format!("{root}/{}", file.path)),
            None => file.repository_path.clone(),
        }
    }

    /// Where to edit a file.
    pub fn edit(&self, file: FileId) -> Option<String> {
        self.action("edit", &self.path(file)?)
    }

    /// Its former versions.
    pub fn history(&self, file: FileId) -> Option<String> {
        self.action("commits", &self.path(file)?)
    }

    /// A commit.
    pub fn commit(&self, hash: &str) -> Option<String> {
        let repository = self.config.repository.as_ref()?;
        let mark = if repository.url.contains("gitlab") { "/-" } else { "" };
        Some(format!("{}{mark}/commit/{hash}", repository.url))
    }

    /// A new issue that already names the page and its language.
    pub fn issue(&self, page: &Page, permalink: &str) -> Option<String> {
        self.config.repository.as_ref()?;
        let language = &self.config.languages.get(page.language);
        let title = format!("{} ({})", page.title, language.tag);
        let mut body = format!("Page: {permalink}\nLanguage: {} ({})\n", language.name, language.tag);
        if let Some(path) = page.file().and_then(|file| self.path(file)) {
            body.push_str(&format!("File: {path}\n"));
        }
        body.push('\n');
        self.new_issue(&title, &body)
    }

    /// A new issue with a title and the beginning of its text.
    fn new_issue(&self, title: &str, body: &str) -> Option<String> {
        let repository = self.config.repository.as_ref()?;
        let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let (title, body) = (encode(title), encode(body));
        if repository.url.contains("gitlab") {
            return Some(format!("{}/-/issues/new?issue[title]={title}&issue[description]={body}", repository.url));
        }
        Some(format!("{}/issues/new?title={title}&body={body}", repository.url))
    }

    /// A new issue that says whether the page helped; `helped` is the answer in words.
    pub fn feedback(&self, page: &Page, permalink: &str, question: &str, answer: &str) -> Option<String> {
        let language = &self.config.languages.get(page.language);
        let title = format!("{question} {answer}: {} ({})", page.title, language.tag);
        self.new_issue(&title, &format!("{question} {answer}\n\nPage: {permalink}\n\n"))
    }

    /// For a fallback page: where to begin its translation, with the file's name filled in.
    pub fn translate(&self, page: &Page) -> Option<String> {
        let file = page.file().filter(|_| page.is_fallback())?;
        let place = &self.sources.file(file).place;
        let languages = &self.config.languages;
        let below = match place.split_once('/') {
            Some((first, rest)) if languages.by_folder(first).is_some() => rest,
            _ => place.as_str(),
        };
        let folder = &languages.get(page.language).folder;
        let root = match self.config.repository.as_ref()?.root.as_deref() {
            Some(root) => root.to_owned(),
            None => self.sources.root().strip_prefix(self.sources.repository()).ok()?.to_string_lossy().into_owned(),
        };
        let target = format!("{root}/content/{folder}/{below}");
        let target = target.trim_start_matches('/');
        let (folder, name) = target.rsplit_once('/')?;
        let url = self.action("new", folder)?;
        Some(format!("{url}?filename={}", utf8_percent_encode(name, NON_ALPHANUMERIC)))
    }
}
