//! What an error of the server means: for the transaction, and for whoever is told.

use std::error::Error as _;
use std::io::ErrorKind;

use tokio_postgres::Error;
use tokio_postgres::error::{DbError, ErrorPosition, Severity, SqlState};

use super::address::{Address, full};
use crate::store::StoreError;
use crate::store::error::Broken;

/// What an error does to a transaction.
#[derive(Debug)]
pub enum Trouble {
    /// It met another one: do it again as a whole.
    Met,
    /// A second row with one key: who counted on from the last row met another one doing the same, and finds its row when the
    /// work is done again; who does not has made a mistake.
    Clash(StoreError),
    /// The connection is gone, or nobody knows what became of it.
    Away(StoreError),
    /// The server said no.
    Refused(StoreError),
}

/// What an error in the middle of a transaction means. Nothing of the transaction is kept after one. A server that takes no
/// writes is one to leave, unless the transaction was one that only looks.
pub fn on_statement(address: &Address, error: &Error, looks: bool) -> (StoreError, Trouble) {
    let Some(told) = error.as_db_error() else {
        let (away, odd) = (|| address.away(full(error)), || StoreError::Engine(full(error)));
        return if is_cut(error) { (away(), Trouble::Away(away())) } else { (odd(), Trouble::Refused(odd())) };
    };
    if is_meeting(told.code()) {
        return (StoreError::Busy, Trouble::Met);
    }
    if is_leaving(told) {
        let away = || address.away(told.message());
        return (away(), Trouble::Away(away()));
    }
    if *told.code() == SqlState::READ_ONLY_SQL_TRANSACTION && !looks {
        return (address.takes_no_writes(), Trouble::Away(address.takes_no_writes()));
    }
    if *told.code() == SqlState::UNIQUE_VIOLATION {
        return (refused(told), Trouble::Clash(refused(told)));
    }
    (refused(told), Trouble::Refused(refused(told)))
}

/// What an error in answer to COMMIT means: only a plain error of the server says that nothing was kept.
pub fn on_commit(address: &Address, error: &Error) -> Trouble {
    match error.as_db_error() {
        Some(told) if is_meeting(told.code()) => Trouble::Met,
        Some(told) if is_plain(told) && !is_leaving(told) && *told.code() != SqlState::T_R_STATEMENT_COMPLETION_UNKNOWN => {
            Trouble::Refused(refused(told))
        }
        _ => Trouble::Away(address.away(full(error))),
    }
}

/// What an error while connecting means.
pub fn on_connect(address: &Address, error: &Error) -> StoreError {
    let Some(told) = error.as_db_error() else { return unheard(address, error) };
    if *told.code() == SqlState::TOO_MANY_CONNECTIONS {
        return address.crowded(told.message());
    }
    let class = told.code().code().get(..2).unwrap_or_default();
    match class {
        // Not known or not allowed here, no such database or schema, not understood.
        "28" | "3D" | "3F" | "42" | "22" | "0A" => address.refused(told.message()),
        _ => address.away(told.message()),
    }
}

/// How the protocol's library begins what it says where no other try can help: something of the address is missing, or it cannot
/// show who this is in the way that the server asks for.
const HOPELESS: [&str; 2] = ["invalid configuration", "authentication error"];

/// What the protocol's library says where the server gave no error of its own while connecting.
fn unheard(address: &Address, error: &Error) -> StoreError {
    let said = error.to_string();
    if takes_no_writes(error) {
        address.takes_no_writes()
    } else if HOPELESS.iter().any(|hopeless| said.starts_with(hopeless)) {
        address.refused(full(error))
    } else {
        address.away(full(error))
    }
}

/// Whether the server answers and can only be looked at.
fn takes_no_writes(error: &Error) -> bool {
    let cause = error.source().and_then(|cause| cause.downcast_ref::<std::io::Error>());
    cause.is_some_and(|cause| cause.kind() == ErrorKind::PermissionDenied && cause.to_string().contains("does not allow writes"))
}

/// Whether the connection broke, and not only one statement.
fn is_cut(error: &Error) -> bool {
    error.is_closed() || error.source().is_some_and(|cause| cause.is::<std::io::Error>())
}

fn is_meeting(code: &SqlState) -> bool {
    [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED, SqlState::T_R_INTEGRITY_CONSTRAINT_VIOLATION]
        .contains(code)
}

/// Whether the server is going.
fn is_leaving(told: &DbError) -> bool {
    let class = told.code().code().get(..2).unwrap_or_default();
    !is_plain(told) || class == "08" || class == "57"
}

fn is_plain(told: &DbError) -> bool {
    match told.parsed_severity() {
        Some(severity) => severity == Severity::Error,
        None => told.severity() == "ERROR",
    }
}

fn refused(told: &DbError) -> StoreError {
    // Never the server's detail: it repeats the row, and with it who somebody is.
    let detail = || told.message().to_owned();
    match told.code().code() {
        "23505" => StoreError::rule(Broken::Twice, detail()),
        "23514" | "22003" => StoreError::rule(Broken::Range, detail()),
        "23503" => StoreError::rule(Broken::Names, detail()),
        "23502" => StoreError::rule(Broken::Missing, detail()),
        // It may not do this, or may not use the schema.
        "42501" | "3F000" => StoreError::NotAllowed(detail()),
        // No such table or column.
        "42P01" | "42703" => StoreError::Lacking(detail()),
        "53100" => StoreError::DiskFull,
        "55P03" => StoreError::Busy,
        "XX001" | "XX002" => StoreError::Damaged {
            place: "the server's files".to_owned(),
            found: told.message().to_owned(),
            wanted: "a whole database",
        },
        _ => {
            let place = match told.position() {
                Some(ErrorPosition::Original(place)) => format!(" at {place}"),
                _ => String::new(),
            };
            StoreError::Engine(format!("{}{place}", told.message()))
        }
    }
}
