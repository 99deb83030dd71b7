//! Bills coming in: kept as they are under a sum of their content, so that the same bill again changes nothing and another
//! one under its key is noticed.

use rust_decimal::{Decimal, RoundingStrategy};

use super::load::load;
use super::sum::{Differs, first_difference, sum};
use crate::domain::bill::{Bill, BillKind, Line, Payment, TaxMode};
use crate::domain::ids::BillId;
use crate::domain::money::{Money, MoneyError};
use crate::store::member::fold;
use crate::store::tally::{self, Tally};
use crate::store::{Asked, Result, StoreError, Tx, Value};

/// What became of a bill that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// It is new and was kept.
    New,
    /// It is the one that is there.
    Same,
    /// Another one is there under the same key; nothing was written.
    Changed {
        /// The first difference as it stands in the books.
        was: String,
        /// The same as it came now.
        now: String,
    },
}

/// Keeps a bill that balances. Its till returns count as given back on the lines they name, also when those come later.
/// Unit prices are kept in millionths.
pub fn put(tx: &mut Tx<'_>, bill: &Bill) -> Result<Put> {
    bill.check()?;
    let digest = sum(bill)?;
    let sql = "SELECT id, digest FROM bill WHERE site = ?1 AND key = ?2";
    if let Some(row) = tx.one(sql, &[tx.site(), bill.key.as_str().into()])? {
        if row.digest(1)? == digest {
            return Ok(Put::Same);
        }
        let known = load(tx, BillId(row.uuid(0)?))?.ok_or_else(|| StoreError::Unknown { what: format!("bill {}", bill.key) })?;
        let Differs { was, now } = first_difference(&known, bill);
        return Ok(Put::Changed { was, now });
    }
    let promotions = if bill.groups.is_empty() { None } else { Some(json(&bill.groups)?) };
    let sql = "INSERT INTO bill (site, id, key, number, kind, till, at_us, offset_min, business_date, member, currency, tax_mode,
            gross_minor, rounding_minor, lines, promotions, digest)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";
    let params = [
        tx.site(),
        bill.id.into(),
        bill.key.as_str().into(),
        bill.number.as_str().into(),
        kind_name(bill.kind).into(),
        bill.till.as_str().into(),
        bill.at.at_us.into(),
        bill.at.offset_min.into(),
        bill.business_date.into(),
        bill.member.into(),
        bill.currency.into(),
        mode_name(bill.tax_mode).into(),
        bill.gross()?.into(),
        bill.rounding.into(),
        i64::try_from(bill.lines.len()).map_err(|_| MoneyError::Overflow)?.into(),
        promotions.into(),
        digest.into(),
    ];
    let new = new_items(tx, &bill.lines)?;
    tx.send(sql, &params)?;
    bill.lines.iter().try_for_each(|line| put_line(tx, bill.id, line))?;
    new.into_iter().try_for_each(|line| put_item(tx, line))?;
    let covers = bill.covers()?;
    bill.payments.iter().zip(covers).try_for_each(|(payment, (_, covers))| put_payment(tx, bill.id, payment, covers))?;
    tally::add(tx, Tally::Bills, digest)?;
    Ok(Put::New)
}

fn put_line(tx: &mut Tx<'_>, bill: BillId, line: &Line) -> Result<()> {
    let sql = "INSERT INTO bill_line (site, bill, no, item, text, department, quantity, unit_price, discount_minor, net_minor,
            tax_minor, gross_minor, taxes, returns_key, returns_line, promotion)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
    let taxes = if line.taxes.is_empty() { None } else { Some(json(&line.taxes)?) };
    let params = [
        tx.site(),
        bill.into(),
        line.no.into(),
        line.item.as_str().into(),
        line.text.as_str().into(),
        line.department.as_str().into(),
        line.quantity.into(),
        millionths(line.unit_price)?.into(),
        line.discount.into(),
        line.net.into(),
        line.tax.into(),
        line.gross.into(),
        taxes.into(),
        line.returns.as_ref().map(|sale| sale.bill_key.as_str()).into(),
        line.returns.as_ref().map(|sale| sale.line).into(),
        line.group.into(),
    ];
    tx.send(sql, &params)?;
    match &line.returns {
        Some(sale) if line.quantity.thousandths() < 0 => {
            let sql =
                "INSERT INTO till_return (site, sale_key, sale_line, bill, line, quantity, net_minor, tax_minor, gross_minor)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
            let back = line.share().negated()?;
            let quantity = line.quantity.thousandths().checked_neg().ok_or(MoneyError::Overflow)?;
            let (key, place) = (sale.bill_key.as_str().into(), sale.line.into());
            let (net, tax, gross) = (back.net.into(), back.tax.into(), back.gross.into());
            let params = [tx.site(), key, place, bill.into(), line.no.into(), quantity.into(), net, tax, gross];
            tx.send(sql, &params)
        }
        _ => Ok(()),
    }
}

/// Lines with goods that were not sold before.
fn new_items<'a>(tx: &mut Tx<'_>, lines: &'a [Line]) -> Result<Vec<&'a Line>> {
    let sql = "SELECT 1 FROM item WHERE site = ?1 AND code = ?2 AND text = ?3";
    let ask = |line: &'a Line| {
        let params = [tx.site(), line.item.as_str().into(), line.text.as_str().into()];
        Ok((line, tx.ask(sql, &params, |rows| Ok(rows.is_empty()))?))
    };
    let asked: Vec<(&Line, Asked<bool>)> = lines.iter().map(ask).collect::<Result<_>>()?;
    let mut new = Vec::new();
    for (line, is_new) in asked {
        if is_new.answer(tx)? {
            new.push(line);
        }
    }
    Ok(new)
}

/// Remembers goods, so that bills are found by them.
fn put_item(tx: &mut Tx<'_>, line: &Line) -> Result<()> {
    let sql = "INSERT INTO item (site, code, text, folded) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    tx.send(sql, &[tx.site(), line.item.as_str().into(), line.text.as_str().into(), fold(&line.text).into()])
}

fn put_payment(tx: &mut Tx<'_>, bill: BillId, payment: &Payment, covers: Money) -> Result<()> {
    let sql = "INSERT INTO bill_payment (site, bill, no, tender, amount_minor, covers_minor, card)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let card: Value = payment.card.as_ref().map(json).transpose()?.into();
    let (tender, amount) = (payment.tender.name().into(), payment.amount.into());
    tx.send(sql, &[tx.site(), bill.into(), payment.no.into(), tender, amount, covers.into(), card])
}

/// A unit price in millionths, finer ones rounded half up.
pub(super) fn millionths(price: Decimal) -> Result<i64> {
    let scaled = price
        .checked_mul(Decimal::from(1_000_000))
        .ok_or(MoneyError::Overflow)?
        .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    i64::try_from(scaled).map_err(|_| MoneyError::Overflow.into())
}

pub(in crate::store) fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Engine(error.to_string()))
}

fn kind_name(kind: BillKind) -> &'static str {
    match kind {
        BillKind::Sale => "sale",
        BillKind::Folio => "folio",
    }
}

/// The kind of a name used in data.
pub(super) fn kind(name: &str) -> Option<BillKind> {
    [BillKind::Sale, BillKind::Folio].into_iter().find(|kind| kind_name(*kind) == name)
}

fn mode_name(mode: TaxMode) -> &'static str {
    match mode {
        TaxMode::Included => "included",
        TaxMode::Added => "added",
    }
}

/// The tax mode of a name used in data.
pub(super) fn mode(name: &str) -> Option<TaxMode> {
    [TaxMode::Included, TaxMode::Added].into_iter().find(|mode| mode_name(*mode) == name)
}
