//! The groups that meet, and when, as `site.yaml` writes it.

use super::localised::Localised;
use super::schedule::{Schedule, schedules};
use crate::data::{Fields, Node};
use crate::diag::{Code, Sink};
use crate::lang::{LanguageId, Languages};

/// The meetings of a site.
#[derive(Debug, Clone, Default)]
pub struct Meetings {
    /// The section that the registers stand below; none is the one that the meetings are in.
    pub section: Option<String>,
    /// The groups, at least one.
    pub groups: Vec<MeetingGroup>,
    /// A register of the people, who are named nowhere else than in their meetings.
    pub index_people: bool,
}

/// A group that meets.
#[derive(Debug, Clone, Default)]
pub struct MeetingGroup {
    /// Its name in addresses, and in the front matter of its meetings.
    pub id: String,
    /// Its name; none is the site's title.
    pub name: Option<Localised>,
    /// When it meets; several schedules hold side by side.
    pub schedules: Vec<Schedule>,
    /// How long, in minutes.
    pub duration: i64,
    /// Where: a room or an address.
    pub location: Option<String>,
    /// The address of the repository that `#12` is about; none is the site's own.
    pub repository: Option<String>,
}

impl MeetingGroup {
    /// Its name in a language, else in the site's own.
    pub fn name_in(&self, languages: &Languages, language: LanguageId) -> Option<&str> {
        let folder = |id| languages.get(id).folder.as_str();
        self.name.as_ref()?.of(&[folder(language), folder(languages.default_id())])
    }

    /// Whether a page that names this group means it: by its id or its name in any language.
    pub fn is_called(&self, named: &str) -> bool {
        let names = self.name.iter().flat_map(Localised::all);
        !named.is_empty() && std::iter::once(self.id.as_str()).chain(names).any(|name| same(name, named))
    }
}

/// Whether two names differ in capitals at most, beyond ASCII too.
fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Minutes of a meeting that says nothing else.
const DURATION: i64 = 60;

/// Reads `meetings`; without it there is one group.
pub(super) fn parse_meetings(node: Option<&Node>, sink: &mut Sink) -> Meetings {
    let empty = Node::default();
    let mut fields = Fields::new(node.unwrap_or(&empty), Code::ConfigValue, Code::ConfigUnknown, sink);
    let section = fields.text("section").map(|section| section.trim_matches('/').to_owned());
    let index_people = fields.flag("index_people").unwrap_or(false);
    let entries = fields.node("groups").map(Node::entries).unwrap_or_default();
    let mut groups: Vec<MeetingGroup> =
        entries.iter().map(|entry| group(&entry.key, &entry.node, fields.sink())).collect();
    fields.deny_rest();
    if groups.is_empty() {
        groups.push(MeetingGroup { id: "meetings".into(), duration: DURATION, ..MeetingGroup::default() });
    }
    Meetings { section: section.filter(|section| !section.is_empty()), groups, index_people }
}

fn group(id: &str, node: &Node, sink: &mut Sink) -> MeetingGroup {
    let mut fields = Fields::new(node, Code::ConfigValue, Code::ConfigUnknown, sink);
    let name = fields.node("name").and_then(Localised::read);
    let duration = fields.integer("duration").filter(|minutes| *minutes > 0).unwrap_or(DURATION);
    let location = fields.text("location");
    let repository = fields.text("repository").map(|repository| repository_url(&repository));
    let schedules = fields.node("schedule").map(|node| schedules(node, fields.sink())).unwrap_or_default();
    fields.deny_rest();
    let id = crate::document::slug::url_segment(id);
    MeetingGroup { id, name, schedules, duration, location, repository }
}

/// `owner/name` is one on GitHub.
fn repository_url(repository: &str) -> String {
    if repository.contains("://") {
        repository.trim_end_matches('/').to_owned()
    } else {
        format!("https://github.com/{}", repository.trim_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::parse_yaml;
    use crate::diag::FileId;

    fn read(text: &str) -> (Meetings, Vec<String>) {
        let mut sink = Sink::new();
        let node = parse_yaml(text, FileId(0), 0).expect("YAML").node;
        let meetings = parse_meetings(Some(&node), &mut sink);
        (meetings, sink.as_slice().iter().map(|found| found.message.clone()).collect())
    }

    #[test]
    fn a_name_may_be_one_for_each_language() {
        let (meetings, told) = read("groups: {tag: {name: {en: The TAG, fr: Le TAG}}, wg: {name: A group}}");
        assert_eq!(told, [""; 0]);
        let [tag, wg] = &meetings.groups[..] else { panic!("two groups") };
        for name in ["tag", "The Tag", "le tag"] {
            assert!(tag.is_called(name) && !wg.is_called(name), "{name}");
        }
        assert!(wg.is_called("A Group") && !wg.is_called(""));
    }

    #[test]
    fn a_repository_may_be_named_in_short() {
        let (meetings, _) =
            read("groups: {tag: {repository: cncf/toc}, wg: {repository: \"https://codeberg.org/a/b/\"}}");
        let repositories: Vec<_> = meetings.groups.iter().filter_map(|group| group.repository.as_deref()).collect();
        assert_eq!(repositories, ["https://github.com/cncf/toc", "https://codeberg.org/a/b"]);
    }
}
