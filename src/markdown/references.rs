//! Issues and pull requests named in running text: `cncf/toc#1254`, `#474`.

use std::ops::Range;

/// The references of a text with their addresses. `repository` is the one that a bare number is about.
pub(super) fn references(text: &str, repository: Option<&str>) -> Vec<(Range<usize>, String)> {
    let mut found = vec![];
    for (at, _) in text.match_indices('#') {
        let digits = text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let end = at + 1 + digits;
        let ends = text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '#'));
        if !(1..=7).contains(&digits) || !ends {
            continue;
        }
        let start = text[..at]
            .rfind(|c: char| !is_part(c) && c != '/')
            .map_or(0, |before| before + text[before..].chars().next().map_or(1, char::len_utf8));
        let joined = |c: char| c.is_alphanumeric() || matches!(c, '#' | '&');
        if text[..start].chars().next_back().is_some_and(joined) {
            continue;
        }
        let number = &text[at + 1..end];
        let repository = match text[start..at].split_once('/') {
            Some((owner, name)) if is_owner(owner) && is_name(name) => {
                let host = repository.and_then(host).unwrap_or("https://github.com");
                Some(format!("{host}/{owner}/{name}"))
            }
            None if start == at => repository.map(str::to_owned),
            _ => None,
        };
        if let Some(repository) = repository {
            found.push((start..end, format!("{repository}/issues/{number}")));
        }
    }
    found
}

fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

fn is_owner(owner: &str) -> bool {
    !owner.is_empty() && owner.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(is_part) && !name.starts_with('.')
}

/// `https://host` of an address.
fn host(url: &str) -> Option<&str> {
    let scheme = url.find("://")? + 3;
    let end = url[scheme..].find('/').map_or(url.len(), |at| scheme + at);
    Some(&url[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_leads_to_its_issue() {
        for (text, repository, links) in [
            ("See cncf/toc#1254.", None, vec!["cncf/toc#1254 https://github.com/cncf/toc/issues/1254"]),
            (
                "(#474, #5)",
                Some("https://github.com/a/b"),
                vec!["#474 https://github.com/a/b/issues/474", "#5 https://github.com/a/b/issues/5"],
            ),
            ("c/d#1", Some("https://codeberg.org/a/b"), vec!["c/d#1 https://codeberg.org/c/d/issues/1"]),
            ("#474", None, vec![]),
            ("tag#466, a/b/c#1, #12a, #123456789, C#7, ##8, é#9", Some("https://github.com/a/b"), vec![]),
        ] {
            let found = references(text, repository);
            let found: Vec<String> = found.into_iter().map(|(range, url)| format!("{} {url}", &text[range])).collect();
            assert_eq!(found, links, "{text}");
        }
    }
}
