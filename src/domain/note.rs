//! Words that may be forgotten: a clerk's free note on a document, and the salt that keeps sums over a person from being tried.
//!
//! A document is kept for ever, so it holds no such words, only their sum together with random bytes. While words and salt are kept
//! beside it, the sum vouches for them; once both are gone, nobody can try words against it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::digest::Digest;
use super::ids::BadNumber;
use super::member::{FieldFault, check_text};
use super::money::as_text;

/// Characters of the longest note.
pub const LONGEST_NOTE: usize = 500;

/// Sixteen random bytes, written as a UUID of version 4, made by whoever asks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt(Uuid);

impl Salt {
    /// The salt of a UUID; `None` where that is not a random one.
    pub fn of(id: Uuid) -> Option<Self> {
        (id.get_version_num() == 4).then_some(Self(id))
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }
}

impl FromStr for Salt {
    type Err = BadNumber;
    fn from_str(text: &str) -> Result<Self, BadNumber> {
        let read = Uuid::parse_str(text).ok().and_then(Self::of);
        read.ok_or_else(|| BadNumber { text: "***".to_owned(), expected: "a salt (a random UUID of version 4)" })
    }
}

/// Written into a request only; nowhere else is it to be seen.
impl fmt::Display for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(***)")
    }
}

as_text!(Salt, "Salt", "Random UUID of version 4, a new one for each request; it keeps sums over a person from being guessed");

/// A clerk's free words on a document, erasable with the person the document is about.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The words, at most 500 characters in one line.
    pub text: String,
    /// Keeps the sum from being tried with other words.
    pub salt: Salt,
}

impl Note {
    /// What a document holds of it.
    pub fn sum(&self) -> Digest {
        let mut bytes = self.salt.bytes().to_vec();
        bytes.extend_from_slice(self.text.as_bytes());
        Digest::of(&bytes)
    }

    /// Whether its words can be kept.
    pub fn check(&self) -> Result<(), FieldFault> {
        if self.text.trim().is_empty() { Err(FieldFault::Missing) } else { check_text(&self.text, LONGEST_NOTE) }
    }
}

/// What a clerk wrote about somebody never reaches a log by accident.
impl fmt::Debug for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Note(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RANDOM: &str = "7c0e5d5e-8a43-4c0e-9d0b-5f3a0c1d2e01";

    #[test]
    fn only_random_salts_are_taken_and_none_is_shown() {
        let salt: Salt = RANDOM.parse().unwrap();
        assert_eq!((salt.to_string().as_str(), format!("{salt:?}").as_str()), (RANDOM, "Salt(***)"));
        for bad in ["", "00000000-0000-0000-0000-000000000000", "0190c0de-8a43-7c0e-9d0b-5f3a0c1d2e01"] {
            assert!(bad.parse::<Salt>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_note_is_summed_with_its_salt_and_checked() {
        let note = |text: &str, salt: &str| Note { text: text.to_owned(), salt: salt.parse().unwrap() };
        let one = note("Came twice", RANDOM);
        assert_ne!(one.sum(), note("Came twice", "7c0e5d5e-8a43-4c0e-9d0b-5f3a0c1d2e02").sum());
        assert_ne!(one.sum(), note("Came once", RANDOM).sum());
        assert_eq!(format!("{one:?}"), "Note(***)");
        let long = "a".repeat(LONGEST_NOTE + 1);
        for (text, fault) in [
            (" ", FieldFault::Missing),
            (long.as_str(), FieldFault::TooLong),
            ("a\nb", FieldFault::NotPlain),
            ("paid by 4111 1111 1111 1111", FieldFault::CardNumber),
        ] {
            assert_eq!(note(text, RANDOM).check(), Err(fault));
        }
    }
}
