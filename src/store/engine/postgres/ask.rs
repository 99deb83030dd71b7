//! What is asked within a transaction. A server is some way off, so what nothing waits for is kept back and travels with the next
//! question, and questions that do not wait for one another are asked in one trip. Answers are looked at in the order in which
//! everything was said, so that the first error is the one that is told.

use futures_util::TryStreamExt as _;
use futures_util::future::{join, join_all};
use tokio_postgres::{Client, Error, Statement};

use super::failure::on_statement;
use super::{Session, statement};
use crate::store::engine::{Row, Value};
use crate::store::{Result, StoreError};

/// How many prepared statements are kept.
const STATEMENTS: usize = 256;

/// How many statements travel together at most.
const TOGETHER: usize = 512;

/// What was said and not yet sent.
pub enum Sent {
    /// Takes no values and has no answer.
    Order(&'static str),
    /// Changes rows: exactly one where there is an error to tell otherwise.
    Change { prepared: Statement, params: Vec<Value>, otherwise: Option<StoreError> },
}

impl Sent {
    /// Answers how many rows it changed.
    async fn go(&self, client: &Client) -> std::result::Result<u64, Error> {
        match self {
            Self::Order(sql) => client.batch_execute(sql).await.map(|()| 1),
            Self::Change { prepared, params, .. } => client.execute_raw(prepared, params).await,
        }
    }

    fn otherwise(self) -> Option<StoreError> {
        match self {
            Self::Order(_) => None,
            Self::Change { otherwise, .. } => otherwise,
        }
    }
}

impl Session {
    /// Says a statement that nothing waits for. What it comes to is told with the next question, or before the commit: `otherwise`
    /// where it does not change exactly one row.
    pub fn send(&mut self, sql: &str, params: &[Value], otherwise: Option<StoreError>) -> Result<()> {
        let prepared = self.prepared(sql, params)?;
        self.sent.push(Sent::Change { prepared, params: params.to_vec(), otherwise });
        if self.sent.len() < TOGETHER { Ok(()) } else { self.settle() }
    }

    /// Sends what waits, and looks at what it comes to.
    pub fn settle(&mut self) -> Result<()> {
        if self.sent.is_empty() { Ok(()) } else { self.trip(&[]).map(|_| ()) }
    }

    /// Runs a statement; answers how many rows it changed.
    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<usize> {
        let prepared = self.prepared(sql, params)?;
        self.sent.push(Sent::Change { prepared, params: params.to_vec(), otherwise: None });
        let (changed, _) = self.trip(&[])?;
        Ok(usize::try_from(changed).unwrap_or(usize::MAX))
    }

    /// Runs statements that are known beforehand and take no values.
    pub fn execute_all(&mut self, sql: &str) -> Result<()> {
        self.settle()?;
        self.wire.order(sql).map_err(|error| self.failed(&error))
    }

    /// Asks questions that do not wait for one another; answers the rows of each.
    pub fn query(&mut self, questions: &[(&str, &[Value])]) -> Result<Vec<Vec<Row>>> {
        let asked =
            questions.iter().map(|(sql, params)| Ok((self.prepared(sql, params)?, *params))).collect::<Result<Vec<_>>>()?;
        self.trip(&asked).map(|(_, rows)| rows)
    }

    /// Asks and hands each row over as it comes.
    pub fn scan(&mut self, sql: &str, params: &[Value], each: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
        let prepared = self.prepared(sql, params)?;
        self.settle()?;
        let begun = self.wire.wait(async |client| client.query_raw(&prepared, params).await);
        let mut rows = Box::pin(begun.map_err(|error| self.failed(&error))?);
        while let Some(row) = self.wire.wait(async |_| rows.try_next().await).map_err(|error| self.failed(&error))? {
            each(statement::row(&row)?)?;
        }
        Ok(())
    }

    /// Sends what waits together with questions. Answers how many rows the last of what waited changed, and the rows of each question.
    fn trip(&mut self, asked: &[(Statement, &[Value])]) -> Result<(u64, Vec<Vec<Row>>)> {
        let sent = std::mem::take(&mut self.sent);
        let (changes, answers) = self.wire.wait(async |client| {
            let changes = join_all(sent.iter().map(|sent| sent.go(client)));
            let ask = async |(prepared, params): &(Statement, &[Value])| {
                client.query_raw(prepared, *params).await?.try_collect::<Vec<_>>().await
            };
            join(changes, join_all(asked.iter().map(ask))).await
        });
        let mut last = 0;
        for (sent, change) in sent.into_iter().zip(changes) {
            last = change.map_err(|error| self.failed(&error))?;
            if let Some(otherwise) = sent.otherwise().filter(|_| last != 1) {
                return Err(otherwise);
            }
        }
        let rows = |answer: std::result::Result<Vec<_>, Error>| {
            answer.map_err(|error| self.failed(&error))?.iter().map(statement::row).collect::<Result<Vec<_>>>()
        };
        Ok((last, answers.into_iter().map(rows).collect::<Result<_>>()?))
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

    /// Keeps what went wrong, for the first error decides what becomes of the transaction.
    fn failed(&mut self, error: &Error) -> StoreError {
        let (told, trouble) = on_statement(&self.address, error, self.looks);
        self.trouble.get_or_insert(trouble);
        told
    }
}
