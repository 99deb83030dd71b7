//! The people of the shop: who may do what.

use serde::{Deserialize, Serialize};

use super::ids::StaffNo;
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
}
