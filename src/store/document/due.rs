//! Payouts to cards that the terminal has still to confirm, and what became of the others.

use super::number;
use super::post::key;
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

/// What became of a payout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayoutState {
    /// It moved at once.
    Moved,
    /// The terminal has still to confirm it.
    Due,
    /// The terminal refused it; it is still due.
    Failed,
    /// The terminal paid it, under this reference.
    Paid(String),
    /// It was undone before the terminal paid it.
    Voided,
}

/// What became of each payout of a document, in their order.
pub fn payout_states(tx: &mut Tx<'_>, number: DocumentNumber) -> Result<Vec<PayoutState>> {
    let sql = "SELECT state, reference FROM payout WHERE site = ?1 AND desk = ?2 AND sequence = ?3 ORDER BY no";
    let [desk, sequence] = key(number)?;
    let state = |row: &Row| {
        let paid = row.maybe(1, Row::string)?.unwrap_or_default();
        row.named(0, "what became of a payout", |name| match name {
            "moved" => Some(PayoutState::Moved),
            "due" => Some(PayoutState::Due),
            "failed" => Some(PayoutState::Failed),
            "paid" => Some(PayoutState::Paid(paid)),
            "voided" => Some(PayoutState::Voided),
            _ => None,
        })
    };
    tx.query(sql, &[tx.site(), desk, sequence])?.iter().map(state).collect()
}

/// The document that undid another.
pub fn undone_by(tx: &mut Tx<'_>, document: DocumentNumber) -> Result<Option<DocumentNumber>> {
    let sql = "SELECT by_desk, by_sequence FROM voided WHERE site = ?1 AND desk = ?2 AND sequence = ?3";
    let [desk, sequence] = key(document)?;
    tx.one(sql, &[tx.site(), desk, sequence])?.map(|row| number(&row, 0)).transpose()
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
