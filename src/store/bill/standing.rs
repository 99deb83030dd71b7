//! What has become of a bill: added up each time from what desks and tills gave back, never kept as a counter.

use super::load::load;
use crate::domain::bill::{Bill, Tender};
use crate::domain::ids::BillId;
use crate::domain::money::{Currency, Money, Quantity};
use crate::domain::standing::{BillStanding, Correction, LineStanding, Share};
use crate::store::{Asked, Result, Row, StoreError, Tx};

/// A bill with everything that has happened to it.
pub fn standing(tx: &mut Tx<'_>, id: BillId) -> Result<Option<BillStanding>> {
    let happened = ask_happened(tx, id)?;
    load(tx, id)?.map(|bill| happened.to(tx, bill)).transpose()
}

/// What has happened to a bill, asked for beside the bill.
#[must_use]
pub struct Happened {
    lines: Asked<Vec<Row>>,
    payments: Asked<Vec<Row>>,
    tills: Asked<Vec<Row>>,
}

/// Asks for everything that has happened to a bill.
pub fn ask_happened(tx: &mut Tx<'_>, id: BillId) -> Result<Happened> {
    let lines = "SELECT line, kind, quantity, returned_before, net_minor, tax_minor, gross_minor FROM line_event
        WHERE site = ?1 AND bill = ?2 ORDER BY line, place";
    let payments =
        "SELECT payment, exact_minor, paid_minor FROM payment_event WHERE site = ?1 AND bill = ?2 ORDER BY payment, place";
    let tills = "SELECT sale_line, quantity, net_minor, tax_minor, gross_minor, bill FROM till_return
        WHERE site = ?1 AND sale_key = (SELECT key FROM bill WHERE site = ?1 AND id = ?2) ORDER BY bill, line";
    let of_bill = [tx.site(), id.into()];
    Ok(Happened {
        lines: tx.ask(lines, &of_bill, Ok)?,
        payments: tx.ask(payments, &of_bill, Ok)?,
        tills: tx.ask(tills, &of_bill, Ok)?,
    })
}

impl Happened {
    /// The standing of the bill to which it happened.
    pub fn to(self, tx: &mut Tx<'_>, bill: Bill) -> Result<BillStanding> {
        let mut standing = BillStanding::untouched(bill);
        let currency = standing.bill.currency;
        for row in self.lines.answer(tx)? {
            apply(line_of(&mut standing, row.number(0)?)?, &row, currency)?;
        }
        for row in self.payments.answer(tx)? {
            let payment: u32 = row.number(0)?;
            let used = standing.used.iter_mut().find(|used| used.payment == payment).ok_or_else(|| lost("payment", payment))?;
            used.exact = used.exact.plus(row.money(1, currency)?)?;
            used.paid = used.paid.plus(row.money(2, currency)?)?;
        }
        let tills = self.tills.answer(tx)?;
        till_returns(tx, &mut standing, &tills)?;
        Ok(standing)
    }
}

fn line_of(standing: &mut BillStanding, no: u32) -> Result<&mut LineStanding> {
    let place = standing.bill.lines.iter().position(|line| line.no == no);
    place.and_then(|place| standing.lines.get_mut(place)).ok_or_else(|| lost("line", no))
}

fn lost(what: &str, no: u32) -> StoreError {
    StoreError::Damaged {
        place: "what was given back of a bill".to_owned(),
        found: format!("{what} {no}"),
        wanted: "one of the bill's own",
    }
}

fn share(row: &Row, first: usize, currency: Currency) -> Result<Share> {
    let (net, tax) = (row.money(first, currency)?, row.money(first + 1, currency)?);
    Ok(Share { net, tax, gross: row.money(first + 2, currency)? })
}

/// One event of a line. A correction that was undone is taken out again with its mirror.
fn apply(line: &mut LineStanding, row: &Row, currency: Currency) -> Result<()> {
    let share = share(row, 4, currency)?;
    let kind = row.text(1)?;
    if kind == "return" {
        if crate::planted::planted("returns-not-counted") {
            return Ok(());
        }
        line.returned = line.returned.plus(row.quantity(2)?)?;
        line.given = line.given.plus(share)?;
        return Ok(());
    }
    let (returned_before, mirror) = (row.quantity(3)?, share.negated()?);
    let undone = share.gross.is_negative();
    match line.corrections.iter().position(|known| undone && known.returned_before == returned_before && known.share == mirror) {
        Some(place) => {
            line.corrections.remove(place);
        }
        None => line.corrections.push(Correction { returned_before, share }),
    }
    if kind == "price" {
        line.corrected = !undone;
    }
    Ok(())
}

/// What tills gave back on the lines of a bill, and of which payments it is taken to be.
fn till_returns(tx: &mut Tx<'_>, standing: &mut BillStanding, rows: &[Row]) -> Result<()> {
    let currency = standing.bill.currency;
    let mut by_bill: Vec<(BillId, Money)> = Vec::new();
    for row in rows {
        let (no, quantity, share): (u32, Quantity, Share) = (row.number(0)?, row.quantity(1)?, share(row, 2, currency)?);
        let Ok(line) = line_of(standing, no) else { continue };
        line.returned = line.returned.plus(quantity)?;
        line.given = line.given.plus(share)?;
        let bill = BillId(row.uuid(5)?);
        match by_bill.last_mut().filter(|(last, _)| *last == bill) {
            Some((_, gross)) => *gross = gross.plus(share.gross)?,
            None => by_bill.push((bill, share.gross)),
        }
    }
    for (bill, gross) in by_bill {
        let sql = "SELECT tender, amount_minor FROM bill_payment WHERE site = ?1 AND bill = ?2 ORDER BY no";
        let mut left = gross;
        for row in tx.query(sql, &[tx.site(), bill.into()])? {
            let tender = row.named(0, "a tender", Tender::from_name)?;
            let out = left.at_most(row.money(1, currency)?.negated()?)?;
            left = left.minus(out.minus(take(standing, Some(tender), out)?)?)?;
        }
        take(standing, None, left)?;
    }
    Ok(())
}

/// Takes an amount out of what payments of a tender, or all of them, still hold; answers what they did not hold.
fn take(standing: &mut BillStanding, tender: Option<Tender>, amount: Money) -> Result<Money> {
    let covers = standing.bill.covers()?;
    let mut left = amount;
    for ((payment, used), (_, cover)) in standing.bill.payments.iter().zip(&mut standing.used).zip(covers) {
        let part = left.at_most(cover.minus(used.exact)?)?;
        if part.is_positive() && tender.is_none_or(|tender| tender == payment.tender) {
            used.exact = used.exact.plus(part)?;
            used.paid = used.paid.plus(part)?;
            left = left.minus(part)?;
        }
    }
    Ok(left)
}
