//! What documents saw, what they gave under which limits, and their words: whatever does not fit is named, and nothing else is.

use courtesy::domain::bill::Bill;
use courtesy::domain::digest::Digest;
use courtesy::domain::document::{ApprovalMark, Document, Effect, PolicyMark, Quote, QuoteLine};
use courtesy::domain::ids::{DeskNo, DocumentNumber, MemberId, StaffNo};
use courtesy::domain::member::Person;
use courtesy::domain::money::Quantity;
use courtesy::domain::note::Note;
use courtesy::domain::request::{Job, PayoutOutcome};
use courtesy::domain::ruling::Ruling;
use courtesy::domain::say::Saying;
use courtesy::domain::staff::{Role, Staff};
use courtesy::store::bill as bills;
use courtesy::store::verify::{CardPlace, Finding, Invariant, verify};
use courtesy::store::{StoreError, Tx, document, member as members, person as persons, policy};
use jiff::civil::date;
use uuid::Uuid;

use super::{Books, On, bill, eur, insert, line, made, on_both, pieces, plain, post, refund, returning, share};

on_both! {
    what_a_correction_saw_is_held_against_its_turn,
    a_till_s_returns_may_have_been_seen_or_not,
    what_is_undone_must_have_stood,
    what_clerks_gave_is_held_against_their_limits,
    desks_that_gave_too_much_together_are_named,
    who_approved_must_have_been_able_to,
    a_document_that_names_a_member_is_named,
    card_numbers_are_found_wherever_people_type,
}

const CLERK: StaffNo = StaffNo(7);
const LEAD: StaffNo = StaffNo(8);
const MEMBER: MemberId = MemberId(Uuid::from_u128(81));

fn number(desk: u16, sequence: u64) -> DocumentNumber {
    DocumentNumber { desk: DeskNo(desk), sequence }
}

/// What is found of these invariants.
fn found(books: &mut Books) -> Vec<Finding> {
    let ours = [Invariant::Seen, Invariant::Limits, Invariant::Names, Invariant::Cards];
    let report = books.read(|tx| verify(tx, None, &mut |_, _| {}));
    report.findings.into_iter().filter(|finding| finding.breaks().is_some_and(|of| ours.contains(&of))).collect()
}

fn seen(desk: u16, sequence: u64) -> Finding {
    Finding::Seen { document: number(desk, sequence) }
}

/// Takes money off line 1 of a bill after so many came back.
fn off(desk: u16, of: &Bill, returned_before: Quantity, minor: i64, price: bool) -> Quote {
    let effect = Effect::Correct { bill: of.id, line: 1, returned_before, share: share(minor, 0), price };
    let mut quote = plain(if price { Job::CorrectPrice } else { Job::Goodwill }, desk, vec![effect]);
    if price {
        let kept = of.lines[0].quantity.minus(returned_before).unwrap();
        let (item, text) = ("ITEM1".into(), "White hanging heart 1".into());
        quote.lines = vec![QuoteLine { of: Some((of.id, 1)), item, text, quantity: kept, share: share(minor, 0), taxes: vec![] }];
    }
    quote
}

fn what_a_correction_saw_is_held_against_its_turn(on: On) {
    let sale = bill("till/1", vec![line(1, 10, 1990)]);
    let four = |quote: fn(&Bill) -> Quote| {
        let (mut books, sale) = (Books::new(on), sale.clone());
        books.write(|tx| {
            bills::put(tx, &sale)?;
            post(tx, refund(1, &sale, 4, 796))?;
            post(tx, quote(&sale))?;
            post(tx, refund(2, &sale, 1, 199))
        });
        books
    };
    assert_eq!(found(&mut four(|sale| off(1, sale, pieces(4), 100, true))), []);
    assert_eq!(found(&mut four(|sale| off(1, sale, pieces(4), 100, false))), []);
    assert_eq!(found(&mut four(|sale| off(1, sale, pieces(3), 100, false))), [seen(1, 2)]);
    assert_eq!(found(&mut four(|sale| off(1, sale, pieces(5), 100, true))), [seen(1, 2)]);
    let miscounted = |sale: &Bill| {
        let mut quote = off(1, sale, pieces(4), 100, true);
        quote.lines[0].quantity = pieces(5);
        quote
    };
    assert_eq!(found(&mut four(miscounted)), [seen(1, 2)]);
    let mut books = four(|sale| off(1, sale, pieces(4), 100, true));
    books.write(|tx| post(tx, off(2, &sale, pieces(5), 100, true)));
    assert_eq!(found(&mut books), [seen(2, 2)]);
    // Another desk's document takes the turn of the correction.
    let books = &mut four(|sale| off(1, sale, pieces(4), 100, false));
    books.damage("UPDATE line_event SET place = 9 WHERE place = 2");
    books.damage("UPDATE line_event SET place = 2 WHERE place = 3");
    books.damage("UPDATE line_event SET place = 3 WHERE place = 9");
    assert_eq!(found(books), [seen(1, 2)]);
}

fn a_till_s_returns_may_have_been_seen_or_not(on: On) {
    let sale = bill("till/1", vec![line(1, 10, 1990)]);
    let back = bill("till/2", vec![returning(&sale, 1, 2, 398)]);
    for (before, wrong) in [
        ([2, 2], vec![]),
        ([2, 4], vec![]),
        ([3, 3], vec![]),
        ([4, 3], vec![seen(1, 3)]),
        ([5, 5], vec![seen(1, 2), seen(1, 3)]),
        ([1, 2], vec![seen(1, 2)]),
    ] {
        let mut books = Books::new(on);
        books.write(|tx| {
            bills::put(tx, &sale)?;
            bills::put(tx, &back)?;
            post(tx, refund(1, &sale, 2, 398))?;
            post(tx, off(1, &sale, pieces(before[0]), 10, false))?;
            post(tx, off(1, &sale, pieces(before[1]), 11, false))
        });
        assert_eq!(found(&mut books), wrong, "{before:?}");
    }
}

fn what_is_undone_must_have_stood(on: On) {
    let sale = bill("till/1", vec![line(1, 10, 1990)]);
    let undo = |returned_before, minor: i64, undone: u64, total: i64| {
        let share = share(-minor, 0);
        let effect = Effect::Correct { bill: sale.id, line: 1, returned_before, share, price: true };
        let mut quote = plain(Job::Void, 1, vec![effect, Effect::MarkVoided { document: number(1, undone) }]);
        quote.total = eur().minor(total);
        quote
    };
    for (undoing, wrong) in [
        (undo(pieces(0), 100, 1, 0), vec![]),
        (undo(pieces(0), 99, 1, 0), vec![seen(1, 2)]),
        (undo(pieces(1), 100, 1, 0), vec![seen(1, 2)]),
        (undo(pieces(0), 100, 1, -100), vec![seen(1, 2)]),
        (undo(pieces(0), 100, 2, 0), vec![seen(1, 2)]),
    ] {
        let mut books = Books::new(on);
        books.write(|tx| {
            bills::put(tx, &sale)?;
            post(tx, off(1, &sale, pieces(0), 100, true))?;
            post(tx, undoing.clone())?;
            // Undone, so that it may be corrected again where that undoing was right.
            post(tx, refund(1, &sale, 1, 199))
        });
        let found = found(&mut books);
        assert_eq!(found, wrong, "{undoing:?}");
    }
}

const RULES: &str = include_str!("../../resources/presets/club.toml");

fn staff(no: StaffNo, role: Role) -> Effect {
    let (name, language) = (format!("Person {no}"), "en".into());
    Effect::SetStaff { staff: Staff { no, name, role, language, active: true, member: None } }
}

/// Books under the rules of a club, with a clerk and a lead whom desk 9 hired.
fn club(on: On) -> Books {
    let mut books = Books::new(on);
    books.write(|tx| {
        policy::add(tx, RULES, Digest::of(RULES.as_bytes()), date(2026, 1, 1))?;
        post(tx, ruled(plain(Job::SetStaff, 9, vec![staff(CLERK, Role::Clerk), staff(LEAD, Role::Lead)])))
    });
    books
}

fn ruled(mut quote: Quote) -> Quote {
    quote.policy = PolicyMark { name: "club".into(), version: 1, hash: Digest::of(RULES.as_bytes()) };
    quote
}

/// What one document gives: desk, job, euros, day of November, for the member or nobody.
type Gives = (u16, Job, i64, i8);

fn gives((desk, job, euros, day): Gives) -> Quote {
    let mut quote = ruled(plain(job, desk, vec![]));
    quote.subject.member = Some(MEMBER);
    (quote.total, quote.business_date) = (eur().minor(euros * 100), date(2026, 11, day));
    quote
}

/// Posts it with somebody's word on it.
fn with_word(tx: &mut Tx<'_>, quote: Quote, by: StaffNo, role: Role, own: bool) -> Result<Document, StoreError> {
    let mut document = made(document::ask_next(tx, quote.desk)?.answer(tx)?.number, quote);
    document.approval = Some(ApprovalMark { by, role, at: document.at, digest: document.paper, own });
    insert(tx, &document).map(|()| document)
}

fn past(desk: u16, sequence: u64) -> Finding {
    Finding::PastLimit { document: number(desk, sequence) }
}

fn what_clerks_gave_is_held_against_their_limits(on: On) {
    use Job::{CorrectPrice, Goodwill, Refund};
    let cases: Vec<(Vec<Gives>, Vec<Finding>)> = vec![
        (vec![(1, Refund, 50, 20)], vec![]),
        (vec![(1, Refund, 51, 20)], vec![past(1, 1)]),
        (vec![(1, Refund, 30, 20), (1, Refund, 20, 20)], vec![]),
        (vec![(1, Refund, 30, 20), (1, Refund, 21, 20)], vec![past(1, 2)]),
        (vec![(1, Refund, 30, 20), (1, Refund, 21, 21)], vec![]),
        (vec![(1, Refund, 50, 20), (1, CorrectPrice, 25, 20), (1, Goodwill, 25, 20)], vec![]),
        (vec![(1, CorrectPrice, 20, 20), (1, CorrectPrice, 6, 20)], vec![past(1, 2)]),
        (vec![(1, Goodwill, 20, 20), (1, Goodwill, 6, 20)], vec![past(1, 2)]),
        // A member's year.
        ((16..=20).map(|day| (1, Goodwill, 25, day)).collect(), vec![past(1, 5)]),
        ((16..=19).map(|day| (1, Goodwill, 25, day)).collect(), vec![]),
    ];
    for (given, wrong) in cases {
        let mut books = club(on);
        books.write(|tx| given.iter().try_for_each(|of| post(tx, gives(*of)).map(drop)));
        assert_eq!(found(&mut books), wrong, "{given:?}");
    }
    // What was undone before counts no more; and whoever asks for others still counts for the clerk's own day.
    for (undo, other, wrong) in
        [(true, false, vec![]), (false, false, vec![past(1, 3)]), (false, true, vec![past(1, 3)]), (true, true, vec![])]
    {
        let mut books = club(on);
        books.write(|tx| {
            post(tx, gives((1, Goodwill, 20, 20)))?;
            let mut void = ruled(plain(Job::Void, 1, vec![Effect::MarkVoided { document: number(1, 1) }]));
            void.total = eur().minor(-2000);
            post(tx, if undo { void } else { ruled(plain(Job::OpenShift, 1, vec![])) })?;
            let mut third = gives((1, Goodwill, 20, 20));
            third.subject.member = (!other).then_some(MEMBER);
            post(tx, third)
        });
        assert_eq!(found(&mut books), wrong, "{undo} {other}");
    }
    // A document that says that more came together, or less than did.
    for (said, wrong) in [(60, vec![past(1, 2)]), (50, vec![]), (20, vec![past(1, 2)])] {
        let mut books = club(on);
        books.write(|tx| {
            post(tx, gives((1, Refund, 10, 20)))?;
            let mut quote = gives((1, Refund, 30, 20));
            let say = Saying::new("ruling-within-limit").with("amount", eur().minor(said * 100));
            quote.rulings = vec![Ruling::allowed("refund-limit", say)];
            post(tx, quote)
        });
        assert_eq!(found(&mut books), wrong, "{said}");
    }
}

fn desks_that_gave_too_much_together_are_named(on: On) {
    use Job::{Goodwill, Refund};
    let together = |desk, sequence| Finding::PastLimitTogether { document: number(desk, sequence) };
    let cases: Vec<(Vec<Gives>, Vec<Finding>)> = vec![
        (vec![(1, Refund, 30, 20), (2, Refund, 20, 20)], vec![]),
        (vec![(1, Refund, 30, 20), (2, Refund, 30, 20)], vec![together(2, 1)]),
        (vec![(1, Refund, 30, 20), (2, Refund, 30, 21)], vec![]),
        (vec![(1, Refund, 20, 20), (2, Refund, 20, 20), (3, Refund, 20, 20)], vec![together(3, 1)]),
        // The clerk's own day.
        (vec![(1, Goodwill, 15, 20), (2, Goodwill, 15, 20)], vec![together(2, 1)]),
    ];
    for (given, wrong) in cases {
        let mut books = club(on);
        books.write(|tx| given.iter().try_for_each(|of| post(tx, gives(*of)).map(drop)));
        assert_eq!(found(&mut books), wrong, "{given:?}");
    }
    // What was approved may have come last, and what was undone may have been so before.
    let mut books = club(on);
    books.write(|tx| {
        post(tx, gives((1, Refund, 30, 20)))?;
        with_word(tx, gives((2, Refund, 150, 20)), LEAD, Role::Lead, false)
    });
    assert_eq!(found(&mut books), []);
    let mut books = club(on);
    books.write(|tx| {
        post(tx, gives((1, Refund, 30, 20)))?;
        post(tx, gives((2, Refund, 30, 20)))?;
        let mut void = ruled(plain(Job::Void, 2, vec![Effect::MarkVoided { document: number(2, 1) }]));
        void.total = eur().minor(-3000);
        post(tx, void)
    });
    assert_eq!(found(&mut books), []);
    // One of them may have been a lead by then.
    let mut books = club(on);
    books.write(|tx| {
        post(tx, gives((1, Refund, 30, 20)))?;
        post(tx, gives((2, Refund, 30, 20)))?;
        post(tx, ruled(plain(Job::SetStaff, 9, vec![staff(CLERK, Role::Lead)])))
    });
    assert_eq!(found(&mut books), []);
}

fn who_approved_must_have_been_able_to(on: On) {
    let manager = StaffNo(1);
    let one = |euros, by, role, own| {
        let mut books = club(on);
        books.write(|tx| with_word(tx, gives((1, Job::Refund, euros, 20)), by, role, own));
        found(&mut books)
    };
    assert_eq!(one(150, LEAD, Role::Lead, false), []);
    assert_eq!(one(250, LEAD, Role::Lead, false), [past(1, 1)]);
    assert_eq!(one(250, manager, Role::Administrator, false), []);
    // Nobody ever made a manager of the lead, and a clerk's own word is none here.
    assert_eq!(one(250, LEAD, Role::Manager, false), [past(1, 1)]);
    assert_eq!(one(150, CLERK, Role::Lead, true), [past(1, 1)]);
    assert_eq!(one(150, LEAD, Role::Lead, true), [past(1, 1)]);
    let ruled_by = |ruling: Ruling, word: Option<Role>| {
        let mut books = club(on);
        books.write(|tx| {
            let mut quote = ruled(plain(Job::RotateKey, 1, vec![]));
            quote.rulings = vec![ruling.clone()];
            match word {
                Some(role) => with_word(tx, quote, if role == Role::Lead { LEAD } else { manager }, role, false),
                None => post(tx, quote),
            }
        });
        found(&mut books)
    };
    let asks = || Ruling::asks("manager", Role::Manager, Saying::new("x"));
    assert_eq!(ruled_by(asks(), Some(Role::Administrator)), []);
    assert_eq!(ruled_by(asks(), Some(Role::Lead)), [past(1, 1)]);
    assert_eq!(ruled_by(asks(), None), [past(1, 1)]);
    assert_eq!(ruled_by(Ruling::refused("manager", Saying::new("x")), Some(Role::Administrator)), [past(1, 1)]);
    // Rules that this desk had replaced are no longer in force.
    let mut books = club(on);
    let stricter = format!("{RULES}\n# stricter");
    books.write(|tx| {
        let hash = Digest::of(stricter.as_bytes());
        policy::add(tx, &stricter, hash, date(2026, 11, 20))?;
        post(tx, ruled(plain(Job::AdoptPolicy, 1, vec![Effect::AdoptPolicy { hash }])))?;
        post(tx, gives((2, Job::Refund, 10, 20)))?;
        post(tx, gives((1, Job::Refund, 10, 19)))?;
        post(tx, gives((1, Job::Refund, 10, 20)))
    });
    assert_eq!(found(&mut books), [past(1, 3)]);
}

fn person(given: &str, family: &str, phone: &str) -> Person {
    let (given, family, phone) = (given.to_owned(), family.to_owned(), phone.to_owned());
    Person { given, family, phone, email: "oie@example.ee".into(), ..Person::default() }
}

fn a_document_that_names_a_member_is_named(on: On) {
    let books_with = |reason: &str| {
        let mut books = club(on);
        let sale = bill("till/1", vec![line(1, 10, 1990)]);
        books.write(|tx| {
            bills::put(tx, &sale)?;
            members::put(tx, MEMBER, &person("Õie", "Saar-Tamm", "+372 5123 4567"), None, date(2026, 1, 1))?;
            // Called like goods, like a reason of the rules, and like somebody of the staff.
            let alike = [("White hanging", "Heart"), ("Changed", "Mind"), ("Maria", "Manager")];
            for (no, (given, family)) in (90..).zip(alike) {
                members::put(tx, MemberId(Uuid::from_u128(no)), &person(given, family, ""), None, date(2026, 1, 1))?;
            }
            let name = Staff { name: "Maria Manager".into(), ..hired() };
            post(tx, plain(Job::SetStaff, 1, vec![Effect::SetStaff { staff: name }]))?;
            let mut quote = off(1, &sale, pieces(0), 100, true);
            quote.reason = Some(reason.to_owned());
            quote.rulings = vec![Ruling::allowed("price", Saying::new("x").with("text", "White hanging heart 1"))];
            post(tx, quote)
        });
        found(&mut books)
    };
    for reason in ["Changed mind", "told by Maria Manager", "Saar came", "", "Õie Saare-Tamm"] {
        assert_eq!(books_with(reason), [], "{reason}");
    }
    for reason in ["for OIE SAAR TAMM", "Saar-Tamm, Õie", "write to oie@example.ee", "call +372 51234567"] {
        assert_eq!(books_with(reason), [Finding::Named { document: number(1, 2) }], "{reason}");
    }
}

fn hired() -> Staff {
    Staff { no: StaffNo(5), name: "Ann".into(), role: Role::Clerk, language: "en".into(), active: true, member: None }
}

const PAN: &str = "4111 1111 1111 1111";

fn card_numbers_are_found_wherever_people_type(on: On) {
    let mut books = club(on);
    let at = |place, of: &str| Finding::CardNumber { place, of: of.into() };
    let mut sale = bill("till/1", vec![line(1, 10, 1990), line(2, 1, 100)]);
    // Goods whose code passes the check by chance, and that are called by it.
    (sale.lines[1].item, sale.lines[1].text) = ("4111111111111111".into(), "4111111111111111".into());
    let mut other = bill("till/2", vec![line(1, 10, 1990)]);
    other.lines[0].text = format!("paid by {PAN}");
    other.lines[0].item = "OTHER".into();
    books.write(|tx| {
        bills::put(tx, &sale)?;
        members::put(tx, MEMBER, &person("Õie", "Saar", "+49 1511 2345673"), None, date(2026, 1, 1))?;
        post(tx, refund(1, &sale, 1, 199)).map(drop)
    });
    assert_eq!(found(&mut books), []);
    books.write(|tx| {
        bills::put(tx, &other)?;
        let mut settled = plain(Job::RecordPayout, 1, vec![]);
        let outcome = PayoutOutcome::Paid(format!("ref {PAN}"));
        settled.effects = vec![Effect::SettlePayout { document: number(1, 1), payout: 1, outcome }];
        let mut settled = made(document::ask_next(tx, DeskNo(1))?.answer(tx)?.number, settled);
        let note = Note { text: format!("card {PAN}"), salt: "7c0e5d5e-8a43-4c0e-9d0b-5f3a0c1d2e01".parse().unwrap() };
        settled.note = Some(note.sum());
        insert(tx, &settled)?;
        persons::keep_note(tx, settled.number, &note)?;
        let wrong = Person { address: PAN.replace(' ', "-"), ..person("Ann", "Tamm", "") };
        members::put(tx, MemberId(Uuid::from_u128(82)), &wrong, None, date(2026, 1, 1))?;
        courtesy::store::event::add(tx, DeskNo(1), None, "stopped", 1, &format!("x {PAN}"))
    });
    let mut named = found(&mut books);
    named.sort_by_key(|finding| format!("{finding:?}"));
    let mut expected = [
        at(CardPlace::Bill, "2"),
        at(CardPlace::Document, "1-000002"),
        at(CardPlace::Event, "1, 1"),
        at(CardPlace::Note, "1-000002"),
        at(CardPlace::Person, &MemberId(Uuid::from_u128(82)).to_string()),
    ];
    expected.sort_by_key(|finding| format!("{finding:?}"));
    assert_eq!(named, expected);
}

#[test]
fn a_breach_is_wrong_and_no_damage() {
    let breach = [past(1, 1), Finding::Named { document: number(1, 1) }];
    assert!(breach.iter().all(|finding| finding.is_breach() && !finding.is_damage() && !finding.is_note()));
    assert!(seen(1, 1).is_damage());
    // Nothing may hide in a document beside what is known of one.
    let document = made(number(1, 1), plain(Job::OpenShift, 1, vec![Effect::OpenShift]));
    let mut value = serde_json::to_value(&document).unwrap();
    assert!(serde_json::from_value::<Document>(value.clone()).is_ok());
    for place in ["", "/quote", "/quote/subject", "/quote/policy", "/number", "/at"] {
        let mut with = value.clone();
        if let Some(object) = with.pointer_mut(place).and_then(serde_json::Value::as_object_mut) {
            object.insert("said_by".into(), "Õie Saar".into());
            assert!(serde_json::from_value::<Document>(with).is_err(), "{place}");
        }
    }
    value["quote"]["reason"] = "Õie Saar".into();
    assert!(serde_json::from_value::<Document>(value).is_ok());
}
