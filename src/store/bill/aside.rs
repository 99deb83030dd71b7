//! Bills that cannot stand in the books as they came, and till returns of more than was sold: kept, and told.

use std::collections::HashSet;

use crate::domain::ids::BillId;
use crate::domain::money::{Money, Quantity};
use crate::store::{Result, Row, Tx};

/// A bill that cannot stand in the books as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAside {
    /// The bill's key.
    pub key: String,
    /// Where it came from.
    pub source: String,
    /// Why it was kept aside.
    pub reason: String,
    /// By how much it is out.
    pub difference: Option<Money>,
    /// The bill as it came.
    pub raw: String,
}

/// Keeps a bill aside, for the reason that it has now. What an erasure has emptied stays so.
pub fn keep_aside(tx: &mut Tx<'_>, key: &str, source: &str, reason: &str, difference: Option<Money>, raw: &str) -> Result<()> {
    let sql = "INSERT INTO kept_aside (site, origin, key, reason, difference_minor, currency, raw)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (site, origin, key) DO UPDATE SET
            reason = CASE WHEN kept_aside.raw = '' THEN kept_aside.reason ELSE excluded.reason END,
            difference_minor = excluded.difference_minor, currency = excluded.currency,
            raw = CASE WHEN kept_aside.raw = '' THEN '' ELSE excluded.raw END";
    let currency = difference.map(|money| money.currency());
    let (origin, difference) = (source.into(), difference.into());
    let params = [tx.site(), origin, key.into(), reason.into(), difference, currency.into(), raw.into()];
    tx.send(sql, &params)
}

/// Bills that came in after all no longer count as kept aside.
pub fn came_in<'a>(tx: &mut Tx<'_>, keys: impl Iterator<Item = &'a str>) -> Result<()> {
    let mut aside = HashSet::new();
    tx.scan("SELECT key FROM kept_aside WHERE site = ?1", &[tx.site()], &mut |row| {
        aside.insert(row.string(0)?);
        Ok(())
    })?;
    for key in keys.filter(|key| aside.contains(*key)) {
        tx.send("DELETE FROM kept_aside WHERE site = ?1 AND key = ?2", &[tx.site(), key.into()])?;
    }
    Ok(())
}

/// What was kept aside, by source and key.
pub fn kept_aside(tx: &mut Tx<'_>) -> Result<Vec<KeptAside>> {
    let sql = "SELECT key, origin, reason, currency, difference_minor, raw FROM kept_aside WHERE site = ?1 ORDER BY origin, key";
    let aside = |row: &Row| {
        let difference = row.maybe(3, Row::currency)?.map(|currency| row.money(4, currency)).transpose()?;
        let (key, source, reason) = (row.string(0)?, row.string(1)?, row.string(2)?);
        Ok(KeptAside { key, source, reason, difference, raw: row.string(5)? })
    };
    tx.query(sql, &[tx.site()])?.iter().map(aside).collect()
}

/// A line of which the till took back more than was sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overshoot {
    /// The bill.
    pub bill: BillId,
    /// Its number.
    pub number: String,
    /// The line.
    pub line: u32,
    /// How many were sold.
    pub sold: Quantity,
    /// How many were given back.
    pub returned: Quantity,
}

/// Lines of which tills and desks together took back more than was sold.
pub fn overshoots(tx: &mut Tx<'_>) -> Result<Vec<Overshoot>> {
    let sql = "SELECT b.id, b.number, l.no, l.quantity, CAST(r.quantity AS BIGINT)
            + (SELECT COALESCE(CAST(SUM(e.quantity) AS BIGINT), 0) FROM line_event e
                WHERE e.site = l.site AND e.bill = l.bill AND e.line = l.no)
        FROM (SELECT site, sale_key, sale_line, SUM(quantity) AS quantity FROM till_return WHERE site = ?1
            GROUP BY site, sale_key, sale_line) r
        JOIN bill b ON b.site = r.site AND b.key = r.sale_key
        JOIN bill_line l ON l.site = b.site AND l.bill = b.id AND l.no = r.sale_line
        ORDER BY b.key, l.no";
    let mut overshoots = Vec::new();
    for row in tx.query(sql, &[tx.site()])? {
        let (sold, returned) = (row.quantity(3)?, row.quantity(4)?);
        if returned > sold {
            let (bill, number) = (BillId(row.uuid(0)?), row.string(1)?);
            overshoots.push(Overshoot { bill, number, line: row.number(2)?, sold, returned });
        }
    }
    Ok(overshoots)
}
