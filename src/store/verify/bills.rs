//! Bills: as they came, by the sum of their content, and in balance.

use std::collections::BTreeMap;

use super::cards::Cards;
use super::search::Goods;
use super::{Finding, Invariant, Meter};
use crate::domain::bill::Bill;
use crate::domain::digest::Digest;
use crate::domain::ids::BillId;
use crate::store::bill::{load_range, sum};
use crate::store::{Result, StoreError, Tx};

/// Bills that are read at once.
const PAGE: usize = 400;

/// What a bill's own row keeps of its content.
struct Kept {
    number: String,
    digest: Digest,
    gross_minor: i64,
    lines: i64,
}

pub(super) fn check(tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
    let mut ids = Vec::new();
    tx.scan("SELECT id FROM bill WHERE site = ?1 ORDER BY id", &[tx.site()], &mut |row| {
        ids.push(BillId(row.uuid(0)?));
        Ok(())
    })?;
    meter.count(Invariant::Bills, ids.len());
    let (mut cards, mut goods) = (Cards::default(), Goods::default());
    for page in ids.chunks(PAGE) {
        if let (Some(first), Some(last)) = (page.first(), page.last()) {
            check_page(tx, (*first, *last), page, (&mut cards, &mut goods, found))?;
        }
        meter.step(page.len() as u64);
    }
    cards.tell(meter, found);
    goods.check(tx, meter, found)?;
    till_returns(tx, found)
}

fn check_page(
    tx: &mut Tx<'_>,
    (first, last): (BillId, BillId),
    page: &[BillId],
    (cards, goods, found): (&mut Cards, &mut Goods, &mut Vec<Finding>),
) -> Result<()> {
    let mut kept = BTreeMap::new();
    let sql = "SELECT id, number, digest, gross_minor, lines FROM bill WHERE site = ?1 AND id BETWEEN ?2 AND ?3";
    for row in tx.query(sql, &[tx.site(), first.into(), last.into()])? {
        let (number, digest) = (row.string(1)?, row.digest(2)?);
        kept.insert(BillId(row.uuid(0)?), Kept { number, digest, gross_minor: row.int(3)?, lines: row.int(4)? });
    }
    match load_range(tx, first, last) {
        Ok(bills) => bills.iter().try_for_each(|bill| {
            cards.add_bill(bill);
            goods.add(bill);
            one(tx, kept.get(&bill.id), bill, found)
        }),
        Err(StoreError::Damaged { .. }) if page.len() == 1 => {
            goods.unread = true;
            found.extend(kept.into_values().map(|kept| Finding::BillChanged { bill: kept.number }));
            Ok(())
        }
        Err(StoreError::Damaged { .. }) => {
            page.iter().try_for_each(|id| check_page(tx, (*id, *id), &[*id], (cards, goods, found)))
        }
        Err(error) => Err(error),
    }
}

fn one(tx: &mut Tx<'_>, kept: Option<&Kept>, bill: &Bill, found: &mut Vec<Finding>) -> Result<()> {
    let number = || bill.number.clone();
    let gross_minor = bill.gross()?.minor();
    let lines = i64::try_from(bill.lines.len()).ok();
    let digest = sum(bill)?;
    let same = kept.is_some_and(|kept| kept.digest == digest && kept.gross_minor == gross_minor && Some(kept.lines) == lines);
    if !same || !covers(tx, bill)? {
        found.push(Finding::BillChanged { bill: number() });
    }
    if bill.check().is_err() {
        found.push(Finding::BillUnbalanced { bill: number() });
    }
    Ok(())
}

/// Whether what each payment covers is kept as the bill makes it.
fn covers(tx: &mut Tx<'_>, bill: &Bill) -> Result<bool> {
    let sql = "SELECT covers_minor FROM bill_payment WHERE site = ?1 AND bill = ?2 ORDER BY no";
    let kept: Vec<i64> = tx.query(sql, &[tx.site(), bill.id.into()])?.iter().map(|row| row.int(0)).collect::<Result<_>>()?;
    Ok(kept == bill.covers()?.into_iter().map(|(_, amount)| amount.minor()).collect::<Vec<_>>())
}

/// The list of till returns against the lines it was made from.
fn till_returns(tx: &mut Tx<'_>, found: &mut Vec<Finding>) -> Result<()> {
    let same = "r.site = l.site AND r.sale_key = l.returns_key AND r.sale_line = l.returns_line AND r.bill = l.bill
        AND r.line = l.no AND r.quantity = -l.quantity AND r.net_minor = -l.net_minor AND r.tax_minor = -l.tax_minor
        AND r.gross_minor = -l.gross_minor";
    let missing = format!(
        "SELECT b.number FROM bill_line l JOIN bill b ON b.site = l.site AND b.id = l.bill
        WHERE l.site = ?1 AND l.returns_key IS NOT NULL AND l.quantity < 0
            AND NOT EXISTS (SELECT 1 FROM till_return r WHERE {same})"
    );
    let extra = format!(
        "SELECT b.number FROM till_return r JOIN bill b ON b.site = r.site AND b.id = r.bill
        WHERE r.site = ?1 AND NOT EXISTS (SELECT 1 FROM bill_line l WHERE l.bill = r.bill AND l.no = r.line AND {same})"
    );
    let half = "SELECT b.number FROM bill_line l JOIN bill b ON b.site = l.site AND b.id = l.bill
        WHERE l.site = ?1 AND l.returns_key IS NULL AND l.returns_line IS NOT NULL"
        .to_owned();
    for sql in [missing, extra, half] {
        for row in tx.query(&sql, &[tx.site()])? {
            found.push(Finding::BillChanged { bill: row.string(0)? });
        }
    }
    Ok(())
}
