//! A second person's word and what a clerk saw: good for exactly that, once, and not for long.

use std::cell::RefCell;
use std::time::Duration;

use courtesy::desk::{Approved, Outcome, Proof, ask};
use courtesy::domain::bill::Tender;
use courtesy::domain::digest::Digest;
use courtesy::domain::ids::{DeskNo, StaffNo};
use courtesy::domain::note::Note;
use courtesy::domain::request::{Envelope, Goodwill, Refund, Request, SetStaff};
use courtesy::domain::ruling::Outcome as Verdict;
use courtesy::domain::staff::{Role, Staff};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use super::super::count;
use super::super::people::{ADMINISTRATOR, ANN, MANAGER, Practice, back, sorry};
use super::{Act, act, runner, try_act};

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
    let goodwill = Request::Goodwill(Goodwill { note: Some(note.clone()), ..goodwill });
    let Request::Refund(refund) = back(&[(3, Some("1"))]) else { panic!() };
    let credit = Some(Tender::StoreCredit);
    let refund = Request::Refund(Refund { note: Some(note), to: credit, seen: Some(vec![]), ..refund });
    let (name, language) = ("Liis".to_owned(), "en".to_owned());
    let staff = Staff { no: StaffNo(9), name, role: Role::Clerk, language, active: true, member: None };
    let asked = [goodwill, refund, Request::SetStaff(SetStaff { staff })].map(|request| ask(DeskNo(1), ANN, request));
    let words: Vec<(Envelope, Digest, Approved)> = asked
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
    runner(count(300)).run(&vec(act(), 0..3), test).unwrap();
    let (booked, changed) = (booked.into_inner(), changed.into_inner());
    assert!(booked > 2 && changed > 2, "{booked} booked, {changed} changed");
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
