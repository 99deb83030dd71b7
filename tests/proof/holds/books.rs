//! Clocks, copies and openings: the order stays, the figures stay, and other books are only read.

use std::cell::RefCell;
use std::path::Path;

use courtesy::desk::{Clock, DeskError, Proof, ask};
use courtesy::domain::document::Effect;
use courtesy::domain::ids::{DeskNo, DocumentNumber};
use courtesy::domain::money::Quantity;
use courtesy::domain::request::{OpenShift, Request};
use courtesy::store::transfer::{read, write};
use courtesy::store::verify::verify;
use courtesy::store::{Place, bill as bills, seal};
use jiff::SignedDuration;
use proptest::collection::vec;
use proptest::prelude::*;

use super::super::count;
use super::super::people::Practice;
use super::super::shop::{FIRST, room, traded};
use super::{Act, act, runner, try_act};

#[test]
fn clocks_that_run_anyhow_change_neither_the_order_nor_what_became_of_a_bill() {
    let booked = RefCell::new(0);
    let test = |steps: Vec<(i64, Act)>| {
        let (mut shop, mut posted) = (Practice::open(), Vec::new());
        let start = shop.desk.store().read(|tx| seal::ends(tx, DeskNo(1))).unwrap().sequence;
        let began = shop.hands.now();
        for (hours, act) in &steps {
            shop.hands.set(began.checked_add(SignedDuration::from_hours(*hours)).unwrap());
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
            // Most of them read as a head that stands elsewhere, some as nothing.
            bytes[at] = if by < 240 { b"0123456789abcdef"[usize::from(by % 16)] } else { by };
            if text(&bytes) == was {
                return Ok(());
            }
            std::fs::write(&path, bytes).unwrap();
        }
        *tried.borrow_mut() += 1;
        let Ok(mut desk) = books.open() else { return Ok(()) };
        prop_assert!(desk.read_only().is_some(), "{}", if inside { "inside" } else { "outside" });
        let opening = Request::OpenShift(OpenShift {});
        let outcome = desk.post(&ask(DeskNo(1), FIRST, opening), &Proof::default());
        prop_assert!(matches!(outcome, Err(DeskError::ReadOnly { .. })), "{:?}", outcome);
        Ok(())
    };
    assert!(whole.open().unwrap().read_only().is_none());
    let cases = count(200);
    runner(cases).run(&(0_usize..2, 0_usize..128, 1_u8..255, any::<bool>()), test).unwrap();
    assert!(tried.into_inner() > cases / 2);
}
