//! Goodwill: of the bill or an amount, to its tenders or onto store credit, set off or not.

use super::*;

fn twenty_percent() -> Give {
    Give::Percent("20".parse().unwrap())
}

#[test]
fn a_percentage_is_of_what_is_left() {
    let mut shop = shop("open", [bill("EUR").taxed("2", 1000, &[174]).cash(1000)]);
    assert_eq!(shop.ask(&sorry(twenty_percent(), GoodwillTo::Bill)).total.minor(), 200);
    shop.post(&back(&[(1, "1")]));
    assert_eq!(shop.ask(&sorry(twenty_percent(), GoodwillTo::Bill)).total.minor(), 100);
    shop.post(&back(&[(1, "1")]));
    assert_eq!(says(&shop.ask(&sorry(twenty_percent(), GoodwillTo::Bill)), "amount"), "ruling-amount-nothing");
}

#[test]
fn set_off_it_lowers_what_the_lines_give_back() {
    for (preset, tax) in [("open", 0), ("hotel", 35)] {
        let mut shop = shop(preset, [bill("EUR").taxed("2", 1000, &[174]).cash(1000)]);
        let quote = shop.post(&sorry_amount("2.00 EUR", GoodwillTo::Bill)).quote;
        assert_eq!((moved(&quote), quote.lines[0].share.tax.minor()), (vec![(Tender::Cash, 200)], tax));
        assert_eq!(shop.post(&back(&[(1, "1")])).quote.total.minor(), 400);
        assert_eq!(moved(&shop.post(&back(&[(1, "1")])).quote), [(Tender::Cash, 400)]);
        assert_eq!(shop.facts.bills[0].standing.left_to_pay().unwrap().minor(), 0);
    }
}

#[test]
fn not_set_off_the_goods_keep_their_price_but_the_tender_its_cap() {
    let mut shop = shop("open", [bill("EUR").line("2", 1000).paid(Tender::Card, 1000)]);
    shop.policy.goodwill.set_off = false;
    shop.post(&sorry_amount("2.00 EUR", GoodwillTo::Bill));
    assert_eq!(moved(&shop.post(&back(&[(1, "1")])).quote), [(Tender::Card, 500)]);
    let quote = shop.post(&back(&[(1, "1")])).quote;
    assert_eq!(moved(&quote), [(Tender::Card, 300), (Tender::StoreCredit, 200)]);
    assert_eq!((outcome(&quote, "tender"), shop.left(1)), (Some(Outcome::Allowed), 0));
}

#[test]
fn never_more_than_the_bill_still_holds() {
    let shop = shop("open", [bill("EUR").line("1", 1000).line("1", 500).cash(1500)]);
    let quote = shop.ask(&sorry_amount("15.01 EUR", GoodwillTo::Bill));
    assert_eq!((quote.verdict(), says(&quote, "paid-cap")), (Outcome::Refused, "ruling-more-than-bill"));
    assert_eq!(shop.ask(&sorry_amount("15.00 EUR", GoodwillTo::Bill)).verdict(), Outcome::Allowed);
    for nothing in ["0.00 EUR", "-1.00 EUR"] {
        assert_eq!(says(&shop.ask(&sorry_amount(nothing, GoodwillTo::Bill)), "amount"), "ruling-amount-nothing");
    }
}

#[test]
fn goods_that_the_till_took_back_leave_nothing_to_apologise_with() {
    let mut shop = shop("open", [bill("EUR").line("1", 1000).cash(1000)]);
    let whole_line = shop.facts.bills[0].standing.bill.lines[0].share();
    let line = &mut shop.facts.bills[0].standing.lines[0];
    (line.returned, line.given) = (quantity("1"), whole_line);
    let quote = shop.ask(&sorry_amount("1.00 EUR", GoodwillTo::Bill));
    assert_eq!(says(&quote, "paid-cap"), "ruling-nothing-left");
}

#[test]
fn a_bill_that_the_shop_lost_on_leaves_nothing_either() {
    let shop = shop("open", [bill("EUR").line("1", -500).cash(-500)]);
    let quote = shop.ask(&sorry_amount("1.00 EUR", GoodwillTo::Bill));
    assert_eq!((quote.verdict(), says(&quote, "paid-cap")), (Outcome::Refused, "ruling-nothing-left"));
}

#[test]
fn onto_store_credit_it_is_promotional() {
    let mut shop = shop("open", [bill("EUR").line("1", 1000).cash(1000)]);
    let quote = shop.post(&sorry(twenty_percent(), GoodwillTo::StoreCredit)).quote;
    assert_eq!(moved(&quote), [(Tender::StoreCredit, 200)]);
    assert!(shop.credits[0].promotional);
    assert_eq!((shop.left(1), shop.credits[0].balance.minor()), (1000, 200));
    let without_bill = Request::Goodwill(Goodwill {
        bill: None,
        member: Some("7".into()),
        give: Give::Amount("5.00 EUR".parse().unwrap()),
        to: GoodwillTo::StoreCredit,
        reason: None,
        note: None,
    });
    shop.facts.bills.clear();
    assert_eq!(shop.ask(&without_bill).total.minor(), 500);
    assert!(shop.try_ask(&sorry(twenty_percent(), GoodwillTo::Bill)).is_err());
}
