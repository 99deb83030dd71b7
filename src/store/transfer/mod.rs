//! The whole book as text, one row a line, and back into an empty database of any engine: how a shop moves from a file to a
//! server, and from there to whatever comes after.
//!
//! A line is a JSON object that begins with a sum over all lines up to its end, so that the first line that was changed, lost
//! or moved is known by its number. The first line says what the file is, a line before each table names its columns, the
//! last one says what must have come out: rows, each desk's number and head, balances. Tables come in an order in which a row
//! never names one that is still to come. What can be made again from the rows, the search of members, is left out.

mod line;
mod read;
mod tables;
mod write;

use std::path::PathBuf;

use super::StoreError;

pub use line::{Balance, End, Head};
pub use read::read;
pub use write::write;

/// The version of the form of these files.
pub const VERSION: u32 = 1;

/// Why the books could not be written out or read in.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// The books cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file cannot be used.
    #[error("{} cannot be used: {source}; the books are as they were; check its name, your rights and the free space", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// There is something in the database already.
    #[error("there are books in {0} already; nothing was brought in; name a database that is empty or not there yet")]
    NotEmpty(String),
    /// A file is something else, or of another version.
    #[error("{} {reason}; nothing was brought in; {remedy}", .path.display())]
    Strange {
        /// The file.
        path: PathBuf,
        /// What it is.
        reason: String,
        /// What to do.
        remedy: &'static str,
    },
    /// A line is not as it was written.
    #[error("{} line {line}: {reason}; its figures cannot be relied on, and nothing was brought in; export the books once more", .path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// What came in is not what went out.
    #[error("what came in from {} is not what went out ({what}); nothing was brought in; export the books once more", .path.display())]
    Differs {
        /// The file.
        path: PathBuf,
        /// What differs.
        what: &'static str,
    },
    /// The books in the file are wrong.
    #[error("the books in {} are not in order ({wrong} found); nothing was brought in; run “courtesy verify” where they come from", .path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// How many things are wrong.
        wrong: usize,
    },
}
