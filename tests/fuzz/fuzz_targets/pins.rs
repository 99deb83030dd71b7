//! PIN files.
#![no_main]

use courtesy::desk::batch::Pins;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = Pins::read(text);
});
