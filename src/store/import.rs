//! How far each import has come, so that it goes on where it stopped.

use super::engine::unsigned;
use super::{Result, Tx};
use crate::domain::digest::Digest;

/// How far an import has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Sum over the start of the source, so that another file of the same name is noticed.
    pub fingerprint: Digest,
    /// Where to go on, in the source's own measure.
    pub position: u64,
    /// Whether it came to the end.
    pub done: bool,
    /// Figures so far, as JSON.
    pub counts: String,
}

/// How far the import of a source has come.
pub fn progress(tx: &mut Tx<'_>, source: &str) -> Result<Option<Progress>> {
    let sql = "SELECT fingerprint, position, done, counts FROM import_progress WHERE site = ?1 AND origin = ?2";
    let Some(row) = tx.one(sql, &[tx.site(), source.into()])? else { return Ok(None) };
    Ok(Some(Progress { fingerprint: row.digest(0)?, position: row.number(1)?, done: row.flag(2)?, counts: row.string(3)? }))
}

/// Keeps how far the import of a source has come; belongs into the transaction that keeps its bills.
pub fn save(tx: &mut Tx<'_>, source: &str, progress: &Progress) -> Result<()> {
    let sql = "INSERT INTO import_progress (site, origin, fingerprint, position, done, counts)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (site, origin) DO UPDATE SET fingerprint = excluded.fingerprint,
            position = excluded.position, done = excluded.done, counts = excluded.counts";
    let params = [
        tx.site(),
        source.into(),
        progress.fingerprint.into(),
        unsigned(progress.position)?,
        progress.done.into(),
        progress.counts.as_str().into(),
    ];
    tx.send(sql, &params)
}
