//! What was given back: never more of a line than was sold, and never more of a payment than was paid.

use super::{Finding, Invariant, Meter};
use crate::domain::money::Money;
use crate::store::bill::{kept_aside, overshoots};
use crate::store::{Result, Row, Tx};

pub(super) fn check(tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
    let sql = "SELECT b.number, l.no, b.currency, l.quantity, CAST(SUM(e.quantity) AS BIGINT),
            l.net_minor, CAST(SUM(CASE WHEN e.kind = 'goodwill' THEN 0 ELSE e.net_minor END) AS BIGINT),
            l.tax_minor, CAST(SUM(e.tax_minor) AS BIGINT), l.gross_minor, CAST(SUM(e.gross_minor) AS BIGINT)
        FROM line_event e JOIN bill_line l ON l.site = e.site AND l.bill = e.bill AND l.no = e.line
        JOIN bill b ON b.site = l.site AND b.id = l.bill
        WHERE e.site = ?1 GROUP BY b.number, l.no, b.currency, l.quantity, l.net_minor, l.tax_minor, l.gross_minor, l.bill";
    let (mut lines, mut payments) = (0, 0);
    tx.scan(sql, &[tx.site()], &mut |row| {
        lines += 1;
        line(&row, found)
    })?;
    let sql = "SELECT b.number, p.no, b.currency, p.covers_minor, CAST(SUM(e.exact_minor) AS BIGINT)
        FROM payment_event e JOIN bill_payment p ON p.site = e.site AND p.bill = e.bill AND p.no = e.payment
        JOIN bill b ON b.site = p.site AND b.id = p.bill
        WHERE e.site = ?1 GROUP BY b.number, p.no, b.currency, p.covers_minor, p.bill";
    tx.scan(sql, &[tx.site()], &mut |row| {
        payments += 1;
        payment(&row, found)
    })?;
    meter.count(Invariant::Lines, lines);
    meter.count(Invariant::Payments, payments);
    for over in overshoots(tx)? {
        let (bill, line, sold, returned) = (over.number, over.line, over.sold, over.returned);
        found.push(Finding::TillOvershoot { bill, line, sold, returned });
    }
    for aside in kept_aside(tx)? {
        found.push(Finding::KeptAside { key: aside.key, source: aside.source, reason: aside.reason });
    }
    meter.step(1);
    Ok(())
}

fn line(row: &Row, found: &mut Vec<Finding>) -> Result<()> {
    let (bill, no, currency) = (row.string(0)?, row.number(1)?, row.currency(2)?);
    let (sold, returned) = (row.quantity(3)?, row.quantity(4)?);
    if returned > sold || returned.thousandths() < 0 {
        found.push(Finding::LinePieces { bill: bill.clone(), line: no, sold, returned });
    }
    for column in [5, 7, 9] {
        let (paid, given) = (row.money(column, currency)?, row.money(column + 1, currency)?);
        if past(paid, given) {
            found.push(Finding::LineMoney { bill, line: no, paid, given });
            break;
        }
    }
    Ok(())
}

/// Whether more was given than was paid; a line that took money off a bill gives the other way round.
fn past(paid: Money, given: Money) -> bool {
    if paid.is_negative() { given.minor() < paid.minor() } else { given.minor() > paid.minor() }
}

fn payment(row: &Row, found: &mut Vec<Finding>) -> Result<()> {
    let currency = row.currency(2)?;
    let (paid, given) = (row.money(3, currency)?, row.money(4, currency)?);
    if past(paid, given) {
        found.push(Finding::Payment { bill: row.string(0)?, payment: row.number(1)?, paid, given });
    }
    Ok(())
}
