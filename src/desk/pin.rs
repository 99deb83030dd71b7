//! PINs, and how they are kept: hashed with argon2id, so that guessing one from the books takes long.

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, KeyId, Params, ParamsBuilder, Version};
use std::fmt::Display;
use std::time::Duration;
use zeroize::Zeroizing;

use super::DeskError;
use crate::planted::planted;
use crate::store::outside::Pepper;

/// Memory of a hash in KiB, and how often it is gone through (OWASP password storage, 2024).
const KIBIBYTES: u32 = 19_456;
const PASSES: u32 = 2;
/// Bytes of a hash.
const BYTES: usize = 32;
/// KiB that are asked for to hash in. glibc gives what is larger than 32 MiB back to the system when it is let go; what is
/// smaller it would keep, so that each desk would hold the memory of its last PIN all day long. What is not used takes none.
const ROOM: usize = 33 * 1024;
/// How long a hash takes where that is planted.
const LONG: Duration = Duration::from_secs(4);

/// What came of holding a PIN against a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    /// It is the one, hashed as it should be.
    Right,
    /// It is the one, hashed before there was a pepper.
    RightUnpeppered,
    /// It is another one, or there is none.
    Wrong,
    /// Nobody can tell: the pepper that went into the hash is not here.
    PepperLost,
}

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

    /// Its hash, salted anew, with all that is needed to compare it later but the pepper, of which it holds the name.
    pub(super) fn hash(&self, pepper: Option<&Pepper>) -> Result<String, DeskError> {
        let mut params = ParamsBuilder::new();
        params.m_cost(KIBIBYTES).t_cost(PASSES).p_cost(1);
        if let Some(pepper) = pepper {
            params.keyid(KeyId::new(&pepper.id()).map_err(failed)?);
        }
        let params = params.build().map_err(failed)?;
        let salt = Salt::generate();
        let hash = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&params).map_err(failed)?,
            salt: Some(salt),
            hash: Some(self.digest((Algorithm::Argon2id, Version::V0x13), params, &salt, pepper)?),
        };
        Ok(hash.to_string())
    }

    /// Holds it against a hash, made in whichever way the hash says.
    pub(super) fn against(&self, hash: &str, pepper: Option<&Pepper>) -> Result<Check, DeskError> {
        let kept = PasswordHash::new(hash).map_err(failed)?;
        let (Some(salt), Some(digest)) = (&kept.salt, &kept.hash) else { return Ok(Check::Wrong) };
        let algorithm = Algorithm::try_from(kept.algorithm.as_str()).map_err(failed)?;
        let version = kept.version.map_or(Ok(Version::V0x13), |version| Version::try_from(version).map_err(failed))?;
        let params = Params::try_from(&kept).map_err(failed)?;
        let (pepper, right) = match (params.keyid(), pepper) {
            ([], _) => (None, Check::RightUnpeppered),
            (id, Some(pepper)) if pepper.id() == id => (Some(pepper), Check::Right),
            _ => return Ok(Check::PepperLost),
        };
        // Outputs compare in a time that tells nothing.
        Ok(if self.digest((algorithm, version), params, salt, pepper)? == *digest { right } else { Check::Wrong })
    }

    /// 32 bytes that only who knows it can make, slowly.
    pub(super) fn stretched(&self, salt: &[u8; 16]) -> Result<Zeroizing<[u8; BYTES]>, DeskError> {
        let params = Params::new(KIBIBYTES, PASSES, 1, None).map_err(failed)?;
        let output = self.digest((Algorithm::Argon2id, Version::V0x13), params, salt, None)?;
        Ok(Zeroizing::new(output.as_bytes().try_into().map_err(failed)?))
    }

    fn digest(
        &self,
        (algorithm, version): (Algorithm, Version),
        params: Params,
        salt: &[u8],
        pepper: Option<&Pepper>,
    ) -> Result<Output, DeskError> {
        if planted("a PIN takes long") {
            std::thread::sleep(LONG);
        }
        let blocks = params.block_count();
        let mut memory = Vec::with_capacity(blocks.max(ROOM));
        memory.resize(blocks, Block::new());
        let mut bytes = [0; BYTES];
        let hasher = match pepper {
            Some(pepper) => Argon2::new_with_secret(pepper.secret(), algorithm, version, params).map_err(failed)?,
            None => Argon2::new(algorithm, version, params),
        };
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
    use crate::store::outside::Outside;

    #[test]
    fn a_hash_knows_its_pin_and_no_other() {
        let hash = Pin::new("314159").hash(None).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_eq!(Pin::new("314159").against(&hash, None).unwrap(), Check::RightUnpeppered);
        assert_eq!(Pin::new("314158").against(&hash, None).unwrap(), Check::Wrong);
        assert_ne!(hash, Pin::new("314159").hash(None).unwrap(), "the salt is new each time");
    }

    #[test]
    fn a_hash_of_other_software_is_taken_as_it_says() {
        let hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assert_eq!(Pin::new("password").against(hash, None).unwrap(), Check::RightUnpeppered);
        assert!(Pin::new("314159").against("no hash", None).is_err());
    }

    #[test]
    fn a_pin_is_right_with_its_pepper_only() {
        let folder = tempfile::tempdir().unwrap();
        let pepper = |name: &str| Outside::at(folder.path().join(name)).make_pepper().unwrap();
        let (own, other) = (pepper("own"), pepper("other"));
        let (pin, wrong) = (Pin::new("123456"), Pin::new("123457"));
        let (peppered, plain) = (pin.hash(Some(&own)).unwrap(), pin.hash(None).unwrap());
        assert!(peppered.contains(",keyid=") && !plain.contains("keyid"), "{peppered} {plain}");
        for (pin, hash, pepper, expected) in [
            (&pin, &peppered, Some(&own), Check::Right),
            (&wrong, &peppered, Some(&own), Check::Wrong),
            (&pin, &peppered, Some(&other), Check::PepperLost),
            (&pin, &peppered, None, Check::PepperLost),
            (&pin, &plain, Some(&own), Check::RightUnpeppered),
            (&wrong, &plain, Some(&own), Check::Wrong),
        ] {
            assert_eq!(pin.against(hash, pepper).unwrap(), expected, "{hash}");
        }
        // The pepper goes into the sum itself: without its name the hash is of another PIN.
        let (start, rest) = peppered.split_once(",keyid=").unwrap();
        let nameless = format!("{start}${}", rest.split_once('$').unwrap().1);
        assert_eq!(pin.against(&nameless, None).unwrap(), Check::Wrong);
    }

    #[test]
    fn weak_ones_are_turned_away() {
        for (typed, is_good) in [("123456", true), ("12345", false), ("111111", false), ("12345a", false), ("98765432", true)] {
            assert_eq!(Pin::new(typed).check().is_ok(), is_good, "{typed}");
        }
    }
}
