//! The kinds of pages that a site begins with a command, and where each belongs.

use super::archetype::{Values, render};
use super::{NewFile, Refusal};
use crate::document::slug::url_segment;
use crate::lang::LanguageId;
use crate::minutes::{Occurrence, State, coming};
use crate::pipeline::Model;
use crate::site::Page;
use jiff::civil::Date;

/// What is to begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page at a path.
    Page,
    /// A post of the blog, dated today.
    Post,
    /// The record of a meeting: of a day, or of the next one.
    Meeting,
    /// A whitepaper, in a folder of its own.
    Paper,
    /// A working group with its charter.
    Group,
}

/// The wish in full.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// What.
    pub kind: Kind,
    /// A path below the language's folder, a title, or for a meeting a day; none for the next meeting.
    pub name: Option<&'a str>,
    /// The title; none makes one of the name.
    pub title: Option<&'a str>,
    /// In which language.
    pub language: LanguageId,
    /// Of a meeting: whose; none for the first group.
    pub group: Option<&'a str>,
    /// Who writes it.
    pub author: Option<String>,
}

/// The files to write.
pub fn pages(model: &Model, wanted: &Wanted<'_>) -> Result<Vec<NewFile>, Refusal> {
    let today = model.now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let name = wanted.name.unwrap_or_default().trim().trim_matches('/').trim_end_matches(".md");
    let path = Path { model, wanted, name };
    let drafts = match wanted.kind {
        Kind::Page => vec![path.draft("page", name.to_owned(), today)],
        Kind::Post => vec![path.draft("post", path.within("blog", "blog", &format!("{today}-")), today)],
        Kind::Paper => {
            vec![path.draft("paper", format!("{}/index", path.within("whitepaper", "whitepapers", "")), today)]
        }
        Kind::Group => path.group(today),
        Kind::Meeting => vec![path.meeting(today)?],
    };
    if drafts.iter().any(|draft| draft.key.split('/').any(|part| matches!(part, "" | "." | ".."))) {
        return Err(Refusal::new(
            format!("`{}` cannot be the path of a page", wanted.name.unwrap_or_default()),
            "write names with `/` between them, such as `wgs/platforms/tools`, or a title in quotes",
        ));
    }
    drafts.into_iter().map(|draft| path.file(draft)).collect()
}

/// A page to be.
struct Draft {
    archetype: &'static str,
    /// The path below the language's folder, without extension.
    key: String,
    title: String,
    date: Date,
    group: Option<String>,
}

/// A wish with its name cleaned.
struct Path<'a> {
    model: &'a Model,
    wanted: &'a Wanted<'a>,
    name: &'a str,
}

impl Path<'_> {
    fn draft(&self, archetype: &'static str, key: String, date: Date) -> Draft {
        Draft { archetype, key, title: self.title(), date, group: None }
    }

    /// A name with a folder is a path. One without is put where pages of this type are.
    fn within(&self, content_type: &str, usual: &str, prefix: &str) -> String {
        if self.name.contains('/') {
            return self.name.to_owned();
        }
        let known =
            self.model.site.pages().iter().find(|page| page.content_type == content_type && page.document.is_some());
        let section = known.map_or(usual, |page| page.section());
        format!("{section}/{prefix}{}", url_segment(self.name))
    }

    fn group(&self, today: Date) -> Vec<Draft> {
        let folder =
            if self.name.contains('/') { self.name.to_owned() } else { format!("wgs/{}", url_segment(self.name)) };
        let page = self.draft("group", format!("{folder}/_index"), today);
        let charter = Draft { title: "Charter".into(), ..self.draft("charter", format!("{folder}/charter"), today) };
        vec![page, charter]
    }

    /// Beside the latest meeting of the group, in the folder of its year where meetings have such folders.
    fn meeting(&self, today: Date) -> Result<Draft, Refusal> {
        let groups = &self.model.config.meetings.groups;
        let group = match self.wanted.group {
            None => groups.first(),
            Some(id) => Some(groups.iter().find(|group| group.id == id).ok_or_else(|| {
                let known: Vec<&str> = groups.iter().map(|group| group.id.as_str()).collect();
                Refusal::new(format!("no group `{id}` meets here"), format!("the groups are {}", known.join(", ")))
            })?),
        };
        let held = |one: &Occurrence| one.state != State::Cancelled;
        let next = || Some(coming(group?, self.model.now).into_iter().find(held)?.start.date());
        let day = match self.name {
            "" => next().unwrap_or(today),
            day => day.parse().map_err(|_| {
                Refusal::new(
                    format!("`{day}` is no day"),
                    format!("write it as `{today}`, or nothing for the next meeting"),
                )
            })?,
        };
        let languages = &self.model.config.languages;
        let group = group.and_then(|group| group.name_in(languages, self.wanted.language)).map(str::to_owned);
        let title = self.wanted.title.map_or_else(|| format!("Meeting of {day}"), str::to_owned);
        Ok(Draft { archetype: "meeting", key: format!("{}/{day}", self.meetings_folder(day)), title, date: day, group })
    }

    fn meetings_folder(&self, day: Date) -> String {
        let dated = |page: &&Page| page.content_type == "meeting" && page.document.is_some() && !page.kind.is_list();
        let latest = self.model.site.pages().iter().filter(dated).max_by_key(|page| page.date());
        let folder = latest.and_then(|page| page.key.rsplit_once('/')).map_or("meetings", |(folder, _)| folder);
        match folder.rsplit_once('/') {
            Some((above, year)) if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) => {
                format!("{above}/{}", day.year())
            }
            _ => folder.to_owned(),
        }
    }

    /// The title that was given, else the last part of the name in words.
    fn title(&self) -> String {
        if let Some(title) = self.wanted.title {
            return title.to_owned();
        }
        let parts = self.name.rsplit('/').find(|part| !matches!(*part, "index" | "_index")).unwrap_or(self.name);
        let words = if parts.contains(' ') { parts.to_owned() } else { parts.replace(['-', '_'], " ") };
        let mut letters = words.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    }

    fn file(&self, draft: Draft) -> Result<NewFile, Refusal> {
        let Self { model, wanted, .. } = self;
        let folder = &model.config.languages.get(wanted.language).folder;
        let path = format!("content/{folder}/{}.md", draft.key);
        let key = draft.key.trim_end_matches("/index").trim_end_matches("/_index");
        let there = model.site.by_key(key, wanted.language).map(|id| model.site.page(id));
        if let Some(file) = there.filter(|page| !page.is_fallback()).and_then(Page::file) {
            let there = &model.sources.file(file).path;
            return Err(Refusal::new(format!("`{there}` is there already"), "edit it, or choose another name"));
        }
        let values = Values {
            title: draft.title,
            date: draft.date.to_string(),
            author: wanted.author.clone(),
            group: draft.group,
            lang: folder.clone(),
        };
        Ok(NewFile { path, text: render(&model.sources, draft.archetype, &values)? })
    }
}
