//! The first start: a shop, its policy, its first manager, and a recovery code.

use std::fmt;
use std::path::Path;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::people::RECOVERY;
use super::pepper;
use super::{Clock, Desk, DeskError, Pin, SystemClock};
use crate::domain::calendar::ShopDay;
use crate::domain::digest::Digest;
use crate::domain::ids::{DeskNo, RequestId, StaffNo};
use crate::domain::member::{FieldFault, LONGEST_ADDRESS, LONGEST_NAME, check_text};
use crate::domain::policy::Policy;
use crate::domain::request::{AdoptPolicy, Envelope, Request, SetStaff};
use crate::domain::staff::{FIRST_MANAGER, Role, Staff};
use crate::planted::planted;
use crate::receipt::print::Printer;
use crate::store::shop::Shop;
use crate::store::{Store, Tx, policy, shop, staff};

/// What the first start asks for.
#[derive(Debug, Clone)]
pub struct Opening {
    /// The shop.
    pub shop: Shop,
    /// Its policy as TOML, from a preset or written by hand.
    pub policy: String,
    /// The first manager.
    pub manager: FirstPerson,
}

impl Opening {
    /// Checks all that can be wrong with it, before anything is made: the zone, the policy and its amounts, names and PIN.
    ///
    /// # Errors
    /// Says which of them cannot be. Nothing was made.
    pub fn check(&self) -> Result<ShopDay, DeskError> {
        let shop = &self.shop;
        for (field, text, longest) in [
            ("the shop's name", &shop.name, LONGEST_NAME),
            ("the shop's address", &shop.address, LONGEST_ADDRESS),
            ("the manager's name", &self.manager.name, LONGEST_NAME),
        ] {
            let one_line = text.trim().replace('\n', " ");
            let needed = longest == LONGEST_NAME && one_line.is_empty();
            let found = if needed { Err(FieldFault::Missing) } else { check_text(&one_line, longest) };
            found.map_err(|fault| DeskError::Field { field, fault })?;
        }
        self.manager.pin.check()?;
        Policy::adopt(&self.policy, shop.currency)?;
        let zone = TimeZone::get(&shop.zone).map_err(|_| DeskError::UnknownZone(shop.zone.clone()))?;
        Ok(ShopDay { zone, day_ends_at: shop.day_ends_at })
    }
}

/// The first person of the staff.
#[derive(Debug, Clone)]
pub struct FirstPerson {
    /// Name.
    pub name: String,
    /// PIN.
    pub pin: Pin,
}

/// Lets a shop whose managers are gone sign in again. Printed once and kept on paper; the database holds only its hash.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl fmt::Display for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(***)")
    }
}

/// Letters and digits that nobody takes for one another.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

impl RecoveryCode {
    /// A new code of 100 random bits in five groups of four.
    pub(super) fn random() -> Result<Self, DeskError> {
        let mut bytes = [0_u8; 20];
        getrandom::fill(&mut bytes).map_err(|error| DeskError::Random(error.to_string()))?;
        let letters: Vec<char> = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
        Ok(Self(letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")))
    }
}

/// From when on the policy of a database made for replaying holds: before any trade that was ever written down.
const REPLAY_FROM: Date = Date::constant(1900, 1, 1);

/// An error where a shop is in the books, or was: what it left would be taken for the new one's.
fn must_be_empty(tx: &mut Tx<'_>) -> Result<(), DeskError> {
    match super::set_up_shop(tx) {
        Err(DeskError::NoShop) => Ok(()),
        Ok(_) => Err(DeskError::ShopExists),
        Err(error) => Err(error),
    }
}

/// Sets a shop up in an empty database: all of it, or nothing. The first policy and the first manager are what a shop begins
/// with; everything later comes in by documents.
///
/// Until [`note_code_seen`](crate::store::outside::Outside::note_code_seen) says otherwise it is remembered outside that nobody is known
/// to have seen the recovery code.
pub fn set_up(store: &mut Store, opening: &Opening, clock: &dyn Clock) -> Result<RecoveryCode, DeskError> {
    let day = opening.check()?;
    let now = clock.now();
    let today = if opening.shop.replay { REPLAY_FROM } else { day.business_date(now)? };
    let recovery = RecoveryCode::random()?;
    store.read(must_be_empty)?;
    let pepper = pepper::begun(store)?;
    let pin = opening.manager.pin.hash(Some(&pepper))?;
    let code = Pin::new(recovery.to_string());
    let (recovery_hash, locked) = (code.hash(None)?, pepper::locked(&pepper, &code)?);
    let language = opening.shop.language.clone();
    let manager = Staff {
        no: FIRST_MANAGER,
        name: opening.manager.name.clone(),
        role: Role::Administrator,
        language,
        active: true,
        member: None,
    };
    store.outside().note_code_unseen()?;
    store.write_twice(|tx| {
        if shop::load(tx)?.is_some() {
            // A lost answer that is asked for again finds the shop that was made just now.
            let own = shop::setting(tx, RECOVERY)?.is_some_and(|kept| kept == recovery_hash);
            return if own { Ok(()) } else { Err(DeskError::ShopExists) };
        }
        must_be_empty(tx)?;
        shop::create(tx, &opening.shop)?;
        shop::set_setting(tx, RECOVERY, &recovery_hash)?;
        policy::add(tx, &opening.policy, Digest::of(opening.policy.as_bytes()), today)?;
        staff::set(tx, &manager)?;
        staff::set_pin_hash(tx, manager.no, &pin)?;
        // Seals all of it, for the pepper is new here.
        pepper::keep(tx, &pepper, &locked)
    })?;
    if planted("killed before a recovery code is told") {
        std::process::abort();
    }
    Ok(recovery)
}

/// An envelope for something that a person asks for at a desk, under a new id.
pub fn ask(desk: DeskNo, clerk: StaffNo, request: Request) -> Envelope {
    Envelope { id: RequestId(Uuid::now_v7()), desk, clerk, at: None, approval: None, request }
}

/// The request that makes or changes a person of the staff.
pub fn hire(staff: Staff) -> Request {
    Request::SetStaff(SetStaff { staff })
}

/// The request that brings in a policy.
pub fn adopt(text: String) -> Request {
    Request::AdoptPolicy(AdoptPolicy { text })
}

/// Sets a shop up in a new database and opens a desk on it.
///
/// # Errors
/// As [`set_up`]; and when the database cannot be made.
pub fn open_new(path: &Path, number: DeskNo, printer: Printer, opening: &Opening) -> Result<(Desk, RecoveryCode), DeskError> {
    opening.check()?;
    let mut store = Store::open(path)?;
    let recovery = set_up(&mut store, opening, &SystemClock)?;
    Ok((Desk::open(store, number, Box::new(SystemClock), printer)?, recovery))
}
