//! What is left out unless a site asks to keep it.
//!
//! In: a text. Out: the text without e-mail addresses, passwords and dial-in links, each counted
//! with its line. An address that names a known person becomes that name, as it stood for them.

use super::directory::Directory;
use super::model::{Journal, Private, Removed};

/// What stands where something was left out.
const GAP: &str = "[…]";
/// Hosts of meetings one joins; recordings on the same hosts have other paths.
const MEETINGS: &[&str] = &[
    "zoom.us/j/",
    "zoom.us/i/",
    "zoom.us/s/",
    "zoom.us/w/",
    "zoom.us/my/",
    "zoom-lfx.platform.linuxfoundation.org/meeting",
    "meet.google.com/",
    "teams.microsoft.com/l/meetup",
    "webex.com/meet",
    "webex.com/join",
    "webex.com/j.php",
    "bluejeans.com/",
    "meet.jit.si/",
    "gotomeet",
    "tel:",
];
/// Words that a secret follows.
const SECRETS: &[&str] =
    &["passcode", "password", "pass code", "pin", "meeting id", "webinar id", "dial in", "dial-in", "one tap mobile"];

/// Cleans one text.
pub(super) fn clean(text: &str, line: u32, directory: &Directory, journal: &mut Journal) -> String {
    let text = &mail_links(text, line, journal);
    let mut out: Vec<String> = vec![];
    let mut secret = false;
    let mut before = String::new();
    for word in text.split(' ') {
        let bare = word.trim_matches(EDGES).to_lowercase();
        if secret && is_secret(&bare) {
            out.push(replace(word, word.trim_matches(EDGES), GAP, line, Private::Password, journal));
            continue;
        }
        let two = format!("{before} {bare}");
        secret = SECRETS.contains(&bare.as_str()) || SECRETS.contains(&two.as_str());
        before = bare;
        out.push(address(word, line, directory, journal));
    }
    obfuscated(&out.join(" "), line, journal)
}

/// `[Ada](mailto:ada@example.org)` as its text.
fn mail_links(text: &str, line: u32, journal: &mut Journal) -> String {
    let mut out = text.to_owned();
    while let Some(at) = out.find("](mailto:") {
        let (Some(start), Some(length)) = (out[..at].rfind('['), out[at..].find(')')) else { break };
        let value = out[at + 2..at + length].to_owned();
        journal.removed.push(Removed { line, kind: Private::Email, value });
        out.replace_range(at..=at + length, "");
        out.remove(start);
    }
    out
}

const EDGES: &[char] = &['(', ')', '[', ']', '<', '>', ',', ';', '.', ':', '"', '!', '?', '*', '`', '\''];

/// A secret has a digit; plain words after `password` are a sentence.
fn is_secret(word: &str) -> bool {
    word.len() >= 3 && word.bytes().any(|byte| byte.is_ascii_digit())
}

/// A word that is or holds an address.
fn address(word: &str, line: u32, directory: &Directory, journal: &mut Journal) -> String {
    if word.contains("://") || word.contains("tel:") {
        return link(word, line, journal);
    }
    let bare = word.trim_matches(EDGES).trim_start_matches("mailto:").trim_end_matches("'s");
    let email = bare.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !host.contains(['@', '/', '(', '['])
    });
    if !email {
        return word.to_owned();
    }
    let name = directory.by_email(bare).unwrap_or(GAP);
    replace(word, bare, name, line, Private::Email, journal)
}

fn link(word: &str, line: u32, journal: &mut Journal) -> String {
    let start = word.find("http").or_else(|| word.find("tel:")).unwrap_or(0);
    let length = word[start..].find([')', ']', '>', '"', '<']).unwrap_or(word.len() - start);
    let address = word[start..start + length].trim_end_matches(['.', ',', ';']);
    if MEETINGS.iter().any(|part| address.contains(part)) {
        return replace(word, address, GAP, line, Private::DialIn, journal);
    }
    for key in ["?pwd=", "&pwd=", "?password=", "&password=", "?passcode=", "&passcode="] {
        if let Some((_, value)) = address.split_once(key) {
            let value = value.split(['&', '#']).next().unwrap_or(value);
            return replace(word, &format!("{key}{value}"), "", line, Private::Password, journal);
        }
    }
    word.to_owned()
}

/// `ada [at] example.org`.
fn obfuscated(text: &str, line: u32, journal: &mut Journal) -> String {
    for at in ["[at]", "(at)", "<at>", " at "] {
        let Some((before, after)) = text.split_once(at) else { continue };
        let local = before.trim_end().rsplit(' ').next().unwrap_or_default();
        let host = after.trim_start().split(' ').next().unwrap_or_default().trim_end_matches(['.', ',', ')']);
        let domain = ["com", "org", "io", "net", "dev"].iter().any(|end| host.ends_with(&format!(".{end}")))
            && !host.contains('/');
        if local.is_empty() || !domain || (at == " at " && !before.to_lowercase().contains("mail")) {
            continue;
        }
        let start = before.trim_end().len() - local.len();
        let end = text.len() - after.trim_start().len() + host.len();
        journal.removed.push(Removed { line, kind: Private::Email, value: text[start..end].to_owned() });
        return format!("{}{GAP}{}", &text[..start], &text[end..]);
    }
    text.to_owned()
}

fn replace(word: &str, secret: &str, with: &str, line: u32, kind: Private, journal: &mut Journal) -> String {
    journal.removed.push(Removed { line, kind, value: secret.to_owned() });
    word.replacen(secret, with, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[track_caller]
    fn check(text: &str, expected: &str, kinds: &[Private]) {
        let directory = Directory::new(["Ada Byron (Acme)"].into_iter(), &BTreeMap::new());
        let mut journal = Journal::default();
        assert_eq!(clean(text, 1, &directory, &mut journal), expected);
        assert_eq!(journal.removed.iter().map(|removed| removed.kind).collect::<Vec<_>>(), kinds, "{text}");
    }

    #[test]
    fn private_things() {
        use Private::*;
        check("ask (ada.byron@example.org)", "ask (Ada Byron)", &[Email]);
        check("by [Cy](mailto:cy@example.org), now", "by Cy, now", &[Email]);
        check("thanks bo@example.org!", "thanks […]!", &[Email]);
        check("write to bo [at] example.com.", "write to […].", &[Email]);
        check("https://zoom.us/j/123?pwd=abc now", "[…] now", &[DialIn]);
        check("https://zoom.us/rec/share/x?pwd=abc", "https://zoom.us/rec/share/x", &[Password]);
        check("Zoom (passcode: 77777)", "Zoom (passcode: […])", &[Password]);
        check("Passcode: 77777", "Passcode: […]", &[Password]);
        check("Meeting ID: 123 4567 or", "Meeting ID: […] […] or", &[Password, Password]);
        check("the password: we talked", "the password: we talked", &[]);
        check("@ada at the booth, v1@2", "@ada at the booth, v1@2", &[]);
    }
}
