//! The people of the shop: who may do what.

use serde::{Deserialize, Serialize};

use super::ids::{MemberId, StaffNo};
use super::say::Named;

/// What a person of the staff is at the counter. Later roles may do what earlier ones may, but auditors only read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads everything, posts nothing.
    Auditor,
    /// Serves the counter.
    Clerk,
    /// Serves and approves small things.
    Lead,
    /// Approves.
    Manager,
    /// Approves and sets up the shop.
    Administrator,
}

impl Role {
    /// Every role, lowest first.
    pub const ALL: [Self; 5] = [Self::Auditor, Self::Clerk, Self::Lead, Self::Manager, Self::Administrator];

    /// The name used in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auditor => "auditor",
            Self::Clerk => "clerk",
            Self::Lead => "lead",
            Self::Manager => "manager",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a name used in data.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether this role may approve what asks for `needed`.
    pub fn may_approve(self, needed: Self) -> bool {
        self >= Self::Lead && self >= needed
    }
}

impl Named for Role {
    fn word(&self) -> &'static str {
        match self {
            Self::Auditor => "role-auditor",
            Self::Clerk => "role-clerk",
            Self::Lead => "role-lead",
            Self::Manager => "role-manager",
            Self::Administrator => "role-administrator",
        }
    }
}

/// The number of the person with whom a shop begins, an administrator.
pub const FIRST_MANAGER: StaffNo = StaffNo(1);

/// Codes of the languages that a person of the staff may read.
pub const LANGUAGES: [&str; 2] = ["en", "fi"];

/// A person of the staff. The PIN is kept elsewhere and never here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    /// Number on the rota.
    pub no: StaffNo,
    /// Name as shown on the sign-in screen and printed on receipts.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// Code of the language this person reads.
    pub language: String,
    /// Whether the person still works here.
    pub active: bool,
    /// The member that the person is as well, where known: nobody decides about money for themselves or their household.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<MemberId>,
}

/// Wrong PINs that lock.
pub const TRIES: usize = 10;

/// Microseconds in which they count, and for which they lock: 30 minutes.
pub const LOCK_US: i64 = 30 * 60 * 1_000_000;

/// Until when wrong PINs lock, of which these are the moments in microseconds, oldest first; they reach two locks back. `None` where
/// nothing is locked at `now_us`.
pub fn locked_until(wrong_us: &[i64], now_us: i64) -> Option<i64> {
    let locking = wrong_us.windows(TRIES).filter_map(|tries| match tries {
        [first, .., last] if last.saturating_sub(*first) < LOCK_US => Some(last.saturating_add(LOCK_US)),
        _ => None,
    });
    locking.max().filter(|until| now_us < *until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_wrong_within_half_an_hour_lock_for_half_an_hour_after_the_tenth() {
        let minute = 60_000_000;
        let every = |step: i64, count: i64| -> Vec<i64> { (0..count).map(|at| at * step).collect() };
        for (wrong, now, until) in [
            (every(minute, 9), 9, None),
            (every(minute, 10), 9, Some(39)),
            (every(minute, 10), 38, Some(39)),
            (every(minute, 10), 39, None),
            (every(3 * minute, 10), 27, Some(57)),
            (every(4 * minute, 10), 36, None),
            // A try after the lock does not bring it back, and one that came meanwhile does not shorten it.
            ([every(0, 10), vec![30 * minute]].concat(), 30, None),
            ([every(3 * minute, 10), vec![35 * minute]].concat(), 40, Some(57)),
            // What a clock that ran ahead wrote locks as well.
            ([every(0, 9), vec![10 * minute]].concat(), -60, Some(40)),
        ] {
            assert_eq!(locked_until(&wrong, now * minute), until.map(|until| until * minute), "{wrong:?} {now}");
        }
    }

    #[test]
    fn a_person_of_an_older_document_is_written_as_before() {
        let text = r#"{"no":7,"name":"Ann","role":"clerk","language":"en","active":true}"#;
        let ann: Staff = serde_json::from_str(text).unwrap();
        assert_eq!((ann.member, serde_json::to_string(&ann).unwrap().as_str()), (None, text));
    }
}
