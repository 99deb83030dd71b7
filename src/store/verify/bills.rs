//! Bills: as they came, by the sum of their content, and in balance.

use super::cards::Cards;
use super::search::Goods;
use super::{Finding, Invariant, Meter};
use crate::domain::ids::BillId;
use crate::store::bill::{Kept, load_range};
use crate::store::{Result, StoreError, Tx};

/// Bills that are read at once.
const PAGE: usize = 400;

/// What the bills are a check of.
pub(super) const OF: [Invariant; 3] = [Invariant::Bills, Invariant::Cards, Invariant::Search];

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
    if goods.unread {
        meter.doubt(&[Invariant::Cards, Invariant::Search]);
    }
    cards.tell(meter, found);
    meter.check(tx, found, &[Invariant::Search], |tx, meter, found| goods.check(tx, meter, found))?;
    meter.check(tx, found, &[Invariant::Bills], |tx, _, found| till_returns(tx, found))
}

fn check_page(
    tx: &mut Tx<'_>,
    (first, last): (BillId, BillId),
    page: &[BillId],
    (cards, goods, found): (&mut Cards, &mut Goods, &mut Vec<Finding>),
) -> Result<()> {
    match load_range(tx, first, last) {
        Ok(bills) => bills.iter().try_for_each(|kept| {
            cards.add_bill(&kept.bill);
            goods.add(&kept.bill);
            one(kept, found)
        }),
        Err(error) if tx.is_silent() => Err(error),
        Err(StoreError::Damaged { .. }) if page.len() == 1 => {
            goods.unread = true;
            let number = tx.one("SELECT number FROM bill WHERE site = ?1 AND id = ?2", &[tx.site(), first.into()])?;
            found.extend(number.map(|row| row.string(0)).transpose()?.map(|bill| Finding::BillChanged { bill }));
            Ok(())
        }
        Err(StoreError::Damaged { .. }) => {
            page.iter().try_for_each(|id| check_page(tx, (*id, *id), &[*id], (cards, goods, found)))
        }
        Err(error) => Err(error),
    }
}

fn one(kept: &Kept, found: &mut Vec<Finding>) -> Result<()> {
    let number = || kept.bill.number.clone();
    if !kept.is_as_it_came()? {
        found.push(Finding::BillChanged { bill: number() });
    }
    if kept.bill.check().is_err() {
        found.push(Finding::BillUnbalanced { bill: number() });
    }
    Ok(())
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
