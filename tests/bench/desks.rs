//! Desks posting refunds on one PostgreSQL, beside pgbench on the same server in the same run. As pgbench does, it counts from when all
//! are connected.

use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use courtesy::desk::{Desk, SystemClock};
use courtesy::domain::ids::DeskNo;
use courtesy::receipt::print::Printer;
use criterion::Criterion;

use crate::figures::{folder, median, note, tell};
use crate::server::{Server, command};
use crate::shop;

/// How many desks post at once.
const DESKS: [u16; 3] = [1, 4, 16];
/// Bills of each desk, with twelve lines of nine pieces each: so many that most are not asked for twice.
const BILLS: u32 = 1500;
/// Turns of desks and pgbench.
const TURNS: u32 = 3;
/// How long a turn is.
const TURN: Duration = Duration::from_secs(5);
/// How many turns the shop has traded before.
const BEFORE: u32 = 6;

/// Runs the subject.
pub fn run(_: &mut Criterion) {
    let folder = folder();
    let server = Server::start_in(folder, &["shared_buffers=256MB", "max_wal_size=1GB"]);
    bench(&server, &["-i", "-s", "16", "-q"]);
    let url = server.schema();
    let mut first = shop::open_at(url.as_ref(), "EUR");
    shop::sell(&mut first, BILLS * u32::from(DESKS[2]));
    drop(first);
    let open =
        |number| Desk::open_path(url.as_ref(), DeskNo(number), Box::new(SystemClock), Printer::Folder(std::env::temp_dir()));
    let mut opened: Vec<_> = (1..=DESKS[2]).map(|number| open(number).unwrap()).collect();
    // A shop that has traded for a while, of which the server knows how much is in which table.
    let mut used = 0;
    for _ in 0..BEFORE {
        posted(&mut opened, &mut used);
    }
    server.client("postgres").batch_execute("VACUUM ANALYZE").unwrap();
    for desks in DESKS {
        let (mut ours, mut theirs) = (vec![], vec![]);
        for _ in 0..TURNS {
            ours.push(posted(&mut opened[..usize::from(desks)], &mut used));
            theirs.push(transactions(&server, desks));
        }
        let (ours, theirs) = (median(ours), median(theirs));
        let figure = format!("{:.2} ({ours:.0} documents a second beside {theirs:.0} transactions)", ours / theirs);
        let name = format!("desks: {desks} posting to pgbench, by rate");
        if desks == DESKS[2] { tell(&name, &figure, "0.25 or more") } else { note(&name, &figure) }
    }
}

/// Refunds a second of desks that stand open, each on bills of its own.
fn posted(desks: &mut [Desk], used: &mut u32) -> f64 {
    let over = AtomicBool::new(false);
    let turn = *used;
    *used += 1;
    let began = Instant::now();
    let count: u32 = thread::scope(|scope| {
        let over = &over;
        let working: Vec<_> = desks.iter_mut().map(|desk| scope.spawn(move || refund_until(over, desk, turn))).collect();
        thread::sleep(TURN);
        over.store(true, Ordering::Relaxed);
        working.into_iter().map(|desk| desk.join().unwrap()).sum()
    });
    f64::from(count) / began.elapsed().as_secs_f64()
}

/// Refunds pieces of a desk's own bills, other ones at each turn; answers how many times.
fn refund_until(over: &AtomicBool, desk: &mut Desk, turn: u32) -> u32 {
    let first = u32::from(desk.number().0 - 1) * BILLS;
    let mut count = 0;
    while !over.load(Ordering::Relaxed) {
        let place = count + turn * 401;
        let asked = shop::refund(desk, first + place % BILLS + 1, Some((place / BILLS % shop::LINES + 1, 1)));
        shop::post(desk, &asked);
        count += 1;
    }
    count
}

fn bench(server: &Server, arguments: &[&str]) -> String {
    let mut pgbench = command("pgbench");
    pgbench.args(["-h", "127.0.0.1", "-p", &server.port.to_string(), "-U", "courtesy"]).args(arguments).arg("postgres");
    let done = pgbench.stdin(Stdio::null()).current_dir("/").output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// Transactions a second of pgbench with so many clients.
fn transactions(server: &Server, clients: u16) -> f64 {
    let (clients, seconds) = (clients.to_string(), TURN.as_secs().to_string());
    let told = bench(server, &["-M", "prepared", "-c", &clients, "-j", "2", "-T", &seconds]);
    let rate = told.lines().find_map(|line| line.strip_prefix("tps = ")).unwrap();
    rate.split(' ').next().unwrap().parse().unwrap()
}
