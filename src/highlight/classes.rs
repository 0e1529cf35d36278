//! From a grammar's scopes to the classes of the theme.
//!
//! A grammar gives each character a stack of scopes such as `source.go meta.function
//! entity.name.function.go`. The nearest one that stands in [`SCOPES`] decides; of the rows that fit,
//! the one with the most words.

use indexmap::IndexMap;
use syntect::parsing::{ClearAmount, Scope, ScopeStackOp};

/// What a token is, as far as readers see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    None,
    Keyword,
    String,
    Number,
    Comment,
    Function,
    Type,
    Variable,
    Attribute,
    Operator,
    Builtin,
    Tag,
    Error,
    Meta,
    Inserted,
    Deleted,
}

impl Class {
    /// The name in `class="…"`, none for text without an element.
    pub(super) fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::None => return None,
            Self::Keyword => "k",
            Self::String => "s",
            Self::Number => "n",
            Self::Comment => "c",
            Self::Function => "f",
            Self::Type => "t",
            Self::Variable => "v",
            Self::Attribute => "a",
            Self::Operator => "o",
            Self::Builtin => "b",
            Self::Tag => "g",
            Self::Error => "e",
            Self::Meta => "m",
            Self::Inserted => "ins",
            Self::Deleted => "del",
        })
    }
}

/// Inside these nothing changes the class any more: the keys of JSON are strings to its grammar, and
/// a shell's `${NAME:-default}` reads as one thing.
const HOLDING: &[&str] = &["meta.mapping.key", "meta.group.expansion.parameter"];

/// Names of variables and punctuation have no class: half of all tokens, they would double the HTML,
/// and colour that is everywhere points at nothing.
const SCOPES: &[(&str, Class)] = &[
    // Code inside a string, or one language inside another, begins anew.
    ("source", Class::None),
    ("meta.interpolation", Class::None),
    ("meta.template.expression", Class::None),
    ("meta.group.expansion", Class::None),
    ("comment", Class::Comment),
    ("punctuation.definition.comment", Class::Comment),
    ("string", Class::String),
    ("punctuation.definition.string", Class::String),
    ("markup.raw", Class::String),
    ("constant.character", Class::String),
    ("constant.character.entity", Class::Builtin),
    ("constant.character.escape", Class::Builtin),
    ("constant.numeric", Class::Number),
    ("keyword.other.unit", Class::Number),
    ("storage.type.numeric", Class::Number),
    ("constant.language", Class::Builtin),
    ("constant.other", Class::Builtin),
    ("support.constant", Class::Builtin),
    ("variable.language", Class::Builtin),
    ("storage.modifier.lifetime", Class::Builtin),
    ("entity.name.other.anchor", Class::Builtin),
    ("variable.other.alias", Class::Builtin),
    ("keyword", Class::Keyword),
    ("storage", Class::Keyword),
    ("keyword.operator", Class::Operator),
    ("keyword.operator.dockerfile", Class::Keyword),
    ("keyword.operator.expression", Class::Keyword),
    ("keyword.operator.logical.python", Class::Keyword),
    ("keyword.operator.new", Class::Keyword),
    ("keyword.operator.word", Class::Keyword),
    ("storage.type.go", Class::Type),
    ("storage.type.primitive", Class::Type),
    ("storage.type.void", Class::Type),
    ("support.type", Class::Type),
    ("support.class", Class::Type),
    ("entity.name.type", Class::Type),
    ("entity.name.class", Class::Type),
    ("entity.name.struct", Class::Type),
    ("entity.name.enum", Class::Type),
    ("entity.name.trait", Class::Type),
    ("entity.name.interface", Class::Type),
    ("entity.other.inherited-class", Class::Type),
    ("entity.name.function", Class::Function),
    ("support.function", Class::Function),
    ("support.macro", Class::Function),
    ("variable.function", Class::Function),
    ("variable.parameter", Class::Variable),
    ("variable.other.makefile", Class::Variable),
    ("variable.other.php", Class::Variable),
    ("variable.other.readwrite.assignment.shell", Class::Variable),
    ("variable.other.readwrite.instance", Class::Variable),
    ("meta.group.expansion.parameter", Class::Variable),
    ("variable.parameter.option", Class::Attribute),
    ("entity.name.tag.yaml", Class::Attribute),
    ("entity.name.tag.toml", Class::Attribute),
    ("meta.tag.key.toml", Class::Attribute),
    ("entity.other.attribute-name", Class::Attribute),
    ("keyword.name.ini", Class::Attribute),
    ("meta.mapping.key", Class::Attribute),
    ("support.type.property-name", Class::Attribute),
    ("variable.other.readwrite.terraform", Class::Attribute),
    ("entity.name.tag", Class::Tag),
    ("punctuation.definition.tag", Class::Tag),
    ("entity.name.section", Class::Tag),
    ("markup.heading", Class::Tag),
    ("meta.tag.table", Class::Tag),
    ("entity.name.table", Class::Tag),
    ("punctuation.definition.table", Class::Tag),
    ("meta.tag.section.ini", Class::Tag),
    ("meta.annotation", Class::Meta),
    ("meta.preprocessor", Class::Meta),
    ("meta.diff", Class::Meta),
    ("entity.name.section.diff", Class::Meta),
    ("markup.inserted", Class::Inserted),
    ("markup.deleted", Class::Deleted),
    ("invalid", Class::Error),
];

/// The table, ready for look-ups.
pub(super) struct ScopeClasses {
    /// By the first word of the scope; the rows with more words first.
    rows: IndexMap<u16, Vec<Row>>,
}

#[derive(Clone, Copy)]
struct Row {
    scope: Scope,
    paint: Paint,
}

/// The class of what stands inside a scope.
#[derive(Debug, Clone, Copy)]
struct Paint {
    class: Class,
    holds: bool,
}

impl ScopeClasses {
    pub(super) fn new() -> Self {
        let mut rows: IndexMap<u16, Vec<Row>> = IndexMap::new();
        for (text, class) in SCOPES {
            // A row that is no scope would match nothing; a test sees to it that there is none.
            let Ok(scope) = Scope::new(text) else { continue };
            let paint = Paint { class: *class, holds: HOLDING.contains(text) };
            rows.entry(scope.atom_at(0)).or_default().push(Row { scope, paint });
        }
        for rows in rows.values_mut() {
            rows.sort_by_key(|row| std::cmp::Reverse(row.scope.len()));
        }
        Self { rows }
    }

    fn paint(&self, scope: Scope) -> Option<Paint> {
        if scope.is_empty() {
            return None;
        }
        let rows = self.rows.get(&scope.atom_at(0))?;
        rows.iter().find(|row| row.scope.is_prefix_of(scope)).map(|row| row.paint)
    }
}

/// Follows a grammar's scope stack, with the classes in the place of the scopes.
pub(super) struct Tracker<'a> {
    classes: &'a ScopeClasses,
    stack: Vec<Paint>,
    cleared: Vec<Vec<Paint>>,
}

impl<'a> Tracker<'a> {
    pub(super) fn new(classes: &'a ScopeClasses) -> Self {
        Self { classes, stack: Vec::new(), cleared: Vec::new() }
    }

    /// The class at this place.
    pub(super) fn class(&self) -> Class {
        self.top().class
    }

    pub(super) fn apply(&mut self, operation: &ScopeStackOp) {
        match operation {
            ScopeStackOp::Push(scope) => self.push(*scope),
            ScopeStackOp::Pop(number) => self.stack.truncate(self.stack.len().saturating_sub(*number)),
            ScopeStackOp::Clear(amount) => {
                let kept = match amount {
                    ClearAmount::TopN(number) => self.stack.len().saturating_sub(*number),
                    ClearAmount::All => 0,
                };
                self.cleared.push(self.stack.split_off(kept));
            }
            ScopeStackOp::Restore => self.stack.extend(self.cleared.pop().unwrap_or_default()),
            ScopeStackOp::Noop => {}
        }
    }

    fn top(&self) -> Paint {
        self.stack.last().copied().unwrap_or(Paint { class: Class::None, holds: false })
    }

    fn push(&mut self, scope: Scope) {
        let top = self.top();
        let paint = if top.holds { top } else { self.classes.paint(scope).unwrap_or(top) };
        self.stack.push(paint);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_a_scope_and_stands_once() {
        let mut seen = indexmap::IndexSet::new();
        for (text, _) in SCOPES {
            assert!(Scope::new(text).is_ok() && seen.insert(text), "{text}");
        }
        assert!(HOLDING.iter().all(|text| seen.contains(text)));
    }

    #[test]
    fn the_row_with_the_most_words_decides() {
        let classes = ScopeClasses::new();
        let class = |text: &str| classes.paint(Scope::new(text).unwrap()).map(|paint| paint.class);
        assert_eq!(class("keyword.control.go"), Some(Class::Keyword));
        assert_eq!(class("keyword.operator.assignment.go"), Some(Class::Operator));
        assert_eq!(class("entity.name.tag.yaml"), Some(Class::Attribute));
        assert_eq!(class("meta.block.go"), None);
    }
}
