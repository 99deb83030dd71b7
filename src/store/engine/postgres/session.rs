//! One connection: set up so that a commit, once answered, is kept; then transactions, one after another.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use postgres::error::{DbError, Severity, SqlState};
use postgres::{Client, Statement};

use super::address::{Address, full};
use super::failure::{Trouble, on_commit, on_connect, on_statement};
use super::{Mode, statement, tls};
use crate::planted::planted;
use crate::store::engine::{Row, Value};
use crate::store::{Result, StoreError};

/// How many prepared statements are kept.
const STATEMENTS: usize = 256;

/// No transaction is cut short by a clock of the server, least of all while it commits; only the wait for another
/// transaction's rows ends.
const SETTINGS: &str = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET lock_timeout = '10s';
    SET client_min_messages = warning";

/// A walk through a whole table meets every other desk's writes, so an index is taken where there is one. Servers that do not
/// know this need not. No question here is worth compiling.
const INDEXES_FIRST: &str = "SET enable_seqscan = off; SET jit = off";

/// What the server says without being asked, at the moment only warnings.
type Warnings = Arc<Mutex<Vec<String>>>;

/// A connection.
pub struct Session {
    client: Client,
    statements: HashMap<String, Statement>,
    warnings: Warnings,
    trouble: Option<Trouble>,
    open: bool,
    looks: bool,
    copy: bool,
    address: Address,
    #[cfg(debug_assertions)]
    unguarded: bool,
}

impl Session {
    /// Connects for a purpose, and reads back what keeps commits safe.
    pub(super) fn connect(address: &Address, mode: Mode) -> Result<Self> {
        let warnings = Warnings::default();
        let heard = Arc::clone(&warnings);
        let mut config = address.config(mode);
        config.notice_callback(move |notice: DbError| {
            if notice.parsed_severity() == Some(Severity::Warning) || notice.severity() == "WARNING" {
                heard.lock().unwrap_or_else(PoisonError::into_inner).push(notice.message().to_owned());
            }
        });
        let client = tls::connect(&config, address)?;
        let (statements, address) = (HashMap::new(), address.clone());
        let mut session = Self {
            client,
            statements,
            warnings,
            trouble: None,
            open: false,
            looks: false,
            copy: false,
            address,
            #[cfg(debug_assertions)]
            unguarded: false,
        };
        session.set_up()?;
        Ok(session)
    }

    fn set_up(&mut self) -> Result<()> {
        self.order(SETTINGS)?;
        match self.client.batch_execute(INDEXES_FIRST) {
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
        self.lock_warnings().clear();
        self.client.batch_execute(sql).map_err(|error| on_statement(&self.address, &error, false).0)?;
        let warning = self.lock_warnings().first().cloned();
        warning.map_or(Ok(()), |warning| Err(StoreError::Engine(warning)))
    }

    /// Tells the server something that has no answer, outside of a transaction.
    fn order(&mut self, sql: &str) -> Result<()> {
        self.client.batch_execute(sql).map_err(|error| on_connect(&self.address, &error))
    }

    /// A setting of the server; `None` where it has none of that name.
    pub(super) fn shown(&mut self, setting: &str) -> Result<Option<String>> {
        let sql = format!("SHOW {setting}");
        match self.client.query_one(&sql, &[]) {
            Ok(row) => row.try_get(0).map(Some).map_err(|error| on_connect(&self.address, &error)),
            Err(error) if error.code() == Some(&SqlState::UNDEFINED_OBJECT) => Ok(None),
            Err(error) => Err(on_connect(&self.address, &error)),
        }
    }

    /// Whether the connection is known to be gone.
    pub(super) fn is_gone(&self) -> bool {
        self.client.is_closed()
    }

    /// Whether nothing can be written here.
    pub(super) fn is_copy(&self) -> bool {
        self.copy
    }

    /// Begins a transaction.
    pub(super) fn begin(&mut self, mode: Mode) -> Result<()> {
        self.trouble = None;
        if self.open {
            self.roll_back()?;
        }
        let sql = match mode {
            #[cfg(debug_assertions)]
            Mode::Write if self.unguarded => "BEGIN ISOLATION LEVEL READ COMMITTED",
            Mode::Write => "BEGIN ISOLATION LEVEL SERIALIZABLE",
            Mode::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        self.client.batch_execute(sql).map_err(|error| self.address.away(full(&error)))?;
        (self.open, self.looks) = (true, mode == Mode::Read);
        Ok(())
    }

    /// Ends a transaction without keeping anything of it.
    pub(super) fn roll_back(&mut self) -> Result<()> {
        self.open = false;
        self.client.batch_execute("ROLLBACK").map_err(|error| self.address.away(full(&error)))
    }

    /// Keeps what the transaction did. A warning here is no less than a lost answer: a server says with one that it has
    /// stopped waiting for its standby.
    pub(super) fn commit(&mut self) -> std::result::Result<(), Trouble> {
        self.open = false;
        self.lock_warnings().clear();
        let answer = self.client.batch_execute("COMMIT");
        let warning = self.lock_warnings().first().cloned();
        match (answer, warning) {
            (Ok(()), None) => Ok(()),
            (Ok(()), Some(warning)) => Err(Trouble::Away(self.address.away(warning))),
            (Err(error), _) => Err(on_commit(&self.address, &error)),
        }
    }

    fn lock_warnings(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.warnings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a row as it is, so that the transaction's commit waits for everything that was committed before it.
    pub(super) fn vouch(&mut self) -> Result<()> {
        self.execute("UPDATE migration SET name = name WHERE number = 1", &[]).map(|_| ())
    }

    /// What went wrong in the transaction.
    pub(super) fn trouble(&mut self) -> Option<Trouble> {
        self.trouble.take()
    }

    /// Runs a statement; answers how many rows it changed.
    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<usize> {
        let prepared = self.prepared(sql, params)?;
        let bound = statement::bind(&prepared, params)?;
        let changed = self.client.execute(&prepared, &bound).map_err(|error| self.failed(&error))?;
        Ok(usize::try_from(changed).unwrap_or(usize::MAX))
    }

    /// Runs statements that are known beforehand and take no values.
    pub fn execute_all(&mut self, sql: &str) -> Result<()> {
        self.client.batch_execute(sql).map_err(|error| self.failed(&error))
    }

    /// Asks and hands each row over as it comes.
    pub fn scan(&mut self, sql: &str, params: &[Value], each: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
        let prepared = self.prepared(sql, params)?;
        let bound = statement::bind(&prepared, params)?;
        match ask(&mut self.client, &prepared, bound, each) {
            Ok(handed) => handed,
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// A statement prepared once, with the types that its values have.
    fn prepared(&mut self, sql: &str, params: &[Value]) -> Result<Statement> {
        if let Some(known) = self.statements.get(sql)
            && statement::fits(known, params)
        {
            return Ok(known.clone());
        }
        let types = statement::types(params);
        let text = self.text(sql);
        let prepared = self.client.prepare_typed(&text, &types).map_err(|error| self.failed(&error))?;
        if self.statements.len() >= STATEMENTS {
            self.statements.clear();
        }
        self.statements.insert(sql.to_owned(), prepared.clone());
        Ok(prepared)
    }

    /// A statement in the server's own words.
    fn text(&self, sql: &str) -> String {
        let text = statement::own_marks(sql);
        #[cfg(debug_assertions)]
        if self.unguarded {
            return text.replace("e.place + 1", "e.place + 1 + CAST(random() * 1000000000 AS BIGINT)");
        }
        text
    }

    /// Switches the guards off.
    #[cfg(debug_assertions)]
    pub(super) fn unguard(&mut self) {
        self.unguarded = true;
    }

    /// Keeps what went wrong, for the first error decides what becomes of the transaction.
    fn failed(&mut self, error: &postgres::Error) -> StoreError {
        let (told, trouble) = on_statement(&self.address, error, self.looks);
        self.trouble.get_or_insert(trouble);
        told
    }
}

/// Asks; the outer error is the server's, the inner one of whoever takes the rows.
fn ask(
    client: &mut Client,
    prepared: &Statement,
    bound: Vec<statement::Bound<'_>>,
    each: &mut dyn FnMut(Row) -> Result<()>,
) -> std::result::Result<Result<()>, postgres::Error> {
    use postgres::fallible_iterator::FallibleIterator as _;
    let mut rows = client.query_raw(prepared, bound)?;
    while let Some(row) = rows.next()? {
        let handed = statement::row(&row).and_then(&mut *each);
        if handed.is_err() {
            return Ok(handed);
        }
    }
    Ok(Ok(()))
}
