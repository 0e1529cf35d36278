//! `plenary i18n`.

use super::print::failure;
use super::{Common, ENVIRONMENT, MessageFormat, SITE_ERRORS, SUCCESS, exchange};
use crate::diag::{Sink, did_you_mean};
use crate::document;
use crate::lang::LanguageId;
use crate::pipeline::{Memory, Model, Options, Timings, model};
use crate::site::{Page, PageId};
use crate::translation::{
    Content, Digest, Format, Input, Mark, Report, State, differences, former, prepared, read_text, report,
    source_commit, text_of, with_digest, write_text,
};
use anstream::{eprintln, print};
use clap::{Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(super) enum I18nCommand {
    /// Tell which translations are current, stale, partial, copied, missing or orphaned
    Status {
        /// Only this language
        #[arg(long, value_name = "LANG")]
        lang: Option<String>,
        /// How to write it
        #[arg(long, value_enum, default_value = "text")]
        format: StatusFormat,
        /// Exit with 1 if a page is in one of these states
        #[arg(long, value_name = "STATES", value_delimiter = ',')]
        fail_on: Vec<String>,
    },
    /// Show what changed in the source since it was translated, word by word where there is a history
    Diff {
        /// The content key: the path below the language folder without extension
        key: String,
        /// The language
        #[arg(long, value_name = "LANG")]
        lang: String,
    },
    /// Begin a translation: the file in its place, with the source's text and the front matter prepared
    Start {
        /// The content key: the path below the language folder without extension
        key: String,
        /// The language
        #[arg(long, value_name = "LANG")]
        lang: String,
    },
    /// Declare a translation checked against the source of today
    Accept {
        /// The content key
        #[arg(required_unless_present = "all")]
        key: Option<String>,
        /// The language
        #[arg(long, value_name = "LANG")]
        lang: String,
        /// Every translation of the language that is no copy of its source
        #[arg(long, conflicts_with = "key")]
        all: bool,
    },
    /// Write pages as gettext PO files, for translation tools; a file for each page
    Export {
        /// The content keys; without any, every page
        keys: Vec<String>,
        /// The language
        #[arg(long, value_name = "LANG")]
        lang: String,
        /// The folder to write to; translations in files that are there are kept
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Bring translated PO files into the pages; fuzzy messages are left out
    Import {
        /// PO files, and folders of them
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The language
        #[arg(long, value_name = "LANG")]
        lang: String,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum StatusFormat {
    Text,
    Json,
    Markdown,
}

/// Why a command ends early: the message and a hint.
pub(super) type Failure = (String, Option<String>);

pub(super) fn i18n(common: &Common, command: &I18nCommand) -> u8 {
    let options = Options { root: common.root.clone(), drafts: true, future: true, ..Options::default() };
    let done = match model(&options, &mut Memory::default(), &mut Timings::default(), &mut Sink::new()) {
        Ok(mut model) => match command {
            I18nCommand::Diff { key, lang } => diff(&mut model, key, lang),
            I18nCommand::Status { lang, format, fail_on } => status(common, &model, lang.as_deref(), *format, fail_on),
            I18nCommand::Start { key, lang } => start(&model, key, lang),
            I18nCommand::Export { keys, lang, out } => exchange::export(common, &mut model, lang, out, keys),
            I18nCommand::Import { files, lang } => exchange::import(common, &mut model, lang, files),
            I18nCommand::Accept { key, lang, all } => accept(&model, key.as_deref().filter(|_| !all), lang),
        },
        Err(error) => Err((error.to_string(), None)),
    };
    done.unwrap_or_else(|(message, hint)| {
        failure(common.message_format, &message, hint.as_deref());
        ENVIRONMENT
    })
}

pub(super) fn states(model: &Model) -> Report {
    let Model { sources, config, site, changes, .. } = model;
    report(&Input { sources, config, site, history: changes.0.as_ref() })
}

fn status(
    common: &Common,
    model: &Model,
    lang: Option<&str>,
    format: StatusFormat,
    fail_on: &[String],
) -> Result<u8, Failure> {
    let only = lang.map(|lang| language(model, lang)).transpose()?;
    for wanted in fail_on {
        if !State::ALL.iter().any(|state| state.as_str() == wanted) {
            let names = State::ALL.iter().map(|state| state.as_str());
            let hint = did_you_mean(wanted, names.clone());
            let all = format!("the states are {}", names.collect::<Vec<_>>().join(", "));
            return Err((format!("there is no state `{wanted}`"), hint.or(Some(all))));
        }
    }
    let format = match (format, common.message_format) {
        (StatusFormat::Json, _) | (StatusFormat::Text, MessageFormat::Json) => Format::Json,
        (StatusFormat::Text, _) => Format::Text,
        (StatusFormat::Markdown, _) => Format::Markdown,
    };
    let states = states(model);
    print!("{}", text_of(&states, &model.config, only, format));
    let fails = states.pages.iter().any(|page| {
        only.is_none_or(|only| only == page.language) && fail_on.iter().any(|state| state == page.state.as_str())
    });
    Ok(if fails { SITE_ERRORS } else { SUCCESS })
}

pub(super) fn language(model: &Model, name: &str) -> Result<LanguageId, Failure> {
    let languages = &model.config.languages;
    languages.by_folder(name).ok_or_else(|| {
        let names: Vec<&str> = languages.iter().map(|(_, language)| language.folder.as_str()).collect();
        (format!("the site has no language `{name}`"), Some(format!("its languages are {}", names.join(", "))))
    })
}

/// The source page of a key.
pub(super) fn source<'m>(model: &'m Model, key: &str) -> Result<&'m Page, Failure> {
    let key = key.trim_matches('/');
    let found = model.site.by_key(key, model.config.languages.default_id()).map(|id| model.site.page(id));
    found.filter(|page| page.document.is_some()).ok_or_else(|| {
        let hint = did_you_mean(key, model.site.keys());
        (format!("there is no page with the content key `{key}`"), hint)
    })
}

pub(super) fn digest(page: &Page) -> Option<Digest> {
    page.document.as_ref().map(|document| Digest::of(&Content::of(document)))
}

fn start(model: &Model, key: &str, lang: &str) -> Result<u8, Failure> {
    let language = language(model, lang)?;
    let page = source(model, key)?;
    let own =
        model.site.translation(page.id, language).map(|id| model.site.page(id)).filter(|page| !page.is_fallback());
    if let Some(path) = own.and_then(Page::file).map(|file| &model.sources.file(file).path) {
        return Err((
            format!("`{path}` is there already"),
            Some("edit it; `plenary i18n accept` says when it is up to date".into()),
        ));
    }
    let (Some(file), Some(digest), Some(target)) =
        (page.file(), digest(page), translation_path(model, &page.key, language))
    else {
        return Ok(SUCCESS);
    };
    let file = model.sources.file(file);
    write_text(&model.sources.root().join(&target), &prepared(file.text(), &digest)).map_err(|error| (error, None))?;
    eprintln!("{target}: translate the text, title and description; the rest of the front matter can stay");
    Ok(SUCCESS)
}

/// Where the translation of a page belongs: at the same place in its language's folder.
pub(super) fn translation_path(model: &Model, key: &str, language: LanguageId) -> Option<String> {
    let file = model.sources.file(source(model, key).ok()?.file()?);
    let below = match file.place.split_once('/') {
        Some((first, rest)) if model.config.languages.by_folder(first).is_some() => rest,
        _ => file.place.as_str(),
    };
    Some(format!("content/{}/{below}", model.config.languages.get(language).folder))
}

fn diff(model: &mut Model, key: &str, lang: &str) -> Result<u8, Failure> {
    let language = language(model, lang)?;
    let page = source(model, key)?;
    let (Some(file), Some(now)) = (page.file(), page.document.as_deref().map(Content::of)) else { return Ok(SUCCESS) };
    let own = model.site.translation(page.id, language).map(|id| model.site.page(id));
    let own = own.filter(|page| !page.is_fallback()).ok_or_else(|| {
        let hint = format!("begin it with `plenary i18n start {key} --lang {lang}`");
        (format!("`{key}` has no translation yet"), Some(hint))
    })?;
    let titles: Vec<String> =
        own.document.iter().flat_map(|document| Content::of(document).sections).map(|section| section.title).collect();
    let mark = mark(model, own);
    let path = model.sources.file(file).repository_path.clone();
    let repository = model.changes.0.as_ref().map(|history| history.repository().clone());
    let Model { sources, config, theme, .. } = model;
    let former = mark.as_ref().zip(repository).zip(path).and_then(|((mark, repository), path)| {
        former(&repository, &path, mark, |text| {
            sources.set_text(file, text);
            let ground = document::Ground {
                taxonomies: &config.taxonomies,
                math: config.markdown.math,
                shortcodes: &**theme,
                languages: &config.languages,
                terms: &std::sync::Arc::default(),
            };
            let context = document::Context::new(sources, &ground);
            Content::of(&document::parse(file, &context))
        })
    });
    let then = match (&mark, &former) {
        (Some(Mark::Digest(digest)), _) => Some(digest.clone()),
        (_, Some(former)) => Some(Digest::of(&former.content)),
        _ => None,
    };
    let Some(then) = then else {
        let hint = "set it with `plenary i18n accept` once the translation is up to date";
        return Err((format!("nothing tells which text `{key}` was translated from"), Some(hint.into())));
    };
    let changes = then.changes(&now, &titles);
    if changes.is_empty() {
        eprintln!("`{key}` has not changed since it was translated");
    }
    if let (Some(former), false) = (&former, changes.is_empty()) {
        let guess = if matches!(mark, Some(Mark::Before(_))) { " (a guess by dates)" } else { "" };
        eprintln!("against commit {}{guess}", &former.commit[..former.commit.len().min(10)]);
    }
    print!("{}", differences(former.as_ref().map(|former| &former.content), &now, &changes));
    Ok(SUCCESS)
}

/// What tells which text of its source a translation was made from.
pub(super) fn mark(model: &Model, own: &Page) -> Option<Mark> {
    if let Some(digest) = own.front.source_digest.as_ref().and_then(|(text, _)| Digest::parse(text)) {
        return Some(Mark::Digest(digest));
    }
    if let Some(commit) = source_commit(&own.front.extra) {
        return Some(Mark::Commit(commit));
    }
    let path = model.sources.file(own.file()?).repository_path.as_deref()?;
    Some(Mark::Before(model.changes.0.as_ref()?.last_change(path)?.date.timestamp().as_second()))
}

fn accept(model: &Model, key: Option<&str>, lang: &str) -> Result<u8, Failure> {
    let language = language(model, lang)?;
    let pages: Vec<PageId> = match key {
        Some(key) => {
            let source = source(model, key)?;
            let own = model.site.translation(source.id, language).filter(|id| !model.site.page(*id).is_fallback());
            let hint = format!("begin it with `plenary i18n start {key} --lang {lang}`");
            vec![own.ok_or_else(|| (format!("`{key}` has no translation yet"), Some(hint)))?]
        }
        None => states(model)
            .pages
            .iter()
            .filter(|page| {
                page.language == language && matches!(page.state, State::Current | State::Stale | State::Partial)
            })
            .filter_map(|page| page.page)
            .collect(),
    };
    for id in pages {
        let page = model.site.page(id);
        let source = model.site.translation(id, model.config.languages.default_id()).map(|id| model.site.page(id));
        let (Some(file), Some(digest)) = (page.file(), source.and_then(digest)) else { continue };
        let path = &model.sources.file(file).path;
        let disk = model.sources.root().join(path);
        let text = read_text(&disk).map_err(|error| (error, None))?;
        let set = with_digest(&text, &digest);
        if set != text {
            write_text(&disk, &set).map_err(|error| (error, None))?;
            eprintln!("{path}: up to date with its source of today");
        }
    }
    Ok(SUCCESS)
}
