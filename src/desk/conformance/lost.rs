//! Answers that never come: the desk asks again, and each request is booked once.

use super::ground::{CLERK, Ground};
use super::proxy::{Break, Proxy};
use super::race::give_back;
use super::{Check, Trial, What};
use crate::desk::{DeskError, Outcome, Proof, ask};
use crate::domain::ids::DeskNo;
use crate::store::document;

/// The desk whose answers are lost.
const DESK: DeskNo = DeskNo(902);

/// Breaks the link around COMMIT, again and again.
pub(super) fn answers(ground: &Ground, trial: Trial) -> Result<Check, DeskError> {
    let mut check = Check::of(What::Answer);
    if trial.losses == 0 {
        return Ok(check);
    }
    let proxy = match ground.address().first_host().map(Proxy::to) {
        Some(Ok(proxy)) => proxy,
        Some(Err(error)) => return Ok(untried(check, &error.to_string())),
        None => return Ok(untried(check, "the address names no host of a network")),
    };
    if ground.address().is_private() {
        return Ok(untried(check, "nothing can be seen of a private link; try again with sslmode=disable on a safe network"));
    }
    let mut desk = ground.desk(DESK, &ground.address().through(proxy.port()))?;
    let mut beside = ground.desk(DeskNo(1), ground.address())?;
    for (no, way) in (1_u64..=u64::from(trial.losses)).zip(Break::ALL.into_iter().cycle()) {
        check.tried += 1;
        let bill = ground.bill(&mut beside, &[100])?;
        let envelope = ask(DESK, CLERK, give_back(&bill, 1));
        proxy.arm(way);
        let answer = desk.post(&envelope, &Proof::default());
        if !proxy.disarm() {
            check.wrong.push(format!("the link did not break ({way:?})"));
        }
        match answer {
            Ok(Outcome::Posted(posted)) if posted.document.number.sequence == no => {}
            Ok(Outcome::Posted(posted)) => {
                check.wrong.push(format!("{way:?}: document {} in place of the {no}th", posted.document.number));
            }
            Ok(_) => check.wrong.push(format!("{way:?}: it was stopped")),
            Err(error) => check.wrong.push(format!("{way:?}: {error}")),
        }
        let kept = beside.store().read(|tx| document::by_request(tx, envelope.id).map_err(DeskError::from))?;
        if kept.is_none() {
            check.wrong.push(format!("{way:?}: an acknowledged document is not there"));
        }
    }
    Ok(check)
}

fn untried(mut check: Check, why: &str) -> Check {
    check.wrong.push(format!("not tried: {why}"));
    check
}
