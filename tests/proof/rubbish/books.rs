//! Whole books that are wrong: exports, database files, and what lies beside them.

use std::path::Path;

use courtesy::domain::digest::BEGINNING;

use super::{changed, dump, faults_of, refused, shop, timed, traded};
use crate::program::Program;
use crate::proof::told;

/// Each line with its sum made anew, as somebody does who knows how.
pub fn with_sums(text: &str) -> String {
    let mut running = BEGINNING;
    let mut lines = String::new();
    for line in text.lines() {
        let Some((_, rest)) = line.strip_prefix("{\"sum\":\"").and_then(|line| line.split_once("\",")) else {
            lines.push_str(line);
            lines.push('\n');
            continue;
        };
        running = running.after(rest.as_bytes());
        lines.push_str(&format!("{{\"sum\":\"{}\",{rest}\n", running.short()));
    }
    lines
}

/// Exports that are wrong, made of the lines of a good one: a name, the file, and what is said.
pub fn exports(good: &[String]) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let whole = || good.join("\n") + "\n";
    let replaced = |from: &str, to: &str| {
        assert!(good[0].is_empty() || whole().contains(from), "{from}");
        whole().replacen(from, to, 1)
    };
    let with = |from: &str, to: &str| replaced(from, to).into_bytes();
    let summed = |from: &str, to: &str| with_sums(&replaced(from, to)).into_bytes();
    let last = good.len() - 1;
    let without = |line: usize| {
        let mut lines = good.to_vec();
        lines.remove(line);
        (lines.join("\n") + "\n").into_bytes()
    };
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        ("nothing", Vec::new(), "line 1: the file ends here"),
        ("a line end", text("\n"), "is not an export of books"),
        ("words", text("hello\n"), "is not an export of books"),
        ("another JSON", text("{\"a\":1}\n"), "is not an export of books"),
        ("UTF-16", super::utf16(&whole(), true), "line 1: byte 1 is not UTF-8 text"),
        ("a mark before it", format!("\u{feff}{}", whole()).into_bytes(), "is not an export of books"),
        ("NULs", vec![0; 1_000], "is not an export of books"),
        ("another version", with("\"version\":1", "\"version\":2"), "has version 2"),
        ("a version past counting", with("\"version\":1", "\"version\":1e400"), "is not an export of books"),
        ("another form", with("\"form\":", "\"form\":9"), "holds books of form 9"),
        ("no last line", without(last), "the file ends here, before its last line"),
        ("a line too few", without(last / 2), "it was changed, or a line before it was lost or moved"),
        (
            "two lines the other way",
            {
                let mut lines = good.to_vec();
                lines.swap(last / 2, last / 3);
                (lines.join("\n") + "\n").into_bytes()
            },
            "it was changed, or a line before it was lost or moved",
        ),
        ("the first line twice", format!("{}\n{}", good[0], whole()).into_bytes(), "line 2: it was changed"),
        ("a line after the last", format!("{}{}\n", whole(), good[last]).into_bytes(), "it was changed"),
        ("cut in a line", whole().as_bytes()[..whole().len() * 2 / 3].to_vec(), "line "),
        ("line ends of Windows", whole().replace('\n', "\r\n").into_bytes(), "line 1"),
        ("10 MB in a line", [whole().into_bytes(), vec![b'x'; 10_000_000]].concat(), "it does not begin with its sum"),
        ("a letter in a sum", with("{\"sum\":\"", "{\"sum\":\"g"), "line 1: it was changed"),
        ("a table of nobody", summed("\"name\":\"bill\"", "\"name\":\"theirs\""), "theirs is not a table of these books"),
        ("SQL for a table", summed("\"name\":\"bill\"", "\"name\":\"bill; DROP TABLE bill\""), "is not a table of these books"),
        ("a column of nobody", summed("\"currency\"", "\"money\""), "is not a table of these books"),
        ("a fraction", summed("\"row\":[", "\"row\":[1.5,"), "a value is null, a whole number, a text or bytes"),
        (
            "a number past counting",
            summed("\"row\":[", "\"row\":[9223372036854775808,"),
            "a value is null, a whole number, a text or bytes",
        ),
        ("a row that is too wide", summed("\"row\":[", "\"row\":[1,"), "it is not a row of the table"),
        ("a row that is none", summed("\"row\":[", "\"row\":{\"a\":["), "it cannot be understood"),
        ("no hexadecimal", summed("{\"hex\":\"", "{\"hex\":\"zz"), "it is not a row of the table"),
        ("bytes of two kinds", summed("{\"hex\":\"", "{\"hex\":\"\",\"utf8\":\""), "it cannot be understood"),
        ("NUL", summed("The Shop", "The\\u0000Shop"), "contains the character NUL"),
        ("half a pair", summed("The Shop", "The \\ud800"), "it cannot be understood"),
        (
            "deep",
            with_sums(&format!("{}\n{{\"sum\":\"\",\"row\":{}\n", good[0], "[".repeat(100_000))).into_bytes(),
            "it cannot be understood",
        ),
        ("another amount", summed("\"last\":", "\"last\":9"), "is not what went out"),
        ("other rows", summed("{\"rows\":", "{\"rows\":9"), "rows were written"),
    ]
}

/// What a database file is made of: a name, what is done with the good one, and what is said.
pub fn databases() -> Vec<(&'static str, Damage, &'static str)> {
    let sql = |sql: &'static str| Damage::Foreign(sql);
    vec![
        ("nothing", Damage::Bytes(Vec::new()), "no shop yet"),
        (
            "words",
            Damage::Bytes(b"not a database at all\n".repeat(200)),
            "is not a database of this program; nothing was changed",
        ),
        ("one letter", Damage::Bytes(b"S".to_vec()), "is not a database of this program"),
        ("NULs", Damage::Bytes(vec![0; 65_536]), "is not a database of this program"),
        ("only the beginning of a header", Damage::Bytes(b"SQLite format 3\0".to_vec()), "is not a database of this program"),
        (
            "a header and rubbish",
            Damage::Bytes([b"SQLite format 3\0".as_slice(), &[0xA5; 8_000]].concat()),
            "is not a database of this program",
        ),
        ("a PDF", Damage::Bytes(b"%PDF-1.7\n".repeat(1_000)), "is not a database of this program"),
        ("another program's", sql("CREATE TABLE theirs (x)"), "is not a database of this program"),
        ("another program's mark", sql("PRAGMA application_id = 7"), "is not a database of this program"),
        ("our mark and nothing else", sql("PRAGMA application_id = 1129599833"), "no shop yet"),
        ("our mark on another's", sql("PRAGMA application_id = 1129599833; CREATE TABLE theirs (x)"), "no shop yet"),
        ("in UTF-16", sql("PRAGMA encoding = 'UTF-16'; CREATE TABLE theirs (x)"), "is not a database of this program"),
        ("the largest pages", sql("PRAGMA page_size = 65536; CREATE TABLE theirs (x)"), "is not a database of this program"),
        ("the smallest pages", sql("PRAGMA page_size = 512; CREATE TABLE theirs (x)"), "is not a database of this program"),
        ("a page size that cannot be", Damage::Patch(16, vec![0, 3]), "is not a database of this program"),
        ("a text encoding that cannot be", Damage::Patch(56, vec![0, 0, 0, 3]), ""),
        ("a newer file format", Damage::Patch(18, vec![9, 9]), ""),
        ("a schema of nonsense", Damage::Patch(100, vec![0xFF; 60]), ""),
        ("cut to a page", Damage::Cut(4_096), ""),
        ("cut in the middle", Damage::Cut(40_000), ""),
        ("cut within the header", Damage::Cut(50), "is not a database of this program"),
        (
            "a newer form",
            Damage::Sql("INSERT INTO migration (number, name, checksum) SELECT 9999, 'later', checksum FROM migration LIMIT 1"),
            "install the newer program",
        ),
        ("another step", Damage::Sql("UPDATE migration SET checksum = zeroblob(32) WHERE number = 1"), "is not this program's"),
        ("a folder", Damage::Folder, "nothing was changed"),
        ("a log of rubbish", Damage::Log(vec![0xA5; 50_000]), "no"),
        ("a log that only begins", Damage::Log(vec![0x37, 0x7f, 0x06, 0x82, 0, 0x2d, 0xe2, 0x18]), "no"),
    ]
}

/// What is done with a good database.
pub enum Damage {
    /// Other bytes.
    Bytes(Vec<u8>),
    /// A database that SQL makes.
    Foreign(&'static str),
    /// The good one with bytes written over at a place.
    Patch(usize, Vec<u8>),
    /// Only so much of the good one.
    Cut(usize),
    /// The good one after SQL.
    Sql(&'static str),
    /// A folder of the name.
    Folder,
    /// The good one, whole, beside a write-ahead log that is none.
    Log(Vec<u8>),
}

impl Damage {
    fn make(&self, good: &[u8], path: &Path) {
        let write = |bytes: &[u8]| std::fs::write(path, bytes).unwrap();
        match self {
            Self::Bytes(bytes) => write(bytes),
            Self::Foreign(sql) => rusqlite::Connection::open(path).unwrap().execute_batch(sql).unwrap(),
            Self::Patch(at, bytes) => {
                let mut all = good.to_vec();
                all[*at..*at + bytes.len()].copy_from_slice(bytes);
                write(&all);
            }
            Self::Cut(length) => write(&good[..*length]),
            Self::Sql(sql) => {
                write(good);
                rusqlite::Connection::open(path).unwrap().execute_batch(sql).unwrap();
            }
            Self::Folder => std::fs::create_dir(path).unwrap(),
            Self::Log(bytes) => {
                write(good);
                std::fs::write(path.with_extension("db-wal"), bytes).unwrap();
            }
        }
    }
}

/// Files beside the database that are written over: a name, the bytes, the status and what is said of a request after it.
pub fn beside() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let mut cases = Vec::new();
    for name in ["pepper", "desk-1.key-1", "desk-1.head"] {
        for (what, bytes) in [
            ("nothing", Vec::new()),
            ("NULs", vec![0; 64]),
            ("no text", vec![0xff; 64]),
            ("no hexadecimal", b"zz".repeat(32)),
            ("signs before digits", b"+f".repeat(32)),
            ("letters of two bytes", "ä".repeat(32).into_bytes()),
            ("too long", b"ab".repeat(500_000)),
            ("a number past counting", b"99999999999999999999999 ab".to_vec()),
        ] {
            cases.push((name, what, bytes));
        }
    }
    cases
}

fn whole(program: &Program) -> Vec<u8> {
    let books = rusqlite::Connection::open(program.path("shop.db")).unwrap();
    let rest: i64 = books.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).unwrap();
    assert_eq!(rest, 0);
    std::fs::read(program.path("shop.db")).unwrap()
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{} of them:\n{}", faults.len(), faults.join("\n"));
}

fn lines_of(program: &Program) -> Vec<String> {
    let _ = std::fs::remove_file(program.path("books.jsonl"));
    assert_eq!(program.run(&["export", "books.jsonl"]).status, 0);
    std::fs::read_to_string(program.path("books.jsonl")).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn exports_that_are_wrong_are_told_by_line_and_leave_nothing() {
    let program = traded();
    let good = lines_of(&program);
    let cases = exports(&good);
    let mut faults = Vec::new();
    program.run(&["--database", "empty.db", "find", "x"]);
    for (name, content, says) in &cases {
        program.write("wrong.jsonl", content);
        let ran = timed(name, || program.on("other.db", &["import", "books", "wrong.jsonl"], b""));
        let fine = [1, 2].contains(&ran.status) && ran.err.contains(says) && ran.err.contains("nothing was brought in");
        if !fine || faults_of(&ran).is_some() || program.path("other.db").exists() {
            faults.push(format!("{name}: {} {} {:?}", ran.status, ran.err, faults_of(&ran)));
        }
        let fault =
            refused(&program, "shop.db", &["import", "books", "wrong.jsonl"], b"", (&[1, 2], &["nothing was brought in"]));
        faults.extend(fault.map(|fault| format!("{name}, over other books: {fault}")));
    }
    none(&faults);
    // The control: a reader that keeps what came before the fault.
    program.write("wrong.jsonl", good[..good.len() - 1].join("\n"));
    program.plant("books come in half");
    let ran = program.on("half.db", &["import", "books", "wrong.jsonl"], b"");
    let kept: usize = dump(&program, "half.db").values().map(Vec::len).sum();
    assert!(ran.status == 1 && kept > good.len() / 2, "the control leaves something: {} {kept}", ran.err);
    told(
        "bad input: exports of books",
        cases.len() as u64,
        "each told by line, nothing brought in",
        &format!("books that come in half: {kept} rows noticed"),
    );
}

#[test]
fn databases_that_are_none_are_refused_and_left_as_they_were() {
    let program = shop();
    let good = whole(&program);
    let mut faults = Vec::new();
    let cases = databases();
    for (name, damage, says) in &cases {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wrong.db");
        damage.make(&good, &path);
        let before = std::fs::read(&path).ok();
        let database = path.to_str().unwrap();
        for arguments in [&["verify"][..], &["find", "100"], &["show", "1-000001"], &["batch", "-"]] {
            let ran = timed(name, || program.on(database, arguments, b""));
            let found = faults_of(&ran).or_else(|| {
                let lawful = matches!(damage, Damage::Log(_))
                    || (ran.status != 0 && ran.err.contains(says))
                    || (ran.status == 1 && arguments == ["verify"]);
                (!lawful).then(|| format!("{} {}{}", ran.status, ran.out, ran.err))
            });
            faults.extend(found.map(|fault| format!("{name}, {arguments:?}: {fault}")));
        }
        let is_ours = matches!(damage, Damage::Log(_) | Damage::Patch(..) | Damage::Cut(_)) || says.contains("no shop");
        if !is_ours && std::fs::read(&path).ok() != before {
            faults.push(format!("{name}: the file was changed"));
        }
    }
    none(&faults);
    told(
        "bad input: databases",
        cases.len() as u64,
        "each refused, or named by verify; another's file is left as it was",
        "the same checks pass the good database",
    );
    assert_eq!(program.run(&["verify"]).status, 0);
}

#[test]
fn rubbish_beside_the_database_stops_a_desk_and_says_what_to_do() {
    let program = shop();
    let cases = beside();
    let mut faults = Vec::new();
    for (name, what, bytes) in &cases {
        let file = program.path("shop.outside").join(name);
        let good = std::fs::read(&file).unwrap();
        std::fs::write(&file, bytes).unwrap();
        let before = dump(&program, "shop.db");
        let asked = super::lines::asks(
            1,
            serde_json::json!({ "job": "goodwill", "member": "7", "give": { "amount": "1.00 EUR" }, "to": "store_credit" }),
        );
        let ran = timed(name, || program.feed(&["batch", "-", "--pins", "pins"], asked.to_string().as_bytes()));
        let after = dump(&program, "shop.db");
        // A pepper is for PINs alone: a request that needs none is booked.
        let booked = ran.out.contains("posted");
        let fine = if *name == "pepper" { booked } else { !booked && after["document"] == before["document"] };
        if let Some(fault) = faults_of(&ran)
            .or_else(|| (!fine).then(|| format!("{changed:?} {}{}", ran.out, ran.err, changed = changed(&before, &after))))
        {
            faults.push(format!("{name}, {what}: {fault}"));
        }
        let recovered = program.run(&["recover", "--code", "pins", "--pins", "pins"]);
        faults.extend(faults_of(&recovered).map(|fault| format!("{name}, {what}, recovering: {fault}")));
        std::fs::write(&file, good).unwrap();
        let mended = program.run(&["verify"]);
        if mended.status != 0 && *name != "desk-1.head" && *name != "pepper" {
            faults.push(format!("{name}, {what}, put back: {}", mended.out));
        }
    }
    none(&faults);
    told(
        "bad input: beside the database",
        cases.len() as u64,
        "no panic; no desk signs with rubbish or forgets where it stood",
        "put back, the folder serves again",
    );
}
