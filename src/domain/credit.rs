//! Store credit: what the shop owes a member or the bearer of a slip.

use super::ids::{CreditCode, MemberId};
use super::money::Money;

/// A store credit with its balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// Its code.
    pub code: CreditCode,
    /// Whose; `None` for a bearer's slip.
    pub member: Option<MemberId>,
    /// What is left on it; never below nothing.
    pub balance: Money,
    /// Whether it was an apology rather than the member's own money.
    pub promotional: bool,
}
