//! Documents as they were written down once, kept for ever: every later program must read them, and write them the same.
//!
//! `COURTESY_GOLDEN=write` adds what is missing; what is kept is never written over.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use courtesy::domain::digest::{BEGINNING, Digest, ENCODING, canonical};
use courtesy::domain::document::Document;
use courtesy::domain::request::Job;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn file(name: &str) -> PathBuf {
    folder().join(format!("{name}.document"))
}

/// The sum of each document as the first of a chain, by name.
fn sums() -> BTreeMap<String, Digest> {
    let text = fs::read_to_string(folder().join("sums")).unwrap_or_default();
    text.lines()
        .map(|line| {
            let (sum, name) = line.split_once("  ").unwrap();
            (name.to_owned(), sum.parse().unwrap())
        })
        .collect()
}

/// Documents to be kept, by name: one of each job as they were first written, and one in each form that came later.
fn documents() -> BTreeMap<String, Document> {
    let mut documents: BTreeMap<String, Document> =
        crate::specimens::documents().into_iter().map(|(job, document)| (job.name().to_owned(), document)).collect();
    let (asked, note) = (Some(Digest::of(b"asked")), Some(Digest::of(b"salt and note")));
    let noted = Document { asked, note, ..documents["refund"].clone() };
    documents.insert("refund.noted".to_owned(), noted);
    documents
}

/// Adds documents of which none is kept yet.
fn write_missing() {
    let mut sums = sums();
    for (name, document) in documents() {
        if !file(&name).exists() {
            let body = canonical(&document).unwrap();
            sums.insert(name.clone(), BEGINNING.after(&body));
            fs::create_dir_all(folder()).unwrap();
            fs::write(file(&name), body).unwrap();
        }
    }
    let lines: String = sums.iter().map(|(name, sum)| format!("{sum}  {name}\n")).collect();
    fs::write(folder().join("sums"), lines).unwrap();
}

#[test]
fn old_documents_are_read_and_written_the_same_for_ever() {
    if std::env::var("COURTESY_GOLDEN").is_ok_and(|how| how == "write") {
        write_missing();
    }
    let sums = sums();
    for (name, sum) in &sums {
        let body = fs::read(file(name)).unwrap();
        assert_eq!(BEGINNING.after(&body), *sum, "{name}: its bytes are kept for ever and never edited");
        let json = body.strip_prefix(ENCODING).unwrap_or_else(|| panic!("{name}: an encoding that is not known any more"));
        let document: Document = serde_json::from_slice(json).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(Some(document.quote.job.name()), name.split('.').next(), "{name}");
        let again = canonical(&document).unwrap();
        assert_eq!(String::from_utf8_lossy(&again), String::from_utf8_lossy(&body), "{name}: the encoding has changed");
    }
    let jobs: BTreeSet<_> = Job::ALL.iter().map(|job| job.name()).collect();
    let kept: BTreeSet<_> = sums.keys().filter_map(|name| name.split('.').next()).collect();
    assert_eq!(kept, jobs, "one document of each job; look, then run with COURTESY_GOLDEN=write");
    assert_eq!(sums.keys().cloned().collect::<Vec<_>>(), documents().into_keys().collect::<Vec<_>>(), "each form has one");
    let files = fs::read_dir(folder()).unwrap().count();
    assert_eq!(files, sums.len() + 1, "a file without a sum");
}
