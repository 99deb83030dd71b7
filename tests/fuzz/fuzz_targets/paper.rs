//! Stored receipts, and their drawing.
#![no_main]

use courtesy::receipt::layout::Paper;
use courtesy::receipt::text::{plain, preview};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(paper) = serde_json::from_slice::<Paper>(bytes) {
        let filled = paper.fill(&|_| None, "erased");
        let _ = (plain(&filled), preview(&filled));
    }
});
