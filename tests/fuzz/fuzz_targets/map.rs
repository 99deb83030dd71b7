//! Column maps.
#![no_main]

use courtesy::intake::{Map, MembersMap, recognise};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = recognise(None, bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = (Map::from_toml(text), MembersMap::from_toml(text));
    }
});
