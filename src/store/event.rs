//! What happened at a desk besides documents: refusals, wrong PINs, reprints. Only ever added to.

use super::{Result, Tx};
use crate::domain::ids::{DeskNo, StaffNo};

/// Keeps an event; `detail` holds no personal data.
pub fn add(tx: &mut Tx<'_>, desk: DeskNo, staff: Option<StaffNo>, kind: &str, at_us: i64, detail: &str) -> Result<()> {
    todo!()
}
