//! Signing in and approving: by PIN, with wrong tries counted across restarts.

use super::pepper::{self, keep, lost, of, recovered};
use super::pin::Check;
use super::{Desk, DeskError, Pin, RecoveryCode};
use crate::domain::calendar::Moment;
use crate::domain::digest::Digest;
use crate::domain::ids::{DeskNo, DocumentNumber, StaffNo};
use crate::domain::staff::{Role, Staff, locked_until};
use crate::planted::planted;
use crate::store::outside::{Outside, Pepper};
use crate::store::sealed::{self, Thing};
use crate::store::{Tx, event, shop, staff};

/// The setting that holds the hash of the recovery code.
pub(super) const RECOVERY: &str = "recovery";
const MINUTE_US: i64 = 60_000_000;

/// A person who has shown the right PIN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub staff: Staff,
}

/// A second person's word on exactly one quote, given with the right PIN. Only this room can make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    pub(super) by: StaffNo,
    pub(super) digest: Digest,
    pub(super) at: Moment,
}

impl Approved {
    /// Who gave it.
    pub fn by(&self) -> StaffNo {
        self.by
    }
}

impl Desk {
    /// Everybody who may sign in, by number.
    pub fn people(&mut self) -> Result<Vec<Staff>, DeskError> {
        let all = self.store.read(|tx| staff::list(tx).map_err(DeskError::from))?;
        Ok(all.into_iter().filter(|person| person.active).collect())
    }

    /// Signs a person in.
    pub fn sign_in(&mut self, no: StaffNo, pin: &Pin) -> Result<SignedIn, DeskError> {
        Ok(SignedIn { staff: self.prove(no, pin, None)? })
    }

    /// Takes a second person's word on one quote.
    pub fn approve(&mut self, no: StaffNo, pin: &Pin, digest: Digest) -> Result<Approved, DeskError> {
        let person = self.prove(no, pin, Some(self.number))?;
        if person.role < Role::Lead {
            return Err(DeskError::MayNotApprove(no));
        }
        Ok(Approved { by: no, digest, at: self.now() })
    }

    /// Whether a person has a PIN.
    pub fn has_pin(&mut self, no: StaffNo) -> Result<bool, DeskError> {
        Ok(self.store.read(|tx| staff::pin_hash(tx, no).map_err(DeskError::from))?.is_some())
    }

    /// Gives a person a PIN. Managers do it for everybody up to their own role, and everybody for themselves.
    pub fn set_pin(&mut self, by: &SignedIn, no: StaffNo, pin: &Pin) -> Result<(), DeskError> {
        self.may_write()?;
        let by = by.staff.no;
        pin.check()?;
        if planted("a PIN cannot be set") {
            return Err(DeskError::Hash("planted".to_owned()));
        }
        let pepper = of(self.store.outside())?;
        let hashed = pin.hash(Some(&pepper))?;
        let (desk, at_us) = (self.number, self.now().at_us);
        self.store.write_twice(|tx| {
            let missing = || DeskError::NotFound { what: "staff", name: no.to_string() };
            let giver = staff::load(tx, by)?.ok_or_else(missing)?;
            let person = staff::load(tx, no)?.ok_or_else(missing)?;
            let may = giver.active && (by == no || (giver.role >= Role::Manager && giver.role >= person.role));
            if !may {
                return Err(DeskError::MayNotApprove(by));
            }
            staff::set_pin_hash(tx, no, &hashed)?;
            sealed::seal(tx, &pepper, Thing::Pin(no))?;
            Ok(event::add(tx, desk, Some(by), "pin given", at_us, &format!("person {no}"))?)
        })
    }

    /// Gives a person the PIN that came with a document, which stays booked where that cannot be done.
    pub fn set_pin_with(&mut self, document: DocumentNumber, by: &SignedIn, no: StaffNo, pin: &Pin) -> Result<(), DeskError> {
        self.set_pin(by, no, pin).map_err(|error| {
            // What an error says after that, that nothing was booked, is not so here.
            let said = error.to_string();
            let reason = said.split(';').next().unwrap_or_default().to_owned();
            DeskError::OnlyPinMissing { no, document, reason }
        })
    }

    /// Gives a manager a new PIN on the shop's recovery code, for when nobody who could give one is left, or when the pepper is not
    /// on this computer: the code brings it back. Nobody guesses it, so that wrong ones lock nobody; they are kept as events. A code that
    /// was written into the database by other means is none.
    pub fn recover(&mut self, code: &Pin, no: StaffNo, pin: &Pin) -> Result<(), DeskError> {
        pin.check()?;
        let at_us = self.now().at_us;
        let desk = self.number;
        let outside = self.store.outside().clone();
        let here = outside.pepper().ok().flatten();
        let (person, kept, is_sealed) = self.store.read(|tx| {
            here.as_ref().map_or(Ok(()), |pepper| pepper::must_be_own(tx, pepper, &outside))?;
            let is_sealed = here.as_ref().map_or(Ok(true), |pepper| sealed::holds(tx, pepper, Thing::Setting(RECOVERY)))?;
            Ok::<_, DeskError>((staff::load(tx, no)?, shop::setting(tx, RECOVERY)?, is_sealed))
        })?;
        if person.is_none_or(|person| !person.active || person.role < Role::Manager) {
            return Err(DeskError::MayNotApprove(no));
        }
        // The code's hash has no pepper, so that it still counts when the pepper is gone.
        let right = kept.map_or(Ok(Check::Wrong), |hash| code.against(&hash, None))? == Check::RightUnpeppered;
        if !right || !is_sealed {
            self.store
                .write_twice(|tx| event::add(tx, desk, Some(no), "wrong recovery code", at_us, "").map_err(DeskError::from))?;
            return Err(DeskError::WrongCode);
        }
        let pepper = recovered(&mut self.store, code)?;
        let (hashed, locked) = (pin.hash(Some(&pepper))?, pepper::locked(&pepper, code)?);
        self.store.write_twice(|tx| {
            staff::record_attempt(tx, no, desk, at_us, true)?;
            staff::set_pin_hash(tx, no, &hashed)?;
            keep(tx, &pepper, &locked)?;
            sealed::seal(tx, &pepper, Thing::Pin(no))?;
            event::add(tx, desk, Some(no), "recovered", at_us, "").map_err(DeskError::from)
        })?;
        self.code_was_seen()
    }

    /// Makes a new recovery code, for an administrator: where nobody has seen the one that is, or its paper is lost. The one before counts
    /// no more.
    pub fn new_recovery_code(&mut self, by: &SignedIn) -> Result<RecoveryCode, DeskError> {
        self.may_write()?;
        let (by, desk, at_us) = (by.staff.no, self.number, self.now().at_us);
        let (pepper, recovery) = (of(self.store.outside())?, RecoveryCode::random()?);
        let code = Pin::new(recovery.to_string());
        let (hashed, locked) = (code.hash(None)?, pepper::locked(&pepper, &code)?);
        self.store.outside().note_code_unseen()?;
        self.store.write_twice(|tx| {
            let may = staff::load(tx, by)?.is_some_and(|person| person.active && person.role == Role::Administrator);
            if !may {
                return Err(DeskError::MayNotGiveCode(by));
            }
            shop::set_setting(tx, RECOVERY, &hashed)?;
            sealed::seal(tx, &pepper, Thing::Setting(RECOVERY))?;
            keep(tx, &pepper, &locked)?;
            Ok(event::add(tx, desk, Some(by), "recovery code given", at_us, "")?)
        })?;
        Ok(recovery)
    }

    /// Somebody has seen the recovery code that was made last.
    pub fn code_was_seen(&mut self) -> Result<(), DeskError> {
        Ok(self.store.outside().note_code_seen()?)
    }

    /// Takes away the lock that wrong PINs brought a person: by somebody else, a manager of at least that person's role. Kept for ever
    /// with both of them.
    ///
    /// # Errors
    /// When that person or the one who unlocks is not there, or may not.
    pub fn unlock(&mut self, by: &SignedIn, no: StaffNo) -> Result<(), DeskError> {
        self.may_write()?;
        let (by, desk, at_us) = (by.staff.no, self.number, self.now().at_us);
        self.store.write_twice(|tx| {
            let missing = || DeskError::NotFound { what: "staff", name: no.to_string() };
            let unlocks = staff::load(tx, by)?.ok_or_else(missing)?;
            let person = staff::load(tx, no)?.ok_or_else(missing)?;
            let may = unlocks.active && by != no && unlocks.role >= Role::Manager && unlocks.role >= person.role;
            if !may {
                return Err(DeskError::MayNotUnlock);
            }
            Ok(staff::unlock(tx, no, by, desk, at_us)?)
        })
    }

    /// Who is locked now by wrong PINs, each with the minutes that are left.
    pub fn locked_people(&mut self) -> Result<Vec<(StaffNo, i64)>, DeskError> {
        let at_us = self.now().at_us;
        self.store.read(|tx| {
            let mut found = Vec::new();
            for person in staff::list(tx)?.into_iter().filter(|person| person.active) {
                found.extend(locked(tx, Some(person.no), None, at_us)?.map(|minutes| (person.no, minutes)));
            }
            Ok(found)
        })
    }

    /// Proves a person by PIN, counting wrong tries. Every try is kept, so that a restart forgets none. The slow hash is made while no
    /// other desk waits for it; what came of it is told only by the transaction that counts and keeps the try, so that desks that guess
    /// together have no more tries than one alone. Who is locked is not tested.
    fn prove(&mut self, no: StaffNo, pin: &Pin, approving_at: Option<DeskNo>) -> Result<Staff, DeskError> {
        let (desk, at_us) = (self.number, self.now().at_us);
        let outside = self.store.outside().clone();
        let pepper = outside.pepper()?;
        let attempt = Attempt { no, pin, pepper: pepper.as_ref(), outside: &outside, desk, approving_at, at_us };
        loop {
            let tested = match self.store.read(|tx| attempt.look(tx))? {
                Seen::Locked(_) => None,
                Seen::Kept(hash) => Some(attempt.test(hash)?),
            };
            match self.store.write_twice(|tx| attempt.keep(tx, tested.as_ref()))? {
                Tried::Right(person) => return Ok(person),
                Tried::Wrong => return Err(DeskError::WrongPin(no)),
                Tried::HasLeft => return Err(DeskError::HasLeft(no)),
                Tried::Refused(Lock::Person(minutes)) => return Err(DeskError::Locked { minutes }),
                Tried::Refused(Lock::Desk(minutes)) => return Err(DeskError::DeskLocked { minutes }),
                // Somebody gave another PIN, or took the lock away, in between.
                Tried::Overtaken => {}
            }
        }
    }
}

/// A try to show a PIN.
struct Attempt<'a> {
    no: StaffNo,
    pin: &'a Pin,
    pepper: Option<&'a Pepper>,
    outside: &'a Outside,
    desk: DeskNo,
    approving_at: Option<DeskNo>,
    at_us: i64,
}

/// Who is locked, with the minutes that are left.
enum Lock {
    Person(i64),
    Desk(i64),
}

/// What the books say before a PIN is tested.
enum Seen {
    Locked(Lock),
    /// Not locked; the hash of the PIN, where there is one.
    Kept(Option<String>),
}

/// A PIN that was held against a hash.
struct Tested {
    hash: Option<String>,
    is_right: bool,
    /// The hash with the pepper, for one that was made without.
    anew: Option<String>,
}

/// What came of a try.
enum Tried {
    Right(Staff),
    Wrong,
    /// It is right, and the person no longer works here.
    HasLeft,
    /// Not tested, or tested by who has no try left: nobody hears what came of it.
    Refused(Lock),
    /// What was tested is not what the books say now.
    Overtaken,
}

impl Attempt<'_> {
    fn look(&self, tx: &mut Tx<'_>) -> Result<Seen, DeskError> {
        let Self { no, at_us, .. } = *self;
        if let Some(minutes) = self.approving_at.map_or(Ok(None), |desk| locked(tx, None, Some(desk), at_us))? {
            return Ok(Seen::Locked(Lock::Desk(minutes)));
        }
        if let Some(minutes) = locked(tx, Some(no), None, at_us)? {
            return Ok(Seen::Locked(Lock::Person(minutes)));
        }
        self.pepper.map_or(Ok(()), |pepper| pepper::must_be_own(tx, pepper, self.outside))?;
        let kept = staff::pin_hash(tx, no)?;
        if let (Some(_), Some(pepper)) = (&kept, self.pepper)
            && !sealed::holds(tx, pepper, Thing::Pin(no))?
        {
            return Err(DeskError::PinNotGiven(no));
        }
        Ok(Seen::Kept(kept))
    }

    fn test(&self, hash: Option<String>) -> Result<Tested, DeskError> {
        let check = hash.as_ref().map_or(Ok(Check::Wrong), |hash| self.pin.against(hash, self.pepper))?;
        let anew = match (check, self.pepper) {
            (Check::PepperLost, _) => return Err(lost(self.outside)),
            (Check::RightUnpeppered, Some(pepper)) => Some(self.pin.hash(Some(pepper))?),
            _ => None,
        };
        Ok(Tested { hash, is_right: check != Check::Wrong, anew })
    }

    /// Keeps the try, where the books still say what was tested.
    fn keep(&self, tx: &mut Tx<'_>, tested: Option<&Tested>) -> Result<Tried, DeskError> {
        let Self { no, desk, at_us, .. } = *self;
        let now = match self.look(tx)? {
            Seen::Locked(lock) => {
                event::add(tx, desk, Some(no), "locked", at_us, "")?;
                return Ok(Tried::Refused(lock));
            }
            Seen::Kept(hash) => hash,
        };
        let Some(tested) = tested.filter(|tested| tested.hash == now) else { return Ok(Tried::Overtaken) };
        if let (Some(hash), Some(pepper)) = (&tested.anew, self.pepper) {
            staff::set_pin_hash(tx, no, hash)?;
            sealed::seal(tx, pepper, Thing::Pin(no))?;
        }
        staff::record_attempt(tx, no, desk, at_us, tested.is_right)?;
        Ok(match staff::load(tx, no)?.filter(|_| tested.is_right) {
            None => Tried::Wrong,
            Some(person) if person.active => Tried::Right(person),
            Some(_) => Tried::HasLeft,
        })
    }
}

/// Minutes for which a person or a desk is locked still, at least one; `None` where they are not.
fn locked(tx: &mut Tx<'_>, no: Option<StaffNo>, desk: Option<DeskNo>, now_us: i64) -> Result<Option<i64>, DeskError> {
    let until = locked_until(&staff::wrong_tries(tx, no, desk, now_us)?, now_us);
    Ok(until.map(|until| until.saturating_sub(now_us).saturating_add(MINUTE_US - 1) / MINUTE_US))
}
