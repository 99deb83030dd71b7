//! Sentences without words: a message's id and its typed arguments. The `text` room words them for a reader.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::money::{Money, Quantity, Rate};

/// A typed argument of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// An amount, shown in the shop's form.
    Money(Money),
    /// A day.
    Date(#[schemars(with = "String")] Date),
    /// A quantity.
    Quantity(Quantity),
    /// A number that picks a plural.
    Count(i64),
    /// A percentage.
    Rate(Rate),
    /// A number, name or text from data, shown as it is.
    Text(String),
    /// The id of a message that is worded itself, such as a tender's or a role's name.
    Word(String),
}

/// A sentence to be worded: what to say, with its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Saying {
    /// The message's id.
    pub id: String,
    /// Its arguments, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(String, Value)>,
}

impl Saying {
    /// A sentence without arguments.
    pub fn new(id: &str) -> Self {
        Self { id: id.to_owned(), args: Vec::new() }
    }

    /// The same sentence with one more argument.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.args.push((name.to_owned(), value.into()));
        self
    }
}

macro_rules! value_from {
    ($($type:ty => $variant:ident),*) => {
        $(impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$variant(value)
            }
        })*
    };
}

value_from!(Money => Money, Date => Date, Quantity => Quantity, i64 => Count, Rate => Rate, String => Text);

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A thing of a fixed list that has a word of its own, such as a tender or a role.
pub trait Named {
    /// The id of the message that names it.
    fn word(&self) -> &'static str;

    /// The word as an argument of another sentence.
    fn value(&self) -> Value {
        Value::Word(self.word().to_owned())
    }
}
