//! Asking a second person at another desk. A clerk lets a request wait; whoever may approve it sees the same quote at their own desk
//! and gives or refuses their word with their PIN; the clerk, who has goods and money in hand, posts. A word that was given is marked
//! with the secret beside the database, so that nobody forges one in it.

use super::facts::is_about;
use super::pepper::of;
use super::post::Quoted;
use super::{Approved, Desk, DeskError, Pin};
use crate::domain::calendar::Moment;
use crate::domain::digest::{Digest, canonical};
use crate::domain::ids::{RequestId, StaffNo};
use crate::domain::payment_card;
use crate::domain::request::Envelope;
use crate::store::outside::Pepper;
use crate::store::waiting::{self, Decided};
use crate::store::{event, staff};

pub use crate::store::waiting::Waiting;

/// Microseconds for which a request waits: ten minutes.
const WAIT_US: i64 = 10 * 60 * 1_000_000;
const MINUTE_US: i64 = 60_000_000;

/// What the clerk who asked hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Nothing yet.
    Waiting,
    /// The word was given.
    Approved(Approved),
    /// It was refused.
    Refused {
        /// By whom.
        by: StaffNo,
        /// Why.
        reason: String,
    },
    /// Nobody decided in time.
    Expired,
}

impl Desk {
    /// Lets a request wait for a second person at another desk.
    ///
    /// # Errors
    /// When nobody's word is needed or helps, the quote is another one than the clerk saw, or it is about the desk itself.
    pub fn ask_elsewhere(&mut self, envelope: &Envelope, seen: Digest) -> Result<(), DeskError> {
        self.may_write()?;
        let quoted = self.quote(envelope)?;
        let role = quoted.quote.verdict().asks().filter(|_| quoted.digest == seen && envelope.request.job().may_wait());
        let role = role.ok_or(DeskError::ApprovalStale)?;
        let kept = Envelope { approval: None, ..envelope.clone() };
        let text = serde_json::to_string(&kept).map_err(|error| DeskError::Paper(error.to_string()))?;
        let asked_us = self.now().at_us;
        let waiting = Waiting {
            request: envelope.id,
            digest: quoted.digest,
            desk: envelope.desk,
            clerk: envelope.clerk,
            job: envelope.request.job(),
            role,
            amount: quoted.quote.to_move()?,
            asked_us,
            until_us: asked_us.saturating_add(WAIT_US),
        };
        self.store.write_twice(|tx| {
            waiting::remove_expired(tx, asked_us)?;
            Ok(waiting::put(tx, &waiting, &text)?)
        })
    }

    /// What waits for a second person, the oldest first. What waited too long goes.
    pub fn waiting(&mut self) -> Result<Vec<Waiting>, DeskError> {
        let now_us = self.now().at_us;
        let look =
            |tx: &mut crate::store::Tx<'_>| Ok::<_, DeskError>((waiting::list(tx, now_us)?, waiting::has_expired(tx, now_us)?));
        let (waits, has_expired) = self.store.read(look)?;
        if has_expired && self.read_only().is_none() && !self.store.only_looks() {
            self.store.write_twice(|tx| waiting::remove_expired(tx, now_us).map_err(DeskError::from))?;
        }
        Ok(waits)
    }

    /// One that waits, as the clerk who asks sees it now.
    pub fn waiting_quote(&mut self, request: RequestId) -> Result<(Envelope, Quoted), DeskError> {
        let now_us = self.now().at_us;
        let missing = || DeskError::NoLongerWaits;
        let (_, text) = self.store.read(|tx| waiting::load(tx, request, now_us)?.ok_or_else(missing))?;
        let envelope: Envelope = serde_json::from_str(&text).map_err(|error| DeskError::Paper(error.to_string()))?;
        let quoted = self.quote(&envelope)?;
        Ok((envelope, quoted))
    }

    /// Gives a word on one that waits, or refuses it with a reason, by PIN. Of two who decide at once, one does.
    ///
    /// # Errors
    /// When the person may not, or it waits no more, or is not what was looked at.
    pub fn decide(
        &mut self,
        (no, pin): (StaffNo, &Pin),
        (request, seen): (RequestId, Digest),
        refused: Option<&str>,
    ) -> Result<(), DeskError> {
        self.may_write()?;
        let by = self.approve(no, pin, seen)?;
        let (envelope, quoted) = self.waiting_quote(request)?;
        if quoted.digest != seen {
            return Err(DeskError::ApprovalStale);
        }
        let (desk, at_us, pepper) = (self.number, by.at.at_us, of(self.store.outside())?);
        let role = quoted.quote.verdict().asks().ok_or(DeskError::ApprovalStale)?;
        let good_us = self.policy()?.approvals.minutes.saturating_mul(MINUTE_US);
        let mark = mark(&pepper, request, &by)?;
        let decided = match refused {
            None => Decided::Approved { by: no, digest: seen, at_us, mark: Some(mark) },
            Some(reason) => {
                Decided::Refused { by: no, reason: payment_card::mask(&reason.trim().chars().take(200).collect::<String>()) }
            }
        };
        let until_us = at_us.saturating_add(if refused.is_some() { WAIT_US } else { good_us });
        let (when, currency) = (self.when(&envelope)?, self.shop.currency);
        let Self { store, policies, .. } = self;
        let decided = store.write_twice(|tx| {
            let person = staff::load(tx, no)?.filter(|person| person.active && person.role.may_approve(role));
            let person = person.filter(|person| person.no != envelope.clerk).ok_or(DeskError::MayNotApprove(no))?;
            let gathered = super::facts::gather(tx, policies, currency, &envelope, &when)?;
            if refused.is_none() && is_about(tx, &gathered.facts, &person)? {
                return Err(DeskError::OwnInterest(no));
            }
            if !waiting::decide(tx, request, seen, &decided, until_us)? {
                return Err(DeskError::NoLongerWaits);
            }
            let kind = if refused.is_some() { "approval denied" } else { "approval given" };
            Ok(event::add(tx, desk, Some(no), kind, at_us, &format!("{} {request}", envelope.request.job().name()))?)
        });
        self.noticed(decided)
    }

    /// What became of a request that waits.
    pub fn heard(&mut self, request: RequestId) -> Result<Heard, DeskError> {
        let now_us = self.now().at_us;
        let decided = self.store.read(|tx| waiting::decided(tx, request, now_us).map_err(DeskError::from))?;
        Ok(match decided {
            None => Heard::Expired,
            Some(Decided::Waiting) => Heard::Waiting,
            Some(Decided::Refused { by, reason }) => {
                self.withdraw(request)?;
                Heard::Refused { by, reason }
            }
            Some(Decided::Approved { by, digest, at_us, mark: kept }) => {
                let approved = Approved { by, digest, at: Moment { at_us, offset_min: self.now().offset_min } };
                if kept != Some(mark(&of(self.store.outside())?, request, &approved)?) {
                    return Err(DeskError::ApprovalStale);
                }
                Heard::Approved(approved)
            }
        })
    }

    /// Takes a request back that waits.
    pub fn withdraw(&mut self, request: RequestId) -> Result<(), DeskError> {
        self.store.write_twice(|tx| waiting::remove(tx, request).map_err(DeskError::from))
    }
}

/// What only who has the shop's secret makes of a word.
fn mark(pepper: &Pepper, request: RequestId, word: &Approved) -> Result<Digest, DeskError> {
    let inner = Digest::of(pepper.secret()).after(&canonical(&(request, word.by, word.digest, word.at.at_us))?);
    Ok(Digest::of(pepper.secret()).after(&inner.0))
}
