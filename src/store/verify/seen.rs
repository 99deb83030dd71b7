//! What corrections, refunds and undoings were built on, by the order in which documents came to each line: how many had come back, and
//! what stood there to be undone.
//!
//! What a till gave back has no place in that order, so that as many of its pieces may have been seen as it gave back in all, and never
//! fewer than were seen before. What a clerk saw on the screen is only in the sum of what was asked, which cannot be taken apart.

use std::collections::HashMap;

use super::{Finding, Invariant, Meter};
use crate::domain::document::Document;
use crate::domain::ids::{BillId, DocumentNumber};
use crate::domain::money::Quantity;
use crate::domain::request::Job;
use crate::store::document::number;
use crate::store::{Result, Row, Tx};

/// A line of a bill.
type Of = (BillId, u32);

/// What documents say they saw.
#[derive(Default)]
pub(super) struct Seen {
    /// The pieces that price corrections say are still with the member.
    kept: HashMap<(DocumentNumber, Of), Quantity>,
}

/// What had become of a line when a document came to it.
struct Standing {
    of: Of,
    returned: Quantity,
    /// What a till had given back of it, as far as documents saw that, and in all.
    by_till: (Quantity, Quantity),
    /// Corrections that are not undone: how many had come back, net and tax.
    corrections: Vec<(Quantity, i64, i64)>,
    corrected: bool,
}

impl Seen {
    /// Adds what a document says.
    pub(super) fn add(&mut self, document: &Document) {
        if document.quote.job == Job::CorrectPrice {
            let lines = document.quote.lines.iter();
            let kept = lines.filter_map(|line| line.of.map(|of| ((document.number, of), line.quantity)));
            self.kept.extend(kept);
        }
    }

    /// Goes through each line's documents in their order.
    pub(super) fn check(&self, tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
        let by_till = till_returns(tx)?;
        let mut standing: Option<Standing> = None;
        let mut looked_at = 0;
        let sql = "SELECT e.desk, e.sequence, e.bill, e.line, e.kind, e.quantity, e.returned_before, e.net_minor, e.tax_minor,
                e.gross_minor, l.quantity
            FROM line_event e JOIN bill_line l ON l.site = e.site AND l.bill = e.bill AND l.no = e.line
            WHERE e.site = ?1 ORDER BY e.bill, e.line, e.place";
        tx.scan(sql, &[tx.site()], &mut |row| {
            looked_at += 1;
            let (document, of) = (number(&row, 0)?, (BillId(row.uuid(2)?), row.number(3)?));
            let line = match standing.as_mut() {
                Some(line) if line.of == of => line,
                _ => standing.insert(Standing::untouched(of, by_till.get(&of).copied().unwrap_or_default())),
            };
            if !self.fits(&row, document, line)? {
                found.push(Finding::Seen { document });
            }
            Ok(())
        })?;
        undone(tx, found)?;
        meter.count(Invariant::Seen, looked_at);
        meter.step(1);
        Ok(())
    }

    /// Whether a document that comes to a line found it as it says; the line is then as the document left it.
    fn fits(&self, row: &Row, document: DocumentNumber, line: &mut Standing) -> Result<bool> {
        let (quantity, before, sold) = (row.quantity(5)?, row.quantity(6)?, row.quantity(10)?);
        let (net, tax, is_undoing) = (row.int(7)?, row.int(8)?, row.int(9)? < 0);
        if row.text(4)? == "return" {
            line.returned = line.returned.plus(quantity)?;
            return Ok(line.returned >= Quantity::ZERO && (quantity <= Quantity::ZERO || line.returned <= sold));
        }
        let is_price = row.text(4)? == "price";
        if is_undoing {
            let stands = line.corrections.iter().position(|known| *known == (before, -net, -tax));
            stands.map(|place| line.corrections.remove(place));
            line.corrected &= !is_price;
            return Ok(stands.is_some() && line.returned <= before);
        }
        let by_till = before.minus(line.returned)?;
        let mut fits = by_till >= line.by_till.0 && by_till <= line.by_till.1;
        line.by_till.0 = line.by_till.0.max(by_till.min(line.by_till.1));
        line.corrections.push((before, net, tax));
        if is_price {
            let kept = self.kept.get(&(document, line.of));
            fits &= !line.corrected && kept.is_none_or(|kept| sold.minus(before).is_ok_and(|left| left == *kept));
            line.corrected = true;
        }
        Ok(fits)
    }
}

impl Standing {
    fn untouched(of: Of, by_till: Quantity) -> Self {
        let zero = Quantity::ZERO;
        Self { of, returned: zero, by_till: (zero, by_till), corrections: Vec::new(), corrected: false }
    }
}

/// How many pieces of each line tills gave back.
fn till_returns(tx: &mut Tx<'_>) -> Result<HashMap<Of, Quantity>> {
    let mut by_till = HashMap::new();
    let sql = "SELECT b.id, r.sale_line, CAST(SUM(r.quantity) AS BIGINT) FROM till_return r
        JOIN bill b ON b.site = r.site AND b.key = r.sale_key WHERE r.site = ?1 GROUP BY b.id, r.sale_line";
    tx.scan(sql, &[tx.site()], &mut |row| {
        by_till.insert((BillId(row.uuid(0)?), row.number(1)?), row.quantity(2)?);
        Ok(())
    })?;
    Ok(by_till)
}

/// Undoings that do not undo what their documents came to, or come before them.
fn undone(tx: &mut Tx<'_>, found: &mut Vec<Finding>) -> Result<()> {
    let sql = "SELECT v.by_desk, v.by_sequence FROM voided v
        JOIN document d ON d.site = v.site AND d.desk = v.desk AND d.sequence = v.sequence
        JOIN document u ON u.site = v.site AND u.desk = v.by_desk AND u.sequence = v.by_sequence
        WHERE v.site = ?1 AND (d.total_minor <> -u.total_minor OR d.currency <> u.currency
            OR (d.desk = u.desk AND d.sequence >= u.sequence))
        ORDER BY v.by_desk, v.by_sequence";
    for row in tx.query(sql, &[tx.site()])? {
        found.push(Finding::Seen { document: number(&row, 0)? });
    }
    Ok(())
}
