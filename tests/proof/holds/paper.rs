//! Receipts say what was booked, and rows that stay name nobody.

use std::cell::RefCell;
use std::path::Path;

use courtesy::desk::{Outcome, Posted, Proof, ask};
use courtesy::domain::bill::Tender;
use courtesy::domain::ids::{DeskNo, MemberId};
use courtesy::domain::member::Person;
use courtesy::domain::money::Money;
use courtesy::domain::request::{Goodwill, PayIn, Request, SignUp};
use courtesy::domain::say::Named;
use courtesy::receipt::mark::Mark;
use courtesy::receipt::{Row, text};
use courtesy::store::member::fold;
use courtesy::text::{Arg, Language, Words};
use jiff::tz::{Offset, TimeZone};
use proptest::collection::vec;
use proptest::prelude::*;
use uuid::Uuid;

use super::super::count;
use super::super::people::{ANN, Practice, sign_up, sorry};
use super::{Act, act, runner, try_act};

/// What a receipt of a document lacks of what it must say.
fn lacks(shop: &mut Practice, posted: &Posted) -> Vec<String> {
    let document = &posted.document;
    let (quote, words) = (&document.quote, Words::new(Language::En));
    let (filled, _) = shop.desk.filled(document.number, 0).unwrap();
    let plain = text::plain(&filled);
    let mut must = vec![document.number.to_string()];
    must.push(words.say("receipt-desk", &[("desk", Arg::text(quote.desk.to_string()))]));
    let seen = document.at.local().unwrap();
    let offset = Offset::from_seconds(document.at.offset_min * 60).unwrap();
    let offset = seen.to_zoned(TimeZone::fixed(offset)).unwrap().strftime("%:z").to_string();
    must.push(format!("{} {offset}", words.formats().date_time(seen)));
    must.extend(
        quote
            .lines
            .iter()
            .filter_map(|line| line.of)
            .filter_map(|(bill, _)| quote.subject.bills.iter().find(|name| name.id == bill).map(|name| name.number.clone())),
    );
    must.extend(quote.subject.document.map(|document| document.to_string()));
    let turned = |money: Money| if quote.total.is_negative() { money.negated().unwrap() } else { money };
    must.push(words.formats().money(turned(quote.total)));
    let mut rates: Vec<_> = quote.lines.iter().flat_map(|line| &line.taxes).map(|tax| tax.rate).collect();
    rates.dedup();
    for rate in rates {
        let of_rate = quote.lines.iter().flat_map(|line| &line.taxes).filter(|tax| tax.rate == rate);
        let sum = Money::sum(quote.currency, of_rate.map(|tax| tax.amount)).unwrap();
        let left = words.say("receipt-tax", &[("rate", rate.into())]);
        let amount = words.formats().amount(turned(sum));
        if !plain.lines().any(|line| line.contains(&left) && line.contains(&amount)) {
            must.push(format!("{left} {amount}"));
        }
    }
    let mark = Mark::of(document, posted.hash).to_string();
    assert!(mark.contains(&posted.hash.to_string()[..16]));
    let squares = filled.rows.iter().any(|row| matches!(row, Row::Qr { payload } if *payload == mark));
    let missing = must.into_iter().filter(|part| !plain.contains(part.as_str()));
    missing.chain((!squares).then_some(mark.clone())).collect()
}

#[test]
fn every_receipt_says_what_was_booked_where_when_and_by_which_sum() {
    let printed = RefCell::new(0);
    let test = |acts: Vec<Act>| {
        let (mut shop, mut posted) = (Practice::open(), Vec::new());
        acts.iter().for_each(|act| try_act(&mut shop, act, &mut posted));
        for posted in &posted {
            prop_assert_eq!(lacks(&mut shop, posted), Vec::<String>::new(), "{}", posted.document.quote.job.word());
            *printed.borrow_mut() += 1;
        }
        Ok(())
    };
    let cases = count(40);
    runner(cases).run(&vec(act(), 4..12), test).unwrap();
    assert!(printed.into_inner() > cases);
}

/// Every text and every byte of the tables that are not erased with a person.
fn kept(path: &Path) -> Vec<(String, String)> {
    let raw = rusqlite::Connection::open(path).unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'text_index%'
        AND name NOT IN ('person', 'name_start', 'note', 'waiting')";
    let names: Vec<String> = raw.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut all = Vec::new();
    for name in names {
        let mut rows = raw.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let many = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..many {
                let text = match row.get_ref(column).unwrap() {
                    rusqlite::types::ValueRef::Text(bytes) | rusqlite::types::ValueRef::Blob(bytes) => {
                        String::from_utf8_lossy(bytes).into_owned()
                    }
                    _ => continue,
                };
                all.push((name.clone(), text));
            }
        }
    }
    all
}

#[test]
fn whoever_signs_up_is_named_in_no_row_that_stays() {
    let name = || "[A-ZÕÄÖŠŽ][a-zõäöšž]{5,9}";
    let person = (name(), name(), 2_000_000_u32..2_999_999, name()).prop_map(|(given, family, phone, street)| Person {
        given: format!("Zq{given}"),
        family: format!("Xw{family}"),
        phone: format!("+3712{phone}"),
        email: format!("zq{phone}@example.lv"),
        address: format!("Yv{street} 1"),
        born: None,
    });
    let test = |(person, acts): (Person, Vec<Act>)| {
        let mut shop = Practice::open();
        let Request::SignUp(asked) = sign_up("x", None) else { panic!() };
        let pay = Some(PayIn { tender: Tender::Cash, reference: None, credit: None });
        let request = Request::SignUp(SignUp { member: MemberId(Uuid::now_v7()), person: person.clone(), pay, ..asked });
        let envelope = ask(DeskNo(1), ANN, request);
        let Ok(Outcome::Posted(posted)) = shop.desk.post(&envelope, &Proof::default()) else { return Ok(()) };
        let card = posted.document.card.unwrap().to_string();
        let Request::Goodwill(give) = sorry("5.00 EUR") else { panic!() };
        let give = Goodwill { bill: None, member: Some(card), ..give };
        shop.post(ANN, Request::Goodwill(give));
        let mut posted = vec![*posted];
        acts.iter().for_each(|act| try_act(&mut shop, act, &mut posted));
        shop.desk.reprint(posted[0].document.number).unwrap();
        let plain = text::plain(&shop.desk.filled(posted[0].document.number, 1).unwrap().0);
        prop_assert!(plain.contains(&person.name()), "{}", plain);
        let told = [&person.given, &person.family, &person.phone, &person.email, &person.address].map(|text| fold(text));
        for (table, text) in kept(&shop.path()) {
            let text = fold(&text);
            prop_assert!(!told.iter().any(|part| text.contains(part.as_str())), "{} holds {}", table, text);
        }
        Ok(())
    };
    runner(count(25)).run(&(person, vec(act(), 0..4)), test).unwrap();
}
