//! The values that templates see.
//!
//! In: the model, links, history. Out: [`Views`], shared values made once per language or page and
//! cloned by reference, and the context of each page. Neighbours carry title and address only, and
//! templates never call back into the site.

mod around;
#[cfg(feature = "cards")]
mod card;
mod data;
mod entry;
mod links;
mod navigation;
mod page;
mod progress;
mod query;
mod reference;
mod register;
mod shared;
mod structured;
mod translation;
mod unlisted;

#[cfg(feature = "cards")]
pub(crate) use card::card_context;
pub use data::data_value;
pub(crate) use entry::absolute;
pub use links::{Changes, Commit, RepositoryLinks};
pub use navigation::Sidebars;
pub(crate) use page::page_in_short;
pub use page::{PageInput, page_context};
pub(crate) use progress::translations_context;
pub use reference::{CHAPTER, Object, described, objects};
pub use shared::{Shared, Views, answers, coming_meetings, site_values};
pub(crate) use unlisted::{Unlisted, unlisted_context};

use tera::value::Key;
use tera::{Map, Value};

/// A mapping for templates.
#[derive(Debug, Default)]
pub(crate) struct Fields(Map);

impl Fields {
    pub(crate) fn new() -> Self {
        Self(Map::default())
    }

    pub(crate) fn set(&mut self, key: &'static str, value: impl Into<Value>) -> &mut Self {
        self.0.insert(Key::Str(key), value.into());
        self
    }

    pub(crate) fn text(&mut self, key: &'static str, value: Option<&str>) -> &mut Self {
        self.set(key, value.map_or_else(Value::none, Value::normal_string))
    }

    pub(crate) fn with(mut self, key: &'static str, value: impl Into<Value>) -> Value {
        self.set(key, value);
        self.value()
    }

    pub(crate) fn value(self) -> Value {
        Value::from(self.0)
    }
}

/// A list for templates.
pub(crate) fn list(items: impl IntoIterator<Item = Value>) -> Value {
    Value::from(items.into_iter().collect::<Vec<_>>())
}

/// Front matter and parameters that only templates know.
pub(crate) fn extra(entries: &[crate::data::Entry]) -> Value {
    let pairs = entries.iter().map(|entry| (Key::from(entry.key.clone()), entry.node.to_template()));
    Value::from(pairs.collect::<Map>())
}
