//! What the specimens are quoted from: a club and a hotel, their bills and members.

use courtesy::domain::bill::{Bill, BillKind, CardTrace, Line, LineTax, Payment, TaxMode, Tender};
use courtesy::domain::calendar::Moment;
use courtesy::domain::credit::Credit;
use courtesy::domain::digest::Digest;
use courtesy::domain::document::{PolicyMark, Quote};
use courtesy::domain::ids::{BillId, CardNumber, CreditCode, DeskNo, MemberId, StaffNo};
use courtesy::domain::member::{Card, CardState, Member, Person, Standing};
use courtesy::domain::membership::Term;
use courtesy::domain::money::{Currency, Money, Quantity};
use courtesy::domain::policy::Policy;
use courtesy::domain::preset;
use courtesy::domain::quote::{AtDesk, BillFacts, DocumentFacts, Facts, Open, Spent, quote};
use courtesy::domain::request::Request;
use courtesy::domain::staff::{Role, Staff};
use courtesy::domain::standing::BillStanding;
use jiff::civil::{Date, date};
use uuid::Uuid;

pub(super) const TODAY: Date = date(2026, 11, 23);

pub(super) fn eur(minor: i64) -> Money {
    Currency::from_code("EUR").unwrap().minor(minor)
}

pub(super) fn member_id() -> MemberId {
    MemberId(Uuid::from_u128(0x10))
}

/// What one line of a bill says: pieces, item, department and the price of one.
pub(super) type Sold<'a> = (i64, &'a str, &'a str, i64);

/// A bill whose prices contain tax at one rate.
pub(super) fn bill(number: &str, rate: &str, sold: &[Sold<'_>], payments: Vec<Payment>) -> BillFacts {
    let lines = (1..).zip(sold).map(|(no, (pieces, text, department, price_minor))| {
        let rate = rate.parse().unwrap();
        let gross = eur(pieces * price_minor);
        let tax = gross.tax_inside(rate).unwrap();
        Line {
            no,
            item: format!("{:05}", 22_000 + no),
            text: (*text).to_owned(),
            department: (*department).to_owned(),
            quantity: Quantity::pieces(*pieces).unwrap(),
            unit_price: eur(*price_minor).decimal(),
            discount: eur(0),
            net: gross.minus(tax).unwrap(),
            tax,
            gross,
            taxes: vec![LineTax { code: "A".into(), rate, amount: tax }],
            returns: None,
            group: None,
        }
    });
    let bill = Bill {
        id: BillId(Uuid::from_u128(0x20)),
        key: number.into(),
        number: number.into(),
        kind: BillKind::Sale,
        till: "4".into(),
        at: Moment { at_us: 1_791_800_000_000_000, offset_min: 180 },
        business_date: date(2026, 10, 12),
        member: Some(member_id()),
        currency: eur(0).currency(),
        tax_mode: TaxMode::Included,
        lines: lines.collect(),
        payments,
        rounding: eur(0),
        groups: vec![],
    };
    bill.check().unwrap();
    BillFacts { standing: BillStanding::untouched(bill), policy_then: None }
}

pub(super) fn by_card(no: u32, minor: i64) -> Payment {
    let card = CardTrace { brand: Some("Visa".into()), last_four: Some("4821".into()), reference: Some("0912-44".into()) };
    Payment { no, tender: Tender::Card, amount: eur(minor), card: Some(card) }
}

pub(super) fn in_cash(no: u32, minor: i64) -> Payment {
    Payment { no, tender: Tender::Cash, amount: eur(minor), card: None }
}

pub(super) fn member() -> Member {
    let start = date(2025, 12, 1);
    let end = Some(date(2026, 11, 30));
    Member {
        id: member_id(),
        person: Some(Person::default()),
        household: None,
        since: start,
        standing: Standing::Good,
        cards: vec![Card { number: CardNumber::from_serial(42).unwrap(), state: CardState::Active }],
        terms: vec![Term { plan: "basic".into(), start, end, anchor: start, run_months: 12, fee: eur(6500) }],
    }
}

/// The facts of a desk at which nothing was named yet.
pub(super) fn facts() -> Facts {
    Facts {
        desk: DeskNo(2),
        clerk: Staff {
            no: StaffNo(7),
            name: "Ann K.".into(),
            role: Role::Clerk,
            language: "en".into(),
            active: true,
            member: None,
        },
        currency: eur(0).currency(),
        policy: PolicyMark { name: "Warehouse club".into(), version: 3, hash: Digest::of(b"rules") },
        member: None,
        host: None,
        household: 0,
        bills: vec![],
        credit: None,
        document: None,
        staff: None,
        is_own: false,
        ahead: None,
        spent: Spent::nothing(eur(0).currency()),
        at_desk: AtDesk::default(),
        open: Open::default(),
    }
}

/// Facts about a member's bill.
pub(super) fn about(bill: BillFacts) -> Facts {
    Facts { bills: vec![bill], member: Some(member()), ..facts() }
}

/// Facts about a posted document.
pub(super) fn after(document: DocumentFacts) -> Facts {
    Facts { document: Some(document), ..facts() }
}

/// Facts about a store credit.
pub(super) fn with_credit(code: CreditCode, minor: i64) -> Facts {
    let credit = Credit { code, member: Some(member_id()), balance: eur(minor), promotional: true };
    Facts { credit: Some(credit), member: Some(member()), ..facts() }
}

/// What the domain quotes under a shipped policy, cash rounded to a coin.
pub(super) fn quoted(preset: &str, coin_minor: i64, request: &Request, facts: &Facts) -> Quote {
    let mut policy = Policy::parse(preset::of(preset).unwrap().text).unwrap();
    policy.payouts.cash_step_minor = coin_minor;
    quote(request, facts, &policy, TODAY).unwrap()
}
