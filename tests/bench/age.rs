//! Posting in a shop that has traded for years, beside the same shop while it was young; and recomputing its books.

use std::path::Path;
use std::time::{Duration, Instant};

use courtesy::desk::Desk;
use courtesy::domain::ids::DeskNo;
use courtesy::store::verify::verify;
use criterion::Criterion;
use rusqlite::Connection;

use crate::figures::{folder, median, ms, tell};
use crate::shop;

/// Documents of the young shop, all of them posted.
const YOUNG: u32 = 10_000;
/// Days whose documents are copied into the old shop, each as another desk's, so that it holds three million.
const DAYS: u16 = 299;
/// The desk that posts in both. Its rows come last in every table, as those of a shop's one desk do however old that is.
const DESK: DeskNo = DeskNo(DAYS + 1);
/// Bills to refund from, each line of which gives back four times in the young shop and four times more while it is measured.
const BILLS: u32 = 1_000;
/// Turns, of which the middle counts.
const ROUNDS: u32 = 9;
/// Refunds of a turn.
const A_ROUND: u32 = 200;

/// What happened with documents, table by table: the columns that are copied as they are, and how the others change with the day.
const COPIED: [(&str, &str, &str); 7] = [
    (
        "document",
        "desk, id, request, at_us, business_date, sequence, request_hash, job, offset_min, clerk, member, currency, total_minor,
        previous, hash, body, paper",
        "?1, other(id, ?1), other(request, ?1), at_us - ?1 * 86400000000, date(business_date, '-' || ?1 || ' days'), sequence,
        request_hash, job, offset_min, clerk, member, currency, total_minor, previous, hash, body, paper",
    ),
    ("document_bill", "bill, desk, sequence", "other(bill, ?1), ?1, sequence"),
    ("posting", "desk, sequence, no, account, currency, amount_minor", "?1, sequence, no, account, currency, amount_minor"),
    (
        "payout",
        "desk, sequence, no, tender, currency, amount_minor, exact_minor, card, state, reference",
        "?1, sequence, no, tender, currency, amount_minor, exact_minor, card, 'paid', 'R'",
    ),
    (
        "line_event",
        "bill, line, place, desk, sequence, kind, quantity, returned_before, net_minor, tax_minor, gross_minor",
        "other(bill, ?1), line, place, ?1, sequence, kind, quantity, returned_before, net_minor, tax_minor, gross_minor",
    ),
    (
        "payment_event",
        "bill, payment, place, desk, sequence, exact_minor, paid_minor",
        "other(bill, ?1), payment, place, ?1, sequence, exact_minor, paid_minor",
    ),
    (
        "print_job",
        "id, document, desk, sequence, copy, at_us, state, handed",
        "id + (?1 - desk) * 1000000000000, other(document, ?1), ?1, sequence, copy, at_us - ?1 * 86400000000, 'done', 'x'",
    ),
];

/// Runs the subject.
pub fn run(_criterion: &mut Criterion) {
    let folder = folder();
    let [young, old] = ["young", "old"].map(|name| folder.path().join(name));
    std::fs::create_dir(&young).unwrap();
    std::fs::create_dir(&old).unwrap();
    let mut desk = shop::open_desk(&young.join("books.db"), "EUR", DESK);
    shop::sell(&mut desk, BILLS);
    let mut asked = Asked(0);
    let began = Instant::now();
    refunds(&mut desk, &mut asked, YOUNG);
    println!("age: {YOUNG} documents posted in {:.1} s", began.elapsed().as_secs_f64());
    recompute(&mut desk);
    drop(desk);
    copy(&young, &old);
    let began = Instant::now();
    let documents = grow(&old.join("books.db"));
    println!("age: {documents} documents in the old shop, made in {:.0} s", began.elapsed().as_secs_f64());
    let (mut young, mut old) = (shop::reopen(&young, DESK), shop::reopen(&old, DESK));
    let (mut asked_old, mut ratios, mut of_young, mut of_old) = (Asked(asked.0), vec![], vec![], vec![]);
    for _ in 0..=ROUNDS {
        let (fresh, aged) = (refunds(&mut young, &mut asked, A_ROUND), refunds(&mut old, &mut asked_old, A_ROUND));
        ratios.push(aged.as_secs_f64() / fresh.as_secs_f64());
        of_young.push(ms(fresh) / f64::from(A_ROUND));
        of_old.push(ms(aged) / f64::from(A_ROUND));
    }
    let figure = format!("{:.2} ({:.2} ms beside {:.2} ms)", median(ratios), median(of_old), median(of_young));
    tell(&format!("age: a refund after {documents} documents to one after {YOUNG}, by time"), &figure, "1.2 or less");
}

/// Goes from line to line, so that each gives back one piece before any gives back a second one.
struct Asked(u32);

impl Asked {
    fn next(&mut self) -> (u32, u32) {
        let place = self.0 % (BILLS * shop::LINES);
        self.0 += 1;
        (place % BILLS + 1, place / BILLS + 1)
    }
}

fn refunds(desk: &mut Desk, asked: &mut Asked, count: u32) -> Duration {
    let envelopes: Vec<_> = (0..count)
        .map(|_| {
            let (bill, line) = asked.next();
            shop::refund(desk, bill, Some((line, 1)))
        })
        .collect();
    let began = Instant::now();
    for envelope in &envelopes {
        shop::post(desk, envelope);
    }
    began.elapsed()
}

fn copy(from: &Path, to: &Path) {
    std::fs::copy(from.join("books.db"), to.join("books.db")).unwrap();
    let outside = to.join("books.outside");
    std::fs::create_dir(&outside).unwrap();
    for entry in std::fs::read_dir(from.join("books.outside")).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), outside.join(entry.file_name())).unwrap();
        }
    }
}

/// Copies every day's documents for other desks, with what happened with them; answers how many there are then.
fn grow(path: &Path) -> u32 {
    let raw = Connection::open(path).unwrap();
    raw.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000").unwrap();
    let flags = rusqlite::functions::FunctionFlags::SQLITE_DETERMINISTIC;
    raw.create_scalar_function("other", 2, flags, |values| {
        let mut id = values.get::<Vec<u8>>(0)?;
        let day = values.get::<u32>(1)?.to_be_bytes();
        id[12..16].iter_mut().zip(day).for_each(|(byte, day)| *byte ^= day.rotate_left(3));
        Ok(id)
    })
    .unwrap();
    for day in 1..=DAYS {
        raw.execute_batch("BEGIN").unwrap();
        for (table, columns, values) in COPIED {
            let sql = format!("INSERT INTO {table} (site, {columns}) SELECT site, {values} FROM {table} WHERE desk = {DESK}");
            raw.execute(&sql, [day]).unwrap();
        }
        raw.execute_batch("COMMIT").unwrap();
    }
    raw.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    raw.query_one("SELECT COUNT(*) FROM document", [], |row| row.get(0)).unwrap()
}

/// How many documents, and rows of what happened with them, are recomputed in a second.
fn recompute(desk: &mut Desk) {
    let own = desk.number();
    let remembered = desk.store().outside().recall(own).unwrap();
    let mut seconds = Vec::new();
    for _ in 0..5 {
        let began = Instant::now();
        let report = desk.store().read(|tx| verify(tx, Some(&remembered), &mut |_, _| {})).unwrap();
        seconds.push(began.elapsed().as_secs_f64());
        assert_eq!(report.wrong(), 0, "{:?}", report.findings.iter().find(|finding| !finding.is_note()));
    }
    let events: u32 = desk
        .store()
        .read(|tx| {
            let mut sum = 0;
            for (table, ..) in COPIED {
                let row = tx.one(&format!("SELECT COUNT(*) FROM {table} WHERE site = ?1"), &[tx.site()])?;
                sum += row.map_or(Ok(0), |row| row.number::<u32>(0))?;
            }
            Ok::<_, courtesy::store::StoreError>(sum)
        })
        .unwrap();
    let took = median(seconds);
    let rate = |count: u32| format!("{:.0} a second", f64::from(count) / took);
    tell("age: rows of what happened recomputed by verify", &rate(events), "200,000 a second or more");
    println!("age: of which documents: {}", rate(YOUNG));
}
