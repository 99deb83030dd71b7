//! What comes out of a file: bills and members, bills to keep aside, rows that cannot be read.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::fault::Fault;
use super::map::WhenUnknown;
use crate::domain::bill::{Bill, BillError};
use crate::domain::ids::{BillId, MemberId};
use crate::domain::member::Person;
use crate::domain::membership::Term;
use crate::domain::money::Money;

/// A place in a source, to go on from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Place {
    /// Bytes before it.
    pub byte: u64,
    /// Its line, from 1.
    pub line: u64,
}

/// One thing that came in.
#[derive(Debug, Clone, PartialEq)]
pub enum Incoming {
    /// A bill that balances.
    Bill(Box<NewBill>),
    /// A member.
    Member(Box<NewMember>),
    /// A bill that cannot stand in the books as it came.
    Aside(Box<Aside>),
    /// Something that cannot be read.
    Reject(Box<Reject>),
    /// A record that is no sale, such as opening a drawer or signing on.
    Control {
        /// What the till calls it.
        kind: String,
    },
}

/// A bill that passed its checks. Its id and its member's id are given when it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NewBill {
    bill: Bill,
    /// The till's number for the member.
    pub member_code: Option<String>,
    /// What to do when no member has that number.
    pub when_unknown: WhenUnknown,
    /// Lines of the source that it was made from.
    pub rows: u64,
    /// Sum of its lines as the source has them, before rounding.
    pub raw_sum: Decimal,
    /// Where it begins in the source.
    pub place: Place,
}

impl NewBill {
    /// Takes a bill that balances; `bill.id` and `bill.member` do not count.
    pub(super) fn checked(bill: Bill, rows: u64, raw_sum: Decimal, place: Place) -> Result<Self, BillError> {
        bill.check()?;
        bill.check_size()?;
        Ok(Self { bill, member_code: None, when_unknown: WhenUnknown::KeepAside, rows, raw_sum, place })
    }

    /// The bill as it came, without its ids.
    pub fn bill(&self) -> &Bill {
        &self.bill
    }

    /// The bill with its ids.
    pub fn into_bill(self, id: BillId, member: Option<MemberId>) -> Bill {
        Bill { id, member, ..self.bill }
    }

    /// The same bill kept aside, for a reason that only the books know.
    pub fn keep_aside(&self, source: &str, reason: &str) -> Result<Aside, serde_json::Error> {
        Ok(Aside {
            key: self.bill.key.clone(),
            source: source.to_owned(),
            fault: None,
            reason: reason.to_owned(),
            difference: None,
            raw: serde_json::to_string(&self.bill)?,
            rows: self.rows,
            raw_sum: self.raw_sum,
            place: self.place,
        })
    }
}

/// A bill to keep aside: it is looked at by a person and never absorbed.
#[derive(Debug, Clone, PartialEq)]
pub struct Aside {
    /// What makes the bill one.
    pub key: String,
    /// Where it came from.
    pub source: String,
    /// What is wrong, where the reader found it.
    pub fault: Option<Fault>,
    /// Why it cannot stand, in words.
    pub reason: String,
    /// Payments less lines and cash rounding, where that is what is wrong.
    pub difference: Option<Money>,
    /// The bill as the source has it.
    pub raw: String,
    /// Lines of the source in it.
    pub rows: u64,
    /// Sum of its readable lines, before rounding.
    pub raw_sum: Decimal,
    /// Where it begins in the source.
    pub place: Place,
}

impl Aside {
    /// A bill that a reader found unable to stand.
    pub(super) fn new(key: String, source: &str, fault: Fault, raw: String, rows: u64, raw_sum: Decimal, place: Place) -> Self {
        let difference = match &fault {
            Fault::Bill(BillError::OutOfBalance { difference, .. }) => Some(*difference),
            _ => None,
        };
        let reason = fault.to_string();
        Self { key, source: source.to_owned(), fault: Some(fault), reason, difference, raw, rows, raw_sum, place }
    }
}

/// Something that cannot be read, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// Line in the source, from 1.
    pub line: u64,
    /// Column: of a CSV the field's number, of XML the byte in the line; from 1.
    pub column: u64,
    /// The field's name; empty for the row as a whole.
    pub field: String,
    /// Why.
    pub fault: Fault,
    /// What stood there; card numbers masked.
    pub raw: String,
    /// Lines of the source that are lost by it.
    pub rows: u64,
}

/// A member as a file has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMember {
    /// The till's number for the member.
    pub code: Option<String>,
    /// The person.
    pub person: Person,
    /// The day of joining.
    pub since: Option<Date>,
    /// The paid term.
    pub term: Option<Term>,
    /// Line in the source.
    pub line: u64,
}
