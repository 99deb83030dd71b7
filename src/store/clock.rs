//! The last moment that nobody doubts: when the newest document of any desk was posted, unless a manager said since that the clock was
//! wrong then.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Result, StoreError, Tx, shop};

/// The setting that holds a manager's word on the clock.
pub const CONFIRMED: &str = "clock";

/// A manager's word: what was posted up to these documents of each desk is no later than this moment.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Confirmed {
    at_us: i64,
    upto: BTreeMap<u16, i64>,
}

/// The last moment that nobody doubts, in microseconds; `None` in books in which nothing was posted yet.
pub fn last_known(tx: &mut Tx<'_>) -> Result<Option<i64>> {
    let confirmed = match shop::setting(tx, CONFIRMED)? {
        Some(text) => Some(serde_json::from_str::<Confirmed>(&text).map_err(|error| unreadable(&error))?),
        None => None,
    };
    let is_doubted = |desk, sequence: i64| {
        let doubted = confirmed.as_ref().and_then(|confirmed| confirmed.upto.get(&desk));
        doubted.is_some_and(|upto| sequence <= *upto)
    };
    let newest = newest(tx)?.into_iter().filter(|(desk, sequence, _)| !is_doubted(*desk, *sequence)).map(|(_, _, at_us)| at_us);
    Ok(newest.max().max(confirmed.as_ref().map(|confirmed| confirmed.at_us)))
}

/// Keeps a manager's word that it is this moment, whatever documents say so far.
pub fn confirm(tx: &mut Tx<'_>, at_us: i64) -> Result<()> {
    let upto = newest(tx)?.into_iter().map(|(desk, sequence, _)| (desk, sequence)).collect();
    let text = serde_json::to_string(&Confirmed { at_us, upto }).map_err(|error| unreadable(&error))?;
    shop::set_setting(tx, CONFIRMED, &text)
}

/// Desk, number and moment of each desk's newest document.
fn newest(tx: &mut Tx<'_>) -> Result<Vec<(u16, i64, i64)>> {
    let sql = "SELECT d.desk, d.sequence, d.at_us FROM desk k
        JOIN document d ON d.site = k.site AND d.desk = k.no AND d.sequence = k.last_sequence WHERE k.site = ?1";
    tx.query(sql, &[tx.site()])?.iter().map(|row| Ok((row.number(0)?, row.int(1)?, row.int(2)?))).collect()
}

fn unreadable(error: &serde_json::Error) -> StoreError {
    StoreError::Damaged { place: "the setting of the clock".to_owned(), found: error.to_string(), wanted: "a moment" }
}
