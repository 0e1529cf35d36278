//! Issues and pull requests that a text mentions.
//!
//! In: text. Out: `owner/repository#12` or `#12`. `toc#12` becomes `cncf/toc#12` if the export
//! links to exactly one repository of that name.

use super::links::addresses;
use std::collections::BTreeMap;

/// Short names of repositories, as the export's links know them.
#[derive(Debug, Default)]
pub(super) struct Repositories {
    /// `owner/name` → how often it is linked.
    linked: BTreeMap<String, usize>,
}

impl Repositories {
    /// Reads the links of a whole export.
    pub(super) fn new(text: &str) -> Self {
        let mut linked: BTreeMap<String, usize> = BTreeMap::new();
        for (owner, name, _) in addresses(text).filter_map(issue) {
            *linked.entry(format!("{owner}/{name}")).or_default() += 1;
        }
        Self { linked }
    }

    /// The full name of a short one: the same name, or the most linked that begins with it.
    fn full(&self, short: &str) -> Option<&str> {
        let of = |fits: &dyn Fn(&str) -> bool| {
            let found = self.linked.iter().filter(|(full, _)| full.split('/').nth(1).is_some_and(fits));
            found.max_by_key(|(_, count)| **count).map(|(full, _)| full.as_str())
        };
        of(&|name| name == short)
            .or_else(|| of(&|name| name.strip_prefix(short).is_some_and(|rest| rest.starts_with('-'))))
    }

    /// Adds what a text mentions.
    pub(super) fn find(&self, text: &str, out: &mut Vec<String>) {
        let mut found: Vec<(usize, String)> = vec![];
        for address in addresses(text) {
            if let Some((owner, name, number)) = issue(address) {
                found.push((address.as_ptr() as usize - text.as_ptr() as usize, format!("{owner}/{name}#{number}")));
            }
        }
        for (at, _) in text.match_indices('#') {
            found.extend(self.short(text, at).map(|reference| (at, reference)));
        }
        found.sort_by_key(|(at, _)| *at);
        // `[#12](…/pull/12)` mentions one thing.
        let full: Vec<String> =
            found.iter().filter(|(_, one)| !one.starts_with('#')).map(|(_, one)| one.clone()).collect();
        found.retain(|(_, one)| !one.starts_with('#') || !full.iter().any(|full| full.ends_with(one.as_str())));
        for (_, reference) in found {
            if !out.contains(&reference) {
                out.push(reference);
            }
        }
    }

    /// `#12`, `toc#12`, `cncf/toc#12` around a number sign.
    fn short(&self, text: &str, at: usize) -> Option<String> {
        let digits: String = text[at + 1..].chars().take_while(char::is_ascii_digit).collect();
        let after = text[at + 1 + digits.len()..].chars().next();
        if digits.is_empty() || digits.len() > 6 || after.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            return None;
        }
        let start = text[..at]
            .rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/')))
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let before = &text[start..at];
        // The fragment of an address is none.
        if before.contains("//")
            || before.matches('/').count() > 1
            || text[..start].ends_with(':') && before.starts_with('/')
        {
            return None;
        }
        Some(match before {
            "" => format!("#{digits}"),
            full if full.contains('/') => format!("{full}#{digits}"),
            short => match self.full(short) {
                Some(full) => format!("{full}#{digits}"),
                None => format!("#{digits}"),
            },
        })
    }
}

/// Owner, repository and number of an address of an issue or pull request.
fn issue(address: &str) -> Option<(&str, &str, &str)> {
    let path = address.split("://github.com/").nth(1)?;
    let mut parts = path.split(['/', '#', '?']);
    let (owner, name, kind, number) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let known = matches!(kind, "issues" | "pull" | "discussions");
    let numeric = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (known && numeric).then_some((owner, name, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        let export = "https://github.com/acme/gears/issues/1 https://github.com/acme/tag-gears/pull/2";
        let repositories = Repositories::new(export);
        let mut out = vec![];
        let text = "See #12, gears#13 (acme/other#14), tag#15, nowhere#16, https://github.com/acme/gears/pull/17#issuecomment-99, C#, a #hash, x#1a, #12, [#17](x)";
        repositories.find(text, &mut out);
        assert_eq!(out, ["#12", "acme/gears#13", "acme/other#14", "acme/tag-gears#15", "#16", "acme/gears#17"]);
    }
}
