//! The proof that the books cannot be wrong: each fault is tried so many times, and each test has a control, a fault planted on
//! purpose, that it must catch. Every check runs a fifth of each; `tests/prove` runs all of them and prints what came of it.

mod arithmetic;
mod chain;
mod clock;
mod disk;
mod full;
mod ground;
mod holds;
mod io;
mod killed;
mod model;
pub mod people;
mod power;
mod privacy;
mod random;
mod release;
mod rubbish;
mod shop;
mod silent;
mod tampering;
mod victim;
mod waiting;

use std::path::Path;

/// How often a fault is tried: all of it where `COURTESY_PROOF=full` asks for that, else a fifth.
pub fn count(all: u32) -> u32 {
    if full() { all } else { all.div_ceil(5) }
}

/// Whether all of it is asked for.
pub fn full() -> bool {
    std::env::var("COURTESY_PROOF").is_ok_and(|proof| proof == "full")
}

/// Keeps a row of the proof for the table that `tests/prove` prints: the fault, how often it was tried, what came of it, and which
/// planted fault was caught.
pub fn told(fault: &str, tried: u64, came: &str, control: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/proof");
    std::fs::create_dir_all(&folder).unwrap();
    let name: String = fault.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    std::fs::write(folder.join(name), format!("{fault} | {tried} | {came} | {control}\n")).unwrap();
}
