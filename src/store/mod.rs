//! The books on disk: SQL written once, an engine below it, and one file a subject above it.
//!
//! Everything happens inside a transaction: [`Store::write`] for work that changes something, [`Store::read`] for a
//! look at one consistent moment. Functions take the transaction and speak in the domain's words; who calls them
//! decides what belongs together. Documents and what follows from them are only ever added to; sales never change, and
//! what has been given back of them is added up from documents each time it is asked.
//!
//! Amounts are whole minor units with their currency beside them, quantities thousandths, days ISO text, moments
//! microseconds and minutes from UTC, ids sixteen bytes. Every table leads with the site.

mod apply;
pub mod approval;
pub mod bill;
pub mod credit;
pub mod document;
pub mod engine;
mod error;
pub mod event;
pub mod import;
pub mod member;
mod migrate;
pub mod policy;
pub mod print;
pub mod shop;
pub mod staff;
pub mod verify;

use std::path::Path;

pub use engine::{Row, Tx, Value};
pub use error::{Result, StoreError};

use engine::Engine;

/// The shop's database.
pub struct Store {
    engine: Engine,
}

impl Store {
    /// Opens the database at `path`; makes it, and brings it to this program's form, where needed.
    pub fn open(path: &Path) -> Result<Self> {
        Self::ready(Engine::sqlite(path, true)?)
    }

    /// Opens the database at `path`; an error when the file is not there.
    pub fn open_existing(path: &Path) -> Result<Self> {
        Self::ready(Engine::sqlite(path, false)?)
    }

    fn ready(mut engine: Engine) -> Result<Self> {
        migrate::migrate(&mut engine)?;
        Ok(Self { engine })
    }

    /// Does work that changes the books: all of it, or none when it answers with an error. The work may be done more
    /// than once where an engine asks for that, so it must change nothing outside the transaction.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        work: impl FnMut(&mut Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.engine.write(work)
    }

    /// Looks at the books as they are at one moment.
    pub fn read<T, E: From<StoreError>>(
        &mut self,
        work: impl FnMut(&mut Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.engine.read(work)
    }
}

#[cfg(test)]
impl Store {
    /// Steps of statements asked for on this thread that read more than they are asked for.
    pub(crate) fn wide_plans(&self) -> Vec<(String, String)> {
        let Engine::Sqlite(connection) = &self.engine;
        engine::plans::wide(connection)
    }
}
