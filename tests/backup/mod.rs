//! Copies of the books: made while desks write, kept in a folder, put back; and the whole book carried elsewhere.

mod carried;
mod copies;
mod put_back;

use std::path::Path;

use courtesy::store::Store;
use courtesy::store::verify::verify;
use serde_json::json;
use uuid::Uuid;

use crate::program::Program;

/// A shop with a few documents, and its recovery code in a file.
fn shop() -> Program {
    let program = Program::without_shop();
    let setup = ["setup", "--policy", "club", "--name", "The Shop", "--currency", "EUR", "--zone", "Europe/Tallinn", "--json"];
    let made = program.run(&[&setup[..], &["--manager", "Maria Tamm", "--pins", "pins"]].concat());
    assert_eq!(made.status, 0, "{}", made.err);
    program.write("code", made.json()[0]["recovery_code"].as_str().unwrap());
    hire(&program, "shop.db", 2..5);
    program
}

/// A manager confirms that other books stand here on purpose.
fn anchor(program: &Program, database: &str) {
    let request = json!({ "job": "re_anchor", "reason": "The disk failed" });
    let asked = json!({ "id": Uuid::now_v7(), "desk": 1, "clerk": 1, "request": request }).to_string();
    let done = program.on(database, &["batch", "-", "--pins", "pins"], asked.as_bytes());
    assert_eq!(done.status, 0, "{}{}", done.out, done.err);
}

/// The books have moved to a place that has none of the desk's keys; its manager goes on there.
fn move_in(program: &Program, database: &str) {
    let recovered = program.on(database, &["recover", "--code", "code", "--pins", "pins"], b"");
    assert_eq!(recovered.status, 0, "{}", recovered.err);
    anchor(program, database);
}

/// Whether nothing in a database is wrong, whatever is kept outside it.
fn in_order(path: &Path) -> bool {
    let mut store = Store::open_existing(path).unwrap();
    store.read(|tx| verify(tx, None, &mut |_, _| {})).unwrap().wrong() == 0
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
