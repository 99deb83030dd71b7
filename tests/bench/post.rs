//! Posting a refund durably, beside single rows that the same SQLite commits durably to the same disk.

use std::path::Path;
use std::time::{Duration, Instant};

use courtesy::desk::Desk;
use criterion::Criterion;
use rusqlite::Connection;

use crate::figures::{folder, median, ms, note, tell, thread_cpu};
use crate::shop;

/// Bills to refund from.
const BILLS: u32 = 1_200;
/// Turns, of which the middle counts.
const ROUNDS: u32 = 11;
/// Refunds and rows of a turn.
const A_ROUND: u32 = 120;

/// Runs the subject.
pub fn run(criterion: &mut Criterion) {
    let folder = folder();
    let mut desk = shop::open(folder.path(), "EUR");
    shop::sell(&mut desk, BILLS);
    let mut asked = Asked::default();
    let bare = bare(&folder.path().join("bare.db"));
    refunds(&mut desk, &mut asked, 20);
    rows(&bare, 20);
    let (mut ratios, mut posting, mut committing, mut cpu) = (vec![], vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        let row = rows(&bare, A_ROUND);
        let before = thread_cpu();
        let refund = refunds(&mut desk, &mut asked, A_ROUND);
        cpu.extend(thread_cpu().zip(before).map(|(after, before)| ms(after.saturating_sub(before)) / f64::from(A_ROUND)));
        ratios.push(row.as_secs_f64() / refund.as_secs_f64());
        posting.push(ms(refund) / f64::from(A_ROUND));
        committing.push(ms(row) / f64::from(A_ROUND));
    }
    let figure = format!("{:.2} ({:.2} ms beside {:.2} ms)", median(ratios), median(posting), median(committing));
    tell("post: refunds to bare commits, by rate", &figure, "0.70 or more");
    match cpu.is_empty() {
        true => note("post: processor time", "not measured, the system does not tell it"),
        false => tell("post: processor time of a refund", &format!("{:.2} ms", median(cpu)), "under 0.5 ms"),
    }
    criterion.bench_function("post/quote", |bencher| {
        let envelope = shop::refund(&desk, BILLS, Some((1, 1)));
        bencher.iter(|| desk.quote(&envelope).unwrap());
    });
}

/// Goes from bill to bill and line to line, so that no refund meets an earlier one's line.
#[derive(Default)]
struct Asked(u32);

impl Asked {
    fn next(&mut self) -> (u32, u32) {
        let next = (self.0 % (BILLS - 1) + 1, self.0 / (BILLS - 1) + 1);
        self.0 += 1;
        next
    }
}

fn refunds(desk: &mut Desk, asked: &mut Asked, count: u32) -> Duration {
    let envelopes: Vec<_> = (0..count)
        .map(|_| {
            let (bill, line) = asked.next();
            shop::refund(desk, bill, Some((line, 2)))
        })
        .collect();
    let began = Instant::now();
    for envelope in &envelopes {
        shop::post(desk, envelope);
    }
    began.elapsed()
}

/// A database with the settings of the books and one plain table.
pub fn bare(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection
        .execute_batch(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-32768;
            CREATE TABLE row (id INTEGER NOT NULL PRIMARY KEY, text TEXT NOT NULL) STRICT;",
        )
        .unwrap();
    connection
}

fn rows(bare: &Connection, count: u32) -> Duration {
    let mut insert = bare.prepare("INSERT INTO row (text) VALUES (?1)").unwrap();
    let began = Instant::now();
    for _ in 0..count {
        insert.execute(["White hanging heart holder"]).unwrap();
    }
    began.elapsed()
}
