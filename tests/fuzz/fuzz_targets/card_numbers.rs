//! Payment card numbers in text.
#![no_main]

use courtesy::domain::payment_card::{find, mask};

libfuzzer_sys::fuzz_target!(|text: &str| {
    assert!(find(mask(text).as_bytes()).is_none());
});
