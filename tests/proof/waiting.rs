//! A word that is asked for at another desk, on both engines.

use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use courtesy::desk::{Desk, DeskError, Heard, Outcome, Pin, Proof, ask, hire};
use courtesy::domain::digest::Digest;
use courtesy::domain::ids::{DeskNo, RequestId};
use courtesy::domain::request::{Envelope, Give, Goodwill, GoodwillTo, Request};
use courtesy::domain::staff::{Role, Staff};

use super::people::{ADMINISTRATOR, ANN, Guessed, MANAGER};
use super::{count, told};

/// How often a window looks.
const LOOK: Duration = courtesy::gui::LOOK;

fn sorry(amount: &str) -> Request {
    let (give, to) = (Give::Amount(amount.parse().unwrap()), GoodwillTo::StoreCredit);
    Request::Goodwill(Goodwill { bill: None, member: None, give, to, reason: None, note: None })
}

fn helena() -> Pin {
    Pin::new("345678")
}

/// A shop with a clerk, and desks 1 to 3.
fn shop(on_server: bool) -> (Guessed, [Desk; 3]) {
    let shop = Guessed::open(on_server);
    let mut desks = [1, 2, 3].map(|number| shop.desk(number));
    let staff = Staff { no: ANN, name: "Ann".into(), role: Role::Clerk, language: "en".into(), active: true, member: None };
    set(&mut desks[0], staff);
    (shop, desks)
}

fn set(desk: &mut Desk, staff: Staff) {
    let posted = desk.post(&ask(DeskNo(1), ADMINISTRATOR, hire(staff)), &Proof::default()).unwrap();
    assert!(matches!(posted, Outcome::Posted(_)));
}

/// Ann asks at the first desk for what she may not give alone, and lets it wait.
fn asked(desk: &mut Desk, amount: &str) -> (Envelope, Digest) {
    let envelope = ask(DeskNo(1), ANN, sorry(amount));
    let digest = desk.quote(&envelope).unwrap().digest;
    desk.ask_elsewhere(&envelope, digest).unwrap();
    (envelope, digest)
}

fn rows(desk: &mut Desk, request: RequestId) -> Vec<String> {
    let sql = "SELECT envelope FROM waiting WHERE request = ?1";
    let rows = desk.store().read(|tx| tx.query(sql, &[request.into()])).unwrap();
    rows.iter().map(|row| row.string(0).unwrap()).collect()
}

fn waits(on_server: bool) -> Duration {
    let (shop, [mut clerk, mut manager, mut other]) = shop(on_server);
    let mut longest = Duration::ZERO;
    // It shows at another desk, with the same quote; the word is given there, and the clerk posts.
    for _ in 0..2 {
        let (envelope, digest) = asked(&mut clerk, "40.00 EUR");
        let began = Instant::now();
        while manager.waiting().unwrap().is_empty() {
            thread::sleep(LOOK);
        }
        longest = longest.max(began.elapsed() + LOOK);
        assert_eq!(manager.waiting_quote(envelope.id).unwrap().1.digest, digest);
        assert_eq!(clerk.heard(envelope.id).unwrap(), Heard::Waiting);
        let wrong = manager.decide((MANAGER, &Pin::new("000001")), (envelope.id, digest), None);
        assert!(matches!(wrong, Err(DeskError::WrongPin(_))));
        manager.decide((MANAGER, &helena()), (envelope.id, digest), None).unwrap();
        assert_eq!(rows(&mut clerk, envelope.id), [""], "the request is gone when it is decided");
        let Heard::Approved(word) = clerk.heard(envelope.id).unwrap() else { panic!("not heard") };
        let other_desk = Envelope { desk: DeskNo(2), ..envelope.clone() };
        let elsewhere = other.post(&other_desk, &Proof { seen: None, approved: Some(word.clone()) });
        assert!(matches!(elsewhere, Err(DeskError::ApprovalStale)));
        let posted = clerk.post(&envelope, &Proof { seen: Some(digest), approved: Some(word) }).unwrap();
        assert!(matches!(posted, Outcome::Posted(posted) if posted.document.approval.as_ref().unwrap().by == MANAGER));
        assert!(rows(&mut clerk, envelope.id).is_empty());
    }
    // A refusal is heard with its reason, once.
    let (envelope, digest) = asked(&mut clerk, "41.00 EUR");
    manager.decide((MANAGER, &helena()), (envelope.id, digest), Some("Ask for the receipt")).unwrap();
    assert_eq!(clerk.heard(envelope.id).unwrap(), Heard::Refused { by: MANAGER, reason: "Ask for the receipt".into() });
    assert_eq!(clerk.heard(envelope.id).unwrap(), Heard::Expired);
    // The clerk changes it meanwhile: what was looked at is decided no more.
    let (mut envelope, digest) = asked(&mut clerk, "42.00 EUR");
    envelope.request = sorry("43.00 EUR");
    let now = clerk.quote(&envelope).unwrap().digest;
    assert!(matches!(clerk.ask_elsewhere(&envelope, digest), Err(DeskError::ApprovalStale)));
    clerk.ask_elsewhere(&envelope, now).unwrap();
    assert!(matches!(manager.decide((MANAGER, &helena()), (envelope.id, digest), None), Err(DeskError::ApprovalStale)));
    clerk.withdraw(envelope.id).unwrap();
    assert!(matches!(manager.decide((MANAGER, &helena()), (envelope.id, now), None), Err(DeskError::NoLongerWaits)));
    // Nobody decides about what they asked themselves, and who lost the role since has said nothing.
    let (envelope, digest) = asked(&mut clerk, "44.00 EUR");
    manager.decide((MANAGER, &helena()), (envelope.id, digest), None).unwrap();
    let Heard::Approved(word) = clerk.heard(envelope.id).unwrap() else { panic!("not heard") };
    let person =
        |active| Staff { no: MANAGER, name: "Helena".into(), role: Role::Manager, language: "en".into(), active, member: None };
    set(&mut clerk, person(false));
    let posted = clerk.post(&envelope, &Proof { seen: None, approved: Some(word) });
    assert!(matches!(posted, Err(DeskError::MayNotApprove(MANAGER))));
    set(&mut clerk, person(true));
    // A word that is written into the books without a PIN is none.
    let (envelope, _) = asked(&mut clerk, "45.00 EUR");
    shop.damage(
        "UPDATE waiting SET state = 'approved', decided_by = 4, decided_us = asked_us, envelope = '' WHERE state = 'waiting'",
    );
    assert!(matches!(clerk.heard(envelope.id), Err(DeskError::ApprovalStale)));
    // What nobody decides goes, and nothing of it stays.
    let (envelope, digest) = asked(&mut clerk, "46.00 EUR");
    shop.hands.turn(Duration::from_secs(11 * 60));
    assert!(matches!(manager.decide((MANAGER, &helena()), (envelope.id, digest), None), Err(DeskError::NoLongerWaits)));
    assert!(manager.waiting().unwrap().is_empty());
    assert_eq!((clerk.heard(envelope.id).unwrap(), rows(&mut clerk, envelope.id).len()), (Heard::Expired, 0));
    longest
}

/// Two who decide at once: one does, and the other is told so.
fn races(on_server: bool) -> u32 {
    let (shop, [mut clerk, mut one, mut other]) = shop(on_server);
    let rounds = count(25);
    for _ in 0..rounds {
        shop.hands.turn(Duration::from_secs(60));
        let (envelope, digest) = asked(&mut clerk, "40.00 EUR");
        let start = Barrier::new(2);
        let decide = |desk: &mut Desk, no, pin: &str, refused| {
            start.wait();
            desk.decide((no, &Pin::new(pin)), (envelope.id, digest), refused)
        };
        let (first, second) = thread::scope(|scope| {
            let first = scope.spawn(|| decide(&mut one, MANAGER, "345678", None));
            let second = decide(&mut other, ADMINISTRATOR, "271828", Some("No"));
            (first.join().unwrap(), second)
        });
        let lost = [&first, &second].into_iter().filter(|came| matches!(came, Err(DeskError::NoLongerWaits))).count();
        assert_eq!((lost, first.is_ok()), (1, second.is_err()), "{first:?} {second:?}");
        let heard = clerk.heard(envelope.id).unwrap();
        assert_eq!(matches!(heard, Heard::Approved(_)), first.is_ok(), "{heard:?}");
        clerk.withdraw(envelope.id).unwrap();
    }
    rounds
}

#[test]
fn a_word_is_given_at_another_desk_and_counts_as_one_given_here() {
    for on_server in [false, true] {
        let longest = waits(on_server);
        assert!(longest < Duration::from_secs(1), "{longest:?}");
        let rounds = races(on_server);
        let fault = if on_server { "approvals at other desks, PostgreSQL" } else { "approvals at other desks, SQLite" };
        let came = format!("shown after {} ms; of two who decide at once one did", longest.as_millis());
        told(fault, rounds.into(), &came, "a word written into the books without a PIN");
    }
}
