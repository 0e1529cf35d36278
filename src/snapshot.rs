//! All that is known of a site, before its outputs are rendered.

use crate::config::Config;
use crate::images::Images;
use crate::links::Links;
use crate::markdown::Body;
use crate::minutes::Minutes;
use crate::plan::Plan;
use crate::site::Site;
use crate::source::SourceSet;
use crate::theme::Theme;
use crate::translation::Report;
use crate::view::Views;

/// Everything that rendering may look at.
pub struct Snapshot {
    /// The files.
    pub sources: SourceSet,
    /// The settings.
    pub config: Config,
    /// The model.
    pub site: Site,
    /// The states of all translations, if the site has several languages.
    pub translations: Option<Report>,
    /// The links.
    pub links: Links,
    /// The pictures.
    pub images: Images,
    /// The meetings.
    pub minutes: Minutes,
    /// The paths.
    pub plan: Plan,
    /// The theme.
    pub theme: Theme,
    /// Shared template values.
    pub views: Views,
    /// For each page its body, if it has a text.
    pub bodies: Vec<Option<Body>>,
    /// The moment of the build.
    pub now: jiff::Timestamp,
    /// A proposed change, not the published site.
    pub preview: bool,
}
