//! One transaction as a small tree, with the place of each element.

use jiff::civil::DateTime;
use rust_decimal::Decimal;

use super::super::fault::Fault;
use super::super::rows::decimal;
use crate::domain::bill::LONGEST_TEXT;
use crate::domain::payment_card;
use crate::domain::plain::is_plain;

/// An element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Node {
    /// Its name without prefix.
    pub name: String,
    /// Its attributes, names without prefix.
    pub attributes: Vec<(String, String)>,
    /// Its own text.
    pub text: String,
    /// The elements in it.
    pub children: Vec<Node>,
    /// Line on which it begins.
    pub line: u64,
    /// Byte of that line.
    pub column: u64,
}

/// What is wrong with an element, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub line: u64,
    pub column: u64,
    pub field: String,
    pub fault: Fault,
}

/// Elements that hold item codes; many of those pass the check of card numbers by chance.
pub(super) fn is_item_code(name: &str) -> bool {
    matches!(name, "POSItemID" | "ItemID" | "AlternateID" | "SerialNumber" | "ReceiptData")
}

/// Elements that hold the number of a payment card. Their last four digits are read, and nothing else of them.
pub(super) fn is_card_account(name: &str) -> bool {
    matches!(name, "PrimaryAccountNumber" | "AccountNumber" | "CardNumber" | "CreditCardNumber")
}

/// Elements that become a line of a bill.
pub(super) fn is_line(name: &str) -> bool {
    matches!(name, "Sale" | "Return")
}

impl Node {
    /// The first element of a name in this one.
    pub fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The elements of a name in this one.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first of some elements that is there and not empty.
    pub fn first(&self, names: &[&str]) -> Option<&Node> {
        names.iter().find_map(|name| self.child(name).filter(|child| !child.value().is_empty()))
    }

    /// Its text without blanks around it.
    pub fn value(&self) -> &str {
        self.text.trim()
    }

    /// The text of the first of some elements.
    pub fn text_of(&self, names: &[&str]) -> &str {
        self.first(names).map_or("", Node::value)
    }

    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim())
    }

    /// Whether an attribute says yes.
    pub fn says(&self, name: &str) -> bool {
        matches!(self.attribute(name), Some("true" | "1"))
    }

    /// What is wrong here.
    pub fn wrong(&self, fault: Fault) -> Wrong {
        Wrong { line: self.line, column: self.column, field: self.name.clone(), fault }
    }

    /// An element that must be there and not be empty.
    pub fn needed(&self, names: &[&str]) -> Result<&Node, Wrong> {
        self.first(names).ok_or_else(|| Wrong { field: names.join(" or "), ..self.wrong(Fault::Missing) })
    }

    /// Its text as a decimal.
    pub fn number(&self) -> Result<Decimal, Wrong> {
        let fault = if self.value().is_empty() { Fault::Missing } else { Fault::NotANumber };
        decimal(self.value().as_bytes(), b'.').ok_or_else(|| self.wrong(fault))
    }

    /// The number in the first of some elements that is there.
    pub fn number_of(&self, names: &[&str]) -> Result<Option<Decimal>, Wrong> {
        self.first(names).map(Node::number).transpose()
    }

    /// Its text as a time; the time is UTC where the text says so.
    pub fn time(&self) -> Result<(DateTime, bool), Wrong> {
        let fail = |_| self.wrong(Fault::NotATime { format: "2026-10-12T08:26:00".to_owned() });
        match self.value().parse::<jiff::Timestamp>() {
            Ok(at) => Ok((jiff::tz::TimeZone::UTC.to_datetime(at), true)),
            Err(_) => self.value().parse::<DateTime>().map(|local| (local, false)).map_err(fail),
        }
    }

    /// How many lines of a bill are in it.
    pub fn lines(&self) -> u64 {
        self.children.iter().map(|child| u64::from(is_line(&child.name)) + child.lines()).sum()
    }

    /// Its text, which must not be longer than a bill can carry.
    pub fn short(&self) -> Result<&str, Wrong> {
        let length = self.value().len();
        if length > LONGEST_TEXT { Err(self.wrong(Fault::TooLong { length, most: LONGEST_TEXT })) } else { Ok(self.value()) }
    }

    /// The first element with characters that are no text.
    pub fn not_plain(&self) -> Option<&Node> {
        if !is_plain(&self.text) || self.attributes.iter().any(|(_, value)| !is_plain(value)) {
            return Some(self);
        }
        self.children.iter().find_map(Node::not_plain)
    }

    /// The first element with a payment card number where none belongs.
    pub fn card_number(&self) -> Option<&Node> {
        let text = |text: &str| payment_card::find(text.as_bytes()).is_some();
        let own = !is_item_code(&self.name) && !is_card_account(&self.name) && text(&self.text);
        if own || self.attributes.iter().any(|(_, value)| text(value)) {
            return Some(self);
        }
        // A customer's other number is called as an item's is.
        let of_customer = |child: &&Node| self.name == "Customer" && text(&child.text);
        self.children.iter().find(of_customer).or_else(|| self.children.iter().find_map(Node::card_number))
    }
}
