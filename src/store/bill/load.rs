//! Bills read back as they came, one or many in the order of their ids.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::put::{kind, mode};
use super::sum::sum;
use crate::domain::bill::{Bill, Line, LineName, Payment, Tender};
use crate::domain::digest::Digest;
use crate::domain::ids::{BillId, MemberId};
use crate::domain::money::Currency;
use crate::store::{Result, Row, Tx, Value};

/// A bill with what was noted of it when it came in.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The bill as it stands now.
    pub bill: Bill,
    digest: Digest,
    gross_minor: i64,
    lines: i64,
    covers_minor: Vec<i64>,
}

impl Kept {
    /// Whether the bill is as it came in: it makes the sum that was noted then, and so do what it comes to and what each payment covers.
    pub fn is_as_it_came(&self) -> Result<bool> {
        let Self { bill, digest, gross_minor, lines, covers_minor } = self;
        let covers: Vec<i64> = bill.covers()?.into_iter().map(|(_, amount)| amount.minor()).collect();
        Ok(sum(bill)? == *digest
            && bill.gross()?.minor() == *gross_minor
            && i64::try_from(bill.lines.len()).ok() == Some(*lines)
            && covers == *covers_minor)
    }
}

/// A bill.
pub fn load(tx: &mut Tx<'_>, id: BillId) -> Result<Option<Bill>> {
    Ok(load_kept(tx, id)?.map(|kept| kept.bill))
}

/// A bill with what was noted of it.
pub fn load_kept(tx: &mut Tx<'_>, id: BillId) -> Result<Option<Kept>> {
    let params = [tx.site(), id.into()];
    Ok(load_where(tx, ["id = ?2", "bill = ?2", "bill = ?2"], &params)?.into_iter().next())
}

/// All bills whose ids lie between two, these included, by id.
pub fn load_range(tx: &mut Tx<'_>, first: BillId, last: BillId) -> Result<Vec<Kept>> {
    let (of_bill, of_part) = ("id BETWEEN ?2 AND ?3", "bill BETWEEN ?2 AND ?3");
    load_where(tx, [of_bill, of_part, of_part], &[tx.site(), first.into(), last.into()])
}

/// Bills, their lines and their payments, of which each fulfils a condition of its own.
fn load_where(tx: &mut Tx<'_>, which: [&str; 3], params: &[Value]) -> Result<Vec<Kept>> {
    let [of_bill, of_line, of_payment] = which;
    let heads = format!(
        "SELECT id, key, number, kind, till, at_us, offset_min, business_date, member, currency, tax_mode, rounding_minor,
            promotions, digest, gross_minor, lines
        FROM bill WHERE site = ?1 AND {of_bill} ORDER BY id"
    );
    let lines = format!(
        "SELECT bill, no, item, text, department, quantity, unit_price, discount_minor, net_minor, tax_minor, gross_minor,
            taxes, returns_key, returns_line, promotion
        FROM bill_line WHERE site = ?1 AND {of_line} ORDER BY bill, no"
    );
    let payments = format!(
        "SELECT bill, no, tender, amount_minor, card, covers_minor FROM bill_payment
        WHERE site = ?1 AND {of_payment} ORDER BY bill, no"
    );
    let [heads, lines, payments] = [tx.ask(&heads, params, Ok)?, tx.ask(&lines, params, Ok)?, tx.ask(&payments, params, Ok)?];
    let (heads, lines, payments) = (heads.answer(tx)?, lines.answer(tx)?, payments.answer(tx)?);
    let mut bills: Vec<Kept> = heads.iter().map(head).collect::<Result<_>>()?;
    let places: HashMap<BillId, usize> = bills.iter().enumerate().map(|(place, kept)| (kept.bill.id, place)).collect();
    for row in lines {
        if let Some(Kept { bill, .. }) = places.get(&BillId(row.uuid(0)?)).and_then(|place| bills.get_mut(*place)) {
            bill.lines.push(line(&row, bill.currency)?);
        }
    }
    for row in payments {
        if let Some(kept) = places.get(&BillId(row.uuid(0)?)).and_then(|place| bills.get_mut(*place)) {
            kept.bill.payments.push(payment(&row, kept.bill.currency)?);
            kept.covers_minor.push(row.int(5)?);
        }
    }
    Ok(bills)
}

fn head(row: &Row) -> Result<Kept> {
    let currency = row.currency(9)?;
    let bill = Bill {
        id: BillId(row.uuid(0)?),
        key: row.string(1)?,
        number: row.string(2)?,
        kind: row.named(3, "a kind of bill", kind)?,
        till: row.string(4)?,
        at: row.moment(5)?,
        business_date: row.date(7)?,
        member: row.maybe(8, |row, column| row.uuid(column).map(MemberId))?,
        currency,
        tax_mode: row.named(10, "a tax mode", mode)?,
        lines: Vec::new(),
        payments: Vec::new(),
        rounding: row.money(11, currency)?,
        groups: row.maybe(12, |row, column| row.json(column, "promotion groups"))?.unwrap_or_default(),
    };
    Ok(Kept { bill, digest: row.digest(13)?, gross_minor: row.int(14)?, lines: row.int(15)?, covers_minor: Vec::new() })
}

fn line(row: &Row, currency: Currency) -> Result<Line> {
    let returns = row.maybe(12, |row, column| Ok(LineName { bill_key: row.string(column)?, line: row.number(column + 1)? }))?;
    Ok(Line {
        no: row.number(1)?,
        item: row.string(2)?,
        text: row.string(3)?,
        department: row.string(4)?,
        quantity: row.quantity(5)?,
        unit_price: Decimal::new(row.int(6)?, 6).normalize(),
        discount: row.money(7, currency)?,
        net: row.money(8, currency)?,
        tax: row.money(9, currency)?,
        gross: row.money(10, currency)?,
        taxes: row.maybe(11, |row, column| row.json(column, "taxes by code"))?.unwrap_or_default(),
        returns,
        group: row.maybe(14, Row::number)?,
    })
}

fn payment(row: &Row, currency: Currency) -> Result<Payment> {
    Ok(Payment {
        no: row.number(1)?,
        tender: row.named(2, "a tender", Tender::from_name)?,
        amount: row.money(3, currency)?,
        card: row.maybe(4, |row, column| row.json(column, "what is known of a card"))?,
    })
}
