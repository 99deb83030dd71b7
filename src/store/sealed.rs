//! What a shop began with, and what no document ever says: the shop itself, its first rules and first manager, the hashes of PINs
//! and the settings. Each is sealed with the pepper, which is kept outside the database, so that who writes to the database alone
//! cannot change one unnoticed.

use std::collections::BTreeMap;

use super::outside::Pepper;
use super::tally::{Tally, digest};
use super::{Result, Row, Tx, Value, shop};
use crate::domain::digest::Digest;
use crate::domain::ids::StaffNo;
use crate::domain::staff::FIRST_MANAGER;

/// What the name of every seal begins with, among the settings.
const PREFIX: &str = "sealed ";

/// The first manager as setup made them, for as long as no document says otherwise.
pub const FIRST: &str = "first manager";

/// What the rules are called under which the shop began.
pub const RULES: &str = "first rules";

/// Something sealed that changes now and then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// A person's PIN.
    Pin(StaffNo),
    /// A setting.
    Setting(&'static str),
}

impl Thing {
    fn name(self) -> String {
        match self {
            Self::Pin(no) => pin(no),
            Self::Setting(key) => setting(key),
        }
    }

    fn as_it_stands(self, tx: &mut Tx<'_>) -> Result<Option<Digest>> {
        let (sql, key) = match self {
            Self::Pin(no) => ("SELECT no, pin_hash FROM staff WHERE site = ?1 AND no = ?2", no.into()),
            Self::Setting(key) => ("SELECT key, value FROM setting WHERE site = ?1 AND key = ?2", key.into()),
        };
        Ok(tx.one(sql, &[tx.site(), key])?.map(|row| digest(row.values())))
    }
}

fn pin(no: StaffNo) -> String {
    format!("pin {no}")
}

fn setting(key: &str) -> String {
    format!("setting {key}")
}

/// Everything that is sealed, by name, as it stands now.
fn things(tx: &mut Tx<'_>) -> Result<BTreeMap<String, Digest>> {
    type Name = fn(&Row) -> Result<String>;
    let parts: [(&str, Name); 5] = [
        ("SELECT name, address, currency, zone, day_ends_at, language, replay FROM shop WHERE site = ?1", |_| Ok("shop".into())),
        ("SELECT version, hash, effective FROM policy_version WHERE site = ?1 ORDER BY version LIMIT 1", |_| Ok(RULES.into())),
        ("SELECT no, name, role, language, active FROM staff WHERE site = ?1 AND no = 1", |_| Ok(FIRST.into())),
        ("SELECT no, pin_hash FROM staff WHERE site = ?1 AND pin_hash IS NOT NULL", |row| Ok(pin(StaffNo(row.number(0)?)))),
        // What tells one database from another stays with it when books are carried.
        ("SELECT key, value FROM setting WHERE site = ?1 AND key <> 'id'", |row| Ok(setting(row.text(0)?))),
    ];
    debug_assert_eq!(FIRST_MANAGER, StaffNo(1));
    let mut things = BTreeMap::new();
    for (sql, name) in parts {
        tx.scan(sql, &[tx.site()], &mut |row| {
            things.insert(name(&row)?, digest(row.values()));
            Ok(())
        })?;
    }
    things.retain(|name, _| {
        let key = name.strip_prefix("setting ").unwrap_or_default();
        !key.starts_with(PREFIX) && Tally::of_key(key).is_none()
    });
    Ok(things)
}

/// The seals as they are kept, by the name of what each is on.
fn seals(tx: &mut Tx<'_>) -> Result<BTreeMap<String, String>> {
    let rows = tx.query("SELECT key, value FROM setting WHERE site = ?1", &[tx.site()])?;
    let mut seals = BTreeMap::new();
    for row in rows {
        if let Some(name) = row.text(0)?.strip_prefix(PREFIX) {
            seals.insert(name.to_owned(), row.string(1)?);
        }
    }
    Ok(seals)
}

/// A seal that nobody makes without the pepper.
fn seal_on(pepper: &Pepper, name: &str, thing: Digest) -> String {
    let key = Digest::of(b"courtesy seal").after(pepper.secret());
    let values: [Value; 2] = [name.into(), thing.into()];
    Digest::of(&key.after(&digest(&values).0).0).to_string()
}

/// Whether nothing was ever sealed, as in books from before there were seals.
pub fn is_none(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(seals(tx)?.is_empty())
}

/// Seals everything as it stands now: where the shop begins, or begins anew with another pepper.
pub fn seal_all(tx: &mut Tx<'_>, pepper: &Pepper) -> Result<()> {
    for (name, thing) in things(tx)? {
        shop::set_setting(tx, &format!("{PREFIX}{name}"), &seal_on(pepper, &name, thing))?;
    }
    Ok(())
}

/// Seals what was just changed.
pub fn seal(tx: &mut Tx<'_>, pepper: &Pepper, changed: Thing) -> Result<()> {
    let Some(thing) = changed.as_it_stands(tx)? else { return Ok(()) };
    let name = changed.name();
    shop::set_setting(tx, &format!("{PREFIX}{name}"), &seal_on(pepper, &name, thing))
}

/// Whether something is as it was sealed.
pub fn holds(tx: &mut Tx<'_>, pepper: &Pepper, thing: Thing) -> Result<bool> {
    let Some(stands) = thing.as_it_stands(tx)? else { return Ok(true) };
    let name = thing.name();
    Ok(shop::setting(tx, &format!("{PREFIX}{name}"))? == Some(seal_on(pepper, &name, stands)))
}

/// How many things are sealed, and the names of those that are not as they were sealed, which nobody can tell without the pepper, were
/// never sealed, or are gone.
pub fn broken(tx: &mut Tx<'_>, pepper: Option<&Pepper>) -> Result<(usize, Vec<String>)> {
    let (things, mut seals) = (things(tx)?, seals(tx)?);
    let mut broken = Vec::new();
    for (name, thing) in &things {
        let is_other = |seal: String| pepper.is_some_and(|pepper| seal != seal_on(pepper, name, *thing));
        if seals.remove(name).is_none_or(is_other) {
            broken.push(name.clone());
        }
    }
    broken.extend(seals.into_keys());
    Ok((things.len(), broken))
}
