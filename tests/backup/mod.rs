//! Copies of the books: made while desks write, kept in a folder, put back; and the whole book carried elsewhere.

mod carried;
mod copies;
mod put_back;

use std::path::Path;

use serde_json::json;
use uuid::Uuid;

use crate::program::Program;

/// A shop with a member and a few documents.
fn shop() -> Program {
    let program = Program::shop("club", "EUR", "Europe/Tallinn", &[]);
    hire(&program, "shop.db", 2..5);
    program
}

/// Hires so many people, a document each.
fn hire(program: &Program, database: &str, people: std::ops::Range<u32>) {
    let lines: Vec<String> = people.map(|no| hiring(no).to_string()).collect();
    let hired = program.on(database, &["batch", "-", "--pins", "pins"], lines.join("\n").as_bytes());
    assert_eq!(hired.status, 0, "{}{}", hired.out, hired.err);
}

fn hiring(no: u32) -> serde_json::Value {
    let staff = json!({ "no": no, "name": format!("Person {no}"), "role": "clerk", "language": "en", "active": true });
    json!({ "id": Uuid::now_v7(), "desk": 1, "clerk": 1, "request": { "job": "set_staff", "staff": staff } })
}

/// How many documents a database holds, by a look from outside.
fn documents(path: &Path) -> i64 {
    let raw = rusqlite::Connection::open(path).unwrap();
    raw.query_row("SELECT COUNT(*) FROM document", [], |row| row.get(0)).unwrap()
}

/// Names of the files of a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Changes a byte in the middle of the last document's text, where no page says that anything is wrong.
fn spoil(path: &Path) {
    let mut bytes = std::fs::read(path).unwrap();
    let wanted = b"\"business_date\"";
    let at = bytes.windows(wanted.len()).rposition(|window| window == wanted).unwrap();
    bytes[at + 1] = b'B';
    std::fs::write(path, bytes).unwrap();
}
