use super::*;
use crate::domain::bill::{CardTrace, LineTax, Tender};
use crate::domain::digest::Digest;
use crate::domain::document::{BillName, Effect, PolicyMark, Subject, TermChange};
use crate::domain::ids::{DeskNo, MemberId, StaffNo};
use crate::domain::membership::{RenewalKind, Term};
use crate::domain::money::{Currency, Quantity};
use crate::domain::request::PayoutOutcome;
use crate::domain::seal::PublicKey;
use crate::domain::staff::{Role, Staff};
use crate::domain::standing::Share;
use crate::receipt::text;
use crate::text::Language;
use jiff::civil::date;
use uuid::Uuid;

const AT: Moment = Moment { at_us: 1_795_433_820_000_000, offset_min: 120 };

fn eur(minor: i64) -> Money {
    Currency::from_code("EUR").unwrap().minor(minor)
}

fn number() -> DocumentNumber {
    DocumentNumber { desk: DeskNo(2), sequence: 4811 }
}

/// A quote of a job that does nothing yet.
fn nothing(job: Job) -> Quote {
    Quote {
        job,
        desk: DeskNo(2),
        clerk: StaffNo(7),
        business_date: date(2026, 11, 23),
        policy: PolicyMark { name: "Warehouse club".into(), version: 3, hash: Digest::of(b"old") },
        currency: eur(0).currency(),
        subject: Subject::default(),
        lines: vec![],
        total: eur(0),
        payouts: vec![],
        term: None,
        journal: vec![],
        effects: vec![],
        rulings: vec![],
        reason: None,
        condition: None,
    }
}

fn refund() -> Quote {
    let bill = BillId(Uuid::from_u128(5));
    let tax = |amount| LineTax { code: "A".into(), rate: "21".parse().unwrap(), amount };
    let line = |no, text: &str, quantity, gross: i64, tax_minor: i64| QuoteLine {
        of: Some((bill, no)),
        item: "x".into(),
        text: text.into(),
        quantity,
        share: Share { net: eur(gross - tax_minor), tax: eur(tax_minor), gross: eur(gross) },
        taxes: vec![tax(eur(tax_minor))],
    };
    let payout = |no, tender, amount, exact, card, due| Payout { no, tender, amount, exact, of: Some((bill, no)), card, due };
    let card = CardTrace { brand: Some("Visa".into()), last_four: Some("4821".into()), reference: Some("T1".into()) };
    Quote {
        subject: Subject {
            member: Some(MemberId(Uuid::from_u128(1))),
            bills: vec![BillName { id: bill, number: "536365".into(), date: date(2026, 10, 12) }],
            document: None,
        },
        lines: vec![
            line(1, "White hanging heart", Quantity::pieces(2).unwrap(), 512, 89),
            line(2, "Cream cupid coat", Quantity::ZERO, -12, -2),
        ],
        total: eur(500),
        payouts: vec![
            payout(1, Tender::Card, eur(300), eur(300), Some(card), true),
            payout(2, Tender::Cash, eur(205), eur(200), None, false),
        ],
        reason: Some("Does not fit".into()),
        condition: Some("Open box".into()),
        ..nothing(Job::Refund)
    }
}

fn printed(quote: &Quote, posted: bool, language: Language) -> String {
    let composing = Composing {
        shop_name: "Baltic Warehouse Club",
        shop_address: "",
        clerk: "Ann K.",
        approver: posted.then_some("M. Tamm").filter(|_| quote.job == Job::Refund),
        number: posted.then(number),
        at: AT,
        quote,
        card: posted.then(|| CardNumber::from_serial(42).unwrap()),
        credit: posted.then(|| CreditCode(number())),
    };
    let paper = compose(&composing, &Words::new(language));
    let known = |slot: Slot| Some(if slot.part == PersonPart::Name { "Ilze Bērziņa" } else { "··0424" }.to_owned());
    text::plain(&paper.fill(&known, "erased"))
}

#[test]
fn a_refund_says_everything_in_order() {
    let expected = "          Baltic Warehouse Club
------------------------------------------
                  REFUND
Member                        Ilze Bērziņa
Card                                ··0424
------------------------------------------
Bill 536365                    12 Oct 2026
2 × White hanging heart               5.12
Cream cupid coat                     −0.12
  The offer was worked out again for what
  you keep.
------------------------------------------
Net                                   4.13
VAT 21%                               0.87
==========================================
BACK                                5.00\u{a0}€
Cash rounding                         0.05
Back to the card Visa ··4821          3.00
Due at the card terminal: the money goes
back once the terminal has confirmed it.
Back in cash                          2.05
------------------------------------------
Reason                        Does not fit
Condition                         Open box
Approved by                        M. Tamm
------------------------------------------
Served by                           Ann K.
Desk 2            23 Nov 2026 13:37 +02:00

                 Document
                 2-004811

                Thank you.
";
    assert_eq!(printed(&refund(), true, Language::En), expected);
}

#[test]
fn a_preview_has_no_number_and_nothing_is_promised() {
    let text = printed(&refund(), false, Language::Fi);
    assert!(text.contains("PALAUTETAAN                         5,00") && text.contains("ALV 21"), "{text}");
    assert!(!text.contains("Tosite") && !text.contains("2-004811"), "{text}");
}

#[test]
fn every_job_has_its_own_words() {
    let effects = |job, effects| Quote { effects, ..nothing(job) };
    let document = number();
    let about = |mut quote: Quote| {
        quote.subject.document = Some(number());
        quote
    };
    let settle = |outcome| vec![Effect::SettlePayout { document, payout: 2, outcome }];
    let staff =
        Staff { no: StaffNo(9), name: "Õie".into(), role: Role::Lead, language: "fi".into(), active: false, member: None };
    let credit = vec![Effect::IssueCredit { member: None, amount: eur(300), promotional: true }];
    let start = date(2026, 4, 1);
    let term = Term { plan: "basic".into(), start, end: Some(date(2027, 3, 31)), anchor: start, run_months: 12, fee: eur(0) };
    let change = TermChange { before: Some(date(2026, 3, 31)), term, plan_name: "Basic".into(), kind: RenewalKind::Early };
    let terms = |job| Quote { term: Some(change.clone()), ..nothing(job) };
    let opened = DocumentNumber { desk: DeskNo(2), sequence: 4_790 };
    let key = Effect::ChangeKey { no: 3, public: PublicKey([7; 32]), signature: None };
    let table: Vec<(Quote, &[&str])> = vec![
        (terms(Job::SignUp), &["NEW MEMBERSHIP", "1 Apr 2026 – 31 Mar 2027", "Your membership card", "1000000421"]),
        (terms(Job::Renew), &["RENEWAL", "Was valid to                   31 Mar 2026", "NOTHING TO PAY"]),
        (nothing(Job::CorrectPrice), &["PRICE CORRECTION"]),
        (
            effects(Job::Goodwill, credit),
            &["WITH OUR APOLOGIES", "Balance                             3.00\u{a0}€", "C2-004811", "keep it like"],
        ),
        (nothing(Job::RedeemCredit), &["STORE CREDIT REDEEMED", "The till takes the number below"]),
        (about(nothing(Job::Void)), &["VOID", "Undoes document                   2-004811"]),
        (about(effects(Job::RecordPayout, settle(PayoutOutcome::Paid("R77".into())))), &["Paid", "R77"]),
        (about(effects(Job::RecordPayout, settle(PayoutOutcome::Failed))), &["Failed", "still owed"]),
        (effects(Job::SetStaff, vec![Effect::SetStaff { staff }]), &["STAFF CHANGE", "Õie", "lead", "no longer"]),
        (
            effects(Job::AdoptPolicy, vec![Effect::AdoptPolicy { hash: Digest::of(b"new") }]),
            &["NEW RULES", "Warehouse club, version 3", "23 Nov 2026"],
        ),
        (effects(Job::OpenShift, vec![Effect::OpenShift]), &["SHIFT OPENED", "Business day", "23 Nov 2026"]),
        (effects(Job::CloseShift, vec![Effect::CloseShift { opened }]), &["SHIFT CLOSED", "Opened with", "2-004790", "sealed"]),
        (effects(Job::RotateKey, vec![key.clone()]), &["NEW SIGNING KEY", "Key number 3", "0707070707070707"]),
        (
            effects(Job::ReAnchor, vec![Effect::ReAnchor { remembered: Some((4_790, Digest::of(b"new"))) }, key]),
            &["RESTORED BOOKS CONFIRMED", "Remembered until now 2-004790", "Key number 3"],
        ),
        (effects(Job::ReAnchor, vec![Effect::ReAnchor { remembered: None }]), &["Remembered until now nothing"]),
        (
            effects(Job::ErasePerson, vec![Effect::ErasePerson { member: MemberId(Uuid::from_u128(1)) }]),
            &["PERSON ERASED", "Documents and amounts stay"],
        ),
    ];
    for (quote, wanted) in table {
        let text = printed(&quote, true, Language::En);
        let flowing = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for wanted in wanted {
            assert!(text.contains(wanted) || flowing.contains(wanted), "{wanted} in\n{text}");
        }
        for language in Language::ALL {
            assert!(!printed(&quote, true, *language).contains('⟦'));
        }
    }
}
