//! Members: who a person is to the shop, and what their card says.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ids::{CardNumber, HouseholdId, MemberId};
use super::membership::Term;
use super::payment_card;
use super::say::Named;

/// What the shop knows of a person. Kept apart from the books, so that it can be erased.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Given names.
    pub given: String,
    /// Family name.
    pub family: String,
    /// Telephone as typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// Postal address in one line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Day of birth, where age rules need it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub born: Option<Date>,
}

impl Person {
    /// Given and family name as printed.
    pub fn name(&self) -> String {
        [self.given.trim(), self.family.trim()].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
    }
}

/// Personal data never reaches a log by accident.
impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Person(***)")
    }
}

/// What staff decided about a membership by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing against it.
    #[default]
    Good,
    /// Paused.
    Suspended,
    /// Not to be served.
    Barred,
    /// Ended by the member.
    Cancelled,
}

impl Standing {
    /// The name used in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Suspended => "suspended",
            Self::Barred => "barred",
            Self::Cancelled => "cancelled",
        }
    }

    /// The standing of a name used in data.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Good, Self::Suspended, Self::Barred, Self::Cancelled].into_iter().find(|standing| standing.name() == name)
    }
}

impl Named for Standing {
    fn word(&self) -> &'static str {
        match self {
            Self::Good => "standing-good",
            Self::Suspended => "standing-suspended",
            Self::Barred => "standing-barred",
            Self::Cancelled => "standing-cancelled",
        }
    }
}

/// What a card's state is. Lost, stolen and replaced cards stay known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CardState {
    /// In use.
    Active,
    /// Reported lost.
    Lost,
    /// Reported stolen.
    Stolen,
    /// Replaced by another one.
    Replaced,
}

/// A membership card and who carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The number on it.
    pub number: CardNumber,
    /// Its state.
    pub state: CardState,
}

/// A member with memberships and cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Id towards the books.
    pub id: MemberId,
    /// The person; `None` after erasure.
    pub person: Option<Person>,
    /// The household that shares the membership.
    pub household: Option<HouseholdId>,
    /// The day of joining.
    pub since: Date,
    /// What staff decided.
    pub standing: Standing,
    /// Cards, newest first.
    pub cards: Vec<Card>,
    /// Paid terms, oldest first.
    pub terms: Vec<Term>,
}

impl Member {
    /// The term that ends last.
    pub fn last_term(&self) -> Option<&Term> {
        self.terms.iter().max_by_key(|term| (term.end.unwrap_or(Date::MAX), term.start))
    }
}

/// What is wrong with a field of the sign-up form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldFault {
    /// It must not be empty.
    Missing,
    /// It is longer than a card or receipt can carry.
    TooLong,
    /// It contains characters that no name has.
    NotAName,
    /// A day in the future or before 1900.
    ImpossibleDay,
    /// Not an e-mail address that could be written to.
    NotAnAddress,
    /// Not a telephone number that could be dialled.
    NotANumber,
    /// It contains line breaks or other characters that cannot be printed.
    NotPlain,
    /// It contains a payment card's number, which is kept nowhere.
    CardNumber,
}

impl std::fmt::Display for FieldFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Missing => "it is empty",
            Self::TooLong => "it is longer than a card or receipt can carry",
            Self::NotAName => "it contains characters that no name has",
            Self::ImpossibleDay => "the day lies in the future or before 1900",
            Self::NotAnAddress => "it is not an e-mail address that could be written to",
            Self::NotANumber => "it is not a telephone number that could be dialled",
            Self::NotPlain => "it contains control characters",
            Self::CardNumber => "it contains a payment card number, which must not be kept",
        })
    }
}

/// Longest name that is kept, in characters.
pub const LONGEST_NAME: usize = 80;
/// Longest address that is kept, in characters.
pub const LONGEST_ADDRESS: usize = 200;

/// Checks what a person typed into a field without a form of its own.
pub fn check_text(text: &str, longest: usize) -> Result<(), FieldFault> {
    if text.chars().count() > longest {
        return Err(FieldFault::TooLong);
    }
    if text.chars().any(char::is_control) {
        return Err(FieldFault::NotPlain);
    }
    if payment_card::find(text.as_bytes()).is_some() { Err(FieldFault::CardNumber) } else { Ok(()) }
}

/// Checks one part of a name.
pub fn check_name(name: &str) -> Result<(), FieldFault> {
    let name = name.trim();
    if name.is_empty() {
        return Err(FieldFault::Missing);
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(FieldFault::TooLong);
    }
    if name.chars().any(|c| c.is_control() || payment_card::is_digit(c) || "<>{}[]|\\^~@#$%*=+\"".contains(c)) {
        return Err(FieldFault::NotAName);
    }
    Ok(())
}

/// Checks an e-mail address: it must have a name, an @, and a domain with an ending.
pub fn check_email(email: &str) -> Result<(), FieldFault> {
    check_text(email, LONGEST_ADDRESS)?;
    let options = email_address::Options::default().with_required_tld().without_display_text().without_domain_literal();
    email_address::EmailAddress::parse_with_options(email.trim(), options).map(|_| ()).map_err(|_| FieldFault::NotAnAddress)
}

/// Checks a telephone number: digits and the usual signs; with a country code it must be possible in that country, and
/// then it may look like a payment card's number by chance.
pub fn check_phone(phone: &str) -> Result<(), FieldFault> {
    let phone = phone.trim();
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let signs = phone.chars().all(|c| c.is_ascii_digit() || "+ -()./".contains(c));
    if !signs || !(4..=15).contains(&digits) {
        return Err(FieldFault::NotANumber);
    }
    if !phone.starts_with('+') {
        return check_text(phone, LONGEST_NAME);
    }
    if phonenumber::parse(None, phone).is_ok_and(|number| number.is_valid()) { Ok(()) } else { Err(FieldFault::NotANumber) }
}

/// Checks a day of birth against today.
pub fn check_born(born: Date, today: Date) -> Result<(), FieldFault> {
    if born > today || born.year() < 1900 { Err(FieldFault::ImpossibleDay) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers() {
        for (email, fine) in
            [("oie@saar.ee", true), ("oie@saar", false), ("a..b@x.ee", false), ("õie@näide.ee", true), ("@x.ee", false)]
        {
            assert_eq!(check_email(email).is_ok(), fine, "{email}");
        }
        for (phone, fine) in [
            ("+49 1511 2345673", true),
            ("378282246310005", false),
            ("+372 5123 4567", true),
            ("5123 4567", true),
            ("+372 1", false),
            ("12", false),
            ("call me", false),
        ] {
            assert_eq!(check_phone(phone).is_ok(), fine, "{phone}");
        }
    }

    #[test]
    fn names_of_many_lands_pass() {
        for name in ["Õie", "Șaar-Țurcanu", "O'Neill", "Äijälä", "Anna Maria", "d’Arc", "李〇", "一二三"] {
            assert_eq!(check_name(name), Ok(()), "{name}");
        }
        let long = "a".repeat(81);
        for (name, fault) in [
            ("  ", FieldFault::Missing),
            ("R2", FieldFault::NotAName),
            ("a\nb", FieldFault::NotAName),
            (&long, FieldFault::TooLong),
        ] {
            assert_eq!(check_name(name), Err(fault));
        }
    }
}
