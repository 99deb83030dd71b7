//! The sum of a bill's content, without the id that this house gave it, and where two bills of one key differ first.

use sha2::{Digest as _, Sha256};

use super::put::{json, millionths};
use crate::domain::bill::{Bill, BillKind, Line, Payment, TaxMode};
use crate::domain::digest::Digest;
use crate::store::Result;

/// Version of the bytes that are summed; it never changes what it means.
const ENCODING: &[u8] = b"courtesy/bill/1\n";

/// Bytes of a bill's content, each text with its length before it.
struct Bytes(Vec<u8>);

impl Bytes {
    fn int(&mut self, number: i64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.0.extend_from_slice(&(text.len() as u64).to_le_bytes());
        self.0.extend_from_slice(text.as_bytes());
    }
}

/// The sum of a bill's content.
pub fn sum(bill: &Bill) -> Result<Digest> {
    let Bill { id: _, key, number, kind, till, at, business_date, member, currency, tax_mode, lines, payments, rounding, groups } =
        bill;
    let mut bytes = Bytes(Vec::with_capacity(128 + lines.len() * 160));
    bytes.0.extend_from_slice(ENCODING);
    [key.as_str(), number, till, currency.code()].into_iter().for_each(|text| bytes.text(text));
    bytes.int(i64::from(*kind == BillKind::Folio));
    bytes.int(i64::from(*tax_mode == TaxMode::Added));
    bytes.int(at.at_us);
    bytes.int(i64::from(at.offset_min));
    let day = [i64::from(business_date.year()), i64::from(business_date.month()), i64::from(business_date.day())];
    day.into_iter().for_each(|part| bytes.int(part));
    bytes.text(&member.map(|member| member.to_string()).unwrap_or_default());
    bytes.int(rounding.minor());
    lines.iter().try_for_each(|line| add_line(&mut bytes, line))?;
    payments.iter().try_for_each(|payment| add_payment(&mut bytes, payment))?;
    if !groups.is_empty() {
        bytes.text(&json(groups)?);
    }
    Ok(Digest(Sha256::digest(&bytes.0).into()))
}

fn add_line(bytes: &mut Bytes, line: &Line) -> Result<()> {
    let Line { no, item, text, department, quantity, unit_price, discount, net, tax, gross, taxes, returns, group } = line;
    bytes.int(i64::from(*no));
    [item.as_str(), text, department].into_iter().for_each(|text| bytes.text(text));
    bytes.int(quantity.thousandths());
    bytes.int(millionths(*unit_price)?);
    [discount, net, tax, gross].into_iter().for_each(|money| bytes.int(money.minor()));
    for tax in taxes {
        bytes.text(&tax.code);
        bytes.int(tax.rate.ppm());
        bytes.int(tax.amount.minor());
    }
    if let Some(sale) = returns {
        bytes.text(&sale.bill_key);
        bytes.int(i64::from(sale.line));
    }
    bytes.int(group.map_or(-1, i64::from));
    Ok(())
}

fn add_payment(bytes: &mut Bytes, payment: &Payment) -> Result<()> {
    let Payment { no, tender, amount, card } = payment;
    bytes.int(i64::from(*no));
    bytes.text(tender.name());
    bytes.int(amount.minor());
    bytes.text(&card.as_ref().map(json).transpose()?.unwrap_or_default());
    Ok(())
}

/// The same thing of two bills, where they differ.
pub struct Differs {
    /// As it stands in the books.
    pub was: String,
    /// As it came.
    pub now: String,
}

/// The first difference of two bills under one key.
pub fn first_difference(was: &Bill, now: &Bill) -> Differs {
    let (before, after) = (facts(was), facts(now));
    let first = before.iter().zip(&after).find(|(was, now)| was != now);
    let (was, now) = match first {
        Some((was, now)) => (was.clone(), now.clone()),
        None => (after_last(&before, after.len()), after_last(&after, before.len())),
    };
    Differs { was, now }
}

fn after_last(facts: &[String], of: usize) -> String {
    facts.get(of).cloned().unwrap_or_else(|| "-".to_owned())
}

/// What a bill says, the most telling first.
fn facts(bill: &Bill) -> Vec<String> {
    let mut facts = vec![
        format!("{} | {} | {}", bill.number, bill.till, bill.business_date),
        format!("{} us {:+} min", bill.at.at_us, bill.at.offset_min),
        format!("{:?} {:?} {} {}", bill.kind, bill.tax_mode, bill.currency, bill.rounding),
        bill.member.map(|member| member.to_string()).unwrap_or_default(),
    ];
    for line in &bill.lines {
        let head = format!("{}: {} {} {}", line.no, line.quantity.decimal(), line.item, line.text);
        let money = format!("{} + {} = {} (-{})", line.net, line.tax, line.gross, line.discount);
        let price = line.unit_price.round_dp(6).normalize();
        facts.push(format!("{head} | {} | {price} | {money}", line.department));
        facts.push(format!("{}: {:?} {:?} {:?}", line.no, line.taxes, line.returns, line.group));
    }
    facts.extend(bill.payments.iter().map(|payment| {
        let card = payment.card.as_ref().and_then(|card| card.last_four.clone()).unwrap_or_default();
        format!("{}: {} {} {card}", payment.no, payment.tender.name(), payment.amount)
    }));
    facts.push(format!("{:?}", bill.groups));
    facts
}
