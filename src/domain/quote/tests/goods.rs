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
