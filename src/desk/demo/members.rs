//! The members of the practice shop, each with a card and the terms of some years.

use jiff::civil::Date;

use super::{Practice, pick, random_id};
use crate::desk::DeskError;
use crate::desk::progress::Steps;
use crate::domain::calendar::days_later;
use crate::domain::ids::{CardNumber, MemberId};
use crate::domain::member::Person;
use crate::domain::membership::{Plan, next_term};
use crate::store::{Tx, member};

/// How many there are.
pub(super) const MEMBERS: u32 = 240;
/// The first few are the people of the drawings, so that a trainer can name them.
const DRAWN: u32 = 4;

/// Makes them.
pub(super) fn make(
    tx: &mut Tx<'_>,
    practice: &Practice,
    plans: &[Plan],
    random: &mut fastrand::Rng,
    today: Date,
    steps: &mut Steps<'_>,
) -> Result<Vec<MemberId>, DeskError> {
    (0..MEMBERS)
        .map(|nth| {
            steps.done(1);
            one(tx, practice, plans, random, today, nth)
        })
        .collect()
}

fn one(
    tx: &mut Tx<'_>,
    practice: &Practice,
    plans: &[Plan],
    random: &mut fastrand::Rng,
    today: Date,
    nth: u32,
) -> Result<MemberId, DeskError> {
    let person = person(practice, random, today, nth)?;
    let id = MemberId(random_id(random));
    let since = days_later(today, -random.i32(5..1_400))?;
    member::put(tx, id, &person, None, since)?;
    let serial = member::next_card_serial(tx)?;
    member::issue_card(tx, id, CardNumber::from_serial(serial)?)?;
    let plan = pick(random, plans)?;
    let mut last = None;
    let mut pay = since;
    while pay <= today {
        let (term, _) = next_term(plan, last.as_ref(), pay)?;
        member::import_term(tx, id, &term)?;
        let Some(end) = term.end else { break };
        last = Some(term);
        // One in eight forgets to renew.
        if random.u8(0..8) == 0 && nth >= DRAWN {
            break;
        }
        pay = end;
    }
    Ok(id)
}

fn person(practice: &Practice, random: &mut fastrand::Rng, today: Date, nth: u32) -> Result<Person, DeskError> {
    let name = |list: &[String], random: &mut fastrand::Rng| -> Result<String, DeskError> {
        let drawn = usize::try_from(nth).ok().filter(|_| nth < DRAWN).and_then(|nth| list.get(nth));
        drawn.map_or_else(|| pick(random, list).cloned(), |name| Ok(name.clone()))
    };
    let (given, family) = (name(&practice.given, random)?, name(&practice.family, random)?);
    let (street, city) = (pick(random, &practice.streets)?, pick(random, &practice.cities)?);
    Ok(Person {
        email: format!("member{nth}@example.com"),
        phone: format!("2{:07}", random.u32(0..10_000_000)),
        address: format!("{street} {}, {city}", random.u8(1..120)),
        born: Some(days_later(today, -random.i32(7_000..29_000))?),
        given,
        family,
    })
}
