//! Files beside the database.
#![no_main]

use courtesy::domain::ids::DeskNo;
use courtesy::store::outside::Outside;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir().unwrap();
    for name in ["desk-1.head", "desk-1.key-1", "pepper"] {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let outside = Outside::at(folder.path().to_owned());
    let _ = (outside.head(DeskNo(1)), outside.key(DeskNo(1), 1), outside.pepper());
});
