//! What a message can be given, each value with its kind, so that it is written in the shop's form and counted by the
//! language's own plural rules.

use jiff::civil::{Date, DateTime, Time};
use rust_decimal::Decimal;

use crate::domain::money::{Money, Quantity, Rate};
use crate::domain::say::{Named, Value};

/// A value that a message names: what the domain's sentences carry, and what a screen says besides.
///
/// A message writes `{ $name }` where the value belongs. Counts and quantities may also choose between plural forms.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// Money with its currency's sign.
    Money(Money),
    /// Money without the sign, where the currency is plain from what stands around it.
    Amount(Money),
    /// A day with its year.
    Date(Date),
    /// A day without its year, for days that are near.
    Day(Date),
    /// A time of day, to the minute.
    Time(Time),
    /// A day and a time of day.
    DateTime(DateTime),
    /// A quantity of goods.
    Quantity(Quantity),
    /// A whole number of things.
    Count(i64),
    /// A number with decimals that is neither money nor goods.
    Decimal(Decimal),
    /// A rate, in percent.
    Rate(Rate),
    /// Words that are not ours: a name, a number of a bill, what a clerk typed.
    Text(String),
    /// The id of a message that is itself worded, such as a tender or a role. Its attributes come along: where the message
    /// has `.to`, a sentence that is given the word as `tender` can write `{ $tender-to }`.
    Word(String),
}

impl Arg {
    /// Words that are not ours.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A message that is itself worded.
    #[must_use]
    pub fn word(id: impl Into<String>) -> Self {
        Self::Word(id.into())
    }

    /// The word of a thing of a fixed list, such as a role.
    #[must_use]
    pub fn named(thing: &impl Named) -> Self {
        Self::word(thing.word())
    }

    /// A number of things; more than can be counted is shown as the most that can.
    #[must_use]
    pub fn count(things: usize) -> Self {
        Self::Count(i64::try_from(things).unwrap_or(i64::MAX))
    }
}

impl From<&Value> for Arg {
    fn from(value: &Value) -> Self {
        match value {
            Value::Money(money) => Self::Money(*money),
            Value::Date(date) => Self::Date(*date),
            Value::Quantity(quantity) => Self::Quantity(*quantity),
            Value::Count(count) => Self::Count(*count),
            Value::Rate(rate) => Self::Rate(*rate),
            Value::Text(text) => Self::Text(text.clone()),
            Value::Word(id) => Self::Word(id.clone()),
        }
    }
}

macro_rules! arg_from {
    ($($type:ty => $variant:ident),*) => {
        $(impl From<$type> for Arg {
            fn from(value: $type) -> Self {
                Self::$variant(value)
            }
        })*
    };
}

arg_from!(Money => Money, Date => Date, Quantity => Quantity, i64 => Count, Rate => Rate, String => Text);

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
