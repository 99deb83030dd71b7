//! Voids: a document that mirrors another exactly, and when there is none.

use super::*;
use crate::domain::membership::Term;
use crate::domain::request::{PayIn, RedeemCredit, Renew};

/// Entries of both postings together, by account, leaving nothing.
fn cancels(original: &Quote, void: &Quote) {
    let mut journal = crate::domain::journal::Journal::new(original.currency);
    for entry in original.journal.iter().chain(&void.journal) {
        journal.debit(entry.account.clone(), entry.amount).unwrap();
    }
    assert_eq!(journal.close().unwrap(), []);
    assert_eq!(original.total.plus(void.total).unwrap().minor(), 0);
    assert_eq!(original.moved().unwrap().plus(void.moved().unwrap()).unwrap().minor(), 0);
    assert_eq!(original.payouts.len(), void.payouts.len());
    for (line, mirror) in original.lines.iter().zip(&void.lines) {
        assert_eq!(line.share.negated().unwrap(), mirror.share);
    }
}

/// Money that a line or payment has moved, without the pieces that a correction and its mirror leave in their list.
fn figures(shop: &Shop) -> String {
    let standing = &shop.facts.bills[0].standing;
    let lines = standing.bill.lines.iter().zip(&standing.lines);
    let lines: Vec<_> = lines.map(|(line, on)| (on.returned, on.given, on.remaining(line), on.corrected)).collect();
    format!("{lines:?} {:?}", standing.used)
}

#[test]
fn jobs_on_bills_are_mirrored() {
    for preset in ["open", "hotel"] {
        for request in [
            whole(),
            back(&[(1, "1")]),
            back_to(&[(1, "2")], Tender::StoreCredit),
            right_price(&[(1, "3"), (2, "1")]),
            sorry_amount("3.33 EUR", GoodwillTo::Bill),
            sorry_amount("3.33 EUR", GoodwillTo::StoreCredit),
        ] {
            let maker = bill("EUR").taxed("3", 1000, &[120, 54]).taxed("1", 502, &[87]);
            let mut shop = shop(preset, [maker.cash(500).paid(Tender::Card, 1000)]);
            shop.policy.payouts.cash_step_minor = 5;
            let before = figures(&shop);
            let original = shop.post(&request);
            let mirror = shop.void(&original);
            cancels(&original.quote, &mirror.quote);
            assert_eq!(figures(&shop), before, "{request:?}");
            assert!(shop.credits.iter().all(|credit| credit.balance.is_zero()));
            assert_eq!(shop.ask(&request).total, original.quote.total, "and may be done again");
            assert_eq!(mirror.quote.effects.last(), Some(&Effect::MarkVoided { document: original.number }));
        }
    }
}

#[test]
fn fees_and_redeeming_are_mirrored() {
    let mut shop = shop("club", []);
    let pay = |tender, credit| Some(PayIn { tender, reference: Some("T1".into()), credit });
    let renew = |pay| Request::Renew(Renew { member: "7".into(), plan: None, pay });
    for tender in [Tender::Cash, Tender::Card] {
        let original = shop.post(&renew(pay(tender, None)));
        let mirror = shop.void(&original);
        cancels(&original.quote, &mirror.quote);
        let ends = |effect: &Effect| matches!(effect, Effect::EndTerm { start, .. } if *start == TODAY);
        assert!(mirror.quote.effects.iter().any(ends));
        assert_eq!(mirror.quote.payouts[0].due, tender == Tender::Card, "a card fee goes back at the terminal");
    }
    let code = CreditCode(DocumentNumber { desk: DeskNo(1), sequence: 1 });
    shop.credits.push(Credit { code, member: None, balance: "70.00 EUR".parse().unwrap(), promotional: false });
    for request in [
        renew(pay(Tender::StoreCredit, Some(code))),
        Request::RedeemCredit(RedeemCredit { credit: code, amount: Some("20.00 EUR".parse().unwrap()) }),
    ] {
        shop.facts.credit = shop.credits.first().cloned();
        let original = shop.post(&request);
        let mirror = shop.void(&original);
        cancels(&original.quote, &mirror.quote);
        assert_eq!(shop.credits[0].balance.minor(), 7000);
    }
}

#[test]
fn a_sign_up_undone_closes_member_and_card() {
    let mut shop = shop("club", []);
    shop.facts.member = None;
    let original = shop.post(&fee::sign_up("basic", Tender::Cash));
    let mirror = shop.void(&original).quote;
    cancels(&original.quote, &mirror);
    let member = member_id(99);
    assert!(mirror.effects.contains(&Effect::CloseMember { member }));
    assert!(mirror.effects.contains(&Effect::BlockCard { card: original.card.unwrap() }));
    assert!(mirror.effects.contains(&Effect::EndTerm { member, start: TODAY }));
}

#[test]
fn when_nothing_can_be_voided() {
    type Change = fn(&mut Shop);
    let cases: [(Change, &str); 6] = [
        (|shop| shop.facts.desk = DeskNo(3), "ruling-void-other-desk"),
        (|shop| shop.today = shop.today.tomorrow().unwrap(), "ruling-void-other-day"),
        (|shop| shop.facts.document.as_mut().unwrap().voided = true, "ruling-void-again"),
        (|shop| shop.facts.credit.as_mut().unwrap().balance = "0.01 EUR".parse().unwrap(), "ruling-void-credit-spent"),
        (|shop| shop.facts.credit = None, "ruling-void-credit-spent"),
        (
            |shop| shop.facts.document.as_mut().unwrap().document.quote.job = crate::domain::request::Job::Void,
            "ruling-void-never",
        ),
    ];
    for (change, says_id) in cases {
        let mut shop = shop("open", [bill("EUR").line("1", 500).cash(500)]);
        let document = shop.post(&back_to(&[(1, "1")], Tender::StoreCredit));
        shop.look_at(&document);
        assert_eq!(shop.ask(&void(&document)).verdict(), Outcome::Allowed);
        change(&mut shop);
        let quote = shop.ask(&void(&document));
        assert_eq!(quote.verdict(), Outcome::Refused);
        assert!(quote.rulings.iter().any(|ruling| ruling.say.id == says_id), "{says_id}: {:?}", quote.rulings);
    }
}

#[test]
fn what_later_things_stand_on_is_not_pulled_away() {
    let mut shop = shop("open", [bill("EUR").line("2", 1000).cash(1000)]);
    let correction = shop.post(&right_price(&[(1, "4")]));
    let refund = shop.post(&back(&[(1, "1")]));
    shop.look_at(&correction);
    assert_eq!(says(&shop.ask(&void(&correction)), "void"), "ruling-void-later");
    shop.void(&refund);
    shop.void(&correction);
    assert_eq!(shop.ask(&whole()).total.minor(), 1000);
    let renewal = shop.post(&Request::Renew(Renew {
        member: "7".into(),
        plan: None,
        pay: Some(PayIn { tender: Tender::Cash, reference: None, credit: None }),
    }));
    let start = TODAY.tomorrow().unwrap();
    let fee = "65.00 EUR".parse().unwrap();
    let later = Term { plan: "basic".into(), start, end: None, anchor: start, run_months: 12, fee };
    shop.facts.member.as_mut().unwrap().terms.push(later);
    shop.look_at(&renewal);
    assert_eq!(says(&shop.ask(&void(&renewal)), "void"), "ruling-void-later");
}

#[test]
fn whose_word_a_void_needs() {
    let mut shop = shop("club", [bill("EUR").line("1", 30_000).cash(30_000)]);
    let document = shop.post(&whole());
    shop.look_at(&document);
    assert_eq!(shop.ask(&void(&document)).verdict(), Outcome::NeedsApproval(Role::Manager), "as the original did");
    shop.facts.document.as_mut().unwrap().document.approval = None;
    assert_eq!(shop.ask(&void(&document)).verdict(), Outcome::Allowed);
    shop.facts.clerk = person(4, Role::Clerk);
    assert_eq!(shop.ask(&void(&document)).verdict(), Outcome::NeedsApproval(Role::Lead));
}

#[test]
fn a_card_payout_goes_back_only_when_it_had_gone_out() {
    let mut maker = bill("EUR").line("1", 500).paid(Tender::Card, 500);
    maker.0.payments[0].card = None;
    let mut shop = shop("open", [maker]);
    let document = shop.post(&whole());
    shop.look_at(&document);
    assert!(!shop.ask(&void(&document)).payouts[0].due, "the terminal had not paid yet");
    shop.facts.document.as_mut().unwrap().due.clear();
    assert!(shop.ask(&void(&document)).payouts[0].due);
}
