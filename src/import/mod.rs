//! What comes from elsewhere: a Hugo project becomes a Plenary site; exports of meeting notes,
//! transcripts, slide text and session notes become pages (`meetings`, `transcript`, `slides`, `notes`).
//!
//! In, for Hugo: a project's folder. Out: `site.yaml`, the content tree, static, data and asset files
//! byte for byte, UI strings, a template for each shortcode that the theme lacks, and a report of
//! what has no counterpart. Nothing in the project is changed, nothing that somebody edited in the
//! target is overwritten, and no site is read: the builder judges the result.

mod config;
mod files;
mod folders;
mod go_template;
mod job;
mod languages;
mod layouts;
mod meetings;
mod menus;
mod one_page;
mod pages;
mod report;
mod shortcodes;
mod site_yaml;
mod sources;
mod strings;
mod target;
mod tree;
mod unsupported;
mod walk;

pub use files::FileError;
pub use meetings::{MeetingsImport, MeetingsReport, import_meetings};
pub use one_page::{OnePageImport, OnePageReport, import_notes, import_slides, import_transcript};
pub use pages::Written;
pub use report::ImportReport;
pub use shortcodes::{Origin, Shortcode, THEME_SHORTCODES, Use};
pub use sources::Sources;
pub use walk::Followed;

use crate::diag::Sink;
use folders::{Component, Copy};
use job::Job;
use std::path::{Path, PathBuf};
use target::Target;
use walk::Walk;

/// What to import and where to.
#[derive(Debug, Clone)]
pub struct HugoImport {
    /// The Hugo project: the folder that holds its configuration.
    pub source: PathBuf,
    /// The folder to write: new, empty, or the work of an earlier import.
    pub into: PathBuf,
    /// The root inside of which links are followed. Without one: the nearest folder above the
    /// project that holds `.git`, else the project's parent.
    pub repository: Option<PathBuf>,
}

/// Why nothing, or not all, was imported: the call or the environment is at fault, not the project.
#[derive(Debug)]
pub enum ImportError {
    /// The folder holds no configuration of Hugo's.
    NoProject(PathBuf),
    /// The target holds files that no import wrote.
    ForeignFiles(PathBuf),
    /// The system refused.
    File(FileError),
}

impl std::fmt::Display for ImportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoProject(path) => write!(
                f,
                "{} is no Hugo project: it has neither hugo.toml, hugo.yaml, config.toml, config.yaml nor config/_default",
                path.display()
            ),
            Self::ForeignFiles(path) => write!(
                f,
                "{} holds files that no import wrote; name an empty folder, or one of an earlier import",
                path.display()
            ),
            Self::File(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ImportError {}

impl From<FileError> for ImportError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

/// Imports a Hugo project.
///
/// What has no counterpart and what could not be carried over is in the report's diagnostics; an
/// error means that the call or the environment is at fault.
pub fn import_hugo(import: &HugoImport) -> Result<ImportReport, ImportError> {
    let project = files::real(&import.source).ok_or_else(|| ImportError::NoProject(import.source.clone()))?;
    let (mut sources, mut sink) = (Sources::default(), Sink::new());
    let config = config::read(&project, &mut sources, &mut sink)?;
    let config = config.ok_or_else(|| ImportError::NoProject(import.source.clone()))?;
    let target = Target::open(&import.into)?.ok_or_else(|| ImportError::ForeignFiles(import.into.clone()))?;

    let languages = languages::languages(&config, &project);
    let copies = folders::folders(&config, &languages, &project, &mut sink)?;
    let repository = repository(import, &project);
    let walk = Walk::new(&repository, &project, apart(&copies), files::real(&import.into));
    let mut job = Job::new(target, walk, sources, sink);

    job.site(&config, &languages)?;
    for copy in copies.iter().filter(|copy| !matches!(copy.component, Component::Strings | Component::Layouts)) {
        job.copy(copy, &languages)?;
    }
    job.strings(&copies)?;
    job.layouts(&copies)?;
    job.without_counterpart(&config, &languages);
    Ok(job.finish(&languages)?)
}

fn repository(import: &HugoImport, project: &Path) -> PathBuf {
    let given = import.repository.as_ref().and_then(|root| files::real(root));
    let with_git =
        || project.ancestors().find(|folder| files::real(&folder.join(".git")).is_some()).map(Path::to_owned);
    given.or_else(with_git).or_else(|| project.parent().map(Path::to_owned)).unwrap_or_else(|| project.to_owned())
}

/// Content folders that are copied on their own, so that no walk over another one enters them.
fn apart(copies: &[Copy]) -> Vec<PathBuf> {
    copies.iter().filter(|copy| copy.component == Component::Content).map(|copy| copy.from.clone()).collect()
}
