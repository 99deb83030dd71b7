//! Texts by language in rules.
#![no_main]

use courtesy::domain::spoken::{Dictionary, settle};

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(settled) = settle(text, "fi") {
        assert_eq!(settle(&settled, "fi").unwrap(), settled);
    }
    let _ = Dictionary::of(text, "en", "fi");
});
