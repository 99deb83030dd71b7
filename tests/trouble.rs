//! The environment fails: programs are killed, two write at once, files are foreign, cut or newer, output has nowhere to go. What
//! was answered stays, nothing is booked twice, and the books verify.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use serde_json::{Value, json};
use uuid::Uuid;

use super::program::Program;

/// A shop with one bill of many pieces.
fn shop(rows: u32) -> Program {
    let program = Program::shop("open", "GBP", "Europe/London", &[]);
    let head = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
    let rows: String = (1..=rows).map(|no| format!("{no},A,Apple,10000,2010-12-01 08:26:00,0.37,17850.0,UK\n")).collect();
    program.write("sales.csv", format!("{head}\n{rows}"));
    program
}

fn refunds(count: usize) -> Vec<String> {
    let request = || {
        let goods = json!({ "of": "lines", "bill": "1", "lines": [{ "line": 1, "quantity": "3" }] });
        json!({ "id": Uuid::now_v7(), "desk": 1, "clerk": 1, "request": { "job": "refund", "goods": goods } }).to_string()
    };
    (0..count).map(|_| request()).collect()
}

fn is_in_order(program: &Program) {
    let ran = program.run(&["verify"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
}

#[test]
fn a_batch_that_was_killed_is_run_again_and_books_each_request_once() {
    let program = shop(1);
    assert_eq!(program.run(&["import", "sales", "sales.csv"]).status, 0);
    let requests = refunds(60);
    for kill_after in [1, 7, 30] {
        let mut child = program.command("shop.db", &["batch", "-"]).stderr(Stdio::null()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(requests[..kill_after].join("\n").as_bytes()).unwrap();
        input.write_all(b"\n").unwrap();
        std::thread::sleep(std::time::Duration::from_millis(40 + kill_after as u64));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let ran = program.feed(&["batch", "-"], requests.join("\n").as_bytes());
    assert_eq!(ran.status, 0, "{}", ran.out);
    let outcomes = ran.json();
    let mut numbers: Vec<&str> = outcomes.iter().map(|outcome| outcome["document"].as_str().unwrap()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(
        (outcomes.len(), numbers.len(), *numbers.last().unwrap()),
        (60, 60, "1-000060"),
        "no number is lost or given twice"
    );
    assert!(outcomes.iter().all(|outcome| outcome["total"] == "1.11 GBP"));
    is_in_order(&program);
}

#[test]
fn who_asks_line_by_line_is_answered_line_by_line() {
    let program = shop(1);
    assert_eq!(program.run(&["import", "sales", "sales.csv"]).status, 0);
    let mut child = program.command("shop.db", &["batch", "-"]).stderr(Stdio::null()).spawn().unwrap();
    let (mut input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut answers = BufReader::new(output).lines();
    for request in refunds(3) {
        input.write_all(format!("{request}\n").as_bytes()).unwrap();
        assert!(answers.next().unwrap().unwrap().contains("1.11 GBP"));
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn two_programs_at_once_share_one_series_without_a_gap() {
    let program = shop(1);
    assert_eq!(program.run(&["import", "sales", "sales.csv"]).status, 0);
    let [one, two] = [refunds(40), refunds(40)].map(|lines| lines.join("\n"));
    let (one, two) = std::thread::scope(|scope| {
        let first = scope.spawn(|| program.feed(&["batch", "-"], one.as_bytes()));
        let second = program.feed(&["batch", "-"], two.as_bytes());
        (first.join().unwrap(), second)
    });
    assert_eq!((one.status, two.status), (0, 0), "{}{}", one.out, two.out);
    let mut numbers: Vec<String> =
        one.json().iter().chain(&two.json()).map(|outcome| outcome["document"].as_str().unwrap().to_owned()).collect();
    numbers.sort_unstable();
    let expected: Vec<String> = (1..=80).map(|no| format!("1-{no:06}")).collect();
    assert_eq!(numbers, expected);
    is_in_order(&program);
}

#[test]
fn an_import_that_was_killed_goes_on_and_counts_every_line_once() {
    let program = shop(30_000);
    let mut child = program.command("shop.db", &["import", "sales", "sales.csv"]).spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(900));
    let killed = child.try_wait().unwrap().is_none();
    child.kill().ok();
    child.wait().unwrap();
    let ran = program.run(&["--json", "import", "sales", "sales.csv"]);
    let told: Value = ran.json().remove(0);
    let counts = &told["counts"];
    assert_eq!(
        (ran.status, told["lines"].as_u64(), counts["bills"].as_u64()),
        (0, Some(30_000), Some(30_000)),
        "killed: {killed}"
    );
    assert_eq!(counts["kept_sum"], "111000000.00");
    is_in_order(&program);
}

#[test]
fn an_answer_that_cannot_be_written_stops_the_batch_and_says_so() {
    let program = shop(1);
    assert_eq!(program.run(&["import", "sales", "sales.csv"]).status, 0);
    program.write("requests.jsonl", refunds(5_000).join("\n"));
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut child = program.command("shop.db", &["batch", "requests.jsonl"]).stdout(full).spawn().unwrap();
    let mut said = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(3));
    assert!(said.contains("what was booked stays booked; run the same file again"), "{said}");
    is_in_order(&program);
}

#[test]
fn files_that_are_no_books_of_this_program_stay_as_they_are() {
    let program = shop(200);
    assert_eq!(program.run(&["import", "sales", "sales.csv"]).status, 0);
    let books = std::fs::read(program.path("shop.db")).unwrap();
    rusqlite::Connection::open(program.path("foreign.db")).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    program.write("newer.db", &books);
    let newer = "INSERT INTO migration VALUES (99, 'later', zeroblob(32))";
    rusqlite::Connection::open(program.path("newer.db")).unwrap().execute_batch(newer).unwrap();
    program.write("cut.db", &books[..books.len() / 2]);
    program.write("empty.db", b"");
    for (name, command, status, says) in [
        ("foreign.db", "verify", 3, "is not a database of this program; nothing was changed"),
        ("newer.db", "verify", 3, "install the newer program"),
        ("cut.db", "verify", 1, "The database is damaged"),
        ("cut.db", "schema", 0, ""),
        ("empty.db", "verify", 3, "holds no shop yet"),
    ] {
        let before = std::fs::read(program.path(name)).unwrap();
        let ran = program.on(name, &[command], b"");
        assert_eq!(ran.status, status, "{name}: {}{}", ran.out, ran.err);
        assert!(ran.out.contains(says) || ran.err.contains(says), "{name}: {}{}", ran.out, ran.err);
        assert!(name == "empty.db" || std::fs::read(program.path(name)).unwrap() == before, "{name} was changed");
    }
}
