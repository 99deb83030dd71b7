//! The finished program has none of the faults that the tests plant, nor the name of the variable that asks for them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use super::ground::{Ground, asked, refund};
use super::told;

const VARIABLE: &str = "COURTESY_PLANT";

/// The faults that the program's source can plant.
fn faults() -> BTreeSet<String> {
    let (mut faults, mut folders) = (BTreeSet::new(), vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let named = text.split("planted(\"").skip(1).filter_map(|rest| rest.split_once('"'));
            faults.extend(named.map(|(fault, _)| fault.to_owned()));
        }
    }
    faults
}

/// Which of the names are among a program's bytes.
fn named_in<'a>(program: &Path, names: &'a BTreeSet<String>) -> Vec<&'a str> {
    let is_in = |name: &&str| Command::new("grep").args(["-qaF", "--", name]).arg(program).status().unwrap().code() == Some(0);
    names.iter().map(String::as_str).filter(is_in).collect()
}

/// What a program does with a fault asked for: a restore, a refund and a seal, and what is left.
fn tried(program: &Path, fresh: &Ground, fault: &str) -> (Option<i32>, Option<i32>, i64) {
    let folder = tempfile::tempdir().unwrap();
    let ground = fresh.copied(folder.path());
    let run = |arguments: &[&str]| {
        let mut command = Command::new(program);
        command.current_dir(&ground.folder).args(["--database", "shop.db"]).args(arguments).env(VARIABLE, fault);
        command.output().unwrap().status.code()
    };
    let requests = [asked(refund("100")), asked(json!({ "job": "close_shift" }))];
    std::fs::write(ground.path("asked"), format!("{}\n{}\n", requests[0], requests[1])).unwrap();
    let (restored, posted) = (run(&["restore", "old.db"]), run(&["batch", "asked"]));
    let raw = rusqlite::Connection::open(ground.path("shop.db")).unwrap();
    (restored, posted, raw.query_row("SELECT COUNT(*) FROM document", [], |row| row.get(0)).unwrap())
}

#[test]
fn the_finished_program_has_no_planted_faults() {
    let program = std::env::var_os("COURTESY_RELEASE").map(PathBuf::from).unwrap_or_else(|| {
        panic!(
            "COURTESY_RELEASE names no program: run tests/run, or build one by `cargo build --locked --release --bin courtesy` and \
             set COURTESY_RELEASE=$PWD/target/release/courtesy"
        )
    });
    let mut names = faults();
    let planted = names.len();
    names.insert(VARIABLE.to_owned());
    let folder = tempfile::tempdir().unwrap();
    let fresh = Ground::new(folder.path());
    assert!(fresh.command(&["backup", "old.db"]).output().unwrap().status.success());

    // The program that the other tests plant faults in has them all, and does as it is told.
    let debug = Path::new(env!("CARGO_BIN_EXE_courtesy"));
    assert_eq!(named_in(debug, &names).len(), names.len(), "{names:?}");
    let whole = tried(debug, &fresh, "");
    let changed = names.iter().filter(|fault| tried(debug, &fresh, fault) != whole).count();
    assert!(changed > 0);

    assert_eq!(named_in(&program, &names), Vec::<&str>::new());
    assert_eq!(whole, (Some(0), Some(0), 4));
    for fault in &names {
        assert_eq!(tried(&program, &fresh, fault), whole, "{fault}");
    }
    told(
        "planted faults in the finished program",
        u64::try_from(planted).unwrap(),
        "none of their names is in it, nor the variable's, and asking for them changes nothing",
        &format!("the program of the tests has all of them, and {changed} change what it does"),
    );
}
