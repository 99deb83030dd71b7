//! A computer's clock that jumps: what is booked then carries the right day, or nothing is booked.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use courtesy::desk::{Clock, Desk, DeskError, Outcome, Pin, Proof, ask};
use courtesy::domain::document::Document;
use courtesy::domain::ids::DeskNo;
use courtesy::domain::request::{
    AdoptPolicy, CloseShift, OpenShift, PayoutOutcome, ReAnchor, RecordPayout, RedeemCredit, Request, RotateKey, SetStaff, Void,
};
use courtesy::domain::ruling::Outcome as Verdict;
use courtesy::domain::staff::{Role, Staff};
use courtesy::store::staff;
use courtesy::store::verify::{Finding, verify};
use jiff::Timestamp;
use jiff::civil::Date;

use super::people::{ADMINISTRATOR, ANN, Hands, MANAGER, Practice, back, renew, right_price, sign_up, sorry};
use super::told;

/// How a clock jumps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Jump {
    /// To another moment, so many seconds away, from one look to the next.
    By(i64),
    /// To a moment.
    To(&'static str),
    /// Over a change of summer time: the zone, a moment shortly before it, and the day that is traded after it.
    Over(&'static str, &'static str, &'static str),
    /// At each look anew, away and back: also within a transaction.
    Within(i64),
}

const DAY_S: i64 = 86_400;

const JUMPS: [Jump; 10] = [
    Jump::By(-DAY_S),
    Jump::To("1970-01-01T00:00:00Z"),
    Jump::To("2038-01-19T03:14:08Z"),
    Jump::Over("Europe/Helsinki", "2027-03-28T00:50:00Z", "2027-03-28"),
    Jump::Over("Europe/Helsinki", "2027-10-31T00:50:00Z", "2027-10-30"),
    Jump::Over("America/New_York", "2027-03-14T06:50:00Z", "2027-03-13"),
    Jump::Over("America/New_York", "2027-11-07T05:50:00Z", "2027-11-06"),
    Jump::By(37 * 3_600),
    Jump::Within(-DAY_S),
    Jump::Within(50 * 3_600),
];

/// A clock that shows another moment at every second look.
struct Flickering {
    hands: Hands,
    by_s: i64,
    is_away: AtomicBool,
}

impl Clock for Flickering {
    fn now(&self) -> Timestamp {
        let away = self.is_away.fetch_xor(true, Ordering::SeqCst);
        let by = jiff::SignedDuration::from_secs(if away { self.by_s } else { 0 });
        self.hands.now().checked_add(by).unwrap()
    }
}

/// Every request there is, about things of today.
fn all(shop: &mut Practice) -> Vec<Request> {
    let mine = shop.post(ANN, back(&[(1, Some("1"))])).number;
    let due = shop.post(ANN, back(&[(1, Some("1"))])).number;
    let credit = shop.post(ANN, sorry("1.00 EUR")).credit.unwrap();
    let id = shop.desk.bill_named("536365").unwrap();
    let member = shop.desk.bill(id).unwrap().member.unwrap().id;
    let (name, language) = ("Liis".to_owned(), "en".to_owned());
    let staff = Staff { no: courtesy::domain::ids::StaffNo(9), name, role: Role::Clerk, language, active: true, member: None };
    let text = format!("{}# newer\n", courtesy::domain::preset::of("club").unwrap().text);
    vec![
        Request::OpenShift(OpenShift {}),
        back(&[(1, Some("1"))]),
        right_price("43.00"),
        sorry("1.00 EUR"),
        Request::RedeemCredit(RedeemCredit { credit, amount: None }),
        Request::Void(Void { document: mine }),
        Request::RecordPayout(RecordPayout { document: due, payout: 1, outcome: PayoutOutcome::Paid("T-9".into()) }),
        renew(member, "basic"),
        sign_up("Eeva", None),
        Request::SetStaff(SetStaff { staff }),
        Request::AdoptPolicy(AdoptPolicy { text }),
        Request::RotateKey(RotateKey {}),
        Request::CloseShift(CloseShift {}),
        Request::ReAnchor(ReAnchor { reason: "No".into() }),
    ]
}

/// What came of a request at a clock that had jumped.
#[derive(Debug)]
enum Came {
    /// Booked under this day and moment.
    Booked(Box<Document>),
    /// Refused with a sentence.
    Refused,
    /// It could not even be looked at.
    Unanswered(String),
}

/// Asks, with an administrator's word where one is needed; a word on the clock itself is not given.
fn came(shop: &mut Practice, request: &Request) -> Came {
    let envelope = ask(DeskNo(1), ANN, request.clone());
    let quoted = match shop.desk.quote(&envelope) {
        Ok(quoted) => quoted,
        Err(error) => return Came::Unanswered(error.to_string()),
    };
    let doubts = |quote: &courtesy::domain::document::Quote| {
        quote.rulings.iter().any(|ruling| ruling.rule == "clock" && ruling.outcome == Verdict::NeedsApproval(Role::Manager))
    };
    let needs_word = quoted.quote.verdict().asks().is_some() && !doubts(&quoted.quote);
    let word = needs_word.then(|| shop.desk.approve(ADMINISTRATOR, &shop.pin(ADMINISTRATOR), quoted.digest).unwrap());
    match shop.desk.post(&envelope, &Proof { seen: None, approved: word }) {
        Ok(Outcome::Posted(posted)) => Came::Booked(Box::new(posted.document)),
        Ok(Outcome::Stopped(now) | Outcome::Changed(now)) => {
            assert!(doubts(&now.quote) || now.quote.verdict() == Verdict::Refused, "{:?}", now.quote.rulings);
            Came::Refused
        }
        Err(error @ DeskError::ApprovalStale) if error.to_string().contains("nothing was booked") => Came::Refused,
        Err(error) => panic!("{request:?}: {error}"),
    }
}

fn confirmed(shop: &mut Practice) {
    let pin = shop.pin(ADMINISTRATOR);
    let maria = shop.desk.sign_in(ADMINISTRATOR, &pin).unwrap();
    shop.desk.confirm_clock(&maria).unwrap();
}

/// What a jump came to: booked and refused requests, and what was wrong with them.
#[derive(Default)]
struct Tally {
    booked: u64,
    refused: u64,
    wrong: Vec<String>,
}

/// Lets the clock jump and asks everything. With `is_believed` somebody says that the clock is right after it jumped: the control.
fn jumped(jump: Jump, is_believed: bool) -> Tally {
    let mut shop = Practice::open();
    let mut before = Duration::ZERO;
    if let Jump::Over(zone, at, _) = jump {
        shop.hands.set(at.parse().unwrap());
        shop.reopen_in(zone);
        confirmed(&mut shop);
        before = Duration::from_secs(20 * 60);
    }
    let requests = all(&mut shop);
    let today = match jump {
        Jump::Over(_, _, day) => day.parse().unwrap(),
        _ => shop.desk.today().unwrap(),
    };
    // Ten wrong PINs at another desk lock a person, but not this desk.
    let at_us = shop.desk.now().at_us;
    for _ in 0..10 {
        shop.desk.store().write(|tx| staff::record_attempt(tx, MANAGER, DeskNo(2), at_us, false)).unwrap();
    }
    let (last, from) = (shop.desk.now().at_us, shop.documents());
    match jump {
        Jump::By(seconds) => shop.hands.set(shop.hands.now().checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap()),
        Jump::To(at) => shop.hands.set(at.parse().unwrap()),
        Jump::Over(..) => shop.hands.turn(before),
        Jump::Within(by_s) => {
            let hands = shop.hands.clone();
            shop.reopen_with(Box::new(Flickering { hands, by_s, is_away: AtomicBool::new(true) }));
        }
    }
    if is_believed {
        confirmed(&mut shop);
    }
    let mut tally = Tally::default();
    let booked: Vec<Document> = requests.iter().filter_map(|request| counted(came(&mut shop, request), &mut tally)).collect();
    check(&mut shop, &booked, (today, last, from), &mut tally);
    let is_locked = matches!(shop.desk.sign_in(MANAGER, &Pin::new("345678")), Err(DeskError::Locked { .. }));
    if !is_locked && !matches!(jump, Jump::Over(..)) {
        tally.wrong.push("the lock was forgotten".to_owned());
    }
    tally
}

fn counted(came: Came, tally: &mut Tally) -> Option<Document> {
    match came {
        Came::Booked(document) => {
            tally.booked += 1;
            Some(*document)
        }
        Came::Refused => {
            tally.refused += 1;
            None
        }
        Came::Unanswered(why) => {
            tally.wrong.push(why);
            None
        }
    }
}

/// Day, moments, numbers, terms and chain of what was booked.
fn check(shop: &mut Practice, booked: &[Document], (today, mut last_us, from): (Date, i64, i64), tally: &mut Tally) {
    for (sequence, document) in (from + 1..).zip(booked) {
        let (date, at_us) = (document.quote.business_date, document.at.at_us);
        if date != today {
            tally.wrong.push(format!("{:?} is of {date} in place of {today}", document.quote.job));
        }
        if at_us < last_us || at_us - last_us > 36 * 3_600_000_000 {
            tally.wrong.push(format!("{:?} was posted {} s later", document.quote.job, (at_us - last_us) / 1_000_000));
        }
        if i64::try_from(document.number.sequence) != Ok(sequence) {
            tally.wrong.push(format!("{} in place of the {sequence}th", document.number));
        }
        if document.quote.term.as_ref().is_some_and(|change| change.term.start < today) {
            tally.wrong.push(format!("{:?} begins in the past", document.quote.job));
        }
        last_us = last_us.max(at_us);
    }
    let findings = shop.desk.store().read(|tx| verify(tx, None, &mut |_, _| {})).unwrap().findings;
    tally.wrong.extend(findings.iter().filter(|finding| !Finding::is_note(finding)).map(|finding| format!("{finding:?}")));
}

fn suspects(desk: &mut Desk) -> i64 {
    let sql = "SELECT COUNT(*) FROM event WHERE kind = 'clock suspect'";
    desk.store().read(|tx| tx.one(sql, &[])).unwrap().unwrap().int(0).unwrap()
}

#[test]
fn whatever_the_clock_says_the_day_is_right_or_nothing_is_booked() {
    let (mut booked, mut refused) = (0, 0);
    for jump in JUMPS {
        let tally = jumped(jump, false);
        assert!(tally.wrong.is_empty(), "{jump:?}: {:#?}", tally.wrong);
        let is_ahead = matches!(jump, Jump::By(1..) | Jump::To("2038-01-19T03:14:08Z"));
        match jump {
            _ if is_ahead => assert_eq!((tally.booked, tally.refused), (0, 14), "{jump:?}"),
            Jump::Within(1..) => assert_eq!(tally.booked + tally.refused, 14, "{jump:?}"),
            // There the day ends with the hour that is left out, and yesterday's cannot be voided any more.
            Jump::Over("Europe/Helsinki", _, "2027-03-28") => assert_eq!((tally.booked, tally.refused), (12, 2), "{jump:?}"),
            // Only the books' being adrift cannot be confirmed where they are not.
            _ => assert_eq!((tally.booked, tally.refused), (13, 1), "{jump:?}"),
        }
        booked += tally.booked;
        refused += tally.refused;
    }
    let control: usize = [Jump::By(-DAY_S), Jump::To("2038-01-19T03:14:08Z"), Jump::By(37 * 3_600)]
        .into_iter()
        .map(|jump| {
            let wrong = jumped(jump, true).wrong.len();
            assert!(wrong > 0, "{jump:?} is believed and nobody notices");
            wrong
        })
        .sum();
    let came = format!("{booked} booked under the right day, {refused} refused with a sentence; locks and chain hold");
    told("clock", booked + refused, &came, &format!("clocks that were believed: {control} faults seen"));
}

#[test]
fn a_jump_is_kept_as_suspect_once_and_a_manager_settles_a_long_weekend_once() {
    let mut shop = Practice::open();
    shop.hands.turn(Duration::from_secs(72 * 3_600));
    shop.reopen_in("Europe/Riga");
    assert!(shop.desk.clock_doubt().is_some());
    let envelope = ask(DeskNo(1), ANN, back(&[(1, Some("1"))]));
    let quoted = shop.desk.quote(&envelope).unwrap();
    assert_eq!(
        (quoted.quote.verdict(), quoted.quote.business_date.to_string().as_str()),
        (Verdict::NeedsApproval(Role::Manager), "2026-11-26")
    );
    assert!(matches!(shop.desk.post(&envelope, &Proof::default()).unwrap(), Outcome::Stopped(_)));
    assert!(matches!(shop.desk.post(&envelope, &Proof::default()).unwrap(), Outcome::Stopped(_)));
    assert_eq!(suspects(&mut shop.desk), 1);
    let word = shop.desk.approve(MANAGER, &Pin::new("345678"), quoted.digest).unwrap();
    let posted = shop.desk.post(&envelope, &Proof { seen: None, approved: Some(word) }).unwrap();
    assert!(matches!(posted, Outcome::Posted(_)));
    assert!(shop.desk.clock_doubt().is_none());
    let next = shop.post(ANN, back(&[(1, Some("1"))]));
    assert_eq!((next.approval, next.quote.business_date.to_string().as_str()), (None, "2026-11-26"));
    shop.reopen_in("Europe/Riga");
    assert!(shop.desk.clock_doubt().is_none());
}

#[test]
fn a_shop_that_began_under_a_wrong_clock_finds_its_way_back() {
    let mut shop = Practice::open();
    let right = shop.hands.now();
    shop.hands.set("2038-01-19T03:14:08Z".parse().unwrap());
    confirmed(&mut shop);
    let wrong = shop.post(ANN, back(&[(1, Some("1"))]));
    assert_eq!(wrong.quote.business_date.to_string(), "2038-01-19");
    shop.hands.set(right);
    shop.reopen_in("Europe/Riga");
    let still = shop.post(ANN, back(&[(1, Some("1"))]));
    assert_eq!((still.quote.business_date, suspects(&mut shop.desk)), (wrong.quote.business_date, 1));
    let ann = shop.pin(ANN);
    let ann = shop.desk.sign_in(ANN, &ann).unwrap();
    assert!(matches!(shop.desk.confirm_clock(&ann), Err(DeskError::MayNotApprove(ANN))));
    confirmed(&mut shop);
    shop.reopen_in("Europe/Riga");
    let settled = shop.post(ANN, back(&[(1, Some("1"))]));
    assert_eq!(settled.quote.business_date.to_string(), "2026-11-23");
    assert!(settled.number.sequence > still.number.sequence, "order is by number");
}
