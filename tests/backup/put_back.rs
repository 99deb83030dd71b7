//! Backups that are put back, or refused.

use std::path::Path;

use super::{anchor, documents, hire, in_order, names, shop, spoil};
use crate::program::Program;

/// A shop with a backup of an earlier hour, and how many documents that holds.
fn with_backup() -> (Program, i64) {
    let program = shop();
    assert_eq!(program.run(&["backup", "copy.db"]).status, 0);
    let held = documents(&program.path("copy.db"));
    hire(&program, "shop.db", 10..13);
    (program, held)
}

/// The old books, kept under another name.
fn kept(program: &Program) -> Vec<String> {
    names(&program.path(".")).into_iter().filter(|name| name.contains("before-restore")).collect()
}

/// Everything in the folder with its bytes, but what SQLite lays beside an open file.
fn everything(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let lasting = |name: &String| !name.ends_with("-shm");
    let files = names(folder).into_iter().filter(lasting).filter(|name| folder.join(name).is_file());
    files.map(|name| (name.clone(), std::fs::read(folder.join(name)).unwrap())).collect()
}

#[test]
fn a_backup_takes_the_place_of_the_books_and_the_old_ones_stay() {
    let (program, held) = with_backup();
    let restored = program.run(&["restore", "copy.db", "--json"]);
    assert_eq!(restored.status, 0, "{}", restored.err);
    let kept = kept(&program);
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(documents(&program.path("shop.db")), held);
    assert_eq!(documents(&program.path(&kept[0])), held + 3);
    assert!(in_order(&program.path("shop.db")) && in_order(&program.path(&kept[0])));
    // The desk stood further on, so a manager confirms that the older copy was put back on purpose.
    assert_eq!(program.run(&["verify"]).status, 1);
    anchor(&program, "shop.db");
    hire(&program, "shop.db", 20..22);
    assert_eq!(program.run(&["verify"]).status, 0);
}

#[test]
fn a_backup_is_put_back_where_no_books_are() {
    let (program, held) = with_backup();
    assert_eq!(program.on("new/books.db", &["restore", "copy.db"], b"").status, 0);
    assert_eq!(documents(&program.path("new/books.db")), held);
    assert_eq!(names(&program.path("new")), ["books.db"]);
}

#[test]
fn a_damaged_backup_is_refused_and_nothing_changes() {
    let (program, _) = with_backup();
    let whole = std::fs::read(program.path("copy.db")).unwrap();
    spoil(&program.path("copy.db"));
    program.write("short.db", &whole[..whole.len() / 2]);
    program.write("empty.db", "");
    program.write("text.db", "no database");
    program.write("journal.db", &whole);
    program.write("journal.db-wal", "more");
    let before = everything(&program.path("."));
    let cases = [
        ("copy.db", 1, "is not in order"),
        ("short.db", 1, "is damaged"),
        ("empty.db", 3, "is not a database of this program"),
        ("text.db", 3, "is not a database of this program"),
        ("none.db", 3, "there is no database at"),
        ("journal.db", 2, "is a database in use, not a backup"),
    ];
    for (name, status, says) in cases {
        let refused = program.run(&["restore", name]);
        assert_eq!(refused.status, status, "{name}: {}", refused.err);
        assert!(refused.err.contains(says) && refused.err.contains("nothing was changed"), "{name}: {}", refused.err);
    }
    assert!(before == everything(&program.path(".")));
}

#[test]
fn another_shops_backup_needs_a_word() {
    let (program, _) = with_backup();
    let other = shop();
    let place = program.path("other.db");
    assert_eq!(other.run(&["backup", place.to_str().unwrap()]).status, 0);
    let before = everything(&program.path("."));
    let refused = program.run(&["restore", "other.db"]);
    assert_eq!(refused.status, 1);
    assert!(refused.err.contains("is of another shop"), "{}", refused.err);
    let after = everything(&program.path("."));
    let books = |all: &[(String, Vec<u8>)]| all.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(books(&before), books(&after));
    assert_eq!(program.run(&["restore", "other.db", "--other-shop"]).status, 0);
    assert_eq!(documents(&program.path("shop.db")), documents(&place));
}

#[test]
fn open_books_are_not_replaced() {
    let (program, held) = with_backup();
    let open = courtesy::store::Store::open_existing(&program.path("shop.db")).unwrap();
    let refused = program.run(&["restore", "copy.db"]);
    assert_eq!(refused.status, 3);
    assert!(refused.err.contains("open; nothing was changed; close every window"), "{}", refused.err);
    assert_eq!(documents(&program.path("shop.db")), held + 3);
    assert!(kept(&program).is_empty());
    drop(open);
    assert_eq!(program.run(&["restore", "copy.db"]).status, 0);
}

#[test]
fn a_power_cut_before_the_renaming_leaves_the_old_books() {
    let (program, held) = with_backup();
    let mut command = program.command("shop.db", &["restore", "copy.db"]);
    let cut = command.env("COURTESY_PLANT", "killed in a restore").output().unwrap();
    assert!(!cut.status.success());
    assert_eq!(documents(&program.path("shop.db")), held + 3);
    assert_eq!(program.run(&["verify"]).status, 0);
    hire(&program, "shop.db", 20..21);
    assert_eq!(documents(&program.path("shop.db")), held + 4);
    assert_eq!(documents(&program.path(&kept(&program)[0])), held + 3);
}

#[test]
fn books_that_are_no_database_any_more_are_kept_with_their_journal() {
    let (program, held) = with_backup();
    program.write("shop.db", "zeros where a database was");
    program.write("shop.db-wal", "what was not in it yet");
    let restored = program.run(&["restore", "copy.db"]);
    assert_eq!(restored.status, 0, "{}", restored.err);
    assert!(restored.err.contains("could not be read"), "{}", restored.err);
    assert_eq!(documents(&program.path("shop.db")), held);
    let kept = kept(&program);
    assert_eq!(std::fs::read(program.path(&kept[0])).unwrap(), b"zeros where a database was");
    assert_eq!(std::fs::read(program.path(&kept[1])).unwrap(), b"what was not in it yet");
}

#[test]
fn books_with_spoilt_pages_are_replaced_and_kept() {
    let (program, held) = with_backup();
    let mut bytes = std::fs::read(program.path("shop.db")).unwrap();
    bytes[4096..].fill(0xaa);
    program.write("shop.db", &bytes);
    assert_ne!(program.run(&["backup", "bad.db"]).status, 0);
    assert!(!program.path("bad.db").exists());
    let restored = program.run(&["restore", "copy.db"]);
    assert_eq!(restored.status, 0, "{}", restored.err);
    assert!(restored.err.contains("could not be read"), "{}", restored.err);
    assert_eq!(documents(&program.path("shop.db")), held);
    assert!(in_order(&program.path("shop.db")));
    let kept = std::fs::read(program.path(&kept(&program)[0])).unwrap();
    assert!(kept[4096..] == bytes[4096..]);
}
