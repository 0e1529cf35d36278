//! What the Unicode CLDR knows of a language, through ICU4X.

use icu_collator::CollatorBorrowed;
use icu_collator::options::CollatorOptions;
use icu_datetime::fieldsets::{T, YM, YMD};
use icu_datetime::input::{Date, Time};
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences, NoCalendarFormatter};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_locale::{LocaleCanonicalizer, LocaleDirectionality, LocaleExpander};
use icu_plurals::{PluralCategory, PluralRules};
use std::cmp::Ordering;
use std::fmt;

/// A language's rules for writing.
pub struct Locale {
    locale: icu_locale::Locale,
    long: Option<DateTimeFormatter<YMD>>,
    medium: Option<DateTimeFormatter<YMD>>,
    time: Option<NoCalendarFormatter<T>>,
    plurals: Option<PluralRules>,
    numbers: Option<DecimalFormatter>,
    lists: Option<ListFormatter>,
    collator: Option<CollatorBorrowed<'static>>,
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
        let numbers = DecimalFormatter::try_new((&locale).into(), DecimalFormatterOptions::default()).ok();
        let lists = ListFormatter::try_new_and((&locale).into(), ListFormatterOptions::default()).ok();
        let collator = CollatorBorrowed::try_new((&locale).into(), CollatorOptions::default()).ok();
        Some(Self { locale, long, medium, time, plurals, numbers, lists, collator })
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
        direction(&self.locale.id)
    }

    /// `rtl` or `ltr` for a tag; `ltr` if it is none.
    pub fn direction_of(tag: &str) -> &'static str {
        icu_locale::LanguageIdentifier::try_from_str(tag).map_or("ltr", |id| direction(&id))
    }

    /// A date as a reader of this language writes it, with the month's name.
    pub fn long_date(&self, date: jiff::civil::Date) -> String {
        Self::date(self.long.as_ref(), date)
    }

    /// A date in its shorter form. Where that is nothing but figures, as ICU4X has it for Korean, Japanese
    /// and Arabic, which of them is the month is left to guess: then it is the longer one.
    pub fn medium_date(&self, date: jiff::civil::Date) -> String {
        let short = Self::date(self.medium.as_ref(), date);
        if short.chars().any(char::is_alphabetic) { short } else { self.long_date(date) }
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

    /// A number with the digits and separators of this language: `12,345.5`, `12.345,5`. It is written
    /// in full: what is to be rounded is rounded before.
    pub fn number(&self, number: f64) -> String {
        let decimal = Decimal::try_from_str(&number.to_string());
        match (&self.numbers, decimal) {
            (Some(format), Ok(decimal)) => format.format(&decimal).to_string(),
            _ => number.to_string(),
        }
    }

    /// `A, B and C` in this language.
    pub fn list(&self, items: &[String]) -> String {
        self.lists.as_ref().map_or_else(|| items.join(", "), |lists| lists.format(items.iter()).to_string())
    }

    /// The order of a dictionary of this language. Texts that it takes for the same are told apart by
    /// their letters, so that the order is the same each time.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        let order = self.collator.as_ref().map_or(Ordering::Equal, |collator| collator.compare(a, b));
        order.then_with(|| a.cmp(b))
    }

    /// The plural categories that whole numbers have in this language, in the order of the CLDR.
    pub fn plural_categories(&self) -> Vec<&'static str> {
        // Found by trying: `many` is for fractions in Czech and for millions in French, which nothing counts.
        let used: Vec<&str> = (0..=1_000).map(|count| self.plural(count)).collect();
        ["zero", "one", "two", "few", "many", "other"].into_iter().filter(|name| used.contains(name)).collect()
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

fn direction(id: &icu_locale::LanguageIdentifier) -> &'static str {
    if LocaleDirectionality::new_common().is_right_to_left(id) { "rtl" } else { "ltr" }
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
        assert_eq!(
            (Locale::direction_of("he"), Locale::direction_of("pt-BR"), Locale::direction_of("?")),
            ("rtl", "ltr", "ltr")
        );
        for (tag, categories) in [
            ("en", "one other"),
            ("ko", "other"),
            ("fr", "one other"),
            ("cs", "one few other"),
            ("ar", "zero one two few many other"),
        ] {
            assert_eq!(Locale::new(tag).expect(tag).plural_categories().join(" "), categories, "{tag}");
        }
    }

    #[test]
    fn numbers_and_lists_are_written_as_readers_write_them() {
        let items = ["A".to_owned(), "B".to_owned(), "C".to_owned()];
        for (tag, number, list) in [
            ("en", "12,345.5", "A, B, and C"),
            ("fr", "12\u{202f}345,5", "A, B et C"),
            ("de", "12.345,5", "A, B und C"),
            ("it", "12.345,5", "A, B e C"),
            ("pt-BR", "12.345,5", "A, B e C"),
            ("ko", "12,345.5", "A, B 및 C"),
            ("ja", "12,345.5", "A、B、C"),
        ] {
            let locale = Locale::new(tag).expect(tag);
            assert_eq!((locale.number(12_345.5).as_str(), locale.list(&items).as_str()), (number, list), "{tag}");
        }
        assert_eq!(Locale::new("en").expect("en").number(-3.0), "-3");
    }

    #[test]
    fn words_stand_as_in_a_dictionary() {
        for (tag, expected) in [
            ("en", "apple Éclair eclipse Zebra"),
            ("sv", "zebra åka äta öl"),
            ("de", "Äpfel Apfelsine Zebra"),
            ("es", "nube ñandú oso"),
        ] {
            let locale = Locale::new(tag).expect(tag);
            let mut words: Vec<&str> = expected.split(' ').rev().collect();
            words.sort_by(|a, b| locale.compare(a, b));
            assert_eq!(words.join(" "), expected, "{tag}");
        }
    }

    #[test]
    fn both_lengths_of_a_date() {
        let date = jiff::civil::date(2025, 4, 2);
        for (tag, medium, long) in [
            ("en", "Apr 2, 2025", "April 2, 2025"),
            ("ko", "2025년 4월 2일", "2025년 4월 2일"),
            ("ar", "2 أبريل 2025", "2 أبريل 2025"),
        ] {
            let locale = Locale::new(tag).expect(tag);
            assert_eq!((locale.medium_date(date).as_str(), locale.long_date(date).as_str()), (medium, long), "{tag}");
        }
    }
}
