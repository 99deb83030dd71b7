//! Recomputes the books: numbers, chain, postings, what was given back, credits, bills.

use super::{Result, Tx};
use crate::domain::ids::{CreditCode, DeskNo, DocumentNumber};
use crate::domain::money::{Money, Quantity};
use crate::domain::say::Saying;

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {}

impl Finding {
    /// Whether nothing is wrong and it is only to be known.
    pub fn is_note(&self) -> bool {
        todo!()
    }

    /// Where it is, what it means for the money, and what to do.
    pub fn say(&self) -> Saying {
        todo!()
    }
}

/// Looks at everything; `progress` hears how much of how much is done.
pub fn verify(tx: &mut Tx<'_>, progress: &mut dyn FnMut(u64, u64)) -> Result<Vec<Finding>> {
    todo!()
}
