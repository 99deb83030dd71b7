//! What is to be printed: a document and a copy number, so that no paper is lost or printed twice.

use super::engine::unsigned;
use super::{Result, Row, StoreError, Tx};
use crate::domain::ids::{DeskNo, DocumentId, DocumentNumber};

/// A job's number is made of desk, sequence and copy: at most so many of each, so that copies need no index of their own.
const SEQUENCES: i64 = 1_000_000_000;
const COPIES: i64 = 1_000;

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

/// Asks for the original of a document that was just posted, at its own desk.
pub fn queue(tx: &mut Tx<'_>, document: DocumentId, number: DocumentNumber, at_us: i64) -> Result<()> {
    let sql = "INSERT INTO print_job (site, id, document, desk, sequence, copy, at_us, state)
        VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, 'queued')";
    let id = job_id(number, 0).ok_or_else(|| out_of_range(number))?;
    tx.send(sql, &[tx.site(), id.into(), document.into(), number.desk.into(), unsigned(number.sequence)?, at_us.into()])
}

/// Asks for the next copy of a document at a desk, wherever it was posted; the first is the original.
pub fn queue_at(tx: &mut Tx<'_>, document: DocumentId, number: DocumentNumber, at: DeskNo, at_us: i64) -> Result<PrintJob> {
    let sql = "INSERT INTO print_job (site, id, document, desk, sequence, copy, at_us, state, at_desk)
        SELECT ?1, COALESCE(MAX(id) + 1, ?5), ?2, ?3, ?4, COALESCE(MAX(id) + 1 - ?5, 0), ?7, 'queued', ?8 FROM print_job
        WHERE site = ?1 AND id BETWEEN ?5 AND ?6 RETURNING id, copy";
    let first = job_id(number, 0).ok_or_else(|| out_of_range(number))?;
    let (desk, sequence) = (number.desk.into(), unsigned(number.sequence)?);
    let (from, to) = (first.into(), (first + COPIES - 1).into());
    let made = tx.one(sql, &[tx.site(), document.into(), desk, sequence, from, to, at_us.into(), at.into()])?;
    let made = made.ok_or_else(|| StoreError::Engine(format!("no print job was made of {number}")))?;
    Ok(PrintJob { id: made.int(0)?, document, number, copy: made.number(1)?, state: State::Queued, handed: None })
}

fn out_of_range(number: DocumentNumber) -> StoreError {
    StoreError::Unknown { what: format!("document {number}") }
}

/// The number of the job that makes a copy of a document; `None` where it has none.
pub(super) fn job_id(number: DocumentNumber, copy: u32) -> Option<i64> {
    let of_desk = i64::from(number.desk.0).checked_mul(SEQUENCES)?.checked_add(i64::try_from(number.sequence).ok()?)?;
    of_desk.checked_mul(COPIES)?.checked_add(i64::from(copy))
}

/// What waits for a desk's printer, oldest first.
pub fn pending(tx: &mut Tx<'_>, desk: DeskNo) -> Result<Vec<PrintJob>> {
    let sql = "SELECT id, document, desk, sequence, copy, handed FROM print_job WHERE site = ?1 AND state = 'queued'
        AND COALESCE(at_desk, desk) = ?2 ORDER BY at_us, id";
    let job = |row: &Row| {
        let number = DocumentNumber { desk: DeskNo(row.number(2)?), sequence: row.number(3)? };
        let document = DocumentId(row.uuid(1)?);
        Ok(PrintJob {
            id: row.int(0)?,
            document,
            number,
            copy: row.number(4)?,
            state: State::Queued,
            handed: row.maybe(5, Row::string)?,
        })
    };
    tx.query(sql, &[tx.site(), desk.into()])?.iter().map(job).collect()
}

/// Where the printer holds or filed the copies of a document, as the printing room wrote it down.
pub fn handed(tx: &mut Tx<'_>, number: DocumentNumber) -> Result<Vec<String>> {
    let out_of_range = |_| StoreError::Unknown { what: format!("document {number}") };
    let first = (i64::from(number.desk.0) * SEQUENCES + i64::try_from(number.sequence).map_err(out_of_range)?) * COPIES;
    let sql = "SELECT handed FROM print_job WHERE site = ?1 AND id BETWEEN ?2 AND ?3 AND handed IS NOT NULL";
    tx.query(sql, &[tx.site(), first.into(), (first + COPIES - 1).into()])?.iter().map(|row| row.string(0)).collect()
}

/// Notes where the printer holds a job.
pub fn held(tx: &mut Tx<'_>, id: i64, handed: &str) -> Result<()> {
    let sql = "UPDATE print_job SET handed = ?3 WHERE site = ?1 AND id = ?2";
    tx.send_one(sql, &[tx.site(), id.into(), handed.into()], unknown(id))
}

/// Marks a job as done.
pub fn done(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    let sql = "UPDATE print_job SET state = 'done' WHERE site = ?1 AND id = ?2";
    tx.send_one(sql, &[tx.site(), id.into()], unknown(id))
}

fn unknown(id: i64) -> StoreError {
    StoreError::Unknown { what: format!("print job {id}") }
}
