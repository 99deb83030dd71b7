//! The jobs of a desk by name, as documents, lists and limits speak of them.

use serde::{Deserialize, Serialize};

use super::say::Named;

/// What kind of request it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Job {
    /// See [`super::request::SignUp`].
    SignUp,
    /// See [`super::request::Renew`].
    Renew,
    /// See [`super::request::Refund`].
    Refund,
    /// See [`super::request::CorrectPrice`].
    CorrectPrice,
    /// See [`super::request::Goodwill`].
    Goodwill,
    /// See [`super::request::RedeemCredit`].
    RedeemCredit,
    /// See [`super::request::Void`].
    Void,
    /// See [`super::request::RecordPayout`].
    RecordPayout,
    /// See [`super::request::SetStaff`].
    SetStaff,
    /// See [`super::request::AdoptPolicy`].
    AdoptPolicy,
    /// See [`super::request::OpenShift`].
    OpenShift,
    /// See [`super::request::CloseShift`].
    CloseShift,
    /// See [`super::request::RotateKey`].
    RotateKey,
    /// See [`super::request::ReAnchor`].
    ReAnchor,
    /// See [`super::request::ErasePerson`].
    ErasePerson,
}

impl Job {
    /// Every job.
    pub const ALL: [Self; 15] = [
        Self::SignUp,
        Self::Renew,
        Self::Refund,
        Self::CorrectPrice,
        Self::Goodwill,
        Self::RedeemCredit,
        Self::Void,
        Self::RecordPayout,
        Self::SetStaff,
        Self::AdoptPolicy,
        Self::OpenShift,
        Self::CloseShift,
        Self::RotateKey,
        Self::ReAnchor,
        Self::ErasePerson,
    ];

    /// Whether somebody at the counter takes paper home; what keeps the shop going is printed when asked for.
    pub fn makes_paper(self) -> bool {
        match self {
            Self::SignUp | Self::Renew | Self::Refund | Self::CorrectPrice | Self::Goodwill | Self::RedeemCredit | Self::Void => {
                true
            }
            Self::SetStaff | Self::AdoptPolicy | Self::RecordPayout => false,
            Self::OpenShift | Self::CloseShift | Self::RotateKey | Self::ReAnchor | Self::ErasePerson => false,
        }
    }

    /// Whether a second person's word may be asked for at another desk; what is about a desk, the people or the rules is decided where
    /// it is asked.
    pub fn may_wait(self) -> bool {
        match self {
            Self::SignUp
            | Self::Renew
            | Self::Refund
            | Self::CorrectPrice
            | Self::Goodwill
            | Self::RedeemCredit
            | Self::Void
            | Self::RecordPayout => true,
            Self::SetStaff | Self::AdoptPolicy => false,
            Self::OpenShift | Self::CloseShift | Self::RotateKey | Self::ReAnchor | Self::ErasePerson => false,
        }
    }

    /// The name used in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::SignUp => "sign_up",
            Self::Renew => "renew",
            Self::Refund => "refund",
            Self::CorrectPrice => "correct_price",
            Self::Goodwill => "goodwill",
            Self::RedeemCredit => "redeem_credit",
            Self::Void => "void",
            Self::RecordPayout => "record_payout",
            Self::SetStaff => "set_staff",
            Self::AdoptPolicy => "adopt_policy",
            Self::OpenShift => "open_shift",
            Self::CloseShift => "close_shift",
            Self::RotateKey => "rotate_key",
            Self::ReAnchor => "re_anchor",
            Self::ErasePerson => "erase_person",
        }
    }

    /// The job of a name used in data.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|job| job.name() == name)
    }
}

impl Named for Job {
    fn word(&self) -> &'static str {
        match self {
            Self::SignUp => "job-sign-up",
            Self::Renew => "job-renew",
            Self::Refund => "job-refund",
            Self::CorrectPrice => "job-correct-price",
            Self::Goodwill => "job-goodwill",
            Self::RedeemCredit => "job-redeem-credit",
            Self::Void => "job-void",
            Self::RecordPayout => "job-record-payout",
            Self::SetStaff => "job-set-staff",
            Self::AdoptPolicy => "job-adopt-policy",
            Self::OpenShift => "job-open-shift",
            Self::CloseShift => "job-close-shift",
            Self::RotateKey => "job-rotate-key",
            Self::ReAnchor => "job-re-anchor",
            Self::ErasePerson => "job-erase-person",
        }
    }
}
