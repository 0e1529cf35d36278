//! What stands in new files.

use super::archetype::scalar;
use super::{add_language, small_site};
use jiff::civil::date;

#[test]
fn a_language_is_added_in_the_style_of_the_list_and_comments_stay() {
    for (before, after) in [
        (
            "title: A # mine\nlanguages:\n  en: {name: English} # first\n\n# after\nmenus: {}\n",
            "title: A # mine\nlanguages:\n  en: {name: English} # first\n  de: {name: Deutsch}\n\n# after\nmenus: {}\n",
        ),
        (
            "languages:\n    en:\n        name: English\n        title: T\nmenus: {}\n",
            "languages:\n    en:\n        name: English\n        title: T\n    de: {name: Deutsch}\nmenus: {}\n",
        ),
        ("languages: {en: {name: English}}\n", "languages: {en: {name: English}, de: {name: Deutsch}}\n"),
        ("title: A\n", "title: A\n\nlanguages:\n  en: {name: English}\n  de: {name: Deutsch}\n"),
        ("languages:\n  en: {name: English}", "languages:\n  en: {name: English}\n  de: {name: Deutsch}"),
    ] {
        assert_eq!(add_language(before, "de", "en").as_deref(), Ok(after), "{before}");
    }
}

#[test]
fn tags_are_checked_and_names_are_their_own() {
    let text = "languages: {en: {name: English}}\n";
    let refused = |tag: &str| add_language(text, tag, "en").expect_err(tag).message;
    assert_eq!(refused("EN"), "the site has the language `en` already");
    assert_eq!(refused("german"), "`german` is no language tag");
    for (tag, entry) in
        [("pt-BR", "pt-br: {name: Português (BR)}"), ("ko", "ko: {name: 한국어}"), ("ar", "ar: {name: العربية}")]
    {
        let added = add_language(text, tag, "en").expect(tag);
        assert!(added.contains(entry), "{added}");
    }
}

#[test]
fn scalars_are_quoted_where_yaml_wants_it() {
    for (text, written) in [
        ("Platforms", "Platforms"),
        ("Platforms: a view", "'Platforms: a view'"),
        ("a, b", "\"a, b\""),
        ("yes", "'yes'"),
        ("two\nlines", "\"two\\nlines\""),
    ] {
        let node =
            crate::data::parse_yaml(&format!("[{}]", scalar(text)), crate::diag::FileId(0), 0).expect("YAML").node;
        let crate::data::Value::List(items) = &node.value else { panic!("a list") };
        assert_eq!((items.len(), items[0].to_text().as_deref()), (1, Some(text)));
        if !text.contains("yes") {
            assert_eq!(scalar(text), written);
        }
    }
}

#[test]
fn a_small_site_has_no_blanks_left() {
    let files = small_site("Build group", date(2026, 3, 4));
    assert!(files.iter().any(|file| file.path == "content/en/blog/2026-03-04-hello.md"));
    assert!(files.iter().any(|file| file.path == ".gitignore"));
    for file in &files {
        assert!(!file.text.contains("SITE_NAME") && !file.text.contains("TODAY"), "{}", file.path);
    }
}
