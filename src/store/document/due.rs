//! Payouts to cards that the terminal has still to confirm.

use super::number;
use crate::domain::bill::CardTrace;
use crate::domain::calendar::Moment;
use crate::domain::ids::DocumentNumber;
use crate::domain::money::Money;
use crate::store::{Result, Row, Tx};

/// A payout to a card that the terminal has still to confirm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuePayout {
    /// The document that owes it.
    pub document: DocumentNumber,
    /// Which of its payouts.
    pub payout: u32,
    /// How much; negative is to be taken back from the card.
    pub amount: Money,
    /// What is known of the card.
    pub card: Option<CardTrace>,
    /// Since when.
    pub at: Moment,
    /// Whether the terminal refused it before.
    pub failed: bool,
}

/// The payouts that are due, oldest first.
pub fn due_payouts(tx: &mut Tx<'_>) -> Result<Vec<DuePayout>> {
    let sql = "SELECT p.desk, p.sequence, p.no, p.currency, p.amount_minor, p.card, p.state, d.at_us, d.offset_min FROM payout p
        JOIN document d ON d.site = p.site AND d.desk = p.desk AND d.sequence = p.sequence
        WHERE p.site = ?1 AND p.state IN ('due', 'failed') ORDER BY d.at_us, p.desk, p.sequence, p.no";
    let due = |row: &Row| {
        Ok(DuePayout {
            document: number(row, 0)?,
            payout: row.number(2)?,
            amount: row.money(4, row.currency(3)?)?,
            card: row.maybe(5, |row, column| row.json(column, "what is known of a card"))?,
            at: row.moment(7)?,
            failed: row.text(6)? == "failed",
        })
    };
    tx.query(sql, &[tx.site()])?.iter().map(due).collect()
}
