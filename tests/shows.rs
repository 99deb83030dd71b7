//! Real trade through the program: the files of the data folder come in with every line accounted for, and past credits are
//! replayed against a computation that shares no code with it.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use courtesy::store::verify::Invariant;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use uuid::Uuid;

use super::program::{Program, data};

/// Imports sales and answers the figures.
fn import(program: &Program, file: &Path, status: i32) -> Value {
    let ran = program.run(&["--json", "import", "sales", file.to_str().unwrap()]);
    assert_eq!(ran.status, status, "{}{}", ran.out, ran.err);
    ran.json().remove(0)
}

fn verify(program: &Program) -> Vec<Value> {
    let ran = program.run(&["--json", "verify"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    let mut found = ran.json();
    assert_eq!(found.pop().unwrap()["wrong"], 0);
    let (holding, found): (Vec<_>, Vec<_>) = found.into_iter().partition(|line| line.get("holds").is_some());
    assert_eq!(holding.len(), Invariant::ALL.len());
    found
}

/// One row of the retail file.
struct Row {
    invoice: String,
    item: String,
    quantity: i64,
    at: DateTime,
    member: String,
    paid_minor: i64,
}

/// The retail file unpacked, and its rows. A line's amount is rounded half up to the penny.
fn retail(program: &Program) -> Option<Vec<Row>> {
    let packed = data("retail/online_retail_2010-12_2011-08.csv.xz")?;
    let unpacked = Command::new("xzcat").arg(packed).output().expect("xzcat (Debian: xz-utils)");
    assert!(unpacked.status.success());
    program.write("retail.csv", &unpacked.stdout);
    let mut csv = csv::Reader::from_reader(unpacked.stdout.as_slice());
    let rows = csv.records().map(|record| {
        let record = record.unwrap();
        let quantity: i64 = record[3].parse().unwrap();
        let price: Decimal = record[5].parse().unwrap();
        let tenths = (price * Decimal::from(quantity) * Decimal::from(1_000)).trunc();
        let tenths: i64 = tenths.try_into().unwrap();
        Row {
            invoice: record[0].to_owned(),
            item: record[1].to_owned(),
            quantity,
            at: record[4].replace(' ', "T").parse().unwrap(),
            member: record[6].trim_end_matches(".0").to_owned(),
            paid_minor: (tenths + 5 * tenths.signum()) / 10,
        }
    });
    Some(rows.collect())
}

/// What each credit gives back: the member's own lines of that item, oldest first, all or nothing.
fn expected(rows: &[Row]) -> Vec<(&Row, &'static str, i64)> {
    struct Held<'a> {
        at: DateTime,
        place: usize,
        row: &'a Row,
        back: i64,
        given: i64,
    }
    let mut first_time: HashMap<&str, DateTime> = HashMap::new();
    let mut held: HashMap<(&str, &str), Vec<Held<'_>>> = HashMap::new();
    for (place, row) in rows.iter().enumerate() {
        let at = *first_time.entry(&row.invoice).or_insert(row.at);
        if row.quantity > 0 && !row.member.is_empty() {
            held.entry((&row.member, &row.item)).or_default().push(Held { at, place, row, back: 0, given: 0 });
        }
    }
    for lines in held.values_mut() {
        lines.sort_by(|a, b| (a.at, &a.row.invoice, a.place).cmp(&(b.at, &b.row.invoice, b.place)));
    }
    let is_goods = |row: &Row| row.item.starts_with(|c: char| c.is_ascii_digit());
    let is_credit = |row: &&Row| row.invoice.starts_with('C') && !row.member.is_empty() && is_goods(row) && row.quantity < 0;
    let mut credits: Vec<&Row> = rows.iter().filter(is_credit).collect();
    credits.sort_by_key(|row| row.at);
    let mut outcomes = Vec::with_capacity(credits.len());
    for credit in credits {
        let mut wanted = -credit.quantity;
        let lines = held.get_mut(&(credit.member.as_str(), credit.item.as_str())).map_or(&mut [][..], Vec::as_mut_slice);
        let left: i64 = lines.iter().filter(|line| line.at <= credit.at).map(|line| line.row.quantity - line.back).sum();
        if left < wanted {
            outcomes.push((credit, if left > 0 { "partly" } else { "never" }, 0));
            continue;
        }
        let mut total = 0;
        for line in lines.iter_mut().filter(|line| line.at <= credit.at) {
            let part = wanted.min(line.row.quantity - line.back);
            (wanted, line.back) = (wanted - part, line.back + part);
            let so_far = (2 * line.row.paid_minor * line.back + line.row.quantity) / (2 * line.row.quantity);
            (total, line.given) = (total + so_far - line.given, so_far);
        }
        outcomes.push((credit, "fully", total));
    }
    outcomes
}

/// Every line is accounted for, and the same file again changes nothing.
fn comes_in_whole(program: &Program, rows: &[Row]) {
    let members: std::collections::HashSet<&str> = rows.iter().map(|row| row.member.as_str()).filter(|m| !m.is_empty()).collect();
    let first = import(program, &program.path("retail.csv"), 0);
    let counts = &first["counts"];
    let lines = |name: &str| counts[name].as_u64().unwrap();
    assert_eq!(lines("lines") + lines("aside_lines") + lines("rejected_lines"), 320_705);
    assert_eq!((rows.len(), first["lines"].as_u64()), (320_705, Some(320_705)));
    assert_eq!((counts["raw_sum"].as_str(), counts["kept_sum"].as_str()), (Some("5761931.382"), Some("5761931.38")));
    assert_eq!(rows.iter().map(|row| row.paid_minor).sum::<i64>(), 576_193_138, "the rounded sum beside it");
    assert_eq!((lines("new"), lines("same"), lines("changed"), lines("aside"), lines("rejected")), (16_459, 0, 0, 0, 0));
    assert_eq!((lines("members") as usize, members.len()), (3_360, 3_360), "members that the sales made are told");
    let again = import(program, &program.path("retail.csv"), 0);
    let counts = &again["counts"];
    let told = ["new", "same", "changed", "members"].map(|name| counts[name].as_u64().unwrap());
    assert_eq!((told, counts["raw_sum"].as_str()), ([0, 16_459, 0, 0], Some("5761931.382")));
}

#[test]
fn nine_months_come_in_whole_and_their_credits_replayed_agree_with_a_computation_of_its_own() {
    let program = Program::shop("open", "GBP", "Europe/London", &["--day-ends-at", "00:00", "--replay"]);
    let Some(rows) = retail(&program) else { return };
    comes_in_whole(&program, &rows);
    let expected = expected(&rows);
    let london = TimeZone::get("Europe/London").unwrap();
    let mut requests = String::new();
    for (credit, _, _) in &expected {
        let at = london.to_ambiguous_zoned(credit.at).compatible().unwrap().timestamp();
        let quantity = (-credit.quantity).to_string();
        let goods = json!({ "of": "item", "member": credit.member, "item": credit.item, "quantity": quantity });
        let request = json!({ "job": "refund", "goods": goods });
        writeln!(
            requests,
            "{}",
            json!({ "id": Uuid::now_v7(), "desk": 1, "clerk": 1, "at": at.to_string(), "request": request })
        )
        .unwrap();
    }
    let ran = program.feed(&["batch", "-"], requests.as_bytes());
    assert_eq!(ran.status, 1, "some are refused: {}", ran.err);
    let minor = |total: &str| total.strip_suffix(" GBP").unwrap().replace('.', "").parse::<i64>().unwrap();
    let ours: Vec<(&str, i64)> = ran
        .json()
        .iter()
        .map(|outcome| match outcome["result"].as_str() {
            Some("posted") => ("fully", minor(outcome["total"].as_str().unwrap())),
            Some("refused") if outcome["rulings"][0]["message"] == "ruling-item-never-bought" => ("never", 0),
            Some("refused") if outcome["rulings"][0]["message"] == "ruling-can-still-come-back" => ("partly", 0),
            _ => panic!("{outcome}"),
        })
        .collect();
    assert_eq!(ours.len(), expected.len());
    for (ours, (credit, kind, total)) in ours.iter().zip(&expected) {
        assert_eq!(*ours, (*kind, *total), "{} {} {}", credit.invoice, credit.item, credit.at);
    }
    let count = |kind: &str| ours.iter().filter(|(of, _)| *of == kind).count();
    let total: i64 = ours.iter().map(|(_, total)| total).sum();
    assert_eq!((count("fully"), count("partly"), count("never"), total), (4_424, 25, 879, 19_516_828));
    assert!(verify(&program).is_empty());
}

#[test]
fn the_grocery_day_comes_in_whole_and_a_lines_refund_carries_its_tax() {
    let Some(file) = data("poslog/ncr_grocery_day.xml") else { return };
    let program = Program::shop("open", "USD", "America/Los_Angeles", &[]);
    program.write("day.xml", std::fs::read(file).unwrap());
    let counts = import(&program, &program.path("day.xml"), 0)["counts"].clone();
    let told = ["bills", "new", "aside", "rejected", "changed"].map(|name| counts[name].as_u64().unwrap());
    assert_eq!(told, [31, 31, 0, 0, 0]);
    assert!(verify(&program).is_empty(), "no residual anywhere");
    let refund = |line: u32| {
        let goods = json!({ "of": "lines", "bill": "9/31/2017-10-01/114", "lines": [{ "line": line }] });
        let request = json!({ "job": "refund", "goods": goods });
        let envelope = json!({ "id": Uuid::now_v7(), "desk": 1, "clerk": 1, "request": request });
        let ran = program.feed(&["batch", "-"], envelope.to_string().as_bytes());
        let outcome = ran.json().remove(0);
        assert_eq!(outcome["result"], "posted", "{outcome}");
        (outcome["total"].as_str().unwrap().to_owned(), outcome["tax"].as_str().unwrap().to_owned())
    };
    assert_eq!(refund(2), ("3.84 USD".to_owned(), "0.35 USD".to_owned()));
    assert_eq!(refund(4).1, "0.00 USD", "a line that was not taxed gives no tax back");
    assert!(verify(&program).iter().all(|note| note["finding"]["id"] == "verify-payout-due"));
    assert_eq!(import(&program, &program.path("day.xml"), 0)["counts"]["same"], 31);
}

#[test]
fn swedish_receipts_come_in_with_their_rounding() {
    for name in ["arts1", "arts2", "arts3", "arts5"] {
        let Some(file) = data(&format!("poslog/{name}.xml")) else { return };
        let program = Program::shop("open", "SEK", "Europe/Stockholm", &[]);
        program.write("receipt.xml", std::fs::read(file).unwrap());
        assert_eq!(import(&program, &program.path("receipt.xml"), 0)["counts"]["new"], 1, "{name}");
        assert!(verify(&program).is_empty(), "{name}");
    }
}

#[test]
fn what_does_not_balance_is_kept_aside_and_told_until_it_comes_in_right() {
    let Some(file) = data("poslog/fgl_mixed_sale_return_does_not_balance.xml") else { return };
    let program = Program::shop("open", "CAD", "America/Toronto", &[]);
    let text = std::fs::read_to_string(file).unwrap();
    program.write("fgl.xml", &text);
    let counts = import(&program, &program.path("fgl.xml"), 1)["counts"].clone();
    assert_eq!((counts["aside"].as_u64(), counts["aside_lines"].as_u64(), counts["bills"].as_u64()), (Some(1), Some(2), Some(0)));
    let ran = program.run(&["verify"]);
    assert_eq!(ran.status, 0, "to be known is not wrong");
    assert!(ran.out.contains("SC309/1/2016-05-06/2080") && ran.out.contains("out by 47.87 CAD"), "{}", ran.out);
    let mended = text.replacen(">42.00</arts:Amount>", ">-5.87</arts:Amount>", 1);
    program.write("mended.xml", &mended);
    let ran = program.run(&["--json", "import", "sales", "mended.xml"]);
    assert_eq!((mended != text, ran.status), (true, 0), "{}{}", ran.out, ran.err);
    assert!(verify(&program).is_empty(), "what came in after all is no longer aside");
}
