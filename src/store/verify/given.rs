//! What was given back: never more of a line than was sold, and never more of a payment than was paid.

use super::{Finding, Invariant, Meter};
use crate::domain::ids::BillId;
use crate::domain::money::Quantity;
use crate::store::bill::{kept_aside, overshoots};
use crate::store::{Result, Row, Tx};

pub(super) fn check(tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
    // Grouped by the rows' own key, so that nothing has to be sorted; what a sum is held against is the same in all of its rows.
    let sql = "SELECT e.bill, e.line, MAX(l.quantity), CAST(SUM(e.quantity) AS BIGINT),
            MAX(l.net_minor), CAST(SUM(CASE WHEN e.kind = 'goodwill' THEN 0 ELSE e.net_minor END) AS BIGINT),
            MAX(l.tax_minor), CAST(SUM(e.tax_minor) AS BIGINT), MAX(l.gross_minor), CAST(SUM(e.gross_minor) AS BIGINT)
        FROM line_event e JOIN bill_line l ON l.site = e.site AND l.bill = e.bill AND l.no = e.line
        WHERE e.site = ?1 GROUP BY e.bill, e.line";
    let (mut lines, mut payments, mut over) = (0, 0, Vec::new());
    tx.scan(sql, &[tx.site()], &mut |row| {
        lines += 1;
        line(&row, &mut over)
    })?;
    let sql = "SELECT e.bill, e.payment, MAX(p.covers_minor), CAST(SUM(e.exact_minor) AS BIGINT)
        FROM payment_event e JOIN bill_payment p ON p.site = e.site AND p.bill = e.bill AND p.no = e.payment
        WHERE e.site = ?1 GROUP BY e.bill, e.payment";
    tx.scan(sql, &[tx.site()], &mut |row| {
        payments += 1;
        payment(&row, &mut over)
    })?;
    for Over { bill, no, what } in over {
        let Some(row) = tx.one("SELECT number, currency FROM bill WHERE site = ?1 AND id = ?2", &[tx.site(), bill.into()])?
        else {
            found.push(Finding::BillChanged { bill: bill.to_string() });
            continue;
        };
        let (bill, currency) = (row.string(0)?, row.currency(1)?);
        found.push(match what {
            What::Pieces { sold, returned } => Finding::LinePieces { bill, line: no, sold, returned },
            What::LineMoney([paid, given]) => {
                Finding::LineMoney { bill, line: no, paid: currency.minor(paid), given: currency.minor(given) }
            }
            What::Payment([paid, given]) => {
                Finding::Payment { bill, payment: no, paid: currency.minor(paid), given: currency.minor(given) }
            }
        });
    }
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

/// A line or payment of which more was given back than there was.
struct Over {
    bill: BillId,
    no: u32,
    what: What,
}

enum What {
    Pieces {
        sold: Quantity,
        returned: Quantity,
    },
    /// What was paid for a line, and given back, in minor units.
    LineMoney([i64; 2]),
    /// What a payment paid, and what was given back of it, in minor units.
    Payment([i64; 2]),
}

fn line(row: &Row, over: &mut Vec<Over>) -> Result<()> {
    let (bill, no) = (BillId(row.uuid(0)?), row.number(1)?);
    let (sold, returned) = (row.quantity(2)?, row.quantity(3)?);
    if returned > sold || returned.thousandths() < 0 {
        over.push(Over { bill, no, what: What::Pieces { sold, returned } });
    }
    for column in [4, 6, 8] {
        let money = [row.int(column)?, row.int(column + 1)?];
        if past(money) {
            over.push(Over { bill, no, what: What::LineMoney(money) });
            break;
        }
    }
    Ok(())
}

fn payment(row: &Row, over: &mut Vec<Over>) -> Result<()> {
    let money = [row.int(2)?, row.int(3)?];
    if past(money) {
        over.push(Over { bill: BillId(row.uuid(0)?), no: row.number(1)?, what: What::Payment(money) });
    }
    Ok(())
}

/// Whether more was given than was paid; a line that took money off a bill gives the other way round.
fn past([paid, given]: [i64; 2]) -> bool {
    if paid < 0 { given < paid } else { given > paid }
}
