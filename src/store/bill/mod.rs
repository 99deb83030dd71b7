//! Bills as they came in, what was kept aside, and what has become of each line since.

use jiff::civil::Date;

use super::{Result, Tx};
use crate::domain::bill::{Bill, BillKind};
use crate::domain::calendar::Moment;
use crate::domain::ids::{BillId, MemberId};
use crate::domain::money::{Money, Quantity};
use crate::domain::standing::BillStanding;

/// What became of a bill that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// It is new and was kept.
    New,
    /// It is the one that is there.
    Same,
    /// Another one is there under the same key; nothing was written.
    Changed {
        /// The first difference as it stands in the books.
        was: String,
        /// The same as it came now.
        now: String,
    },
}

/// Keeps a bill. Its till returns count as given back on the lines they name, also when those come later.
pub fn put(tx: &mut Tx<'_>, bill: &Bill) -> Result<Put> {
    todo!()
}

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

/// Keeps a bill aside; answers whether it is new there.
pub fn keep_aside(tx: &mut Tx<'_>, key: &str, source: &str, reason: &str, difference: Option<Money>, raw: &str) -> Result<bool> {
    todo!()
}

/// What was kept aside, by source and key.
pub fn kept_aside(tx: &mut Tx<'_>) -> Result<Vec<KeptAside>> {
    todo!()
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
    todo!()
}

/// A bill with everything that has happened to it.
pub fn standing(tx: &mut Tx<'_>, id: BillId) -> Result<Option<BillStanding>> {
    todo!()
}

/// Bills of a name: an id, a key, or a number, which several may share.
pub fn resolve(tx: &mut Tx<'_>, name: &str) -> Result<Vec<BillId>> {
    todo!()
}

/// A member's bills with an item, oldest first.
pub fn with_item(tx: &mut Tx<'_>, member: MemberId, item: &str) -> Result<Vec<BillId>> {
    todo!()
}

/// How much of a bill has come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// Nothing has come back.
    All,
    /// Some has.
    Part,
    /// Everything has.
    Nothing,
}

/// A bill in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Its id.
    pub id: BillId,
    /// The number on it.
    pub number: String,
    /// Sale or folio.
    pub kind: BillKind,
    /// The till that made it.
    pub till: String,
    /// When it was made.
    pub at: Moment,
    /// The business day it belongs to.
    pub business_date: Date,
    /// Whose it is.
    pub member: Option<MemberId>,
    /// What was charged, tax included.
    pub gross: Money,
    /// How many lines it has.
    pub lines: i64,
    /// How much of it is left.
    pub left: Left,
}

/// A member's bills, newest first.
pub fn of_member(tx: &mut Tx<'_>, member: MemberId, limit: usize) -> Result<Vec<Summary>> {
    todo!()
}

/// The newest bills.
pub fn recent(tx: &mut Tx<'_>, limit: usize) -> Result<Vec<Summary>> {
    todo!()
}

/// Bills by the start of their number, an item's code or a part of its text, a day, or an amount; newest first.
pub fn search(tx: &mut Tx<'_>, text: &str, limit: usize) -> Result<Vec<Summary>> {
    todo!()
}
