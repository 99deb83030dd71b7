//! The digest: the same for the same quote, another for every part it names, and deaf to words.

use super::*;
use crate::domain::journal::Account;
use crate::domain::ruling::Ruling;
use crate::domain::say::Saying;

fn made() -> (RequestId, Request, Quote) {
    let maker = bill("EUR").taxed("2", 1000, &[174]).paid(Tender::Card, 1000);
    let request = back(&[(1, "1")]);
    let quote = shop("club", [maker]).ask(&request);
    (RequestId(Uuid::from_u128(5)), request, quote)
}

#[test]
fn it_is_the_same_on_every_machine_and_for_ever() {
    let (id, request, quote) = made();
    let sum = quote.digest(id, &request).unwrap();
    assert_eq!(made().2.digest(id, &request).unwrap(), sum);
    let read: Quote = serde_json::from_str(&serde_json::to_string(&quote).unwrap()).unwrap();
    assert_eq!(read.digest(id, &request).unwrap(), sum, "also after it was written down and read");
    assert_eq!(sum.to_string(), "b25cca612a79460d4ee6c6e4779a4fa7555b70077574b7492a6d7149a000562b");
}

#[test]
fn every_part_it_names_changes_it() {
    let (id, request, quote) = made();
    let sum = quote.digest(id, &request).unwrap();
    let cent: Money = "0.01 EUR".parse().unwrap();
    let changes: &[fn(&mut Quote, Money)] = &[
        |quote, _| quote.desk = DeskNo(9),
        |quote, _| quote.clerk = StaffNo(9),
        |quote, _| quote.business_date = date(2026, 10, 13),
        |quote, _| quote.policy.hash = Digest::of(b"another"),
        |quote, _| quote.subject.member = None,
        |quote, _| quote.subject.bills.clear(),
        |quote, _| quote.subject.document = Some(DocumentNumber { desk: DeskNo(1), sequence: 1 }),
        |quote, cent| quote.total = quote.total.plus(cent).unwrap(),
        |quote, cent| quote.lines[0].share.net = quote.lines[0].share.net.plus(cent).unwrap(),
        |quote, cent| quote.lines[0].share.tax = quote.lines[0].share.tax.plus(cent).unwrap(),
        |quote, _| quote.lines[0].quantity = Quantity::ZERO,
        |quote, _| quote.lines[0].of = None,
        |quote, cent| quote.payouts[0].amount = cent,
        |quote, _| quote.payouts[0].tender = Tender::Cash,
        |quote, _| quote.payouts[0].due = false,
        |quote, cent| quote.journal[0].amount = cent,
        |quote, _| quote.journal[0].account = Account::Goodwill,
        |quote, _| drop(quote.effects.pop()),
        |quote, _| quote.rulings[0].outcome = Outcome::Refused,
        |quote, _| quote.rulings[0].rule.push('x'),
        |quote, _| quote.rulings.push(Ruling::allowed("another", Saying::new("x"))),
        |quote, _| quote.reason = None,
        |quote, _| quote.condition = None,
    ];
    let mut sums = vec![sum];
    for (i, change) in changes.iter().enumerate() {
        let mut other = quote.clone();
        change(&mut other, cent);
        let changed = other.digest(id, &request).unwrap();
        assert!(!sums.contains(&changed), "change {i} is not covered");
        sums.push(changed);
    }
    assert_ne!(quote.digest(RequestId(Uuid::from_u128(6)), &request).unwrap(), sum);
    assert_ne!(quote.digest(id, &whole()).unwrap(), sum);
}

#[test]
fn words_do_not_change_it() {
    let (id, request, mut quote) = made();
    let sum = quote.digest(id, &request).unwrap();
    quote.lines[0].text = "Another name".into();
    quote.policy.name = "Another name".into();
    quote.rulings.iter_mut().for_each(|ruling| ruling.say = Saying::new("another"));
    assert_eq!(quote.digest(id, &request).unwrap(), sum);
}
