//! JSON Schemas of the files that people write, for editors.
//!
//! In: which file, and the settings of the site where there are some. Out: a schema as JSON. The keys and
//! descriptions stand in the `.json` files beside this one; tests hold them against the readers.

use crate::config::Config;
use crate::diag::Code;
use serde_json::{Value, json};

/// The files that have a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// `site.yaml`.
    Site,
    /// The front matter of a page.
    FrontMatter,
    /// `terms.yaml`.
    Terms,
}

/// The schema of a file. Front matter has the taxonomies of the site among its keys.
pub fn schema(subject: Subject, config: Option<&Config>) -> Value {
    let mut schema = read(match subject {
        Subject::Site => include_str!("site.json"),
        Subject::FrontMatter => include_str!("front-matter.json"),
        Subject::Terms => include_str!("terms.json"),
    });
    match subject {
        Subject::Site => {
            let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
            schema["properties"]["check"]["properties"]["rules"]["propertyNames"]["enum"] = json!(codes);
        }
        Subject::FrontMatter => {
            let usual = ["tags".to_owned(), "categories".to_owned()];
            for taxonomy in config.map_or(usual.as_slice(), |config| &config.taxonomies) {
                schema["properties"][taxonomy] =
                    json!({"description": format!("Terms of the taxonomy {taxonomy}."), "$ref": "#/$defs/texts"});
            }
        }
        Subject::Terms => {}
    }
    schema
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

#[cfg(test)]
mod tests;
