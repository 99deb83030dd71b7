//! Values that go into statements and come out of them; amounts, days and ids in the one form every engine keeps.

use jiff::civil::Date;

use crate::domain::digest::Digest;
use crate::domain::ids::{BillId, DeskNo, DocumentId, HouseholdId, MemberId, RequestId, StaffNo};
use crate::domain::money::{Currency, Money, Quantity};
use crate::store::{Result, StoreError};

/// A value that goes into a statement or comes out of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
