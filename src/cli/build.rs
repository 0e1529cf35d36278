//! `plenary build` and `plenary check`.

use super::print::{failure, report, stages};
use super::progress::watched;
use super::{Common, ENVIRONMENT, SITE_ERRORS, SUCCESS};
use crate::pipeline::{self, Error, Options, Run};
use clap::Args;
use std::path::PathBuf;

/// Which pages count.
#[derive(Debug, Args)]
pub(super) struct Scope {
    /// The site's address, instead of `base_url` in site.yaml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// With drafts
    #[arg(long)]
    drafts: bool,
    /// With pages whose date is still to come
    #[arg(long)]
    future: bool,
    /// Warnings count as errors
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Args)]
pub(super) struct BuildArguments {
    /// The folder to write; relative to the site's folder
    #[arg(long, value_name = "DIR", default_value = "public")]
    out: PathBuf,
    #[command(flatten)]
    scope: Scope,
    /// A proposed change: not for search engines
    #[arg(long)]
    preview: bool,
    /// Without a search index
    #[arg(long)]
    no_search: bool,
    /// Without PDF files (this version makes none yet)
    #[arg(long)]
    no_pdf: bool,
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// Ask outside addresses too; what was well is remembered for a day
    #[cfg(feature = "external-links")]
    #[arg(long)]
    external: bool,
    #[command(flatten)]
    scope: Scope,
}

fn options(common: &Common, scope: &Scope, preview: bool) -> Options {
    Options {
        root: common.root.clone(),
        base_url: scope.base_url.clone().filter(|url| !url.is_empty()),
        drafts: scope.drafts,
        future: scope.future,
        preview,
        no_search: false,
    }
}

pub(super) fn build(common: &Common, arguments: &BuildArguments) -> u8 {
    let options = Options { no_search: arguments.no_search, ..options(common, &arguments.scope, arguments.preview) };
    let out = common.root.join(&arguments.out);
    let shown = out.display().to_string();
    let is_source = |folder: &str| arguments.out.is_relative() && arguments.out.starts_with(folder);
    if let Some(folder) = ["content", "static", "themes", "i18n", "data"].into_iter().find(|folder| is_source(folder)) {
        let message = format!(
            "the output folder {shown} lies in `{folder}`, so the next build would read it as part of the site"
        );
        failure(common.message_format, &message, Some("choose a folder beside it, such as `--out public`"));
        return ENVIRONMENT;
    }
    let run = watched(common.shows_progress(), |progress| pipeline::build_watched(&options, &out, progress));
    finish(common, &arguments.scope, run, Some(&shown))
}

pub(super) fn check(common: &Common, arguments: &CheckArguments) -> u8 {
    let options = options(common, &arguments.scope, false);
    #[cfg(feature = "external-links")]
    if arguments.external {
        let manners = crate::external::Manners::default();
        let run = watched(common.shows_progress(), |progress| pipeline::check_external(&options, &manners, progress));
        return finish(common, &arguments.scope, run, None);
    }
    let run = watched(common.shows_progress(), |progress| pipeline::check(&options, progress));
    finish(common, &arguments.scope, run, None)
}

fn finish(common: &Common, scope: &Scope, run: Result<Run, Error>, out: Option<&str>) -> u8 {
    match run {
        Ok(run) => {
            report(common, &run, out);
            if common.verbose {
                stages(&run);
            }
            let failed = run.summary.errors > 0 || scope.strict && run.summary.warnings > 0;
            if failed { SITE_ERRORS } else { SUCCESS }
        }
        Err(error) => {
            failure(common.message_format, &error.to_string(), hint(&error));
            ENVIRONMENT
        }
    }
}

pub(super) fn hint(error: &Error) -> Option<&'static str> {
    match error {
        Error::Source(error) if error.path.ends_with("site.yaml") => Some(
            "run this in a site's folder, or name it with --root DIR; `plenary init DIR` makes one, `plenary import hugo SRC --into DIR` one from a Hugo site",
        ),
        _ => None,
    }
}
