//! Versions of the shop's rules, each with the day from which it holds.

use jiff::civil::Date;

use super::{Result, Tx};
use crate::domain::digest::Digest;

/// A version of the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number in this shop, from 1.
    pub version: i64,
    /// The rules as TOML.
    pub text: String,
    /// Sum of the text.
    pub hash: Digest,
    /// The business day from which it holds.
    pub effective: Date,
}

/// The version in force on a day: the newest of those that hold by then.
pub fn in_force(tx: &mut Tx<'_>, on: Date) -> Result<Option<Version>> {
    todo!()
}

/// Keeps a new version and answers its number.
pub fn add(tx: &mut Tx<'_>, text: &str, hash: Digest, effective: Date) -> Result<i64> {
    todo!()
}
