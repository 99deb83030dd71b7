//! Questions that are asked where they are known and answered where they are needed, so that a server is asked many of them in one
//! trip.

use super::{Row, Tx};
use crate::store::Result;

/// A question whose answer is waited for only where it is needed, in the transaction in which it was asked.
#[must_use]
pub struct Asked<T> {
    rows: Rows,
    read: Box<dyn FnOnce(Vec<Row>) -> Result<T>>,
}

/// Where an answer's rows are.
pub(super) enum Rows {
    /// They came at once.
    Here(Vec<Row>),
    /// The server says them under this ticket.
    Awaited(u64),
}

impl<T> Asked<T> {
    pub(super) fn new(rows: Rows, read: impl FnOnce(Vec<Row>) -> Result<T> + 'static) -> Self {
        Self { rows, read: Box::new(read) }
    }

    /// The answer; waits for it where it has not come yet.
    pub fn answer(self, tx: &mut Tx<'_>) -> Result<T> {
        let rows = match self.rows {
            Rows::Here(rows) => rows,
            Rows::Awaited(ticket) => tx.awaited(ticket)?,
        };
        (self.read)(rows)
    }
}
