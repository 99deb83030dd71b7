//! Seals: what a desk's key signs. A checkpoint vouches for the desk's chain up to one document, and a key vouches for the one
//! that follows it. The secret half lives outside the database, so that who rewrites the books cannot seal them again.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};

use super::calendar::Moment;
use super::digest::{CannotWrite, Digest, canonical};
use super::ids::{BadNumber, DeskNo, DocumentNumber};
use super::money::as_text;

/// The half of a desk's Ed25519 key (RFC 8032) that everybody may know.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicKey(pub [u8; 32]);

/// An Ed25519 signature (RFC 8032).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Signature(pub [u8; 64]);

/// The half of a desk's key that never enters the database. It is wiped from memory after use and never shown.
pub struct SecretKey(SigningKey);

/// A desk's chain up to a document, at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checkpoint {
    /// The last document of the chain.
    pub number: DocumentNumber,
    /// Its sum.
    pub head: Digest,
    /// When it was sealed.
    pub at: Moment,
}

/// A desk's next key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextKey {
    /// The desk.
    pub desk: DeskNo,
    /// The key's number at the desk, from 1.
    pub no: u32,
    /// The key.
    pub public: PublicKey,
}

impl Checkpoint {
    /// What is signed; the same for ever.
    pub fn bytes(&self) -> Result<Vec<u8>, CannotWrite> {
        canonical(&("checkpoint", self.number, self.head, self.at))
    }
}

impl NextKey {
    /// What the key before signs; the same for ever.
    pub fn bytes(&self) -> Result<Vec<u8>, CannotWrite> {
        canonical(&("key", self.desk, self.no, self.public))
    }
}

impl SecretKey {
    /// The key of a random seed.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// Its public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// Signs; the same bytes always get the same signature.
    pub fn sign(&self, bytes: &[u8]) -> Signature {
        Signature(self.0.sign(bytes).to_bytes())
    }
}

impl PublicKey {
    /// Whether a signature over some bytes is this key's.
    pub fn signed(&self, bytes: &[u8], signature: &Signature) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        VerifyingKey::from_bytes(&self.0).is_ok_and(|key| key.verify_strict(bytes, &signature).is_ok())
    }

    /// The first eight bytes in hexadecimal, for people to compare.
    pub fn short(&self) -> String {
        self.to_string().chars().take(16).collect()
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(***)")
    }
}

/// Bytes as hexadecimal digits.
pub fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// So many bytes from hexadecimal digits.
pub fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

macro_rules! hexadecimal {
    ($type:ident, $description:literal) => {
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&to_hex(&self.0))
            }
        }
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
        impl FromStr for $type {
            type Err = BadNumber;
            fn from_str(text: &str) -> Result<Self, BadNumber> {
                let bad = || BadNumber { text: text.to_owned(), expected: concat!("an ", $description) };
                from_hex(text).map(Self).ok_or_else(bad)
            }
        }
        as_text!($type, stringify!($type), $description);
    };
}

hexadecimal!(PublicKey, "Ed25519 public key in hexadecimal");
hexadecimal!(Signature, "Ed25519 signature in hexadecimal");

#[cfg(test)]
mod tests {
    use super::*;

    fn checkpoint() -> Checkpoint {
        let number = DocumentNumber { desk: DeskNo(1), sequence: 7 };
        Checkpoint { number, head: Digest::of(b"head"), at: Moment { at_us: 1_795_000_000_000_000, offset_min: 120 } }
    }

    #[test]
    fn the_first_test_of_the_standard() {
        let seed = from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").unwrap();
        let key = SecretKey::from_seed(&seed);
        assert_eq!(key.public().to_string(), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        let signature = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd\
            25bf5f0595bbe24655141438e7a100b";
        assert_eq!(key.sign(b"").to_string(), signature);
        assert!(key.public().signed(b"", &signature.parse().unwrap()));
        assert_eq!(format!("{key:?}"), "SecretKey(***)");
    }

    #[test]
    fn a_seal_holds_for_exactly_what_was_signed() {
        let (key, other) = (SecretKey::from_seed(&[7; 32]), SecretKey::from_seed(&[8; 32]));
        let seal = checkpoint();
        let signature = key.sign(&seal.bytes().unwrap());
        assert!(key.public().signed(&seal.bytes().unwrap(), &signature));
        assert!(!other.public().signed(&seal.bytes().unwrap(), &signature));
        let mut later = seal;
        later.at.at_us += 1;
        let longer = Checkpoint { number: DocumentNumber { sequence: 8, ..seal.number }, ..seal };
        let elsewhere = Checkpoint { number: DocumentNumber { desk: DeskNo(2), ..seal.number }, ..seal };
        for changed in [later, longer, elsewhere, Checkpoint { head: Digest::of(b"other"), ..seal }] {
            assert!(!key.public().signed(&changed.bytes().unwrap(), &signature), "{changed:?}");
        }
    }

    #[test]
    fn what_is_signed_is_the_same_for_ever() {
        assert_eq!(
            Digest::of(&checkpoint().bytes().unwrap()).to_string(),
            "8ed29acd5161295218a525249e0a5e3d22e929aa262d5b1bed011e3a0f1866f0"
        );
        let next = NextKey { desk: DeskNo(1), no: 2, public: SecretKey::from_seed(&[7; 32]).public() };
        assert_eq!(
            Digest::of(&next.bytes().unwrap()).to_string(),
            "144a504ccbb7df81805e2269a6bc3918c62530bccfe01918934cffb873152e3b"
        );
    }

    #[test]
    fn keys_are_read_back_and_rubbish_is_not() {
        let key = SecretKey::from_seed(&[7; 32]).public();
        assert_eq!(key.to_string().parse(), Ok(key));
        for bad in ["", "zz", &"g".repeat(64), &"+1".repeat(32)] {
            assert!(bad.parse::<PublicKey>().is_err(), "{bad}");
        }
        assert!(!PublicKey([0xff; 32]).signed(b"", &Signature([0; 64])));
    }
}
