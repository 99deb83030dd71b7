//! Desks that press Enter together.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use super::ground::{CLERK, Ground, MANAGER};
use super::{Check, Trial, What, unplain};
use crate::desk::{Desk, DeskError, Outcome, Proof, ask};
use crate::domain::digest::Digest;
use crate::domain::ids::{DeskNo, StaffNo};
use crate::domain::request::{Envelope, Give, Goods, Goodwill, GoodwillTo, LinePart, RedeemCredit, Refund, Request};

type Answer = Result<Outcome, DeskError>;

/// The number that desks share when they race for a counter.
const SHARED: DeskNo = DeskNo(901);

/// One round of a race; what went wrong in it.
pub(super) fn round(what: What, ground: &Ground, desks: &mut [Desk]) -> Result<Vec<String>, DeskError> {
    match what {
        What::Credit => credit(ground, desks),
        What::Approval | What::Request => same(ground, desks, what == What::Approval),
        What::Limit => limit(ground, desks),
        _ => line(ground, desks),
    }
}

/// Gives one line of a bill back.
pub(super) fn give_back(bill: &str, line: u32) -> Request {
    let goods = Goods::Lines { bill: bill.to_owned(), lines: vec![LinePart { line, quantity: None }] };
    Request::Refund(Refund { goods, to: None, reason: None, condition: None, seen: None, note: None })
}

fn first(desks: &mut [Desk]) -> Result<&mut Desk, DeskError> {
    desks.first_mut().ok_or(DeskError::Gone)
}

/// Every desk asks for its own request, with what its clerk saw before anybody posted.
fn asked(
    desks: &mut [Desk],
    by: StaffNo,
    request: impl Fn(u32) -> Request,
) -> Result<Vec<(Envelope, Option<Digest>)>, DeskError> {
    let ask_at = |(no, desk): (u32, &mut Desk)| {
        let envelope = ask(desk.number(), by, request(no));
        let seen = desk.quote(&envelope)?.digest;
        Ok((envelope, Some(seen)))
    };
    (1..).zip(desks).map(ask_at).collect()
}

/// Every desk posts at the same moment.
fn together(desks: &mut [Desk], asked: &[(Envelope, Proof)]) -> Vec<Answer> {
    let start = &Barrier::new(desks.len());
    thread::scope(|scope| {
        let mut running = Vec::new();
        for (desk, (envelope, proof)) in desks.iter_mut().zip(asked) {
            running.push(scope.spawn(move || {
                start.wait();
                desk.post(envelope, proof)
            }));
        }
        running.into_iter().map(|desk| desk.join().unwrap_or(Err(DeskError::Gone))).collect()
    })
}

fn seen(asked: Vec<(Envelope, Option<Digest>)>) -> Vec<(Envelope, Proof)> {
    asked.into_iter().map(|(envelope, seen)| (envelope, Proof { seen, approved: None })).collect()
}

/// One desk alone may have booked, and the others were told why in plain words.
fn one_alone(answers: &[Answer]) -> Vec<String> {
    let mut wrong: Vec<String> = answers.iter().filter_map(|answer| answer.as_ref().err()).filter_map(unplain).collect();
    let booked = answers.iter().filter(|answer| matches!(answer, Ok(Outcome::Posted(_)))).count();
    if booked != 1 {
        wrong.push(format!("{booked} of {} desks booked it", answers.len()));
    }
    let unsaid = |answer: &&Answer| match answer {
        Ok(Outcome::Changed(now) | Outcome::Stopped(now)) => now.quote.rulings.is_empty(),
        _ => false,
    };
    let unsaid = answers.iter().filter(unsaid).count();
    if unsaid > 0 {
        wrong.push(format!("{unsaid} desks were not told what changed"));
    }
    wrong
}

fn line(ground: &Ground, desks: &mut [Desk]) -> Result<Vec<String>, DeskError> {
    let bill = ground.bill(first(desks)?, &[100])?;
    let asked = asked(desks, CLERK, |_| give_back(&bill, 1))?;
    Ok(one_alone(&together(desks, &seen(asked))))
}

/// Each desk gives back another line, all of the clerk's limit: together only one may.
fn limit(ground: &Ground, desks: &mut [Desk]) -> Result<Vec<String>, DeskError> {
    let lines = vec![100; desks.len()];
    let bill = ground.bill(first(desks)?, &lines)?;
    let asked = asked(desks, CLERK, |no| give_back(&bill, no))?;
    Ok(one_alone(&together(desks, &seen(asked))))
}

fn credit(ground: &Ground, desks: &mut [Desk]) -> Result<Vec<String>, DeskError> {
    let desk = first(desks)?;
    let bill = ground.bill(desk, &[500])?;
    let give = Give::Amount(desk.shop().currency.minor(500));
    let apology = Goodwill { bill: Some(bill), member: None, give, to: GoodwillTo::StoreCredit, reason: None, note: None };
    let issued = desk.post(&ask(desk.number(), MANAGER, Request::Goodwill(apology)), &Proof::default())?;
    let Outcome::Posted(issued) = issued else { return Ok(vec!["the credit was not issued".to_owned()]) };
    let Some(credit) = issued.document.credit else { return Ok(vec!["the credit has no code".to_owned()]) };
    let asked = asked(desks, CLERK, |_| Request::RedeemCredit(RedeemCredit { credit, amount: None }))?;
    Ok(one_alone(&together(desks, &seen(asked))))
}

/// The same request, on one approval or without, from every desk: all get the one document.
fn same(ground: &Ground, desks: &mut [Desk], approved: bool) -> Result<Vec<String>, DeskError> {
    let count = desks.len();
    let desk = first(desks)?;
    let bill = ground.bill(desk, &[if approved { 5000 } else { 100 }])?;
    let envelope = ask(desk.number(), CLERK, give_back(&bill, 1));
    let mut proof = Proof::default();
    if approved {
        let digest = desk.quote(&envelope)?.digest;
        proof.approved = Some(desk.approve(MANAGER, &Ground::pin(), digest)?);
    }
    let answers = together(desks, &vec![(envelope, proof); count]);
    let mut wrong: Vec<String> = answers.iter().filter_map(|answer| answer.as_ref().err()).map(ToString::to_string).collect();
    let posted = |answer: Answer| match answer {
        Ok(Outcome::Posted(posted)) => Some((posted.document.number, posted.again)),
        _ => None,
    };
    let posted: Vec<_> = answers.into_iter().filter_map(posted).collect();
    let numbers: BTreeSet<_> = posted.iter().map(|(number, _)| *number).collect();
    let new = posted.iter().filter(|(_, again)| !again).count();
    if (posted.len(), numbers.len(), new) != (count, 1, 1) {
        wrong.push(format!("{count} desks got {} answers with {} documents, {new} of them new", posted.len(), numbers.len()));
    }
    Ok(wrong)
}

/// Desks with one number post as fast as they can: its numbers have no gaps.
pub(super) fn counter(ground: &Ground, trial: Trial) -> Result<Check, DeskError> {
    let mut check = Check::of(What::Counter);
    let mut desks = (0..trial.desks).map(|_| ground.desk(SHARED, ground.address())).collect::<Result<Vec<_>, DeskError>>()?;
    let mut numbers = BTreeSet::new();
    for _ in 0..trial.rounds {
        check.tried += 1;
        let mut asked = Vec::new();
        for _ in 0..desks.len() {
            let bill = ground.bill(first(&mut desks)?, &[100])?;
            asked.push((ask(SHARED, CLERK, give_back(&bill, 1)), Proof::default()));
        }
        for answer in together(&mut desks, &asked) {
            match answer {
                Ok(Outcome::Posted(posted)) => drop(numbers.insert(posted.document.number.sequence)),
                Ok(_) => check.wrong.push("a desk was stopped".to_owned()),
                Err(error) => check.wrong.push(error.to_string()),
            }
        }
    }
    let wanted = u64::from(trial.rounds) * u64::from(trial.desks);
    if numbers != (1..=wanted).collect() {
        check.wrong.push(format!("of {wanted} numbers {} are there", numbers.len()));
    }
    Ok(check)
}
