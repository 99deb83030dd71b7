//! Sales and members coming in from files that tills wrote.
//!
//! A reader streams a source and yields [`Incoming`] things: bills that balance, bills to keep aside with their exact
//! difference, and what cannot be read, with its place. It never panics on rubbish and never gives out half a bill. [`run()`]
//! takes them to the books through a [`Sink`], in batches that can be repeated. Payment card numbers never come in.

mod csv_members;
mod csv_sales;
mod fault;
mod item;
mod map;
mod meter;
mod open;
mod poslog;
mod rejects;
mod rows;
mod run;

use std::io;

pub use csv_members::CsvMembers;
pub use csv_sales::CsvSales;
pub use fault::Fault;
pub use item::{Aside, Incoming, NewBill, NewMember, Place, Reject};
pub use map::{FileForm, MapError, MembersMap, PosLogMap, Rows, SalesMap, WhenUnknown};
pub use open::{Format, Map, Opened, Shop, Source, open_members, open_sales, recognise};
pub use poslog::PosLog;
pub use rejects::Rejects;
pub use run::{Batch, Counts, Mark, Outcome, Progress, RunError, Sink, run};

/// Lines that one bill may have.
const MOST_LINES: usize = 20_000;

/// A reader of a source.
pub trait Incomings: Iterator<Item = Result<Incoming, IntakeError>> {
    /// Where to go on when everything given out so far has been kept; none while no such place exists, because rows of
    /// what was given out lie between rows of what was not.
    fn place(&self) -> Option<Place>;

    /// Bytes read so far, for showing progress.
    fn read_byte(&self) -> u64;
}

/// Why a source cannot be read at all, or no further. What was kept before stays, and importing again goes on from it.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// There is nothing to read there.
    #[error("{what} cannot be opened: {cause}; nothing was imported; check its name")]
    Open {
        /// What should be read.
        what: String,
        /// What the system said.
        cause: io::Error,
    },
    /// The system failed to read.
    #[error("{what} could not be read: {cause}; what came before is kept; mend the cause and import the file again")]
    Read {
        /// What was being read.
        what: String,
        /// What the system said.
        cause: io::Error,
    },
    /// The system failed to write down what was rejected.
    #[error(
        "the rejects file {path} cannot be written: {cause}; what came before is kept; make room or name another file with \
         --rejects, then import again"
    )]
    Rejects {
        /// Where.
        path: String,
        /// What the system said.
        cause: io::Error,
    },
    /// The source is empty.
    #[error("the file is empty; nothing was imported; check that the till wrote it")]
    Empty,
    /// Its lines end in a way that leaves every place in it without a name.
    #[error(
        "the file's lines end in carriage returns alone, so that no line of it could be named; nothing was imported; save it with \
         the line ends of Windows or Unix"
    )]
    BareReturns,
    /// The header is not text.
    #[error("the file's first line is not UTF-8 text; nothing was imported; save the file as UTF-8")]
    HeaderNotText,
    /// The map names a column that the file does not have.
    #[error("the file has no column “{column}” (it has: {header}); nothing was imported; choose a map that fits it")]
    NoColumn {
        /// The column.
        column: String,
        /// The columns that are there.
        header: String,
    },
    /// Two columns have one name, so nobody can say which is meant.
    #[error("the file has two columns “{column}”; nothing was imported; give each column a name of its own")]
    TwoColumns {
        /// The name.
        column: String,
    },
    /// No map that came with the program fits the header.
    #[error("no map fits the columns {header}; nothing was imported; write one and name it with --map")]
    NoMap {
        /// The columns that are there.
        header: String,
    },
    /// The map is for another kind of file.
    #[error("the map is not for a {format} file; nothing was imported; choose another map or --format")]
    WrongMap {
        /// What the file is.
        format: &'static str,
    },
    /// The source is packed.
    #[error("the file is packed; nothing was imported; unpack it on the way: {how} FILE | courtesy import sales -")]
    Packed {
        /// The program that unpacks it.
        how: &'static str,
    },
    /// Nobody knows this format.
    #[error("the file is neither CSV nor POSLog; nothing was imported; name its format with --format")]
    UnknownFormat,
    /// The map cannot be used.
    #[error(transparent)]
    Map(#[from] MapError),
}

impl IntakeError {
    fn read(what: &str, cause: impl Into<io::Error>) -> Self {
        Self::Read { what: what.to_owned(), cause: cause.into() }
    }
}
