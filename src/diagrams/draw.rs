//! The renderer, set to the page's colours.

use super::clean::{clean, paint};
use super::{Failure, ID};
use merman::render::RenderError;
use merman::svg::{
    HostTheme, HostThemeAppearance, Presentation, ResolvedPresentation, SvgPipeline, SvgRenderOptions, ThemeRole,
};
use merman::{OperationControl, RenderOutput, RenderRequest, Renderer, SvgRequest};
use std::sync::LazyLock;

/// Letters are measured as those of Arial, which most systems' sans serifs are close to.
const FONT: &str = "Arial, sans-serif";

/// Each part of a drawing and what it is painted with. The renderer computes with colours, so it is given
/// one for each that nobody would write, and the variable takes its place afterwards.
const PAINTS: [(ThemeRole, &str); 15] = [
    (ThemeRole::Canvas, "var(--paper)"),
    (ThemeRole::Surface, "var(--wash)"),
    (ThemeRole::SurfaceAlt, "var(--tint)"),
    (ThemeRole::SurfaceMuted, "var(--wash)"),
    (ThemeRole::Text, "var(--ink)"),
    (ThemeRole::SubtleText, "var(--soft)"),
    (ThemeRole::Border, "var(--edge)"),
    (ThemeRole::Line, "var(--soft)"),
    (ThemeRole::EdgeLabelBackground, "var(--paper)"),
    (ThemeRole::ClusterBackground, "var(--tint)"),
    (ThemeRole::ClusterBorder, "var(--rule)"),
    (ThemeRole::NoteBackground, "var(--hit)"),
    (ThemeRole::NoteBorder, "var(--warning)"),
    (ThemeRole::NoteText, "var(--ink)"),
    (ThemeRole::ActivationBackground, "var(--tint)"),
];

/// What the parts of a whole are painted with: pale, as letters stand on them.
const SERIES: [&str; 6] = ["accent", "warning", "note", "tip", "important", "caution"];

static THEME: LazyLock<Option<ResolvedPresentation>> = LazyLock::new(|| {
    let mut theme = HostTheme::new().with_appearance(HostThemeAppearance::Light).try_with_font_family(FONT).ok()?;
    for (number, (role, _)) in PAINTS.iter().enumerate() {
        theme = theme.try_with_role(*role, paint(number)).ok()?;
    }
    let series = (0..SERIES.len()).map(|number| paint(PAINTS.len() + number));
    Some(Presentation::new().with_theme(theme.try_with_series_palette(series).ok()?).resolve())
});

/// The paints in the order of their numbers.
fn paints() -> Vec<String> {
    let roles = PAINTS.iter().map(|(_, paint)| (*paint).to_owned());
    let series = SERIES.iter().map(|name| format!("color-mix(in srgb,var(--{name}) 30%,var(--paper))"));
    roles.chain(series).collect()
}

/// The SVG of a text.
pub(super) fn svg(text: &str) -> Result<String, Failure> {
    let failure = |message: &str| Failure { message: message.to_owned(), at: None };
    let theme = THEME.as_ref().ok_or_else(|| failure("the renderer refuses the theme's colours"))?;
    let renderer = Renderer::new().with_engine(theme.materialize_engine(merman::Engine::new()));
    let request = SvgRequest {
        pipeline: Some(SvgPipeline::resvg_safe()),
        presentation: theme.render_policy(),
        options: SvgRenderOptions { diagram_id: Some(ID.to_owned()), ..SvgRenderOptions::default() },
        ..SvgRequest::default()
    };
    match renderer.render(RenderRequest::svg(text, OperationControl::new(), request)) {
        Ok(RenderOutput::Svg(Some(svg))) => {
            clean(svg.svg(), &paints()).ok_or_else(|| failure("the renderer gave no SVG"))
        }
        Ok(_) => Err(failure("it does not begin with the kind of a diagram, such as `flowchart LR`")),
        Err(error) => Err(told(&error, text)),
    }
}

fn told(error: &RenderError, text: &str) -> Failure {
    let message = error.to_string();
    let span = match error {
        RenderError::Parse(diagnostic) => diagnostic.terminal_diagnostic_details().span,
        _ => None,
    };
    // `Diagram parse error (flowchart-v2): why`; the kind is known to who wrote it.
    let message = message.split_once("): ").map_or(message.as_str(), |(_, why)| why).trim().to_owned();
    let at = span.map(|span| span.start.min(text.len())..span.end.min(text.len()));
    Failure { message, at: at.filter(|at| at.start <= at.end) }
}
