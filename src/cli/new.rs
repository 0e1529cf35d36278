//! `plenary new`.

use super::print::failure;
use super::{Common, ENVIRONMENT, SITE_ERRORS, SUCCESS};
use crate::diag::Sink;
use crate::minutes::{months_beside, status};
use crate::pipeline::{Memory, Options, Timings, snapshot};
use crate::translation::write_text;
use anstream::eprintln;
use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(super) enum NewCommand {
    /// Draft a post that gathers a month's projects, decisions, actions and recordings
    Status {
        /// The month, for instance 2024-09
        #[arg(long, value_name = "YYYY-MM")]
        month: String,
    },
}

pub(super) fn new(common: &Common, command: &NewCommand) -> u8 {
    let NewCommand::Status { month } = command;
    let Some(first) = format!("{month}-01").parse().ok().filter(|_| month.len() == 7) else {
        failure(common.message_format, &format!("`{month}` is no month"), Some("write for example `--month 2024-09`"));
        return ENVIRONMENT;
    };
    let options = Options { root: common.root.clone(), ..Options::default() };
    let snapshot = match snapshot(&options, &mut Memory::default(), &mut Timings::default(), &mut Sink::new()) {
        Ok(snapshot) => snapshot,
        Err(error) => {
            failure(common.message_format, &error.to_string(), None);
            return ENVIRONMENT;
        }
    };
    let Some(draft) = status(&snapshot, first) else {
        let hint = match months_beside(&snapshot, first) {
            (None, None) => "minutes are pages with `type: meeting` and a `date`".to_owned(),
            (before, after) => {
                let months = before.into_iter().chain(after).map(|month| month.strftime("%Y-%m").to_string());
                format!("the nearest months with meetings: {}", months.collect::<Vec<_>>().join(", "))
            }
        };
        failure(common.message_format, &format!("no meeting of {month} is in this site"), Some(&hint));
        return SITE_ERRORS;
    };
    let languages = &snapshot.config.languages;
    let path = format!("content/{}/blog/{month}-status.md", languages.get(languages.default_id()).folder);
    let file = common.root.join(&path);
    if file.exists() {
        let hint = "remove it or give it another name first";
        failure(common.message_format, &format!("`{path}` is there already and is left alone"), Some(hint));
        return SITE_ERRORS;
    }
    match write_text(&file, &draft) {
        Ok(()) => {
            eprintln!("{path}: a draft to read, mend and publish");
            SUCCESS
        }
        Err(message) => {
            failure(common.message_format, &message, None);
            ENVIRONMENT
        }
    }
}
