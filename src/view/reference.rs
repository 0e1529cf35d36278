//! The values of templates in words, for the handbook: the text stands here, beside what makes the values,
//! and tests hold it and its translations to them. It knows names and what they mean, never how a value is made.

/// The chapter of the handbook, in Markdown: `site` and `page` by name, then the objects inside them.
pub const CHAPTER: &str = include_str!("values.md");

/// An object inside the values, or several of one shape.
#[derive(Debug, PartialEq, Eq)]
pub struct Object<'a> {
    /// Where it is found, such as `page.toc[]`. A star stands for any name.
    pub at: Vec<&'a str>,
    /// The names that it has.
    pub names: Vec<&'a str>,
}

/// The names in the tables below a heading, up to the next one.
///
/// ```
/// use plenary::view::{CHAPTER, described};
/// assert!(described(CHAPTER, "### site").contains(&"base_url"));
/// ```
pub fn described<'a>(chapter: &'a str, heading: &str) -> Vec<&'a str> {
    rows(chapter, heading).flat_map(|(names, _)| code(names)).collect()
}

/// The objects that a chapter describes, in its own language or another.
pub fn objects(chapter: &str) -> Vec<Object<'_>> {
    rows(chapter, "### Objects").map(|(at, names)| Object { at: code(at), names: code(names) }).collect()
}

/// The first two cells of the rows of a part, which ends at the next heading.
fn rows<'a>(chapter: &'a str, heading: &str) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
    let heading = heading.to_owned();
    // A translation has the heading in its language, with the identifier of the source.
    let identifier = format!("{{#{}}}", heading.trim_start_matches(['#', ' ']).to_lowercase().replace(' ', "-"));
    let opens = move |line: &str| line == heading || line.starts_with("##") && line.ends_with(&identifier);
    let mut lines = chapter.lines().skip_while(move |line| !opens(line));
    lines.next();
    let part = lines.take_while(|line| !line.starts_with('#'));
    part.filter(|line| line.starts_with("| `")).filter_map(|row| {
        let mut cells = row.split('|').skip(1);
        Some((cells.next()?, cells.next()?))
    })
}

/// What stands between backticks.
fn code(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}
