//! Store credits against their events, and payouts that are still due.

use super::{Finding, Invariant, Meter};
use crate::domain::ids::CreditCode;
use crate::store::document::{due_payouts, number};
use crate::store::{Result, Tx};

pub(super) fn check(tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
    let sql = "SELECT c.desk, c.sequence, c.currency, c.balance_minor, c.issued_minor
            - COALESCE((SELECT CAST(SUM(e.amount_minor) AS BIGINT) FROM credit_event e
                WHERE e.site = c.site AND e.desk = c.desk AND e.sequence = c.sequence), 0),
            c.version - (SELECT COUNT(*) FROM credit_event e
                WHERE e.site = c.site AND e.desk = c.desk AND e.sequence = c.sequence)
        FROM credit c WHERE c.site = ?1 ORDER BY c.desk, c.sequence";
    let mut credits = 0;
    tx.scan(sql, &[tx.site()], &mut |row| {
        credits += 1;
        let currency = row.currency(2)?;
        let (balance, events) = (row.money(3, currency)?, row.money(4, currency)?);
        if balance != events || balance.is_negative() || row.int(5)? != 0 {
            found.push(Finding::Credit { code: CreditCode(number(&row, 0)?), balance, events });
        }
        Ok(())
    })?;
    meter.count(Invariant::Credits, credits);
    meter.step(1);
    for due in due_payouts(tx)? {
        found.push(Finding::PayoutDue { document: due.document, payout: due.payout, amount: due.amount });
    }
    meter.step(1);
    Ok(())
}
