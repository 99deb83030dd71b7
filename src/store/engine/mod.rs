//! The thin layer below the SQL: values, rows, transactions. A second engine is one more variant of [`Engine`] and of
//! the transaction's link, with its own connecting, type map and text search; the SQL above stays as it is.

#[cfg(test)]
pub(in crate::store) mod plans;
pub mod search;
pub mod sqlite;

use std::path::Path;
use std::str::FromStr;

use jiff::civil::Date;
use uuid::Uuid;

use super::{Result, StoreError};
use crate::domain::calendar::Moment;
use crate::domain::digest::Digest;
use crate::domain::ids::{BillId, DeskNo, DocumentId, HouseholdId, MemberId, RequestId, StaffNo};
use crate::domain::money::{Currency, Money, Quantity};

/// A value that goes into a statement or comes out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

macro_rules! int_values {
    ($($type:ty),*) => { $(impl From<$type> for Value {
        fn from(value: $type) -> Self {
            Self::Int(i64::from(value))
        }
    })* };
}

int_values!(i64, i32, u32, u16, bool);

macro_rules! id_values {
    ($($type:ident),*) => { $(impl From<$type> for Value {
        fn from(id: $type) -> Self {
            Self::Bytes(id.0.as_bytes().to_vec())
        }
    })* };
}

id_values!(MemberId, HouseholdId, BillId, DocumentId, RequestId);

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

impl From<Digest> for Value {
    fn from(digest: Digest) -> Self {
        Self::Bytes(digest.0.to_vec())
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Text(date.to_string())
    }
}

/// Whole minor units; the currency is a column of its own.
impl From<Money> for Value {
    fn from(money: Money) -> Self {
        Self::Int(money.minor())
    }
}

/// Thousandths.
impl From<Quantity> for Value {
    fn from(quantity: Quantity) -> Self {
        Self::Int(quantity.thousandths())
    }
}

impl From<Currency> for Value {
    fn from(currency: Currency) -> Self {
        Self::Text(currency.code().to_owned())
    }
}

impl From<DeskNo> for Value {
    fn from(desk: DeskNo) -> Self {
        Self::Int(i64::from(desk.0))
    }
}

impl From<StaffNo> for Value {
    fn from(staff: StaffNo) -> Self {
        Self::Int(i64::from(staff.0))
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A whole number without sign as the engines keep it.
pub fn unsigned(number: u64) -> Result<Value> {
    let out_of_range = |_| StoreError::Damaged {
        place: "a running number".to_owned(),
        found: number.to_string(),
        wanted: "a number below 2^63",
    };
    i64::try_from(number).map(Value::Int).map_err(out_of_range)
}

/// One row of an answer, read by column from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row(Vec<Value>);

impl Row {
    fn value(&self, column: usize) -> &Value {
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

/// A transaction at a site.
pub struct Tx<'a> {
    link: Link<'a>,
    site: i64,
}

/// What carries a transaction's statements.
enum Link<'a> {
    Sqlite(&'a rusqlite::Connection),
}

/// The site of a shop that stands alone.
const ONLY_SITE: i64 = 1;

impl Tx<'_> {
    /// The site that every row leads with.
    pub fn site(&self) -> Value {
        Value::Int(self.site)
    }

    /// The connection below, for the few things that each engine does its own way.
    pub(in crate::store) fn sqlite(&self) -> &rusqlite::Connection {
        match &self.link {
            Link::Sqlite(connection) => connection,
        }
    }

    /// Runs a statement; answers how many rows it changed.
    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<usize> {
        match &self.link {
            Link::Sqlite(connection) => sqlite::execute(connection, sql, params),
        }
    }

    /// Asks and answers all rows.
    pub fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        self.scan(sql, params, &mut |row| {
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }

    /// Asks for at most one row.
    pub fn one(&mut self, sql: &str, params: &[Value]) -> Result<Option<Row>> {
        Ok(self.query(sql, params)?.into_iter().next())
    }

    /// Asks and hands each row over as it comes, for answers that should not be held at once.
    pub fn scan(&mut self, sql: &str, params: &[Value], each: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
        match &self.link {
            Link::Sqlite(connection) => sqlite::scan(connection, sql, params, each),
        }
    }
}

impl Tx<'_> {
    /// What the engine finds wrong with its own file.
    pub(in crate::store) fn file_faults(&mut self) -> Result<Vec<String>> {
        match &self.link {
            Link::Sqlite(connection) => sqlite::faults(connection),
        }
    }
}

/// The engines.
pub enum Engine {
    /// SQLite in a file.
    Sqlite(rusqlite::Connection),
}

impl Engine {
    /// Opens a file; makes it when asked to.
    pub fn sqlite(path: &Path, create: bool) -> Result<Self> {
        sqlite::open(path, create).map(Self::Sqlite)
    }

    /// Does work and commits it, or nothing of it when it answers with an error.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        mut work: impl FnMut(&mut Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        match self {
            Self::Sqlite(connection) => {
                let transaction = sqlite::begin(connection, true)?;
                let done = work(&mut Tx { link: Link::Sqlite(&transaction), site: ONLY_SITE })?;
                sqlite::commit(transaction)?;
                Ok(done)
            }
        }
    }

    /// Does work that only looks, all of it at one moment.
    pub fn read<T, E: From<StoreError>>(
        &mut self,
        mut work: impl FnMut(&mut Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        match self {
            Self::Sqlite(connection) => {
                let transaction = sqlite::begin(connection, false)?;
                work(&mut Tx { link: Link::Sqlite(&transaction), site: ONLY_SITE })
            }
        }
    }
}
