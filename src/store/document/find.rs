//! Documents read back: one whole by its number, id or request, and lists of them.

use std::collections::BTreeSet;

use super::{DocumentRow, Posted};
use crate::domain::digest::{Digest, ENCODING};
use crate::domain::document::Document;
use crate::domain::ids::{BillId, DeskNo, DocumentId, DocumentNumber, MemberId, RequestId, StaffNo};
use crate::domain::request::Job;
use crate::store::engine::unsigned;
use crate::store::{Result, Row, StoreError, Tx, Value};

const WHOLE: &str = "SELECT d.desk, d.sequence, d.body, d.hash, d.previous, d.paper, d.request_hash,
        EXISTS (SELECT 1 FROM voided v WHERE v.site = d.site AND v.desk = d.desk AND v.sequence = d.sequence)
    FROM document d WHERE d.site = ?1 AND";

const ROW: &str = "SELECT d.desk, d.sequence, d.id, d.job, d.at_us, d.offset_min, d.business_date, d.clerk, d.member, d.currency,
        d.total_minor,
        EXISTS (SELECT 1 FROM voided v WHERE v.site = d.site AND v.desk = d.desk AND v.sequence = d.sequence)
    FROM document d";

/// Whether a document has this number, whatever else its row holds.
pub fn is_there(tx: &mut Tx<'_>, number: DocumentNumber) -> Result<bool> {
    let sql = "SELECT 1 FROM document WHERE site = ?1 AND desk = ?2 AND sequence = ?3";
    Ok(tx.one(sql, &[tx.site(), number.desk.into(), unsigned(number.sequence)?])?.is_some())
}

/// A document by its number.
pub fn by_number(tx: &mut Tx<'_>, number: DocumentNumber) -> Result<Option<Posted>> {
    let found = whole(tx, "d.desk = ?2 AND d.sequence = ?3", &[number.desk.into(), unsigned(number.sequence)?])?;
    Ok(found.map(|(posted, _)| posted))
}

/// The document that answered a request, with the sum of that request's content.
pub fn by_request(tx: &mut Tx<'_>, request: RequestId) -> Result<Option<(Posted, Digest)>> {
    whole(tx, "d.request = ?2", &[request.into()])
}

fn whole(tx: &mut Tx<'_>, by: &str, params: &[Value]) -> Result<Option<(Posted, Digest)>> {
    let params: Vec<Value> = std::iter::once(tx.site()).chain(params.iter().cloned()).collect();
    let Some(row) = tx.one(&format!("{WHOLE} {by}"), &params)? else { return Ok(None) };
    let number = number(&row, 0)?;
    let body = row.bytes(2)?.to_vec();
    let unreadable =
        || StoreError::Damaged { place: format!("document {number}"), found: "other bytes".to_owned(), wanted: "a document" };
    let document = parse(&body).ok_or_else(unreadable)?;
    let sql = "SELECT no FROM payout WHERE site = ?1 AND desk = ?2 AND sequence = ?3 AND state IN ('due', 'failed') ORDER BY no";
    let rows = tx.query(sql, &[tx.site(), number.desk.into(), unsigned(number.sequence)?])?;
    let due = rows.iter().map(|row| row.number(0)).collect::<Result<_>>()?;
    let (hash, previous, paper) = (row.digest(3)?, row.digest(4)?, row.string(5)?);
    Ok(Some((Posted { document, body, hash, previous, paper, voided: row.flag(7)?, due }, row.digest(6)?)))
}

/// A document from its canonical bytes.
pub fn parse(body: &[u8]) -> Option<Document> {
    serde_json::from_slice(body.strip_prefix(ENCODING)?).ok()
}

/// A document's number, from its desk in this column and its sequence in the next one.
pub fn number(row: &Row, column: usize) -> Result<DocumentNumber> {
    Ok(DocumentNumber { desk: DeskNo(row.number(column)?), sequence: row.number(column + 1)? })
}

/// The newest documents, of one desk or of all.
pub fn recent(tx: &mut Tx<'_>, desk: Option<DeskNo>, limit: usize) -> Result<Vec<DocumentRow>> {
    match desk {
        Some(desk) => {
            list(tx, "WHERE d.site = ?1 AND d.desk = ?2 ORDER BY d.sequence DESC LIMIT ?3", &[desk.into(), many(limit)])
        }
        None => list(tx, "WHERE d.site = ?1 ORDER BY d.at_us DESC, d.desk, d.sequence DESC LIMIT ?2", &[many(limit)]),
    }
}

/// A member's documents, newest first.
pub fn of_member(tx: &mut Tx<'_>, member: MemberId, limit: usize) -> Result<Vec<DocumentRow>> {
    let rest = "WHERE d.site = ?1 AND d.member = ?2 ORDER BY d.at_us DESC, d.desk, d.sequence DESC LIMIT ?3";
    list(tx, rest, &[member.into(), many(limit)])
}

/// The requests that a member's documents answered.
pub fn requests_of(tx: &mut Tx<'_>, member: MemberId) -> Result<BTreeSet<RequestId>> {
    let sql = "SELECT request FROM document WHERE site = ?1 AND member = ?2";
    tx.query(sql, &[tx.site(), member.into()])?.iter().map(|row| row.uuid(0).map(RequestId)).collect()
}

/// The documents about a bill, newest first.
pub fn of_bill(tx: &mut Tx<'_>, bill: BillId) -> Result<Vec<DocumentRow>> {
    let rest = "JOIN document_bill b ON b.site = d.site AND b.desk = d.desk AND b.sequence = d.sequence
        WHERE d.site = ?1 AND b.bill = ?2 ORDER BY d.at_us DESC, d.desk, d.sequence DESC";
    list(tx, rest, &[bill.into()])
}

fn many(limit: usize) -> Value {
    Value::Int(i64::try_from(limit).unwrap_or(i64::MAX))
}

fn list(tx: &mut Tx<'_>, rest: &str, params: &[Value]) -> Result<Vec<DocumentRow>> {
    let params: Vec<Value> = std::iter::once(tx.site()).chain(params.iter().cloned()).collect();
    tx.query(&format!("{ROW} {rest}"), &params)?.iter().map(row).collect()
}

fn row(row: &Row) -> Result<DocumentRow> {
    Ok(DocumentRow {
        number: number(row, 0)?,
        id: DocumentId(row.uuid(2)?),
        job: row.named(3, "a job", Job::from_name)?,
        at: row.moment(4)?,
        business_date: row.date(6)?,
        clerk: StaffNo(row.number(7)?),
        member: row.maybe(8, |row, column| row.uuid(column).map(MemberId))?,
        total: row.money(10, row.currency(9)?)?,
        voided: row.flag(11)?,
    })
}
