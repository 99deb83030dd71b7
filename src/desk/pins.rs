//! PINs and how they are hashed: argon2id, with a pepper that lies outside the database.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, ParamsBuilder, PasswordHasher, PasswordVerifier, Version};
use zeroize::Zeroizing;

use super::DeskError;
use crate::domain::seal::to_hex;
use crate::store::outside::{Outside, Pepper};
use crate::store::{Store, Tx, shop};

/// The setting that names the pepper.
const PEPPER: &str = "pepper";

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
}

impl std::fmt::Debug for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pin(***)")
    }
}

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

/// The hash of a PIN: argon2id with 19 MiB and 2 passes (OWASP password storage, 2024), and which pepper went in.
pub(super) fn hash(pin: &Pin, pepper: Option<&Pepper>) -> Result<String, DeskError> {
    let hashed = hasher(pepper)?.hash_password(pin.0.as_bytes()).map_err(|error| DeskError::Hash(error.to_string()))?;
    Ok(hashed.to_string())
}

/// Holds a PIN against a hash.
pub(super) fn check(pin: &Pin, hash: Option<&str>, pepper: Option<&Pepper>) -> Result<Check, DeskError> {
    let Some(hash) = hash else { return Ok(Check::Wrong) };
    let failed = |error: argon2::password_hash::Error| DeskError::Hash(error.to_string());
    let hash = PasswordHash::new(hash).map_err(|error| DeskError::Hash(error.to_string()))?;
    let used = Params::try_from(&hash).map_err(failed)?;
    let (pepper, right) = match used.keyid() {
        [] => (None, Check::RightUnpeppered),
        id => match pepper.filter(|pepper| pepper.id() == id) {
            None => return Ok(Check::PepperLost),
            known => (known, Check::Right),
        },
    };
    Ok(if hasher(pepper)?.verify_password(pin.0.as_bytes(), &hash).is_ok() { right } else { Check::Wrong })
}

fn hasher(pepper: Option<&Pepper>) -> Result<Argon2<'_>, DeskError> {
    let failed = |error: argon2::Error| DeskError::Hash(error.to_string());
    let mut params = ParamsBuilder::new();
    params.m_cost(19_456).t_cost(2).p_cost(1);
    let Some(pepper) = pepper else {
        return Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params.build().map_err(failed)?));
    };
    let id = argon2::KeyId::new(&pepper.id()).map_err(failed)?;
    let params = params.keyid(id).build().map_err(failed)?;
    Argon2::new_with_secret(pepper.secret(), Algorithm::Argon2id, Version::V0x13, params).map_err(failed)
}

/// Makes the pepper of a shop that has none yet. One that a shop had and that is gone is not made anew in silence: it may still be
/// brought back.
pub(super) fn ensure_pepper(store: &mut Store) -> Result<(), DeskError> {
    let named = store.read(|tx| shop::setting(tx, PEPPER).map_err(DeskError::from))?;
    if named.is_some() {
        return Ok(());
    }
    let pepper = store.outside().make_pepper()?;
    store.write(|tx| name_pepper(tx, &pepper))
}

/// The pepper that PINs are hashed with; an error when the shop's is not here.
pub(super) fn pepper(outside: &Outside) -> Result<Pepper, DeskError> {
    outside.pepper()?.ok_or_else(|| lost(outside))
}

/// Notes which pepper the shop uses.
pub(super) fn name_pepper(tx: &mut Tx<'_>, pepper: &Pepper) -> Result<(), DeskError> {
    Ok(shop::set_setting(tx, PEPPER, &to_hex(&pepper.id()))?)
}

pub(super) fn lost(outside: &Outside) -> DeskError {
    DeskError::PepperLost(outside.folder().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_right_with_its_pepper_only() {
        let folder = tempfile::tempdir().unwrap();
        let outside = |name: &str| Outside::at(folder.path().join(name)).make_pepper().unwrap();
        let (own, other) = (outside("own"), outside("other"));
        let (pin, wrong) = (Pin::new("123456"), Pin::new("123457"));
        let peppered = hash(&pin, Some(&own)).unwrap();
        let plain = hash(&pin, None).unwrap();
        assert!(peppered.contains("keyid=") && !plain.contains("keyid="), "{peppered} {plain}");
        for (pin, hash, pepper, expected) in [
            (&pin, Some(&peppered), Some(&own), Check::Right),
            (&wrong, Some(&peppered), Some(&own), Check::Wrong),
            (&pin, Some(&peppered), Some(&other), Check::PepperLost),
            (&pin, Some(&peppered), None, Check::PepperLost),
            (&pin, Some(&plain), Some(&own), Check::RightUnpeppered),
            (&pin, Some(&plain), None, Check::RightUnpeppered),
            (&wrong, Some(&plain), None, Check::Wrong),
            (&pin, None, Some(&own), Check::Wrong),
        ] {
            assert_eq!(check(pin, hash.map(String::as_str), pepper).unwrap(), expected, "{hash:?}");
        }
        // Without the marker the same hash is another one: the pepper goes into the sum itself.
        let stripped = peppered.replace(&peppered[peppered.find(",keyid=").unwrap()..peppered.rfind("$").unwrap()], "");
        assert_ne!(check(&pin, Some(&stripped), None).ok(), Some(Check::RightUnpeppered));
    }
}
