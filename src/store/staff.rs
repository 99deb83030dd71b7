//! The people of the shop, their PINs (only ever a slow hash) and who tried to sign in.

use super::tally::{self, Tally};
use super::{Result, Row, StoreError, Tx};
use crate::domain::ids::{DeskNo, StaffNo};
use crate::domain::staff::{Role, Staff};

/// Everybody, by number.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Staff>> {
    let sql = "SELECT no, name, role, language, active FROM staff WHERE site = ?1 ORDER BY no";
    tx.query(sql, &[tx.site()])?.iter().map(person).collect()
}

/// One person.
pub fn load(tx: &mut Tx<'_>, no: StaffNo) -> Result<Option<Staff>> {
    let sql = "SELECT no, name, role, language, active FROM staff WHERE site = ?1 AND no = ?2";
    tx.one(sql, &[tx.site(), no.into()])?.as_ref().map(person).transpose()
}

/// Adds or changes a person; the PIN stays.
pub fn set(tx: &mut Tx<'_>, staff: &Staff) -> Result<()> {
    let sql = "INSERT INTO staff (site, no, name, role, language, active) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (site, no) DO UPDATE SET name = excluded.name, role = excluded.role, language = excluded.language,
            active = excluded.active";
    let params = [
        tx.site(),
        staff.no.into(),
        staff.name.as_str().into(),
        staff.role.name().into(),
        staff.language.as_str().into(),
        staff.active.into(),
    ];
    tx.execute(sql, &params).map(|_| ())
}

/// The hash of a person's PIN; `None` when none was set.
pub fn pin_hash(tx: &mut Tx<'_>, no: StaffNo) -> Result<Option<String>> {
    let row = tx.one("SELECT pin_hash FROM staff WHERE site = ?1 AND no = ?2", &[tx.site(), no.into()])?;
    row.map_or(Ok(None), |row| row.maybe(0, Row::string))
}

/// Sets the hash of a person's PIN.
pub fn set_pin_hash(tx: &mut Tx<'_>, no: StaffNo, hash: &str) -> Result<()> {
    let sql = "UPDATE staff SET pin_hash = ?3 WHERE site = ?1 AND no = ?2";
    match tx.execute(sql, &[tx.site(), no.into(), hash.into()])? {
        0 => Err(StoreError::Unknown { what: format!("person {no} of the staff") }),
        _ => Ok(()),
    }
}

/// How many wrong PINs were tried since a moment (microseconds) or since the last right one, whichever is later: of one
/// person, at one desk, or both.
pub fn attempts_since(tx: &mut Tx<'_>, staff: Option<StaffNo>, desk: Option<DeskNo>, since_us: i64) -> Result<i64> {
    let sql = "SELECT was_right FROM attempt WHERE site = ?1 AND at_us >= ?2 AND (CAST(?3 AS BIGINT) IS NULL OR staff = ?3)
        AND (CAST(?4 AS BIGINT) IS NULL OR desk = ?4) ORDER BY place DESC";
    let mut wrong = 0;
    for row in tx.query(sql, &[tx.site(), since_us.into(), staff.into(), desk.into()])? {
        if row.flag(0)? {
            break;
        }
        wrong += 1;
    }
    Ok(wrong)
}

/// Keeps that a PIN was tried at a moment (microseconds).
pub fn record_attempt(tx: &mut Tx<'_>, staff: StaffNo, desk: DeskNo, at_us: i64, right: bool) -> Result<()> {
    let sql = "INSERT INTO attempt (site, place, staff, desk, at_us, was_right)
        SELECT ?1, COALESCE(MAX(place), 0) + 1, ?2, ?3, ?4, ?5 FROM attempt WHERE site = ?1
        RETURNING desk, place, staff, at_us, was_right";
    let row = tx.one(sql, &[tx.site(), staff.into(), desk.into(), at_us.into(), right.into()])?;
    let row = row.ok_or_else(|| StoreError::Engine("no try was kept".to_owned()))?;
    tally::add(tx, Tally::Tries(desk), tally::digest(row.values()))
}

fn person(row: &Row) -> Result<Staff> {
    Ok(Staff {
        no: StaffNo(row.number(0)?),
        name: row.string(1)?,
        role: row.named(2, "a role", Role::from_name)?,
        language: row.string(3)?,
        active: row.flag(4)?,
    })
}
