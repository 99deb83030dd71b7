//! The shop itself: made once, then only its settings change.

use jiff::civil::Time;

use super::{Result, Tx};
use crate::domain::money::Currency;

/// What a shop is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shop {
    /// Name as printed.
    pub name: String,
    /// Address as printed, lines parted by line feeds.
    pub address: String,
    /// Its currency.
    pub currency: Currency,
    /// Name of its time zone, such as `Europe/Riga`.
    pub zone: String,
    /// When at night a business day ends.
    pub day_ends_at: Time,
    /// Code of its language.
    pub language: String,
    /// Whether requests may bring their own time; only for replaying the past.
    pub replay: bool,
}

/// The shop; `None` before the first start has made it.
pub fn load(tx: &mut Tx<'_>) -> Result<Option<Shop>> {
    todo!()
}

/// Makes the shop; an error when there is one.
pub fn create(tx: &mut Tx<'_>, shop: &Shop) -> Result<()> {
    todo!()
}

/// A setting by its key.
pub fn setting(tx: &mut Tx<'_>, key: &str) -> Result<Option<String>> {
    todo!()
}

/// Sets a setting.
pub fn set_setting(tx: &mut Tx<'_>, key: &str, value: &str) -> Result<()> {
    todo!()
}
