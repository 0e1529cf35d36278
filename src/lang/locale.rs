//! What the Unicode CLDR knows of a language, through ICU4X.

use icu_datetime::fieldsets::{T, YM, YMD};
use icu_datetime::input::{Date, Time};
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences, NoCalendarFormatter};
use icu_locale::{LocaleCanonicalizer, LocaleDirectionality, LocaleExpander};
use icu_plurals::{PluralCategory, PluralRules};
use std::fmt;

/// A language's rules for writing.
pub struct Locale {
    locale: icu_locale::Locale,
    long: Option<DateTimeFormatter<YMD>>,
    medium: Option<DateTimeFormatter<YMD>>,
    time: Option<NoCalendarFormatter<T>>,
    plurals: Option<PluralRules>,
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Locale({})", self.locale)
    }
}

impl Locale {
    /// The locale of a BCP 47 tag in any common spelling; none if it is not well-formed.
    pub fn new(tag: &str) -> Option<Self> {
        let mut locale = icu_locale::Locale::try_from_str(&tag.replace('_', "-")).ok()?;
        LocaleCanonicalizer::new_common().canonicalize(&mut locale);
        let dates = DateTimeFormatterPreferences::from(&locale);
        let long = DateTimeFormatter::try_new(dates, YMD::long()).ok();
        let medium = DateTimeFormatter::try_new(dates, YMD::medium()).ok();
        let time = NoCalendarFormatter::try_new(dates, T::hm()).ok();
        let plurals = PluralRules::try_new_cardinal((&locale).into()).ok();
        Some(Self { locale, long, medium, time, plurals })
    }

    /// The tag in its canonical case.
    pub fn tag(&self) -> String {
        self.locale.to_string()
    }

    /// Does the CLDR know the language? Any two or three letters make a well-formed tag.
    pub fn is_known(tag: &str) -> bool {
        let Ok(locale) = icu_locale::Locale::try_from_str(&tag.replace('_', "-")) else { return false };
        let mut id = locale.id.clone();
        LocaleExpander::new_extended().maximize(&mut id);
        id.script.is_some()
    }

    /// Is this the tag of a language that there is, in small letters: `de`, `pt-br`, `zh-hans`, but not `wgs`?
    pub fn names_folder(folder: &str) -> bool {
        let language = folder.split(['-', '_']).next().unwrap_or_default();
        matches!(language.len(), 2 | 3) && language.bytes().all(|b| b.is_ascii_lowercase()) && Self::is_known(folder)
    }

    /// `rtl` or `ltr`.
    pub fn direction(&self) -> &'static str {
        let known = LocaleDirectionality::new_common();
        if known.is_right_to_left(&self.locale.id) { "rtl" } else { "ltr" }
    }

    /// A date as a reader of this language writes it, with the month's name.
    pub fn long_date(&self, date: jiff::civil::Date) -> String {
        Self::date(self.long.as_ref(), date)
    }

    /// A date in its shorter form.
    pub fn medium_date(&self, date: jiff::civil::Date) -> String {
        Self::date(self.medium.as_ref(), date)
    }

    /// An hour of the day with its minutes: `3:00 PM`, `15:00`.
    pub fn time(&self, time: jiff::civil::Time) -> String {
        let known = Time::try_new(time.hour() as u8, time.minute() as u8, 0, 0);
        match (&self.time, known) {
            // The space before the half of the day is a narrow one in the CLDR; any font has the usual one.
            (Some(format), Ok(known)) => format.format(&known).to_string().replace('\u{202f}', "\u{a0}"),
            _ => time.strftime("%H:%M").to_string(),
        }
    }

    /// A month with its year: `September 2024`.
    pub fn month(&self, first: jiff::civil::Date) -> String {
        let format = DateTimeFormatter::try_new(DateTimeFormatterPreferences::from(&self.locale), YM::long()).ok();
        let iso = Date::try_new_iso(i32::from(first.year()), first.month() as u8, 1);
        match (format, iso) {
            (Some(format), Ok(iso)) => format.format(&iso).to_string(),
            _ => first.strftime("%Y-%m").to_string(),
        }
    }

    fn date(format: Option<&DateTimeFormatter<YMD>>, date: jiff::civil::Date) -> String {
        let iso = Date::try_new_iso(i32::from(date.year()), date.month() as u8, date.day() as u8);
        match (format, iso) {
            (Some(format), Ok(iso)) => format.format(&iso).to_string(),
            _ => date.to_string(),
        }
    }

    /// The CLDR plural category of a count: `one`, `few`, `other` and so on.
    pub fn plural(&self, count: i64) -> &'static str {
        let category = self.plurals.as_ref().map_or(PluralCategory::Other, |rules| rules.category_for(count));
        match category {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_readers_write_them() {
        let date = jiff::civil::date(2025, 4, 2);
        for (tag, long) in [
            ("en", "April 2, 2025"),
            ("fr", "2 avril 2025"),
            ("pt-br", "2 de abril de 2025"),
            ("ko", "2025년 4월 2일"),
            ("de", "2. April 2025"),
        ] {
            assert_eq!(Locale::new(tag).expect(tag).long_date(date), long);
        }
    }

    #[test]
    fn hours_are_written_as_readers_write_them() {
        let time = jiff::civil::time(15, 0, 0, 0);
        for (tag, expected) in
            [("en", "3:00\u{a0}PM"), ("fr", "15:00"), ("pt-br", "15:00"), ("ko", "오후 3:00"), ("de", "15:00")]
        {
            assert_eq!(Locale::new(tag).expect(tag).time(time), expected);
        }
    }

    #[test]
    fn months_are_written_as_readers_write_them() {
        let month = jiff::civil::date(2024, 9, 1);
        for (tag, expected) in [("en", "September 2024"), ("fr", "septembre 2024"), ("ko", "2024년 9월")] {
            assert_eq!(Locale::new(tag).expect(tag).month(month), expected);
        }
    }

    #[test]
    fn tags_come_out_in_one_form() {
        for (written, tag) in [("pt_br", "pt-BR"), ("ZH-hans", "zh-Hans"), ("EN", "en"), ("iw", "he")] {
            assert_eq!(Locale::new(written).expect(written).tag(), tag);
        }
        assert!(Locale::new("not a tag").is_none());
    }

    #[test]
    fn plural_categories_and_direction() {
        assert_eq!(Locale::new("fr").expect("fr").plural(0), "one");
        assert_eq!(Locale::new("en").expect("en").plural(0), "other");
        assert_eq!(Locale::new("ar").expect("ar").direction(), "rtl");
    }
}
