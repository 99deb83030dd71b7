//! Stored documents.
#![no_main]

use courtesy::domain::digest::canonical;
use courtesy::domain::document::Document;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(document) = serde_json::from_slice::<Document>(bytes) {
        canonical(&document).unwrap();
    }
});
