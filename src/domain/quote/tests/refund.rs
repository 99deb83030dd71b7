//! Refunds: what a line gives back and how much can still come.

use super::*;
use crate::domain::request::Seen;
use crate::domain::say::Value;

#[test]
fn three_for_ten_comes_back_one_by_one() {
    for maker in [bill("EUR").taxed("3", 1000, &[174]), bill("EUR").tax_added().taxed("3", 1000, &[174])] {
        let mut shop = shop("open", [maker.cash(1000)]);
        let given: Vec<i64> = (0..3).map(|_| shop.post(&back(&[(1, "1")])).quote.total.minor()).collect();
        assert_eq!(given.iter().sum::<i64>(), 1000);
        assert!(given.iter().all(|minor| [333, 334].contains(minor)), "{given:?}");
        let standing = &shop.facts.bills[0].standing;
        assert_eq!(standing.lines[0].given, standing.bill.lines[0].share());
        assert_eq!(says(&shop.ask(&whole()), "nothing-left"), "ruling-nothing-left");
        assert_eq!(says(&shop.ask(&back(&[(1, "1")])), "left-to-return"), "ruling-none-left");
    }
}

#[test]
fn sold_ten_returned_four_then_seven() {
    let mut shop = shop("open", [bill("GBP").line("10", 1990).cash(1990)]);
    shop.post(&back(&[(1, "4")]));
    let quote = shop.ask(&back(&[(1, "7")]));
    let ruling = quote.rulings.iter().find(|ruling| ruling.rule == "left-to-return").unwrap();
    assert_eq!((quote.verdict(), ruling.say.id.as_str()), (Outcome::Refused, "ruling-can-still-come-back"));
    assert!(ruling.say.args.contains(&("left".into(), Value::Quantity(quantity("6")))));
    assert_eq!(shop.post(&back(&[(1, "6")])).quote.total.minor(), 1990 - 796);
}

#[test]
fn part_quantities() {
    for (of, asked, refused) in
        [("1", "0.5", false), ("2.345", "2.345", false), ("2.345", "2.346", true), ("1", "0", true), ("1", "-1", true)]
    {
        let shop = shop("open", [bill("EUR").line(of, 999).cash(999)]);
        assert_eq!(shop.ask(&back(&[(1, asked)])).verdict() == Outcome::Refused, refused, "{asked} of {of}");
    }
    let shop = shop("open", [bill("EUR").line("1", 99).cash(99)]);
    assert_eq!(shop.ask(&back(&[(1, "0.5")])).total.minor(), 50);
}

#[test]
fn a_line_named_twice_counts_together() {
    let shop = shop("open", [bill("EUR").line("3", 900).cash(900)]);
    assert_eq!(shop.ask(&back(&[(1, "1"), (1, "2")])).total.minor(), 900);
    assert_eq!(shop.ask(&back(&[(1, "2"), (1, "2")])).verdict(), Outcome::Refused);
    assert!(matches!(shop.try_ask(&back(&[(9, "1")])), Err(QuoteError::NoSuchLine { line: 9, .. })));
}

#[test]
fn what_is_not_said_is_asked_for() {
    let shop = shop("open", [bill("EUR").line("3", 900).cash(900)]);
    let item = |of: &str| Refund {
        goods: Goods::Item { member: "7".into(), item: "item-1".into(), quantity: quantity(of) },
        to: None,
        reason: None,
        condition: None,
        seen: None,
        note: None,
    };
    for (request, rule, says_id) in [
        (back(&[]), "nothing-left", "ruling-no-goods-picked"),
        (back(&[(1, "0")]), "left-to-return", "ruling-quantity-nothing"),
        (back(&[(1, "2"), (1, "-1")]), "left-to-return", "ruling-quantity-nothing"),
        (Request::Refund(item("0")), "left-to-return", "ruling-quantity-nothing"),
        (Request::Refund(item("-3")), "left-to-return", "ruling-quantity-nothing"),
        (Request::Refund(item("4")), "left-to-return", "ruling-can-still-come-back"),
        (
            Request::Refund(Refund { reason: Some("4111 1111 1111 1111".into()), ..item("1") }),
            "listed-answer",
            "ruling-answer-unlisted",
        ),
    ] {
        let quote = shop.ask(&request);
        assert_eq!((quote.verdict(), says(&quote, rule)), (Outcome::Refused, says_id), "{request:?}");
        assert!(!format!("{:?}", quote.rulings).contains("4111 1111 1111 1111"));
    }
}

#[test]
fn goods_that_the_till_took_back_are_no_sale() {
    let shop = shop("open", [bill("EUR").line("2", 500).line("-1", -100).cash(400)]);
    let quote = shop.ask(&back(&[(2, "1")]));
    assert_eq!(quote.verdict(), Outcome::Refused);
    let lines: Vec<_> = shop.ask(&whole()).lines.iter().map(|line| line.of.unwrap().1).collect();
    assert_eq!(lines, [1]);
}

#[test]
fn taxes_go_back_by_code_and_never_past_what_each_took() {
    let mut shop = shop("open", [bill("USD").tax_added().taxed("7", 1000, &[31, 12, 3]).cash(1000)]);
    let mut by_code = [0; 3];
    for _ in 0..7 {
        let quote = shop.post(&back(&[(1, "1")])).quote;
        for (sum, tax) in by_code.iter_mut().zip(&quote.lines[0].taxes) {
            assert!(!tax.amount.is_negative());
            *sum += tax.amount.minor();
        }
    }
    assert_eq!(by_code, [31, 12, 3]);
}

#[test]
fn a_discount_is_in_the_line_already() {
    let maker = bill("EUR").line("2", 1600).with(|line| line.discount = "4.00 EUR".parse().unwrap()).cash(1600);
    let shop = shop("open", [maker]);
    assert_eq!(shop.ask(&back(&[(1, "1")])).total.minor(), 800);
}

#[test]
fn an_item_over_several_bills_oldest_first() {
    let old = bill("EUR").numbered(10).line("2", 400).cash(400).on(date(2026, 9, 1));
    let new = bill("EUR").numbered(11).line("3", 900).cash(900).on(date(2026, 10, 1));
    let mut shop = shop("open", [old, new]);
    let quote = shop.post(&item("item-1", "3")).quote;
    let lines: Vec<_> = quote.lines.iter().map(|line| (line.quantity.to_string(), line.share.gross.minor())).collect();
    assert_eq!(lines, [("2".into(), 400), ("1".into(), 300)]);
    let quote = shop.ask(&item("item-1", "3"));
    assert_eq!((quote.lines.len(), says(&quote, "left-to-return")), (0, "ruling-can-still-come-back"), "all or nothing");
    assert_eq!(says(&shop.ask(&item("item-9", "1")), "left-to-return"), "ruling-item-never-bought");
    let quote = shop.ask(&item("item-1", "1"));
    assert_eq!(quote.subject.bills.iter().map(|bill| bill.number.as_str()).collect::<Vec<_>>(), ["11"]);
}

#[test]
fn what_changed_since_it_was_seen_is_a_conflict() {
    let mut shop = shop("open", [bill("EUR").line("3", 900).cash(900)]);
    let seen = |returned: &str| {
        let seen = Some(vec![Seen { line: 1, returned: quantity(returned) }]);
        Request::Refund(Refund { seen, ..refund_of(parts(&[(1, "1")])) })
    };
    assert_eq!(shop.ask(&seen("0")).verdict(), Outcome::Allowed);
    shop.post(&back(&[(1, "1")]));
    let quote = shop.ask(&seen("0"));
    assert_eq!((quote.verdict(), says(&quote, "seen")), (Outcome::Refused, "ruling-changed-since-seen"));
    assert_eq!(shop.ask(&seen("1")).verdict(), Outcome::Allowed);
}

#[test]
fn an_answer_must_be_on_the_list() {
    let shop = shop("club", [bill("EUR").line("1", 900).cash(900)]);
    let asked =
        |reason: Option<&str>| Request::Refund(Refund { reason: reason.map(str::to_owned), ..refund_of(parts(&[(1, "1")])) });
    assert_eq!(shop.ask(&asked(None)).reason.as_deref(), Some("Changed mind"));
    assert_eq!(shop.ask(&asked(Some("Faulty"))).reason.as_deref(), Some("Faulty"));
    assert_eq!(says(&shop.ask(&asked(Some("Because"))), "listed-answer"), "ruling-answer-unlisted");
}

proptest::proptest! {
    /// Whoever saw another figure than what has come back is refused, and nobody else is.
    #[test]
    fn only_what_has_come_back_may_have_been_seen(sold in 2_i64..40, returned in 0_i64..40, saw in 0_i64..40) {
        let returned = returned.min(sold - 1);
        let mut shop = shop("open", [bill("EUR").line(&sold.to_string(), 4000).cash(4000)]);
        if returned > 0 {
            shop.post(&back(&[(1, &returned.to_string())]));
        }
        let seen = Some(vec![Seen { line: 1, returned: quantity(&saw.to_string()) }]);
        let quote = shop.ask(&Request::Refund(Refund { seen, ..refund_of(parts(&[(1, "1")])) }));
        let refused = quote.rulings.iter().any(|ruling| ruling.rule == "seen" && ruling.outcome == Outcome::Refused);
        proptest::prop_assert_eq!(refused, saw != returned);
        proptest::prop_assert_eq!(quote.verdict() == Outcome::Refused, saw != returned);
    }
}
