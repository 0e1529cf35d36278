//! What a new page begins with: a template of the theme, else one of ours.

use super::Refusal;
use crate::source::{Role, SourceSet};
use tera::{Context, Tera};

/// Our own, by name.
const BUILT_IN: [(&str, &str); 6] = [
    ("page", include_str!("archetypes/page.md")),
    ("post", include_str!("archetypes/post.md")),
    ("meeting", include_str!("archetypes/meeting.md")),
    ("paper", include_str!("archetypes/paper.md")),
    ("group", include_str!("archetypes/group.md")),
    ("charter", include_str!("archetypes/charter.md")),
];

/// What an archetype can print. Texts come as YAML scalars, quoted where they have to be.
#[derive(Debug, Default)]
pub(super) struct Values {
    pub(super) title: String,
    pub(super) date: String,
    pub(super) author: Option<String>,
    pub(super) group: Option<String>,
    pub(super) lang: String,
}

/// Renders the archetype of a name.
pub(super) fn render(sources: &SourceSet, name: &str, values: &Values) -> Result<String, Refusal> {
    let place = format!("archetypes/{name}.md");
    let own = sources.of(Role::Theme).find(|(_, file)| file.place == place).map(|(_, file)| file);
    let built_in = BUILT_IN.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text);
    let (path, text) = own.map_or(("the built-in archetype", built_in), |file| (file.path.as_str(), file.text()));
    let mut context = Context::new();
    context.insert("title", &scalar(&values.title));
    context.insert("date", &values.date);
    context.insert("author", &values.author.as_deref().map(scalar));
    context.insert("group", &values.group.as_deref().map(scalar));
    context.insert("lang", &values.lang);
    let mut tera = Tera::new();
    let rendered = tera.add_raw_template(&place, text).and_then(|()| tera.render(&place, &context));
    rendered.map_err(|error| {
        let why = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
        Refusal::new(format!("{path} cannot be rendered: {why}"), "mend the archetype, or remove it to have ours")
    })
}

/// A text as YAML writes it: `Platforms` as it is, `Platforms: a view` in quotes.
pub(super) fn scalar(text: &str) -> String {
    let written = serde_yaml::to_string(text).unwrap_or_default();
    match written.trim_end() {
        // A block would end the line that it stands in.
        block if block.contains('\n') => format!("{text:?}"),
        // Inside of `[…]` a comma divides.
        plain if plain.contains([',', '[', ']', '{', '}']) && !plain.starts_with(['"', '\'']) => format!("\"{plain}\""),
        plain => plain.to_owned(),
    }
}
