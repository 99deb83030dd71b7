//! The proof that the books cannot be wrong: each fault is tried so many times, and each test has a control, a fault planted on
//! purpose, that it must catch. Every check runs a fifth of each; `tests/prove` runs all of them and prints what came of it.

mod clock;
mod people;
mod waiting;

use std::path::Path;

/// How often a fault is tried: all of it where `COURTESY_PROOF=full` asks for that, else a fifth.
pub fn count(full: u32) -> u32 {
    if std::env::var("COURTESY_PROOF").is_ok_and(|proof| proof == "full") { full } else { full.div_ceil(5) }
}

/// Keeps a row of the proof for the table that `tests/prove` prints: the fault, how often it was tried, what came of it, and which
/// planted fault was caught.
pub fn told(fault: &str, tried: u64, came: &str, control: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/proof");
    std::fs::create_dir_all(&folder).unwrap();
    let name: String = fault.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    std::fs::write(folder.join(name), format!("{fault} | {tried} | {came} | {control}\n")).unwrap();
}
