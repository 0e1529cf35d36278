//! The importer on whole projects, through its public door.

use plenary::import::{HugoImport, import_hugo};

/// By hand: `PLENARY_IMPORT=SRC PLENARY_INTO=DIR cargo test --test import_hugo -- by_hand --nocapture`.
#[test]
fn by_hand() {
    let (Ok(source), Ok(into)) = (std::env::var("PLENARY_IMPORT"), std::env::var("PLENARY_INTO")) else { return };
    let started = std::time::Instant::now();
    let report = import_hugo(&HugoImport { source: source.into(), into: into.into(), repository: None }).unwrap();
    println!("{}\n{:?}", report.to_text(), started.elapsed());
    println!("{}", report.to_json_lines());
}
