//! Silent damage: bits that flip in the file or in the log beside it, a log of other books, a file cut short, another file in its
//! place. What changes the books is named by the look at them, and what changes nothing is never taken for changed money.
//!
//! The books are every row of every table. Parts that are made again from these (indexes, the text index, free pages) are the
//! file, and damage there may be named as damage of the file. Personal data that nothing searches for (address, day of birth), bills that are
//! kept aside, how far an import came, whether paper came out, and the sum of what a request asked are no books: nothing vouches for
//! them, and no money follows from them; `tampering.rs` lists them, each with its reason.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use courtesy::store::verify::{Finding, Invariant};
use fastrand::Rng;
use rusqlite::types::Value;

use super::shop::{Books, room, traded, traded_with_log};
use super::{count, told};
use crate::program::Program;

/// The longest that one look may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Columns that are no books; see above.
const NO_BOOKS: [(&str, &str); 7] = [
    ("person", "given, family, phone, email"),
    ("print_job", "site, id, document, desk, sequence, copy"),
    ("kept_aside", "1"),
    ("import_progress", "1"),
    (
        "document",
        "site, desk, sequence, id, request, job, at_us, offset_min, business_date, clerk, member, currency, total_minor, previous, hash,
        body, paper",
    ),
    ("sqlite_stat1", "1"),
    ("text_index", "1"),
];

/// Every row of the books, and the schema they stand in; an error where they cannot be read.
fn dump(path: &Path) -> Result<BTreeSet<String>, rusqlite::Error> {
    let raw = rusqlite::Connection::open(path)?;
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'text_index_%' ORDER BY name";
    let names: Vec<String> = raw.prepare(names)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut all = BTreeSet::new();
    for name in names {
        let columns = NO_BOOKS.iter().find(|(table, _)| *table == name).map(|(_, columns)| *columns);
        let columns = columns.unwrap_or("*");
        let mut rows = raw.prepare(&format!("SELECT {columns} FROM {name}"))?;
        let many = rows.column_count();
        let mut rows = rows.query([])?;
        let mut at = 0_u32;
        while let Some(row) = rows.next()? {
            let values: Vec<Value> = (0..many).map(|column| row.get(column)).collect::<Result<_, _>>()?;
            at += 1;
            all.insert(format!("{name} {at}: {values:?}"));
        }
    }
    Ok(all)
}

/// What the engine's own check says, where it says anything.
fn engine_says_ok(path: &Path) -> bool {
    let answer = |path: &Path| -> rusqlite::Result<String> {
        rusqlite::Connection::open(path)?.query_row("PRAGMA integrity_check", [], |row| row.get(0))
    };
    answer(path).is_ok_and(|answer| answer == "ok")
}

#[derive(Default)]
struct Tally {
    tried: u64,
    changed: u64,
    named: u64,
    same: u64,
    named_as_file: u64,
    missed_by_engine: u64,
    unnamed: Vec<String>,
    slandered: Vec<String>,
}

impl Tally {
    /// Hears what one piece of damage came to.
    fn hear(&mut self, what: &str, good: &BTreeSet<String>, damaged: &Books) {
        self.tried += 1;
        let copy = damaged.copy();
        let found = dump(&copy.path()).ok();
        let changed = found.as_ref() != Some(good);
        let engine_ok = engine_says_ok(&copy.path());
        let began = Instant::now();
        let answer = damaged.verified();
        assert!(began.elapsed() < PATIENCE, "{what} took {:?}", began.elapsed());
        let silent = answer.as_ref().is_ok_and(Vec::is_empty);
        if changed {
            self.changed += 1;
            self.missed_by_engine += u64::from(engine_ok);
            if silent {
                let lost = found.map(|found| found.symmetric_difference(good).cloned().collect::<Vec<_>>());
                self.unnamed.push(format!("{what}: {lost:?}"));
            } else {
                self.named += 1;
            }
            return;
        }
        self.same += 1;
        // What is read by way of a damaged index looks wrong too; the damage is then named first.
        let of = |of: Invariant| move |finding: &Finding| finding.breaks() == Some(of);
        let is_file = |findings: &[Finding]| findings.first().is_some_and(of(Invariant::File));
        match answer {
            Ok(findings) if !is_file(&findings) && !findings.iter().all(of(Invariant::Search)) => {
                self.slandered.push(format!("{what}: {findings:?}"))
            }
            _ => self.named_as_file += u64::from(!silent),
        }
    }

    fn holds(&self) {
        assert_eq!(self.unnamed, Vec::<String>::new(), "changed and not named");
        assert_eq!(self.slandered, Vec::<String>::new(), "not changed, and named as if they were");
    }
}

/// Flips one bit of a file, somewhere, and says where.
fn flip(path: &Path, random: &mut Rng) -> String {
    let mut bytes = std::fs::read(path).unwrap();
    let (at, bit) = (random.usize(0..bytes.len()), random.u8(0..8));
    bytes[at] ^= 1 << bit;
    std::fs::write(path, bytes).unwrap();
    format!("bit {bit} of byte {at} of {}", path.file_name().unwrap().to_string_lossy())
}

#[test]
fn every_flipped_bit_that_changes_the_books_is_named() {
    let mut random = Rng::with_seed(20_261_120);
    let (closed, open) = (traded(), traded_with_log());
    let good = [&closed, &open].map(|books| dump(&books.copy().path()).unwrap());
    assert!(good[0].len() > 100 && good[1].len() > good[0].len());
    let mut tally = Tally::default();
    let flips = u64::from(count(2_000));
    for turn in 0..flips {
        // Three in four in the file; of the rest, half in the log and half in the file that it stands beside.
        let (whole, good, ending) = match turn % 8 {
            0 => (&open, &good[1], "-wal"),
            1 => (&open, &good[1], ""),
            _ => (&closed, &good[0], ""),
        };
        let damaged = whole.copy();
        let what = flip(&damaged.beside(ending), &mut random);
        tally.hear(&what, good, &damaged);
    }
    tally.holds();
    assert!(tally.changed > flips / 10 && tally.same > 0, "{} of {flips} changed something", tally.changed);
    // The control: the engine's own check, asked alone, lets changed books pass.
    assert!(tally.missed_by_engine > 0, "integrity_check alone saw every change");
    told(
        "silent damage",
        tally.tried,
        &format!(
            "{} flips changed the books, {} named; {} changed nothing, {} of them named as damage of the file or of the search, {} as changed money",
            tally.changed,
            tally.named,
            tally.same,
            tally.named_as_file,
            tally.slandered.len()
        ),
        &format!("integrity_check alone says ok to {} of {} changed books", tally.missed_by_engine, tally.changed),
    );
}

#[test]
fn another_log_a_short_file_and_a_foreign_file_are_named() {
    let mut random = Rng::with_seed(7);
    let (closed, open, other) = (traded(), traded_with_log(), traded_with_log());
    let good = [&closed, &open].map(|books| dump(&books.copy().path()).unwrap());
    let mut tally = Tally::default();
    let log = |books: &Books| std::fs::read(books.beside("-wal")).unwrap();
    // A log of other books, a log that is gone, cut short, or empty.
    let own = log(&open);
    let mut logs = vec![("another's log", log(&other)), ("no log", vec![]), ("rubbish for a log", vec![7; 40_000])];
    logs.extend((0..count(20)).map(|_| ("a short log", own[..random.usize(0..own.len())].to_vec())));
    for (what, bytes) in logs {
        let damaged = open.copy();
        std::fs::write(damaged.beside("-wal"), bytes).unwrap();
        tally.hear(what, &good[1], &damaged);
    }
    let damaged = closed.copy();
    std::fs::write(damaged.beside("-wal"), own).unwrap();
    tally.hear("a log beside books that had none", &good[0], &damaged);
    // A file cut short, at a page or anywhere.
    let whole = std::fs::read(closed.path()).unwrap();
    for turn in 0..count(50) {
        let at = random.usize(0..whole.len());
        let at = if turn % 2 == 0 { at / 4096 * 4096 } else { at };
        let damaged = closed.copy();
        std::fs::write(damaged.path(), &whole[..at]).unwrap();
        tally.hear(&format!("a file of {at} bytes"), &good[0], &damaged);
    }
    // Another file in its place.
    let empty = room();
    drop(courtesy::store::Store::open(&empty.path().join("books.db")).unwrap());
    let books_of_nobody = std::fs::read(empty.path().join("books.db")).unwrap();
    rusqlite::Connection::open(empty.path().join("other.db")).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
    let foreign = std::fs::read(empty.path().join("other.db")).unwrap();
    let others = std::fs::read(other.path()).unwrap();
    for (what, bytes) in [
        ("text", b"not a database at all ".repeat(400)),
        ("a picture", std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("resources/pictures/bill.png")).unwrap()),
        ("another program's database", foreign),
        ("books of nobody", books_of_nobody),
        ("another shop's books", others),
    ] {
        let damaged = closed.copy();
        std::fs::write(damaged.path(), bytes).unwrap();
        tally.hear(what, &good[0], &damaged);
    }
    tally.holds();
    assert!(tally.changed > 10, "{}", tally.changed);
    told(
        "silent damage (files)",
        tally.tried,
        &format!("{} logs and files changed the books, {} named; {} changed nothing", tally.changed, tally.named, tally.same),
        &format!("integrity_check alone says ok to {} of {} changed books", tally.missed_by_engine, tally.changed),
    );
}

#[test]
fn the_command_says_what_the_look_says() {
    let (closed, program) = (traded(), Program::without_shop());
    let verify = |books: &Books| program.on(books.path().to_str().unwrap(), &["verify"], b"");
    assert_eq!(verify(&closed.copy()).status, 0);
    let good = dump(&closed.copy().path()).unwrap();
    let mut random = Rng::with_seed(3);
    let (tried, mut changed) = (count(100), 0);
    for _ in 0..tried {
        let damaged = closed.copy();
        let what = flip(&damaged.path(), &mut random);
        let differs = dump(&damaged.copy().path()).ok().as_ref() != Some(&good);
        let ran = verify(&damaged);
        assert!([0, 1, 2, 3].contains(&ran.status) && !ran.err.contains("panicked"), "{what}: {} {}", ran.status, ran.err);
        if differs {
            assert!(ran.status != 0 && !(ran.out.is_empty() && ran.err.is_empty()), "{what}: {}", ran.out);
            changed += 1;
        }
    }
    assert!(changed > 0);
    told(
        "silent damage (the command)",
        u64::from(tried),
        &format!("{changed} flips changed the books; each time “courtesy verify” says so and ends with another status than 0"),
        "on the whole books it ends with 0",
    );
}
