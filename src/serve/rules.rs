//! `_headers` and `_redirects`, as Netlify reads them.

use indexmap::IndexMap;
use percent_encoding::percent_decode_str;

/// A path with placeholders: `/blog/:year/*`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pattern(Vec<String>);

/// What placeholders stood for; the star is called `splat`.
type Found = IndexMap<String, String>;

impl Pattern {
    fn parse(text: &str) -> Self {
        Self(text.trim_matches('/').split('/').map(str::to_owned).collect())
    }

    /// A slash at the end does not count, and a star stands for any rest, an empty one too.
    fn matches(&self, path: &str) -> Option<Found> {
        let path = percent_decode_str(path.trim_matches('/')).decode_utf8_lossy();
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let mut found = Found::new();
        let wanted = self.0.iter().filter(|part| !part.is_empty());
        let mut at = 0;
        for part in wanted {
            match (part.as_str(), parts.get(at)) {
                ("*", _) => {
                    found.insert("splat".into(), parts.get(at..).unwrap_or_default().join("/"));
                    return Some(found);
                }
                (name, Some(part)) if name.starts_with(':') => {
                    found.insert(name[1..].to_owned(), (*part).to_owned());
                }
                (own, Some(part)) if own == *part || percent_decode_str(own).decode_utf8_lossy() == *part => {}
                _ => return None,
            }
            at += 1;
        }
        (at == parts.len()).then_some(found)
    }
}

/// The headers that a site adds to its answers.
#[derive(Debug, Clone, Default)]
pub struct HeaderRules(Vec<(Pattern, Vec<(String, String)>)>);

impl HeaderRules {
    /// Reads `_headers`: a path, and indented below it the headers.
    pub fn parse(text: &str) -> Self {
        let mut rules: Vec<(Pattern, Vec<(String, String)>)> = vec![];
        for line in text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
            match (line.starts_with([' ', '\t']), rules.last_mut(), line.trim().split_once(':')) {
                (true, Some((_, headers)), Some((name, value))) => {
                    headers.push((name.trim().to_owned(), value.trim().to_owned()));
                }
                (false, _, _) => rules.push((Pattern::parse(line.trim()), vec![])),
                _ => {}
            }
        }
        Self(rules)
    }

    /// The headers of a path. What several rules say of one header is joined.
    pub fn of(&self, path: &str) -> Vec<(String, String)> {
        let mut all: IndexMap<String, (String, String)> = IndexMap::new();
        for (_, headers) in self.0.iter().filter(|(pattern, _)| pattern.matches(path).is_some()) {
            for (name, value) in headers {
                let entry = all.entry(name.to_lowercase()).or_insert_with(|| (name.clone(), String::new()));
                if !entry.1.is_empty() {
                    entry.1.push_str(", ");
                }
                entry.1.push_str(value);
            }
        }
        all.into_values().collect()
    }
}

/// What a rule of `_redirects` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// Where to.
    pub to: String,
    /// 301 and its like send the reader there; 200 and 404 show what is there under this address.
    pub status: u16,
    /// Wins over a file at this address.
    pub forced: bool,
}

/// The redirects of a site; the first match wins.
#[derive(Debug, Clone, Default)]
pub struct RedirectRules(Vec<Rule>);

#[derive(Debug, Clone)]
struct Rule {
    from: Pattern,
    query: Vec<(String, String)>,
    redirect: Redirect,
}

impl RedirectRules {
    /// Reads `_redirects`: `from [name=value…] to [status[!]]` on each line. Rules with conditions, which
    /// hang on the reader's country or on cookies, never match here.
    pub fn parse(text: &str) -> Self {
        Self(text.lines().filter_map(rule).collect())
    }

    /// The redirect of an address.
    pub fn of(&self, path: &str, query: &str) -> Option<Redirect> {
        self.0.iter().find_map(|rule| {
            let mut found = rule.from.matches(path)?;
            for (name, value) in &rule.query {
                let given = query.split('&').find_map(|pair| pair.strip_prefix(name.as_str())?.strip_prefix('='))?;
                match value.strip_prefix(':') {
                    Some(placeholder) => drop(found.insert(placeholder.to_owned(), given.to_owned())),
                    None if value == given => {}
                    None => return None,
                }
            }
            Some(Redirect { to: filled(&rule.redirect.to, &found, query, rule), ..rule.redirect.clone() })
        })
    }
}

fn rule(line: &str) -> Option<Rule> {
    let line = line.split(" #").next().unwrap_or_default().trim();
    let mut words = line.split_whitespace().filter(|_| !line.starts_with('#'));
    let from = Pattern::parse(words.next()?);
    let mut query = vec![];
    let to = loop {
        let word = words.next()?;
        match word.split_once('=') {
            Some((name, value)) if !word.starts_with('/') && !word.contains("://") => {
                query.push((name.to_owned(), value.to_owned()));
            }
            _ => break word.to_owned(),
        }
    };
    let status = words.next().unwrap_or("301");
    if words.next().is_some() {
        return None;
    }
    let (status, forced) = status.strip_suffix('!').map_or((status, false), |status| (status, true));
    Some(Rule { from, query, redirect: Redirect { to, status: status.parse().ok()?, forced } })
}

/// The target with what the placeholders stood for. A query goes along unless the rule has looked at it.
fn filled(to: &str, found: &Found, query: &str, rule: &Rule) -> String {
    let mut names: Vec<&String> = found.keys().collect();
    // `:yearly` is not `:year` with two letters behind it.
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let mut target = to.to_owned();
    for name in names {
        target = target.replace(&format!(":{name}"), &found[name]);
    }
    if !query.is_empty() && rule.query.is_empty() && !target.contains('?') {
        target.push_str(&format!("?{query}"));
    }
    target
}

#[cfg(test)]
mod tests {
    use super::{HeaderRules, RedirectRules};

    #[test]
    fn redirects_as_the_host_reads_them() {
        let rules = RedirectRules::parse(
            "# a comment\n/old/ /new/ 301\n/blog/:year/:month/* /:year-:month/:splat 302\n/store id=:id /shop/:id 301!\n/de/* /de/404.html 404\n/x/* /y/:splat\n/only /fr/ 302 Language=fr\n",
        );
        for (path, query, wanted) in [
            ("/old/", "", Some(("/new/", 301, false))),
            ("/old", "a=1", Some(("/new/?a=1", 301, false))),
            ("/blog/2024/05/a/b", "", Some(("/2024-05/a/b", 302, false))),
            ("/store", "id=7", Some(("/shop/7", 301, true))),
            ("/store", "", None),
            ("/de/gone/", "", Some(("/de/404.html", 404, false))),
            ("/x/", "", Some(("/y/", 301, false))),
            ("/only", "", None),
            ("/older/", "", None),
        ] {
            let found = rules.of(path, query);
            let found = found.as_ref().map(|found| (found.to.as_str(), found.status, found.forced));
            assert_eq!(found, wanted, "{path}?{query}");
        }
    }

    #[test]
    fn headers_of_all_rules_that_match_are_joined() {
        let rules = HeaderRules::parse(
            "/*\n  X-Frame-Options: DENY\n  Link: <a>\n/docs/:page\n\tX-Page: one\n  link: <b>\n# no\n/a.css\n  Cache-Control: max-age=1\n",
        );
        let of = |path: &str| rules.of(path).iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>();
        assert_eq!(of("/docs/x/"), ["X-Frame-Options: DENY", "Link: <a>, <b>", "X-Page: one"]);
        assert_eq!(of("/a.css"), ["X-Frame-Options: DENY", "Link: <a>", "Cache-Control: max-age=1"]);
        assert_eq!(of("/"), ["X-Frame-Options: DENY", "Link: <a>"]);
    }
}
