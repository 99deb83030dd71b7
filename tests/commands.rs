//! The command line from outside: what every command answers when it works and when it does not, and its exit status: 0 done,
//! 1 refused by a rule or found wrong, 2 used wrongly, 3 the environment.

use serde_json::{Value, json};
use uuid::Uuid;

use super::program::{MAP, Program, Ran};

const SALES: &str = "bill,item,text,quantity,time,price,member
100,A,Apple,10,2026-11-20 10:00:00,1.00,7
100,B,Big,1,2026-11-20 10:00:00,900.00,7
102,W,Cheese,0.5,2026-11-21 11:00:00,9.99,8
";

const CARD: &str = "4111 1111 1111 1111";

/// A shop with a clerk, a lead and a few sales.
fn shop() -> Program {
    let program = Program::shop("club", "EUR", "Europe/Tallinn", &[]);
    program.write("map.toml", MAP);
    program.write("sales.csv", SALES);
    assert_eq!(program.run(&["import", "sales", "sales.csv", "--map", "map.toml"]).status, 0);
    let hire = |no: u32, role: &str| {
        let staff = json!({ "no": no, "name": format!("Person {no}"), "role": role, "language": "en", "active": true });
        asks(1, json!({ "job": "set_staff", "staff": staff })).to_string()
    };
    let hired = program.feed(&["batch", "-", "--pins", "pins"], [hire(2, "clerk"), hire(3, "lead")].join("\n").as_bytes());
    assert_eq!(hired.status, 0, "{}", hired.out);
    program
}

fn asks(clerk: u32, request: Value) -> Value {
    json!({ "id": Uuid::now_v7(), "desk": 1, "clerk": clerk, "request": request })
}

fn refund(bill: &str, line: u32, quantity: &str) -> Value {
    json!({ "job": "refund", "goods": { "of": "lines", "bill": bill, "lines": [{ "line": line, "quantity": quantity }] } })
}

fn with(mut value: Value, place: &str, new: Value) -> Value {
    *value.pointer_mut(place).unwrap() = new;
    value
}

fn plus(mut value: Value, name: &str, new: Value) -> Value {
    value[name] = new;
    value
}

#[test]
fn every_bad_line_of_a_batch_is_answered_and_the_rest_is_done() {
    let program = shop();
    let good = || asks(2, refund("100", 1, "1"));
    let goodwill =
        |amount: &str| asks(2, json!({ "job": "goodwill", "member": "7", "give": { "amount": amount }, "to": "store_credit" }));
    let posted_before = good();
    let cases: Vec<(String, &str)> = vec![
        (posted_before.to_string(), r#""result":"posted""#),
        (posted_before.to_string(), r#""again":true"#),
        (with(posted_before, "/request/goods/lines/0/quantity", json!("2")).to_string(), "posted before with other content"),
        (asks(2, refund("100", 1, "10")).to_string(), "9 can still come back, not 10"),
        (asks(2, refund("100", 1, "-1")).to_string(), "must be more than zero"),
        (asks(2, refund("100", 1, "0.0005")).to_string(), "at most three decimals"),
        (asks(2, refund("100", 1, "1_0")).to_string(), "is not a quantity"),
        (asks(2, refund("100", 1, "1.00000000000000000000000000000000001")).to_string(), "is not a quantity"),
        (asks(2, refund("100", 1, "9223372036854775807")).to_string(), "too large to be counted"),
        (asks(2, refund("100", 1, "9223372036854775.807")).to_string(), "9 can still come back"),
        (asks(2, refund("100", 9, "1")).to_string(), "bill 100 has no line 9"),
        (asks(2, refund("nope", 1, "1")).to_string(), "there is no bill “nope”"),
        (asks(99, refund("100", 1, "1")).to_string(), "there is no staff “99”"),
        (with(good(), "/desk", json!(0)).to_string(), "a desk's number from 1 to 999"),
        (with(good(), "/desk", json!(1000)).to_string(), "a desk's number from 1 to 999"),
        (with(good(), "/desk", json!(-1)).to_string(), "column "),
        (with(good(), "/clerk", json!("2")).to_string(), "column "),
        (with(good(), "/id", json!("x")).to_string(), "is not an id"),
        (plus(good(), "at", json!("2026-11-01T00:00:00Z")).to_string(), "only in a database made with --replay"),
        (plus(good(), "colour", json!(1)).to_string(), "unknown field `colour`"),
        (with(good(), "/request", json!({ "job": "dance" })).to_string(), "unknown variant `dance`"),
        (plus(good(), "approval", json!({ "by": 3, "digest": "0".repeat(64) })).to_string(), r#""result":"posted""#),
        (
            plus(asks(2, refund("100", 2, "1")), "approval", json!({ "by": 1, "digest": "0".repeat(64) })).to_string(),
            "given for something else",
        ),
        (
            plus(asks(2, refund("100", 2, "1")), "approval", json!({ "by": 3, "digest": "0".repeat(64) })).to_string(),
            "may not approve",
        ),
        (
            plus(good(), "approval", json!({ "by": 77, "digest": "0".repeat(64) })).to_string(),
            "the PIN file has no PIN of person 77",
        ),
        (plus(good(), "approval", json!({ "by": 1, "digest": "zz" })).to_string(), "64 hexadecimal digits"),
        (goodwill("10000000000000.00 EUR").to_string(), "needs_approval"),
        (goodwill("10000000000000.01 EUR").to_string(), "too large to be counted"),
        (goodwill("92233720368547758.07 EUR").to_string(), "too large to be counted"),
        (goodwill("92233720368547758.08 EUR").to_string(), "too large to be counted"),
        (goodwill("-5.00 EUR").to_string(), "must be more than zero"),
        (goodwill("5.001 EUR").to_string(), "more decimals than EUR has"),
        (goodwill("5.00 USD").to_string(), "EUR and USD cannot be added"),
        (goodwill("5 ").to_string(), "is not an amount"),
        (
            asks(2, json!({ "job": "goodwill", "bill": "100", "give": { "percent": "1e3" }, "to": "bill" })).to_string(),
            "is not a percentage",
        ),
        (
            asks(2, json!({ "job": "correct_price", "bill": "100", "lines": [{ "line": 1, "price": "0_1" }] })).to_string(),
            "is not a price",
        ),
        (
            asks(2, json!({ "job": "correct_price", "bill": "100", "lines": [{ "line": 1, "price": "-1" }] })).to_string(),
            "cannot be below zero",
        ),
        ("[]".into(), "column 1: a request is a JSON object"),
        (format!("\u{feff}{}", good()), "column 1: a request is a JSON object"),
        ("null".into(), "a request is a JSON object"),
        ("{".repeat(300), "column 2"),
        (good().to_string().replacen('{', "{\"clerk\":1,", 1), "duplicate field `clerk`"),
        ("{\"id\":\"\u{0}\"}".into(), "column "),
        (format!("{{\"id\":\"{}\"}}", "a".repeat(2_000_000)), "longer than 1048576 bytes"),
        (good().to_string(), r#""result":"posted""#),
    ];
    let input: Vec<&str> = cases.iter().map(|(line, _)| line.as_str()).collect();
    let ran = program.feed(&["batch", "-", "--pins", "pins"], format!("\u{feff}{}", input.join("\n")).as_bytes());
    assert_eq!(ran.status, 1, "{}", ran.err);
    let answers: Vec<&str> = ran.out.lines().collect();
    assert_eq!(answers.len(), cases.len());
    for ((line, says), answer) in cases.iter().zip(&answers) {
        assert!(answer.contains(says), "{}\n{answer}", line.chars().take(300).collect::<String>());
        assert!(answer.len() < 3_000 && !answer.contains(" at line 1"), "{answer}");
    }
    // A first line that is too long is not booked without its end, marked or not.
    for mark in ["", "\u{feff}"] {
        let ran = program.feed(&["batch", "-"], format!("{mark}{}{}x", good(), " ".repeat(2_000_000)).as_bytes());
        assert!(ran.status == 1 && ran.out.contains("longer than 1048576 bytes"), "{}", ran.out);
    }
    let verified = program.run(&["verify"]);
    assert_eq!(verified.status, 0, "{}", verified.out);
}

#[test]
fn an_answer_that_nobody_reads_to_its_end_is_no_good_end() {
    let program = shop();
    let stopped = "courtesy: the batch stopped after line 1";
    let line = asks(2, refund("100", 1, "1")).to_string();
    for (arguments, input, told) in [(&["verify"][..], "", ""), (&["find", "Apple"], "", ""), (&["batch", "-"], &line, stopped)] {
        let mut child = program.command("shop.db", arguments).spawn().unwrap();
        drop(child.stdout.take());
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes()).unwrap();
        let ended = child.wait_with_output().unwrap();
        let said = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(3), "{arguments:?}: {said}");
        assert!(said.starts_with(told) && said.is_empty() == told.is_empty(), "{arguments:?}: {said}");
    }
}

#[test]
fn an_approval_names_the_digest_of_a_quote_and_is_used_once() {
    let program = shop();
    let dear = asks(2, refund("100", 2, "1"));
    let quoted = program.feed(&["batch", "-", "--quote"], dear.to_string().as_bytes());
    assert_eq!((quoted.status, quoted.json()[0]["verdict"].clone()), (0, json!({ "needs_approval": "manager" })));
    let digest = quoted.json()[0]["digest"].clone();
    let approved = plus(dear, "approval", json!({ "by": 1, "digest": digest }));
    let without_pin = program.feed(&["batch", "-"], approved.to_string().as_bytes());
    assert!(without_pin.status == 1 && without_pin.out.contains("no PIN of person 1"), "{}", without_pin.out);
    program.write("wrong", "1 999999\n");
    let wrong = program.feed(&["batch", "-", "--pins", "wrong"], approved.to_string().as_bytes());
    assert!(wrong.status == 1 && wrong.out.contains("that PIN is not 1's"), "{}", wrong.out);
    let posted = program.feed(&["batch", "-", "--pins", "pins"], approved.to_string().as_bytes());
    assert_eq!((posted.status, posted.json()[0]["total"].clone()), (0, json!("900.00 EUR")));
    let other = plus(asks(2, refund("100", 1, "1")), "approval", json!({ "by": 1, "digest": digest }));
    let again = with(other, "/request/goods/lines/0/quantity", json!("10"));
    let again = program.feed(&["batch", "-", "--pins", "pins"], again.to_string().as_bytes());
    assert!(again.status == 1 && again.out.contains("given for something else"), "{}", again.out);
    assert_eq!(program.run(&["verify"]).status, 0);
}

/// Whoever names somebody else as the clerk has only their own PIN: it opens nothing that the other's would.
#[test]
fn nobody_acts_under_anothers_name_by_a_word_of_their_own() {
    let program = shop();
    program.write("own", "3 161803\n");
    let with_own_pin = |asked: Value| program.feed(&["batch", "-", "--pins", "own"], asked.to_string().as_bytes());
    let by_lead = |asked: Value| plus(asked, "approval", json!({ "by": 3, "digest": "0".repeat(64) }));
    let lead = json!({ "no": 3, "name": "Person 3", "role": "administrator", "language": "en", "active": true });
    let requests = [
        json!({ "job": "set_staff", "staff": lead }),
        json!({ "job": "adopt_policy", "text": include_str!("../resources/presets/hotel.toml") }),
        json!({ "job": "rotate_key" }),
        json!({ "job": "re_anchor", "reason": "restored" }),
    ];
    for request in requests {
        for asked in [by_lead(asks(1, request.clone())), asks(1, request)] {
            let ran = with_own_pin(asked);
            assert!(ran.status == 1 && ran.out.contains("no PIN of person 1"), "{}", ran.out);
        }
    }
    // Nor is a word that counts worth anything beside a clerk who is only named.
    let dear = asks(2, json!({ "job": "goodwill", "member": "7", "give": { "amount": "30.00 EUR" }, "to": "store_credit" }));
    let quoted = program.feed(&["batch", "-", "--quote"], dear.to_string().as_bytes()).json();
    assert_eq!(quoted[0]["verdict"], json!({ "needs_approval": "lead" }), "{quoted:?}");
    let approved = plus(dear, "approval", json!({ "by": 3, "digest": quoted[0]["digest"] }));
    let alone = with_own_pin(approved.clone());
    assert!(alone.status == 1 && alone.out.contains("no PIN of person 2"), "{}", alone.out);
    let together = program.feed(&["batch", "-", "--pins", "pins"], approved.to_string().as_bytes());
    assert_eq!(together.status, 0, "{}", together.out);
}

#[test]
fn a_batch_makes_paper_only_when_told_to() {
    let program = shop();
    let papers = || std::fs::read_dir(program.path("receipts")).map_or(0, Iterator::count);
    let batch = |more: &[&str]| {
        let asked = asks(1, refund("100", 1, "1")).to_string();
        program.feed(&[&["batch", "-"], more].concat(), asked.as_bytes())
    };
    assert_eq!(batch(&[]).status, 0);
    assert_eq!(papers(), 0);
    let printed = batch(&["--print"]);
    assert_eq!((printed.status, papers()), (0, 2), "{}", printed.err);
}

#[test]
fn who_changes_the_staff_shows_their_own_pin_first() {
    let program = shop();
    let hire = |clerk: u32, no: u32| {
        let staff = json!({ "no": no, "name": format!("Person {no}"), "role": "clerk", "language": "en", "active": true });
        asks(clerk, json!({ "job": "set_staff", "staff": staff }))
    };
    let run = |request: &Value, pins: &str| {
        program.write("some", pins);
        program.feed(&["batch", "-", "--pins", "some"], request.to_string().as_bytes())
    };
    for (pins, says) in
        [("4 141421\n", "no PIN of person 1"), ("1 999999\n4 141421\n", "not 1's"), ("1 314159\n4 1234\n", "at least 6 digits")]
    {
        let ran = run(&hire(1, 4), pins);
        assert!(ran.status == 1 && ran.out.contains(says) && !ran.out.contains("posted"), "{}", ran.out);
    }
    let asked = hire(2, 4);
    let digest = program.feed(&["batch", "-", "--quote"], asked.to_string().as_bytes()).json()[0]["digest"].clone();
    let approved = plus(asked, "approval", json!({ "by": 1, "digest": digest }));
    let ran = run(&approved, "1 314159\n4 141421\n");
    assert!(ran.status == 1 && ran.out.contains("no PIN of person 2"), "nobody has shown who asks: {}", ran.out);
    let ran = run(&approved, "1 314159\n2 271828\n4 141421\n");
    assert!(ran.status == 0 && ran.out.contains("posted"), "a clerk asks, the manager answers for it: {}", ran.out);
    // What somebody has as their PIN stays theirs, whatever line a file has of them; nor does an old batch bring an old one back.
    for request in [approved, hire(1, 4)] {
        let ran = run(&request, "1 314159\n2 271828\n4 999999\n");
        assert!(ran.status == 0 && ran.out.contains("posted"), "{}", ran.out);
    }
    let word = plus(asks(2, refund("100", 1, "1")), "approval", json!({ "by": 4, "digest": "0".repeat(64) }));
    assert!(run(&word, "4 999999\n2 271828\n").out.contains("not 4's"));
    assert!(run(&word, "4 141421\n2 271828\n").out.contains("may not approve"));
    let policy = asks(1, json!({ "job": "adopt_policy", "text": include_str!("../resources/presets/hotel.toml") }));
    assert!(run(&policy, "4 141421\n").out.contains("no PIN of person 1"));
    assert!(run(&policy, "1 314159\n").out.contains("posted"));
    assert_eq!(program.run(&["verify"]).status, 0);
}

#[test]
fn card_numbers_are_refused_everywhere_and_repeated_nowhere() {
    let program = shop();
    let person = json!({ "given": "Ilze", "family": "Bērziņa", "phone": "", "email": "", "address": "" });
    let sign_up = |person: Value, reference: &str| {
        let pay = json!({ "tender": "card", "reference": reference });
        asks(
            2,
            json!({ "job": "sign_up", "member": Uuid::now_v7(), "person": person, "salt": Uuid::new_v4(), "plan": "basic", "pay": pay }),
        )
    };
    let compact = CARD.replace(' ', "");
    let of_member = json!({ "of": "item", "member": compact, "item": "A", "quantity": "1" });
    let staff = |name: &str| json!({ "no": 5, "name": name, "role": "clerk", "language": "en", "active": true });
    let lines = [
        sign_up(with(person.clone(), "/phone", json!("378282246310005")), "T1"),
        sign_up(with(person.clone(), "/email", json!(format!("{compact}@example.com"))), "T1"),
        sign_up(with(person.clone(), "/address", json!(format!("Elm 1, {CARD}"))), "T1"),
        sign_up(with(person.clone(), "/given", json!(CARD)), "T1"),
        sign_up(person.clone(), CARD),
        asks(2, plus(refund("100", 1, "1"), "reason", json!(CARD))),
        asks(2, plus(refund("100", 1, "1"), "condition", json!(CARD))),
        asks(2, refund(CARD, 1, "1")),
        asks(2, json!({ "job": "refund", "goods": of_member })),
        asks(1, json!({ "job": "set_staff", "staff": staff(CARD) })),
        asks(2, json!({ "job": "record_payout", "document": "1-000001", "payout": 1, "outcome": { "paid": CARD } })),
        asks(2, json!({ "job": "renew", "member": CARD, "pay": { "tender": "cash" } })),
        asks(2, json!({ "job": "goodwill", "member": CARD, "give": { "amount": "1.00 EUR" }, "to": "store_credit" })),
        asks(2, json!({ "job": "adopt_policy", "text": CARD })),
        asks(
            1,
            json!({ "job": "adopt_policy", "text": format!("# {CARD}\n{}", include_str!("../resources/presets/hotel.toml")) }),
        ),
        sign_up(with(person.clone(), "/family", json!("४१११ ११११ ११११ ११११")), "T1"),
        asks(2, plus(refund("100", 1, "1"), "note", json!({ "text": format!("paid by {CARD}"), "salt": Uuid::new_v4() }))),
        asks(1, json!({ "job": "erase_person", "member": "7", "reason": CARD })),
    ];
    let input: Vec<String> = lines.iter().map(Value::to_string).collect();
    let ran = program.feed(&["batch", "-", "--pins", "pins", "--print"], input.join("\n").as_bytes());
    for (line, answer) in input.iter().zip(ran.out.lines()) {
        assert!(!answer.contains("posted"), "{line}\n{answer}");
    }
    let sale = |no: u32, text: &str, member: &str| format!("{no},A,{text},1,2026-11-20 10:00:00,1.00,{member}\n");
    let head = "bill,item,text,quantity,time,price,member\n";
    program.write("cards.csv", [head, &sale(201, CARD, "7"), &sale(202, "x", &compact)].concat());
    let imported = program.run(&["import", "sales", "cards.csv", "--map", "map.toml"]);
    assert_eq!(imported.status, 1, "{}", imported.out);
    program.write("members.csv", format!("code,given,family,phone,address\n9,Ann,K,+49 1511 2345673,\n10,Bo,K,,{CARD}\n"));
    let members = program.run(&["import", "members", "members.csv"]);
    assert!(members.out.contains("1 new or changed") && members.status == 1, "a German number passes: {}", members.out);
    let found = program.run(&["find", CARD]);
    let shown = program.run(&["show", CARD]);
    let named = program.on(
        "new.db",
        &[
            "setup",
            "--policy",
            "club",
            "--name",
            CARD,
            "--currency",
            "EUR",
            "--zone",
            "Europe/Tallinn",
            "--manager",
            "M",
            "--pins",
            "pins",
        ],
        b"",
    );
    assert_eq!((found.status, shown.status, named.status), (1, 2, 2));
    let mut told =
        vec![ran, imported, members, found, shown, named].into_iter().flat_map(|ran| [ran.out, ran.err]).collect::<Vec<_>>();
    told.extend(
        ["cards.csv", "members.csv"].map(|name| std::fs::read_to_string(program.path(&format!("{name}.rejects.jsonl"))).unwrap()),
    );
    let refunded = program.feed(&["batch", "-", "--print"], asks(2, refund("100", 1, "1")).to_string().as_bytes());
    assert_eq!((refunded.status, program.run(&["export", "books.jsonl"]).status), (0, 0));
    let held = |told: &[String]| {
        let mut held = 0;
        for number in [CARD, &compact, "378282246310005"] {
            held += told.iter().filter(|text| text.contains(number)).count();
        }
        held
    };
    told.extend(kept(&program));
    assert_eq!(held(&told), 0, "a card number is somewhere");
    // Control: one that came in by no entrance is found.
    let raw = rusqlite::Connection::open(program.path("shop.db")).unwrap();
    raw.execute("UPDATE event SET detail = detail || ?1 WHERE place = 1", [&compact]).unwrap();
    drop(raw);
    assert_eq!(program.run(&["export", "again.jsonl"]).status, 0);
    assert_eq!(held(&kept(&program)), 2, "in the file and in what is exported");
}

/// All that the program keeps in a shop's folder: books, journal, what is outside, exports and saved receipts.
fn kept(program: &Program) -> Vec<String> {
    let mut folders = vec![program.path("")];
    let mut texts = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_given = path.extension().is_some_and(|ending| ending == "csv");
            if path.is_dir() {
                folders.push(path);
            } else if !is_given {
                texts.push(String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned());
            }
        }
    }
    assert!(texts.iter().any(|text| text.contains("REFUND")), "receipts are looked at, too");
    texts
}

#[test]
fn each_command_says_what_happened_and_ends_as_it_should() {
    let program = shop();
    program.write("weak", "1 1234\n");
    program.write("nopin", "nothing\n");
    program.write("other.txt", "no database\n");
    let posted = program.feed(&["batch", "-"], asks(2, refund("100", 1, "1")).to_string().as_bytes());
    let number = posted.json()[0]["document"].as_str().unwrap().to_owned();
    let setup = |more: &[&'static str]| {
        let base = [
            "--database",
            "new.db",
            "setup",
            "--policy",
            "club",
            "--name",
            "X",
            "--currency",
            "EUR",
            "--zone",
            "Europe/Tallinn",
            "--manager",
            "M",
            "--pins",
            "pins",
        ];
        let mut all: Vec<&'static str> = base.to_vec();
        for pair in more.chunks(2) {
            let at = all.iter().position(|word| *word == pair[0]).unwrap();
            all[at + 1] = pair[1];
        }
        all
    };
    let number = number.as_str();
    let cases: Vec<(Vec<&str>, i32, &str, &str)> = vec![
        (vec!["verify"], 0, "The books are in order.", ""),
        (vec!["--json", "verify"], 0, r#"{"notes":0,"wrong":0}"#, ""),
        (vec!["find", "100"], 0, "910.00", ""),
        (vec!["find", "nobody"], 1, "", "nothing was found for “nobody”"),
        (vec!["--language", "fi", "find", "nobody"], 1, "", "ei löytynyt mitään"),
        (vec!["show", number], 0, "REFUND", ""),
        (vec!["show", number, "--text", "-"], 0, "Apple", ""),
        (vec!["show", number, "--pdf", "receipt.pdf"], 0, "", ""),
        (vec!["show", number, "--pdf", "no/such/folder.pdf"], 3, "", "cannot be used"),
        (vec!["--json", "show", number], 0, r#""number": "1-"#, ""),
        (vec!["show", "1-999999"], 1, "", "there is no document “1-999999”"),
        (vec!["show", "1-3"], 2, "", "is not a document number such as"),
        (vec!["schema"], 0, r#""maximum": 999"#, ""),
        (vec!["batch", "nothere"], 3, "", "nothere cannot be used"),
        (vec!["batch", "-", "--pins", "nothere"], 3, "", "nothere cannot be used"),
        (vec!["batch", "-", "--pins", "nopin"], 2, "", "line 1 of the PIN file"),
        (vec!["batch", "-"], 0, "", "none refused"),
        (vec!["--database", "none.db", "verify"], 3, "", "there is no database at none.db; nothing was changed"),
        (vec!["--database", "other.txt", "verify"], 3, "", "is not a database of this program; nothing was changed"),
        (vec!["--desk", "0", "verify"], 2, "", "1..=999"),
        (vec!["--language", "xx", "verify"], 2, "", "use en or fi"),
        (vec!["dance"], 2, "", "unrecognized subcommand"),
        (vec!["--seed", "3"], 2, "", "--demo"),
        (setup(&["--database", "shop.db"]), 1, "", "holds a shop already; nothing was changed"),
        (setup(&["--database", "Mysql://u:s3cret@h/b"]), 2, "", "the address of the server cannot be used"),
        (setup(&["--currency", "XXX"]), 2, "", "not a currency code"),
        (setup(&["--zone", "Mars"]), 2, "", "not a time zone"),
        (setup(&["--policy", "nope"]), 2, "", "no preset (there are club, hotel, open)"),
        (setup(&["--policy", "other.txt"]), 2, "", "the policy cannot be read"),
        (setup(&["--pins", "nopin"]), 2, "", "line 1 of the PIN file"),
        (setup(&["--pins", "weak"]), 1, "", "at least 6 digits"),
        (setup(&["--name", " "]), 2, "", "the shop's name cannot be used: it is empty; nothing was set up"),
        (setup(&["--manager", ""]), 2, "", "the manager's name cannot be used"),
        (vec!["recover", "--code", "nopin", "--pins", "pins"], 1, "", "not this shop's recovery code; nothing was changed"),
        (vec!["import", "sales", "nothere.csv"], 3, "", "cannot be opened"),
        (vec!["import", "sales", "sales.csv", "--map", "nothere"], 3, "", "nothere cannot be used"),
        (vec!["import", "sales", "sales.csv", "--map", "other.txt"], 2, "", "the map cannot be read"),
        (vec!["import", "sales", "sales.csv"], 2, "", "no map fits the columns"),
        (vec!["import", "sales", "sales.csv", "--map", "map.toml", "--format", "poslog"], 2, "", "not for a POSLog file"),
        (vec!["import", "members", "sales.csv"], 2, "", "no map fits"),
    ];
    for (arguments, status, out, err) in cases {
        let ran = program.run(&arguments);
        assert_eq!(ran.status, status, "{arguments:?}\n{}{}", ran.out, ran.err);
        assert!(ran.out.contains(out) && ran.err.contains(err), "{arguments:?}\n{}{}", ran.out, ran.err);
        assert_eq!(err.is_empty(), ran.err.is_empty(), "{arguments:?}: {}", ran.err);
    }
    assert!(!program.path("new.db").exists(), "what cannot be set up makes no file");
    assert!(!program.path("Mysql:").exists(), "an address is no folder");
    let pdf = std::fs::read(program.path("receipt.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
    let code = Program::without_shop();
    let made = code.run(&[
        "--json",
        "setup",
        "--policy",
        "open",
        "--name",
        "X",
        "--currency",
        "JPY",
        "--zone",
        "Asia/Tokyo",
        "--manager",
        "M",
        "--pins",
        "pins",
    ]);
    code.write("code", made.json()[0]["recovery_code"].as_str().unwrap());
    code.write("new-pins", "1 998877\n");
    assert_eq!(code.run(&["recover", "--code", "code", "--pins", "new-pins"]).status, 0);
    assert_eq!(code.run(&["verify"]).status, 0);
}

#[test]
fn books_that_no_desk_opens_on_are_found_wrong_and_nobody_sets_up_over_them() {
    let setup = ["setup", "--policy", "open", "--name", "Other", "--currency", "EUR", "--zone", "Europe/Riga"];
    let setup = [&setup[..], &["--manager", "M", "--pins", "pins"]].concat();
    for (damage, says, set_up) in [
        ("DELETE FROM shop", "The shop itself is gone", "the shop itself is gone from this database"),
        ("UPDATE shop SET zone = 'Mars/Crater'", "“Mars/Crater”", "holds a shop already"),
        ("UPDATE shop SET currency = 'Q0Q'", "The database is damaged", "Q0Q"),
    ] {
        let program = shop();
        assert_eq!(program.run(&["verify"]).status, 0, "the control");
        rusqlite::Connection::open(program.path("shop.db")).unwrap().execute_batch(damage).unwrap();
        let told = program.run(&["verify"]);
        assert!(told.status == 1 && told.out.contains(says) && told.err.is_empty(), "{damage}: {}{}", told.out, told.err);
        assert!(!told.out.contains("courtesy verify"), "{damage}: {}", told.out);
        let told = program.run(&["--json", "verify"]);
        let lines = told.json();
        assert_eq!((told.status, &lines.iter().find(|line| line["finding"].is_object()).unwrap()["wrong"]), (1, &json!(true)));
        assert!(lines.last().unwrap()["wrong"].as_u64() > Some(0), "{}", told.out);
        let other = program.run(&setup);
        assert!(other.status != 0 && other.err.contains(set_up), "{damage}: {}{}", other.out, other.err);
        assert_ne!(program.run(&["find", "100"]).status, 0, "{damage}");
    }
}

#[test]
fn somebody_who_is_hired_without_their_pin_is_told_so_and_gets_it_by_the_same_line() {
    let program = Program::shop("club", "EUR", "Europe/Tallinn", &[]);
    let staff = json!({ "no": 2, "name": "Ann", "role": "manager", "language": "en", "active": true });
    let asked =
        json!({ "id": Uuid::now_v7(), "desk": 1, "clerk": 1, "request": { "job": "set_staff", "staff": staff } }).to_string();
    let mut command = program.command("shop.db", &["batch", "-", "--pins", "pins"]);
    let mut child = command.env("COURTESY_PLANT", "a PIN cannot be set").spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), asked.as_bytes()).unwrap();
    let ran = child.wait_with_output().unwrap();
    let told: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap();
    let error = told["error"].as_str().unwrap_or_else(|| panic!("{told}"));
    assert!(error.contains("person 2 is as asked: document 1-000001 stays booked; only their PIN"), "{error}");
    assert!(error.contains("do the same again") && !error.contains("nothing was booked"), "{error}");
    let sign_in = ["clock", "--pins", "pins", "2"];
    assert_eq!(program.run(&sign_in).status, 1, "nobody has a PIN yet");
    let again = program.feed(&["batch", "-", "--pins", "pins"], asked.as_bytes());
    assert_eq!(again.status, 0, "{}{}", again.out, again.err);
    assert_eq!((&again.json()[0]["document"], &again.json()[0]["again"]), (&json!("1-000001"), &json!(true)));
    let signed_in = program.run(&sign_in);
    assert_eq!(signed_in.status, 0, "{}", signed_in.err);
    assert_eq!(program.run(&["verify"]).status, 0);
}

/// Help says whom a batch believes, and what it says is so: counter jobs need no PIN, and each job that it names needs one.
#[test]
fn help_says_whom_a_batch_believes() {
    let program = shop();
    let help = program.run(&["batch", "--help"]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in
        ["believes the clerk that a line names", "acts as the desk", "operating-system account of its own", ".outside folder"]
    {
        assert!(help.contains(said), "{said} in {help}");
    }
    let asks = |request: Value| {
        let asked = json!({ "id": Uuid::now_v7(), "desk": 1, "clerk": 1, "request": request }).to_string();
        let ran = program.feed(&["batch", "-"], asked.as_bytes());
        assert_eq!(ran.json().len(), 1, "{}", ran.err);
        ran.json().remove(0).to_string()
    };
    let goods = json!({ "of": "lines", "bill": "100", "lines": [{ "line": 1, "quantity": "1" }] });
    assert!(asks(json!({ "job": "refund", "goods": goods })).contains(r#""result":"posted""#));
    let staff = json!({ "no": 9, "name": "Ann", "role": "clerk", "language": "en", "active": true });
    for request in [
        json!({ "job": "set_staff", "staff": staff }),
        json!({ "job": "adopt_policy", "text": courtesy::domain::preset::of("club").unwrap().text }),
        json!({ "job": "rotate_key" }),
        json!({ "job": "re_anchor", "reason": "The disk failed" }),
        json!({ "job": "erase_person", "member": "7" }),
    ] {
        let job = request["job"].as_str().unwrap().to_owned();
        assert!(help.contains(&format!("({job})")), "{job} in {help}");
        let told = asks(request);
        assert!(told.contains("has no PIN of person 1"), "{job}: {told}");
    }
}

#[test]
fn a_setup_that_was_killed_before_its_code_was_told_is_mended() {
    let program = Program::without_shop();
    let setup = ["setup", "--policy", "open", "--name", "X", "--currency", "JPY", "--zone", "Asia/Tokyo", "--manager", "M"];
    let setup = [&setup[..], &["--pins", "pins", "--json"]].concat();
    let mut killed = program.command("shop.db", &setup);
    let killed = killed.env("COURTESY_PLANT", "killed before a recovery code is told").output().unwrap();
    assert!(!killed.status.success() && killed.stdout.is_empty());
    let unseen = program.path("shop.outside/recovery-code-unseen");
    assert!(unseen.exists());
    let again = program.run(&setup);
    assert!(again.status == 1 && again.err.contains("courtesy recover --new-code"), "{}", again.err);
    program.write("wrong-pins", "1 314158\n");
    let refused = program.run(&["recover", "--new-code", "--pins", "wrong-pins", "--json"]);
    assert!(refused.status == 1 && refused.out.is_empty() && unseen.exists(), "{}", refused.err);
    let given = program.run(&["recover", "--new-code", "--pins", "pins", "--json"]);
    assert_eq!(given.status, 0, "{}", given.err);
    assert!(!unseen.exists());
    program.write("code", given.json()[0]["recovery_code"].as_str().unwrap());
    program.write("new-pins", "1 998877\n");
    assert_eq!(program.run(&["recover", "--code", "code", "--pins", "new-pins"]).status, 0);
    assert_eq!(program.run(&["verify"]).status, 0);
    // Where the code was told, nothing more is said.
    let whole = Program::without_shop();
    assert_eq!(whole.run(&setup).status, 0);
    assert!(!whole.path("shop.outside/recovery-code-unseen").exists());
}

#[test]
fn files_that_cannot_be_imported_say_why_and_the_good_rows_come_in() {
    let program = shop();
    let head = "bill,item,text,quantity,time,price,member";
    let row = |no: u32| format!("{no},A,Apple,1,2026-11-20 10:00:00,1.00,7");
    let big = "x".repeat(10_000_000);
    let check = |name: &str, content: &[u8], status: i32, says: &str, reject: &str| {
        program.write(name, content);
        let ran = program.run(&["import", "sales", name, "--map", "map.toml"]);
        assert_eq!(ran.status, status, "{name}: {}{}", ran.out, ran.err);
        assert!(ran.out.contains(says) || ran.err.contains(says), "{name}: {}{}", ran.out, ran.err);
        let rejects = std::fs::read_to_string(program.path(&format!("{name}.rejects.jsonl"))).unwrap_or_default();
        assert!(rejects.contains(reject) && reject.is_empty() == rejects.is_empty(), "{name}: {rejects}");
    };
    let text = |lines: &[String]| lines.join("\n").into_bytes();
    check("bom.csv", &[b"\xef\xbb\xbf", &text(&[head.into(), row(301)])[..]].concat(), 0, "1 line in 1 bill (1 new", "");
    check("crlf.csv", format!("{head}\r\n{}\r\n", row(302)).as_bytes(), 0, "(1 new", "");
    check("header.csv", head.as_bytes(), 0, "0 lines", "");
    check("empty.csv", b"", 2, "the file is empty; nothing was imported", "");
    check("utf16.csv", b"\xff\xfeb\0i\0l\0l\0", 2, "not UTF-8 text; nothing was imported", "");
    check("less.csv", b"bill,item\n1,2\n", 2, "has no column “text”", "");
    check("semi.csv", &text(&[head.replace(',', ";"), row(303).replace(',', ";")]), 2, "has no column “bill”", "");
    check("twice.csv", &text(&[format!("bill,{head}"), format!("1,{}", row(304))]), 2, "two columns “bill”", "");
    check("packed.csv", b"\x1f\x8b\x08\0\0\0", 2, "zcat FILE | courtesy import sales -", "");
    check("nul.csv", &text(&[head.into(), row(305).replace("Apple", "Ap\0ple"), row(306)]), 1, "(1 new", "control characters");
    check("comma.csv", &text(&[head.into(), row(307).replace("1.00", "\"1,00\""), row(308)]), 1, "(1 new", "it is not a number");
    let latin: Vec<u8> =
        text(&[head.into(), row(309), row(310)]).iter().map(|byte| if *byte == b'l' { 0xe9 } else { *byte }).collect();
    check("latin.csv", &latin, 2, "not UTF-8", "");
    let mut latin = text(&[head.into(), row(309).replace("Apple", "caf?"), row(310)]);
    let at = latin.iter().position(|byte| *byte == b'?').unwrap();
    latin[at] = 0xe9;
    check("latin.csv", &latin, 1, "(1 new", r#""line":2,"column":3,"field":"text","fault":"not-utf8""#);
    check(
        "open.csv",
        &text(&[head.into(), row(311), row(312).replace("Apple", "\"Apple"), row(313)]),
        1,
        "(1 new",
        "a quote may not be closed",
    );
    check(
        "large.csv",
        &text(&[head.into(), row(314), row(315).replace("Apple", &big), row(316)]),
        1,
        "(1 new",
        "one record is longer than",
    );
    check(
        "zero.csv",
        &text(&[head.into(), row(317).replace(",1,", ",0.0005,"), row(318)]),
        1,
        "(1 new",
        "at most three decimals",
    );
    let map = MAP.replace("[columns]", "[file]\ndelimiter = \";\"\ndecimal = \",\"\n[columns]");
    program.write("semi.toml", map);
    program.write("semi.csv", text(&[head.replace(',', ";"), row(319).replace(',', ";").replace("1.00", "1,00")]));
    assert_eq!(program.run(&["import", "sales", "semi.csv", "--map", "semi.toml"]).status, 0);
    let piped = program.feed(&["--json", "import", "sales", "-", "--map", "map.toml"], &text(&[head.into(), row(320)]));
    assert_eq!((piped.status, piped.json()[0]["counts"]["new"].as_u64()), (0, Some(1)));
    let changed = text(&[head.into(), row(320).replace("1.00", "2.00")]);
    let changed: Ran = program.feed(&["import", "sales", "-", "--map", "map.toml"], &changed);
    assert!(changed.status == 1 && changed.out.contains("320: "), "a changed bill is named: {}", changed.out);
    assert_eq!(program.run(&["verify"]).status, 0);
}

#[test]
fn members_that_cannot_come_in_are_rejected_with_their_line() {
    let program = shop();
    program.write(
        "members.csv",
        "code,given,family,plan,term_end\n20,Ann,Kask,basic,2027-03-31\n21,Bo,Kask,platinum,2027-03-31\n22,Cy,Kask,basic,\n23,,,,\n",
    );
    let ran = program.run(&["--json", "import", "members", "members.csv"]);
    let counts = &ran.json()[0]["counts"];
    assert_eq!(
        (ran.status, counts["members"].as_u64(), counts["rejected"].as_u64(), counts["aside"].as_u64()),
        (1, Some(1), Some(3), Some(0))
    );
    let rejects = std::fs::read_to_string(program.path("members.csv.rejects.jsonl")).unwrap();
    let faults: Vec<Value> = rejects.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<(u64, &str)> =
        faults.iter().map(|fault| (fault["line"].as_u64().unwrap(), fault["fault"].as_str().unwrap())).collect();
    assert_eq!(told, [(3, "no-such-plan"), (4, "no-term-end"), (5, "missing")]);
    let again = program.run(&["--json", "import", "members", "members.csv"]);
    assert_eq!(again.json()[0]["counts"]["members_same"].as_u64(), Some(1));
    program.write("names.csv", "given,family,email\nDora,Mets,dora@example.com\nEino,Mets,\nEino,Mets,eino@example.com\nŠ,Ö,\n");
    for (new, same) in [(4, 0), (0, 4)] {
        let ran = program.run(&["--json", "import", "members", "names.csv"]);
        let counts = &ran.json()[0]["counts"];
        assert_eq!((counts["members"].as_u64(), counts["members_same"].as_u64()), (Some(new), Some(same)), "nobody has a number");
    }
}

#[test]
fn keys_are_copied_for_safe_keeping_and_brought_back() {
    let program = Program::shop("open", "EUR", "Europe/Helsinki", &[]);
    let kept = |name: &str| program.path(&format!("shop.outside/{name}"));
    let ran = program.run(&["keys", "export", "keys.json"]);
    assert_eq!((ran.status, ran.out.starts_with("2 secrets are copied")), (0, true), "{}{}", ran.out, ran.err);
    let again = program.run(&["keys", "export", "keys.json"]);
    assert_eq!(again.status, 2);
    assert!(again.err.contains("it is there already; no key was changed"), "{}", again.err);
    let before = std::fs::read(kept("desk-1.key-1")).unwrap();
    std::fs::remove_file(kept("desk-1.key-1")).unwrap();
    assert_eq!(program.run(&["verify"]).status, 1, "the lost key is told");
    assert!(program.run(&["keys", "import", "keys.json"]).out.starts_with("1 secret is back"));
    assert_eq!(std::fs::read(kept("desk-1.key-1")).unwrap(), before);
    assert_eq!(program.run(&["verify"]).status, 0);
    let other = Program::shop("open", "EUR", "Europe/Helsinki", &[]);
    std::fs::remove_file(other.path("shop.outside/desk-1.key-1")).unwrap();
    std::fs::copy(program.path("keys.json"), other.path("keys.json")).unwrap();
    let foreign = other.run(&["keys", "import", "keys.json"]);
    assert_eq!(foreign.status, 2);
    assert!(foreign.err.contains("is not the key that these books know"), "{}", foreign.err);
}
