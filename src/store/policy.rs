//! Versions of the shop's rules, each with the day from which it holds.

use jiff::civil::Date;

use super::{Asked, Result, Row, StoreError, Tx};
use crate::domain::digest::Digest;

/// A version of the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number in this shop, from 1.
    pub version: i64,
    /// Sum of the text.
    pub hash: Digest,
    /// The business day from which it holds.
    pub effective: Date,
}

/// All versions, the newest first. Only one that is in force has to be readable.
#[derive(Debug)]
pub struct Versions(Vec<Row>);

impl Versions {
    /// The version in force on a day: the newest of those that hold by then.
    pub fn in_force(&self, on: Date) -> Result<Option<Version>> {
        let day = on.to_string();
        for row in &self.0 {
            if row.text(2)? <= day.as_str() {
                return Ok(Some(Version { version: row.int(0)?, hash: row.digest(1)?, effective: row.date(2)? }));
            }
        }
        Ok(None)
    }
}

/// Asks for all versions; a shop has few.
pub fn ask_versions(tx: &mut Tx<'_>) -> Result<Asked<Versions>> {
    let sql = "SELECT version, hash, effective FROM policy_version WHERE site = ?1 ORDER BY version DESC";
    tx.ask(sql, &[tx.site()], |rows| Ok(Versions(rows)))
}

/// The rules of a version as TOML.
pub fn text(tx: &mut Tx<'_>, version: i64) -> Result<String> {
    let row = tx.one("SELECT text FROM policy_version WHERE site = ?1 AND version = ?2", &[tx.site(), version.into()])?;
    let unknown = || StoreError::Unknown { what: format!("version {version} of the rules") };
    row.ok_or_else(unknown)?.string(0)
}

/// Keeps a new version and answers its number.
pub fn add(tx: &mut Tx<'_>, text: &str, hash: Digest, effective: Date) -> Result<i64> {
    let sql = "INSERT INTO policy_version (site, version, text, hash, effective)
        SELECT ?1, COALESCE(MAX(version), 0) + 1, ?2, ?3, ?4 FROM policy_version WHERE site = ?1 RETURNING version";
    let row = tx.one(sql, &[tx.site(), text.into(), hash.into(), effective.into()])?;
    row.map_or_else(|| Err(StoreError::Engine("no version was made".to_owned())), |row| row.int(0))
}
