//! What must hold of whatever is asked, changed or carried: approvals, receipts, names, clocks, copies and openings, each with things made
//! by chance.

use std::cell::RefCell;
use std::path::Path;
use std::time::Duration;

use courtesy::desk::{Approved, Outcome, Posted, Proof, ask};
use courtesy::domain::document::Effect;
use courtesy::domain::ids::{DeskNo, DocumentNumber, MemberId};
use courtesy::domain::member::Person;
use courtesy::domain::money::{Money, Quantity};
use courtesy::domain::note::Note;
use courtesy::domain::request::{Envelope, PayIn, Refund, Request, SetStaff, SignUp, Void};
use courtesy::domain::ruling::Outcome as Verdict;
use courtesy::domain::say::Named;
use courtesy::domain::staff::{Role, Staff};
use courtesy::domain::{bill::Tender, ids::StaffNo};
use courtesy::receipt::Row;
use courtesy::receipt::mark::Mark;
use courtesy::receipt::text;
use courtesy::store::transfer::{read, write};
use courtesy::store::verify::verify;
use courtesy::store::{Place, bill as bills};
use courtesy::text::{Language, Words};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use uuid::Uuid;

use super::count;
use super::people::{ADMINISTRATOR, ANN, MANAGER, Practice, back, right_price, sign_up, sorry};
use super::shop::{FIRST, room, traded};

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 100, ..ProptestConfig::default() })
}

/// Something at the counter.
#[derive(Debug, Clone)]
enum Act {
    Back(u32, i64),
    Price(i64),
    Sorry(i64),
    SignUp,
    Void(usize),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (1_u32..4, 1_i64..4).prop_map(|(line, pieces)| Act::Back(line, pieces)),
        1 => (0_i64..40).prop_map(Act::Price),
        2 => (1_i64..300).prop_map(Act::Sorry),
        1 => Just(Act::SignUp),
        2 => (0_usize..6).prop_map(Act::Void),
    ]
}

/// Asks for it as an administrator; what a rule stops is not booked.
fn try_act(shop: &mut Practice, act: &Act, posted: &mut Vec<Posted>) {
    let request = match act {
        Act::Back(line, pieces) => back(&[(*line, Some(&pieces.to_string()))]),
        Act::Price(cents) => right_price(&format!("{}.{:02}", cents / 10, cents % 10)),
        Act::Sorry(minor) => sorry(&format!("{}.{:02} EUR", minor / 100, minor % 100)),
        Act::SignUp => match sign_up("Eeva", None) {
            Request::SignUp(asked) => Request::SignUp(SignUp { member: MemberId(Uuid::now_v7()), ..asked }),
            other => other,
        },
        Act::Void(which) => match posted.iter().rev().nth(*which) {
            Some(posted) => Request::Void(Void { document: posted.document.number }),
            None => return,
        },
    };
    if let Ok(Outcome::Posted(done)) = shop.desk.post(&ask(DeskNo(1), ADMINISTRATOR, request), &Proof::default()) {
        posted.push(*done);
    }
}

/// Every leaf of some data, by its place.
fn leaves(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| leaves(value, &format!("{at}/{name}"), found)),
        Value::Array(values) => values.iter().enumerate().for_each(|(i, value)| leaves(value, &format!("{at}/{i}"), found)),
        Value::Null => {}
        _ => found.push(at.to_owned()),
    }
}

/// The same leaf with another sign at one of its places, or another number.
fn other(leaf: &Value, at: usize) -> Value {
    match leaf {
        Value::Bool(is) => Value::Bool(!is),
        Value::Number(number) => Value::from(number.as_u64().unwrap_or_default() + 1 + at as u64 % 3),
        Value::String(text) => {
            let mut signs: Vec<char> = text.chars().collect();
            let at = at % signs.len().max(1);
            if let Some(sign) = signs.get_mut(at) {
                *sign = match *sign {
                    '9' => '0',
                    'z' => 'a',
                    sign @ ('0'..='8' | 'a'..='y' | 'A'..='Y') => char::from(u8::try_from(sign).unwrap() + 1),
                    sign => sign,
                };
            }
            Value::String(signs.into_iter().collect())
        }
        other => other.clone(),
    }
}

#[test]
fn a_word_is_good_for_nothing_but_what_was_approved() {
    let mut shop = Practice::open();
    let note = Note { text: "Came twice".into(), salt: "7c0e5d5e-8a43-4c0e-9d0b-5f3a0c1d2e01".parse().unwrap() };
    let Request::Goodwill(goodwill) = sorry("30.00 EUR") else { panic!() };
    let goodwill = Request::Goodwill(courtesy::domain::request::Goodwill { note: Some(note.clone()), ..goodwill });
    let Request::Refund(refund) = back(&[(3, Some("1"))]) else { panic!() };
    let credit = Some(Tender::StoreCredit);
    let refund = Request::Refund(Refund { note: Some(note), to: credit, seen: Some(vec![]), ..refund });
    let (name, language) = ("Liis".to_owned(), "en".to_owned());
    let staff = Staff { no: StaffNo(9), name, role: Role::Clerk, language, active: true, member: None };
    let asked = [goodwill, refund, Request::SetStaff(SetStaff { staff })].map(|request| ask(DeskNo(1), ANN, request));
    let words: Vec<(Envelope, courtesy::domain::digest::Digest, Approved)> = asked
        .into_iter()
        .map(|envelope| {
            let quoted = shop.desk.quote(&envelope).unwrap();
            assert!(quoted.quote.verdict().asks().is_some(), "{:?}", quoted.quote.rulings);
            let word = shop.desk.approve(ADMINISTRATOR, &shop.pin(ADMINISTRATOR), quoted.digest).unwrap();
            (envelope, quoted.digest, word)
        })
        .collect();
    let (shop, compared) = (RefCell::new(shop), RefCell::new(0_u32));
    let test = |(which, leaf, at): (usize, usize, usize)| {
        let (envelope, digest, word) = &words[which % words.len()];
        let mut value = serde_json::to_value(envelope).unwrap();
        let mut places = Vec::new();
        leaves(&value, "", &mut places);
        let place = &places[leaf % places.len()];
        let changed = other(value.pointer(place).unwrap(), at);
        *value.pointer_mut(place).unwrap() = changed;
        let Ok(altered) = serde_json::from_value::<Envelope>(value) else { return Ok(()) };
        if altered == *envelope {
            return Ok(());
        }
        let mut shop = shop.borrow_mut();
        let Ok(quoted) = shop.desk.quote(&altered) else { return Ok(()) };
        prop_assert_ne!(quoted.digest, *digest, "{}", place);
        *compared.borrow_mut() += 1;
        if quoted.quote.verdict() != Verdict::Allowed {
            let outcome = shop.desk.post(&altered, &Proof { seen: None, approved: Some(word.clone()) });
            prop_assert!(!matches!(outcome, Ok(Outcome::Posted(_))), "{} was booked", place);
        }
        Ok(())
    };
    runner(count(1_500)).run(&(0_usize..9, 0_usize..64, 0_usize..64), test).unwrap();
    assert!(compared.into_inner() > count(1_500) / 4);
    let mut shop = shop.into_inner();
    for (envelope, _, word) in words {
        let proof = Proof { seen: None, approved: Some(word) };
        assert!(matches!(shop.desk.post(&envelope, &proof), Ok(Outcome::Posted(posted)) if !posted.again));
        // The same word again, for the same under another id.
        let again = Envelope { id: ask(DeskNo(1), ANN, envelope.request.clone()).id, ..envelope };
        assert!(!matches!(shop.desk.post(&again, &proof), Ok(Outcome::Posted(_))));
    }
}

/// What a receipt of a document lacks of what it must say.
fn lacks(shop: &mut Practice, posted: &Posted) -> Vec<String> {
    let document = &posted.document;
    let (quote, words) = (&document.quote, Words::new(Language::En));
    let (filled, _) = shop.desk.filled(document.number, 0).unwrap();
    let plain = text::plain(&filled);
    let mut must = vec![document.number.to_string()];
    must.push(words.say("receipt-desk", &[("desk", courtesy::text::Arg::text(quote.desk.to_string()))]));
    must.push(words.formats().date_time(document.at.local().unwrap()));
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
        let give = courtesy::domain::request::Goodwill { bill: None, member: Some(card), ..give };
        shop.post(ANN, Request::Goodwill(give));
        let mut posted = vec![*posted];
        acts.iter().for_each(|act| try_act(&mut shop, act, &mut posted));
        shop.desk.reprint(posted[0].document.number).unwrap();
        let plain = text::plain(&shop.desk.filled(posted[0].document.number, 1).unwrap().0);
        prop_assert!(plain.contains(&person.name()), "{}", plain);
        let folded = |text: &str| courtesy::store::member::fold(text);
        let told = [&person.given, &person.family, &person.phone, &person.email, &person.address].map(|text| folded(text));
        for (table, text) in kept(&shop.path()) {
            let text = folded(&text);
            prop_assert!(!told.iter().any(|part| text.contains(part.as_str())), "{} holds {}", table, text);
        }
        Ok(())
    };
    runner(count(25)).run(&(person, vec(act(), 0..4)), test).unwrap();
}

#[test]
fn clocks_that_run_anyhow_change_neither_the_order_nor_what_became_of_a_bill() {
    let booked = RefCell::new(0);
    let test = |steps: Vec<(i64, Act)>| {
        let (mut shop, mut posted) = (Practice::open(), Vec::new());
        let start = shop.desk.store().read(|tx| courtesy::store::seal::ends(tx, DeskNo(1))).unwrap().sequence;
        let began = courtesy::desk::Clock::now(&shop.hands);
        for (hours, act) in &steps {
            shop.hands.set(began.checked_add(jiff::SignedDuration::from_hours(*hours)).unwrap());
            try_act(&mut shop, act, &mut posted);
        }
        let numbers: Vec<u64> = posted.iter().map(|posted| posted.document.number.sequence).collect();
        prop_assert_eq!(&numbers, &(start + 1..=start + posted.len() as u64).collect::<Vec<_>>());
        // Read back in the order of their numbers, documents come to what the bill says.
        let id = shop.desk.bill_named("536365").unwrap();
        let standing = shop.desk.store().read(|tx| bills::standing(tx, id)).unwrap().unwrap();
        for (line, of) in standing.bill.lines.iter().zip(&standing.lines) {
            let (mut returned, mut corrections) = (Quantity::ZERO, Vec::new());
            for number in &numbers {
                let document = shop.desk.document(DocumentNumber { desk: DeskNo(1), sequence: *number }).unwrap().document;
                for effect in &document.quote.effects {
                    match effect {
                        Effect::GiveBack { line: no, quantity, .. } if *no == line.no => {
                            returned = returned.plus(*quantity).unwrap();
                        }
                        Effect::Correct { line: no, returned_before, share, .. } if *no == line.no => {
                            let mirror = share.negated().unwrap();
                            let undone = corrections.iter().position(|known| *known == (*returned_before, mirror));
                            match undone.filter(|_| share.gross.is_negative()) {
                                Some(place) => drop(corrections.remove(place)),
                                None => corrections.push((*returned_before, *share)),
                            }
                        }
                        _ => {}
                    }
                }
            }
            prop_assert_eq!(of.returned, returned);
            let kept: Vec<_> = of.corrections.iter().map(|known| (known.returned_before, known.share)).collect();
            prop_assert_eq!(kept, corrections);
        }
        let report = shop.desk.store().read(|tx| verify(tx, None, &mut |_, _| {})).unwrap();
        prop_assert_eq!(report.wrong(), 0, "{:?}", report.findings);
        *booked.borrow_mut() += posted.len();
        Ok(())
    };
    let cases = count(60);
    let hours = prop_oneof![2 => -40_i64..40, 1 => -20_000_i64..20_000];
    runner(cases).run(&vec((hours, act()), 3..12), test).unwrap();
    assert!(booked.into_inner() > cases as usize);
}

/// All balances, desks and what stands on bills and credits, asked of the tables alone.
fn balances(path: &Path) -> Vec<String> {
    let raw = rusqlite::Connection::open(path).unwrap();
    let asked = [
        "SELECT account || currency || SUM(amount_minor) FROM posting GROUP BY account, currency ORDER BY 1",
        "SELECT no || ' ' || last_sequence || ' ' || hex(head) FROM desk ORDER BY no",
        "SELECT desk || '-' || sequence || ' ' || hex(hash) FROM document ORDER BY desk, sequence",
        "SELECT desk || '-' || sequence || ' ' || balance_minor FROM credit ORDER BY desk, sequence",
        "SELECT hex(bill) || line || ' ' || SUM(quantity) || ' ' || SUM(gross_minor) FROM line_event GROUP BY bill, line ORDER BY 1",
        "SELECT hex(bill) || payment || ' ' || SUM(exact_minor) FROM payment_event GROUP BY bill, payment ORDER BY 1",
    ];
    let one = |sql: &str| -> Vec<String> {
        raw.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    asked.iter().flat_map(|sql| one(sql)).collect()
}

#[test]
fn books_that_are_carried_over_have_the_same_balances_and_heads() {
    let test = |acts: Vec<Act>| {
        let (mut shop, mut posted) = (Practice::open(), Vec::new());
        acts.iter().for_each(|act| try_act(&mut shop, act, &mut posted));
        let folder = room();
        let (name, to) = (folder.path().join("books.jsonl"), folder.path().join("other.db"));
        let mut file = std::fs::File::create_new(&name).unwrap();
        let out = write(&Place::File(shop.path()), &mut file, &name, &mut |_, _, _| {}).unwrap();
        let back = read(&Place::File(to.clone()), &name, &mut |_, _, _| {}).unwrap();
        prop_assert_eq!(format!("{out:?}"), format!("{back:?}"));
        let (was, is) = (balances(&shop.path()), balances(&to));
        prop_assert!(was.len() > posted.len());
        prop_assert_eq!(was, is);
        Ok(())
    };
    runner(count(15)).run(&vec(act(), 2..10), test).unwrap();
}

#[test]
fn any_change_of_what_is_remembered_or_of_a_desk_s_head_makes_it_read_only() {
    let whole = traded();
    let heads: Vec<String> = [1, 2].map(|no| format!("desk-{no}.head")).to_vec();
    let tried = RefCell::new(0);
    let test = |(which, at, by, inside): (usize, usize, u8, bool)| {
        let books = whole.copy();
        let outside = books.path().with_extension("outside");
        if inside {
            let change = match at % 4 {
                0 => format!("UPDATE desk SET last_sequence = last_sequence + {by}"),
                1 => format!("UPDATE desk SET last_sequence = last_sequence - {by}"),
                2 => "UPDATE desk SET head = randomblob(32)".to_owned(),
                _ => "UPDATE document SET hash = randomblob(32) WHERE desk = d AND sequence = s".to_owned(),
            };
            let last = format!("(SELECT last_sequence FROM desk WHERE no = {})", which + 1);
            let change = match change.contains("document") {
                true => change.replace("= d", &format!("= {}", which + 1)).replace("= s", &format!("= {last}")),
                false => format!("{change} WHERE no = {}", which + 1),
            };
            books.damage(&change);
        } else {
            let path = outside.join(&heads[which]);
            let mut bytes = std::fs::read(&path).unwrap();
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_lowercase();
            let was = text(&bytes);
            let at = at % bytes.len();
            bytes[at] = bytes[at].wrapping_add(by);
            if text(&bytes) == was {
                return Ok(());
            }
            std::fs::write(&path, bytes).unwrap();
        }
        *tried.borrow_mut() += 1;
        let Ok(mut desk) = books.open() else { return Ok(()) };
        prop_assert!(desk.read_only().is_some(), "{}", if inside { "inside" } else { "outside" });
        let opening = Request::OpenShift(courtesy::domain::request::OpenShift {});
        let outcome = desk.post(&ask(DeskNo(1), FIRST, opening), &Proof::default());
        prop_assert!(matches!(outcome, Err(courtesy::desk::DeskError::ReadOnly { .. })), "{:?}", outcome);
        Ok(())
    };
    assert!(whole.open().unwrap().read_only().is_none());
    let cases = count(200);
    runner(cases).run(&(0_usize..2, 0_usize..128, 1_u8..255, any::<bool>()), test).unwrap();
    assert!(tried.into_inner() > cases / 2);
}

#[test]
fn a_quote_that_was_seen_is_booked_as_it_was_seen_or_not_at_all() {
    let (booked, changed) = (RefCell::new(0), RefCell::new(0));
    let test = |between: Vec<Act>| {
        let (mut shop, mut posted) = (Practice::open(), Vec::new());
        let envelope = ask(DeskNo(1), MANAGER, back(&[(1, None), (3, None)]));
        let seen = shop.desk.quote(&envelope).unwrap();
        prop_assert_eq!(seen.quote.verdict(), Verdict::Allowed, "{:?}", seen.quote.rulings);
        between.iter().for_each(|act| try_act(&mut shop, act, &mut posted));
        let before = shop.documents();
        let fresh = shop.desk.quote(&envelope).unwrap();
        match shop.desk.post(&envelope, &Proof { seen: Some(seen.digest), approved: None }).unwrap() {
            Outcome::Posted(posted) => {
                prop_assert_eq!(&posted.document.quote.total, &seen.quote.total);
                prop_assert_eq!(&posted.document.quote.effects, &seen.quote.effects);
                *booked.borrow_mut() += 1;
            }
            Outcome::Changed(now) | Outcome::Stopped(now) => {
                prop_assert!(now.digest != seen.digest && now.digest == fresh.digest);
                prop_assert_eq!(shop.documents(), before);
                *changed.borrow_mut() += 1;
            }
        }
        Ok(())
    };
    runner(count(120)).run(&vec(act(), 0..3), test).unwrap();
    assert!(booked.into_inner() > 2 && changed.into_inner() > 2);
}

/// A word is of no use later than it is good for.
#[test]
fn a_word_grows_old() {
    let shop = RefCell::new(Practice::open());
    let test = |seconds: u64| {
        let shop = &mut *shop.borrow_mut();
        let envelope = ask(DeskNo(1), ANN, sorry("30.00 EUR"));
        let quoted = shop.desk.quote(&envelope).unwrap();
        let word = shop.desk.approve(ADMINISTRATOR, &shop.pin(ADMINISTRATOR), quoted.digest).unwrap();
        let good_s = u64::try_from(shop.desk.policy().unwrap().approvals.minutes).unwrap() * 60;
        shop.hands.turn(Duration::from_secs(seconds));
        let outcome = shop.desk.post(&envelope, &Proof { seen: None, approved: Some(word) });
        prop_assert_eq!(matches!(outcome, Ok(Outcome::Posted(_))), seconds <= good_s, "{}", seconds);
        Ok(())
    };
    runner(count(50)).run(&(0_u64..300), test).unwrap();
}
