//! Exports of whole books.
#![no_main]

use courtesy::store::Place;
use courtesy::store::transfer::read;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("books.jsonl");
    std::fs::write(&file, bytes).unwrap();
    let _ = read(&Place::File(folder.path().join("books.db")), &file, &mut |_, _, _| {});
});
