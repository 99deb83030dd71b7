//! Payouts: cash rounding, split tenders, caps, and money that goes to another tender.

use super::*;

fn rounding_shop(maker: BillMaker) -> Shop {
    let mut shop = shop("open", [maker]);
    shop.policy.payouts.cash_step_minor = 5;
    shop
}

#[test]
fn ten_and_two_paid_as_ten_gives_ten_back() {
    for code in ["JPY", "EUR", "KWD"] {
        for (charged, paid) in [(1002, 1000), (1003, 1005), (1000, 1000)] {
            let maker = || bill(code).line("3", charged).cash(paid);
            let quote = rounding_shop(maker()).ask(&whole());
            assert_eq!((quote.total.minor(), moved(&quote)), (charged, vec![(Tender::Cash, paid)]));
            for steps in [["1", "1", "1"], ["0.5", "2", "0.5"], ["0.001", "2.998", "0.001"]] {
                let mut shop = rounding_shop(maker());
                let parts: Vec<i64> =
                    steps.iter().map(|part| shop.post(&back(&[(1, part)])).quote.moved().unwrap().minor()).collect();
                assert_eq!(parts.iter().sum::<i64>(), paid, "{code} {charged} {parts:?}");
                assert!(parts.iter().all(|part| part % 5 == 0), "{parts:?}");
            }
        }
    }
}

#[test]
fn rounded_cash_never_gives_more_than_was_paid_by_another_way() {
    let mut shop = rounding_shop(bill("EUR").line("1002", 1002).cash(1000));
    let first = shop.post(&back_to(&[(1, "1001")], Tender::StoreCredit)).quote;
    assert_eq!(moved(&first), [(Tender::StoreCredit, 1000)]);
    assert_eq!(moved(&shop.post(&whole()).quote), [(Tender::Cash, 0)]);
    let card = rounding_shop(bill("EUR").line("1", 1002).paid(Tender::Card, 1000));
    assert_eq!(moved(&card.ask(&whole())), [(Tender::Card, 1000)]);
}

#[test]
fn card_money_in_cash_is_rounded_over_all_parts() {
    let mut shop = rounding_shop(bill("EUR").line("10", 1000).paid(Tender::Card, 1000));
    for (part, to, expected) in
        [("0.02", None, 2), ("0.01", Some(Tender::Cash), 0), ("0.04", None, 4), ("0.02", Some(Tender::Cash), 5)]
    {
        let goods = parts(&[(1, part)]);
        let quote = shop.post(&Request::Refund(Refund { to, ..refund_of(goods) })).quote;
        assert_eq!(quote.moved().unwrap().minor(), expected, "{part} {to:?}");
    }
}

#[test]
fn split_tenders_in_the_policys_order_each_to_its_cap() {
    let maker = bill("EUR").line("10", 1000).cash(300).paid(Tender::Card, 450).paid(Tender::StoreCredit, 250);
    let mut shop = shop("open", [maker]);
    let expected = [
        vec![(Tender::StoreCredit, 200)],
        vec![(Tender::StoreCredit, 50), (Tender::Card, 150)],
        vec![(Tender::Card, 300), (Tender::Cash, 100)],
        vec![(Tender::Cash, 200)],
    ];
    for (part, expected) in ["2", "2", "4", "2"].iter().zip(expected) {
        let quote = shop.post(&back(&[(1, part)])).quote;
        assert_eq!(moved(&quote), expected);
        let due: Vec<_> = quote.payouts.iter().filter(|payout| payout.due).map(|payout| payout.tender).collect();
        assert!(due.iter().all(|tender| *tender == Tender::Card));
    }
}

#[test]
fn a_card_payout_is_due_and_keeps_what_is_known_of_the_card() {
    let shop = shop("open", [bill("EUR").line("1", 500).paid(Tender::Card, 500)]);
    let quote = shop.ask(&whole());
    let payout = &quote.payouts[0];
    assert!(payout.due);
    assert_eq!(payout.card.as_ref().unwrap().last_four.as_deref(), Some("4821"));
    let quote = shop.ask(&back_to(&[(1, "1")], Tender::StoreCredit));
    assert!(!quote.payouts[0].due && quote.payouts[0].card.is_none());
}

#[test]
fn another_tender_by_the_matrix_or_by_a_manager() {
    let manager = Outcome::RefusedUnless(Role::Manager);
    for (paid, to, expected) in [
        (Tender::Cash, Tender::StoreCredit, Outcome::Allowed),
        (Tender::Card, Tender::StoreCredit, Outcome::Allowed),
        (Tender::Card, Tender::Card, Outcome::Allowed),
        (Tender::Card, Tender::Cash, manager),
        (Tender::Cash, Tender::Card, manager),
        (Tender::GiftCard, Tender::Cash, manager),
    ] {
        let quote = shop("club", [bill("EUR").line("1", 500).paid(paid, 500)]).ask(&back_to(&[(1, "1")], to));
        assert_eq!(outcome(&quote, "tender"), Some(expected), "{paid:?} to {to:?}");
        let issued = quote.effects.iter().any(|effect| matches!(effect, Effect::IssueCredit { promotional: false, .. }));
        assert_eq!(issued, to == Tender::StoreCredit);
    }
}

#[test]
fn more_than_was_paid_never_goes_back() {
    let quote = shop("open", [bill("EUR").line("2", 900).line("-1", -400).cash(500)]).ask(&back(&[(1, "2")]));
    assert_eq!((quote.verdict(), says(&quote, "paid-cap")), (Outcome::Refused, "ruling-paid-cap"));
}
