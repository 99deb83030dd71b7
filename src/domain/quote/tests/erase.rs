//! Erasing a person: who may, what must be settled before, and what a reason must not say; and notes.

use super::*;
use crate::domain::quote::Open;
use crate::domain::request::{ErasePerson, Renew};

fn erase(reason: Option<&str>) -> Request {
    Request::ErasePerson(ErasePerson { member: member_id(7).to_string(), reason: reason.map(str::to_owned) })
}

fn ilze() -> Person {
    Person { given: "Ilze".into(), family: "Bērziņa".into(), email: "ib@saar.ee".into(), ..Person::default() }
}

/// A shop with a clerk of a role and a member who is known.
fn at(role: Role, open: Open) -> Shop {
    let mut shop = shop("club", []);
    shop.facts.clerk = person(1, role);
    shop.facts.open = open;
    shop.facts.member = Some(Member { person: Some(ilze()), ..member(7) });
    shop
}

#[test]
fn managers_erase_once_all_is_settled() {
    let credit = || Open { payouts_due: 0, credit: vec!["5.00 EUR".parse().unwrap()] };
    for (role, open, expected, rule, says_what) in [
        (Role::Manager, Open::default(), Outcome::Allowed, "manager", "ruling-manager-may"),
        (Role::Clerk, Open::default(), Outcome::NeedsApproval(Role::Manager), "manager", "ruling-manager-needed"),
        (Role::Auditor, Open::default(), Outcome::Refused, "clerk", "ruling-clerk-may-not"),
        (Role::Manager, credit(), Outcome::NeedsApproval(Role::Administrator), "credit-left", "ruling-erase-credit"),
        (Role::Administrator, credit(), Outcome::Allowed, "credit-left", "ruling-erase-credit-stays"),
        (Role::Administrator, Open { payouts_due: 2, ..credit() }, Outcome::Refused, "payouts-due", "ruling-erase-due"),
    ] {
        let quote = at(role, open).ask(&erase(None));
        assert_eq!((quote.verdict(), says(&quote, rule)), (expected, says_what), "{role:?}");
        assert_eq!(quote.effects, [Effect::ErasePerson { member: member_id(7) }]);
        assert!(quote.journal.is_empty() && quote.payouts.is_empty());
    }
}

#[test]
fn a_reason_names_nobody() {
    let shop = at(Role::Manager, Open::default());
    assert_eq!(shop.ask(&erase(Some("Asked in a letter of 3 March"))).verdict(), Outcome::Allowed);
    for (reason, says_what) in [
        ("ILZE asked for it", "ruling-erase-names"),
        ("mail from ib@saar.ee", "ruling-erase-names"),
        ("paid by 4111 1111 1111 1111", "fault-card-number"),
        ("a\nb", "fault-not-plain"),
    ] {
        let quote = shop.ask(&erase(Some(reason)));
        assert_eq!((quote.verdict(), says(&quote, "reason")), (Outcome::Refused, says_what), "{reason}");
    }
}

#[test]
fn whoever_was_erased_is_neither_erased_nor_renewed_nor_joined() {
    let mut shop = at(Role::Manager, Open::default());
    shop.facts.member = Some(Member { person: None, ..member(7) });
    assert_eq!(says(&shop.ask(&erase(None)), "person"), "ruling-erased-before");
    let renewal = shop.ask(&Request::Renew(Renew { member: "7".into(), plan: None, pay: None }));
    assert_eq!((renewal.verdict(), says(&renewal, "person")), (Outcome::Refused, "ruling-erased-before"));
    shop.facts.member = None;
    assert!(matches!(shop.try_ask(&erase(None)), Err(QuoteError::Missing("member"))));
}

#[test]
fn an_erasure_is_never_undone() {
    let mut shop = at(Role::Manager, Open::default());
    let document = shop.post(&erase(None));
    shop.facts.document = Some(DocumentFacts { document: document.clone(), voided: false, due: vec![] });
    let void = shop.ask(&Request::Void(Void { document: document.number }));
    assert_eq!((void.verdict(), says(&void, "void")), (Outcome::Refused, "ruling-void-never"));
}

#[test]
fn notes_are_checked_and_part_of_what_is_asked() {
    let shop = shop("club", [bill("EUR").line("3", 900).cash(900)]);
    let salt = "7c0e5d5e-8a43-4c0e-9d0b-5f3a0c1d2e01".parse().unwrap();
    let noted = |text: &str| {
        let note = Some(Note { text: text.into(), salt });
        Request::Refund(Refund { note, ..refund_of(parts(&[(1, "1")])) })
    };
    let fine = shop.ask(&noted("Box was open"));
    assert_eq!(fine.verdict(), Outcome::Allowed);
    for (text, says_what) in [("", "fault-missing"), ("a 4111111111111111", "fault-card-number"), ("a\tb", "fault-not-plain")] {
        let quote = shop.ask(&noted(text));
        assert_eq!((quote.verdict(), says(&quote, "note")), (Outcome::Refused, says_what), "{text}");
    }
    let id = RequestId(Uuid::from_u128(1));
    assert_ne!(fine.digest(id, &noted("Box was open")).unwrap(), fine.digest(id, &noted("Box was shut")).unwrap());
}
