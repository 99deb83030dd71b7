//! The scan box: what was scanned or typed, and what it finds.

use super::{Desk, DeskError};
use crate::domain::ids::{BillId, CardNumber, CreditCode, DocumentNumber, MemberId};
use crate::domain::plain::is_plain;
use crate::receipt::mark::Mark;
use crate::store::{bill, credit, document, member};

/// What the scan box took a text for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TookFor {
    /// A membership card.
    Card,
    /// One of our own receipts, by its bars.
    Document,
    /// One of our own receipts, by its QR code; whether paper and book agree.
    Receipt {
        /// Whether amount and hash on the paper are those in the book.
        agrees: bool,
    },
    /// A store credit's slip.
    Credit,
    /// The number on a till's receipt.
    Bill,
    /// A name, a number or a part of one.
    Words,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hit {
    /// A member.
    Member(member::Hit),
    /// A bill.
    Bill(bill::Summary),
    /// A document of ours.
    Document(DocumentNumber),
    /// A store credit.
    Credit(CreditCode),
}

/// What was found for a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What the text was taken for.
    pub took_for: TookFor,
    /// What was found, best first.
    pub hits: Vec<Hit>,
}

/// Bytes of the longest text that may find something.
const LONGEST: usize = 1_000;
/// Most hits that are shown at once.
const MOST: usize = 20;

impl Desk {
    /// What a scan or a typed text finds.
    pub fn find(&mut self, text: &str) -> Result<Found, DeskError> {
        let text = text.trim();
        self.store.read(|tx| {
            // Nothing that is printed or kept is longer, or holds what no text holds.
            if text.is_empty() || text.len() > LONGEST || !is_plain(text) {
                return Ok(Found { took_for: TookFor::Words, hits: Vec::new() });
            }
            if let Some(mark) = Mark::read(text) {
                let posted = document::by_number(tx, mark.number)?;
                let agrees = posted.as_ref().is_some_and(|posted| mark.agrees(&posted.document, posted.hash));
                let hits = posted.map(|posted| Hit::Document(posted.document.number)).into_iter().collect();
                return Ok(Found { took_for: TookFor::Receipt { agrees }, hits });
            }
            if let Ok(number) = text.parse::<DocumentNumber>()
                && document::by_number(tx, number)?.is_some()
            {
                return Ok(Found { took_for: TookFor::Document, hits: vec![Hit::Document(number)] });
            }
            if let Ok(code) = text.parse::<CreditCode>()
                && credit::load(tx, code)?.is_some()
            {
                return Ok(Found { took_for: TookFor::Credit, hits: vec![Hit::Credit(code)] });
            }
            let is_card = text.parse::<CardNumber>().is_ok();
            let mut hits: Vec<Hit> = member::search(tx, text, MOST)?.into_iter().map(Hit::Member).collect();
            if is_card && !hits.is_empty() {
                return Ok(Found { took_for: TookFor::Card, hits });
            }
            let bills = bill::search(tx, text, MOST)?;
            let took_for =
                if hits.is_empty() && bills.iter().any(|bill| bill.number == text) { TookFor::Bill } else { TookFor::Words };
            hits.extend(bills.into_iter().map(Hit::Bill));
            hits.truncate(MOST);
            Ok(Found { took_for, hits })
        })
    }

    /// The member of a card number, of the till's number, or of an id.
    pub fn member_named(&mut self, name: &str) -> Result<MemberId, DeskError> {
        let missing = || DeskError::NotFound { what: "member", name: name.to_owned() };
        self.store.read(|tx| super::facts::find_member(tx, name)?.ok_or_else(missing))
    }

    /// The one bill of a number, key or id.
    pub fn bill_named(&mut self, name: &str) -> Result<BillId, DeskError> {
        self.store.read(|tx| super::facts::find_bill(tx, name))
    }
}
