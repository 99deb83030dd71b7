//! Signing in and approving: by PIN, with wrong tries counted across restarts.

use super::pepper::{keep, locked, lost, of, recovered};
use super::pin::Check;
use super::{Desk, DeskError, Pin};
use crate::domain::calendar::Moment;
use crate::domain::digest::Digest;
use crate::domain::ids::{DeskNo, StaffNo};
use crate::domain::staff::{Role, Staff};
use crate::store::sealed::{self, Thing};
use crate::store::{event, shop, staff};

/// The setting that holds the hash of the recovery code.
pub(super) const RECOVERY: &str = "recovery";
/// Wrong tries that lock a person.
const TRIES: i64 = 10;
/// Minutes in which they count, and for which they lock.
const LOCK_MIN: i64 = 30;
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

    /// Gives a person a PIN. Managers do it for everybody up to their own role, and everybody for themselves.
    pub fn set_pin(&mut self, by: &SignedIn, no: StaffNo, pin: &Pin) -> Result<(), DeskError> {
        self.may_write()?;
        let by = by.staff.no;
        pin.check()?;
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

    /// Gives a manager a new PIN on the shop's recovery code, for when nobody who could give one is left, or when the pepper is not
    /// on this computer: the code brings it back. Wrong codes count as wrong PINs of that manager do.
    pub fn recover(&mut self, code: &Pin, no: StaffNo, pin: &Pin) -> Result<(), DeskError> {
        pin.check()?;
        let at_us = self.now().at_us;
        let since_us = at_us.saturating_sub(LOCK_MIN * MINUTE_US);
        let desk = self.number;
        let (person, kept, tries) = self.store.read(|tx| {
            let kept = shop::setting(tx, RECOVERY)?;
            Ok::<_, DeskError>((staff::load(tx, no)?, kept, staff::attempts_since(tx, Some(no), None, since_us)?))
        })?;
        if tries >= TRIES {
            return Err(DeskError::Locked { minutes: LOCK_MIN });
        }
        if person.is_none_or(|person| !person.active || person.role < Role::Manager) {
            return Err(DeskError::MayNotApprove(no));
        }
        // The code's hash has no pepper, so that it still counts when the pepper is gone.
        let right = kept.map_or(Ok(Check::Wrong), |hash| code.against(&hash, None))? == Check::RightUnpeppered;
        if !right {
            self.store.write_twice(|tx| staff::record_attempt(tx, no, desk, at_us, false).map_err(DeskError::from))?;
            return Err(DeskError::WrongCode);
        }
        let pepper = recovered(&mut self.store, code)?;
        let (hashed, locked) = (pin.hash(Some(&pepper))?, locked(&pepper, code)?);
        self.store.write_twice(|tx| {
            staff::record_attempt(tx, no, desk, at_us, true)?;
            staff::set_pin_hash(tx, no, &hashed)?;
            keep(tx, &pepper, &locked)?;
            sealed::seal(tx, &pepper, Thing::Pin(no))?;
            Ok(event::add(tx, desk, Some(no), "recovered", at_us, "")?)
        })
    }

    /// Proves a person by PIN, counting wrong tries. Every try is kept, so that a restart forgets none.
    fn prove(&mut self, no: StaffNo, pin: &Pin, approving_at: Option<DeskNo>) -> Result<Staff, DeskError> {
        let at_us = self.now().at_us;
        let since_us = at_us.saturating_sub(LOCK_MIN * MINUTE_US);
        let (person, kept, [of_person, of_desk]) = self.store.read(|tx| {
            let person = staff::load(tx, no)?;
            let of_person = staff::attempts_since(tx, Some(no), None, since_us)?;
            let of_desk = approving_at.map(|desk| staff::attempts_since(tx, None, Some(desk), since_us)).transpose()?;
            Ok::<_, DeskError>((person, staff::pin_hash(tx, no)?, [of_person, of_desk.unwrap_or(0)]))
        })?;
        if of_desk >= TRIES {
            return Err(DeskError::DeskLocked { minutes: LOCK_MIN });
        }
        if of_person >= TRIES {
            return Err(DeskError::Locked { minutes: LOCK_MIN });
        }
        let pepper = self.store.outside().pepper()?;
        let found = kept.map_or(Ok(Check::Wrong), |hash| pin.against(&hash, pepper.as_ref()))?;
        if found == Check::PepperLost {
            return Err(lost(self.store.outside()));
        }
        let right = found != Check::Wrong;
        let renewed = match (found, pepper) {
            (Check::RightUnpeppered, Some(pepper)) => Some((pin.hash(Some(&pepper))?, pepper)),
            _ => None,
        };
        let desk = self.number;
        self.store.write_twice(|tx| {
            if let Some((hash, pepper)) = &renewed {
                staff::set_pin_hash(tx, no, hash)?;
                sealed::seal(tx, pepper, Thing::Pin(no))?;
            }
            Ok::<_, DeskError>(staff::record_attempt(tx, no, desk, at_us, right)?)
        })?;
        match person {
            Some(person) if right && person.active => Ok(person),
            _ => Err(DeskError::WrongPin(no)),
        }
    }
}
