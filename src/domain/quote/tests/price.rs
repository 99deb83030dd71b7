//! Price corrections: charged less right, once a line, up to the line; then the return gives back what is left.

use super::*;

#[test]
fn charged_less_right_with_its_tax() {
    for (maker, right, gross, tax) in [
        (bill("EUR").taxed("3", 1000, &[174]), "3", 100, 17),
        (bill("EUR").tax_added().taxed("2", 1210, &[210]), "4", 242, 42),
        (bill("EUR").line("0.5", 450), "8", 50, 0),
        (bill("JPY").taxed("1", 1100, &[100]), "880", 220, 20),
        (bill("KWD").taxed("2", 5000, &[0]), "2.4995", 1, 0),
        (bill("EUR").taxed("1", 1000, &[174]), "0", 1000, 174),
    ] {
        let paid = maker.0.lines[0].gross.minor();
        let mut shop = shop("open", [maker.cash(paid)]);
        let quote = shop.post(&right_price(&[(1, right)])).quote;
        assert_eq!((quote.total.minor(), quote.lines[0].share.tax.minor()), (gross, tax), "{right}");
        assert_eq!(shop.ask(&whole()).total.minor(), paid - gross);
        let again = shop.ask(&right_price(&[(1, "0")]));
        assert_eq!((again.verdict(), says(&again, "once-a-line")), (Outcome::Refused, "ruling-corrected-before"));
    }
}

#[test]
fn the_pieces_that_came_back_are_not_corrected() {
    let mut shop = shop("open", [bill("EUR").line("3", 1000).cash(1000)]);
    shop.post(&back(&[(1, "1")]));
    assert_eq!(shop.post(&right_price(&[(1, "3")])).quote.total.minor(), 67);
    assert_eq!(shop.post(&back(&[(1, "1")])).quote.total.minor(), 300);
    assert_eq!(shop.post(&back(&[(1, "1")])).quote.total.minor(), 300);
    assert_eq!(shop.left(1), 0);
    assert_eq!(says(&shop.ask(&right_price(&[(1, "2")])), "left-to-return"), "ruling-none-left");
}

#[test]
fn an_apology_before_does_not_hide_a_wrong_price() {
    let mut shop = shop("open", [bill("EUR").line("1", 1000).cash(1000)]);
    shop.post(&sorry_amount("2.00 EUR", GoodwillTo::Bill));
    assert_eq!(shop.ask(&right_price(&[(1, "9")])).total.minor(), 100);
    assert_eq!(shop.ask(&right_price(&[(1, "1")])).total.minor(), 800, "up to the line");
}

#[test]
fn what_is_no_wrong_price_is_refused() {
    let shop = shop("open", [bill("EUR").line("1", 1000).line("-1", -100).cash(900)]);
    for (lines, rule, says_id) in [
        (&[(1, "10")][..], "price", "ruling-not-dearer"),
        (&[(1, "11")], "price", "ruling-not-dearer"),
        (&[(1, "-1")], "price", "ruling-price-below-nothing"),
        (&[(2, "0")], "left-to-return", "ruling-nothing-of-it"),
        (&[], "nothing-left", "ruling-no-line-picked"),
        (&[(1, "9"), (1, "8")], "once-a-line", "ruling-line-named-twice"),
    ] {
        let quote = shop.ask(&right_price(lines));
        assert_eq!((quote.verdict(), says(&quote, rule)), (Outcome::Refused, says_id), "{lines:?}");
    }
}
