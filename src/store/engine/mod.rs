//! The thin layer below the SQL: values, rows, transactions. Two engines carry the same statements, SQLite in a file and
//! PostgreSQL on a server; connecting, the map of types, and text search are what each does its own way.

pub(in crate::store) mod copy;
#[cfg(test)]
pub(in crate::store) mod plans;
pub mod postgres;
pub mod search;
pub mod sqlite;

mod asked;
mod reach;
mod row;
mod value;

use std::path::Path;

use super::{Result, StoreError};
use asked::Rows;

pub use asked::Asked;
pub use postgres::Address;
pub use reach::{Reach, Reaching};
pub use row::Row;
pub(in crate::store) use row::placed;
pub use value::{Value, unsigned};

/// A transaction at a site.
pub struct Tx<'a> {
    link: Link<'a>,
    site: i64,
}

/// What carries a transaction's statements.
enum Link<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres(&'a mut postgres::Session),
}

/// The site of a shop that stands alone.
const ONLY_SITE: i64 = 1;

impl<'a> Tx<'a> {
    fn new(link: Link<'a>) -> Self {
        Self { link, site: ONLY_SITE }
    }

    /// The site that every row leads with.
    pub fn site(&self) -> Value {
        Value::Int(self.site)
    }

    /// Runs a statement; answers how many rows it changed.
    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<usize> {
        both_can_keep(params)?;
        match &mut self.link {
            Link::Sqlite(connection) => sqlite::execute(connection, sql, params),
            Link::Postgres(session) => session.execute(sql, params),
        }
    }

    /// Runs a statement that nothing waits for. A server hears it with the next question, or before the commit: what goes wrong with it
    /// is told then.
    pub fn send(&mut self, sql: &str, params: &[Value]) -> Result<()> {
        self.tell(sql, params, None)
    }

    /// As [`Tx::send`], for a statement that changes exactly one row; else there is this error.
    pub fn send_one(&mut self, sql: &str, params: &[Value], otherwise: StoreError) -> Result<()> {
        self.tell(sql, params, Some(otherwise))
    }

    fn tell(&mut self, sql: &str, params: &[Value], otherwise: Option<StoreError>) -> Result<()> {
        both_can_keep(params)?;
        match &mut self.link {
            Link::Sqlite(connection) => match (sqlite::execute(connection, sql, params)?, otherwise) {
                (0 | 2.., Some(otherwise)) => Err(otherwise),
                _ => Ok(()),
            },
            Link::Postgres(session) => session.send(sql, params, otherwise),
        }
    }

    /// Runs the statements of a migration, written in the engine's own types.
    pub(in crate::store) fn execute_all(&mut self, sql: &str) -> Result<()> {
        match &mut self.link {
            Link::Sqlite(connection) => sqlite::execute_all(connection, &sqlite::own_types(sql)),
            Link::Postgres(session) => session.execute_all(&postgres::own_types(sql)),
        }
    }

    /// Asks a question whose answer is needed later; a server hears it with whatever else waits. `read` makes the answer of its rows.
    pub fn ask<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        read: impl FnOnce(Vec<Row>) -> Result<T> + 'static,
    ) -> Result<Asked<T>> {
        both_can_keep(params)?;
        let rows = match &mut self.link {
            Link::Sqlite(connection) => Rows::Here(sqlite::query(connection, sql, params)?),
            Link::Postgres(session) => Rows::Awaited(session.ask(sql, params)?),
        };
        Ok(Asked::new(rows, read))
    }

    /// The rows that a server says under a ticket.
    fn awaited(&mut self, ticket: u64) -> Result<Vec<Row>> {
        match &mut self.link {
            Link::Sqlite(_) => Ok(Vec::new()),
            Link::Postgres(session) => session.answer(ticket),
        }
    }

    /// Asks and answers all rows.
    pub fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        self.ask(sql, params, Ok)?.answer(self)
    }

    /// Asks for at most one row.
    pub fn one(&mut self, sql: &str, params: &[Value]) -> Result<Option<Row>> {
        Ok(self.query(sql, params)?.into_iter().next())
    }

    /// Asks and hands each row over as it comes, for answers that should not be held at once.
    pub fn scan(&mut self, sql: &str, params: &[Value], each: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
        both_can_keep(params)?;
        let scanned = match &mut self.link {
            Link::Sqlite(connection) => sqlite::scan(connection, sql, params, each),
            Link::Postgres(session) => session.scan(sql, params, each),
        };
        scanned.map_err(|error| placed(error, sql))
    }

    /// Another connection to the books that only reads, for a thread of its own, where they are a file that can be had twice.
    pub(in crate::store) fn second_file(&self) -> Result<Option<Engine>> {
        match &self.link {
            Link::Sqlite(connection) => Ok(sqlite::second(connection)?.map(Engine::Sqlite)),
            Link::Postgres(_) => Ok(None),
        }
    }

    /// What the engine finds wrong with what it keeps, where it can tell.
    pub(in crate::store) fn file_faults(&mut self) -> Result<Vec<String>> {
        match &mut self.link {
            Link::Sqlite(connection) => sqlite::faults(connection),
            Link::Postgres(session) => postgres::faults(session),
        }
    }

    /// An error where rows name others that are not there: for the end of [`Engine::rebuild`], in which nothing watched them.
    pub(in crate::store) fn watch_references(&mut self) -> Result<()> {
        match &mut self.link {
            Link::Sqlite(connection) => sqlite::watch_references(connection),
            Link::Postgres(_) => Ok(()),
        }
    }

    /// Whether the books are a file of this program's own.
    pub(in crate::store) fn is_file(&self) -> bool {
        matches!(self.link, Link::Sqlite(_))
    }

    /// Whether a server refused something, and answers no more within this transaction.
    pub(in crate::store) fn is_silent(&self) -> bool {
        match &self.link {
            Link::Sqlite(_) => false,
            Link::Postgres(session) => session.is_silent(),
        }
    }

    /// Whether a table is there.
    pub(in crate::store) fn has_table(&mut self, name: &str) -> Result<bool> {
        let sql = match &self.link {
            Link::Sqlite(_) => "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1",
            Link::Postgres(_) => postgres::HAS_TABLE,
        };
        Ok(self.one(sql, &[name.into()])?.is_some())
    }

    /// The columns of a table, in their order.
    pub(in crate::store) fn columns(&mut self, table: &str) -> Result<Vec<String>> {
        let sql = match &self.link {
            Link::Sqlite(_) => "SELECT name FROM pragma_table_info(?1) ORDER BY cid",
            Link::Postgres(_) => postgres::COLUMNS,
        };
        self.query(sql, &[table.into()])?.iter().map(|row| row.string(0)).collect()
    }

    /// Whether there is a place for tables: on a server, a schema that this role may use.
    pub(in crate::store) fn has_schema(&mut self) -> Result<bool> {
        match &self.link {
            Link::Sqlite(_) => Ok(true),
            Link::Postgres(_) => Ok(self.one(postgres::HAS_SCHEMA, &[])?.is_some()),
        }
    }

    /// Whether any table is there.
    pub(in crate::store) fn has_tables(&mut self) -> Result<bool> {
        let sql = match &self.link {
            Link::Sqlite(_) => "SELECT 1 FROM sqlite_schema LIMIT 1",
            Link::Postgres(_) => postgres::HAS_TABLES,
        };
        Ok(self.one(sql, &[])?.is_some())
    }
}

/// Refuses what one engine would keep and the other would not: NUL in a text.
fn both_can_keep(params: &[Value]) -> Result<()> {
    let holds_nul = |value: &Value| matches!(value, Value::Text(text) if text.as_bytes().contains(&0));
    if params.iter().any(holds_nul) { Err(StoreError::NulInText) } else { Ok(()) }
}

/// The engines.
pub enum Engine {
    /// SQLite in a file.
    Sqlite(rusqlite::Connection),
    /// PostgreSQL, or what speaks its protocol, on a server.
    Postgres(Box<postgres::Server>),
}

impl Engine {
    /// Opens a file; makes it when asked to.
    pub fn sqlite(path: &Path, create: bool) -> Result<Self> {
        sqlite::open(path, create).map(Self::Sqlite)
    }

    /// An empty database that nobody else sees.
    pub fn in_memory() -> Result<Self> {
        rusqlite::Connection::open_in_memory().map(Self::Sqlite).map_err(|error| sqlite::failed(&error))
    }

    /// Connects to a server.
    pub fn postgres(address: &Address) -> Result<Self> {
        postgres::Server::connect(address).map(|server| Self::Postgres(Box::new(server)))
    }

    /// Whether a lost answer can be asked for again: another connection to the same books can be made.
    pub fn reconnects(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// Whether the books can be reached, for whoever watches.
    pub fn reaching(&self) -> Reaching {
        match self {
            Self::Sqlite(_) => Reaching::default(),
            Self::Postgres(server) => server.reaching(),
        }
    }

    /// Leaves nothing in the engine's files of rows that were deleted. Outside of transactions; may take as long as a copy.
    pub fn clean(&mut self) -> Result<()> {
        match self {
            Self::Sqlite(connection) => sqlite::clean(connection),
            Self::Postgres(server) => server.clean(),
        }
    }

    /// Does work and commits it, or nothing of it when it answers with an error.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        mut work: impl FnMut(&mut Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        match self {
            Self::Sqlite(connection) => {
                let transaction = sqlite::begin(connection, true)?;
                let done = work(&mut Tx::new(Link::Sqlite(&transaction)))?;
                sqlite::commit(transaction)?;
                Ok(done)
            }
            Self::Postgres(server) => server.transact(postgres::Mode::Write, &mut |session| {
                let mut tx = Tx::new(Link::Postgres(session));
                work(&mut tx)
            }),
        }
    }

    /// As [`Engine::write`], for work that makes tables anew: while it runs, SQLite does not watch which rows name which.
    pub fn rebuild<T>(&mut self, work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        if let Self::Sqlite(connection) = self {
            sqlite::watch(connection, false)?;
        }
        let done = self.write(work);
        if let Self::Sqlite(connection) = self {
            sqlite::watch(connection, true)?;
        }
        done
    }

    /// Does work that only looks, all of it at one moment.
    pub fn read<T, E: From<StoreError>>(
        &mut self,
        mut work: impl FnMut(&mut Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        match self {
            Self::Sqlite(connection) => {
                let transaction = sqlite::begin(connection, false)?;
                work(&mut Tx::new(Link::Sqlite(&transaction)))
            }
            Self::Postgres(server) => server.transact(postgres::Mode::Read, &mut |session| {
                let mut tx = Tx::new(Link::Postgres(session));
                work(&mut tx)
            }),
        }
    }
}
