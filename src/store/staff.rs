//! The people of the shop, their PINs (only ever a slow hash) and who tried to sign in.

use super::tally::{self, Tally};
use super::{Asked, Result, Row, StoreError, Tx, event};
use crate::domain::ids::{DeskNo, MemberId, StaffNo};
use crate::domain::staff::{LOCK_US, Role, Staff};

/// Everybody, by number.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Staff>> {
    let sql = "SELECT no, name, role, language, active, member FROM staff WHERE site = ?1 ORDER BY no";
    tx.query(sql, &[tx.site()])?.iter().map(person).collect()
}

/// One person.
pub fn load(tx: &mut Tx<'_>, no: StaffNo) -> Result<Option<Staff>> {
    ask(tx, no)?.answer(tx)
}

/// As [`load`], for an answer that is needed later.
pub fn ask(tx: &mut Tx<'_>, no: StaffNo) -> Result<Asked<Option<Staff>>> {
    let sql = "SELECT no, name, role, language, active, member FROM staff WHERE site = ?1 AND no = ?2";
    tx.ask(sql, &[tx.site(), no.into()], |rows| rows.first().map(person).transpose())
}

/// Adds or changes a person; the PIN stays.
pub fn set(tx: &mut Tx<'_>, staff: &Staff) -> Result<()> {
    let sql = "INSERT INTO staff (site, no, name, role, language, active, member) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (site, no) DO UPDATE SET name = excluded.name, role = excluded.role, language = excluded.language,
            active = excluded.active, member = excluded.member";
    let params = [
        tx.site(),
        staff.no.into(),
        staff.name.as_str().into(),
        staff.role.name().into(),
        staff.language.as_str().into(),
        staff.active.into(),
        staff.member.into(),
    ];
    tx.send(sql, &params)
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

/// When wrong PINs were tried that may lock at a moment, oldest first (all in microseconds): of one person, or at one desk. What
/// somebody else unlocked since does not count.
pub fn wrong_tries(tx: &mut Tx<'_>, staff: Option<StaffNo>, desk: Option<DeskNo>, now_us: i64) -> Result<Vec<i64>> {
    let sql = "SELECT a.at_us FROM attempt a WHERE a.site = ?1 AND a.at_us > ?2 AND a.was_right = 0
        AND (CAST(?3 AS BIGINT) IS NULL OR a.staff = ?3) AND (CAST(?4 AS BIGINT) IS NULL OR a.desk = ?4)
        AND NOT EXISTS (SELECT 1 FROM unlocked u WHERE u.site = ?1 AND u.staff = a.staff AND u.place >= a.place)
        ORDER BY a.at_us";
    let since_us = now_us.saturating_sub(2 * LOCK_US);
    let rows = tx.query(sql, &[tx.site(), since_us.into(), staff.into(), desk.into()])?;
    rows.iter().map(|row| row.int(0)).collect()
}

/// Takes a lock away: a person's wrong PINs so far count no more. Kept as an event as well, which the look at the books holds against it.
pub fn unlock(tx: &mut Tx<'_>, staff: StaffNo, by: StaffNo, desk: DeskNo, at_us: i64) -> Result<()> {
    let sql = "INSERT INTO unlocked (site, staff, place, by_staff, desk, at_us)
        SELECT ?1, ?2, COALESCE(MAX(place), 0), ?3, ?4, ?5 FROM attempt WHERE site = ?1 ON CONFLICT DO NOTHING
        RETURNING place";
    let Some(row) = tx.one(sql, &[tx.site(), staff.into(), by.into(), desk.into(), at_us.into()])? else { return Ok(()) };
    event::add(tx, desk, Some(by), "unlocked", at_us, &format!("person {staff} up to {}", row.int(0)?))
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
        member: row.maybe(5, |row, column| row.uuid(column).map(MemberId))?,
    })
}
