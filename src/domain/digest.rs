//! SHA-256 over bytes that are the same for ever: what an approval binds, and what chains one document to the next.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::ids::BadNumber;
use super::money::as_text;

/// A SHA-256 sum, written in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

/// Something that could not be turned into bytes; that is a fault of the program.
#[derive(Debug, thiserror::Error)]
#[error("the figures could not be written down: {0}; nothing was booked; please report it")]
pub struct CannotWrite(#[from] serde_json::Error);

/// What the first document of a desk follows.
pub const BEGINNING: Digest = Digest([0; 32]);

/// Version of the canonical bytes; old versions stay readable for ever.
pub const ENCODING: &[u8] = b"courtesy/1\n";

/// The canonical bytes of a value: its version, then compact JSON with the fields in the order of their declaration.
/// Values here hold no floats and no unordered maps, so equal values give equal bytes.
pub fn canonical(value: &impl Serialize) -> Result<Vec<u8>, CannotWrite> {
    let mut bytes = ENCODING.to_vec();
    serde_json::to_writer(&mut bytes, value)?;
    Ok(bytes)
}

impl Digest {
    /// The sum of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The sum that chains bytes to what was before them.
    pub fn after(self, bytes: &[u8]) -> Self {
        Self(Sha256::new().chain_update(self.0).chain_update(bytes).finalize().into())
    }

    /// The first eight bytes in hexadecimal, as a receipt carries them.
    pub fn short(self) -> String {
        self.to_string().chars().take(16).collect()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Digest {
    type Err = BadNumber;
    fn from_str(text: &str) -> Result<Self, BadNumber> {
        let bad = || BadNumber { text: text.to_owned(), expected: "a digest of 64 hexadecimal digits" };
        let text = text.as_bytes();
        if text.len() != 64 || !text.iter().all(u8::is_ascii_hexdigit) {
            return Err(bad());
        }
        let mut sum = [0; 32];
        for (byte, pair) in sum.iter_mut().zip(text.chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| bad())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| bad())?;
        }
        Ok(Self(sum))
    }
}

as_text!(Digest, "Digest", "SHA-256 in hexadecimal");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_read_back_and_chain() {
        let sum = Digest::of(b"abc");
        assert_eq!(sum.to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(sum.to_string().parse(), Ok(sum));
        assert_ne!(BEGINNING.after(b"a").after(b"b"), BEGINNING.after(b"b").after(b"a"));
        for bad in ["", "zz", &"g".repeat(64), &"é".repeat(32)] {
            assert!(bad.parse::<Digest>().is_err());
        }
    }
}
