//! The shop itself: made once, then only its settings change.

use jiff::civil::Time;
use uuid::Uuid;

use super::{Result, StoreError, Tx};
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
    let sql = "SELECT name, address, currency, zone, day_ends_at, language, replay FROM shop WHERE site = ?1";
    let Some(row) = tx.one(sql, &[tx.site()])? else { return Ok(None) };
    Ok(Some(Shop {
        name: row.string(0)?,
        address: row.string(1)?,
        currency: row.currency(2)?,
        zone: row.string(3)?,
        day_ends_at: row.parse(4, "a time of day")?,
        language: row.string(5)?,
        replay: row.flag(6)?,
    }))
}

/// Whether something stands in the books that only a shop has: documents, bills, people of the staff.
pub fn has_traces(tx: &mut Tx<'_>) -> Result<bool> {
    for table in ["document", "bill", "staff"] {
        if tx.one(&format!("SELECT 1 FROM {table} WHERE site = ?1 LIMIT 1"), &[tx.site()])?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Makes the shop; an error when there is one.
pub fn create(tx: &mut Tx<'_>, shop: &Shop) -> Result<()> {
    let sql = "INSERT INTO shop (site, name, address, currency, zone, day_ends_at, language, replay)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING";
    let params = [
        tx.site(),
        shop.name.as_str().into(),
        shop.address.as_str().into(),
        shop.currency.into(),
        shop.zone.as_str().into(),
        shop.day_ends_at.to_string().into(),
        shop.language.as_str().into(),
        shop.replay.into(),
    ];
    match tx.execute(sql, &params)? {
        0 => Err(StoreError::Already { what: "a shop".to_owned() }),
        _ => Ok(()),
    }
}

/// A setting by its key.
pub fn setting(tx: &mut Tx<'_>, key: &str) -> Result<Option<String>> {
    let row = tx.one("SELECT value FROM setting WHERE site = ?1 AND key = ?2", &[tx.site(), key.into()])?;
    row.map(|row| row.string(0)).transpose()
}

/// Sets a setting.
pub fn set_setting(tx: &mut Tx<'_>, key: &str, value: &str) -> Result<()> {
    let sql = "INSERT INTO setting (site, key, value) VALUES (?1, ?2, ?3)
        ON CONFLICT (site, key) DO UPDATE SET value = excluded.value";
    tx.send(sql, &[tx.site(), key.into(), value.into()])
}

/// The setting that tells one shop's books from another's.
const ID: &str = "id";

/// What tells these books from all others; `None` where they were never opened.
pub fn id(tx: &mut Tx<'_>) -> Result<Option<String>> {
    setting(tx, ID)
}

/// The same; made when they are first opened.
pub fn ensure_id(tx: &mut Tx<'_>) -> Result<String> {
    if let Some(id) = id(tx)? {
        return Ok(id);
    }
    let id = Uuid::new_v4().to_string();
    set_setting(tx, ID, &id)?;
    Ok(id)
}
