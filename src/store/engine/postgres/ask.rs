//! What is asked within a transaction. A server is some way off, so what is said is kept back until an answer is needed,
//! and then travels in one trip. Answers are looked at in the order in which everything was said, so that the first error is the one
//! that is told.

use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::TryStreamExt as _;
use futures_util::future::join_all;
use tokio_postgres::{Client, Error, Statement};

use super::failure::{Trouble, on_statement};
use super::{Session, statement};
use crate::store::engine::{Row, Value};
use crate::store::{Result, StoreError};

/// How many prepared statements are kept.
const STATEMENTS: usize = 256;

/// How many statements travel together at most.
const TOGETHER: usize = 512;

/// What was said and not yet sent.
pub enum Said {
    /// Takes no values and has no answer.
    Order(&'static str),
    /// Changes rows: exactly one where there is an error to tell otherwise.
    Change { prepared: Statement, params: Vec<Value>, otherwise: Option<StoreError> },
    /// Is answered with rows, which are kept under a ticket.
    Question { prepared: Statement, params: Vec<Value>, ticket: u64 },
}

/// What the server says to it.
enum Heard {
    Changed(u64),
    Rows(Vec<tokio_postgres::Row>),
}

impl Said {
    async fn go(&self, client: &Client) -> std::result::Result<Heard, Error> {
        match self {
            Self::Order(sql) => client.batch_execute(sql).await.map(|()| Heard::Changed(1)),
            Self::Change { prepared, params, .. } => client.execute_raw(prepared, params).await.map(Heard::Changed),
            Self::Question { prepared, params, .. } => {
                client.query_raw(prepared, params).await?.try_collect().await.map(Heard::Rows)
            }
        }
    }
}

/// The last ticket that was given out, by whatever connection: no question takes another one's answer.
static LAST_TICKET: AtomicU64 = AtomicU64::new(0);

impl Session {
    /// Says a statement that nothing waits for. What it comes to is told with the next answer, or before the commit: `otherwise`
    /// where it does not change exactly one row.
    pub fn send(&mut self, sql: &str, params: &[Value], otherwise: Option<StoreError>) -> Result<()> {
        let prepared = self.prepared(sql, params)?;
        self.say(Said::Change { prepared, params: params.to_vec(), otherwise })
    }

    /// Says a question; answers the ticket under which its answer is kept.
    pub fn ask(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        let prepared = self.prepared(sql, params)?;
        let ticket = LAST_TICKET.fetch_add(1, Ordering::Relaxed);
        self.say(Said::Question { prepared, params: params.to_vec(), ticket })?;
        Ok(ticket)
    }

    /// The rows of a question; sends what waits where it is among that.
    pub fn answer(&mut self, ticket: u64) -> Result<Vec<Row>> {
        if !self.answers.contains_key(&ticket) {
            self.settle()?;
        }
        self.answers.remove(&ticket).ok_or_else(|| StoreError::Engine("a question of another transaction".to_owned()))
    }

    /// Runs a statement; answers how many rows it changed.
    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<usize> {
        let prepared = self.prepared(sql, params)?;
        self.said.push(Said::Change { prepared, params: params.to_vec(), otherwise: None });
        let changed = self.trip()?;
        Ok(usize::try_from(changed).unwrap_or(usize::MAX))
    }

    /// Runs statements that are known beforehand and take no values.
    pub fn execute_all(&mut self, sql: &str) -> Result<()> {
        self.settle()?;
        self.wire.order(sql).map_err(|error| self.failed(&error))
    }

    /// Asks and hands each row over as it comes.
    pub fn scan(&mut self, sql: &str, params: &[Value], each: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
        let prepared = self.prepared(sql, params)?;
        self.settle()?;
        let begun = self.wire.wait(async |client| client.query_raw(&prepared, params).await);
        let mut rows = Box::pin(begun.map_err(|error| self.failed(&error))?);
        while let Some(row) = self.wire.wait(async |_| rows.try_next().await).map_err(|error| self.failed(&error))? {
            let row = statement::row(&row).map_err(|error| self.unreadable(error))?;
            each(row)?;
        }
        Ok(())
    }

    /// Sends what waits, and looks at what it comes to.
    pub fn settle(&mut self) -> Result<()> {
        if self.said.is_empty() { Ok(()) } else { self.trip().map(|_| ()) }
    }

    fn say(&mut self, said: Said) -> Result<()> {
        self.said.push(said);
        if self.said.len() < TOGETHER { Ok(()) } else { self.settle() }
    }

    /// Sends what waits in one trip, and keeps the answers of the questions in it; tells how many rows the last statement changed.
    fn trip(&mut self) -> Result<u64> {
        let said = std::mem::take(&mut self.said);
        let heard = self.wire.wait(async |client| join_all(said.iter().map(|said| said.go(client))).await);
        let mut last = 0;
        for (said, heard) in said.into_iter().zip(heard) {
            match (said, heard.map_err(|error| self.failed(&error))?) {
                (Said::Question { ticket, .. }, Heard::Rows(rows)) => {
                    let rows = rows.iter().map(statement::row).collect::<Result<_>>();
                    let rows = rows.map_err(|error| self.unreadable(error))?;
                    self.answers.insert(ticket, rows);
                }
                (Said::Change { otherwise: Some(otherwise), .. }, Heard::Changed(0 | 2..)) => {
                    // Whatever becomes of what is told here, nothing of this transaction is kept.
                    let passed_over = StoreError::Engine("a change that did not come about was passed over".to_owned());
                    self.trouble.get_or_insert(Trouble::Refused(passed_over));
                    return Err(otherwise);
                }
                (_, Heard::Changed(changed)) => last = changed,
                (_, Heard::Rows(_)) => {}
            }
        }
        Ok(last)
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
        let prepared = self.wire.wait(async |client| client.prepare_typed(&text, &types).await);
        let prepared = prepared.map_err(|error| self.failed(&error))?;
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

    /// An answer that cannot be read, after which nothing of the transaction is kept.
    fn unreadable(&mut self, error: StoreError) -> StoreError {
        let passed_over = StoreError::Engine("an answer that cannot be read was passed over".to_owned());
        self.trouble.get_or_insert(Trouble::Refused(passed_over));
        error
    }

    /// Keeps what went wrong, for the first error decides what becomes of the transaction.
    fn failed(&mut self, error: &Error) -> StoreError {
        let (told, trouble) = on_statement(&self.address, error, self.looks);
        self.silent = true;
        self.trouble.get_or_insert(trouble);
        told
    }
}
