//! Running sums of rows that no document vouches for: bills, cards and terms as they were brought in, what happened besides
//! documents, and tries of PINs. A row joins its sum in the transaction that adds it; `verify` adds them all up again, so that none
//! is changed, dropped or slipped in unnoticed.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::{Result, Row, StoreError, Tx, Value, shop};
use crate::domain::digest::Digest;
use crate::domain::ids::DeskNo;

/// What every name of a sum begins with, among the settings.
const PREFIX: &str = "sum ";

/// Which rows are summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tally {
    /// Bills.
    Bills,
    /// Cards and terms that no document made.
    Brought,
    /// What happened at a desk besides documents.
    Events(DeskNo),
    /// Tries of PINs at a desk.
    Tries(DeskNo),
}

impl Tally {
    fn key(self) -> String {
        match self {
            Self::Bills => format!("{PREFIX}bills"),
            Self::Brought => format!("{PREFIX}brought"),
            Self::Events(desk) => format!("{PREFIX}events {desk}"),
            Self::Tries(desk) => format!("{PREFIX}tries {desk}"),
        }
    }

    /// The sum of a setting's key; `None` where it is none's.
    pub fn of_key(key: &str) -> Option<Self> {
        let (name, desk) = match key.strip_prefix(PREFIX)?.split_once(' ') {
            Some((name, desk)) => (name, DeskNo(desk.parse().ok()?)),
            None => (key.strip_prefix(PREFIX)?, DeskNo(0)),
        };
        let tally = match name {
            "bills" => Self::Bills,
            "brought" => Self::Brought,
            "events" => Self::Events(desk),
            "tries" => Self::Tries(desk),
            _ => return None,
        };
        (tally.key() == key).then_some(tally)
    }
}

/// How many rows, and the sum of their digests, in whatever order they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// How many.
    pub count: u64,
    sum: u128,
}

impl Sum {
    fn add(&mut self, row: Digest) {
        let half = row.0.iter().take(16).fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
        *self = Self { count: self.count.wrapping_add(1), sum: self.sum.wrapping_add(half) };
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:032x}", self.count, self.sum)
    }
}

impl FromStr for Sum {
    type Err = StoreError;
    fn from_str(text: &str) -> Result<Self> {
        let read = text.split_once(' ').and_then(|(count, sum)| {
            Some(Self { count: count.parse().ok()?, sum: u128::from_str_radix(sum, 16).ok()? })
                .filter(|sum| sum.to_string() == text)
        });
        read.ok_or_else(|| StoreError::Damaged { place: "a sum of rows".into(), found: text.into(), wanted: "a count and a sum" })
    }
}

/// The digest of a row's values.
pub fn digest(values: &[Value]) -> Digest {
    let mut bytes = Vec::new();
    for value in values {
        let (kind, raw): (u8, &[u8]) = match value {
            Value::Null => (0, &[]),
            Value::Int(number) => (1, &number.to_le_bytes()),
            Value::Text(text) => (2, text.as_bytes()),
            Value::Bytes(raw) => (3, raw),
        };
        bytes.push(kind);
        bytes.extend_from_slice(&(raw.len() as u64).to_le_bytes());
        bytes.extend_from_slice(raw);
    }
    Digest::of(&bytes)
}

/// Adds a row that was just written to its sum.
pub fn add(tx: &mut Tx<'_>, to: Tally, row: Digest) -> Result<()> {
    let key = to.key();
    let mut sum = match shop::setting(tx, &key)? {
        Some(text) => text.parse()?,
        None => Sum::default(),
    };
    sum.add(row);
    shop::set_setting(tx, &key, &sum.to_string())
}

/// Every sum as it is kept; what cannot be read counts as none.
pub fn kept(tx: &mut Tx<'_>) -> Result<BTreeMap<Tally, Sum>> {
    let mut kept = BTreeMap::new();
    tx.scan("SELECT key, value FROM setting WHERE site = ?1", &[tx.site()], &mut |row| {
        if let (Some(tally), Ok(sum)) = (Tally::of_key(row.text(0)?), row.text(1)?.parse()) {
            kept.insert(tally, sum);
        }
        Ok(())
    })?;
    Ok(kept)
}

/// A card as it was brought in, with the day on which its member joined.
pub const CARD: &str = "SELECT c.number, c.member, m.since FROM card c JOIN member m ON m.site = c.site AND m.id = c.member
    WHERE c.site = ?1 AND c.desk = 0 AND c.sequence = 0";

/// A term as it was brought in.
pub const TERM: &str = "SELECT member, place, plan, first_day, last_day, anchor, run_months, fee_minor, currency FROM term
    WHERE site = ?1 AND desk = 0 AND sequence = 0";

/// What happened besides documents.
const EVENT: &str = "SELECT desk, place, staff, kind, at_us, detail FROM event WHERE site = ?1";

/// Tries of PINs.
const TRY: &str = "SELECT desk, place, staff, at_us, was_right FROM attempt WHERE site = ?1";

/// Every sum as the rows make it now.
pub fn counted(tx: &mut Tx<'_>) -> Result<BTreeMap<Tally, Sum>> {
    type Make = fn(&Row) -> Result<(Tally, Digest)>;
    let parts: [(&str, Make); 5] = [
        ("SELECT digest FROM bill WHERE site = ?1", |row| Ok((Tally::Bills, row.digest(0)?))),
        (CARD, |row| Ok((Tally::Brought, digest(row.values())))),
        (TERM, |row| Ok((Tally::Brought, digest(row.values())))),
        (EVENT, |row| Ok((Tally::Events(DeskNo(row.number(0)?)), digest(row.values())))),
        (TRY, |row| Ok((Tally::Tries(DeskNo(row.number(0)?)), digest(row.values())))),
    ];
    let mut sums: BTreeMap<Tally, Sum> = BTreeMap::new();
    for (sql, make) in parts {
        tx.scan(sql, &[tx.site()], &mut |row| {
            let (tally, row) = make(&row)?;
            sums.entry(tally).or_default().add(row);
            Ok(())
        })?;
    }
    Ok(sums)
}

/// Keeps every sum as the rows make it now, for a shop from before there were any.
pub fn begin(tx: &mut Tx<'_>) -> Result<()> {
    if shop::load(tx)?.is_none() || !kept(tx)?.is_empty() {
        return Ok(());
    }
    let sums = counted(tx)?;
    sums.into_iter().try_for_each(|(tally, sum)| shop::set_setting(tx, &tally.key(), &sum.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_as_they_were_written() {
        let mut sum = Sum::default();
        for row in [b"a", b"b"] {
            sum.add(Digest::of(row));
        }
        assert_eq!(sum.to_string().parse::<Sum>().unwrap(), sum);
        for rubbish in ["", "1", "1 x", "+1 00", "1 0"] {
            assert!(rubbish.parse::<Sum>().is_err(), "{rubbish}");
        }
        for tally in [Tally::Bills, Tally::Brought, Tally::Events(DeskNo(3)), Tally::Tries(DeskNo(12))] {
            assert_eq!(Tally::of_key(&tally.key()), Some(tally));
        }
        assert_eq!(Tally::of_key("sum events x"), None);
        assert_ne!(digest(&["ab".into(), "c".into()]), digest(&["a".into(), "bc".into()]));
    }
}
