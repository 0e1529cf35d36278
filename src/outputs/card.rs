//! The card of a page: the picture that stands for it where somebody links to it.

use crate::diag::Sink;
use crate::site::PageId;
use crate::snapshot::Snapshot;

/// The card as PNG, from the theme's `card.svg`.
#[cfg(feature = "cards")]
pub(crate) fn card(snapshot: &Snapshot, id: PageId, sink: &mut Sink) -> Option<Vec<u8>> {
    use crate::cache::{Cache, Key};
    use crate::diag::{Code, Diagnostic};
    let fonts = snapshot.theme.fonts();
    let page = snapshot.site.page(id);
    let context = crate::view::card_context(snapshot, page);
    let svg = super::page::render(snapshot, CARD, &context, &page.url, sink)?;
    let key = Key::of(&[svg.as_bytes(), fonts.digest().to_string().as_bytes()]);
    let store = Cache::of(snapshot.sources.root()).store("cards");
    if let Some(card) = store.get(&key) {
        return Some(card);
    }
    match crate::cards::card(&svg, fonts) {
        Ok(card) => {
            store.put(&key, &card);
            Some(card)
        }
        Err(error) => {
            let message = format!("the card of {} cannot be drawn: {error}", page.url);
            let place = snapshot.theme.file(CARD).map(crate::diag::Span::file);
            let finding = place.map_or_else(
                || Diagnostic::site(Code::TemplateFailed, message.clone()),
                |span| Diagnostic::new(Code::TemplateFailed, span, message.clone()),
            );
            sink.push(finding.hint(format!("mend `templates/{CARD}` of the theme: it has to be SVG")));
            None
        }
    }
}

#[cfg(feature = "cards")]
use crate::plan::pages::CARD;

/// Without the feature `cards` there is none.
#[cfg(not(feature = "cards"))]
pub(crate) fn card(_: &Snapshot, _: PageId, _: &mut Sink) -> Option<Vec<u8>> {
    None
}
