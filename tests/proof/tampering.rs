//! Tampering: every column of every table changed, rows dropped, slipped in and swapped, whoever does it and whatever the
//! tables' own rules say. Every one is named by the look at the books. The tail cut off, an old copy put back, and the whole chain made
//! anew are told in `tests/chain.rs`.

use std::collections::{BTreeMap, BTreeSet};

use courtesy::store::StoreError;
use courtesy::store::verify::{Finding, Invariant, verify};
use rusqlite::types::Value;

use super::shop::{Books, traded};

/// Columns that nothing vouches for, each with the reason. The columns of an added table are not in here: it fails the test.
const EXEMPT: &[(&str, &str, &str)] = &[
    ("person", "address", "personal data that is erased without a trace; no money follows from it"),
    ("person", "born", "personal data that is erased without a trace; no money follows from it"),
    ("kept_aside", "*", "a bill that is not in the books; its file is brought in again"),
    ("uncleaned", "*", "who was erased while bytes may still lie in the files; the erasure itself is a document"),
    ("import_progress", "*", "where to go on reading a file; bills are known by their keys"),
    ("print_job", ORIGINAL, "a desk that prints nothing asks for none; what is printed then says the same"),
    ("print_job", "at_us", "when paper was asked for; a second paper says that it is a copy"),
    ("print_job", "state", "whether paper came out; a second paper says that it is a copy"),
    ("print_job", "handed", "where the printer holds it"),
    ("print_job", "at_desk", "which printer makes it"),
];

/// Stands for a row of paper that is dropped, where it is a document's only one.
const ORIGINAL: &str = "its only paper";

fn exempt(table: &str, column: &str) -> bool {
    EXEMPT.iter().any(|(of, name, _)| *of == table && (*name == column || *name == "*"))
}

/// Rows that may change: what tells one database from another, and the last step of its form, which is taken again and changes nothing.
fn is_free(table: &str, row: &str) -> bool {
    (table == "setting" && row.contains("'id'")) || (table == "migration" && row.ends_with(" 14"))
}

/// A table of the books with its columns and the columns of its key.
struct Table {
    name: String,
    columns: Vec<(String, String)>,
    key: Vec<String>,
}

/// All tables, from the schema itself: an added one cannot be forgotten. Parts of the text index belong to its engine.
fn tables(raw: &rusqlite::Connection) -> Vec<Table> {
    let names: Vec<String> = asked(raw, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    // What waits for a word is asked again within minutes, and a word in it bears a mark of the shop's secret.
    let names = names.into_iter().filter(|name| !name.starts_with("text_index_") && name != "waiting");
    let table = |name: String| {
        let columns = asked(raw, &format!("SELECT name FROM pragma_table_info('{name}') ORDER BY cid"));
        let types = asked(raw, &format!("SELECT type FROM pragma_table_info('{name}') ORDER BY cid"));
        let key = asked(raw, &format!("SELECT name FROM pragma_table_info('{name}') WHERE pk > 0 ORDER BY pk"));
        Table { columns: columns.into_iter().zip(types).collect(), name, key }
    };
    names.map(table).collect()
}

fn asked(raw: &rusqlite::Connection, sql: &str) -> Vec<String> {
    let mut statement = raw.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// What tells each of some rows of a table from the others: the first, the last and those between, at most so many.
fn rows(raw: &rusqlite::Connection, table: &Table, many: usize) -> Vec<String> {
    let key: Vec<&str> = if table.key.is_empty() { vec!["rowid"] } else { table.key.iter().map(String::as_str).collect() };
    let mut statement = raw.prepare(&format!("SELECT {} FROM {} ORDER BY 1", key.join(", "), table.name)).unwrap();
    let which = |row: &rusqlite::Row<'_>| {
        let parts = key.iter().enumerate().map(|(i, column)| Ok(format!("{column} IS {}", literal(&row.get(i)?))));
        parts.collect::<rusqlite::Result<Vec<_>>>().map(|parts| parts.join(" AND "))
    };
    let all: Vec<String> = statement.query_map([], which).unwrap().map(Result::unwrap).collect();
    let step = all.len().div_ceil(many.max(1)).max(1);
    all.into_iter().rev().step_by(step).collect()
}

fn literal(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Value::Blob(bytes) => format!("x'{}'", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()),
    }
}

/// Whether a change of the books is named, by what the desk says when it opens or by the look at everything. `None` where the tables
/// did not take the change.
fn named(whole: &Books, sql: &str) -> Option<Result<Vec<Finding>, String>> {
    let books = whole.copy();
    let raw = rusqlite::Connection::open(books.path()).unwrap();
    raw.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;").unwrap();
    let before = raw.total_changes();
    if raw.execute_batch(sql).is_err() || raw.total_changes() == before {
        return None;
    }
    drop(raw);
    Some(books.verified())
}

/// Values that a column may be given instead.
fn others(column: &str, kind: &str) -> [String; 2] {
    match kind {
        "INTEGER" => [format!("COALESCE({column}, 0) + 1"), format!("COALESCE({column}, 0) - 1")],
        "BLOB" => [format!("zeroblob(COALESCE(length({column}), 16))"), "NULL".to_owned()],
        _ => [format!("COALESCE({column}, '') || 'x7'"), format!("substr({column}, 2)")],
    }
}

#[derive(Default)]
struct Told {
    tried: u64,
    unseen: Vec<String>,
    by_table: BTreeMap<String, u64>,
    /// Changes that the engine's own rules see nothing in.
    within_rules: u64,
}

impl Told {
    fn hear(&mut self, table: &str, what: String, answer: Option<Result<Vec<Finding>, String>>) {
        let Some(answer) = answer else { return };
        self.tried += 1;
        *self.by_table.entry(table.to_owned()).or_default() += 1;
        let is_file = |finding: &Finding| finding.breaks() == Some(Invariant::File);
        self.within_rules += u64::from(answer.as_ref().is_ok_and(|findings| !findings.iter().any(is_file)));
        if answer.is_ok_and(|findings| findings.is_empty()) {
            self.unseen.push(what);
        }
    }
}

#[test]
fn every_change_of_every_table_is_named() {
    let whole = traded();
    let raw = rusqlite::Connection::open(whole.path()).unwrap();
    let many = super::count(5) as usize;
    let mut told = Told::default();
    for table in tables(&raw) {
        let name = &table.name;
        let rows = rows(&raw, &table, many);
        assert!(!rows.is_empty() || exempt(name, "*"), "nothing stands in {name}");
        for row in &rows {
            for (column, kind) in &table.columns {
                let skipped = exempt(name, column) || (name == "setting" && is_free(name, row));
                for other in others(column, kind).iter().filter(|_| !skipped) {
                    let sql = format!("UPDATE {name} SET {column} = {other} WHERE {row} AND {column} IS NOT ({other})");
                    told.hear(name, sql.clone(), named(&whole, &sql));
                }
            }
            if exempt(name, "*") || is_free(name, row) {
                continue;
            }
            let sql = format!("DELETE FROM {name} WHERE {row}{}", if exempt(name, ORIGINAL) { " AND copy > 0" } else { "" });
            told.hear(name, sql.clone(), named(&whole, &sql));
            slip_in(&whole, &table, row, &mut told);
        }
        if let [one, other, ..] = rows.as_slice() {
            swap(&whole, &table, one, other, &mut told);
        }
    }
    assert_eq!(told.unseen, Vec::<String>::new());
    super::told(
        "tampering",
        told.tried,
        &format!("{} changes of {} tables named, {} not", told.tried, told.by_table.len(), told.unseen.len()),
        &control(&whole),
    );
}

/// A second row like one that is there, under another key.
fn slip_in(whole: &Books, table: &Table, row: &str, told: &mut Told) {
    let Some(last) = table.key.last() else { return };
    let moved = |(column, kind): &(String, String)| {
        if column != last {
            return column.clone();
        }
        match kind.as_str() {
            "INTEGER" => format!("{column} + 1000"),
            "BLOB" => format!("randomblob(length({column}))"),
            _ => format!("{column} || 'y'"),
        }
    };
    let values: Vec<String> = table.columns.iter().map(moved).collect();
    let name = &table.name;
    let sql = format!("INSERT INTO {name} SELECT {} FROM {name} WHERE {row}", values.join(", "));
    told.hear(name, sql.clone(), named(whole, &sql));
}

/// Two rows that change places: each gets what the other had, but for its key.
fn swap(whole: &Books, table: &Table, one: &str, other: &str, told: &mut Told) {
    let name = &table.name;
    let columns = table.columns.iter().map(|(column, _)| column).filter(|column| !table.key.contains(column));
    let columns: Vec<String> = columns.filter(|column| !exempt(name, column)).cloned().collect();
    if columns.is_empty() {
        return;
    }
    let list = columns.join(", ");
    let differ = format!("SELECT ({list}) IS NOT (SELECT {list} FROM {name} WHERE {other}) FROM {name} WHERE {one}");
    let differ: bool = rusqlite::Connection::open(whole.path()).unwrap().query_row(&differ, [], |row| row.get(0)).unwrap();
    if !differ || exempt(name, "*") {
        return;
    }
    // What must be unique is set to nothing in between, where the tables allow it.
    let sql = format!(
        "CREATE TEMP TABLE held AS SELECT {list} FROM {name} WHERE {one};
        UPDATE {name} SET ({list}) = (SELECT {list} FROM {name} WHERE {other}) WHERE {one};
        UPDATE {name} SET ({list}) = (SELECT {list} FROM held) WHERE {other};"
    );
    told.hear(name, format!("swap {one} and {other} in {name}"), named(whole, &sql));
}

/// The same changes, looked for by the engine's own check alone: it misses those that keep to the tables' rules.
fn control(whole: &Books) -> String {
    let cases = [
        "UPDATE document SET total_minor = total_minor + 1 WHERE sequence = 9",
        "UPDATE posting SET amount_minor = amount_minor + 1 WHERE no = 1",
        "UPDATE credit SET balance_minor = balance_minor - 1",
        "DELETE FROM approval_used",
        "UPDATE staff SET role = 'manager' WHERE no = 2",
    ];
    let mut missed = 0;
    for sql in cases {
        let books = whole.copy();
        books.damage(sql);
        let raw = rusqlite::Connection::open(books.path()).unwrap();
        let answers: BTreeSet<String> = asked(&raw, "PRAGMA integrity_check").into_iter().collect();
        missed += u32::from(answers == BTreeSet::from(["ok".to_owned()]));
        assert!(named(whole, sql).is_some_and(|answer| answer.is_ok_and(|findings| !findings.is_empty())), "{sql}");
    }
    assert!(missed > 0, "the engine's own check sees everything");
    format!("integrity_check alone misses {missed} of {} changes", cases.len())
}

/// Tables of a server whose rows are money, or say who may move it; each with the columns that nothing vouches for.
const MONEY: [&str; 15] = [
    "document",
    "posting",
    "payout",
    "document_bill",
    "voided",
    "line_event",
    "payment_event",
    "credit",
    "credit_event",
    "bill",
    "bill_line",
    "bill_payment",
    "term",
    "approval_used",
    "staff",
];

#[test]
fn every_change_of_money_on_a_server_is_named() {
    let server = crate::server::shared();
    let url = server.schema();
    let (books, room) = (traded(), super::shop::room());
    let outside = courtesy::store::outside::Outside::at(room.path().join("outside"));
    // The same books, carried over: every row as it stands in the file.
    let program = crate::program::Program::without_shop();
    let export = room.path().join("books.jsonl");
    let carried = ["export", export.to_str().unwrap()];
    let ran = program.on(books.path().to_str().unwrap(), &carried, b"");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let ran = program.on(&url, &["import", "books", export.to_str().unwrap()], b"");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let mut store = courtesy::store::Store::open(url.as_ref()).unwrap().keeping(outside);
    let mut told = Told::default();
    let damage = |store: &mut courtesy::store::Store, sql: &str| {
        let mut found = None;
        let undone: Result<(), StoreError> = store.write(|tx| {
            tx.execute("SET LOCAL session_replication_role = replica", &[])?;
            if tx.execute(sql, &[])? > 0 {
                let report = verify(tx, None, &mut |_, _| {})?;
                found = Some(Ok(report.findings.into_iter().filter(|finding| !finding.is_note()).collect::<Vec<_>>()));
            }
            Err(StoreError::PostedBefore)
        });
        // What the columns' own rules refuse is no change.
        if matches!(undone, Err(StoreError::PostedBefore)) { found } else { None }
    };
    assert_eq!(damage(&mut store, "UPDATE staff SET no = no"), Some(Ok(vec![])));
    for table in MONEY {
        let sql = "SELECT CAST(column_name AS text), CAST(data_type AS text) FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name = ?1";
        let columns = store.read(|tx| tx.query(sql, &[table.into()])).unwrap();
        for row in &columns {
            let (column, kind) = (row.string(0).unwrap(), row.string(1).unwrap());
            // Outside this look: PINs and the first manager are sealed with what is kept on the counter's computer.
            if exempt(table, &column) || (table == "staff" && column == "pin_hash") {
                continue;
            }
            let other = match kind.as_str() {
                "bigint" => format!("COALESCE({column}, 0) + 1"),
                "bytea" => format!("decode(repeat('00', COALESCE(length({column}), 16)), 'hex')"),
                _ => format!("COALESCE({column}, '') || 'x7'"),
            };
            let last = if table == "staff" { "no = 2".into() } else { format!("ctid = (SELECT MAX(ctid) FROM {table})") };
            let sql = format!("UPDATE {table} SET {column} = {other} WHERE {last} AND {column} IS DISTINCT FROM {other}");
            told.hear(table, sql.clone(), damage(&mut store, &sql));
        }
        let sql = format!("DELETE FROM {table} WHERE ctid = (SELECT MAX(ctid) FROM {table})");
        told.hear(table, sql.clone(), damage(&mut store, &sql));
    }
    assert_eq!(told.unseen, Vec::<String>::new());
    assert!(told.within_rules > 0);
    super::told(
        "tampering, server",
        told.tried,
        &format!("{} changes of {} tables named, {} not", told.tried, told.by_table.len(), told.unseen.len()),
        &format!("the rules between tables alone miss {} of {} changes", told.within_rules, told.tried),
    );
}
