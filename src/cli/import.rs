//! `plenary import`.

use super::print::failure;
use super::{Common, ENVIRONMENT, MessageFormat, SITE_ERRORS, SUCCESS};
use crate::diag::Severity;
use crate::import::{
    FileError, HugoImport, MeetingsImport, OnePageImport, OnePageReport, import_hugo, import_meetings, import_notes,
    import_slides, import_transcript,
};
use crate::meetings::Format;
use anstream::{eprint, print};
use clap::{Args, Subcommand, ValueEnum};
use std::fmt::Display;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(super) enum ImportCommand {
    /// A Hugo site: configuration, content, static files, strings
    Hugo {
        /// The folder of the Hugo site
        #[arg(value_name = "SRC")]
        source: PathBuf,
        /// The folder to make
        #[arg(long, value_name = "DIR")]
        into: PathBuf,
        /// The folder that symbolic links may not leave; by default the git repository around SRC
        #[arg(long, value_name = "DIR")]
        repository: Option<PathBuf>,
    },
    /// Meeting notes: one document of many meetings, as text or Markdown, or W3C minutes
    Meetings(MeetingsArguments),
    /// A talk's transcript: `WebVTT`, SRT, or lines that begin with a time
    Transcript {
        #[command(flatten)]
        page: PageArguments,
        /// The address of the recording
        #[arg(long, value_name = "URL")]
        recording: Option<String>,
        /// What the machine misheard and what was said; by default corrections.yaml in DIR
        #[arg(long, value_name = "FILE")]
        corrections: Option<PathBuf>,
    },
    /// The text of slides
    Slides {
        #[command(flatten)]
        page: PageArguments,
    },
    /// Session notes in Markdown, their encoding mended
    Notes {
        #[command(flatten)]
        page: PageArguments,
    },
}

#[derive(Debug, Args)]
pub(super) struct PageArguments {
    /// The file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The folder of the page
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// Keep e-mail addresses, passwords and dial-in links
    #[arg(long)]
    keep_private: bool,
    /// Write nothing
    #[arg(long)]
    dry_run: bool,
}

impl PageArguments {
    fn import(&self) -> OnePageImport {
        OnePageImport {
            file: self.file.clone(),
            into: self.into.clone(),
            keep_private: self.keep_private,
            dry_run: self.dry_run,
            ..OnePageImport::default()
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct MeetingsArguments {
    /// The exported document
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The folder of the group's meetings; its aliases.yaml joins spellings of one person
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// The group's name; by default the name that the document gives itself
    #[arg(long, value_name = "NAME")]
    group: Option<String>,
    /// The year of the newest meeting, for headings without a year
    #[arg(long, value_name = "Y")]
    year: Option<i16>,
    /// Keep e-mail addresses, passwords and dial-in links
    #[arg(long)]
    keep_private: bool,
    /// Write nothing; with --message-format json, print the meetings
    #[arg(long)]
    dry_run: bool,
    /// The form of the document, if it is not to be recognised from its text
    #[arg(long, value_enum)]
    format: Option<NotesFormat>,
}

/// The forms of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum NotesFormat {
    /// Text: a document's text export, however damaged
    Text,
    /// Markdown: of Google Docs, `HedgeDoc`, `HackMD`
    Markdown,
    /// W3C minutes or a chat log by their conventions
    W3c,
}

impl From<NotesFormat> for Format {
    fn from(format: NotesFormat) -> Self {
        match format {
            NotesFormat::Text => Self::Text,
            NotesFormat::Markdown => Self::Markdown,
            NotesFormat::W3c => Self::W3c,
        }
    }
}

pub(super) fn import(common: &Common, command: &ImportCommand) -> u8 {
    match command {
        ImportCommand::Hugo { source, into, repository } => {
            let import = HugoImport { source: source.clone(), into: into.clone(), repository: repository.clone() };
            let done = import_hugo(&import);
            finish(common, done.map(|report| (report.to_text(), report.to_json_lines(), report.count(Severity::Error))))
        }
        ImportCommand::Meetings(arguments) => meetings(common, arguments),
        ImportCommand::Transcript { page, recording, corrections } => {
            let import =
                OnePageImport { recording: recording.clone(), corrections: corrections.clone(), ..page.import() };
            one_page(common, import_transcript(&import))
        }
        ImportCommand::Slides { page } => one_page(common, import_slides(&page.import())),
        ImportCommand::Notes { page } => one_page(common, import_notes(&page.import())),
    }
}

fn meetings(common: &Common, arguments: &MeetingsArguments) -> u8 {
    let import = MeetingsImport {
        file: arguments.file.clone(),
        into: arguments.into.clone(),
        group: arguments.group.clone(),
        year: arguments.year,
        keep_private: arguments.keep_private,
        dry_run: arguments.dry_run,
        format: arguments.format.map(Format::from),
    };
    let done = import_meetings(&import);
    finish(
        common,
        done.map(|report| (report.to_text(), report.to_json_lines(arguments.dry_run), report.count(Severity::Error))),
    )
}

fn one_page(common: &Common, done: Result<OnePageReport, FileError>) -> u8 {
    finish(common, done.map(|report| (report.to_text(), report.to_json_lines(), report.count(Severity::Error))))
}

/// Prints a report, its text and JSON forms and number of errors, or why there is none.
fn finish<E: Display>(common: &Common, done: Result<(String, String, usize), E>) -> u8 {
    match done {
        Ok((text, json, errors)) => {
            match common.message_format {
                MessageFormat::Json => print!("{json}"),
                _ => eprint!("{text}"),
            }
            if errors > 0 { SITE_ERRORS } else { SUCCESS }
        }
        Err(error) => {
            failure(common.message_format, &error.to_string(), None);
            ENVIRONMENT
        }
    }
}
