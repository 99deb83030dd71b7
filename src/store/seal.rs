//! Keys of desks (their public halves), checkpoints, and the shift that is open.

use super::document::number;
use super::engine::unsigned;
use super::outside::Head;
use super::{Result, Row, StoreError, Tx};
use crate::domain::calendar::Moment;
use crate::domain::digest::Digest;
use crate::domain::ids::{DeskNo, DocumentNumber};
use crate::domain::request::Job;
use crate::domain::seal::{Checkpoint, PublicKey, Signature};

/// A key of a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskKey {
    /// Whose.
    pub desk: DeskNo,
    /// Its number at the desk, from 1.
    pub no: u32,
    /// Its public half.
    pub public: PublicKey,
    /// The sequence from which on it signs.
    pub from_sequence: u64,
}

/// A checkpoint as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    /// What was sealed.
    pub checkpoint: Checkpoint,
    /// Number of the key.
    pub key_no: u32,
    /// The signature.
    pub signature: Signature,
}

/// The key of a desk that is in force; `None` before the desk was enrolled.
pub fn key(tx: &mut Tx<'_>, desk: DeskNo) -> Result<Option<DeskKey>> {
    let sql = "SELECT desk, no, public, from_sequence FROM desk_key WHERE site = ?1 AND desk = ?2 ORDER BY no DESC LIMIT 1";
    tx.one(sql, &[tx.site(), desk.into()])?.as_ref().map(desk_key).transpose()
}

/// Every key of every desk, in their order.
pub fn keys(tx: &mut Tx<'_>) -> Result<Vec<DeskKey>> {
    let sql = "SELECT desk, no, public, from_sequence FROM desk_key WHERE site = ?1 ORDER BY desk, no";
    tx.query(sql, &[tx.site()])?.iter().map(desk_key).collect()
}

/// Adds a desk's next key.
pub fn add_key(tx: &mut Tx<'_>, desk: DeskNo, no: u32, public: PublicKey, from_sequence: u64) -> Result<()> {
    let sql = "INSERT INTO desk_key (site, desk, no, public, from_sequence) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
    let params = [tx.site(), desk.into(), no.into(), public.0.as_slice().into(), unsigned(from_sequence)?];
    tx.send_one(sql, &params, StoreError::Already { what: format!("key {no} of desk {desk}") })
}

/// Keeps a checkpoint.
pub fn add(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<()> {
    let sql = "INSERT INTO checkpoint (site, desk, sequence, head, key_no, at_us, offset_min, signature)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let Checkpoint { number, head, at } = sealed.checkpoint;
    let params = [
        tx.site(),
        number.desk.into(),
        unsigned(number.sequence)?,
        head.into(),
        sealed.key_no.into(),
        at.at_us.into(),
        at.offset_min.into(),
        sealed.signature.0.as_slice().into(),
    ];
    tx.send(sql, &params)
}

const CHECKPOINT: &str = "SELECT desk, sequence, head, key_no, at_us, offset_min, signature FROM checkpoint";

/// A desk's last checkpoint.
pub fn last(tx: &mut Tx<'_>, desk: DeskNo) -> Result<Option<Sealed>> {
    let sql = format!("{CHECKPOINT} WHERE site = ?1 AND desk = ?2 ORDER BY sequence DESC LIMIT 1");
    tx.one(&sql, &[tx.site(), desk.into()])?.as_ref().map(sealed).transpose()
}

/// Every checkpoint, by desk and sequence.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Sealed>> {
    let sql = format!("{CHECKPOINT} WHERE site = ?1 ORDER BY desk, sequence");
    tx.query(&sql, &[tx.site()])?.iter().map(sealed).collect()
}

/// The document that began the shift, while one is open at a desk.
pub fn open_shift(tx: &mut Tx<'_>, desk: DeskNo) -> Result<Option<DocumentNumber>> {
    let sql = "SELECT desk, sequence, job FROM document WHERE site = ?1 AND desk = ?2 AND job IN ('open_shift', 'close_shift')
        ORDER BY sequence DESC LIMIT 1";
    let Some(row) = tx.one(sql, &[tx.site(), desk.into()])? else { return Ok(None) };
    if row.text(2)? == Job::OpenShift.name() { number(&row, 0).map(Some) } else { Ok(None) }
}

/// Where a desk counts its chain to stand.
pub fn counted(tx: &mut Tx<'_>, desk: DeskNo) -> Result<Head> {
    let row = tx.one("SELECT last_sequence, head FROM desk WHERE site = ?1 AND no = ?2", &[tx.site(), desk.into()])?;
    row.map_or(Ok(Head::NONE), |row| Ok(Head { sequence: row.number(0)?, hash: row.digest(1)? }))
}

/// Where the documents of a desk end.
pub fn ends(tx: &mut Tx<'_>, desk: DeskNo) -> Result<Head> {
    let sql = "SELECT sequence, hash FROM document WHERE site = ?1 AND desk = ?2 ORDER BY sequence DESC LIMIT 1";
    let row = tx.one(sql, &[tx.site(), desk.into()])?;
    row.map_or(Ok(Head::NONE), |row| Ok(Head { sequence: row.number(0)?, hash: row.digest(1)? }))
}

/// The sum of a document.
pub fn hash_of(tx: &mut Tx<'_>, number: DocumentNumber) -> Result<Option<Digest>> {
    let sql = "SELECT hash FROM document WHERE site = ?1 AND desk = ?2 AND sequence = ?3";
    let row = tx.one(sql, &[tx.site(), number.desk.into(), unsigned(number.sequence)?])?;
    row.map(|row| row.digest(0)).transpose()
}

fn desk_key(row: &Row) -> Result<DeskKey> {
    let public = PublicKey(fixed(row, 2)?);
    Ok(DeskKey { desk: DeskNo(row.number(0)?), no: row.number(1)?, public, from_sequence: row.number(3)? })
}

fn sealed(row: &Row) -> Result<Sealed> {
    let at: Moment = row.moment(4)?;
    let checkpoint = Checkpoint { number: number(row, 0)?, head: row.digest(2)?, at };
    Ok(Sealed { checkpoint, key_no: row.number(3)?, signature: Signature(fixed(row, 6)?) })
}

/// Bytes of a fixed length.
fn fixed<const N: usize>(row: &Row, column: usize) -> Result<[u8; N]> {
    let bytes = row.bytes(column)?;
    bytes.try_into().map_err(|_| StoreError::Damaged {
        place: format!("column {column} of an answer"),
        found: format!("{} bytes", bytes.len()),
        wanted: "a key or a signature",
    })
}
