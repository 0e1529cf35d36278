//! `plenary new` and `plenary init`.

use super::print::failure;
use super::{Common, ENVIRONMENT, SITE_ERRORS, SUCCESS};
use crate::diag::Sink;
use crate::minutes::{months_beside, status};
use crate::pipeline::{Memory, Model, Options, Timings, model, snapshot};
use crate::scaffold::{self, Kind, NewFile, Refusal, Wanted};
use crate::snapshot::Snapshot;
use crate::source::history::author;
use crate::translation::{Content, Digest, prepared, write_text};
use anstream::eprintln;
use clap::{Args, Subcommand};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

#[derive(Debug, Subcommand)]
pub(super) enum NewCommand {
    /// Begin a page at a path below the language's folder
    Page(NewPage),
    /// Begin a post of the blog, dated today
    Post(NewPage),
    /// Begin a whitepaper, in a folder of its own
    Paper(NewPage),
    /// Begin a working group and its charter
    Group(NewPage),
    /// Begin the record of a meeting
    Meeting {
        /// Its day, such as 2025-03-05; by default that of the next meeting
        #[arg(value_name = "DAY")]
        day: Option<String>,
        /// The group, if there is more than one
        #[arg(long, value_name = "ID")]
        group: Option<String>,
        #[command(flatten)]
        named: Named,
    },
    /// Add a language to the site
    Language {
        /// Its tag, such as de or pt-BR
        #[arg(value_name = "TAG")]
        tag: String,
    },
    /// Draft a post that gathers a month's projects, decisions, actions and recordings
    Status {
        /// The month, for instance 2024-09
        #[arg(long, value_name = "YYYY-MM")]
        month: String,
    },
}

/// Where, and what it is called.
#[derive(Debug, Args)]
pub(super) struct NewPage {
    /// A path such as wgs/platforms/tools, or a title in quotes
    #[arg(value_name = "PATH")]
    path: String,
    #[command(flatten)]
    named: Named,
}

#[derive(Debug, Args)]
pub(super) struct Named {
    /// The title; by default made of the path
    #[arg(long)]
    title: Option<String>,
    /// The language; by default the site's first
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct InitArguments {
    /// The folder to make
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// The exit status of a command that fails, and why.
type Failure = (u8, Refusal);

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        (SITE_ERRORS, refusal)
    }
}

fn environment(message: String) -> Failure {
    (ENVIRONMENT, Refusal { message, hint: None })
}

pub(super) fn new(common: &Common, command: &NewCommand) -> u8 {
    let done = match command {
        NewCommand::Page(page) => begin(common, Kind::Page, page),
        NewCommand::Post(page) => begin(common, Kind::Post, page),
        NewCommand::Paper(page) => begin(common, Kind::Paper, page),
        NewCommand::Group(page) => begin(common, Kind::Group, page),
        NewCommand::Meeting { day, group, named } => {
            begin_named(common, Kind::Meeting, day.as_deref(), group.as_deref(), named)
        }
        NewCommand::Language { tag } => language(common, tag),
        NewCommand::Status { month } => draft_status(common, month),
    };
    finish(common, done)
}

fn finish(common: &Common, done: Result<(), Failure>) -> u8 {
    let Err((exit, refusal)) = done else { return SUCCESS };
    failure(common.message_format, &refusal.message, refusal.hint.as_deref());
    exit
}

fn read(common: &Common) -> Result<Model, Failure> {
    let options = Options { root: common.root.clone(), drafts: true, future: true, ..Options::default() };
    model(&options, &mut Memory::default(), &mut Timings::default(), &mut Sink::new()).map_err(|error| {
        let hint = super::build::hint(&error).map(str::to_owned);
        (ENVIRONMENT, Refusal { message: error.to_string(), hint })
    })
}

fn begin(common: &Common, kind: Kind, page: &NewPage) -> Result<(), Failure> {
    begin_named(common, kind, Some(&page.path), None, &page.named)
}

fn begin_named(
    common: &Common,
    kind: Kind,
    name: Option<&str>,
    group: Option<&str>,
    named: &Named,
) -> Result<(), Failure> {
    let model = read(common)?;
    let languages = &model.config.languages;
    let language = match &named.lang {
        None => languages.default_id(),
        Some(tag) => languages.by_folder(tag).ok_or_else(|| {
            let message = format!("the site has no language `{tag}`");
            (SITE_ERRORS, Refusal { message, hint: Some(format!("add it with `plenary new language {tag}`")) })
        })?,
    };
    let author = author(model.sources.root());
    let title = named.title.as_deref();
    let files = scaffold::pages(&model, &Wanted { kind, name, title, language, group, author })?;
    write_new(model.sources.root(), files)
}

/// Writes files of which none may be there yet.
fn write_new(root: &Path, files: Vec<NewFile>) -> Result<(), Failure> {
    if let Some(file) = files.iter().find(|file| root.join(&file.path).exists()) {
        let hint = Some("remove it or choose another name".to_owned());
        return Err((SITE_ERRORS, Refusal { message: format!("`{}` is there already", file.path), hint }));
    }
    for file in files {
        write_text(&root.join(&file.path), &file.text).map_err(environment)?;
        eprintln!("{}", file.path);
    }
    Ok(())
}

fn language(common: &Common, tag: &str) -> Result<(), Failure> {
    let model = read(common)?;
    let languages = &model.config.languages;
    let default = &languages.get(languages.default_id()).folder;
    let config = model.sources.of(crate::source::Role::Config).map(|(_, file)| file.text()).next().unwrap_or_default();
    let settings = scaffold::add_language(config, tag, default)?;
    let folder = tag.to_lowercase().replace('_', "-");
    let mut files: Vec<NewFile> = model
        .site
        .home(languages.default_id())
        .map(|id| model.site.page(id))
        .and_then(|home| Some((home.file()?, Digest::of(&Content::of(home.document.as_deref()?)))))
        .map(|(file, digest)| NewFile {
            path: format!("content/{folder}/_index.md"),
            text: prepared(model.sources.file(file).text(), &digest),
        })
        .into_iter()
        .collect();
    let strings = scaffold::strings_to_translate(&model, &folder);
    files.extend(strings.map(|text| NewFile { path: format!("i18n/{folder}.yaml"), text }));
    write_new(model.sources.root(), files)?;
    write_text(&model.sources.root().join("site.yaml"), &settings).map_err(environment)?;
    eprintln!("site.yaml: the language is in the list; look at its name, and give it a title and a description");
    eprintln!("translate the home page first, then begin others with `plenary i18n start KEY --lang {folder}`");
    Ok(())
}

fn draft_status(common: &Common, month: &str) -> Result<(), Failure> {
    let Some(first) = format!("{month}-01").parse().ok().filter(|_| month.len() == 7) else {
        let hint = Some("write for example `--month 2024-09`".to_owned());
        return Err((ENVIRONMENT, Refusal { message: format!("`{month}` is no month"), hint }));
    };
    let options = Options { root: common.root.clone(), ..Options::default() };
    let snapshot = snapshot(&options, &mut Memory::default(), &mut Timings::default(), &mut Sink::new());
    let snapshot = snapshot.map_err(|error| environment(error.to_string()))?;
    let text = status(&snapshot, first).ok_or_else(|| no_meeting(&snapshot, month, first))?;
    let languages = &snapshot.config.languages;
    let path = format!("content/{}/blog/{month}-status.md", languages.get(languages.default_id()).folder);
    write_new(snapshot.sources.root(), vec![NewFile { path, text }])?;
    eprintln!("a draft to read, mend and publish");
    Ok(())
}

fn no_meeting(snapshot: &Snapshot, month: &str, first: Date) -> Refusal {
    let hint = match months_beside(snapshot, first) {
        (None, None) => "minutes are pages with `type: meeting` and a `date`".to_owned(),
        (before, after) => {
            let months = before.into_iter().chain(after).map(|month| month.strftime("%Y-%m").to_string());
            format!("the nearest months with meetings: {}", months.collect::<Vec<_>>().join(", "))
        }
    };
    Refusal { message: format!("no meeting of {month} is in this site"), hint: Some(hint) }
}

pub(super) fn init(common: &Common, arguments: &InitArguments) -> u8 {
    let folder = &arguments.folder;
    let name = std::path::absolute(folder).ok().and_then(|path| Some(path.file_name()?.to_str()?.to_owned()));
    let name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| "Our group".into());
    let today = crate::source::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let done = write_new(folder, scaffold::small_site(&name, today));
    if done.is_ok() {
        eprintln!("the site is ready: `plenary serve --root {} --open`", folder.display());
    }
    finish(common, done)
}
