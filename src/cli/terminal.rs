//! Places of findings as links that a terminal can open.
//!
//! The link is a `file` URL with the host's name, without which some terminals refuse it, and the line as its
//! fragment: kitty, iTerm2 and the terminal of Visual Studio Code go to that line, others leave the fragment
//! out and open the file.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::path::Path;
use supports_hyperlinks::Stream;

/// What may stand in the path of a URL as it is.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Findings as text, their places as links if standard error goes to a terminal that knows links.
pub(super) fn linked(text: &str, root: &Path) -> String {
    let forced = std::env::var_os("FORCE_HYPERLINK").is_some();
    let plain = ["NO_COLOR", "CI"].iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
        || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if !supports_hyperlinks::on(Stream::Stderr) || plain && !forced {
        return text.to_owned();
    }
    let Ok(root) = std::path::absolute(root) else { return text.to_owned() };
    with_links(text, |place| {
        let path = root.join(place);
        path.is_file().then(|| format!("file://{}{}", host(), utf8_percent_encode(path.to_str()?, PATH)).into())?
    })
}

#[cfg(unix)]
fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host() -> String {
    String::new()
}

/// The text with a link around each `file:line:column` after an arrow, if there is an address for its file.
fn with_links(text: &str, address: impl Fn(&str) -> Option<String>) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let linked = place(line).and_then(|(before, path, number, after)| {
            let address = address(path)?;
            let shown = &line[before.len()..line.len() - after.len()];
            Some(format!("{before}\x1b]8;;{address}#{number}\x1b\\{shown}\x1b]8;;\x1b\\{after}"))
        });
        linked.unwrap_or_else(|| line.to_owned())
    });
    lines.collect()
}

/// What stands before the place of a finding, its file and line, and what stands after it.
fn place(line: &str) -> Option<(&str, &str, &str, &str)> {
    let arrow = ["--> ", "::: "].iter().find_map(|arrow| Some(line.find(arrow)? + arrow.len()))?;
    // The arrow stands alone in its margin: a source line has its number and a bar before it.
    if line[..arrow].contains('|') {
        return None;
    }
    let rest = &line[arrow..];
    let styled = if rest.starts_with('\x1b') { rest.find('m').map_or(0, |end| end + 1) } else { 0 };
    let (before, rest) = line.split_at(arrow + styled);
    let shown = rest.find(['\x1b', '\n']).map_or(rest, |end| &rest[..end]);
    let after = &rest[shown.len()..];
    let (path, _column) = shown.rsplit_once(':')?;
    let (path, number) = path.rsplit_once(':')?;
    number.parse::<usize>().ok().map(|_| (before, path, number, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{At, Code, Diagnostic, FileId, Place, Span, to_text};

    struct One;
    impl Place for One {
        fn path(&self, _: FileId) -> &'static str {
            "content/en/a b.md"
        }
        fn text(&self, _: FileId) -> &'static str {
            "one\n --> content/en/c.md:1:1\nthree"
        }
    }

    #[test]
    fn places_are_links() {
        let findings = [Diagnostic::new(Code::DeadLink, Span::new(FileId(0), 5..8), "x")];
        let link = |path: &str| Some(format!("file://host/{}", path.replace(' ', "%20")));
        for colour in [false, true] {
            let text = to_text(&findings, &One, colour);
            let linked = with_links(&text, link);
            let (open, shut) = ("\x1b]8;;file://host/content/en/a%20b.md#2\x1b\\", "\x1b]8;;\x1b\\");
            assert!(linked.contains(&format!("{open}content/en/a b.md:2:2{shut}")), "{linked:?}");
            assert_eq!(linked.replace(open, "").replace(shut, ""), text);
            assert_eq!(with_links(&text, |_| None), text);
        }
    }

    #[test]
    fn what_has_no_line_has_no_link() {
        let finding =
            Diagnostic { at: At::Site, ..Diagnostic::new(Code::DeadLink, Span::new(FileId(0), 0..1), "a --> b") };
        let text = to_text(&[finding], &One, true);
        assert_eq!(with_links(&text, |_| Some("file:///x".into())), text);
    }
}
