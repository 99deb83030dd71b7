//! What a message can be given, each value with its kind, so that it is written in the shop's form and counted by the
//! language's own plural rules.

use jiff::civil::{Date, DateTime, Time};
use rust_decimal::Decimal;

/// A value that a message names.
///
/// A message writes `{ $name }` where the value belongs. Counts and quantities may also choose between plural forms.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// Money with its currency's sign.
    Money {
        /// Minor units, such as cents.
        minor: i64,
        /// How many decimals the currency has.
        exponent: u8,
        /// ISO 4217 code.
        currency: String,
    },
    /// Money without the sign, where the currency is plain from what stands around it.
    Amount {
        /// Minor units, such as cents.
        minor: i64,
        /// How many decimals the currency has.
        exponent: u8,
    },
    /// A day with its year.
    Date(Date),
    /// A day without its year, for days that are near.
    Day(Date),
    /// A time of day, to the minute.
    Time(Time),
    /// A day and a time of day.
    DateTime(DateTime),
    /// A quantity of goods in thousandths.
    Quantity(i64),
    /// A whole number of things.
    Count(i64),
    /// A number with decimals that is neither money nor goods.
    Decimal(Decimal),
    /// A share in percent: 21 is twenty-one percent.
    Percent(Decimal),
    /// Words that are not ours: a name, a number of a bill, what a clerk typed.
    Text(String),
    /// The id of a message that is itself worded, such as a tender or a role. Its attributes come along: where the message
    /// has `.to`, a sentence that is given the term as `tender` can write `{ $tender-to }`.
    Term(String),
}

impl Arg {
    /// Words that are not ours.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A message that is itself worded.
    #[must_use]
    pub fn term(id: impl Into<String>) -> Self {
        Self::Term(id.into())
    }

    /// Money with its currency's sign.
    #[must_use]
    pub fn money(minor: i64, exponent: u8, currency: impl Into<String>) -> Self {
        Self::Money { minor, exponent, currency: currency.into() }
    }

    /// A number of things; more than can be counted is shown as the most that can.
    #[must_use]
    pub fn count(things: usize) -> Self {
        Self::Count(i64::try_from(things).unwrap_or(i64::MAX))
    }
}

impl From<Date> for Arg {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<i64> for Arg {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
