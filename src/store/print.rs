//! What is to be printed: a document and a copy number, so that no paper is lost or printed twice.

use super::{Result, Tx};
use crate::domain::ids::{DocumentId, DocumentNumber};

/// Whether a job is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Waiting for the printer.
    Queued,
    /// Handed to the printer.
    Done,
}

/// Paper to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintJob {
    /// Its number.
    pub id: i64,
    /// The document.
    pub document: DocumentId,
    /// Number of the document.
    pub number: DocumentNumber,
    /// 0 for the original, then the copies.
    pub copy: u32,
    /// Whether it is done.
    pub state: State,
    /// Where the printer holds it, as the printing room wrote it down.
    pub handed: Option<String>,
}

/// Asks for the next copy of a document; the first is the original.
pub fn queue(tx: &mut Tx<'_>, document: DocumentId, at_us: i64) -> Result<PrintJob> {
    todo!()
}

/// What waits, oldest first.
pub fn pending(tx: &mut Tx<'_>) -> Result<Vec<PrintJob>> {
    todo!()
}

/// Notes where the printer holds a job.
pub fn held(tx: &mut Tx<'_>, id: i64, handed: &str) -> Result<()> {
    todo!()
}

/// Marks a job as done.
pub fn done(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    todo!()
}
