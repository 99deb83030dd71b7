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
pub mod backup;
pub mod bill;
pub mod clock;
pub mod credit;
pub mod document;
pub mod engine;
mod error;
pub mod event;
pub mod import;
pub mod member;
mod migrate;
pub mod outside;
pub mod person;
mod place;
pub mod policy;
pub mod print;
pub mod seal;
pub mod sealed;
pub mod shop;
pub mod staff;
pub mod tally;
pub mod transfer;
pub mod unfinished;
pub mod verify;
pub mod waiting;

use std::path::Path;

pub use engine::{Address, Asked, Reach, Reaching, Row, Tx, Value};
pub use error::{Broken, Result, StoreError};
pub use place::Place;

use crate::planted::planted;
use engine::Engine;
use outside::Outside;

/// How often a lost answer is asked for again.
const ASK_AGAIN: u32 = 5;

/// Errors that may say that a server was lost.
pub trait Lost {
    /// Whether the answer to a commit was lost, so that nobody knows whether something was written.
    fn answer_lost(&self) -> bool;
}

impl Lost for StoreError {
    fn answer_lost(&self) -> bool {
        matches!(self, Self::AnswerLost(_))
    }
}

/// Asks again for an answer that was lost; the question hears whether it was asked before. An error of whatever kind then says nothing
/// of what was asked first: what is not known stays so, and is said.
pub fn ask_again<T, E: Lost>(mut ask: impl FnMut(bool) -> std::result::Result<T, E>) -> std::result::Result<T, E> {
    let mut lost = None;
    for _ in 0..ASK_AGAIN {
        match ask(lost.is_some()) {
            Err(error) if error.answer_lost() => lost = lost.or(Some(error)),
            Err(error) => return Err(lost.unwrap_or(error)),
            done => return done,
        }
    }
    lost.map_or_else(|| ask(false), Err)
}

/// The shop's database.
pub struct Store {
    engine: Engine,
    outside: Outside,
}

impl Store {
    /// Opens the books at a path, or at a server's address written like one; makes them, and brings them to this program's
    /// form, where needed.
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_at(&Place::of(path)?, true)
    }

    /// Opens the books at a path or address; an error when there are none.
    pub fn open_existing(path: &Path) -> Result<Self> {
        Self::open_at(&Place::of(path)?, false)
    }

    /// Opens the books at a place; makes them when asked to.
    pub fn open_at(place: &Place, create: bool) -> Result<Self> {
        let mut engine = match place {
            Place::File(path) => Engine::sqlite(path, create)?,
            Place::Server(address) => Engine::postgres(address)?,
        };
        if let Place::Server(address) = place {
            migrate::recognise(&mut engine, address, create)?;
        }
        let form = migrate::form(&mut engine)?;
        if form.is_none() {
            migrate::migrate(&mut engine)?;
        }
        let outside = match place {
            Place::File(path) => Outside::beside(path),
            Place::Server(_) => Outside::of_server(&id(&mut engine)?)?,
        };
        if let Some(form) = form {
            // A step is not done again on books that had it: it would begin anew what it once began.
            if outside.form().is_some_and(|known| form < known) {
                return Err(migrate::undone(form));
            }
            migrate::migrate(&mut engine)?;
        }
        Ok(Self { engine, outside })
    }

    /// The same books, with what is outside them kept in another place than usual.
    #[must_use]
    pub fn keeping(self, outside: Outside) -> Self {
        Self { outside, ..self }
    }

    /// What is kept outside the database.
    pub fn outside(&self) -> &Outside {
        &self.outside
    }

    /// Makes the schema of an address on its server.
    pub fn make_schema(address: &Address) -> Result<()> {
        Self::in_schema(address, "CREATE SCHEMA")
    }

    /// Takes away the schema of an address with all that is in it.
    pub fn drop_schema(address: &Address) -> Result<()> {
        Self::in_schema(address, "DROP SCHEMA IF EXISTS")
    }

    fn in_schema(address: &Address, order: &str) -> Result<()> {
        let Some(schema) = address.schema() else { return Ok(()) };
        let ending = if order.starts_with("DROP") { " CASCADE" } else { "" };
        Engine::postgres(address)?.write(|tx| tx.execute_all(&format!("{order} \"{schema}\"{ending}")))
    }

    /// Switches the guards of a server off, to show that the races notice.
    #[cfg(debug_assertions)]
    pub fn unguard(&mut self) {
        if let Engine::Postgres(server) = &mut self.engine {
            server.unguard();
        }
    }

    /// Whether the books can be reached, for whoever watches.
    pub fn reaching(&self) -> Reaching {
        self.engine.reaching()
    }

    /// Whether the books could only be looked at when they were last reached: their server took no writes.
    pub fn only_looks(&self) -> bool {
        self.reaching().now() == Reach::ReadOnly
    }

    /// The form of these books: the number of the last step that built them.
    pub fn form(&self) -> i64 {
        migrate::newest_of(&self.engine)
    }

    /// Whether a lost answer can be asked for again.
    pub fn reconnects(&self) -> bool {
        self.engine.reconnects()
    }

    /// As [`Store::write`], for work that changes nothing more when it is done a second time: where the answer to its commit
    /// is lost, it is done again.
    pub fn write_twice<T, E: From<StoreError> + Lost>(
        &mut self,
        mut work: impl FnMut(&mut Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        ask_again(|_| self.engine.write(&mut work))
    }

    /// Does work that changes the books: all of it, or none when it answers with an error. The work may be done more
    /// than once where an engine asks for that, so it must change nothing outside the transaction.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        work: impl FnMut(&mut Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.engine.write(work)
    }

    /// Leaves nothing in the files of whoever was erased. Killed in between, it is begun again by whoever opens the books next.
    pub fn clean(&mut self) -> Result<()> {
        let members = self.read(person::uncleaned)?;
        if members.is_empty() {
            return Ok(());
        }
        if planted("killed before cleaning") {
            std::process::abort();
        }
        if !planted("erased without cleaning") {
            self.engine.clean().map_err(not_cleaned)?;
        }
        self.write(|tx| person::cleaned(tx, &members))
    }

    /// Looks at the books as they are at one moment.
    pub fn read<T, E: From<StoreError>>(
        &mut self,
        work: impl FnMut(&mut Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.engine.read(work)
    }
}

/// What tells these books from all others. Nothing is written where it is known, so that books can be opened to be looked at.
fn id(engine: &mut Engine) -> Result<String> {
    match engine.read(shop::id)? {
        Some(id) => Ok(id),
        None => engine.write(shop::ensure_id),
    }
}

/// What went wrong while files were cleaned: no booking failed, and no backup is needed.
fn not_cleaned(error: StoreError) -> StoreError {
    match error {
        StoreError::Busy => StoreError::Uncleaned("another program still looks at the books as they were".to_owned()),
        StoreError::DiskFull => StoreError::Uncleaned("the disk is full".to_owned()),
        StoreError::Engine(reason) => StoreError::Uncleaned(reason),
        other => other,
    }
}

#[cfg(test)]
impl Store {
    /// Steps of statements asked for on this thread that read more than they are asked for.
    pub(crate) fn wide_plans(&self) -> Vec<(String, String)> {
        match &self.engine {
            Engine::Sqlite(connection) => engine::plans::wide(connection),
            Engine::Postgres(_) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_answer_is_asked_for_again_and_stays_unknown_without_a_server() {
        let lost = || StoreError::AnswerLost("gone".into());
        let away = || StoreError::ServerAway { place: "a".into(), reason: "b".into() };
        let mut told = vec![Ok(3), Err(lost())];
        assert!(matches!(ask_again(|again| told.pop().filter(|_| again == (told.is_empty())).unwrap()), Ok(3)));
        let refused = || StoreError::ServerRefused { place: "a".into(), reason: "b".into() };
        for later in [away(), refused(), StoreError::DiskFull, StoreError::AnswerLost("again".into())] {
            let mut told = vec![Err::<i32, _>(refused()), Err(later), Err(lost())];
            assert!(matches!(ask_again(|_| told.pop().unwrap()), Err(StoreError::AnswerLost(why)) if why == "gone"));
        }
        let mut told = vec![Err::<i32, _>(away())];
        assert!(matches!(ask_again(|_| told.pop().unwrap()), Err(StoreError::ServerAway { .. })));
        let mut asked = 0;
        let ended = ask_again(|_| {
            asked += 1;
            Err::<i32, _>(lost())
        });
        assert!(matches!((ended, asked), (Err(StoreError::AnswerLost(_)), ASK_AGAIN)));
    }
}
