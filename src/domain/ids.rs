//! Ids and the numbers people read out: one type each, so that none is taken for another.
//!
//! Ids are UUIDs made at the desk in the order of time; this room never makes one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::digest::Digest;
use super::money::as_text;

/// Text that is not the number or id it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not {expected}; nothing was done; check it and try again")]
pub struct BadNumber {
    /// What was read.
    pub text: String,
    /// What would have been right, in words.
    pub expected: &'static str,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub Uuid);
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
        impl FromStr for $name {
            type Err = BadNumber;
            fn from_str(text: &str) -> Result<Self, BadNumber> {
                Uuid::parse_str(text).map(Self).map_err(|_| BadNumber { text: text.to_owned(), expected: "an id (a UUID)" })
            }
        }
        as_text!($name, stringify!($name), "A UUID");
    };
}

id!(
    /// A person who is or was a member; random towards the books, so that erasing the person leaves them whole.
    MemberId
);
id!(
    /// People who share one membership.
    HouseholdId
);
id!(
    /// A bill: a sale or a folio.
    BillId
);
id!(
    /// A document: something that happened for ever.
    DocumentId
);

impl DocumentId {
    /// The id of the document that answers a request: the same on every engine and at every try. It keeps the request's time, so
    /// that ids come in its order.
    pub fn of(request: RequestId) -> Self {
        let sum = Digest::of(request.0.as_bytes());
        let mut bytes = *request.0.as_bytes();
        for (byte, own) in bytes.iter_mut().zip(sum.0).skip(6) {
            *byte = own;
        }
        Self(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}
id!(
    /// A request, made once where it was asked; posting it twice posts it once.
    RequestId
);

/// A desk of the shop, 1 to 999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u64")]
pub struct DeskNo(pub u16);

impl schemars::JsonSchema for DeskNo {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "DeskNo".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer", "minimum": 1, "maximum": 999, "description": "A desk of the shop" })
    }
}

impl TryFrom<u64> for DeskNo {
    type Error = BadNumber;
    fn try_from(number: u64) -> Result<Self, BadNumber> {
        let fits = u16::try_from(number).ok().filter(|number| (1..=999).contains(number));
        fits.map(Self).ok_or_else(|| BadNumber { text: number.to_string(), expected: "a desk's number from 1 to 999" })
    }
}

impl fmt::Display for DeskNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A person of the staff, as the rota numbers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct StaffNo(pub u32);

impl fmt::Display for StaffNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// The number on a receipt: desk and running number without gaps, `2-004811`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentNumber {
    /// The desk that posted it.
    pub desk: DeskNo,
    /// Its place in the desk's series, from 1.
    pub sequence: u64,
}

/// The last running number that the books can count.
const LAST_SEQUENCE: u64 = i64::MAX.unsigned_abs();

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:06}", self.desk, self.sequence)
    }
}

impl FromStr for DocumentNumber {
    type Err = BadNumber;
    fn from_str(text: &str) -> Result<Self, BadNumber> {
        let bad = || BadNumber { text: text.to_owned(), expected: "a document number such as 2-004811" };
        let (desk, sequence) = text.trim().split_once('-').ok_or_else(bad)?;
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(desk) || !digits(sequence) || sequence.len() < 6 {
            return Err(bad());
        }
        let desk = desk.parse().ok().and_then(|desk: u64| DeskNo::try_from(desk).ok()).ok_or_else(bad)?;
        let sequence = sequence.parse().ok().filter(|sequence| (1..=LAST_SEQUENCE).contains(sequence)).ok_or_else(bad)?;
        Ok(Self { desk, sequence })
    }
}

as_text!(DocumentNumber, "DocumentNumber", "Desk and running number, such as 2-004811");

/// A membership card's number: ten digits, the last a check digit, so never mistaken for a payment card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CardNumber(u64);

/// Damm's quasigroup of order 10: catches every single wrong digit and every swap of neighbours
/// (H. M. Damm, *Total anti-symmetrische Quasigruppen*, 2004).
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// The check digit that makes `digits` whole, 0 for digits that already carry theirs.
fn damm(digits: u64) -> u8 {
    format!("{digits:010}").bytes().fold(0, |state, byte| DAMM[usize::from(state)][usize::from(byte - b'0')])
}

impl CardNumber {
    /// The card with a running number below 900,000,000.
    pub fn from_serial(serial: u64) -> Result<Self, BadNumber> {
        if serial >= 900_000_000 {
            return Err(BadNumber { text: serial.to_string(), expected: "a card's running number below 900,000,000" });
        }
        let body = serial + 100_000_000;
        Ok(Self(body * 10 + u64::from(damm(body))))
    }

    /// The running number inside.
    pub fn serial(self) -> u64 {
        self.0 / 10 - 100_000_000
    }
}

impl fmt::Display for CardNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:010}", self.0)
    }
}

impl FromStr for CardNumber {
    type Err = BadNumber;
    fn from_str(text: &str) -> Result<Self, BadNumber> {
        let bad = || BadNumber {
            text: text.to_owned(),
            expected: "a membership card number (ten digits, the last one checks the others)",
        };
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if digits.len() != 10 || !digits.bytes().all(|b| b.is_ascii_digit()) || digits.starts_with('0') {
            return Err(bad());
        }
        let number: u64 = digits.parse().map_err(|_| bad())?;
        if damm(number) == 0 { Ok(Self(number)) } else { Err(bad()) }
    }
}

as_text!(CardNumber, "CardNumber", "Ten digits, the last a check digit");

/// A store credit's code: `C` and the document number that issued it, `C2-004811`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CreditCode(pub DocumentNumber);

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "C{}", self.0)
    }
}

impl FromStr for CreditCode {
    type Err = BadNumber;
    fn from_str(text: &str) -> Result<Self, BadNumber> {
        let bad = || BadNumber { text: text.to_owned(), expected: "a store credit's code such as C2-004811" };
        let number = text.trim().strip_prefix(['C', 'c']).ok_or_else(bad)?;
        number.parse().map(Self).map_err(|_| bad())
    }
}

as_text!(CreditCode, "CreditCode", "C and the document number that issued it, such as C2-004811");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers_read_back() {
        let number = DocumentNumber { desk: DeskNo(2), sequence: 4811 };
        assert_eq!(number.to_string(), "2-004811");
        assert_eq!("2-004811".parse(), Ok(number));
        assert_eq!("C2-004811".parse(), Ok(CreditCode(number)));
        for bad in [
            "2-4811",
            "-004811",
            "2-",
            "2–004811",
            "+2-004811",
            "99999-000001",
            "0-000001",
            "1000-000001",
            "1-000000",
            "1-9223372036854775808",
            "",
        ] {
            assert!(bad.parse::<DocumentNumber>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_card_checks_every_digit_and_every_swap() {
        let card = CardNumber::from_serial(4_821).unwrap();
        let text = card.to_string();
        assert_eq!((text.len(), text.parse()), (10, Ok(card)));
        assert_eq!(card.serial(), 4_821);
        for place in 0..10 {
            for digit in b'0'..=b'9' {
                let mut wrong = text.clone().into_bytes();
                if wrong[place] != digit {
                    wrong[place] = digit;
                    assert!(String::from_utf8(wrong).unwrap().parse::<CardNumber>().is_err());
                }
            }
            let mut swapped = text.clone().into_bytes();
            if place < 9 && swapped[place] != swapped[place + 1] {
                swapped.swap(place, place + 1);
                assert!(String::from_utf8(swapped).unwrap().parse::<CardNumber>().is_err());
            }
        }
        assert!(CardNumber::from_serial(900_000_000).is_err());
    }
}
