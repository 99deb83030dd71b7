//! Calls to the disk fail: each of a command's calls once, and each with every later one. Whatever came of it is done and booked, or
//! told in a sentence that is true; afterwards the books are sound, and the same request comes to one document.
//!
//! `faulty.c`, loaded before the C library, lets the calls fail. A command is run with call 1 failing, then call 2, and so on until
//! it makes fewer calls than that.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;
use std::thread;

use serde_json::{Value, json};

use super::ground::{Ground, SETUP, asked, in_order, outcomes, refund, sign_up};
use super::{full, told};

/// What a sentence says of the money, one way or another.
const MEANING: [&str; 13] = [
    "nothing was",
    "nothing more was",
    "no backup was",
    "is not known",
    "stays posted",
    "stays booked",
    "stays;",
    "is posted",
    "as they were",
    "no more is booked",
    "cannot be relied on",
    "what was kept stays",
    "what came before is kept",
];

/// A command that is tried.
struct Scenario {
    name: &'static str,
    command: Vec<String>,
    /// The requests of a batch.
    requests: Vec<Value>,
    /// What must hold once the fault is over; hears whether the command said that it was done.
    after: fn(&Ground, bool) -> Result<(), String>,
}

/// What was seen.
#[derive(Debug, Default, Clone, Copy)]
struct Seen {
    tried: u64,
    done: u64,
    told: u64,
    unknown: u64,
}

fn batch(name: &'static str, more: &[&str], requests: Vec<Value>) -> Scenario {
    let command = [&["batch", "asked", "--pins", "pins"], more].concat();
    Scenario { name, command: command.into_iter().map(str::to_owned).collect(), requests, after: |_, _| Ok(()) }
}

fn plain(name: &'static str, command: &[&str], after: fn(&Ground, bool) -> Result<(), String>) -> Scenario {
    Scenario { name, command: command.iter().map(|&word| word.to_owned()).collect(), requests: Vec::new(), after }
}

fn scenarios(ground: &Ground, last: &str) -> Vec<Scenario> {
    let redeem = json!({ "job": "redeem_credit", "credit": ground.credit, "amount": "5.00 EUR" });
    let staff = json!({ "no": 2, "name": "Ann", "role": "clerk", "language": "en", "active": true });
    let mut printed = batch("a refund printed to a folder", &["--print"], vec![asked(refund("100"))]);
    printed.after = receipts_are_whole;
    let setup = [&["--database", "second.db"][..], &SETUP].concat();
    vec![
        printed,
        batch("two refunds", &[], vec![asked(refund("100")), asked(refund("101"))]),
        batch("a sign-up", &[], vec![asked(sign_up())]),
        batch("a credit redeemed", &[], vec![asked(redeem)]),
        batch("a document undone", &[], vec![asked(json!({ "job": "void", "document": last }))]),
        batch("a person hired", &[], vec![asked(json!({ "job": "set_staff", "staff": staff }))]),
        batch("a shift closed", &[], vec![asked(json!({ "job": "close_shift" }))]),
        batch("a key changed", &[], vec![asked(json!({ "job": "rotate_key" }))]),
        plain("sales imported", &["import", "sales", "more.csv", "--map", "map.toml"], sales_are_in),
        plain("members imported", &["import", "members", "members.csv"], members_are_in),
        plain("a backup", &["backup", "copy.db"], backup_is_whole),
        plain("a restore", &["restore", "old.db"], restored),
        plain("an export", &["export", "books.jsonl"], export_is_whole),
        plain("a shop set up", &setup, |ground, _| ground.set_up_again("second.db")),
    ]
}

/// A receipt that has its name is whole, and one that was promised is there.
fn receipts_are_whole(ground: &Ground, _: bool) -> Result<(), String> {
    let Ok(receipts) = std::fs::read_dir(ground.path("receipts")) else { return Ok(()) };
    for receipt in receipts {
        let path = receipt.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        if path.extension().is_some_and(|ending| ending == "pdf") && !bytes.trim_ascii_end().ends_with(b"%%EOF") {
            return Err(format!("{} is not whole", path.display()));
        }
    }
    Ok(())
}

fn rows(ground: &Ground, sql: &str) -> i64 {
    rusqlite::Connection::open(ground.path("shop.db")).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
}

fn again(ground: &Ground, arguments: &[&str]) -> Result<(), String> {
    let ran = ground.command(arguments).output().unwrap();
    if ran.status.success() { Ok(()) } else { Err(format!("{arguments:?} again: {}", String::from_utf8_lossy(&ran.stderr))) }
}

fn sales_are_in(ground: &Ground, _: bool) -> Result<(), String> {
    again(ground, &["import", "sales", "more.csv", "--map", "map.toml"])?;
    match rows(ground, "SELECT COUNT(*) FROM bill") {
        5 => Ok(()),
        bills => Err(format!("{bills} bills, not 5")),
    }
}

fn members_are_in(ground: &Ground, _: bool) -> Result<(), String> {
    again(ground, &["import", "members", "members.csv"])?;
    match rows(ground, "SELECT COUNT(*) FROM member") {
        3 => Ok(()),
        members => Err(format!("{members} members, not 3")),
    }
}

fn backup_is_whole(ground: &Ground, done: bool) -> Result<(), String> {
    let path = ground.path("copy.db");
    if !path.exists() {
        return if done { Err("no backup is there".to_owned()) } else { again(ground, &["backup", "copy.db"]) };
    }
    if in_order(&path)? == 0 { Ok(()) } else { Err("the backup is not whole".to_owned()) }
}

/// The books are the old ones or the new ones, and whole; the old ones, where kept, are whole too.
fn restored(ground: &Ground, done: bool) -> Result<(), String> {
    let documents = rows(ground, "SELECT COUNT(*) FROM document");
    if done && documents != 2 || !(2..=3).contains(&documents) {
        return Err(format!("{documents} documents after a restore"));
    }
    for entry in std::fs::read_dir(&ground.folder).unwrap() {
        let path = entry.unwrap().path();
        let kept = path.file_name().unwrap().to_str().unwrap().starts_with("shop.before-restore");
        if kept && path.extension().is_some_and(|ending| ending == "db") && in_order(&path)? > 0 {
            return Err(format!("{} is not whole", path.display()));
        }
    }
    again(ground, &["restore", "old.db"])?;
    let anchored = ground.batch(&[asked(json!({ "job": "re_anchor", "reason": "Tried" }))]);
    if anchored[0]["result"] == "posted" { Ok(()) } else { Err(format!("{anchored:?}")) }
}

fn export_is_whole(ground: &Ground, done: bool) -> Result<(), String> {
    if !ground.path("books.jsonl").exists() {
        return if done { Err("no export is there".to_owned()) } else { again(ground, &["export", "books.jsonl"]) };
    }
    let ran = ground.second(&["--database", "in.db", "import", "books", "books.jsonl"]).output().unwrap();
    if ran.status.success() { Ok(()) } else { Err(format!("the export: {}", String::from_utf8_lossy(&ran.stderr))) }
}

/// Builds what lets calls fail.
fn build(folder: &Path) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/proof/faulty.c");
    let library = folder.join("faulty.so");
    let built = Command::new("cc").args(["-O1", "-shared", "-fPIC", "-o"]).arg(&library).arg(source).arg("-ldl").output();
    let built = built.unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    library
}

/// Runs a scenario with one call failing; `None` where it makes fewer calls, else the call and what the program said.
fn run(scenario: &Scenario, ground: &Ground, library: &Path, at: u64, ever: bool, plant: &str) -> Option<(String, Output)> {
    let requests: String = scenario.requests.iter().map(|request| format!("{request}\n")).collect();
    std::fs::write(ground.path("asked"), requests).unwrap();
    let tell = ground.folder.with_extension("tell");
    let arguments: Vec<&str> = scenario.command.iter().map(String::as_str).collect();
    let mut command = if arguments[0] == "--database" { ground.second(&arguments) } else { ground.command(&arguments) };
    command.env("LD_PRELOAD", library).env("FAULT_UNDER", &ground.folder).env("FAULT_AT", at.to_string());
    command.env("FAULT_TELL", &tell).env("COURTESY_PLANT", plant);
    if ever {
        command.env("FAULT_EVER", "1");
    }
    let ran = command.output().unwrap();
    let call = std::fs::read_to_string(&tell).ok()?;
    std::fs::remove_file(&tell).unwrap();
    Some((call, ran))
}

/// Whether what the program said is one of its sentences, and true; then whether the books are sound and the requests booked once.
fn judge(scenario: &Scenario, ground: &Ground, ran: &Output, seen: &mut Seen) -> Result<(), String> {
    let (out, err) = (outcomes_of(&ran.stdout, scenario), String::from_utf8_lossy(&ran.stderr).into_owned());
    let status = ran.status.code().ok_or_else(|| format!("ended by a signal: {err}"))?;
    if ![0, 1, 3].contains(&status) || err.contains("panicked") {
        return Err(format!("status {status}: {err}"));
    }
    let mut sentences: Vec<&str> = out.iter().filter_map(|outcome| outcome["error"].as_str()).collect();
    if status != 0 && sentences.is_empty() {
        sentences.push(&err);
    }
    if let Some(bare) = sentences.iter().find(|sentence| !MEANING.iter().any(|meaning| sentence.contains(meaning))) {
        return Err(format!("a bare error: {bare}"));
    }
    for (request, outcome) in scenario.requests.iter().zip(&out) {
        let (booked, holds) = (outcome["result"] == "posted", ground.holds(request));
        let denied = outcome["error"].as_str().is_some_and(|error| error.contains("nothing was booked"));
        if booked && !holds || denied && holds {
            return Err(format!("in the books: {holds}, but it said {outcome}"));
        }
    }
    let unknown = sentences.iter().any(|sentence| sentence.contains("is not known"));
    let kind = if status == 0 {
        &mut seen.done
    } else if unknown {
        &mut seen.unknown
    } else {
        &mut seen.told
    };
    *kind += 1;
    // Books that were restored are behind what their desk remembers, until that is confirmed.
    (scenario.after)(ground, status == 0)?;
    ground.look(&[])?;
    ground.send_again(&scenario.requests)
}

fn outcomes_of(written: &[u8], scenario: &Scenario) -> Vec<Value> {
    if scenario.requests.is_empty() { Vec::new() } else { outcomes(written) }
}

/// The shop that every run begins with, and the document that was posted last.
fn prepared(folder: &Path) -> (Ground, String) {
    let ground = Ground::new(folder);
    let more = (200..203).map(|bill| format!("{bill},A,Apple,1,2026-11-20 10:00:00,1.00,7\n")).collect::<String>();
    std::fs::write(ground.path("more.csv"), format!("bill,item,text,quantity,time,price,member\n{more}")).unwrap();
    std::fs::write(ground.path("members.csv"), "code,given,family\n9,Ann,K\n10,Bo,L\n").unwrap();
    again(&ground, &["backup", "old.db"]).unwrap();
    let posted = ground.batch(&[asked(refund("100"))]);
    (ground, posted[0]["document"].as_str().unwrap().to_owned())
}

/// Every call of a scenario, or each fifth; once and for ever after.
fn try_all(scenario: &Scenario, fresh: &Ground, library: &Path, first: u64, step: usize) -> Result<Seen, String> {
    let mut seen = Seen::default();
    for ever in [false, true] {
        for at in (first..).step_by(step) {
            let folder = tempfile::tempdir().unwrap();
            let ground = fresh.copied(&folder.path().join("shop"));
            let Some((call, ran)) = run(scenario, &ground, library, at, ever, "") else { break };
            seen.tried += 1;
            let wrong = |wrong| format!("{}: call {at} ({call}), ever {ever}: {wrong}", scenario.name);
            judge(scenario, &ground, &ran, &mut seen).map_err(wrong)?;
        }
    }
    Ok(seen)
}

#[test]
fn every_call_to_the_disk_may_fail() {
    let folder = tempfile::tempdir().unwrap();
    let library = build(folder.path());
    let shop = folder.path().join("shop");
    std::fs::create_dir(&shop).unwrap();
    let (fresh, last) = prepared(&shop);
    let scenarios = scenarios(&fresh, &last);
    let step = if full() { 1 } else { 5 };
    let (waiting, sum, wrong) = (Mutex::new(scenarios.iter().enumerate()), Mutex::new(Seen::default()), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((place, scenario)) = { waiting.lock().unwrap().next() } {
                    let first = 1 + u64::try_from(place % step).unwrap();
                    match try_all(scenario, &fresh, &library, first, step) {
                        Ok(seen) => {
                            let mut sum = sum.lock().unwrap();
                            let Seen { tried, done, told, unknown } = *sum;
                            let (tried, done) = (tried + seen.tried, done + seen.done);
                            *sum = Seen { tried, done, told: told + seen.told, unknown: unknown + seen.unknown };
                        }
                        Err(error) => wrong.lock().unwrap().push(error),
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let caught = planted_is_caught(&scenarios[1], &fresh, &library);
    let Seen { tried, done, told: said, unknown } = sum.into_inner().unwrap();
    assert!(done > 0 && said > 0 && unknown > 0, "{done} {said} {unknown}");
    let came = format!(
        "{} scenarios: {done} done all the same, {said} told that nothing was done, {unknown} told that it is not known; 0 wrong",
        scenarios.len()
    );
    told("I/O error", tried, &came, &caught);
}

/// A program that does not hear that its commit failed is found out.
fn planted_is_caught(scenario: &Scenario, fresh: &Ground, library: &Path) -> String {
    let plant = "errors of the commit are not heard";
    for at in 1.. {
        let folder = tempfile::tempdir().unwrap();
        let ground = fresh.copied(&folder.path().join("shop"));
        let Some((call, ran)) = run(scenario, &ground, library, at, true, plant) else { break };
        if let Err(wrong) = judge(scenario, &ground, &ran, &mut Seen::default())
            && wrong.starts_with("in the books: false")
        {
            return format!("{plant}: caught at call {at} ({call})");
        }
    }
    panic!("nobody noticed: {plant}");
}
