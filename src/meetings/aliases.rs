//! `aliases.yaml`: one person, several spellings.
//!
//! In: YAML, `Ada Byron: [Ada B., abyron]`. Out: each spelling with the name to use.

use crate::data::{Value, parse_yaml};
use crate::diag::FileId;
use std::collections::BTreeMap;

/// Spellings of people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aliases {
    /// Lower-case spelling → name.
    pub spellings: BTreeMap<String, String>,
}

impl Aliases {
    /// Reads the file.
    ///
    /// # Errors
    /// Says in a sentence why the text is no such file.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parsed = parse_yaml(text, FileId(0), 0).map_err(|error| error.message)?;
        let mut spellings = BTreeMap::new();
        for entry in parsed.node.entries() {
            let values = match &entry.node.value {
                Value::List(items) => items.iter().filter_map(crate::data::Node::to_text).collect(),
                _ => entry.node.to_text().into_iter().collect::<Vec<_>>(),
            };
            for value in values {
                spellings.insert(value.to_lowercase(), entry.key.clone());
            }
        }
        Ok(Self { spellings })
    }
}

#[cfg(test)]
mod tests {
    use super::Aliases;

    #[test]
    fn lists_and_single_spellings() {
        let aliases = Aliases::parse("Ada Byron: [Ada B., abyron]\nBo Chan: bo\n").expect("valid");
        let seen: Vec<_> = aliases.spellings.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(seen, [("abyron", "Ada Byron"), ("ada b.", "Ada Byron"), ("bo", "Bo Chan")]);
        assert!(Aliases::parse("a: [").is_err());
    }
}
