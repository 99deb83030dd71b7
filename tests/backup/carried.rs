//! The whole book, carried into another database.

use std::path::Path;

use courtesy::domain::digest::{BEGINNING, Digest};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{documents, hire, in_order, move_in, names, shop};
use crate::program::{MAP, Program};
use crate::server;

const SALES: &str = "bill,item,text,quantity,time,price,member
100,A,Apple,10,2026-11-20 10:00:00,1.00,7
100,B,Big “quoted”,1,2026-11-20 10:00:00,100.00,7
102,W,Cheese,0.5,2026-11-21 11:00:00,9.99,8
";

/// A shop that has traded: sales, members, a refund, a store credit, a member with a name, a bill kept aside.
fn traded() -> Program {
    let program = shop();
    program.write("map.toml", MAP);
    program.write("sales.csv", SALES);
    assert_eq!(program.run(&["import", "sales", "sales.csv", "--map", "map.toml"]).status, 0);
    let person =
        json!({ "given": "Zoë", "family": "Bērziņa", "phone": "+372 5123 4567", "email": "", "address": "", "born": null });
    let requests = [
        json!({ "job": "refund", "goods": { "of": "lines", "bill": "100", "lines": [{ "line": 1, "quantity": "2" }] }, "note": { "text": "Box was open", "salt": Uuid::new_v4() } }),
        json!({ "job": "goodwill", "member": "7", "give": { "amount": "5.00 EUR" }, "to": "store_credit" }),
        json!({ "job": "sign_up", "member": Uuid::now_v7(), "person": person, "salt": Uuid::new_v4(), "plan": "basic", "pay": { "tender": "cash" } }),
    ];
    for request in requests {
        let asked = json!({ "id": Uuid::now_v7(), "desk": 1, "clerk": 2, "request": request }).to_string();
        let done = program.feed(&["batch", "-"], asked.as_bytes());
        assert_eq!(done.status, 0, "{}{}", done.out, done.err);
    }
    assert_eq!(program.run(&["export", "books.jsonl", "--json"]).status, 0);
    program
}

fn export(program: &Program, database: &str, name: &str) -> String {
    let written = program.on(database, &["export", name], b"");
    assert_eq!(written.status, 0, "{}", written.err);
    std::fs::read_to_string(program.path(name)).unwrap()
}

/// Each line with its sum made anew, as somebody does who knows how.
fn with_sums(text: &str) -> String {
    let mut running = BEGINNING;
    let mut lines = String::new();
    for line in text.lines() {
        let (_, rest) = line.strip_prefix("{\"sum\":\"").unwrap().split_once("\",").unwrap();
        running = Digest::after(running, rest.as_bytes());
        lines.push_str(&format!("{{\"sum\":\"{}\",{rest}\n", running.short()));
    }
    lines
}

/// From one database into another: the same bytes come out of it again, it is in order, its search works, and a desk goes on.
fn carry(program: &Program, file: &str, to: &str) {
    let carried = program.on(to, &["import", "books", file, "--json"], b"");
    assert_eq!(carried.status, 0, "{}", carried.err);
    let again = format!("{}.jsonl", Uuid::now_v7());
    let (was, is) = (std::fs::read_to_string(program.path(file)).unwrap(), export(program, to, &again));
    assert!(was == is, "{was}\n{is}");
    let end: Value = serde_json::from_str(was.lines().last().unwrap()).unwrap();
    assert_eq!(carried.json()[0]["end"], end["end"]);
    for text in ["berz", "zo", "37251234567"] {
        let found = program.on(to, &["find", text], b"");
        assert_eq!(found.status, 0, "{text}: {}", found.err);
        assert!(found.out.contains("Bērziņa"), "{text}: {}", found.out);
    }
    let card = program.on("shop.db", &["find", "berz"], b"").out.split('\t').next().unwrap().to_owned();
    assert!(program.on(to, &["find", &card[..6]], b"").out.contains("Bērziņa"), "{card}");
}

#[test]
fn books_go_from_file_to_file() {
    let program = traded();
    carry(&program, "books.jsonl", "other.db");
    assert!(in_order(&program.path("other.db")));
    move_in(&program, "other.db");
    hire(&program, "other.db", 50..52);
    assert_eq!(program.on("other.db", &["verify"], b"").status, 0);
    assert!(documents(&program.path("other.db")) > documents(&program.path("shop.db")) + 2);
}

#[test]
fn books_go_from_file_to_server_and_back() {
    let program = traded();
    let server = server::shared();
    let address = server.schema();
    carry(&program, "books.jsonl", &address);
    assert!(in_order(Path::new(&address)));
    move_in(&program, &address);
    hire(&program, &address, 50..52);
    assert_eq!(program.on(&address, &["verify"], b"").status, 0);
    export(&program, &address, "later.jsonl");
    carry(&program, "later.jsonl", "back.db");
    move_in(&program, "back.db");
    hire(&program, "back.db", 60..61);
    assert_eq!(program.on("back.db", &["verify"], b"").status, 0);
}

#[test]
fn an_export_to_the_screen_is_the_same() {
    let program = traded();
    let shown = program.run(&["export", "-"]);
    assert_eq!(shown.status, 0);
    assert!(shown.out == std::fs::read_to_string(program.path("books.jsonl")).unwrap());
    let twice = program.run(&["export", "books.jsonl"]);
    assert_eq!(twice.status, 2, "{}", twice.err);
}

#[test]
fn a_changed_export_is_refused_with_its_line() {
    let program = traded();
    let whole = std::fs::read_to_string(program.path("books.jsonl")).unwrap();
    let line_with = |text: &str| 1 + whole.lines().position(|line| line.contains(text)).unwrap();
    let line_of = |number: usize| whole.lines().nth(number - 1).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let without = |number: usize| {
        let left = lines.iter().enumerate().filter(|(place, _)| place + 1 != number).map(|(_, line)| *line);
        left.collect::<Vec<_>>().join("\n") + "\n"
    };
    let goodwill = line_with("\"job\\\":\\\"goodwill\\\"");
    let apple = line_with("\"Apple\",\"\"");
    assert!(line_of(apple).contains(",1000,"), "{}", line_of(apple));
    let dearer = whole.replace(line_of(apple), &line_of(apple).replacen(",1000,", ",1100,", 1));
    let posting = line_with("\"store_credit\",\"EUR\",");
    let end = lines.len();
    let forged = |from: &str, to: &str| with_sums(&whole.replace(from, to));
    let changed_document = forged(line_of(goodwill), &line_of(goodwill).replace("5.00", "6.00"));
    let cases = [
        ("changed amount", dearer.clone(), format!("line {apple}: it was changed, or a line before it")),
        ("dropped line", without(posting), format!("line {posting}: it was changed, or a line before it")),
        ("changed document", changed_document, format!("line {goodwill}: document 1-")),
        ("dropped tail", without(end), format!("line {end}: the file ends here")),
        ("dropped row", with_sums(&without(posting)), format!("line {}: ", end - 1)),
        ("changed bill", with_sums(&dearer), "one of the ".to_owned()),
        (
            "another balance",
            forged(
                "\"account\":\"goodwill\",\"currency\":\"EUR\",\"minor\":",
                "\"account\":\"goodwill\",\"currency\":\"EUR\",\"minor\":1",
            ),
            "balances".to_owned(),
        ),
        ("nothing", String::new(), "line 1: the file ends here".to_owned()),
        ("something else", "a,b\n1,2\n".to_owned(), "is not an export of books".to_owned()),
        ("another version", with_sums(&whole.replacen("\"version\":1", "\"version\":2", 1)), "has version 2".to_owned()),
        ("another form", with_sums(&whole.replacen("\"form\":", "\"form\":9", 1)), "holds books of form 9".to_owned()),
    ];
    let server = server::shared();
    let address = server.schema();
    for (what, text, says) in cases {
        assert!(text != whole, "{what} changed nothing");
        program.write("bad.jsonl", &text);
        for database in ["other.db", &address] {
            let refused = program.on(database, &["import", "books", "bad.jsonl"], b"");
            assert!([1, 2].contains(&refused.status), "{what}: {}{}", refused.out, refused.err);
            assert!(refused.err.contains(&says) && refused.err.contains("nothing was brought in"), "{what}: {}", refused.err);
        }
        assert!(!names(&program.path(".")).iter().any(|name| name.starts_with("other.db")), "{what}");
    }
    carry(&program, "books.jsonl", &address);
}

#[test]
fn figures_that_only_verify_knows_are_refused_too() {
    let program = traded();
    let whole = std::fs::read_to_string(program.path("books.jsonl")).unwrap();
    program.write("bad.jsonl", with_sums(&whole.replace("\"Apple\"", "\"Pear\"")));
    let refused = program.on("other.db", &["import", "books", "bad.jsonl"], b"");
    assert_eq!(refused.status, 1);
    assert!(refused.err.contains("not in order (2 found); nothing was brought in"), "{}", refused.err);
    assert!(!program.path("other.db").exists());
}

#[test]
fn books_are_never_brought_in_over_others() {
    let program = traded();
    let before = documents(&program.path("shop.db"));
    let refused = program.run(&["import", "books", "books.jsonl"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("there are books in shop.db already; nothing was brought in"), "{}", refused.err);
    assert_eq!(documents(&program.path("shop.db")), before);
}
