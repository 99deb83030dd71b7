//! Fees: signing up, joining a household, renewing, and redeeming credit.

use super::*;
use crate::domain::member::Person;
use crate::domain::membership::{RenewalKind, Term};
use crate::domain::request::{PayIn, RedeemCredit, Renew, SignUp};

fn ilze() -> Person {
    Person { given: "Ilze".into(), family: "Bērziņa".into(), ..Person::default() }
}

fn pay(tender: Tender) -> PayIn {
    PayIn { tender, reference: None, credit: None }
}

fn asked(plan: &str) -> SignUp {
    SignUp {
        member: member_id(99),
        person: ilze(),
        salt: "7c0e5d5e-8a43-4c0e-9d0b-5f3a0c1d2e01".parse().unwrap(),
        plan: plan.into(),
        pay: Some(pay(Tender::Cash)),
        joins: None,
    }
}

pub(super) fn sign_up(plan: &str, tender: Tender) -> Request {
    Request::SignUp(SignUp { pay: Some(pay(tender)), ..asked(plan) })
}

fn empty(preset: &str) -> Shop {
    let mut shop = shop(preset, []);
    shop.facts.member = None;
    shop
}

fn renew(plan: Option<&str>) -> Request {
    Request::Renew(Renew { member: "7".into(), plan: plan.map(str::to_owned), pay: Some(pay(Tender::Cash)) })
}

fn ended(end: Date) -> Term {
    let start = end.tomorrow().unwrap().checked_sub(jiff::Span::new().years(1)).unwrap();
    Term { plan: "basic".into(), start, end: Some(end), anchor: start, run_months: 12, fee: "65.00 EUR".parse().unwrap() }
}

#[test]
fn signing_up_takes_the_fee_with_its_tax() {
    let mut shop = empty("club");
    shop.policy.plans[0].tax = "21".parse().unwrap();
    let quote = shop.ask(&sign_up("basic", Tender::Cash));
    assert_eq!((quote.verdict(), moved(&quote)), (Outcome::Allowed, vec![(Tender::Cash, -6500)]));
    assert_eq!(quote.lines[0].share.tax.minor(), -1128);
    let term = quote.term.unwrap();
    assert_eq!((term.kind, term.term.start, term.term.end), (RenewalKind::First, TODAY, Some(date(2027, 10, 11))));
}

#[test]
fn ways_to_pay_a_fee() {
    let code = CreditCode(DocumentNumber { desk: DeskNo(1), sequence: 1 });
    let reference = |text: &str| Some(PayIn { reference: Some(text.into()), ..pay(Tender::Card) });
    let credit = Some(PayIn { credit: Some(code), ..pay(Tender::StoreCredit) });
    for (pay, balance, rule, says_id) in [
        (Some(pay(Tender::Cash)), None, "payment", ""),
        (None, None, "payment", "ruling-choose-payment"),
        (Some(pay(Tender::Card)), None, "payment", "ruling-reference-needed"),
        (reference(" "), None, "payment", "ruling-reference-needed"),
        (reference("T-81"), None, "payment", ""),
        (reference("4111-1111-1111-1111"), None, "payment", "fault-card-number"),
        (Some(pay(Tender::StoreCredit)), None, "credit", "ruling-credit-unknown"),
        (credit.clone(), Some("64.99 EUR"), "credit", "ruling-credit-too-small"),
        (credit.clone(), Some("90.00 USD"), "credit", "ruling-credit-too-small"),
        (credit, Some("65.00 EUR"), "credit", ""),
    ] {
        let mut shop = empty("club");
        let held = |text: &str| Credit { code, member: None, balance: text.parse().unwrap(), promotional: false };
        shop.facts.credit = balance.map(held);
        let quote = shop.ask(&Request::SignUp(SignUp { pay, ..asked("basic") }));
        assert_eq!((says(&quote, rule), quote.verdict() == Outcome::Refused), (says_id, !says_id.is_empty()));
        assert_eq!(quote.total.minor(), -6500);
    }
}

#[test]
fn a_fee_in_cash_is_rounded_to_the_coin() {
    let mut shop = empty("club");
    shop.policy.plans[0].fee = "64.98".parse().unwrap();
    shop.policy.payouts.cash_step_minor = 5;
    let quote = shop.ask(&sign_up("basic", Tender::Cash));
    assert_eq!((quote.total.minor(), moved(&quote)), (-6498, vec![(Tender::Cash, -6500)]));
    assert_eq!(moved(&shop.ask(&sign_up("basic", Tender::Account))), [(Tender::Account, -6498)]);
}

#[test]
fn a_free_plan_needs_no_payment() {
    let quote = empty("hotel").ask(&Request::SignUp(SignUp { pay: None, ..asked("guest") }));
    assert_eq!((quote.verdict(), quote.payouts.len(), quote.term.unwrap().term.end), (Outcome::Allowed, 0, None));
}

#[test]
fn faults_of_the_form_are_said_at_their_field() {
    type Change = fn(&mut Person);
    let person = |change: Change| {
        let mut person = ilze();
        change(&mut person);
        Request::SignUp(SignUp { person, ..asked("basic") })
    };
    let cases: [(Change, &str, &str); 10] = [
        (|person| person.given = " ".into(), "field-given", "fault-missing"),
        (|person| person.family = "R2D2".into(), "field-family", "fault-not-a-name"),
        (|person| person.family = "a".repeat(81), "field-family", "fault-too-long"),
        (|person| person.email = "ilze@".into(), "field-email", "fault-not-an-address"),
        (|person| person.phone = "12".into(), "field-phone", "fault-not-a-number"),
        (|person| person.phone = "378282246310005".into(), "field-phone", "fault-card-number"),
        (|person| person.email = "4111111111111111@example.com".into(), "field-email", "fault-card-number"),
        (|person| person.address = "Elm St 1, 4111 1111 1111 1111".into(), "field-address", "fault-card-number"),
        (|person| person.address = "Elm St 1\nTown".into(), "field-address", "fault-not-plain"),
        (|person| person.born = Some(date(2026, 10, 13)), "field-born", "fault-impossible-day"),
    ];
    for (change, field, fault) in cases {
        let quote = empty("club").ask(&person(change));
        let refused: Vec<_> = quote.rulings.iter().filter(|ruling| ruling.outcome == Outcome::Refused).collect();
        assert_eq!((refused.len(), refused[0].rule.as_str(), refused[0].say.id.as_str()), (1, field, fault));
    }
    assert_eq!(says(&shop("club", []).ask(&sign_up("basic", Tender::Cash)), "member"), "ruling-member-known");
    assert_eq!(says(&empty("club").ask(&sign_up("none", Tender::Cash)), "plan"), "ruling-plan-unknown");
}

#[test]
fn joining_a_household_is_free_while_it_lasts() {
    let joins = Some(CardNumber::from_serial(1).unwrap());
    let request = Request::SignUp(SignUp { joins, pay: None, ..asked("basic") });
    let host = |end: Date, standing| Member { terms: vec![ended(end)], standing, ..member(5) };
    for (host, rule_id) in [
        (Some(host(TODAY, Standing::Good)), "ruling-household-free"),
        (Some(host(TODAY.yesterday().unwrap(), Standing::Good)), "ruling-household-expired"),
        (Some(host(TODAY, Standing::Barred)), "ruling-standing"),
        (Some(member(5)), "ruling-household-expired"),
        (None, "ruling-household-unknown"),
    ] {
        let mut shop = empty("club");
        shop.facts.host = host;
        let quote = shop.ask(&request);
        assert_eq!((says(&quote, "household"), quote.total.minor()), (rule_id, 0));
        assert_eq!(quote.verdict() == Outcome::Allowed, rule_id == "ruling-household-free");
    }
    for (household, rule_id) in [(0, "ruling-household-free"), (1, "ruling-household-full"), (2, "ruling-household-full")] {
        let mut shop = empty("club");
        shop.facts.host = Some(host(TODAY, Standing::Good));
        shop.facts.household = household;
        assert_eq!(says(&shop.ask(&request), "household"), rule_id, "{household}");
    }
    let mut alone = empty("club");
    alone.facts.host = Some(host(TODAY, Standing::Good));
    let effects = alone.ask(&sign_up("basic", Tender::Cash)).effects;
    assert!(effects.contains(&Effect::AddMember { member: member_id(99), joins: None }), "nobody asked to join");
}

#[test]
fn renewing_by_the_anniversary() {
    for (today, start, end, says_id) in [
        (date(2025, 2, 10), date(2025, 4, 1), date(2026, 3, 31), "ruling-term-early"),
        (date(2025, 5, 20), date(2025, 4, 1), date(2026, 3, 31), "ruling-term-continued"),
        (date(2025, 7, 1), date(2025, 7, 1), date(2026, 6, 30), "ruling-term-lapsed"),
    ] {
        let mut shop = shop("club", []);
        shop.today = today;
        shop.facts.member.as_mut().unwrap().terms.push(ended(date(2025, 3, 31)));
        let quote = shop.ask(&renew(None));
        let change = quote.term.clone().unwrap();
        assert_eq!((change.before, change.term.start, change.term.end), (Some(date(2025, 3, 31)), start, Some(end)));
        assert_eq!((says(&quote, "term"), quote.total.minor()), (says_id, -6500));
        assert_eq!(shop.ask(&renew(Some("executive"))).total.minor(), -13_000);
    }
}

#[test]
fn who_cannot_renew() {
    let mut shop = shop("hotel", []);
    let life = Term { end: None, plan: "guest".into(), ..ended(TODAY) };
    shop.facts.member.as_mut().unwrap().terms.push(life);
    assert_eq!(says(&shop.ask(&renew(Some("silver"))), "term"), "ruling-for-life");
    shop.facts.member.as_mut().unwrap().standing = Standing::Suspended;
    assert_eq!(says(&shop.ask(&renew(Some("silver"))), "standing"), "ruling-standing");
    shop.facts.member = None;
    assert!(matches!(shop.try_ask(&renew(None)), Err(QuoteError::Missing("member"))));
}

#[test]
fn credit_is_redeemed_down_to_nothing_and_no_further() {
    let code = CreditCode(DocumentNumber { desk: DeskNo(1), sequence: 1 });
    let mut shop = shop("club", []);
    shop.facts.credit = Some(Credit { code, member: None, balance: "20.00 EUR".parse().unwrap(), promotional: false });
    for (amount, total, says_id) in [
        (None, -2000, "ruling-credit-after"),
        (Some("5.00 EUR"), -500, "ruling-credit-after"),
        (Some("20.01 EUR"), 0, "ruling-credit-too-small"),
    ] {
        let amount = amount.map(|text| text.parse().unwrap());
        let quote = shop.ask(&Request::RedeemCredit(RedeemCredit { credit: code, amount }));
        assert_eq!((quote.total.minor(), says(&quote, "credit")), (total, says_id));
    }
    let nothing = Request::RedeemCredit(RedeemCredit { credit: code, amount: Some("0.00 EUR".parse().unwrap()) });
    assert_eq!(says(&shop.ask(&nothing), "amount"), "ruling-amount-nothing");
}
