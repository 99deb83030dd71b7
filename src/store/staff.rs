//! The people of the shop, their PINs (only ever a slow hash) and who tried to sign in.

use super::{Result, Tx};
use crate::domain::ids::{DeskNo, StaffNo};
use crate::domain::staff::Staff;

/// Everybody, by number.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Staff>> {
    todo!()
}

/// One person.
pub fn load(tx: &mut Tx<'_>, no: StaffNo) -> Result<Option<Staff>> {
    todo!()
}

/// Adds or changes a person; the PIN stays.
pub fn set(tx: &mut Tx<'_>, staff: &Staff) -> Result<()> {
    todo!()
}

/// The hash of a person's PIN; `None` when none was set.
pub fn pin_hash(tx: &mut Tx<'_>, no: StaffNo) -> Result<Option<String>> {
    todo!()
}

/// Sets the hash of a person's PIN.
pub fn set_pin_hash(tx: &mut Tx<'_>, no: StaffNo, hash: &str) -> Result<()> {
    todo!()
}

/// How many wrong PINs were tried since a moment (microseconds) or since the last right one, whichever is later: of one
/// person, at one desk, or both.
pub fn attempts_since(tx: &mut Tx<'_>, staff: Option<StaffNo>, desk: Option<DeskNo>, since_us: i64) -> Result<i64> {
    todo!()
}

/// Keeps that a PIN was tried at a moment (microseconds).
pub fn record_attempt(tx: &mut Tx<'_>, staff: StaffNo, desk: DeskNo, at_us: i64, right: bool) -> Result<()> {
    todo!()
}
