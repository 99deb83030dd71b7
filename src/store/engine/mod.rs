//! The thin layer below the SQL.

use std::path::Path;

use super::{Result, StoreError};

/// A value that goes into a statement or comes out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// One row of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row(Vec<Value>);

/// A transaction at a site.
pub struct Tx<'a> {
    _connection: &'a rusqlite::Connection,
}

/// The engines.
pub enum Engine {
    /// SQLite in a file.
    Sqlite(rusqlite::Connection),
}

impl Engine {
    /// Opens a file.
    pub fn sqlite(path: &Path, create: bool) -> Result<Self> {
        todo!()
    }

    /// Writes.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        work: impl FnMut(&mut Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        todo!()
    }

    /// Reads.
    pub fn read<T, E: From<StoreError>>(
        &mut self,
        work: impl FnMut(&mut Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        todo!()
    }
}
