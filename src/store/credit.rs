//! Store credits: one balance a code, never below nothing, moved only by documents.

use super::{Result, Tx};
use crate::domain::credit::Credit;
use crate::domain::ids::{CreditCode, MemberId};

/// A store credit by its code.
pub fn load(tx: &mut Tx<'_>, code: CreditCode) -> Result<Option<Credit>> {
    todo!()
}

/// A member's store credits, newest first, spent ones too.
pub fn of_member(tx: &mut Tx<'_>, member: MemberId) -> Result<Vec<Credit>> {
    todo!()
}
