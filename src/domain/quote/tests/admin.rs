//! Staff, policy and what became of payouts: who may, and what is refused.

use super::*;
use crate::domain::request::{AdoptPolicy, PayoutOutcome, RecordPayout, SetStaff};

fn set(no: u32, role: Role) -> Request {
    Request::SetStaff(SetStaff { staff: person(no, role) })
}

#[test]
fn staff_is_set_by_managers_and_nobody_above_themselves() {
    let manager = Outcome::NeedsApproval(Role::Manager);
    for (own, was, becomes, expected) in [
        (Role::Manager, None, Role::Clerk, Outcome::Allowed),
        (Role::Manager, Some(Role::Clerk), Role::Manager, Outcome::Allowed),
        (Role::Manager, None, Role::Administrator, Outcome::Refused),
        (Role::Manager, Some(Role::Administrator), Role::Clerk, Outcome::Refused),
        (Role::Administrator, Some(Role::Manager), Role::Clerk, Outcome::Allowed),
        (Role::Clerk, None, Role::Clerk, manager),
        (Role::Clerk, None, Role::Lead, Outcome::Refused),
    ] {
        let mut shop = shop("club", []);
        shop.facts.clerk = person(1, own);
        shop.facts.staff = was.map(|role| person(2, role));
        assert_eq!(shop.ask(&set(2, becomes)).verdict(), expected, "{own:?} {was:?} {becomes:?}");
    }
}

#[test]
fn nobody_changes_their_own_role_or_leaves_by_their_own_hand() {
    let mut shop = shop("club", []);
    shop.facts.clerk = person(1, Role::Manager);
    shop.facts.staff = Some(shop.facts.clerk.clone());
    assert_eq!(shop.ask(&set(1, Role::Manager)).verdict(), Outcome::Allowed);
    assert_eq!(says(&shop.ask(&set(1, Role::Clerk)), "staff"), "ruling-own-role");
    let gone = Request::SetStaff(SetStaff { staff: Staff { active: false, ..person(1, Role::Manager) } });
    assert_eq!(says(&shop.ask(&gone), "staff"), "ruling-own-role");
    let nameless = Request::SetStaff(SetStaff { staff: Staff { name: " ".into(), ..person(3, Role::Clerk) } });
    assert_eq!(says(&shop.ask(&nameless), "staff"), "fault-missing");
    let card = Request::SetStaff(SetStaff { staff: Staff { name: "4111111111111111".into(), ..person(3, Role::Clerk) } });
    assert_eq!(says(&shop.ask(&card), "staff"), "fault-card-number");
    let tongue = Request::SetStaff(SetStaff { staff: Staff { language: "xx".into(), ..person(3, Role::Clerk) } });
    assert_eq!(says(&shop.ask(&tongue), "staff"), "ruling-language-unknown");
}

#[test]
fn a_policy_must_read_and_fit_the_currency() {
    let club = crate::domain::preset::of("club").unwrap().text;
    for (text, code, expected) in [
        (club.to_owned(), "EUR", Outcome::Allowed),
        (club.to_owned(), "JPY", Outcome::Allowed),
        (club.replace("65.00", "65.50"), "JPY", Outcome::Refused),
        (club.replace("25.00", "25.50"), "JPY", Outcome::Refused),
        (club.replace("minutes = 2", "minutes = 0"), "EUR", Outcome::Refused),
        (club.replace("set_off = true", "lowers_tax = true"), "EUR", Outcome::Refused),
        ("nonsense".into(), "EUR", Outcome::Refused),
    ] {
        let mut shop = shop("club", []);
        shop.facts.clerk = person(1, Role::Manager);
        shop.facts.currency = code.parse().unwrap();
        let quote = shop.ask(&Request::AdoptPolicy(AdoptPolicy { text: text.clone() }));
        assert_eq!(quote.verdict(), expected);
        assert!(quote.effects.contains(&Effect::AdoptPolicy { hash: Digest::of(text.as_bytes()) }));
    }
    let quote = shop("club", []).ask(&Request::AdoptPolicy(AdoptPolicy { text: club.into() }));
    assert_eq!(quote.verdict(), Outcome::NeedsApproval(Role::Manager));
}

#[test]
fn a_payout_is_settled_once_and_not_after_a_void() {
    let mut shop = shop("open", [bill("EUR").line("1", 500).paid(Tender::Card, 500)]);
    let document = shop.post(&whole());
    shop.look_at(&document);
    let record = |payout, outcome| Request::RecordPayout(RecordPayout { document: document.number, payout, outcome });
    let paid = |text: &str| PayoutOutcome::Paid(text.into());
    assert_eq!(shop.ask(&record(1, paid("T-1"))).verdict(), Outcome::Allowed);
    assert_eq!(shop.ask(&record(1, PayoutOutcome::Failed)).verdict(), Outcome::Allowed);
    assert_eq!(says(&shop.ask(&record(1, paid(""))), "payout"), "ruling-reference-needed");
    assert_eq!(says(&shop.ask(&record(1, paid("4111 1111 1111 1111"))), "payout"), "fault-card-number");
    assert_eq!(says(&shop.ask(&record(2, paid("T-1"))), "payout"), "ruling-payout-not-due");
    shop.facts.document.as_mut().unwrap().voided = true;
    assert_eq!(says(&shop.ask(&record(1, paid("T-1"))), "payout"), "ruling-payout-not-due");
}
