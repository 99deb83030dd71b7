//! Promotions: what is kept is priced anew, and the group never gives back more than it took.

use super::*;

fn offer() -> Shop {
    shop("open", [bill("EUR").line("1", 600).line("1", 600).line("1", 0).promotion(2, 1, 600).cash(1200)])
}

#[test]
fn two_of_three_under_buy_two_get_one_free() {
    for keep in 1..=3 {
        let given: Vec<_> = (1..=3).filter(|line| *line != keep).map(|line| (line, "1")).collect();
        assert_eq!(offer().ask(&back(&given)).total.minor(), 600, "keeping {keep}");
    }
    let one_line = shop("open", [bill("EUR").line("3", 1200).promotion(2, 1, 600).cash(1200)]);
    assert_eq!(one_line.ask(&back(&[(1, "2")])).total.minor(), 600);
    assert_eq!(one_line.ask(&back(&[(1, "1")])).total.minor(), 0);
}

#[test]
fn any_order_comes_to_all_that_was_paid() {
    for order in [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]] {
        let mut shop = offer();
        let given: Vec<i64> = order.iter().map(|line| shop.post(&back(&[(*line, "1")])).quote.total.minor()).collect();
        assert_eq!(given, [0, 600, 600], "{order:?}");
        assert_eq!([shop.left(1), shop.left(2), shop.left(3)], [0; 3]);
    }
    assert_eq!(offer().ask(&whole()).total.minor(), 1200);
}

#[test]
fn a_line_whose_group_is_unknown_stands_alone() {
    let shop = shop("open", [bill("EUR").line("2", 500).with(|line| line.group = Some(4)).cash(500)]);
    assert_eq!(shop.ask(&back(&[(1, "1")])).total.minor(), 250);
}

#[test]
fn an_apology_for_all_of_an_offer_leaves_nothing_to_share() {
    let maker = bill("EUR").taxed("1", 600, &[104]).taxed("2", 600, &[104]).promotion(2, 1, 600).cash(1200);
    let mut shop = shop("open", [maker]);
    shop.post(&sorry_amount("12.00 EUR", GoodwillTo::Bill));
    let quote = shop.post(&whole()).quote;
    assert_eq!(quote.total.minor(), 0);
    assert_eq!([shop.left(1), shop.left(2)], [0; 2]);
}

proptest::proptest! {
    #[test]
    fn an_offer_never_gives_more_than_it_took(
        buy in 1_u32..4, free in 1_u32..3, regular_minor in 1_i64..2_000, pieces in 1_i64..9,
        order in proptest::collection::vec((0_u32..3, 1_i64..4), 1..12), tax_percent in 0_i64..25,
    ) {
        let set = i64::from(buy + free);
        let mut maker = bill("EUR");
        let paid_pieces = |many: i64| many / set * i64::from(buy) + many % set;
        let total = paid_pieces(pieces * 3) * regular_minor;
        let parts = maker.0.currency.minor(total).allocate(&[2, 1, 1]).unwrap();
        for part in &parts {
            maker = maker.taxed(&pieces.to_string(), part.minor(), &[part.minor() * tax_percent / 100]);
        }
        let mut shop = shop("open", [maker.promotion(buy, free, regular_minor).cash(total)]);
        let mut held = total;
        for (line, many) in order {
            let quote = shop.ask(&back(&[(line + 1, &many.to_string())]));
            proptest::prop_assert!(!quote.total.is_negative());
            if quote.verdict() != Outcome::Refused {
                shop.post(&back(&[(line + 1, &many.to_string())]));
            }
            let standing = &shop.facts.bills[0].standing;
            let kept = standing.bill.lines.iter().zip(&standing.lines).map(|(line, on)| on.can_return(line).unwrap());
            let kept: i64 = kept.map(|left| left.thousandths() / 1_000).sum();
            // A set broken up can cost more than was paid for it; then nothing goes back, and nothing is asked for.
            held = held.min(paid_pieces(kept) * regular_minor);
            proptest::prop_assert_eq!(shop.left(1) + shop.left(2) + shop.left(3), held);
        }
        let last = shop.ask(&whole());
        if last.verdict() != Outcome::Refused {
            shop.post(&whole());
        }
        for (line, on) in shop.facts.bills[0].standing.bill.lines.iter().zip(&shop.facts.bills[0].standing.lines) {
            let left = on.remaining(line).unwrap();
            proptest::prop_assert!(left.gross.is_zero() && left.tax.is_zero() && left.net.is_zero());
        }
    }
}
