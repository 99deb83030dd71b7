//! PostgreSQL, or what speaks its protocol: many desks on one server, or on several of which one is written to.
//!
//! Every transaction that writes is SERIALIZABLE and is done again, as a whole and after a short wait of random length,
//! when it met another one; one that only looks sees one moment. Nothing here waits for a word from the server that no
//! statement asked for. When the answer to COMMIT is lost, nobody knows whether it was written: that is said as it is, and
//! the next transaction writes something, so that its own answer also vouches for what came before.

mod address;
mod ask;
mod clean;
mod failure;
mod faults;
mod form;
mod session;
mod statement;
mod tls;
mod wire;

use std::thread::sleep;
use std::time::{Duration, Instant};

pub use address::Address;
pub use faults::faults;
pub use form::{FORM, OWN_FORM, is_postgres};
pub use session::Session;
pub use statement::own_types;

use super::reach::{Reach, Reaching};
use crate::store::{Result, StoreError};
use failure::Trouble;

/// Finds the schema in use; there is none where this role may use none of those that it would look into.
pub const HAS_SCHEMA: &str = "SELECT 1 WHERE current_schema() IS NOT NULL";

/// Finds a table of it, whether this role may look into that or not.
pub const HAS_TABLE: &str = "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relname = ?1 AND c.relkind IN ('r', 'p')";

/// Names the columns of a table of it.
pub const COLUMNS: &str = "SELECT CAST(a.attname AS text) FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relname = ?1 AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum";

/// Finds any table of it.
pub const HAS_TABLES: &str = "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') LIMIT 1";

/// How long a transaction is done again because it met others.
const MEETING: Duration = Duration::from_secs(20);

/// How often it is done again at most.
const MEETINGS: u32 = 200;

/// How often a second row with one key is taken for a meeting.
const CLASHES: u32 = 8;

/// How long a server that does not answer is tried again before the desk is told.
const AWAY: Duration = Duration::from_secs(8);

/// The longest wait between two tries.
const WAIT_MS: u64 = 120;

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It only looks.
    Read,
    /// It may change something.
    Write,
}

/// A server and the connection to it.
pub struct Server {
    address: Address,
    session: Option<Session>,
    reaching: Reaching,
    /// An answer to COMMIT was lost, and nothing has been committed since.
    unsure: bool,
    #[cfg(debug_assertions)]
    unguarded: bool,
}

/// What came of one try.
enum Tried<T, E> {
    Done(T),
    Failed(E),
    /// It met another transaction; nothing was booked.
    Met,
    /// It counted on from a row that another one counted on from, or made a mistake; nothing was booked.
    Clash(E),
    /// The server went away before anything was booked.
    Away(StoreError),
}

impl Server {
    /// Connects to a server; where none takes writes now, to one that can be looked at.
    pub fn connect(address: &Address) -> Result<Self> {
        let mut server = Self {
            address: address.clone(),
            session: None,
            reaching: Reaching::default(),
            unsure: false,
            #[cfg(debug_assertions)]
            unguarded: false,
        };
        server.ready(Mode::Read)?;
        Ok(server)
    }

    /// Switches the guards off: READ COMMITTED, and rows that meet on no key. For showing that the races notice.
    #[cfg(debug_assertions)]
    pub fn unguard(&mut self) {
        self.unguarded = true;
        self.session = None;
    }

    /// Whether the server can be reached, for whoever watches.
    pub fn reaching(&self) -> Reaching {
        self.reaching.clone()
    }

    /// Does work in a transaction, again where it met another one or lost the server before anything was booked.
    pub fn transact<T, E: From<StoreError>>(
        &mut self,
        mode: Mode,
        work: &mut dyn FnMut(&mut Session) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let mut met = Patience::new(MEETING, MEETINGS);
        let mut clash = Patience::new(MEETING, CLASHES);
        let mut away = Patience::new(AWAY, u32::MAX);
        loop {
            match self.try_once(mode, work) {
                Tried::Done(done) => return Ok(done),
                Tried::Failed(error) => return Err(error),
                Tried::Met if met.wait() => {}
                Tried::Met => return Err(StoreError::Busy.into()),
                Tried::Clash(_) if clash.wait() => {}
                Tried::Clash(error) => return Err(error),
                Tried::Away(error) => {
                    self.session = None;
                    if !error.is_away() || !away.wait() {
                        return Err(error.into());
                    }
                }
            }
        }
    }

    /// Leaves nothing in the server's files of rows that were deleted.
    pub fn clean(&mut self) -> Result<()> {
        self.ready(Mode::Write)?.clean()
    }

    fn try_once<T, E: From<StoreError>>(
        &mut self,
        mode: Mode,
        work: &mut dyn FnMut(&mut Session) -> std::result::Result<T, E>,
    ) -> Tried<T, E> {
        let unsure = self.unsure && mode == Mode::Write;
        let session = match self.ready(mode) {
            Ok(session) => session,
            Err(error) => return Tried::Away(error),
        };
        if let Err(error) = session.begin(mode) {
            return Tried::Away(error);
        }
        let done = work(session).and_then(|done| {
            session.settle()?;
            if unsure {
                session.vouch()?;
            }
            Ok(done)
        });
        let done = match (done, session.trouble()) {
            (_, Some(Trouble::Met)) => return session.roll_back().map_or_else(Tried::Away, |()| Tried::Met),
            (done, Some(Trouble::Clash(error))) => {
                let error = done.err().unwrap_or_else(|| error.into());
                return session.roll_back().map_or_else(Tried::Away, |()| Tried::Clash(error));
            }
            (_, Some(Trouble::Away(error))) => return Tried::Away(error),
            // A look that came to its end although something was refused has told of that.
            (Ok(done), Some(Trouble::Refused(_))) if mode == Mode::Read => {
                return session.roll_back().map_or_else(Tried::Away, |()| Tried::Done(done));
            }
            (Ok(_), Some(Trouble::Refused(error))) => Err(error.into()),
            (done, _) => done,
        };
        match done {
            Err(error) => {
                if session.roll_back().is_err() {
                    self.session = None;
                }
                Tried::Failed(error)
            }
            Ok(done) => match session.commit() {
                Ok(()) => {
                    self.unsure &= mode == Mode::Read;
                    Tried::Done(done)
                }
                Err(Trouble::Met) => Tried::Met,
                Err(Trouble::Clash(error) | Trouble::Refused(error)) => Tried::Failed(error.into()),
                Err(Trouble::Away(_)) if mode == Mode::Read => Tried::Done(done),
                Err(Trouble::Away(error)) => {
                    self.session = None;
                    self.unsure = true;
                    let reason = match error {
                        StoreError::ServerAway { reason, .. } => reason,
                        other => other.to_string(),
                    };
                    Tried::Failed(StoreError::AnswerLost(reason).into())
                }
            },
        }
    }

    /// The connection; a new one where the last one is gone. A server that takes no writes serves to look only.
    fn ready(&mut self, mode: Mode) -> Result<&mut Session> {
        let gone = self.session.as_ref().is_none_or(|session| session.is_gone() || (mode == Mode::Write && session.is_copy()));
        if gone {
            self.session = None;
            if self.reaching.now() == Reach::Connected {
                self.reaching.tell(Reach::Reconnecting);
            }
            #[cfg_attr(not(debug_assertions), expect(unused_mut))]
            let mut session = match Session::connect(&self.address, Mode::Write, &self.reaching) {
                Err(error) if mode == Mode::Read && error.is_away() => {
                    Session::connect(&self.address, Mode::Read, &self.reaching).map_err(|_| error)?
                }
                other => other?,
            };
            #[cfg(debug_assertions)]
            if self.unguarded {
                session.unguard();
            }
            self.reaching.tell(if session.is_copy() { Reach::ReadOnly } else { Reach::Connected });
            self.session = Some(session);
        }
        self.session.as_mut().ok_or_else(|| self.address.away("there is no connection"))
    }
}

/// How long, from the first failure on, and how often something is tried again.
struct Patience {
    long: Duration,
    until: Option<Instant>,
    left: u32,
    tries: u32,
}

impl Patience {
    fn new(long: Duration, often: u32) -> Self {
        Self { long, until: None, left: often, tries: 0 }
    }

    /// Waits a while of random length, longer from time to time; answers whether to try again.
    fn wait(&mut self) -> bool {
        let now = Instant::now();
        if self.left == 0 || now > *self.until.get_or_insert(now + self.long) {
            return false;
        }
        self.left -= 1;
        self.tries += 1;
        let most = (1_u64 << self.tries.min(7)).min(WAIT_MS) - 1;
        sleep(Duration::from_millis(fastrand::u64(0..=most)));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_ends() {
        let mut few = Patience::new(Duration::from_secs(60), 3);
        assert_eq!((0..9).filter(|_| few.wait()).count(), 3);
        let mut short = Patience::new(Duration::ZERO, 99);
        assert!((0..99).filter(|_| short.wait()).count() < 9);
    }
}
