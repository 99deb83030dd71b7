//! PINs, and how they are kept: hashed with argon2id, so that guessing one from the books takes long.

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::fmt::Display;
use zeroize::Zeroizing;

use super::DeskError;

/// Memory of a hash in KiB, and how often it is gone through (OWASP password storage, 2024).
const KIBIBYTES: u32 = 19_456;
const PASSES: u32 = 2;
/// Bytes of a hash.
const BYTES: usize = 32;
/// KiB that are asked for to hash in. glibc gives what is larger than 32 MiB back to the system when it is let go; what is
/// smaller it would keep, so that each desk would hold the memory of its last PIN all day long. What is not used takes none.
const ROOM: usize = 33 * 1024;

/// A PIN. It is wiped from memory after use and never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(Zeroizing<String>);

impl Pin {
    /// A PIN as typed.
    pub fn new(typed: impl Into<String>) -> Self {
        Self(Zeroizing::new(typed.into()))
    }

    /// Whether it is long enough and not one digit repeated.
    pub fn check(&self) -> Result<(), DeskError> {
        let digits = self.0.as_bytes();
        let all_digits = digits.iter().all(u8::is_ascii_digit);
        let repeated = digits.windows(2).all(|pair| pair[0] == pair[1]);
        if digits.len() < 6 || !all_digits || repeated { Err(DeskError::WeakPin) } else { Ok(()) }
    }

    /// Its hash, salted anew, with all that is needed to compare it later.
    pub(super) fn hash(&self) -> Result<String, DeskError> {
        let params = Params::new(KIBIBYTES, PASSES, 1, None).map_err(failed)?;
        let salt = Salt::generate();
        let hash = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&params).map_err(failed)?,
            salt: Some(salt),
            hash: Some(self.digest(Algorithm::Argon2id, Version::V0x13, params, &salt)?),
        };
        Ok(hash.to_string())
    }

    /// Whether a hash is of this PIN, made in whichever way the hash says.
    pub(super) fn is_of(&self, hash: &str) -> Result<bool, DeskError> {
        let kept = PasswordHash::new(hash).map_err(failed)?;
        let (Some(salt), Some(digest)) = (&kept.salt, &kept.hash) else { return Ok(false) };
        let algorithm = Algorithm::try_from(kept.algorithm.as_str()).map_err(failed)?;
        let version = kept.version.map_or(Ok(Version::V0x13), |version| Version::try_from(version).map_err(failed))?;
        let params = Params::try_from(&kept).map_err(failed)?;
        // Outputs compare in a time that tells nothing.
        Ok(self.digest(algorithm, version, params, salt)? == *digest)
    }

    fn digest(&self, algorithm: Algorithm, version: Version, params: Params, salt: &Salt) -> Result<Output, DeskError> {
        let blocks = params.block_count();
        let mut memory = Vec::with_capacity(blocks.max(ROOM));
        memory.resize(blocks, Block::new());
        let mut bytes = [0; BYTES];
        let hasher = Argon2::new(algorithm, version, params);
        hasher.hash_password_into_with_memory(self.0.as_bytes(), salt, &mut bytes, &mut memory).map_err(failed)?;
        Output::new(&bytes).map_err(failed)
    }
}

impl std::fmt::Debug for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pin(***)")
    }
}

fn failed(error: impl Display) -> DeskError {
    DeskError::Hash(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_knows_its_pin_and_no_other() {
        let hash = Pin::new("314159").hash().unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(Pin::new("314159").is_of(&hash).unwrap());
        assert!(!Pin::new("314158").is_of(&hash).unwrap());
        assert_ne!(hash, Pin::new("314159").hash().unwrap(), "the salt is new each time");
    }

    #[test]
    fn a_hash_of_other_software_is_taken_as_it_says() {
        let hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assert!(Pin::new("password").is_of(hash).unwrap());
        assert!(Pin::new("314159").is_of("no hash").is_err());
    }

    #[test]
    fn weak_ones_are_turned_away() {
        for (typed, is_good) in [("123456", true), ("12345", false), ("111111", false), ("12345a", false), ("98765432", true)] {
            assert_eq!(Pin::new(typed).check().is_ok(), is_good, "{typed}");
        }
    }
}
