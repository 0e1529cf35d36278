//! `plenary serve`.

use super::print::failure;
use super::progress::watched;
use super::terminal::linked;
use super::{Common, ENVIRONMENT, SUCCESS};
use crate::pipeline::Options;
use crate::serve::{Batch, Keeper, Looked, Rebuilt, State, Watch, bind};
use anstream::{eprint, eprintln};
use clap::Args;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct ServeArguments {
    /// Where to listen; if the port is taken, the next free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:1313")]
    addr: SocketAddr,
    /// Open the home page in the browser
    #[arg(long)]
    open: bool,
    /// The site's address, instead of `base_url` in site.yaml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// With drafts
    #[arg(long)]
    drafts: bool,
    /// With pages whose date is still to come
    #[arg(long)]
    future: bool,
    /// With the search, whose index is made anew after each change, in the background
    #[arg(long)]
    search: bool,
}

pub(super) fn serve(common: &Common, arguments: &ServeArguments) -> u8 {
    let options = Options {
        root: common.root.clone(),
        base_url: arguments.base_url.clone().filter(|url| !url.is_empty()),
        drafts: arguments.drafts,
        future: arguments.future,
        preview: false,
        no_search: !arguments.search,
    };
    match run(common, arguments, options) {
        Ok(()) => SUCCESS,
        Err((message, hint)) => {
            failure(common.message_format, &message, hint);
            ENVIRONMENT
        }
    }
}

type Failure = (String, Option<&'static str>);

fn run(common: &Common, arguments: &ServeArguments, options: Options) -> Result<(), Failure> {
    if !options.root.join("site.yaml").is_file() {
        let message = format!("there is no site.yaml in {}", options.root.display());
        return Err((message, Some("run this in a site's folder, or name it with --root DIR")));
    }
    let server = Arc::new(State::default());
    let watch =
        Watch::new(&options.root).map_err(|error| (format!("cannot watch the site's folder: {error}"), None))?;
    let taken = |error: std::io::Error| (format!("cannot listen on {}: {error}", arguments.addr), None);
    let socket = bind(arguments.addr).map_err(taken)?;
    let address = socket.address().map_err(taken)?;
    let keeper = Keeper::new(options, server.clone());
    let shown = Shown { quiet: common.quiet, verbose: common.verbose, progress: common.shows_progress() };
    let opens = arguments.open;
    // Whoever asks before the site is read waits for it, and for nothing else.
    std::thread::spawn(move || {
        let keeper = begin(keeper, address, opens, shown);
        keep(keeper, watch, shown);
    });
    socket.run(&server, interrupted()).map_err(taken)
}

/// Reads the site for the first time.
fn begin(mut keeper: Keeper, address: SocketAddr, opens: bool, shown: Shown) -> Keeper {
    let first = watched(shown.progress, |progress| keeper.rebuild(COLOUR, progress));
    shown.first(&first, address, &keeper);
    let url = home(address, &keeper);
    if let Some(error) = opens.then(|| open::that(&url).err()).flatten() {
        eprintln!("cannot open {url}: {error}");
    }
    let root = root(&keeper);
    keeper.look_around(COLOUR, move |looked| shown.looked(&looked, &root));
    keeper
}

async fn interrupted() {
    // Without a signal to wait for there is nothing to end it but the end of the process.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// So many files may have an editor behind them, who saves one after the other.
const FEW: usize = 8;

/// Rebuilds after each save, until nothing can be watched any more.
fn keep(mut keeper: Keeper, mut watch: Watch, shown: Shown) {
    loop {
        if let Some(told) = keeper.server().told() {
            watch.follow(&told.snapshot.sources, &told.snapshot.config);
        }
        let Some(mut batch) = watch.wait() else { return };
        keeper.note(&batch);
        if let Some(told) = keeper.server().told().filter(|_| batch.paths.len() <= FEW) {
            // What an editor wrote beside the file and renamed over it was never the site's.
            batch.paths.retain(|path| path.exists() || told.snapshot.sources.is_above(path));
        }
        if batch == Batch::default() {
            continue;
        }
        let rebuilt = watched(shown.progress, |progress| keeper.rebuild(COLOUR, progress));
        shown.rebuilt(&batch, &rebuilt, &keeper);
    }
}

fn home(address: SocketAddr, keeper: &Keeper) -> String {
    let base = keeper.server().told().map(|told| told.snapshot.views.base_path.clone()).unwrap_or_default();
    format!("http://{address}{base}/")
}

/// The site's folder.
fn root(keeper: &Keeper) -> PathBuf {
    keeper.server().told().map(|told| told.snapshot.sources.root().to_path_buf()).unwrap_or_default()
}

/// With colours; what prints it takes them out where nobody would see them.
const COLOUR: bool = true;

/// What is told on the terminal.
#[derive(Clone, Copy)]
struct Shown {
    quiet: bool,
    verbose: bool,
    progress: bool,
}

const BOLD: anstyle::Style = anstyle::Style::new().bold();
const DIM: anstyle::Style = anstyle::Style::new().dimmed();
const BAD: anstyle::Style = anstyle::AnsiColor::Red.on_default().bold();

impl Shown {
    fn first(self, rebuilt: &Rebuilt, address: SocketAddr, keeper: &Keeper) {
        eprint!("{}", linked(&rebuilt.text, &root(keeper)));
        if !self.quiet {
            let pages = keeper.server().told().map_or(0, |told| told.snapshot.site.pages().len());
            let url = home(address, keeper);
            eprintln!("{BOLD}{url}{BOLD:#} {pages} pages, ready in {}; Ctrl-C ends it", time(rebuilt));
            self.stages(rebuilt);
        }
    }

    /// One line: what changed, what was rendered, how long it took, what is wrong.
    fn rebuilt(self, batch: &Batch, rebuilt: &Rebuilt, keeper: &Keeper) {
        let root = root(keeper);
        eprint!("{}", linked(&rebuilt.text, &root));
        if self.quiet {
            return;
        }
        let rendered = match &rebuilt.rendered[..] {
            _ if !rebuilt.shown => ", still shown as it was".to_owned(),
            [] => String::new(),
            [one] => format!(", rendered {one}"),
            several => format!(", rendered {} pages", several.len()),
        };
        let problems = problems(rebuilt.errors, rebuilt.warnings);
        eprintln!("{BOLD}{}{BOLD:#}{rendered} {DIM}in {}{DIM:#}{problems}", changed(batch, &root), time(rebuilt));
        self.stages(rebuilt);
    }

    fn looked(self, looked: &Looked, root: &Path) {
        eprint!("{}", linked(&looked.text, root));
        if !self.quiet && !looked.text.is_empty() {
            eprintln!("looked at all {} pages{}", looked.pages, problems(looked.errors, looked.warnings));
        }
    }

    fn stages(self, rebuilt: &Rebuilt) {
        if self.verbose {
            for (stage, time) in &rebuilt.stages {
                eprintln!("{:>9.1} ms {stage}", time.as_secs_f64() * 1000.0);
            }
        }
    }
}

fn time(rebuilt: &Rebuilt) -> String {
    format!("{:.0} ms", (rebuilt.took.as_secs_f64() * 1000.0).max(1.0))
}

fn problems(errors: usize, warnings: usize) -> String {
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    match (errors, warnings) {
        (0, 0) => String::new(),
        (0, warnings) => format!(", {}", plural(warnings, "warning")),
        (errors, 0) => format!(", {BAD}{}{BAD:#}", plural(errors, "error")),
        (errors, warnings) => format!(", {BAD}{}{BAD:#}, {}", plural(errors, "error"), plural(warnings, "warning")),
    }
}

fn changed(batch: &Batch, root: &Path) -> String {
    let name = |path: &Path| path.strip_prefix(root).unwrap_or(path).display().to_string();
    match &batch.paths[..] {
        _ if batch.everything => "many files".into(),
        [] => "a commit".into(),
        [one] => name(one),
        [first, rest @ ..] => format!("{} and {} more", name(first), rest.len()),
    }
}
