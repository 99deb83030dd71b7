//! Rules of a shop.
#![no_main]

use courtesy::domain::policy::Policy;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = Policy::parse_in(text, "fi");
});
