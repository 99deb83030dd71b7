//! Brings a database to this program's form.

use super::Result;
use super::engine::Engine;

/// Applies what is missing.
pub fn migrate(engine: &mut Engine) -> Result<()> {
    todo!()
}
