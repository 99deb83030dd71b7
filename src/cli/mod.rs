//! What the command line offers: its arguments, and which file of this folder does what they ask.
//!
//! Exit status: 0 done, 1 refused by a rule or found wrong, 2 used wrongly, 3 the environment (disk, file, server).

mod backup;
mod batch;
mod clock;
mod conformance;
mod find;
mod import;
mod keys;
mod open;
mod person;
mod progress;
mod setup;
mod show;
mod transfer;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use courtesy::desk::DeskError;
use courtesy::domain::{payment_card, plain};
use courtesy::store::StoreError;
use courtesy::text::{Language, Words};
use jiff::civil::Date;

/// The program at a membership counter: sign up, renew, refund, correct a price, say sorry.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Arguments {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    window: Window,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What `--help` says of databases.
const DATABASE: &str = "\
The database. Without it, the file in your data folder.

PATH  a file of this machine.

URL   postgres://user@host/database: a server that many desks share (PostgreSQL 12 or later, or what speaks its protocol; \
`courtesy conformance URL` tries one). Several hosts are parted by commas; the one that takes writes is used, \
and where none does, the books can be looked at. The password is taken from PGPASSWORD where the URL has none. sslmode=disable, \
prefer or require: with require the server must show a \
certificate for its host's name that the system trusts, or one of those in sslrootcert=FILE. Its backups are made by its own \
tools: pg_dump for a copy to be read anywhere, pg_basebackup with archived logs for a copy of every moment.";

/// What every command takes.
#[derive(Debug, Clone, Args)]
struct Common {
    /// The database: a file, or postgres://user@host/database for many desks; without it, the file in your data folder.
    #[arg(long, global = true, value_name = "PATH|URL", long_help = DATABASE)]
    database: Option<PathBuf>,
    /// Answers as JSON.
    #[arg(long, global = true)]
    json: bool,
    /// This desk's number.
    #[arg(long, global = true, default_value_t = 1, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=999))]
    desk: u16,
    /// Language of what is said: en or fi.
    #[arg(long, global = true, value_name = "CODE")]
    language: Option<String>,
}

/// How the window opens.
#[derive(Debug, Clone, Args)]
struct Window {
    /// A practice shop in a throw-away database.
    #[arg(long)]
    demo: bool,
    /// Which practice shop; the same number makes the same one.
    #[arg(long, default_value_t = 1, requires = "demo", value_name = "NUMBER")]
    seed: u64,
    /// The practice shop's day, so that everything repeats.
    #[arg(long, requires = "demo", value_name = "DATE")]
    today: Option<Date>,
    /// The printer's queue; without it receipts go to a folder beside the database.
    #[arg(long, value_name = "QUEUE")]
    printer: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Brings in sales or members from files of a till, or the whole books of another database.
    #[command(subcommand)]
    Import(import::Import),
    /// Does requests from a file, one a line as JSON, and prints one outcome a line.
    #[command(long_about = batch::BATCH)]
    Batch(batch::Batch),
    /// What the scan box would find.
    Find(find::Find),
    /// A document with its rulings and journal, or its receipt.
    Show(show::Show),
    /// Recomputes numbers, chain, journal and balances; says where something is wrong.
    Verify,
    /// Makes a backup while desks go on writing; it is looked at as verify does before it gets its name.
    Backup(backup::Backup),
    /// Puts a backup in the place of the books when it is whole; the old books are kept beside it under another name.
    Restore(backup::Restore),
    /// Writes all of the books out as JSON Lines, for another database of any engine.
    Export(transfer::Export),
    /// All that is known of one person: handed out, or erased.
    #[command(subcommand)]
    Person(person::Person),
    /// Copies the desks' keys for safe keeping, or brings them back.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Tries whether a server can be trusted with a shop's books: races, repeated requests, lost answers.
    Conformance(conformance::Conformance),
    /// Prints the JSON Schema of requests and outcomes.
    Schema,
    /// Sets a shop up without the window.
    Setup(setup::Setup),
    /// Gives a manager a new PIN on the shop's recovery code, or an administrator a new recovery code.
    Recover(setup::Recover),
    /// How the computer's clock stands to the last work; a manager says that it is right.
    Clock(clock::Clock),
    /// Shows every part of the window at once.
    #[command(hide = true)]
    Gallery,
}

/// How a command ended.
enum Ended {
    Done,
    Refused,
}

/// Why a command could not be done.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// The arguments or what they name make no sense.
    #[error("{0}")]
    Used(String),
    /// Disk, file or window.
    #[error("{0}")]
    Environment(String),
    /// Something is wrong with what was named, so it was not done.
    #[error("{0}")]
    Refused(String),
    /// The desk said no.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// A file could not be read or written.
    #[error("{path} cannot be used: {source}; nothing was changed; check its name and your rights")]
    File {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// An answer could not be printed.
    #[error("the answer could not be printed: {0}")]
    Print(#[from] std::io::Error),
    /// An answer could not be written as JSON.
    #[error("the answer could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl Failure {
    fn status(&self) -> u8 {
        match self {
            Self::Used(_) => 2,
            Self::Refused(_) => 1,
            Self::Desk(error) => match error {
                DeskError::Store(StoreError::KeyFile { .. }) => 2,
                DeskError::Store(StoreError::KnownAgain(_)) => 1,
                DeskError::Store(_) | DeskError::Print(_) | DeskError::Gone | DeskError::Random(_) | DeskError::NoShop => 3,
                DeskError::PepperLost(_) | DeskError::OtherPepper(_) | DeskError::NoKey(_) => 3,
                DeskError::Number(_)
                | DeskError::UnknownZone(_)
                | DeskError::NotAReplay
                | DeskError::Policy(_)
                | DeskError::NotPlain(_)
                | DeskError::Field { .. } => 2,
                _ => 1,
            },
            Self::Environment(_) | Self::File { .. } | Self::Print(_) | Self::Json(_) => 3,
        }
    }
}

/// Does what the arguments ask.
pub fn run(arguments: Arguments) -> ExitCode {
    let Arguments { common, window, command } = arguments;
    let ended = match command {
        None => open::open(&common, &window),
        Some(Command::Import(what)) => import::import(&common, &what),
        Some(Command::Batch(asked)) => batch::batch(&common, &asked),
        Some(Command::Find(asked)) => find::find(&common, &asked),
        Some(Command::Show(asked)) => show::show(&common, &asked),
        Some(Command::Verify) => verify::verify(&common),
        Some(Command::Backup(asked)) => backup::backup(&common, &asked),
        Some(Command::Restore(asked)) => backup::restore(&common, &asked),
        Some(Command::Export(asked)) => transfer::export(&common, &asked),
        Some(Command::Person(asked)) => person::person(&common, &asked),
        Some(Command::Keys(asked)) => keys::keys(&common, &asked),
        Some(Command::Conformance(asked)) => conformance::conformance(&common, &asked),
        Some(Command::Schema) => batch::schema(),
        Some(Command::Setup(asked)) => setup::setup(&common, &asked),
        Some(Command::Clock(asked)) => clock::clock(&common, &asked),
        Some(Command::Recover(asked)) => setup::recover(&common, &asked),
        Some(Command::Gallery) => {
            courtesy::gui::gallery().map(|()| Ended::Done).map_err(|error| Failure::Environment(error.to_string()))
        }
    };
    match ended {
        Ok(Ended::Done) => ExitCode::SUCCESS,
        Ok(Ended::Refused) => ExitCode::from(1),
        Err(failure) => {
            // Whoever closed the pipe knows; but what was not told did not end well.
            if !matches!(&failure, Failure::Print(error) if error.kind() == std::io::ErrorKind::BrokenPipe) {
                complain(&failure.to_string());
            }
            ExitCode::from(failure.status())
        }
    }
}

/// Says something on standard error.
#[expect(clippy::print_stderr, reason = "the command line speaks to a person")]
fn complain(text: &str) {
    eprintln!("courtesy: {}", plain::shown(&payment_card::mask(text)));
}

/// Prints a line on standard output; a closed pipe ends the command quietly.
fn print(text: &str) -> Result<(), Failure> {
    use std::io::Write as _;
    Ok(writeln!(std::io::stdout().lock(), "{text}")?)
}

fn words(common: &Common) -> Result<Words, Failure> {
    let Some(code) = &common.language else { return Ok(Words::new(Language::En)) };
    let unknown = || Failure::Used(format!("“{code}” is not a language spoken here; use en or fi"));
    Language::from_code(code).map(Words::new).ok_or_else(unknown)
}
