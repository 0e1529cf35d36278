//! The context of a page's card.

use super::{Fields, list};
use crate::cards::{Wrapped, wrap};
use crate::site::Page;
use crate::snapshot::Snapshot;
use tera::Value;

/// What the drawing of a card sees: what every template sees, and `card`.
pub(crate) fn card_context(snapshot: &Snapshot, page: &Page) -> tera::Context {
    let Snapshot { config, site, views, theme, .. } = snapshot;
    let language = config.languages.get(page.text_language);
    let Wrapped { lines, size } = wrap(&page.title);
    let section = site.top_section(page.id).filter(|id| *id != page.id).map(|id| site.page(id).link_title());
    let day = page.date().and_then(|moment| moment.iso().get(..10)?.parse().ok());
    let locale = theme.answers().map(|answers| answers.strings.locale(page.text_language));
    let mut card = Fields::new();
    card.set("lines", list(lines.into_iter().map(Value::from)))
        .set("size", i64::from(size))
        .set("title", page.title.as_str())
        .set("lang", language.tag.as_str())
        .set("dir", language.direction)
        .set("language", language.name.as_str())
        .set("site", language.title.as_deref().unwrap_or(&config.title))
        .text("section", section)
        .text("date", day.zip(locale).map(|(day, locale)| locale.long_date(day)).as_deref());
    let mut context = views.contexts()[page.language.index()].clone();
    context.insert_value("card", card.value());
    context
}
