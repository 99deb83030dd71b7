//! Importing the retail file, beside `sqlite3 .import` of the same rows into the same tables and indexes, in as many
//! transactions.
//!
//! What the import wrote is written out as CSV, which `sqlite3` then takes back. CSV knows neither bytes nor nothing, so for
//! it ids and sums are texts of the same length and in the same order, and nothing is an empty text or a zero. The one
//! row that notes how far an import came, and bills kept aside, are left out.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use courtesy::desk::import::What;
use courtesy::intake::{Counts, Source};
use criterion::Criterion;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::figures::{folder, median, note, tell};
use crate::shop;

/// The retail file in the data folder.
const FILE: &str = "retail/online_retail_2010-12_2011-08.csv.xz";
/// Turns, of which the middle counts.
const ROUNDS: usize = 3;
/// The tables that an import of sales fills, those that others name first; with the column that tells what came when.
const TABLES: [(&str, &str, &str); 6] = [
    ("member", "SELECT * FROM member ORDER BY site, id", "id"),
    ("person", "SELECT * FROM person ORDER BY site, member", "member"),
    ("bill", "SELECT * FROM bill ORDER BY site, id", "id"),
    ("bill_line", "SELECT * FROM bill_line ORDER BY site, bill, no", "bill"),
    ("bill_payment", "SELECT * FROM bill_payment ORDER BY site, bill, no", "bill"),
    ("till_return", "SELECT * FROM till_return ORDER BY site, bill, line", "bill"),
];
/// What nothing becomes where an id belongs.
const NO_ID: &str = "0000000000000000";

/// Runs the subject.
pub fn run(_: &mut Criterion) {
    let Some(packed) = data(FILE) else {
        return note("import", "NOT MEASURED: the retail file is neither in ../shared/data nor in $COURTESY_DATA");
    };
    if Command::new("sqlite3").arg("--version").stdout(Stdio::null()).status().is_err() {
        return note("import", "NOT MEASURED: the program sqlite3 is not here");
    }
    let folder = folder();
    let csv = folder.path().join("retail.csv");
    let unpacked = Command::new("xz").arg("-dc").arg(&packed).stdout(File::create(&csv).unwrap()).status();
    if !unpacked.is_ok_and(|status| status.success()) {
        return note("import", "NOT MEASURED: xz could not unpack the retail file");
    }
    let (mut ours, mut theirs, mut dump) = (vec![], vec![], None);
    let mut lines = 0;
    for round in 0..ROUNDS {
        let place = folder.path().join(format!("ours-{round}"));
        let (time, counts, transactions) = imported(&csv, &place);
        lines = counts.lines_read();
        ours.push(time.as_secs_f64());
        let books = place.join("books.db");
        let script = dump.get_or_insert_with(|| write_out(&books, folder.path(), transactions));
        let fresh = folder.path().join(format!("theirs-{round}.db"));
        theirs.push(taken_back(&books, &fresh, script).as_secs_f64());
        check_same(&books, &fresh);
    }
    let ratio = median(ours.iter().zip(&theirs).map(|(ours, theirs)| theirs / ours).collect());
    let (ours, theirs) = (median(ours), median(theirs));
    let figure = format!(
        "{ratio:.2} ({lines} lines in {ours:.1} s, {:.0} a second, beside {theirs:.1} s)",
        f64::from(u32::try_from(lines).unwrap()) / ours
    );
    tell("import: rate to sqlite3 .import", &figure, "0.50 or more");
}

fn data(name: &str) -> Option<PathBuf> {
    let given = std::env::var_os("COURTESY_DATA").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1).map(|folder| folder.join("shared/data"));
    given.into_iter().chain(beside).map(|folder| folder.join(name)).find(|file| file.exists())
}

/// Imports into a shop of its own, until the file is closed; answers the time, the figures and how many transactions it took.
fn imported(csv: &Path, place: &Path) -> (Duration, Counts, usize) {
    std::fs::create_dir_all(place).unwrap();
    let mut desk = shop::open(place, "GBP");
    let mut transactions = 0;
    let began = Instant::now();
    let source = Source::File(csv.to_owned());
    let rejects = place.join("rejects.rej");
    let imported = desk.import(&source, What::Sales(None, None), &rejects, &mut |_, _| transactions += 1).unwrap();
    drop(desk);
    (began.elapsed(), imported.counts, transactions)
}

/// Writes the tables out as CSV in as many parts as there were transactions, and what `sqlite3` is to do with them.
fn write_out(books: &Path, folder: &Path, transactions: usize) -> String {
    let books = Connection::open(books).unwrap();
    let ids = ids(&books);
    let bills = column(&books, "SELECT id FROM bill ORDER BY id");
    let size = bills.len().div_ceil(transactions);
    let ends: Vec<&Vec<u8>> = bills.chunks(size).filter_map(<[Vec<u8>]>::last).collect();
    let part_of = |id: &[u8]| ends.partition_point(|end| end.as_slice() < id).min(ends.len() - 1);
    let file = |table: &str, part: usize| folder.join(format!("{table}-{part}.csv"));
    for (table, sql, came) in TABLES {
        let mut parts: Vec<String> = vec![String::new(); ends.len()];
        let mut statement = books.prepare(sql).unwrap();
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let types = types(&books, table);
        let at = names.iter().position(|name| name == came).unwrap();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let ValueRef::Blob(id) = row.get_ref(at).unwrap() else { panic!("{table} has no id") };
            let part = &mut parts[part_of(id)];
            for (column, kind) in types.iter().enumerate() {
                part.push_str(if column == 0 { "" } else { "," });
                put(part, row.get_ref(column).unwrap(), kind, &ids);
            }
            part.push('\n');
        }
        parts.iter().enumerate().for_each(|(part, text)| std::fs::write(file(table, part), text).unwrap());
    }
    let texts = texts(&books);
    texts.chunks(texts.len().div_ceil(ends.len()).max(1)).enumerate().for_each(|(part, texts)| {
        std::fs::write(file("text_index", part), texts.concat()).unwrap();
    });
    let mut script =
        "PRAGMA synchronous=FULL;\nPRAGMA foreign_keys=ON;\nPRAGMA trusted_schema=OFF;\nPRAGMA cell_size_check=ON;\n\
        PRAGMA wal_autocheckpoint=4000;\nPRAGMA cache_size=-32768;\n"
            .to_owned();
    for part in 0..ends.len() {
        script.push_str("BEGIN IMMEDIATE;\n");
        for table in TABLES.iter().map(|(table, ..)| *table).chain(["text_index"]) {
            let file = file(table, part);
            if file.metadata().is_ok_and(|file| file.len() > 0) {
                writeln!(script, ".import --csv {} {table}", file.display()).unwrap();
            }
        }
        script.push_str("COMMIT;\n");
    }
    script
}

/// A short text for each id, in the order of the ids.
fn ids(books: &Connection) -> HashMap<Vec<u8>, String> {
    let all = column(books, "SELECT id FROM member UNION SELECT id FROM bill ORDER BY 1");
    all.into_iter().zip(1_u64..).map(|(id, rank)| (id, format!("{rank:016x}"))).collect()
}

fn column(books: &Connection, sql: &str) -> Vec<Vec<u8>> {
    let mut statement = books.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn types(books: &Connection, table: &str) -> Vec<String> {
    let mut statement = books.prepare("SELECT type FROM pragma_table_info(?1) ORDER BY cid").unwrap();
    statement.query_map([table], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn texts(books: &Connection) -> Vec<String> {
    let mut statement = books.prepare("SELECT text FROM text_index ORDER BY rowid").unwrap();
    let quoted = |text: String| format!("\"{}\"\n", text.replace('"', "\"\""));
    statement.query_map([], |row| row.get(0)).unwrap().map(|text| quoted(text.unwrap())).collect()
}

fn put(line: &mut String, value: ValueRef<'_>, kind: &str, ids: &HashMap<Vec<u8>, String>) {
    match (value, kind) {
        (ValueRef::Null, "INTEGER") => line.push('0'),
        (ValueRef::Null, "BLOB") => line.push_str(NO_ID),
        (ValueRef::Integer(number), _) => write!(line, "{number}").unwrap(),
        (ValueRef::Text(text), _) => {
            write!(line, "\"{}\"", std::str::from_utf8(text).unwrap().replace('"', "\"\"")).unwrap();
        }
        (ValueRef::Blob(bytes), _) => match ids.get(bytes) {
            Some(id) => line.push_str(id),
            None => bytes[..bytes.len() / 2].iter().for_each(|byte| write!(line, "{byte:02x}").unwrap()),
        },
        _ => {}
    }
}

/// Lets `sqlite3` take the CSV into a new database of the same tables and indexes.
fn taken_back(books: &Path, fresh: &Path, script: &str) -> Duration {
    let books = Connection::open(books).unwrap();
    // Its own tables SQLite makes itself.
    let sql = "SELECT sql || ';' FROM sqlite_schema
        WHERE sql IS NOT NULL AND name NOT LIKE 'text_index_%' AND name NOT LIKE 'sqlite_%' ORDER BY rowid";
    let mut statement = books.prepare(sql).unwrap();
    let schema: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let schema = schema.join("\n").replace("BLOB", "TEXT").replace(" IS NOT NULL;", &format!(" > '{NO_ID}';"));
    let connection = Connection::open(fresh).unwrap();
    connection.execute_batch(&format!("PRAGMA journal_mode=WAL; {schema}")).unwrap();
    drop(connection);
    let began = Instant::now();
    let mut sqlite3 = Command::new("sqlite3")
        .arg("-batch")
        .arg(fresh)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    sqlite3.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = sqlite3.wait_with_output().unwrap();
    let time = began.elapsed();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    time
}

/// Both hold as many rows.
fn check_same(ours: &Path, theirs: &Path) {
    let [ours, theirs] = [ours, theirs].map(|path| Connection::open(path).unwrap());
    for table in TABLES.iter().map(|(table, ..)| *table).chain(["text_index"]) {
        let count = |books: &Connection| {
            books.query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |row| row.get::<_, i64>(0)).unwrap()
        };
        assert_eq!(count(&ours), count(&theirs), "{table}");
    }
}
