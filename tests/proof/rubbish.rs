//! Bad input: whatever comes in wrong is refused with its place and its meaning, or lawfully kept aside; nothing comes in half, nothing
//! panics, hangs or takes the memory away.

mod books;
mod files;
mod fuzz;
mod lines;
mod mutate;
mod parsers;
mod things;
mod typed;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use crate::program::{Program, Ran};

/// How long any refusal may take, on a slow machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// A map for sales with a bill, an item, a text, a quantity, a time, a price and a member in each row.
const MAP: &str = r#"
name = "test"
[columns]
bill = "bill"
item = "item"
text = "text"
quantity = "quantity"
unit_price = "price"
time = "time"
member = "member"
[says]
till = "t"
tender = "cash"
tax = "included"
tax_rate = "20"
currency = "EUR"
zone = "Europe/Tallinn"
rounding = "half_up"
members = "create"
rows = "together"
"#;

const HEAD: &str = "bill,item,text,quantity,time,price,member";

/// A row that can come in.
fn row(bill: &str) -> String {
    format!("{bill},A,Apple,1,2026-11-20 10:00:00,1.00,7")
}

/// A shop with a sale, whose map and sale lie beside it.
fn shop() -> Program {
    let program = Program::shop("club", "EUR", "Europe/Tallinn", &[]);
    program.write("map.toml", MAP);
    program.write("sales.csv", format!("{HEAD}\n{}\n", row("100")));
    assert_eq!(program.run(&["import", "sales", "sales.csv", "--map", "map.toml"]).status, 0);
    program
}

/// The same with a document.
fn traded() -> Program {
    let program = shop();
    let given = serde_json::json!({ "job": "goodwill", "member": "7", "give": { "amount": "1.00 EUR" }, "to": "store_credit" });
    assert_eq!(program.feed(&["batch", "-"], lines::asks(1, given).to_string().as_bytes()).status, 0);
    program
}

/// Every row of every table, by table.
fn dump(program: &Program, database: &str) -> BTreeMap<String, Vec<String>> {
    let books = rusqlite::Connection::open(program.path(database)).unwrap();
    let mut names = books.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'").unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let rows = |name: &String| {
        // Running sums change with the rows that they sum.
        let sums = if name == "setting" { " WHERE key NOT LIKE 'sum %'" } else { "" };
        let mut all = books.prepare(&format!("SELECT * FROM \"{name}\"{sums}")).unwrap();
        let width = all.column_count();
        let row = |row: &rusqlite::Row<'_>| Ok((0..width).map(|column| format!("{:?}|", row.get_ref(column).unwrap())).collect());
        let mut rows: Vec<String> = all.query_map([], row).unwrap().map(Result::unwrap).collect();
        rows.sort();
        rows
    };
    names.iter().map(|name| (name.clone(), rows(name))).collect()
}

/// Tables that differ.
fn changed(before: &BTreeMap<String, Vec<String>>, after: &BTreeMap<String, Vec<String>>) -> BTreeSet<String> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names.into_iter().filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

/// What is wrong with an answer to rubbish, whatever it was: an exit status that is none of ours, a panic, the innards of the program,
/// characters that a screen obeys, more words than anybody reads, no word on what it means or what to do.
fn faults_of(ran: &Ran) -> Option<String> {
    let (out, err) = (&ran.out, &ran.err);
    if !(0..=3).contains(&ran.status) {
        return Some(format!("status {}: {err}", ran.status));
    }
    for innards in ["panicked", "RUST_BACKTRACE", "overflowed its stack", "Some(", "Err(", "Error {", "\\u{", ".rs:"] {
        if out.contains(innards) || err.contains(innards) {
            return Some(format!("“{innards}” in {out}{err}"));
        }
    }
    if err.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Some(format!("control characters: {err:?}"));
    }
    if err.len() > 10_000 || out.lines().any(|line| line.len() > 20_000) {
        return Some(format!("{} bytes of words", err.len() + out.len()));
    }
    let means = ["nothing was", "is kept", "stays", "no more is", "error:", "were kept", "refused", "nothing of it"];
    if ran.status >= 2 && !means.iter().any(|means| err.contains(means)) {
        return Some(format!("it does not say what it means: {err}"));
    }
    None
}

/// Runs something that must not take long.
fn timed(what: &str, run: impl FnOnce() -> Ran) -> Ran {
    let began = Instant::now();
    let ran = run();
    assert!(began.elapsed() < PATIENCE, "{what} took {:?}", began.elapsed());
    ran
}

/// Runs the program and expects it to refuse: with a status, saying all of some words, and with the books as they were.
fn refused(program: &Program, database: &str, arguments: &[&str], input: &[u8], wants: (&[i32], &[&str])) -> Option<String> {
    let before = dump(program, database);
    let ran = timed(&format!("{arguments:?}"), || program.on(database, arguments, input));
    if let Some(fault) = faults_of(&ran) {
        return Some(fault);
    }
    if !wants.0.contains(&ran.status) {
        return Some(format!("status {} and not {:?}: {}{}", ran.status, wants.0, ran.out, ran.err));
    }
    if let Some(missing) = wants.1.iter().find(|says| !ran.err.contains(**says) && !ran.out.contains(**says)) {
        return Some(format!("it does not say “{missing}”: {}{}", ran.out, ran.err));
    }
    let changed = changed(&before, &dump(program, database));
    (!changed.is_empty()).then(|| format!("{changed:?} changed, {}", ran.err))
}

/// Bytes of a text in UTF-16, its mark before it.
fn utf16(text: &str, little: bool) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

/// Adds up what each part of the cases counts.
#[test]
fn there_are_as_many_cases_as_were_promised() {
    let counts = [
        ("sales", files::sales().len()),
        ("columns", files::columns().len()),
        ("members", files::members().len()),
        ("till logs", files::till_logs().len()),
        ("maps", files::maps().len()),
        ("policies", files::policies().len()),
        ("requests", lines::requests().len()),
        ("PIN files", lines::pins().len()),
        ("books", books::exports(&[String::new(), String::new(), String::new()]).len()),
        ("databases", books::databases().len()),
        ("beside", books::beside().len()),
        ("scanned", typed::scanned().len()),
        ("typed", typed::typed().len()),
        ("addresses", typed::addresses().len()),
    ];
    let all: usize = counts.iter().map(|(_, count)| count).sum();
    assert!(all >= 400, "{all}: {counts:?}");
}
