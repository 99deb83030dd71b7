//! Addresses of servers.
#![no_main]

use courtesy::store::Place;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(place) = Place::of(std::path::Path::new(text)) {
        let _ = place.to_string();
    }
});
