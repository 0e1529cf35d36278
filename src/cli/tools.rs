//! What other tools ask of this one: schemas for editors, completions for shells, manual pages.

use super::print::failure;
use super::{Common, ENVIRONMENT, SUCCESS};
use crate::config;
use crate::diag::{FileId, Sink};
use crate::schema::{Subject, schema};
use crate::source::SourceSet;
use crate::translation::write_text;
use anstream::{eprintln, print, println};
use clap::{Command, ValueEnum};
use clap_complete::Shell;
use std::path::Path;

/// The files that have a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaSubject {
    /// site.yaml
    Site,
    /// The front matter of a page, with the site's taxonomies
    FrontMatter,
    /// terms.yaml
    Terms,
}

impl From<SchemaSubject> for Subject {
    fn from(subject: SchemaSubject) -> Self {
        match subject {
            SchemaSubject::Site => Self::Site,
            SchemaSubject::FrontMatter => Self::FrontMatter,
            SchemaSubject::Terms => Self::Terms,
        }
    }
}

/// Works outside of a site too: then without its taxonomies.
pub(super) fn print_schema(common: &Common, subject: SchemaSubject) -> u8 {
    let sources = SourceSet::open(&common.root).ok();
    let config = sources.map(|sources| config::parse(sources.file(FileId(0)).text(), FileId(0), &mut Sink::new()));
    println!("{:#}", schema(subject.into(), config.as_ref()));
    SUCCESS
}

pub(super) fn completions(shell: Shell, command: &mut Command) -> u8 {
    let mut script = vec![];
    clap_complete::generate(shell, command, "plenary", &mut script);
    print!("{}", String::from_utf8_lossy(&script));
    SUCCESS
}

pub(super) fn man(common: &Common, into: Option<&Path>, mut command: Command) -> u8 {
    command.build();
    let mut pages = vec![];
    match into {
        None => pages.push((String::new(), command)),
        Some(_) => all(&command, "plenary", &mut pages),
    }
    for (name, command) in pages {
        let mut page = vec![];
        // A vector takes everything.
        let _ = clap_mangen::Man::new(command).render(&mut page);
        let page = String::from_utf8_lossy(&page);
        let Some(folder) = into else {
            print!("{page}");
            continue;
        };
        let path = folder.join(&name);
        if let Err(message) = write_text(&path, &page) {
            failure(common.message_format, &message, None);
            return ENVIRONMENT;
        }
        eprintln!("{}", path.display());
    }
    SUCCESS
}

/// A command and all below it, as `plenary-i18n-status.1`.
fn all(command: &Command, name: &str, pages: &mut Vec<(String, Command)>) {
    let named = command.clone().display_name(name.to_owned());
    pages.push((format!("{name}.1"), named));
    for below in command.get_subcommands().filter(|below| below.get_name() != "help" && !below.is_hide_set()) {
        all(below, &format!("{name}-{}", below.get_name()), pages);
    }
}
