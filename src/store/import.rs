//! How far each import has come, so that it goes on where it stopped.

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
    todo!()
}

/// Keeps how far the import of a source has come; belongs into the transaction that keeps its bills.
pub fn save(tx: &mut Tx<'_>, source: &str, progress: &Progress) -> Result<()> {
    todo!()
}
