//! Approvals that were used; each is used once.

use super::{Result, Tx};
use crate::domain::digest::Digest;
use crate::domain::ids::StaffNo;

/// Whether the approval of a quote was used.
pub fn used(tx: &mut Tx<'_>, digest: Digest) -> Result<bool> {
    todo!()
}

/// Uses the approval of a quote; an error when it was used before.
pub fn consume(tx: &mut Tx<'_>, digest: Digest, by: StaffNo, at_us: i64) -> Result<()> {
    todo!()
}
