//! Requests that wait for a second person at another desk, and what was decided about them. They go when they are settled.

use super::{Result, Row, Tx, Value};
use crate::domain::digest::Digest;
use crate::domain::ids::{DeskNo, RequestId, StaffNo};
use crate::domain::money::Money;
use crate::domain::request::Job;
use crate::domain::staff::Role;

/// A request that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The request.
    pub request: RequestId,
    /// The digest of the quote that the clerk saw.
    pub digest: Digest,
    /// The desk that asks.
    pub desk: DeskNo,
    /// The clerk who asks.
    pub clerk: StaffNo,
    /// What is asked.
    pub job: Job,
    /// Whose word it takes.
    pub role: Role,
    /// What moves: positive to the member.
    pub amount: Money,
    /// When it was asked, in microseconds.
    pub asked_us: i64,
    /// Until when it waits.
    pub until_us: i64,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decided {
    /// Nothing yet.
    Waiting,
    /// Somebody gave their word.
    Approved {
        /// Who.
        by: StaffNo,
        /// For what.
        digest: Digest,
        /// When, in microseconds.
        at_us: i64,
        /// What shows that it was given with a PIN.
        mark: Option<Digest>,
    },
    /// Somebody refused.
    Refused {
        /// Who.
        by: StaffNo,
        /// Why, in their words.
        reason: String,
    },
}

/// Lets a request wait; one of the same id that waited before is replaced with all that was decided about it.
pub fn put(tx: &mut Tx<'_>, waiting: &Waiting, envelope: &str) -> Result<()> {
    remove(tx, waiting.request)?;
    let sql = "INSERT INTO waiting (site, request, digest, desk, clerk, job, role, currency, amount_minor, asked_us, until_us,
            envelope, state)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'waiting')";
    let params = [
        tx.site(),
        waiting.request.into(),
        waiting.digest.into(),
        waiting.desk.into(),
        waiting.clerk.into(),
        waiting.job.name().into(),
        waiting.role.name().into(),
        waiting.amount.currency().into(),
        waiting.amount.into(),
        waiting.asked_us.into(),
        waiting.until_us.into(),
        envelope.into(),
    ];
    tx.send(sql, &params)
}

/// What waits at a moment, the oldest first.
pub fn list(tx: &mut Tx<'_>, now_us: i64) -> Result<Vec<Waiting>> {
    let sql = "SELECT request, digest, desk, clerk, job, role, currency, amount_minor, asked_us, until_us FROM waiting
        WHERE site = ?1 AND state = 'waiting' AND until_us > ?2 ORDER BY asked_us, request";
    tx.query(sql, &[tx.site(), now_us.into()])?.iter().map(waiting).collect()
}

/// One that waits at a moment, with its request as it was written down.
pub fn load(tx: &mut Tx<'_>, request: RequestId, now_us: i64) -> Result<Option<(Waiting, String)>> {
    let sql = "SELECT request, digest, desk, clerk, job, role, currency, amount_minor, asked_us, until_us, envelope FROM waiting
        WHERE site = ?1 AND request = ?2 AND state = 'waiting' AND until_us > ?3";
    let row = tx.one(sql, &[tx.site(), request.into(), now_us.into()])?;
    row.map(|row| Ok((waiting(&row)?, row.string(10)?))).transpose()
}

/// Decides about one that waits, once; `false` where it waits no more. The request itself goes.
pub fn decide(tx: &mut Tx<'_>, request: RequestId, digest: Digest, decided: &Decided, until_us: i64) -> Result<bool> {
    let (state, by, at_us, reason, mark): (_, Value, Value, Value, Value) = match decided {
        Decided::Waiting => return Ok(false),
        Decided::Approved { by, at_us, mark, .. } => ("approved", (*by).into(), (*at_us).into(), Value::Null, (*mark).into()),
        Decided::Refused { by, reason } => ("refused", (*by).into(), Value::Null, reason.as_str().into(), Value::Null),
    };
    let sql =
        "UPDATE waiting SET state = ?4, decided_by = ?5, decided_us = ?6, reason = ?7, mark = ?8, until_us = ?9, envelope = ''
        WHERE site = ?1 AND request = ?2 AND digest = ?3 AND state = 'waiting'";
    let params = [tx.site(), request.into(), digest.into(), state.into(), by, at_us, reason, mark, until_us.into()];
    Ok(tx.execute(sql, &params)? == 1)
}

/// What was decided about a request; `None` where nothing waits of it any more.
pub fn decided(tx: &mut Tx<'_>, request: RequestId, now_us: i64) -> Result<Option<Decided>> {
    let sql = "SELECT state, digest, decided_by, decided_us, reason, mark FROM waiting
        WHERE site = ?1 AND request = ?2 AND until_us > ?3";
    let Some(row) = tx.one(sql, &[tx.site(), request.into(), now_us.into()])? else { return Ok(None) };
    Ok(Some(match row.text(0)? {
        "approved" => Decided::Approved {
            by: StaffNo(row.number(2)?),
            digest: row.digest(1)?,
            at_us: row.int(3)?,
            mark: row.maybe(5, Row::digest)?,
        },
        "refused" => Decided::Refused { by: StaffNo(row.number(2)?), reason: row.maybe(4, Row::string)?.unwrap_or_default() },
        _ => Decided::Waiting,
    }))
}

/// Takes a request away that is settled or asked no more.
pub fn remove(tx: &mut Tx<'_>, request: RequestId) -> Result<()> {
    tx.send("DELETE FROM waiting WHERE site = ?1 AND request = ?2", &[tx.site(), request.into()])
}

/// Takes away every request that waits or was refused, with what people wrote into it; words that were given stay.
pub fn forget(tx: &mut Tx<'_>) -> Result<()> {
    tx.send("DELETE FROM waiting WHERE site = ?1 AND state <> 'approved'", &[tx.site()])
}

/// Takes away whatever waited too long; answers how many there were.
pub fn remove_expired(tx: &mut Tx<'_>, now_us: i64) -> Result<usize> {
    tx.execute("DELETE FROM waiting WHERE site = ?1 AND until_us <= ?2", &[tx.site(), now_us.into()])
}

/// Whether something waited too long.
pub fn has_expired(tx: &mut Tx<'_>, now_us: i64) -> Result<bool> {
    Ok(tx.one("SELECT 1 FROM waiting WHERE site = ?1 AND until_us <= ?2 LIMIT 1", &[tx.site(), now_us.into()])?.is_some())
}

fn waiting(row: &Row) -> Result<Waiting> {
    Ok(Waiting {
        request: RequestId(row.uuid(0)?),
        digest: row.digest(1)?,
        desk: DeskNo(row.number(2)?),
        clerk: StaffNo(row.number(3)?),
        job: row.named(4, "a job", Job::from_name)?,
        role: row.named(5, "a role", Role::from_name)?,
        amount: row.money(7, row.currency(6)?)?,
        asked_us: row.int(8)?,
        until_us: row.int(9)?,
    })
}
