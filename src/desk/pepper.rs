//! The pepper of a shop's PINs: made once, kept outside the database, and named in it. The database also holds it locked with the
//! recovery code, so that a shop that lost its folder, or moved to another computer, signs in with the PINs it has.

use zeroize::Zeroizing;

use super::{DeskError, Pin};
use crate::domain::seal::{from_hex, to_hex};
use crate::store::outside::{Outside, Pepper};
use crate::store::sealed::{self, Thing};
use crate::store::{Store, Tx, shop};

/// The setting that names the pepper.
const NAME: &str = "pepper";
/// The setting that holds it locked with the recovery code.
const LOCKED: &str = "pepper_locked";

/// Makes the pepper of a shop that has none yet. One that a shop had and that is gone is not made anew in silence: it may still be
/// brought back.
pub(super) fn ensure(store: &mut Store) -> Result<(), DeskError> {
    if store.read(|tx| shop::setting(tx, NAME).map_err(DeskError::from))?.is_some() {
        return Ok(());
    }
    let outside = store.outside().clone();
    // The shop had one: that its name is gone is for the look at the books to tell. Where nothing can be written, it waits.
    if outside.is_sealed()? || store.only_looks() {
        return Ok(());
    }
    store.write(|tx| {
        let pepper = outside.make_pepper()?;
        name(tx, &pepper)?;
        Ok(sealed::seal_all(tx, &pepper)?)
    })
}

/// Seals the books of a shop from before there were seals, once: that they are sealed is remembered outside, so that seals which
/// somebody takes away are missed, and with that their form, so that a step that somebody takes away is. Without the pepper they wait
/// for it, as they do where nothing can be written.
pub(super) fn ensure_sealed(store: &mut Store) -> Result<(), DeskError> {
    let outside = store.outside().clone();
    if outside.is_sealed()? {
        let is_noted = outside.form() >= Some(store.form());
        return if is_noted { Ok(()) } else { Ok(outside.note_sealed(store.form())?) };
    }
    let named = store.read(|tx| shop::setting(tx, NAME).map_err(DeskError::from))?;
    let Some(pepper) = outside.pepper().ok().flatten().filter(|pepper| named == Some(to_hex(&pepper.id()))) else {
        return Ok(());
    };
    if store.read(|tx| sealed::is_none(tx).map_err(DeskError::from))? {
        if store.only_looks() {
            return Ok(());
        }
        store.write(|tx| if sealed::is_none(tx)? { sealed::seal_all(tx, &pepper) } else { Ok(()) })?;
    }
    Ok(outside.note_sealed(store.form())?)
}

/// The pepper of a shop that is being set up: made while no other program can write, so that two that begin at once make one.
pub(super) fn begun(store: &mut Store) -> Result<Pepper, DeskError> {
    let outside = store.outside().clone();
    store.write(|_| outside.make_pepper().map_err(DeskError::from))
}

/// The pepper that PINs are hashed with; an error when the shop's is not here.
pub(super) fn of(outside: &Outside) -> Result<Pepper, DeskError> {
    outside.pepper()?.ok_or_else(|| lost(outside))
}

/// The shop's pepper by its recovery code: the one that is here, else the one that the code unlocks, else a new one, with which
/// everybody else needs a new PIN.
pub(super) fn recovered(store: &mut Store, code: &Pin) -> Result<Pepper, DeskError> {
    let (named, kept) = store.read(|tx| Ok::<_, DeskError>((shop::setting(tx, NAME)?, shop::setting(tx, LOCKED)?)))?;
    let is_named = |pepper: &Pepper| named.as_ref().is_none_or(|name| *name == to_hex(&pepper.id()));
    // One that cannot be read is as good as none here.
    if let Some(here) = store.outside().pepper().ok().flatten().filter(is_named) {
        return Ok(here);
    }
    if let Some(kept) = kept.map(|kept| unlocked(&kept, code)).transpose()?.flatten().filter(is_named) {
        store.outside().put_pepper(&kept)?;
        return Ok(kept);
    }
    Ok(store.outside().make_pepper()?)
}

/// Notes which pepper the shop uses.
pub(super) fn name(tx: &mut Tx<'_>, pepper: &Pepper) -> Result<(), DeskError> {
    Ok(shop::set_setting(tx, NAME, &to_hex(&pepper.id()))?)
}

/// Notes which pepper the shop uses, keeps it as [`locked`] made it, and seals that; everything where the pepper is another one than
/// before.
pub(super) fn keep(tx: &mut Tx<'_>, pepper: &Pepper, locked: &str) -> Result<(), DeskError> {
    let is_same = shop::setting(tx, NAME)?.is_some_and(|name| name == to_hex(&pepper.id()));
    name(tx, pepper)?;
    shop::set_setting(tx, LOCKED, locked)?;
    if is_same {
        return Ok(sealed::seal(tx, pepper, Thing::Setting(LOCKED))?);
    }
    Ok(sealed::seal_all(tx, pepper)?)
}

/// A pepper that nobody reads without the recovery code: a salt, and the pepper under a mask that only the code makes from it.
pub(super) fn locked(pepper: &Pepper, code: &Pin) -> Result<String, DeskError> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|error| DeskError::Random(error.to_string()))?;
    let stretched = code.stretched(&salt)?;
    let masked = mask(pepper.secret(), &stretched);
    Ok(format!("{} {}", to_hex(&salt), to_hex(masked.as_slice())))
}

/// The pepper again; another one where the code is wrong, and none where the text is none of ours.
fn unlocked(text: &str, code: &Pin) -> Result<Option<Pepper>, DeskError> {
    let parts = text.split_once(' ').and_then(|(salt, masked)| Some((from_hex(salt)?, from_hex(masked)?)));
    let Some((salt, masked)) = parts else { return Ok(None) };
    let stretched = code.stretched(&salt)?;
    Ok(Some(Pepper::new(mask(&masked, &stretched))))
}

fn mask(bytes: &[u8; 32], with: &[u8; 32]) -> Zeroizing<[u8; 32]> {
    let mut masked = Zeroizing::new(*bytes);
    masked.iter_mut().zip(with).for_each(|(byte, with)| *byte ^= with);
    masked
}

/// An error where the pepper that is here is not the one that the books name.
pub(super) fn must_be_own(tx: &mut Tx<'_>, pepper: &Pepper, outside: &Outside) -> Result<(), DeskError> {
    let is_own = shop::setting(tx, NAME)?.is_none_or(|name| name == to_hex(&pepper.id()));
    if is_own { Ok(()) } else { Err(DeskError::OtherPepper(outside.folder().to_owned())) }
}

/// That the shop's pepper is not here.
pub(super) fn lost(outside: &Outside) -> DeskError {
    DeskError::PepperLost(outside.folder().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_recovery_code_unlocks_it() {
        let folder = tempfile::tempdir().unwrap();
        let pepper = Outside::at(folder.path().join("a")).make_pepper().unwrap();
        let (code, other) = (Pin::new("AAAA-BBBB"), Pin::new("AAAA-BBBC"));
        let text = locked(&pepper, &code).unwrap();
        assert_ne!(text, locked(&pepper, &code).unwrap(), "the salt is new each time");
        assert!(!text.contains(&to_hex(pepper.secret())));
        assert_eq!(unlocked(&text, &code).unwrap().unwrap().id(), pepper.id());
        assert_ne!(unlocked(&text, &other).unwrap().unwrap().id(), pepper.id());
        for rubbish in ["", "x y", "00 11"] {
            assert!(unlocked(rubbish, &code).unwrap().is_none(), "{rubbish}");
        }
    }
}
