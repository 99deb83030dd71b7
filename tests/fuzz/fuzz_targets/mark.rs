//! The QR code of a receipt.
#![no_main]

use courtesy::receipt::mark::Mark;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Some(mark) = Mark::read(text) {
        assert_eq!(Mark::read(&mark.to_string()), Some(mark));
    }
});
