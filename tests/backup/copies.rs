//! Backups that are made.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{scope, sleep};
use std::time::Duration;

use courtesy::store::Store;

use crate::program::Program;
use crate::proof::{count, told};

use super::{documents, hire, in_order, names, shop, spoil};

#[test]
fn a_backup_is_whole_alone_and_never_written_over() {
    let program = shop();
    let made = program.run(&["backup", "copy.db", "--json"]);
    assert_eq!(made.status, 0, "{}", made.err);
    let copied = documents(&program.path("shop.db"));
    assert_eq!(made.json()[0]["documents"], copied);
    assert!(copied >= 3, "{copied}");
    let before = std::fs::read(program.path("copy.db")).unwrap();
    assert!(!names(&program.path(".")).iter().any(|name| name.ends_with(".part") || name.starts_with("copy.db-")));
    let again = program.run(&["backup", "copy.db"]);
    assert_eq!(again.status, 2);
    assert!(again.err.contains("copy.db is there already; no backup was made"), "{}", again.err);
    assert_eq!(std::fs::read(program.path("copy.db")).unwrap(), before);
    assert!(in_order(&program.path("copy.db")));
}

#[test]
fn books_that_are_wrong_give_no_backup() {
    let program = shop();
    let raw = rusqlite::Connection::open(program.path("shop.db")).unwrap();
    raw.execute_batch("UPDATE document SET total_minor = total_minor + 1 WHERE sequence = 1").unwrap();
    let refused = program.run(&["backup", "copy.db"]);
    assert_eq!(refused.status, 1);
    assert!(refused.err.contains("not in order (1 found)"), "{}", refused.err);
    assert!(!program.path("copy.db").exists());
    assert!(!names(&program.path(".")).iter().any(|name| name.ends_with(".part")));
    raw.execute_batch("PRAGMA foreign_keys = OFF; DROP TABLE document").unwrap();
    let refused = program.run(&["backup", "copy.db"]);
    assert_eq!(refused.status, 1);
    assert!(refused.err.contains("the books themselves are not in order"), "{}", refused.err);
}

#[test]
fn a_server_is_told_to_copy_itself() {
    let asked = shop().on("postgres://desk:secret@server/shop", &["backup", "copy.db"], b"");
    assert_eq!(asked.status, 2);
    assert!(asked.err.contains("pg_dump --format=custom --file=books.dump 'postgres://desk@server:5432/shop'"), "{}", asked.err);
    assert!(!asked.err.contains("secret"));
}

/// Every backup made while desks post is whole, and the books are too.
#[test]
fn backups_are_whole_while_a_desk_posts() {
    let rounds = count(50);
    let program = shop();
    let done = AtomicBool::new(false);
    let mut held = Vec::new();
    scope(|scope| {
        scope.spawn(|| {
            let mut next = 10;
            while !done.load(Ordering::Relaxed) {
                hire(&program, "shop.db", next..next + 20);
                next += 20;
            }
        });
        let _stop = Stop(&done);
        for round in 0..rounds {
            let name = format!("copy-{round}.db");
            let before = documents(&program.path("shop.db"));
            let made = program.run(&["backup", &name, "--json"]);
            assert_eq!(made.status, 0, "{name}: {}", made.err);
            held.push((made.json()[0]["documents"].as_i64().unwrap(), before));
            sleep(Duration::from_millis(20));
        }
    });
    for (round, (held, before)) in (0..).zip(&held) {
        let name = format!("copy-{round}.db");
        assert!(is_good(&program, &name, *held, *before), "{name}: {held}, {before}");
    }
    let held: Vec<i64> = held.into_iter().map(|(held, _)| held).collect();
    assert!(held.is_sorted() && held.first() < held.last(), "nothing was posted meanwhile: {held:?}");
    assert_eq!(program.run(&["verify"]).status, 0);
    let (least, most) = (held.iter().min().unwrap(), held.iter().max().unwrap());
    let came = format!("{} of {rounds} whole, of {least} to {most} documents", held.len());
    told("backup while writing", rounds.into(), &came, &plain_copies_are_caught(&program));
}

/// Whether a backup is whole, holds what it said, and nothing is missing of what had been posted before it was begun.
fn is_good(program: &Program, name: &str, held: i64, before: i64) -> bool {
    let path = program.path(name);
    in_order(&path) && documents(&path) == held && held >= before
}

/// A backup that copies the file as it lies there has nothing of what stands in the journal beside it.
fn plain_copies_are_caught(program: &Program) -> String {
    // Held open, so that what is posted stays in the journal.
    let open = Store::open_existing(&program.path("shop.db")).unwrap();
    hire(program, "shop.db", 5000..5020);
    let before = documents(&program.path("shop.db"));
    let plant = "a backup copies the file as it lies there";
    let mut command = program.command("shop.db", &["backup", "plain.db", "--json"]);
    let made = command.env("COURTESY_PLANT", plant).output().unwrap();
    drop(open);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let told: serde_json::Value = serde_json::from_slice(&made.stdout).unwrap();
    let held = told["documents"].as_i64().unwrap();
    assert!(!is_good(program, "plain.db", held, before), "nobody noticed: {held} of {before}");
    format!("{plant}: {held} of {before} documents")
}

/// Tells the posting thread to end, also when the test fails.
struct Stop<'a>(&'a AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn a_folder_keeps_the_newest_good_ones() {
    let program = shop();
    let keep = |number: &str| program.run(&["backup", "--keep", number, "copies", "--json"]);
    let newest = |ran: crate::program::Ran| ran.json()[0]["backup"].as_str().unwrap().to_owned();
    let made = keep("2");
    assert_eq!(made.status, 0, "{}", made.err);
    let first = newest(made);
    // Three nights before, the last of them spoilt, one of another shop, and a file that is none of ours.
    let older = |day: u32| program.path(&format!("copies/courtesy-2020-01-0{day}-030000.db"));
    for day in [1, 2, 3] {
        std::fs::copy(program.path(&first), older(day)).unwrap();
    }
    spoil(&older(3));
    assert_eq!(shop().run(&["backup", older(4).to_str().unwrap()]).status, 0);
    program.write("copies/notes.db", "mine");
    std::fs::remove_file(program.path(&first)).unwrap();
    let made = keep("2");
    assert_eq!(made.status, 1, "a bad one is told: {}", made.err);
    let told = &made.json()[0];
    assert_eq!(told["bad"], serde_json::json!(["copies/courtesy-2020-01-03-030000.db"]));
    assert_eq!(told["removed"], serde_json::json!(["copies/courtesy-2020-01-01-030000.db"]));
    assert!(made.err.contains("is damaged and does not count"), "{}", made.err);
    let left = names(&program.path("copies"));
    assert_eq!(left.len(), 5, "{left:?}");
    assert!(older(2).exists() && older(3).exists() && older(4).exists() && program.path("copies/notes.db").exists());
}
