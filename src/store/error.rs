//! What can go wrong with the books on disk: what happened, what it means for the money, what to do next.

use std::path::PathBuf;

use crate::domain::bill::BillError;
use crate::domain::ids::{CreditCode, DocumentNumber};
use crate::domain::money::MoneyError;

/// What the functions of this room answer.
pub type Result<T> = std::result::Result<T, StoreError>;

/// A failure of the books on disk.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such file.
    #[error("there is no database at {}; nothing was changed; check the path, or start without it to make a new one", .0.display())]
    NotThere(PathBuf),
    /// The file is something else.
    #[error("{} is not a database of this program; nothing was changed; choose another file", .0.display())]
    NotOurs(PathBuf),
    /// The folder is on another machine.
    #[error("{} lies on a network folder ({kind}), where commits can be lost; nothing was changed; choose a folder of this machine", .path.display())]
    NetworkFolder {
        /// The file.
        path: PathBuf,
        /// The kind of file system.
        kind: String,
    },
    /// The folder cannot be used.
    #[error("the folder of {} cannot be used: {reason}; nothing was changed; choose a folder you may write to", .path.display())]
    Folder {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// An older copy of the books knows people who were erased since.
    #[error(
        "these books are an older copy and know people again who were erased since ({0}); nothing was written; open them once, as with \
         “courtesy find”, which erases them again, and then do this again"
    )]
    KnownAgain(usize),
    /// Something outside the database cannot be read or written.
    #[error(
        "{} beside the database cannot be used: {reason}; what was posted stays posted; put that folder back as it was, and see that you may write to it", .path.display()
    )]
    Outside {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The engine did not take a setting that keeps commits safe.
    #[error(
        "the database did not take {setting} (it has {found}); nothing was changed; set a server so, or move a file to a disk of this machine, and try again"
    )]
    SettingRefused {
        /// The setting that was asked for.
        setting: &'static str,
        /// What it answered.
        found: String,
    },
    /// Made by a newer program.
    #[error("the database has form {found}, this program knows {known}; nothing was changed; install the newer program")]
    Newer {
        /// Form of the database.
        found: i64,
        /// Newest form this program knows.
        known: i64,
    },
    /// A step that built the database is not the one this program has.
    #[error(
        "step {number} ({name}) that built this database is not this program's; nothing was changed; use the program that made it"
    )]
    MigrationChanged {
        /// Number of the step.
        number: i64,
        /// Its name.
        name: String,
    },
    /// Another program holds the books too long.
    #[error("another program is writing to the books and did not finish; nothing was booked; wait a moment and try again")]
    Busy,
    /// The disk is full.
    #[error("the disk is full; nothing was booked; free some space and try again")]
    DiskFull,
    /// The answer to a commit was an error, so nobody knows whether it was written.
    #[error(
        "the disk failed while writing ({0}); whether it was booked is not known; start again: the same request is then looked up, never booked twice"
    )]
    CommitUnknown(String),
    /// What is stored cannot be understood.
    #[error(
        "{place} holds {found} where {wanted} belongs; no more is booked on it; run “courtesy verify” and restore the last good backup"
    )]
    Damaged {
        /// Table and column, or column of a question.
        place: String,
        /// What was found.
        found: String,
        /// What belongs there.
        wanted: &'static str,
    },
    /// A table of the books, or a column of one, is gone.
    #[error(
        "the books lack what belongs to them ({0}); no more is booked on them; run “courtesy verify” and restore the last good backup"
    )]
    Lacking(String),
    /// A document does not follow the last one of its desk.
    #[error("document {number} does not follow the last one of its desk; nothing was booked; ask again and post again")]
    OutOfTurn {
        /// The number it came with.
        number: DocumentNumber,
    },
    /// A request was posted before.
    #[error("this request was posted before; nothing was booked again; look at the document it made")]
    PostedBefore,
    /// More of a line would be given back than was sold.
    #[error("line {line} of the bill has no more to give back; nothing was booked; look at the bill again")]
    PastSold {
        /// The line.
        line: u32,
    },
    /// More of a payment would be given back than was paid.
    #[error("payment {payment} of the bill has no more to give back; nothing was booked; look at the bill again")]
    PastPaid {
        /// The payment.
        payment: u32,
    },
    /// A store credit does not hold so much, or would hold more than was issued.
    #[error("store credit {code} does not allow this amount; nothing was booked; look at its balance again")]
    CreditRefused {
        /// The credit.
        code: CreditCode,
    },
    /// An approval was used before.
    #[error("this approval was used before; nothing was booked; ask for a new one")]
    ApprovalUsed,
    /// A document was undone before.
    #[error("document {number} was undone before; nothing was booked; look at its history")]
    VoidedBefore {
        /// The document.
        number: DocumentNumber,
    },
    /// A payout is not open.
    #[error("payout {payout} of {number} is not open; nothing was booked; look at the list of payouts")]
    PayoutNotDue {
        /// The document.
        number: DocumentNumber,
        /// Which of its payouts.
        payout: u32,
    },
    /// Something that an effect names is not there.
    #[error("{what} is not in the books; nothing was booked; look again and try again")]
    Unknown {
        /// What it is, with its name.
        what: String,
    },
    /// A file of keys cannot be written or taken.
    #[error("{} cannot be used as a file of keys: {reason}; no key was changed; name another file", .path.display())]
    KeyFile {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// Something that must be only once is there already.
    #[error("{what} is in the books already; nothing was booked; look at the one that is there")]
    Already {
        /// What it is, with its name.
        what: String,
    },
    /// A document disagrees with itself.
    #[error("document {number} disagrees with itself ({what}); nothing was booked; please report it")]
    Inconsistent {
        /// The document.
        number: DocumentNumber,
        /// What disagrees.
        what: &'static str,
    },
    /// A bill that does not balance was brought.
    #[error("a bill does not balance: {0}; nothing was booked; keep it aside")]
    Bill(#[from] BillError),
    /// Arithmetic failed.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// A rule of the tables said no.
    #[error("the books refused it ({broken}); nothing was booked; look at the figures again, and report it if they are right")]
    Rule {
        /// Which kind of rule.
        broken: Broken,
        /// What the engine said; each says it in its own words, so it is not shown.
        detail: String,
    },
    /// The address of a server cannot be understood.
    #[error("the address of the server cannot be used: {0}; nothing was changed; write postgres://user@host/database")]
    BadAddress(String),
    /// The server does not answer.
    #[error("the server {place} does not answer ({reason}); nothing was booked; wait until it is back and try again")]
    ServerAway {
        /// Its address.
        place: String,
        /// What happened.
        reason: String,
    },
    /// The server can only be looked at: it is a copy of the one that takes writes, or was told to take none.
    #[error(
        "the server {0} takes no writes now and can only be looked at; nothing was booked; do it again when it takes them, or ask whoever \
         runs the server"
    )]
    TakesNoWrites(String),
    /// As many are connected to the server as it lets in.
    #[error(
        "the server {place} lets nobody else in now ({reason}); nothing was booked; close programs that nobody needs, or ask whoever \
         runs the server to let in more, and try again"
    )]
    ServerFull {
        /// Its address.
        place: String,
        /// What it said.
        reason: String,
    },
    /// The server does not let this role do what was asked.
    #[error(
        "this role may not do that on the server: {0}; nothing was booked; ask whoever runs the server to give it the rights"
    )]
    NotAllowed(String),
    /// The server does not let this program in, or has not what it needs.
    #[error("the server {place} refused: {reason}; nothing was changed; check user, password and database")]
    ServerRefused {
        /// Its address.
        place: String,
        /// What it said.
        reason: String,
    },
    /// There are no books on the server.
    #[error("there are no books at {0}; nothing was changed; check the address, or set a shop up there")]
    NoBooks(String),
    /// The tables on the server are another program's.
    #[error("the tables at {0} are another program's; nothing was changed; give this program a database or schema of its own")]
    OthersTables(String),
    /// The answer to a commit was lost on the way, so nobody knows whether it was written.
    #[error(
        "the server's answer was lost ({0}); whether it was booked is not known; send the same request again: it is looked up, never booked twice"
    )]
    AnswerLost(String),
    /// A text holds the character NUL, which not every engine keeps.
    #[error("a text contains the character NUL, which is kept nowhere; nothing was booked; write it without")]
    NulInText,
    /// Somebody was erased, and bytes of theirs may still lie in the engine's files.
    #[error("the files of the database could not be cleaned ({0}); whoever was erased is erased from the books")]
    Uncleaned(String),
    /// The same, for the server does not let this role clean what its planner noted of people's columns.
    #[error(
        "the server lets only the database's owner clean its statistics ({0}): ask whoever runs the server to make this role the \
         owner, or to run VACUUM FULL pg_catalog.pg_statistic; the person is erased from the books"
    )]
    OwnersStatistics(String),
    /// The system gives this program no more threads.
    #[error("this computer gives the program no more threads ({0}); nothing was changed; close other programs and try again")]
    NoThread(String),
    /// The engine failed in another way.
    #[error("the database failed: {0}; nothing was booked; try again, and restore the last good backup if it stays")]
    Engine(String),
}

/// The kinds of rules that tables have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// Something is there once only.
    Twice,
    /// A value has its range.
    Range,
    /// What is named is there.
    Names,
    /// Something must be said.
    Missing,
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Twice => "something would be there twice",
            Self::Range => "a value is outside its range",
            Self::Names => "something would be named that is not there",
            Self::Missing => "something is missing",
        })
    }
}

impl StoreError {
    pub(super) fn rule(broken: Broken, detail: impl Into<String>) -> Self {
        Self::Rule { broken, detail: detail.into() }
    }

    /// Whether a server does not answer, or takes nothing now: nothing was written, and it may be asked again later.
    pub fn is_away(&self) -> bool {
        matches!(self, Self::ServerAway { .. } | Self::TakesNoWrites(_) | Self::ServerFull { .. })
    }
}
