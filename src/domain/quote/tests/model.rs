//! Anything that may happen to a bill, in any order: no cap is ever passed, and what comes back wholly ends at nothing.

use proptest::prelude::*;

use super::*;

/// Something a clerk tries; figures are shares of what there is, in hundredths.
#[derive(Debug, Clone)]
enum Try {
    Back(u32, i64, Option<Tender>),
    Price(u32, i64),
    Sorry(i64),
    Void(usize),
}

fn tries() -> impl Strategy<Value = Try> {
    let to = prop::sample::select(vec![None, None, Some(Tender::StoreCredit), Some(Tender::Cash), Some(Tender::Card)]);
    prop_oneof![
        4 => (1_u32..4, 0_i64..130, to).prop_map(|(line, part, to)| Try::Back(line, part, to)),
        2 => (1_u32..4, 0_i64..120).prop_map(|(line, part)| Try::Price(line, part)),
        2 => (0_i64..110).prop_map(Try::Sorry),
        2 => (0_usize..8).prop_map(Try::Void),
    ]
}

#[derive(Debug, Clone)]
struct Start {
    code: &'static str,
    lines: Vec<(i64, i64, i64)>,
    added: bool,
    lowers_tax: bool,
    set_off: bool,
    cash_percent: i64,
    step_minor: i64,
}

fn starts() -> impl Strategy<Value = Start> {
    let line = (1_i64..12_000, 0_i64..3_000, 0_i64..25);
    let lines = prop::collection::vec(line, 3);
    let code = prop::sample::select(vec!["JPY", "EUR", "KWD"]);
    let step = prop::sample::select(vec![1_i64, 5, 10]);
    (code, lines, any::<bool>(), any::<bool>(), any::<bool>(), 0_i64..101, step).prop_map(
        |(code, lines, added, lowers_tax, set_off, cash_percent, step_minor)| Start {
            code,
            lines,
            added,
            lowers_tax: lowers_tax && set_off,
            set_off,
            cash_percent,
            step_minor,
        },
    )
}

/// A bill paid partly in rounded cash, partly by card.
fn open(start: &Start) -> Shop {
    let mut maker = bill(start.code);
    if start.added {
        maker = maker.tax_added();
    }
    for (thousandths, gross, tax_percent) in &start.lines {
        let tax = gross * tax_percent / 100;
        maker = maker.taxed(&Quantity::from_thousandths(*thousandths).to_string(), *gross, &[tax / 3, tax - tax / 3]);
    }
    let total: i64 = start.lines.iter().map(|(_, gross, _)| gross).sum();
    let cash = maker.0.currency.minor(total * start.cash_percent / 100);
    let card = total - cash.minor();
    let mut shop = shop("open", [maker.paid(Tender::Card, card).cash(cash.to_step(start.step_minor).unwrap().minor())]);
    shop.policy.payouts.cash_step_minor = start.step_minor;
    shop.policy.goodwill.lowers_tax = start.lowers_tax;
    shop.policy.goodwill.set_off = start.set_off;
    shop
}

fn request(shop: &Shop, tried: &Try) -> Option<Request> {
    let standing = &shop.facts.bills[0].standing;
    let hundredth = |whole: i64, part: i64| whole * part / 100;
    Some(match tried {
        Try::Back(no, part, to) => {
            let (line, on) = standing.line(*no)?;
            let left = on.can_return(line).unwrap().thousandths();
            let quantity = if *part >= 100 { left } else { hundredth(left, *part) };
            let lines = vec![LinePart { line: *no, quantity: Some(Quantity::from_thousandths(quantity)) }];
            Request::Refund(Refund { to: *to, ..refund_of(Goods::Lines { bill: String::new(), lines }) })
        }
        Try::Price(no, part) => {
            let (line, _) = standing.line(*no)?;
            let price = line.gross.decimal() * Decimal::new(*part, 2) / line.quantity.decimal();
            Request::CorrectPrice(CorrectPrice {
                bill: String::new(),
                lines: vec![RightPrice { line: *no, price }],
                reason: None,
                to: None,
                note: None,
            })
        }
        Try::Sorry(part) => {
            let amount = hundredth(standing.left_to_pay().unwrap().minor(), *part);
            sorry(Give::Amount(shop.facts.currency.minor(amount)), GoodwillTo::Bill)
        }
        Try::Void(_) => return None,
    })
}

/// No line and no payment gives more than it took.
fn caps_hold(shop: &Shop) -> Result<(), TestCaseError> {
    let standing = &shop.facts.bills[0].standing;
    for (line, on) in standing.bill.lines.iter().zip(&standing.lines) {
        let left = on.remaining(line).unwrap();
        prop_assert!(on.returned <= line.quantity);
        prop_assert!(!left.gross.is_negative() && !left.tax.is_negative(), "{left:?}");
        prop_assert!(!on.given.gross.is_negative() && !on.given.tax.is_negative(), "{:?}", on.given);
        prop_assert!(on.given.gross.minor() <= line.gross.minor() && on.given.tax.minor() <= line.tax.minor());
        if on.returned == line.quantity {
            prop_assert!(left.gross.is_zero() && left.tax.is_zero() && left.net.is_zero(), "{left:?} of {line:?}");
        }
    }
    for ((payment, used), (_, cover)) in standing.bill.payments.iter().zip(&standing.used).zip(standing.bill.covers().unwrap()) {
        prop_assert!(used.exact.minor() <= cover.minor() && !used.exact.is_negative());
        if payment.tender == Tender::Cash {
            prop_assert!(used.paid.minor() <= payment.amount.minor(), "{used:?} of {payment:?}");
        }
        let step = shop.policy.payouts.cash_step_minor;
        prop_assert!((used.paid.minor() - used.exact.minor()).abs() <= 3 * step, "{used:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn no_cap_is_ever_passed(start in starts(), tries in prop::collection::vec(tries(), 1..14)) {
        let mut shop = open(&start);
        let mut standing: Vec<Document> = Vec::new();
        for tried in &tries {
            if let Try::Void(which) = tried {
                if standing.is_empty() { continue }
                let document = standing[which % standing.len()].clone();
                shop.look_at(&document);
                if shop.ask(&void(&document)).verdict() != Outcome::Refused {
                    let mirror = shop.post(&void(&document));
                    prop_assert_eq!(mirror.quote.total, document.quote.total.negated().unwrap());
                    standing.retain(|known| known.number != document.number);
                }
            } else if let Some(request) = request(&shop, tried) {
                let quote = shop.ask(&request);
                prop_assert!(!quote.total.is_negative() && quote.payouts.iter().all(|payout| !payout.amount.is_negative()));
                if quote.verdict() != Outcome::Refused {
                    standing.push(shop.post(&request));
                }
            }
            caps_hold(&shop)?;
        }
        let last = shop.ask(&whole());
        prop_assert!(last.verdict() != Outcome::Refused || !says(&last, "nothing-left").is_empty(), "{:?}", last.rulings);
        if last.verdict() != Outcome::Refused {
            shop.post(&whole());
            caps_hold(&shop)?;
        }
    }
}
