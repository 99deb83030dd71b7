//! Rows of an answer, read column by column; what cannot be understood is damage, and says where.

use std::str::FromStr;

use jiff::civil::Date;
use uuid::Uuid;

use super::Value;
use crate::domain::calendar::Moment;
use crate::domain::digest::Digest;
use crate::domain::money::{Currency, Money, Quantity};
use crate::store::{Result, StoreError};

/// One row of an answer, read by column from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row(pub(super) Vec<Value>);

impl Row {
    pub(in crate::store) fn value(&self, column: usize) -> &Value {
        self.0.get(column).unwrap_or(&Value::Null)
    }

    fn bad(&self, column: usize, wanted: &'static str) -> StoreError {
        let found = match self.value(column) {
            Value::Null => "nothing".to_owned(),
            Value::Int(number) => number.to_string(),
            Value::Text(text) => format!("“{}”", text.chars().take(40).collect::<String>()),
            Value::Bytes(bytes) => format!("{} bytes", bytes.len()),
        };
        StoreError::Damaged { place: format!("column {column} of an answer"), found, wanted }
    }

    /// All values.
    pub fn values(&self) -> &[Value] {
        &self.0
    }

    /// Whether nothing is there.
    pub fn is_null(&self, column: usize) -> bool {
        matches!(self.value(column), Value::Null)
    }

    /// A whole number.
    pub fn int(&self, column: usize) -> Result<i64> {
        match self.value(column) {
            Value::Int(number) => Ok(*number),
            _ => Err(self.bad(column, "a whole number")),
        }
    }

    /// A whole number of another width.
    pub fn number<T: TryFrom<i64>>(&self, column: usize) -> Result<T> {
        T::try_from(self.int(column)?).map_err(|_| self.bad(column, "a number of this range"))
    }

    /// Yes or no.
    pub fn flag(&self, column: usize) -> Result<bool> {
        match self.value(column) {
            Value::Int(0) => Ok(false),
            Value::Int(1) => Ok(true),
            _ => Err(self.bad(column, "yes or no")),
        }
    }

    /// Text.
    pub fn text(&self, column: usize) -> Result<&str> {
        match self.value(column) {
            Value::Text(text) => Ok(text),
            _ => Err(self.bad(column, "text")),
        }
    }

    /// Text of its own.
    pub fn string(&self, column: usize) -> Result<String> {
        self.text(column).map(str::to_owned)
    }

    /// Bytes.
    pub fn bytes(&self, column: usize) -> Result<&[u8]> {
        match self.value(column) {
            Value::Bytes(bytes) => Ok(bytes),
            _ => Err(self.bad(column, "bytes")),
        }
    }

    /// An id.
    pub fn uuid(&self, column: usize) -> Result<Uuid> {
        Uuid::from_slice(self.bytes(column)?).map_err(|_| self.bad(column, "an id of sixteen bytes"))
    }

    /// A sum of 32 bytes.
    pub fn digest(&self, column: usize) -> Result<Digest> {
        self.bytes(column)?.try_into().map(Digest).map_err(|_| self.bad(column, "a sum of 32 bytes"))
    }

    /// A day.
    pub fn date(&self, column: usize) -> Result<Date> {
        self.parse(column, "a day")
    }

    /// A day written as this program writes it, and nothing besides.
    pub fn day(&self, column: usize) -> Result<Date> {
        let day = self.date(column)?;
        if day.to_string() == self.text(column)? { Ok(day) } else { Err(self.bad(column, "a day")) }
    }

    /// Text that is something more.
    pub fn parse<T: FromStr>(&self, column: usize, wanted: &'static str) -> Result<T> {
        self.text(column)?.parse().map_err(|_| self.bad(column, wanted))
    }

    /// A name of a fixed list.
    pub fn named<T>(&self, column: usize, wanted: &'static str, from_name: impl FnOnce(&str) -> Option<T>) -> Result<T> {
        from_name(self.text(column)?).ok_or_else(|| self.bad(column, wanted))
    }

    /// Text that is JSON.
    pub fn json<T: serde::de::DeserializeOwned>(&self, column: usize, wanted: &'static str) -> Result<T> {
        serde_json::from_str(self.text(column)?).map_err(|_| self.bad(column, wanted))
    }

    /// A currency.
    pub fn currency(&self, column: usize) -> Result<Currency> {
        self.parse(column, "a currency")
    }

    /// An amount of a currency.
    pub fn money(&self, column: usize, currency: Currency) -> Result<Money> {
        self.int(column).map(|minor| currency.minor(minor))
    }

    /// A quantity.
    pub fn quantity(&self, column: usize) -> Result<Quantity> {
        self.int(column).map(Quantity::from_thousandths)
    }

    /// A moment, from its microseconds in this column and its offset in the next one.
    pub fn moment(&self, column: usize) -> Result<Moment> {
        Ok(Moment { at_us: self.int(column)?, offset_min: self.number(column + 1)? })
    }

    /// What a getter finds, or `None` where nothing is.
    pub fn maybe<T>(&self, column: usize, get: impl FnOnce(&Self, usize) -> Result<T>) -> Result<Option<T>> {
        if self.is_null(column) { Ok(None) } else { get(self, column).map(Some) }
    }
}

/// The same damage, told by the name of its column and that of the table in place of a number, as far as the question says them.
pub(in crate::store) fn placed(error: StoreError, sql: &str) -> StoreError {
    match error {
        StoreError::Damaged { place, found, wanted } => {
            let column = place.strip_prefix("column ").and_then(|rest| rest.strip_suffix(" of an answer"));
            let name = column.and_then(|column| name_of(sql, column.parse().ok()?));
            StoreError::Damaged { place: name.unwrap_or(place), found, wanted }
        }
        other => other,
    }
}

/// What a question calls one of its columns, with the table that it is of.
fn name_of(sql: &str, column: usize) -> Option<String> {
    let asked = sql.trim_start().strip_prefix("SELECT ")?;
    let (mut parts, mut depth, mut from) = (vec![String::new()], 0, "");
    for (at, c) in asked.char_indices() {
        let (rest, part) = (asked.get(at..)?, parts.last_mut()?);
        if depth == 0 && part.ends_with(char::is_whitespace) && rest.starts_with("FROM ") {
            from = rest;
            break;
        }
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        if c == ',' && depth == 0 { parts.push(String::new()) } else { part.push(c) }
    }
    let words: Vec<&str> = from.split_whitespace().collect();
    let part = parts.get(column)?.trim();
    let (table, name) = match part.split_once('.') {
        Some((alias, name)) => (words.windows(2).find(|pair| pair.last() == Some(&alias))?.first()?, name),
        None => (words.get(1)?, part),
    };
    Some(format!("{name} of {table}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_by_its_column_and_table_where_the_question_says_them() {
        let joined = "SELECT c.number, COALESCE(c.state, ''), m.since
            FROM card c JOIN member m ON m.id = c.member WHERE c.site = ?1";
        for (sql, column, told) in [
            ("SELECT id, since FROM member WHERE site = ?1", 1, "since of member"),
            ("SELECT desk, COALESCE(reference, ''), no FROM payout", 2, "no of payout"),
            (joined, 0, "number of card"),
            (joined, 2, "since of member"),
            // What cannot be told stays a number.
            (joined, 1, "column 1 of an answer"),
            (joined, 9, "column 9 of an answer"),
            ("PRAGMA x", 0, "column 0 of an answer"),
        ] {
            let error = Row(vec![Value::Null; 10]).text(column).unwrap_err();
            let StoreError::Damaged { place, .. } = placed(error, sql) else { panic!("{sql}") };
            assert_eq!(place, told, "{sql} {column}");
        }
        assert!(matches!(placed(StoreError::Busy, joined), StoreError::Busy));
    }
}
