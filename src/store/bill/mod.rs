//! Bills as they came in, what was kept aside, and what has become of each line since.

mod aside;
mod find;
mod load;
mod put;
mod standing;
mod sum;

use jiff::civil::Date;

use crate::domain::bill::BillKind;
use crate::domain::calendar::Moment;
use crate::domain::ids::{BillId, MemberId};
use crate::domain::money::Money;

pub use aside::{KeptAside, Overshoot, came_in, keep_aside, kept_aside, overshoots};
pub use find::{ask_named, kept_under, of_member, recent, resolve, search, with_item};
pub use load::{Kept, load, load_kept, load_range};
pub(super) use put::json;
pub use put::{Put, put};
pub use standing::{ask_happened, standing};
pub use sum::sum;

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
