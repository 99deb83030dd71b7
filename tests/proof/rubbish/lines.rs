//! Requests of a batch, PINs and recovery codes that are wrong in some way.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{changed, dump, faults_of, refused, shop, timed};
use crate::proof::told;

/// A request of a clerk.
pub fn asks(clerk: u32, request: Value) -> Value {
    json!({ "id": Uuid::now_v7(), "desk": 1, "clerk": clerk, "request": request })
}

fn refund(bill: &str, line: Value, quantity: Value) -> Value {
    json!({ "job": "refund", "goods": { "of": "lines", "bill": bill, "lines": [{ "line": line, "quantity": quantity }] } })
}

/// A request, and what must be said of it: its column or its field, and why.
pub fn requests() -> Vec<(Vec<u8>, &'static str)> {
    let good = || asks(1, refund("100", json!(1), json!("1")));
    let text = || good().to_string();
    let mut cases: Vec<(Vec<u8>, &'static str)> = Vec::new();
    let mut add = |line: String, says: &'static str| cases.push((line.into_bytes(), says));
    for quantity in
        ["1e400", "NaN", "inf", "0x1", "1_0", "1,0", "+-1", "٣", "½", "", " ", "1.00000000000000000000000000000000001"]
    {
        add(asks(1, refund("100", json!(1), json!(quantity))).to_string(), "is not a quantity");
    }
    for (quantity, says) in [
        ("0.0005", "at most three decimals"),
        ("-1", "must be more than zero"),
        ("-0", "must be more than zero"),
        ("9223372036854775807", "too large to be counted"),
        ("9223372036854775.807", "can still come back"),
        ("1000", "can still come back"),
    ] {
        add(asks(1, refund("100", json!(1), json!(quantity))).to_string(), says);
    }
    for line in [json!(-1), json!(1.5), json!("1"), json!(4_294_967_296_u64), json!(null), json!([1]), json!(true)] {
        add(asks(1, refund("100", line, json!("1"))).to_string(), "column ");
    }
    for quantity in [json!(1), json!(1.5), json!(null), json!({}), json!(["1"])] {
        let says = if quantity.is_null() { "\"result\":\"quoted\"" } else { "column " };
        add(asks(1, refund("100", json!(1), quantity)).to_string(), says);
    }
    let amount = |amount: &str| {
        asks(1, json!({ "job": "goodwill", "member": "7", "give": { "amount": amount }, "to": "store_credit" })).to_string()
    };
    for (given, says) in [
        ("1e400 EUR", "is not an amount"),
        ("NaN EUR", "is not an amount"),
        ("5", "is not an amount"),
        ("5 ", "is not an amount"),
        (" EUR", "is not an amount"),
        ("٥ EUR", "is not an amount"),
        ("5.001 EUR", "more decimals than EUR has"),
        ("5.00 eur", "not a currency code"),
        ("5.00 EUR EUR", "not a currency code"),
        ("5.00 USD", "cannot be added"),
        ("-5.00 EUR", "must be more than zero"),
        ("0.00 EUR", "must be more than zero"),
        ("10000000000000.01 EUR", "too large to be counted"),
        ("92233720368547758.08 EUR", "too large to be counted"),
        ("-92233720368547758.08 EUR", "must be more than zero"),
        ("99999999999999999999999999999999 EUR", "is not an amount"),
    ] {
        add(amount(given), says);
    }
    let percent = |percent: &str| {
        asks(1, json!({ "job": "goodwill", "bill": "100", "give": { "percent": percent }, "to": "bill" })).to_string()
    };
    for (given, says) in [
        ("1e2", "is not a percentage"),
        ("0.00001", "is not a percentage"),
        ("-5", "must be more than zero"),
        ("NaN", "is not a percentage"),
        ("922337203685478", "too large"),
    ] {
        add(percent(given), says);
    }
    for price in ["1e2", "NaN", "0_1", "", "1,00", "99999999999999999999999999999999999"] {
        add(
            asks(1, json!({ "job": "correct_price", "bill": "100", "lines": [{ "line": 1, "price": price }] })).to_string(),
            "is not a price",
        );
    }
    // Control characters, at every field that takes a text.
    let evil = "a\0b";
    let person = |field: &str| {
        let mut person = json!({ "given": "Ann", "family": "Kask", "phone": "", "email": "", "address": "" });
        person[field] = json!(evil);
        let (member, salt) = (Uuid::now_v7(), Uuid::new_v4());
        let pay = json!({ "tender": "cash" });
        asks(1, json!({ "job": "sign_up", "member": member, "salt": salt, "person": person, "plan": "basic", "pay": pay }))
    };
    for (field, says) in [
        ("given", "request.person.given"),
        ("family", "request.person.family"),
        ("phone", "request.person.phone"),
        ("email", "request.person.email"),
        ("address", "request.person.address"),
    ] {
        add(person(field).to_string(), says);
    }
    let staff = json!({ "no": 5, "name": "A\u{1b}[31mB", "role": "clerk", "language": "en", "active": true });
    for (request, says) in [
        (refund(evil, json!(1), json!("1")), "request.goods.bill contains control characters"),
        (
            json!({ "job": "refund", "goods": { "of": "item", "member": evil, "item": "A", "quantity": "1" } }),
            "request.goods.member contains",
        ),
        (
            json!({ "job": "refund", "goods": { "of": "item", "member": "7", "item": evil, "quantity": "1" } }),
            "request.goods.item contains",
        ),
        (json!({ "job": "refund", "goods": { "of": "bill", "bill": "100" }, "reason": evil }), "request.reason contains"),
        (
            json!({ "job": "refund", "goods": { "of": "bill", "bill": "100" }, "condition": "a\u{9b}b" }),
            "request.condition contains",
        ),
        (json!({ "job": "renew", "member": evil, "pay": { "tender": "cash" } }), "request.member contains"),
        (json!({ "job": "renew", "member": "7", "plan": evil, "pay": { "tender": "cash" } }), "request.plan contains"),
        (
            json!({ "job": "renew", "member": "7", "pay": { "tender": "card", "reference": evil } }),
            "request.pay.reference contains",
        ),
        (json!({ "job": "set_staff", "staff": staff }), "request.staff.name contains"),
        (json!({ "job": "re_anchor", "reason": evil }), "request.reason contains"),
        (
            json!({ "job": "record_payout", "document": "1-000001", "payout": 1, "outcome": { "paid": evil } }),
            "request.outcome.paid contains",
        ),
        (json!({ "job": "adopt_policy", "text": evil }), "request.text contains control characters"),
    ] {
        add(asks(1, request).to_string(), says);
    }
    for (request, says) in [
        (json!({ "job": "dance" }), "unknown variant `dance`"),
        (json!({ "job": 1 }), "column "),
        (json!({}), "missing field `job`"),
        (json!([]), "column "),
        (json!(null), "column "),
        (json!({ "job": "void", "document": "1-3" }), "is not a document number"),
        (json!({ "job": "void", "document": "0-000001" }), "is not a document number"),
        (json!({ "job": "void", "document": "1-18446744073709551615" }), "is not a document number"),
        (json!({ "job": "void", "document": "1-9223372036854775807" }), "there is no document"),
        (json!({ "job": "void", "document": "١-٠٠٠٠٠١" }), "is not a document number"),
        (json!({ "job": "redeem_credit", "credit": "1-000001" }), "is not a store credit's code"),
        (json!({ "job": "renew", "member": "7", "pay": { "tender": "shells" } }), "unknown variant `shells`"),
        (refund("100", json!(9), json!("1")), "bill 100 has no line 9"),
        (refund("nope", json!(1), json!("1")), "there is no bill “nope”"),
        (refund("", json!(1), json!("1")), "there is no bill"),
        (json!({ "job": "refund", "goods": { "of": "lines", "bill": "100", "lines": [] } }), "\"result\":"),
        (json!({ "job": "sign_up", "member": "x", "person": {}, "plan": "basic" }), "column "),
    ] {
        add(asks(1, request).to_string(), says);
    }
    let mut placed = |place: &str, value: Value, says: &'static str| {
        let mut asked = good();
        *asked.pointer_mut(place).unwrap() = value;
        add(asked.to_string(), says);
    };
    placed("/id", json!("x"), "is not an id");
    placed("/id", json!(1), "column ");
    placed("/desk", json!(0), "a desk's number from 1 to 999");
    placed("/desk", json!(1000), "a desk's number from 1 to 999");
    placed("/desk", json!(1.5), "column ");
    placed("/clerk", json!(-1), "column ");
    placed("/clerk", json!(4_294_967_296_u64), "column ");
    placed("/clerk", json!(4_294_967_295_u64), "there is no staff");
    for (raw, says) in [
        (text().replacen('{', "{\"clerk\":1,", 1), "duplicate field `clerk`"),
        (text().replacen("\"job\"", "\"job\":\"refund\",\"job\"", 1), "duplicate"),
        (text().replacen("\"bill\"", "\"bill\":\"1\",\"bill\"", 1), "duplicate"),
        (text().replacen('{', "{\"colour\":1,", 1), "unknown field `colour`"),
        (text().replacen('{', "{\"at\":\"2026-02-30T00:00:00Z\",", 1), "column "),
        (text().replacen('{', "{\"at\":\"2026-02-03T00:00:00Z\",", 1), "only in a database made with --replay"),
        (text()[..text().len() - 1].to_owned(), "column "),
        (format!("{}}}", text()), "column "),
        (format!("{} {}", text(), text()), "column "),
        (text().replace('"', "'"), "column 2"),
        (text().replace("\"1\"", "1e400"), "column "),
        (text().replace("\"1\"", "-0"), "column "),
        (text().replace("\"1\"", "NaN"), "column "),
        (text().replace("\"1\"", "1234567890123456789012345678901234567890"), "column "),
        (text().replace("\"100\"", "\"\\ud800\""), "column "),
        (text().replace("\"100\"", "\"\\x\""), "column "),
        (text().replace("\"100\"", "\"a\u{1}b\""), "column "),
        ("[]".into(), "column 1: a request is a JSON object"),
        ("null".into(), "column 1: a request is a JSON object"),
        ("{".repeat(500_000), "column 2"),
        (format!("{{\"request\":{}", "[".repeat(500_000)), "column "),
        (format!("{{\"request\":{}", "{\"a\":".repeat(100_000)), "column "),
        (format!("{{\"id\":\"{}\"}}", "a".repeat(10_000_000)), "longer than 1048576 bytes"),
        (format!("\u{feff}{}", text()), "column 1"),
        ("{\"id\":\"4111111111111111\"}".into(), "************1111"),
    ] {
        add(raw, says);
    }
    cases.push((utf16(&text()), "column 1: not UTF-8"));
    cases.push((
        text().replace("100", "caf\u{e9}").bytes().map(|byte| if byte == 0xc3 { 0xff } else { byte }).collect(),
        "not UTF-8",
    ));
    cases
}

fn utf16(text: &str) -> Vec<u8> {
    // Without the line ends of which UTF-16 has halves.
    super::utf16(text, true).into_iter().filter(|byte| *byte != b'\n').collect()
}

/// PIN files and recovery codes, and what must be said of them.
pub fn pins() -> Vec<(Vec<u8>, &'static str)> {
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        (text("nothing"), "line 1 of the PIN file"),
        (text("# a word\n\n1314159\n"), "line 3 of the PIN file"),
        (text("-1 314159\n"), "line 1 of the PIN file"),
        (text("4294967296 314159\n"), "line 1 of the PIN file"),
        (text("١ 314159\n"), "line 1 of the PIN file"),
        (text("1.0 314159\n"), "line 1 of the PIN file"),
        (text("\u{200f}1 314159\n"), "line 1 of the PIN file"),
        (text("2 271828\n1 314159\n1 314160\n"), "line 3 of the PIN file is the second one of person 1"),
        (text("1 314159\0\n\0"), "line 2 of the PIN file"),
        (b"1 314159\n2 caf\xe9\n".to_vec(), "line 2, column 6: not UTF-8 text"),
        (super::utf16("1 314159\n", true), "line 1, column 1: not UTF-8 text"),
        (vec![b'1'; 5_000_000], "is longer than 4194304 bytes"),
    ]
}

#[test]
fn requests_that_are_wrong_are_told_by_column_or_field() {
    let program = shop();
    let cases = requests();
    let before = dump(&program, "shop.db");
    let input = cases.iter().map(|(line, _)| line.as_slice()).collect::<Vec<_>>().join(&b'\n');
    // Only quoted, so that a policy, say, is not brought in by its words alone; what is wrong is wrong either way.
    for arguments in [&["batch", "-", "--quote", "--pins", "pins"][..], &["batch", "-", "--pins", "pins"]] {
        let quoted = arguments.contains(&"--quote");
        let ran = timed("the batch", || program.feed(arguments, &input));
        assert_eq!((ran.status, faults_of(&ran)), (1, None));
        let answers: Vec<&str> = ran.out.lines().collect();
        assert_eq!(answers.len(), cases.len());
        for ((line, says), (at, answer)) in cases.iter().zip(answers.iter().enumerate()) {
            let shown: String = String::from_utf8_lossy(line).chars().take(300).collect();
            assert!(answer.starts_with(&format!("{{\"line\":{},", at + 1)), "{answer}");
            let lawful = *says == "\"result\":\"quoted\"";
            assert!(answer.contains(says) || (lawful && !quoted), "{shown}\nsays {answer}\nwanted {says}");
            assert!(lawful || !answer.contains("posted"), "{shown}\n{answer}");
        }
        if quoted {
            let changed = changed(&before, &dump(&program, "shop.db"));
            assert!(changed.iter().all(|table| ["attempt", "event"].contains(&table.as_str())), "{changed:?}");
        }
    }
    let documents = dump(&program, "shop.db")["document"].len();
    assert_eq!(documents, 1, "the one lawful request is booked once");
    assert_eq!(program.run(&["verify"]).status, 0);
    told(
        "bad input: requests",
        cases.len() as u64,
        "each told by column or field, nothing booked for it",
        "the one good request among them is booked",
    );
}

#[test]
fn pin_files_that_are_wrong_are_told_by_line() {
    let program = shop();
    let cases = pins();
    let mut faults = Vec::new();
    for (content, says) in &cases {
        program.write("wrong", content);
        for arguments in [&["batch", "-", "--pins", "wrong"][..], &["recover", "--code", "wrong", "--pins", "wrong"]] {
            let found = refused(&program, "shop.db", arguments, b"", (&[2], &[says, "nothing was"]));
            faults.extend(found.map(|fault| format!("{says}: {fault}")));
        }
        let setup = [
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
            "wrong",
        ];
        let set_up = program.on("new.db", &setup, b"");
        if set_up.status != 2 || !set_up.err.contains(says) || program.path("new.db").exists() {
            faults.push(format!("{says}: {}{}", set_up.status, set_up.err));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    for code in ["", "\0", "AAAA-AAAA-AAAA-AAAA-AAAA", "🦀", "ı", &"A".repeat(1_000_000)] {
        program.write("code", code);
        let fault = refused(
            &program,
            "shop.db",
            &["recover", "--code", "code", "--pins", "pins"],
            b"",
            (&[1], &["not this shop's recovery code; nothing was changed"]),
        );
        assert!(fault.as_ref().is_none_or(|fault| fault.starts_with("{\"event\"}")), "{fault:?}");
    }
    let marked = program.run(&["batch", "-", "--pins", "marked"]);
    assert_eq!(marked.status, 3, "{}", marked.err);
    program.write("marked", "\u{feff}1 314159\n");
    assert_eq!(program.run(&["batch", "-", "--pins", "marked"]).status, 0, "the mark of an editor is no fault");
    told(
        "bad input: PIN files",
        cases.len() as u64 + 6,
        "each told by line, nothing changed",
        "a good file with an editor's mark is taken",
    );
}
