//! What happened at a desk besides documents: refusals, wrong PINs, reprints. Only ever added to.

use super::tally::{self, Tally};
use super::{Result, StoreError, Tx};
use crate::domain::ids::{DeskNo, StaffNo};

/// Keeps an event; `detail` holds no personal data.
pub fn add(tx: &mut Tx<'_>, desk: DeskNo, staff: Option<StaffNo>, kind: &str, at_us: i64, detail: &str) -> Result<()> {
    let sql = "INSERT INTO event (site, desk, place, staff, kind, at_us, detail)
        SELECT ?1, ?2, COALESCE(MAX(place), 0) + 1, ?3, ?4, ?5, ?6 FROM event WHERE site = ?1 AND desk = ?2
        RETURNING desk, place, staff, kind, at_us, detail";
    let row = tx.one(sql, &[tx.site(), desk.into(), staff.into(), kind.into(), at_us.into(), detail.into()])?;
    let row = row.ok_or_else(|| StoreError::Engine("no event was kept".to_owned()))?;
    tally::add(tx, Tally::Events(desk), tally::digest(row.values()))
}
