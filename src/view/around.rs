//! What stands around every page's text: banners, the note of an archive, the script that counts.

use super::{Fields, list};
use crate::config::{Analytics, Around, Config, LocalText};
use crate::html::inline;
use crate::lang::LanguageId;
use tera::Value;

/// Sets what templates see of it in a language: `banners`, `archived`, `feedback`, `analytics`.
pub(super) fn around(config: &Config, reader: LanguageId, today: jiff::civil::Date, fields: &mut Fields) {
    let Around { banners, archived, feedback, analytics } = &config.around;
    let shown = banners.iter().filter(|banner| {
        banner.from.is_none_or(|first| first <= today) && banner.until.is_none_or(|last| today <= last)
    });
    let banners = shown.filter_map(|banner| {
        let mut fields = local(config, &banner.text, reader)?;
        fields.set("dismissable", banner.dismissable);
        Some(fields.value())
    });
    let archived = archived.as_ref().map(|archive| {
        let text = archive.text.as_ref().and_then(|text| local(config, text, reader)).unwrap_or_else(nothing_said);
        let mut fields = text;
        fields
            .text("since", archive.since.map(|day| day.to_string()).as_deref())
            .text("see", archive.see.as_deref())
            .set("noindex", archive.noindex);
        fields.value()
    });
    fields
        .set("banners", list(banners))
        .set("archived", archived)
        .set("feedback", *feedback)
        .set("analytics", analytics.as_ref().map(script));
}

/// A text with its language, and an id that another text would not have.
fn local(config: &Config, text: &LocalText, reader: LanguageId) -> Option<Fields> {
    let (text, language) = text.of(&config.languages, reader)?;
    let language = config.languages.get(language);
    let mut fields = Fields::new();
    fields
        .set("text", Value::safe_string(&inline(text)))
        .set("lang", language.tag.as_str())
        .set("dir", language.direction)
        .set("id", blake3::hash(text.as_bytes()).to_hex()[..8].to_owned());
    Some(fields)
}

fn nothing_said() -> Fields {
    let mut fields = Fields::new();
    fields.text("text", None).text("lang", None).text("dir", None);
    fields
}

fn script(analytics: &Analytics) -> Value {
    let attributes = analytics.attributes.iter().map(|(name, value)| {
        let mut fields = Fields::new();
        fields.set("name", name.as_str()).set("value", value.as_str());
        fields.value()
    });
    let mut fields = Fields::new();
    fields.set("script", analytics.script.as_str()).set("attributes", list(attributes));
    fields.value()
}
