//! `plenary explain`.

use super::print::failure;
use super::{Common, ENVIRONMENT, SUCCESS};
use crate::diag::{Code, chapter, did_you_mean, explain as explained};
use anstream::{print, println};
use clap::Args;

#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    /// The code of a finding, such as dead-link; without one, all are listed
    #[arg(value_name = "CODE")]
    code: Option<String>,
    /// All explanations as Markdown, as the handbook has them
    #[arg(long, hide = true, conflicts_with = "code")]
    markdown: bool,
}

pub(super) fn explain(common: &Common, arguments: &ExplainArguments) -> u8 {
    let Some(name) = &arguments.code else {
        if arguments.markdown {
            print!("{}", chapter());
        } else {
            list();
        }
        return SUCCESS;
    };
    // As it stands in a message: `error[dead-link]`.
    let bare = name.rsplit('[').next().unwrap_or(name).trim_end_matches(']').to_lowercase();
    match Code::by_name(&bare) {
        Some(code) => {
            print!("{}", explained(code));
            SUCCESS
        }
        None => {
            let hint = did_you_mean(&bare, Code::ALL.iter().map(|code| code.as_str()));
            let hint = hint.unwrap_or_else(|| "`plenary explain` lists all codes".into());
            failure(common.message_format, &format!("there is no finding with the code `{name}`"), Some(&hint));
            ENVIRONMENT
        }
    }
}

fn list() {
    let width = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or_default();
    for code in Code::ALL {
        println!("{:width$}  {:7}  {}", code.as_str(), code.severity().as_str(), code.meaning());
    }
}
