//! What happened at a desk besides documents: refusals, wrong PINs, reprints. Only ever added to.

use std::collections::BTreeSet;

use serde::Serialize;

use super::tally::{self, Tally};
use super::{Result, StoreError, Tx};
use crate::domain::ids::{DeskNo, DocumentNumber, StaffNo};

/// Keeps an event; `detail` holds no personal data.
pub fn add(tx: &mut Tx<'_>, desk: DeskNo, staff: Option<StaffNo>, kind: &str, at_us: i64, detail: &str) -> Result<()> {
    let sql = "INSERT INTO event (site, desk, place, staff, kind, at_us, detail)
        SELECT ?1, ?2, COALESCE(MAX(place), 0) + 1, ?3, ?4, ?5, ?6 FROM event WHERE site = ?1 AND desk = ?2
        RETURNING desk, place, staff, kind, at_us, detail";
    let row = tx.one(sql, &[tx.site(), desk.into(), staff.into(), kind.into(), at_us.into(), detail.into()])?;
    let row = row.ok_or_else(|| StoreError::Engine("no event was kept".to_owned()))?;
    tally::add(tx, Tally::Events(desk), tally::digest(row.values()))
}

/// Something that happened besides documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Where.
    pub desk: DeskNo,
    /// Who did it, where that is known.
    pub staff: Option<StaffNo>,
    /// What.
    pub kind: String,
    /// When, in microseconds.
    pub at_us: i64,
    /// About what.
    pub detail: String,
}

/// Events that are about an id or about one of some documents.
pub fn about(tx: &mut Tx<'_>, id: &str, numbers: &[DocumentNumber]) -> Result<Vec<Event>> {
    let numbers: BTreeSet<String> = numbers.iter().map(ToString::to_string).collect();
    let mut events = Vec::new();
    let sql = "SELECT desk, staff, kind, at_us, detail FROM event WHERE site = ?1 ORDER BY desk, place";
    tx.scan(sql, &[tx.site()], &mut |row| {
        let detail = row.string(4)?;
        if detail.contains(id) || numbers.contains(&detail) {
            let staff = row.maybe(1, |row, column| row.number(column).map(StaffNo))?;
            events.push(Event { desk: DeskNo(row.number(0)?), staff, kind: row.string(2)?, at_us: row.int(3)?, detail });
        }
        Ok(())
    })?;
    Ok(events)
}
