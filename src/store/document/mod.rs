//! Documents: numbered without gaps, chained, and never changed once they are in.

mod due;
mod find;
mod post;
mod spent;

use jiff::civil::Date;

use crate::domain::calendar::Moment;
use crate::domain::digest::Digest;
use crate::domain::document::Document;
use crate::domain::ids::{DocumentId, DocumentNumber, MemberId, StaffNo};
use crate::domain::money::Money;
use crate::domain::request::Job;

pub use due::{DuePayout, PayoutState, due_payouts, payout_states, undone_by};
pub use find::{by_number, by_request, of_bill, of_member, recent, requests_of};
pub(super) use find::{is_there, number, parse};
pub use post::{Place, ask_next, insert};
pub(super) use post::{account_name, payout_state};
pub use spent::{Given, SpentQuery, ask_given, spent};

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
