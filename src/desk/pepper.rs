//! The pepper of a shop's PINs: made once, kept outside the database, named in it.

use super::DeskError;
use crate::domain::seal::to_hex;
use crate::store::outside::{Outside, Pepper};
use crate::store::{Store, Tx, shop};

/// The setting that names the pepper.
const SETTING: &str = "pepper";

/// Makes the pepper of a shop that has none yet. One that a shop had and that is gone is not made anew in silence: it may still be
/// brought back.
pub(super) fn ensure(store: &mut Store) -> Result<(), DeskError> {
    if store.read(|tx| shop::setting(tx, SETTING).map_err(DeskError::from))?.is_some() {
        return Ok(());
    }
    let outside = store.outside().clone();
    store.write(|tx| name(tx, &outside.make_pepper()?))
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

/// Notes which pepper the shop uses.
pub(super) fn name(tx: &mut Tx<'_>, pepper: &Pepper) -> Result<(), DeskError> {
    Ok(shop::set_setting(tx, SETTING, &to_hex(&pepper.id()))?)
}

/// That the shop's pepper is not here.
pub(super) fn lost(outside: &Outside) -> DeskError {
    DeskError::PepperLost(outside.folder().to_owned())
}
