//! The state of every translation.

use super::age::{Commits, age, commits};
use super::align::partners;
use super::content::{Content, Shape};
use super::copy::{Runs, runs, untranslated};
use super::digest::{Change, ChangeKind, Digest};
use super::front::untranslated_keys;
use crate::config::Config;
use crate::diag::nearest;
use crate::lang::LanguageId;
use crate::site::{GroupId, Page, PageId, Site};
use crate::source::SourceSet;
use crate::source::history::History;
use indexmap::IndexMap;
use rayon::prelude::*;

/// From this share of untranslated text on, in percent, a page is a copy, though title and headings may differ.
const COPIED: usize = 80;
/// From this share on it is partial. Names, quotes and titles of works stay in every translation.
const HALF_COPIED: usize = 40;

/// How a page stands to its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Made from the source's present text.
    Current,
    /// The source has changed since.
    Stale,
    /// Parts of the source are missing.
    Partial,
    /// The text is the source's own.
    Copied,
    /// There is no page.
    Missing,
    /// There is no source.
    Orphaned,
}

impl State {
    /// All states, in the order of tables.
    pub const ALL: [State; 6] =
        [Self::Current, Self::Stale, Self::Partial, Self::Copied, Self::Missing, Self::Orphaned];

    /// The word on the command line and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Stale => "stale",
            Self::Partial => "partial",
            Self::Copied => "copied",
            Self::Missing => "missing",
            Self::Orphaned => "orphaned",
        }
    }
}

/// The state of one page in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageStatus {
    /// The content key.
    pub key: String,
    /// The language.
    pub language: LanguageId,
    /// The state.
    pub state: State,
    /// The page of this language, or its fallback.
    pub page: Option<PageId>,
    /// The translation's file.
    pub file: Option<String>,
    /// The source's file.
    pub source_file: Option<String>,
    /// What changed in the source since.
    pub sections: Vec<Change>,
    /// What a partial translation lacks, or where an orphan's source may have gone.
    pub remarks: Vec<String>,
    /// Concluded from dates alone.
    pub guess: bool,
    /// Words of the translation.
    pub words: usize,
    /// Words of the source.
    pub source_words: usize,
}

/// How many pages and words of a language are in each state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Pages by state.
    pub pages: IndexMap<&'static str, usize>,
    /// Words of the source by the state of their translation.
    pub words_by_state: IndexMap<&'static str, usize>,
    /// Words that are translated, current or not.
    pub words: usize,
    /// Words of the source.
    pub source_words: usize,
}

/// The whole truth.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// By language, in the order of the switcher, without the source language.
    pub languages: IndexMap<LanguageId, Counts>,
    /// By key, then language.
    pub pages: Vec<PageStatus>,
    /// Folders of the content tree in no configured language, with their number of pages.
    pub unconfigured: Vec<(String, usize)>,
    /// Places in `pages`.
    by_page: IndexMap<PageId, usize>,
}

impl Report {
    /// The state of a page, or of what it stands in for.
    pub fn of(&self, page: PageId) -> Option<&PageStatus> {
        self.by_page.get(&page).map(|at| &self.pages[*at])
    }
}

/// What the states are concluded from.
pub struct Input<'a> {
    /// The files.
    pub sources: &'a SourceSet,
    /// The settings.
    pub config: &'a Config,
    /// The model.
    pub site: &'a Site,
    /// For guesses, and for the commits that other tools note.
    pub history: Option<&'a History>,
}

/// Finds the state of every page in every language but the default one, which is the source.
pub fn report(input: &Input<'_>) -> Report {
    let default = input.config.languages.default_id();
    let groups: Vec<GroupId> = {
        let mut groups: Vec<GroupId> =
            input.site.pages().iter().filter(|page| page.document.is_some()).map(|page| page.group).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    };
    let commits = commits(input, input.site.pages().iter());
    let mut pages: Vec<PageStatus> =
        groups.par_iter().flat_map_iter(|group| of_group(input, &commits, *group, default)).collect();
    name_sources(input, &mut pages);
    pages.sort_by(|a, b| a.key.cmp(&b.key).then(a.language.cmp(&b.language)));
    let mut languages = IndexMap::new();
    for (id, _) in input.config.languages.iter().filter(|(id, _)| *id != default) {
        languages.insert(id, counts(pages.iter().filter(|page| page.language == id)));
    }
    let by_page = pages.iter().enumerate().filter_map(|(at, page)| Some((page.page?, at))).collect();
    Report { languages, pages, unconfigured: unconfigured(input), by_page }
}

/// The state of one page, without a look at any other group. What only the whole report can tell, where the
/// source of an orphan went, is left out.
pub fn status(input: &Input<'_>, page: PageId) -> Option<PageStatus> {
    let group = input.site.page(page).group;
    let noted = input.site.group(group).pages.iter().flatten();
    let commits = commits(input, noted.map(|id| input.site.page(*id)));
    let found = of_group(input, &commits, group, input.config.languages.default_id());
    found.into_iter().find(|status| status.page == Some(page))
}

fn counts<'a>(pages: impl Iterator<Item = &'a PageStatus>) -> Counts {
    let mut counts = Counts::default();
    for state in State::ALL {
        counts.pages.insert(state.as_str(), 0);
        counts.words_by_state.insert(state.as_str(), 0);
    }
    for page in pages {
        *counts.pages.entry(page.state.as_str()).or_default() += 1;
        *counts.words_by_state.entry(page.state.as_str()).or_default() += page.source_words;
        counts.source_words += page.source_words;
        if matches!(page.state, State::Current | State::Stale | State::Partial) {
            counts.words += page.words;
        }
    }
    counts
}

fn own(site: &Site, group: GroupId, language: LanguageId) -> Option<&Page> {
    let page = site.page(site.group(group).pages[language.index()]?);
    (page.document.is_some() && !page.is_fallback()).then_some(page)
}

fn of_group(input: &Input<'_>, commits: &Commits, group: GroupId, default: LanguageId) -> Vec<PageStatus> {
    let source = own(input.site, group, default);
    let content = source.and_then(|page| page.document.as_ref()).map(|document| Content::of(document));
    let others = input.config.languages.iter().filter(|(id, _)| *id != default);
    let others: Vec<LanguageId> = others.map(|(id, _)| id).collect();
    let translated = others.iter().any(|id| own(input.site, group, *id).is_some());
    let runs = content.as_ref().filter(|_| translated).map(runs).unwrap_or_default();
    others
        .into_iter()
        .filter_map(|id| {
            let page = own(input.site, group, id);
            match (source.zip(content.as_ref()), page) {
                (Some((source, content)), Some(page)) => Some(compared(input, commits, source, (content, &runs), page)),
                (Some((source, content)), None) => Some(PageStatus {
                    page: input.site.group(group).pages[id.index()],
                    ..blank(input, source, id, State::Missing, content.words)
                }),
                (None, Some(page)) => Some(orphan(input, page)),
                (None, None) => None,
            }
        })
        .collect()
}

fn blank(input: &Input<'_>, source: &Page, language: LanguageId, state: State, source_words: usize) -> PageStatus {
    PageStatus {
        key: source.key.to_string(),
        language,
        state,
        page: None,
        file: None,
        source_file: path(input, source),
        sections: vec![],
        remarks: vec![],
        guess: false,
        words: 0,
        source_words,
    }
}

fn path(input: &Input<'_>, page: &Page) -> Option<String> {
    page.file().map(|file| input.sources.file(file).path.clone())
}

fn orphan(input: &Input<'_>, page: &Page) -> PageStatus {
    PageStatus {
        file: path(input, page),
        source_file: None,
        page: Some(page.id),
        words: page.document.as_ref().map_or(0, |document| document.text().words),
        ..blank(input, page, page.language, State::Orphaned, 0)
    }
}

/// Tells where the sources of orphans went: the digest knows a renamed source again by its text; without
/// one, or if the text has changed as well, the nearest name is a hint.
fn name_sources(input: &Input<'_>, pages: &mut [PageStatus]) {
    if pages.iter().all(|page| page.state != State::Orphaned) {
        return;
    }
    let default = input.config.languages.default_id();
    let sources: Vec<&Page> = {
        let own = input.site.pages().iter();
        own.filter(|page| page.language == default && page.document.is_some() && !page.is_fallback()).collect()
    };
    let digests: IndexMap<String, &str> = sources
        .par_iter()
        .filter_map(|page| Some((Digest::of(&Content::of(page.document.as_ref()?)).to_string(), &*page.key)))
        .collect::<Vec<_>>()
        .into_iter()
        .collect();
    let keys: Vec<&str> = sources.iter().map(|page| &*page.key).collect();
    let name = |key: &str| key.rsplit('/').next().unwrap_or_default().to_owned();
    for orphan in pages.iter_mut().filter(|page| page.state == State::Orphaned) {
        let digest = orphan.page.and_then(|page| input.site.page(page).front.source_digest.as_ref());
        if let Some(key) = digest.and_then(|(digest, _)| digests.get(digest)) {
            orphan.remarks = vec![format!("its source is now `{key}`")];
            continue;
        }
        let same = keys.iter().find(|key| name(key) == name(&orphan.key)).copied();
        let near = same.or_else(|| nearest(&orphan.key, keys.iter().copied()));
        orphan.remarks = near.map(|key| format!("its source is perhaps `{key}`")).into_iter().collect();
    }
}

fn compared(
    input: &Input<'_>,
    commits: &Commits,
    source: &Page,
    (content, runs): (&Content, &Runs<'_>),
    page: &Page,
) -> PageStatus {
    let Some(document) = &page.document else {
        return blank(input, source, page.language, State::Missing, content.words);
    };
    let own = Content::of(document);
    let mut status = PageStatus {
        page: Some(page.id),
        file: path(input, page),
        words: own.words,
        ..blank(input, source, page.language, State::Current, content.words)
    };
    let keys = untranslated_keys(&page.front.extra);
    let blocks = own.marked.iter().filter(|(_, language)| *language == source_tag(input, source)).count();
    let said = blocks > 0 || !keys.is_empty();
    // What says of itself that it is not translated is no copy that somebody forgot.
    let untranslated = if said { 0 } else { untranslated(content, runs, &own) };
    if untranslated >= COPIED {
        status.state = State::Copied;
        return status;
    }
    let (age, guess) = age(input, commits, source, content, page, &own);
    status.guess = guess;
    if let Some(sections) = age {
        status.state = State::Stale;
        status.sections = sections;
        return status;
    }
    status.remarks = lacking(&content.shape, &own.shape);
    if said {
        let plural = if blocks == 1 { "block is" } else { "blocks are" };
        let front = keys.iter().map(|key| format!(" and `{key}`")).collect::<String>();
        status.remarks.push(format!("{blocks} {plural} not translated yet{front}"));
    }
    if untranslated >= HALF_COPIED {
        status.remarks.push(format!("about {untranslated} % of the text is the source's"));
    }
    if !status.remarks.is_empty() {
        status.state = State::Partial;
        status.sections = open_sections(content, &own, source_tag(input, source), !keys.is_empty());
    }
    status
}

fn source_tag<'i>(input: &Input<'i>, source: &Page) -> &'i str {
    &input.config.languages.get(source.language).tag
}

/// The sections of the source that a partial translation lacks, or has in the source's language.
fn open_sections(content: &Content, own: &Content, tag: &str, front: bool) -> Vec<Change> {
    let partners = partners(content, own);
    let changes = content.sections.iter().zip(partners).filter_map(|(section, partner)| {
        let kind = match partner {
            None => ChangeKind::Missing,
            // The front matter counts for the text before the first heading.
            Some(0) if front => ChangeKind::Untranslated,
            Some(at) if own.marked.iter().any(|(section, language)| *section == at && language == tag) => {
                ChangeKind::Untranslated
            }
            Some(_) => return None,
        };
        Some(Change { id: section.id.clone(), title: section.title.clone(), kind })
    });
    changes.collect()
}

/// What the source has more of. A translation may have more: a note on terms is no fault.
fn lacking(source: &Shape, own: &Shape) -> Vec<String> {
    let mut remarks = vec![];
    let mut lack = |what: &str, theirs: usize, ours: usize| {
        if ours < theirs {
            remarks.push(format!("{ours} of {theirs} {what}"));
        }
    };
    lack("headings", source.headings.len(), own.headings.len());
    lack("code blocks", source.code_blocks, own.code_blocks);
    lack("images", source.images, own.images);
    lack("links", source.links, own.links);
    remarks
}

fn unconfigured(input: &Input<'_>) -> Vec<(String, usize)> {
    let mut folders: IndexMap<String, usize> = IndexMap::new();
    let content = input.sources.of(crate::source::Role::Content).filter(|(_, file)| !file.text().is_empty());
    for (_, file) in content {
        if let Err(folder) = crate::site::place(&file.place, &input.config.languages, true) {
            *folders.entry(folder).or_default() += 1;
        }
    }
    folders.into_iter().collect()
}
