//! One connection: set up so that a commit, once answered, is kept; then transactions, one after another.

use std::collections::HashMap;

use tokio_postgres::Statement;
use tokio_postgres::error::SqlState;

use super::address::{Address, full};
use super::ask::Said;
use super::failure::{Trouble, on_commit, on_connect, on_statement};
use super::wire::Wire;
use super::{Mode, tls};
use crate::planted::planted;
use crate::store::engine::{Reaching, Row};
use crate::store::{Result, StoreError};

/// No transaction is cut short by a clock of the server, least of all while it commits; only the wait for another
/// transaction's rows ends.
const SETTINGS: &str = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET lock_timeout = '10s';
    SET client_min_messages = warning";

/// A walk through a whole table meets every other desk's writes, so an index is taken where there is one. Servers that do not
/// know this need not. No question here is worth compiling.
const INDEXES_FIRST: &str = "SET enable_seqscan = off; SET jit = off";

/// A connection.
pub struct Session {
    pub(super) wire: Wire,
    pub(super) address: Address,
    pub(super) statements: HashMap<String, Statement>,
    /// What goes to the server together, once an answer is needed or the transaction ends.
    pub(super) said: Vec<Said>,
    /// Rows that came under tickets and were not taken yet.
    pub(super) answers: HashMap<u64, Vec<Row>>,
    pub(super) trouble: Option<Trouble>,
    /// Whether the server refused something, and answers no more within this transaction.
    pub(super) silent: bool,
    pub(super) looks: bool,
    open: bool,
    copy: bool,
    #[cfg(debug_assertions)]
    pub(super) unguarded: bool,
}

impl Session {
    /// Connects for a purpose, and reads back what keeps commits safe; whoever watches sees how long its answers take.
    pub(super) fn connect(address: &Address, mode: Mode, reaching: &Reaching) -> Result<Self> {
        let mut session = Self {
            wire: tls::connect(&address.config(mode), address, reaching)?,
            address: address.clone(),
            statements: HashMap::new(),
            said: Vec::new(),
            answers: HashMap::new(),
            trouble: None,
            silent: false,
            looks: false,
            open: false,
            copy: false,
            #[cfg(debug_assertions)]
            unguarded: false,
        };
        session.set_up()?;
        Ok(session)
    }

    fn set_up(&mut self) -> Result<()> {
        self.order(SETTINGS)?;
        match self.wire.order(INDEXES_FIRST) {
            Err(error) if error.as_db_error().is_none() => return Err(on_connect(&self.address, &error)),
            _ => {}
        }
        if let Some(schema) = self.address.schema() {
            let schema = schema.replace('"', "\"\"");
            self.order(&format!("SET search_path = \"{schema}\""))?;
        }
        self.copy = self.shown("transaction_read_only")?.is_some_and(|shown| shown == "on");
        // With fsync off a power cut takes back what was acknowledged.
        for (name, setting, wanted) in [("server_encoding", "server_encoding=UTF8", "UTF8"), ("fsync", "fsync=on", "on")] {
            if let Some(found) = self.shown(name)?.filter(|found| found != wanted) {
                return Err(StoreError::SettingRefused { setting, found });
            }
        }
        if planted("commits that do not wait for the disk") {
            return self.order("SET synchronous_commit = off");
        }
        if matches!(self.shown("synchronous_commit")?.as_deref(), Some("off" | "local")) {
            self.order("SET synchronous_commit = on")?;
        }
        Ok(())
    }

    /// Tells the server something that runs outside of a transaction; a warning says that it was not done.
    pub(super) fn order_strictly(&mut self, sql: &str) -> Result<()> {
        let warning = self.wire.order_heeding(sql).map_err(|error| on_statement(&self.address, &error, false).0)?;
        warning.map_or(Ok(()), |warning| Err(StoreError::Engine(warning)))
    }

    /// Tells the server something that has no answer, outside of a transaction.
    fn order(&mut self, sql: &str) -> Result<()> {
        self.wire.order(sql).map_err(|error| on_connect(&self.address, &error))
    }

    /// A setting of the server; `None` where it has none of that name.
    pub(super) fn shown(&mut self, setting: &str) -> Result<Option<String>> {
        let sql = format!("SHOW {setting}");
        match self.wire.wait(async |client| client.query_one(&sql, &[]).await) {
            Ok(row) => row.try_get(0).map(Some).map_err(|error| on_connect(&self.address, &error)),
            Err(error) if error.code() == Some(&SqlState::UNDEFINED_OBJECT) => Ok(None),
            Err(error) => Err(on_connect(&self.address, &error)),
        }
    }

    /// Whether the connection is known to be gone.
    pub(super) fn is_gone(&self) -> bool {
        self.wire.is_gone()
    }

    /// Whether nothing can be written here.
    pub(super) fn is_copy(&self) -> bool {
        self.copy
    }

    /// Begins a transaction; the server hears of it with the first question.
    pub(super) fn begin(&mut self, mode: Mode) -> Result<()> {
        (self.trouble, self.silent) = (None, false);
        if self.open {
            self.roll_back()?;
        }
        self.answers.clear();
        self.said = vec![Said::Order(match mode {
            #[cfg(debug_assertions)]
            Mode::Write if self.unguarded => "BEGIN ISOLATION LEVEL READ COMMITTED",
            Mode::Write => "BEGIN ISOLATION LEVEL SERIALIZABLE",
            Mode::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        })];
        (self.open, self.looks) = (true, mode == Mode::Read);
        Ok(())
    }

    /// Ends a transaction without keeping anything of it.
    pub(super) fn roll_back(&mut self) -> Result<()> {
        self.open = false;
        let unheard = matches!(self.said.first(), Some(Said::Order(_)));
        self.said.clear();
        if unheard {
            return Ok(());
        }
        self.wire.order("ROLLBACK").map_err(|error| self.address.away(full(&error)))
    }

    /// Keeps what the transaction did, all of which has been answered. A warning here is no less than a lost answer: a server says
    /// with one that it has stopped waiting for its standby.
    pub(super) fn commit(&mut self) -> std::result::Result<(), Trouble> {
        self.open = false;
        match self.wire.order_heeding("COMMIT") {
            Ok(None) => Ok(()),
            Ok(Some(warning)) => Err(Trouble::Away(self.address.away(warning))),
            Err(error) => Err(on_commit(&self.address, &error)),
        }
    }

    /// Writes a row as it is, so that the transaction's commit waits for everything that was committed before it.
    pub(super) fn vouch(&mut self) -> Result<()> {
        self.execute("UPDATE migration SET name = name WHERE number = 1", &[]).map(|_| ())
    }

    /// What went wrong in the transaction.
    pub(super) fn trouble(&mut self) -> Option<Trouble> {
        self.trouble.take()
    }

    /// Whether the server refused something, and answers no more within this transaction.
    pub fn is_silent(&self) -> bool {
        self.silent
    }

    /// Switches the guards off.
    #[cfg(debug_assertions)]
    pub(super) fn unguard(&mut self) {
        self.unguarded = true;
    }
}
