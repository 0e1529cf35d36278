//! The command line: arguments over the pipeline, and nothing rendered here.
//!
//! Exit status: 0 no error, 1 the site has errors, 2 usage or environment.

mod build;
mod exchange;
mod explain;
mod i18n;
mod import;
mod new;
mod print;
mod progress;
mod serve;
mod terminal;
mod tools;

use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// The site is as it should be.
const SUCCESS: u8 = 0;
/// The site has errors.
const SITE_ERRORS: u8 = 1;
/// The arguments or the environment are at fault.
const ENVIRONMENT: u8 = 2;

/// Builds the documentation site of a technical group, in many languages, and tells exactly what is wrong.
#[derive(Debug, Parser)]
#[command(name = "plenary", version, about, max_term_width = 100)]
struct Arguments {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
struct Common {
    /// The site's folder, which holds site.yaml
    #[arg(long, value_name = "DIR", default_value = ".", global = true)]
    root: PathBuf,
    /// How findings are printed
    #[arg(long, value_enum, default_value = "text", global = true)]
    message_format: MessageFormat,
    /// Threads to work with; by default one for each core
    #[arg(long, value_name = "N", global = true)]
    jobs: Option<usize>,
    /// Tell how long each stage took
    #[arg(short, long, global = true)]
    verbose: bool,
    /// Tell findings and nothing else
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
}

impl Common {
    /// A bar is for people who want to be told something.
    fn shows_progress(&self) -> bool {
        !self.quiet && self.message_format == MessageFormat::Text
    }
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    /// For people: with the line and a mark under the place
    Text,
    /// For programs: one JSON object a line
    Json,
    /// For GitHub's workflows: shown beside the line in a pull request
    Github,
    /// For code scanning and editors: one SARIF 2.1.0 log
    Sarif,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site into a folder
    Build(build::BuildArguments),
    /// Find what is wrong, without writing anything
    Check(build::CheckArguments),
    /// Tell more about the code of a finding
    Explain(explain::ExplainArguments),
    /// See and keep up translations
    #[command(subcommand)]
    I18n(i18n::I18nCommand),
    /// Bring content in from elsewhere
    #[command(subcommand)]
    Import(import::ImportCommand),
    /// Make a small bilingual site to begin with
    Init(new::InitArguments),
    /// Print a JSON Schema, with which editors complete and check
    Schema {
        /// Of which file
        #[arg(value_enum, default_value = "site")]
        subject: tools::SchemaSubject,
    },
    /// Print the completions for a shell
    Completions {
        /// Which shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write those of all commands into a folder
    Man {
        /// The folder
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
    },
    /// Begin a page, a language, or the month's status
    #[command(subcommand)]
    New(new::NewCommand),
    /// Show the site in a browser while it is written
    Serve(serve::ServeArguments),
}

/// Runs the command of these arguments and gives the exit status.
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>) -> u8 {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let status = if error.use_stderr() { ENVIRONMENT } else { SUCCESS };
            // Nothing is left to do if the terminal is gone.
            let _ = error.print();
            return status;
        }
    };
    if let Some(jobs) = arguments.common.jobs {
        // Fails only if threads run already, which they do not yet.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    }
    let Arguments { common, command } = arguments;
    match command {
        Command::Build(build) => build::build(&common, &build),
        Command::Check(check) => build::check(&common, &check),
        Command::Explain(arguments) => explain::explain(&common, &arguments),
        Command::I18n(command) => i18n::i18n(&common, &command),
        Command::Import(import) => import::import(&common, &import),
        Command::Schema { subject } => tools::print_schema(&common, subject),
        Command::Completions { shell } => tools::completions(shell, &mut Arguments::command()),
        Command::Man { into } => tools::man(&common, into.as_deref(), Arguments::command()),
        Command::Init(arguments) => new::init(&common, &arguments),
        Command::New(new) => new::new(&common, &new),
        Command::Serve(arguments) => serve::serve(&common, &arguments),
    }
}
