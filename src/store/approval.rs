//! Approvals that were used; each is used once.

use super::{Result, StoreError, Tx};
use crate::domain::digest::Digest;
use crate::domain::ids::StaffNo;

/// Whether the approval of a quote was used.
pub fn used(tx: &mut Tx<'_>, digest: Digest) -> Result<bool> {
    let sql = "SELECT 1 FROM approval_used WHERE site = ?1 AND digest = ?2";
    Ok(tx.one(sql, &[tx.site(), digest.into()])?.is_some())
}

/// Uses the approval of a quote; an error when it was used before.
pub fn consume(tx: &mut Tx<'_>, digest: Digest, by: StaffNo, at_us: i64) -> Result<()> {
    let sql = "INSERT INTO approval_used (site, digest, staff, at_us) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    tx.send_one(sql, &[tx.site(), digest.into(), by.into(), at_us.into()], StoreError::ApprovalUsed)
}
