//! From a file's place in the content tree to its language and content key.

use crate::lang::{LanguageId, Languages, Locale};

/// What a file's name says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileName {
    /// `_index.md`: the page of its folder.
    Section,
    /// `index.md`: a page that owns its folder.
    Bundle,
    /// Any other name.
    Page,
}

/// Where a file of the content tree belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// Its language.
    pub language: LanguageId,
    /// Its content key.
    pub key: String,
    /// What its name says.
    pub name: FileName,
    /// The folder it stands in, without the language folder.
    pub folder: String,
}

/// The language folders that the content tree really has.
///
/// Without any, the whole tree is in the default language, as in Hugo sites of one language.
pub(super) fn has_language_folders<'a>(places: impl Iterator<Item = &'a str>, languages: &Languages) -> bool {
    places.filter_map(|place| place.split_once('/')).any(|(first, _)| languages.by_folder(first).is_some())
}

/// Places a file; the error is the name of a folder that looks like a language but is not configured.
pub fn place(path: &str, languages: &Languages, by_folder: bool) -> Result<Placement, String> {
    let (mut language, rest) = match path.split_once('/') {
        Some((first, rest)) if by_folder => match languages.by_folder(first) {
            Some(language) => (language, rest),
            None if Locale::names_folder(first) => return Err(first.to_owned()),
            None => (languages.default_id(), path),
        },
        _ => (languages.default_id(), path),
    };
    let (folder, file) = rest.rsplit_once('/').unwrap_or(("", rest));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let stem = match stem.rsplit_once('.') {
        Some((name, tag)) if !name.is_empty() => match languages.by_folder(tag) {
            Some(named) => {
                language = named;
                name
            }
            None => stem,
        },
        _ => stem,
    };
    let name = match stem {
        "_index" => FileName::Section,
        "index" => FileName::Bundle,
        _ => FileName::Page,
    };
    let key = match name {
        FileName::Page if folder.is_empty() => stem.to_owned(),
        FileName::Page => format!("{folder}/{stem}"),
        FileName::Section | FileName::Bundle => folder.to_owned(),
    };
    Ok(Placement { language, key, name, folder: folder.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::parse_yaml;
    use crate::diag::{FileId, Sink};
    use crate::lang::parse_languages;

    fn check(path: &str, expected: Result<(&str, &str, FileName), &str>) {
        let node = parse_yaml("en: {}\npt-br: {}\nko: {}\n", FileId(0), 0).expect("valid").node;
        let languages = parse_languages(Some(&node), None, &mut Sink::new());
        let placed = place(path, &languages, true);
        let shown = placed.as_ref().map(|p| (languages.get(p.language).folder.as_str(), p.key.as_str(), p.name));
        assert_eq!(shown.map_err(|folder| folder.as_str().to_owned()), expected.map_err(str::to_owned), "{path}");
    }

    #[test]
    fn folders_and_suffixes_name_the_language() {
        check("en/_index.md", Ok(("en", "", FileName::Section)));
        check("en/wgs/x.md", Ok(("en", "wgs/x", FileName::Page)));
        check("pt-br/wgs/x/index.md", Ok(("pt-br", "wgs/x", FileName::Bundle)));
        check("pt_BR/a.md", Ok(("pt-br", "a", FileName::Page)));
        check("en/wgs/x.ko.md", Ok(("ko", "wgs/x", FileName::Page)));
        check("blog/_index.ko.md", Ok(("ko", "blog", FileName::Section)));
        check("en/v1.2.md", Ok(("en", "v1.2", FileName::Page)));
        check("de/x.md", Err("de"));
        check("wgs/x.md", Ok(("en", "wgs/x", FileName::Page)));
        check("blog/x.md", Ok(("en", "blog/x", FileName::Page)));
    }
}
