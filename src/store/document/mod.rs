//! Documents: numbered without gaps, chained, and never changed once they are in.

use jiff::civil::Date;

use super::{Result, Tx};
use crate::domain::bill::CardTrace;
use crate::domain::calendar::Moment;
use crate::domain::digest::Digest;
use crate::domain::document::Document;
use crate::domain::ids::{BillId, DeskNo, DocumentId, DocumentNumber, MemberId, RequestId, StaffNo};
use crate::domain::money::{Currency, Money};
use crate::domain::quote::Spent;
use crate::domain::request::Job;

/// The number of a desk's next document. It is taken by [`insert`], so nothing is lost when none follows.
pub fn next_number(tx: &mut Tx<'_>, desk: DeskNo) -> Result<DocumentNumber> {
    todo!()
}

/// The hash of a desk's last document, which the next one follows.
pub fn head(tx: &mut Tx<'_>, desk: DeskNo) -> Result<Digest> {
    todo!()
}

/// A document as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The document.
    pub document: Document,
    /// Its canonical bytes.
    pub body: Vec<u8>,
    /// The sum that chains it.
    pub hash: Digest,
    /// The sum it follows.
    pub previous: Digest,
    /// The receipt's layout as JSON.
    pub paper: String,
    /// Whether another document has undone it.
    pub voided: bool,
    /// Its payouts that the terminal has still to confirm.
    pub due: Vec<u32>,
}

/// Keeps a document with its number, postings and payouts, and applies its effects.
pub fn insert(
    tx: &mut Tx<'_>,
    document: &Document,
    body: &[u8],
    previous: Digest,
    hash: Digest,
    paper: &str,
    request_hash: Digest,
) -> Result<()> {
    todo!()
}

/// A document by its number.
pub fn by_number(tx: &mut Tx<'_>, number: DocumentNumber) -> Result<Option<Posted>> {
    todo!()
}

/// A document by its id.
pub fn by_id(tx: &mut Tx<'_>, id: DocumentId) -> Result<Option<Posted>> {
    todo!()
}

/// The document that answered a request, with the sum of that request's content.
pub fn by_request(tx: &mut Tx<'_>, request: RequestId) -> Result<Option<(Posted, Digest)>> {
    todo!()
}

/// A document in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// Its id.
    pub id: DocumentId,
    /// Its number.
    pub number: DocumentNumber,
    /// Which job.
    pub job: Job,
    /// When it was posted.
    pub at: Moment,
    /// The business day.
    pub business_date: Date,
    /// Who asked.
    pub clerk: StaffNo,
    /// The member, when known.
    pub member: Option<MemberId>,
    /// Positive to the member.
    pub total: Money,
    /// Whether another document has undone it.
    pub voided: bool,
}

/// The newest documents, of one desk or of all.
pub fn recent(tx: &mut Tx<'_>, desk: Option<DeskNo>, limit: usize) -> Result<Vec<DocumentRow>> {
    todo!()
}

/// A member's documents, newest first.
pub fn of_member(tx: &mut Tx<'_>, member: MemberId, limit: usize) -> Result<Vec<DocumentRow>> {
    todo!()
}

/// The documents about a bill, newest first.
pub fn of_bill(tx: &mut Tx<'_>, bill: BillId) -> Result<Vec<DocumentRow>> {
    todo!()
}

/// A payout to a card that the terminal has still to confirm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuePayout {
    /// The document that owes it.
    pub document: DocumentNumber,
    /// Which of its payouts.
    pub payout: u32,
    /// How much.
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
    todo!()
}

/// What to add up.
#[derive(Debug, Clone, Copy)]
pub struct SpentQuery<'a> {
    /// Amounts of this currency.
    pub currency: Currency,
    /// The business day.
    pub today: Date,
    /// Who asks.
    pub clerk: StaffNo,
    /// For whom.
    pub member: Option<MemberId>,
    /// About which bills.
    pub bills: &'a [BillId],
}

/// What was given away already and counts together with a request; documents that were undone do not count.
pub fn spent(tx: &mut Tx<'_>, query: &SpentQuery<'_>) -> Result<Spent> {
    todo!()
}
