//! Random work: the same sequence of requests on both engines, with equal answers and equal, whole books.

use courtesy::domain::bill::{Bill, Tender};
use courtesy::domain::ids::{CreditCode, DeskNo, DocumentNumber};
use courtesy::domain::request::{
    CorrectPrice, Give, Goods, Goodwill, GoodwillTo, LinePart, PayoutOutcome, RecordPayout, RedeemCredit, Refund, Request,
    RightPrice, Void,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::equal::{envelope, lines, shop_on, told};
use super::{On, bill, eur, line};
use crate::proof::count;
use crate::server;

/// Work about two bills of two lines each, and about documents that may be there.
fn request() -> impl Strategy<Value = Request> {
    let bill = || prop_oneof![Just("till/1".to_owned()), Just("till/2".to_owned())];
    let document = || (1_u64..8).prop_map(|sequence| DocumentNumber { desk: DeskNo(1), sequence });
    let to = || prop_oneof![3 => Just(None), 1 => Just(Some(Tender::StoreCredit))];
    let part = (1_u32..=2, 1_i64..6_000).prop_map(|(line, thousandths)| {
        let quantity = Some(courtesy::domain::money::Quantity::from_thousandths(thousandths / 500 * 500 + 500));
        LinePart { line, quantity }
    });
    let refund = (bill(), vec(part, 1..3), to()).prop_map(|(bill, lines, to)| {
        let goods = Goods::Lines { bill, lines };
        Request::Refund(Refund { goods, to, reason: None, condition: None, seen: None, note: None })
    });
    let correct = (bill(), 1_u32..=2, 0_i64..300).prop_map(|(bill, line, minor)| {
        let lines = vec![RightPrice { line, price: eur().minor(minor).decimal() }];
        Request::CorrectPrice(CorrectPrice { bill, lines, reason: None, to: None, note: None })
    });
    let goodwill = (bill(), 1_i64..900, any::<bool>()).prop_map(|(bill, minor, credit)| {
        let to = if credit { GoodwillTo::StoreCredit } else { GoodwillTo::Bill };
        Request::Goodwill(Goodwill {
            bill: Some(bill),
            member: None,
            give: Give::Amount(eur().minor(minor)),
            to,
            reason: None,
            note: None,
        })
    });
    let redeem = (document(), 1_i64..500).prop_map(|(number, minor)| {
        Request::RedeemCredit(RedeemCredit { credit: CreditCode(number), amount: Some(eur().minor(minor)) })
    });
    let void = document().prop_map(|document| Request::Void(Void { document }));
    let settle = (document(), any::<bool>()).prop_map(|(document, paid)| {
        let outcome = if paid { PayoutOutcome::Paid("R-1".into()) } else { PayoutOutcome::Failed };
        Request::RecordPayout(RecordPayout { document, payout: 1, outcome })
    });
    prop_oneof![4 => refund, 2 => correct, 2 => goodwill, 2 => redeem, 2 => void, 1 => settle]
}

fn sales() -> [Bill; 2] {
    [bill("till/1", vec![line(1, 5, 999), line(2, 2, 350)]), bill("till/2", vec![line(1, 3, 1000), line(2, 4, 401)])]
}

#[test]
fn both_engines_keep_the_same_books_of_random_work() {
    let _kept_running = server::shared();
    let cases = count(500);
    let config = ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() };
    let same = |requests: Vec<Request>| {
        let sales = sales();
        let envelopes: Vec<_> = (1..).zip(requests).map(|(no, request)| envelope(no, request)).collect();
        let batch = lines(&envelopes);
        let on = |on: On| {
            let (mut desk, _home) = shop_on(on, &sales);
            told(&mut desk, &batch)
        };
        let (file, server) = (on(On::Sqlite), on(On::Postgres));
        prop_assert_eq!(&file, &server);
        let wrong = |told: &&String| told.starts_with("Line") || told.starts_with("Credit") || told.starts_with("Beside");
        prop_assert_eq!(file.1.iter().find(wrong), None);
        Ok(())
    };
    TestRunner::new(config).run(&vec(request(), 1..14), same).unwrap();
}
