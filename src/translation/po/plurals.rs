//! The header `Plural-Forms`: the CLDR's rules, written as the expression in C that gettext wants.

use icu_plurals::provider::{Baked, PluralsCardinalV1};
use icu_provider::prelude::*;
use std::fmt::Write as _;

/// `nplurals=2; plural=(n != 1);` and the like, in the order of the categories that the language has.
///
/// The rules are for whole numbers here: of the operands of UTS #35, `i` and `n` are the number itself
/// and all others are 0.
pub fn plural_forms(tag: &str) -> String {
    let one = "nplurals=1; plural=0;".to_owned();
    let Ok(locale) = icu_locale::Locale::try_from_str(tag) else { return one };
    let Some(rules) = load(&locale) else { return one };
    let data = rules.get();
    let forms: Vec<String> = [&data.zero, &data.one, &data.two, &data.few, &data.many]
        .into_iter()
        .flatten()
        .filter_map(|rule| expression(&rule.to_string()))
        .collect();
    let mut plural = String::new();
    for (at, form) in forms.iter().enumerate() {
        let _ = write!(plural, "({form}) ? {at} : ");
    }
    format!("nplurals={}; plural={plural}{};", forms.len() + 1, forms.len())
}

/// The nearest language that the CLDR has rules for.
fn load(locale: &icu_locale::Locale) -> Option<DataPayload<PluralsCardinalV1>> {
    let language = icu_locale::Locale::from(icu_locale::LanguageIdentifier {
        language: locale.id.language,
        ..icu_locale::LanguageIdentifier::UNKNOWN
    });
    [locale.clone(), language].iter().find_map(|locale| {
        let locale = DataLocale::from(locale);
        let id = DataIdentifierBorrowed::for_locale(&locale);
        let found = DataProvider::<PluralsCardinalV1>::load(&Baked, DataRequest { id, ..DataRequest::default() });
        found.ok().map(|response| response.payload)
    })
}

/// `n % 10 = 2..4 and n % 100 != 12..14 or …` in C; none if no whole number is meant.
fn expression(rule: &str) -> Option<String> {
    let alternatives: Vec<String> = rule.split(" or ").filter_map(conjunction).collect();
    if alternatives.iter().any(String::is_empty) {
        return Some("1".into());
    }
    (!alternatives.is_empty()).then(|| alternatives.join(" || "))
}

/// None if it never holds; empty if it always does.
fn conjunction(text: &str) -> Option<String> {
    let mut parts = vec![];
    for relation in text.split(" and ") {
        let (left, values, equal) = match relation.split_once(" != ") {
            Some((left, values)) => (left, values, false),
            None => relation.split_once(" = ").map(|(left, values)| (left, values, true))?,
        };
        let (operand, modulo) = left.split_once(" % ").map_or((left, None), |(operand, by)| (operand, Some(by)));
        let ranges =
            values.split(',').map(|value| value.trim().split_once("..").unwrap_or((value.trim(), value.trim())));
        let ranges: Vec<(&str, &str)> = ranges.collect();
        if !matches!(operand.trim(), "n" | "i") {
            let has_zero = ranges.iter().any(|(from, _)| *from == "0");
            if has_zero != equal {
                return None;
            }
            continue;
        }
        let number = modulo.map_or("n".to_owned(), |by| format!("n % {by}"));
        let tests: Vec<String> = ranges
            .iter()
            .map(|(from, to)| {
                if from == to {
                    format!("{number} == {from}")
                } else {
                    format!("({number} >= {from} && {number} <= {to})")
                }
            })
            .collect();
        parts.push(match (equal, tests.as_slice()) {
            (true, [one]) => one.clone(),
            (true, many) => format!("({})", many.join(" || ")),
            (false, many) => format!("!({})", many.join(" || ")),
        });
    }
    Some(parts.join(" && "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_of_the_cldr_become_expressions() {
        for (tag, forms) in [
            ("en", "nplurals=2; plural=(n == 1) ? 0 : 1;"),
            ("ko", "nplurals=1; plural=0;"),
            ("ja", "nplurals=1; plural=0;"),
            (
                "ar",
                "nplurals=6; plural=(n == 0) ? 0 : (n == 1) ? 1 : (n == 2) ? 2 : ((n % 100 >= 3 && n % 100 <= 10)) ? 3 : ((n % 100 >= 11 && n % 100 <= 99)) ? 4 : 5;",
            ),
            (
                "pl",
                "nplurals=4; plural=(n == 1) ? 0 : ((n % 10 >= 2 && n % 10 <= 4) && !((n % 100 >= 12 && n % 100 <= 14))) ? 1 : (!(n == 1) && (n % 10 >= 0 && n % 10 <= 1) || (n % 10 >= 5 && n % 10 <= 9) || (n % 100 >= 12 && n % 100 <= 14)) ? 2 : 3;",
            ),
        ] {
            let found = plural_forms(tag);
            assert_eq!(found, forms);
        }
        assert!(plural_forms("pt-BR").starts_with("nplurals=3; plural=("), "{}", plural_forms("pt-BR"));
    }
}
