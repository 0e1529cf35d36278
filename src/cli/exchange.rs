//! `plenary i18n export` and `import`: pages to PO files and back.

use super::i18n::{Failure, digest, language, mark, source, translation_path};
use super::print::findings;
use super::{Common, SITE_ERRORS, SUCCESS};
use crate::diag::{Code, Diagnostic, FileId, Severity, Sink, Span, did_you_mean};
use crate::document;
use crate::import::Sources;
use crate::lang::LanguageId;
use crate::pipeline::Model;
use crate::site::Page;
use crate::translation::catalogue::{DIGEST, Head, KEY, catalogue, said};
use crate::translation::po::{self, Catalogue};
use crate::translation::{
    Blocks, Content, Digest, Former, Mark, Message, Sides, State, find_files, former, merge, messages, read_text,
    untranslated_keys, with_digest, with_untranslated, write_text,
};
use anstream::eprintln;
use std::path::{Path, PathBuf};

/// A page in two languages, cut into blocks.
struct Pair {
    key: String,
    digest: Digest,
    source_path: String,
    source_text: String,
    source: Blocks,
    former: Option<Blocks>,
    own: Option<Own>,
    copied: bool,
}

struct Own {
    path: String,
    text: String,
    blocks: Blocks,
    untranslated: Vec<String>,
    digest: Option<Digest>,
}

impl Pair {
    fn messages(&self, tag: &str) -> Vec<Message> {
        messages(&self.sides(tag))
    }

    fn sides<'a>(&'a self, tag: &'a str) -> Sides<'a> {
        Sides {
            source: &self.source,
            text: &self.source_text,
            language: tag,
            former: self.former.as_ref(),
            own: self.own.as_ref().map(|own| &own.blocks),
            untranslated: self.own.as_ref().map(|own| own.untranslated.as_slice()).unwrap_or_default(),
            copied: self.copied,
        }
    }
}

fn blocks(model: &Model, page: &Page) -> Option<(String, String, Blocks)> {
    let (document, file) = (page.document.as_ref()?, page.file()?);
    let file = model.sources.file(file);
    let blocks = Blocks::of(document, file.text(), &model.config.translation);
    Some((file.path.clone(), file.text().to_owned(), blocks))
}

/// Reads a page in both languages. `copies` are the keys of translations that are still their source.
fn pair(model: &mut Model, key: &str, language: LanguageId, copies: &[String]) -> Result<Option<Pair>, Failure> {
    let page = source(model, key)?;
    let (Some((source_path, source_text, source)), Some(digest), Some(file)) =
        (blocks(model, page), digest(page), page.file())
    else {
        return Ok(None);
    };
    let own_page = model.site.translation(page.id, language).map(|id| model.site.page(id));
    let own_page = own_page.filter(|page| !page.is_fallback());
    let mark = own_page.and_then(|own| mark(model, own));
    let own = own_page.and_then(|page| {
        let (path, text, blocks) = blocks(model, page)?;
        let digest = page.front.source_digest.as_ref().and_then(|(text, _)| Digest::parse(text));
        Some(Own { path, text, blocks, untranslated: untranslated_keys(&page.front.extra), digest })
    });
    let key = page.key.to_string();
    let copied = copies.contains(&key);
    let former = mark.and_then(|mark| former_blocks(model, file, &mark, &digest));
    Ok(Some(Pair { key, digest, source_path, source_text, source, former, own, copied }))
}

/// The source as it was when it was translated, if that was another text and the history has it.
fn former_blocks(model: &mut Model, file: FileId, mark: &Mark, now: &Digest) -> Option<Blocks> {
    if matches!(mark, Mark::Before(_)) || matches!(mark, Mark::Digest(then) if then == now) {
        return None;
    }
    let path = model.sources.file(file).repository_path.clone()?;
    let repository = model.changes.0.as_ref()?.repository().clone();
    let Model { sources, config, theme, .. } = model;
    let present = sources.file(file).text().to_owned();
    let mut read = |text: &str| {
        sources.set_text(file, text);
        let ground = document::Ground {
            taxonomies: &config.taxonomies,
            math: config.markdown.math,
            shortcodes: &**theme,
            languages: &config.languages,
            terms: &std::sync::Arc::default(),
        };
        let context = document::Context::new(sources, &ground);
        document::parse(file, &context)
    };
    let found: Option<Former> = former(&repository, &path, mark, |text| Content::of(&read(text)));
    let blocks = found.map(|former| Blocks::of(&read(&former.text), &former.text, &config.translation));
    sources.set_text(file, &present);
    blocks
}

/// The keys of the pages to export, and those of translations that are copies.
fn keys(model: &Model, wanted: &[String], language: LanguageId) -> Result<(Vec<String>, Vec<String>), Failure> {
    let report = super::i18n::states(model);
    let of_language = || report.pages.iter().filter(|page| page.language == language && page.state != State::Orphaned);
    let copies = of_language().filter(|page| page.state == State::Copied).map(|page| page.key.clone()).collect();
    let mut keys: Vec<String> = vec![];
    for key in wanted {
        keys.push(source(model, key)?.key.to_string());
    }
    if keys.is_empty() {
        keys = of_language().map(|page| page.key.clone()).collect();
    }
    Ok((keys, copies))
}

fn po_path(folder: &Path, key: &str) -> PathBuf {
    folder.join(format!("{}.po", if key.is_empty() { "_index" } else { key }))
}

pub(super) fn export(
    common: &Common,
    model: &mut Model,
    lang: &str,
    out: &Path,
    keys_wanted: &[String],
) -> Result<u8, Failure> {
    let language = language(model, lang)?;
    if language == model.config.languages.default_id() {
        return Err((
            format!("`{lang}` is the language of the source"),
            Some("name the language to translate into".into()),
        ));
    }
    let (keys, copies) = keys(model, keys_wanted, language)?;
    let tags = tags(model, language);
    let (mut sources, mut sink, mut counts) = (Sources::default(), Sink::new(), (0, 0, 0));
    for key in keys {
        let Some(pair) = pair(model, &key, language, &copies)? else { continue };
        let messages = pair.messages(&tags.0);
        let path = po_path(out, &pair.key);
        let earlier = read_text(&path).ok().map(|text| po::parse(&text).0);
        let head = Head {
            project: &model.config.title,
            language: &tags.1,
            key: &pair.key,
            digest: &pair.digest,
            source_file: &pair.source_path,
        };
        let catalogue = catalogue(&head, &messages, earlier);
        write_text(&path, &po::write(&catalogue)).map_err(|error| (error, None))?;
        unpaired(&pair, &messages, &mut sources, &mut sink);
        counts.0 += 1;
        counts.1 += messages.len();
        counts.2 += messages.iter().filter(|message| !message.entry.text.is_empty() && !message.entry.fuzzy).count();
    }
    let errors = tell(common, &sources, sink);
    eprintln!("{} pages, {} of {} messages translated → {}", counts.0, counts.2, counts.1, out.display());
    Ok(if errors { SITE_ERRORS } else { SUCCESS })
}

/// The tags of the source's language and of this one.
fn tags(model: &Model, language: LanguageId) -> (String, String) {
    let languages = &model.config.languages;
    (languages.get(languages.default_id()).tag.clone(), languages.get(language).tag.clone())
}

/// What the translation says where nothing tells of which block it is the translation.
fn unpaired(pair: &Pair, messages: &[Message], sources: &mut Sources, sink: &mut Sink) {
    let Some(own) = pair.own.as_ref().filter(|_| !pair.copied) else { return };
    let alone: Vec<usize> = (0..own.blocks.blocks.len())
        .filter(|at| own.blocks.blocks[*at].speaks && own.blocks.blocks[*at].unit.is_some())
        .filter(|at| !messages.iter().any(|message| message.partner == Some(*at)))
        .collect();
    let Some(first) = alone.first() else { return };
    let lacking = messages.iter().filter(|message| message.partner.is_none()).count();
    let file = sources.add(own.path.clone(), own.text.clone());
    let span = Span::new(file, own.blocks.blocks[*first].range.clone());
    let message = format!(
        "{} blocks of the translation, from here on, cannot be paired with {lacking} blocks of `{}`",
        alone.len(),
        pair.source_path
    );
    let hint = "give the translation the same headings, lists and tables as the source";
    sink.push(Diagnostic::new(Code::PoUnpaired, span, message).hint(hint));
}

pub(super) fn import(common: &Common, model: &mut Model, lang: &str, files: &[PathBuf]) -> Result<u8, Failure> {
    let language = language(model, lang)?;
    let (_, copies) = keys(model, &[], language)?;
    let tags = tags(model, language);
    let (mut sources, mut sink, mut counts) = (Sources::default(), Sink::new(), (0, 0));
    for path in find_files(files, "po").map_err(|error| (error, None))? {
        let text = read_text(&path).map_err(|error| (error, None))?;
        let file = sources.add(path.display().to_string(), text.clone());
        let (catalogue, problems) = po::parse(&text);
        for problem in problems {
            let span = Span::new(file, problem.place);
            sink.push(Diagnostic::new(Code::PoSyntax, span, problem.message).hint(problem.hint));
        }
        let Some(key) = page_key(model, &catalogue, &tags.1, file, &mut sink) else { continue };
        let Some(pair) = pair(model, &key, language, &copies)? else { continue };
        counts.0 += 1;
        let Some((path, text)) = imported(model, &pair, &tags.0, language, &catalogue, file, &mut sink) else {
            continue;
        };
        write_text(&model.sources.root().join(&path), &text).map_err(|error| (error, None))?;
        counts.1 += 1;
        eprintln!("{path}");
    }
    let errors = tell(common, &sources, sink);
    eprintln!("{} PO files read, {} pages changed", counts.0, counts.1);
    Ok(if errors { SITE_ERRORS } else { SUCCESS })
}

/// The content key that a file names, if it is a page of the site and the language is right.
fn page_key(model: &Model, catalogue: &Catalogue, tag: &str, file: FileId, sink: &mut Sink) -> Option<String> {
    let span = Span::new(file, catalogue.header_place.clone());
    if let Some(other) = catalogue.header("Language").filter(|other| !other.replace('_', "-").eq_ignore_ascii_case(tag))
    {
        let message = format!("the file is for the language `{other}`, not for `{tag}`");
        sink.push(
            Diagnostic::new(Code::PoPage, span, message)
                .hint(format!("import it with `--lang {}`", other.to_lowercase().replace('_', "-"))),
        );
        return None;
    }
    let Some(key) = catalogue.header(KEY) else {
        let message = format!("the file does not say which page it is for: the header `{KEY}` is missing");
        sink.push(
            Diagnostic::new(Code::PoPage, span, message).hint("keep the header that `plenary i18n export` wrote"),
        );
        return None;
    };
    match source(model, key) {
        Ok(page) => Some(page.key.to_string()),
        Err((message, _)) => {
            let hint = did_you_mean(key, model.site.keys());
            sink.push(Diagnostic::new(Code::PoPage, span, message).maybe_hint(hint));
            None
        }
    }
}

/// The path and new text of a page, if the file changes it.
fn imported(
    model: &Model,
    pair: &Pair,
    tag: &str,
    language: LanguageId,
    catalogue: &Catalogue,
    file: FileId,
    sink: &mut Sink,
) -> Option<(String, String)> {
    let messages = pair.messages(tag);
    let said = said(catalogue, &messages, &pair.source, file, sink);
    let merged = merge(&pair.sides(tag), pair.own.as_ref().map(|own| own.text.as_str()), &messages, &said)?;
    let exported = catalogue.header(DIGEST).and_then(Digest::parse).unwrap_or_else(|| pair.digest.clone());
    let older = pair.own.as_ref().and_then(|own| own.digest.as_ref());
    let digest = exported.with_older(older, &merged.kept);
    let text = with_untranslated(&with_digest(&merged.text, &digest), &merged.untranslated);
    let path = match &pair.own {
        Some(own) => own.path.clone(),
        None => translation_path(model, &pair.key, language)?,
    };
    Some((path, text))
}

/// Prints findings; true if one is an error.
fn tell(common: &Common, sources: &Sources, sink: Sink) -> bool {
    let found = sink.into_sorted(sources);
    findings(common.message_format, &found, sources);
    found.iter().any(|finding| finding.severity() == Severity::Error)
}
