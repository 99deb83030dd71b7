//! Store credits: one balance a code, never below nothing, moved only by documents.

use super::engine::unsigned;
use super::{Result, Row, Tx};
use crate::domain::credit::Credit;
use crate::domain::ids::{CreditCode, DeskNo, DocumentNumber, MemberId};

/// A store credit by its code.
pub fn load(tx: &mut Tx<'_>, code: CreditCode) -> Result<Option<Credit>> {
    let sql = "SELECT desk, sequence, member, currency, balance_minor, promotional FROM credit
        WHERE site = ?1 AND desk = ?2 AND sequence = ?3";
    let row = tx.one(sql, &[tx.site(), code.0.desk.into(), unsigned(code.0.sequence)?])?;
    row.as_ref().map(credit).transpose()
}

/// A member's store credits, newest first, spent ones too.
pub fn of_member(tx: &mut Tx<'_>, member: MemberId) -> Result<Vec<Credit>> {
    let sql = "SELECT c.desk, c.sequence, c.member, c.currency, c.balance_minor, c.promotional FROM credit c
        JOIN document d ON d.site = c.site AND d.desk = c.desk AND d.sequence = c.sequence
        WHERE c.site = ?1 AND c.member = ?2 ORDER BY d.at_us DESC, c.desk, c.sequence DESC";
    tx.query(sql, &[tx.site(), member.into()])?.iter().map(credit).collect()
}

fn credit(row: &Row) -> Result<Credit> {
    let number = DocumentNumber { desk: DeskNo(row.number(0)?), sequence: row.number(1)? };
    Ok(Credit {
        code: CreditCode(number),
        member: row.maybe(2, |row, column| row.uuid(column).map(MemberId))?,
        balance: row.money(4, row.currency(3)?)?,
        promotional: row.flag(5)?,
    })
}
