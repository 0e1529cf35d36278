//! `plenary import`.

use super::print::failure;
use super::{Common, ENVIRONMENT, MessageFormat, SITE_ERRORS, SUCCESS};
use crate::diag::Severity;
use crate::import::{HugoImport, import_hugo};
use anstream::{eprint, print};
use clap::Subcommand;
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
}

pub(super) fn import(common: &Common, command: &ImportCommand) -> u8 {
    let ImportCommand::Hugo { source, into, repository } = command;
    let import = HugoImport { source: source.clone(), into: into.clone(), repository: repository.clone() };
    match import_hugo(&import) {
        Ok(report) => {
            match common.message_format {
                MessageFormat::Text => eprint!("{}", report.to_text()),
                MessageFormat::Json => print!("{}", report.to_json_lines()),
            }
            if report.count(Severity::Error) > 0 { SITE_ERRORS } else { SUCCESS }
        }
        Err(error) => {
            failure(common.message_format, &error.to_string(), None);
            ENVIRONMENT
        }
    }
}
