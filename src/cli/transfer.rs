//! The whole books, out of one database and into another.

use std::io::{Seek as _, Write as _};
use std::path::PathBuf;

use clap::Args;
use courtesy::store::transfer::{End, TransferError, read, write};
use courtesy::store::unfinished::Unfinished;
use courtesy::text::{Arg, Words};

use super::progress::Late;
use super::{Common, Ended, Failure, open, print, words};

/// Where the books are written to.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// A file that is not there yet; - for standard output.
    file: PathBuf,
}

/// Where the books come from.
#[derive(Debug, Args)]
pub(super) struct Books {
    /// A file that courtesy export has written.
    file: PathBuf,
}

impl From<TransferError> for Failure {
    fn from(error: TransferError) -> Self {
        match error {
            TransferError::Store(error) => Self::Desk(error.into()),
            TransferError::File { .. } => Self::Environment(error.to_string()),
            TransferError::NotEmpty(_) | TransferError::Strange { .. } => Self::Used(error.to_string()),
            TransferError::Line { .. } | TransferError::Differs { .. } | TransferError::Wrong { .. } => {
                Self::Refused(error.to_string())
            }
        }
    }
}

pub(super) fn export(common: &Common, asked: &Export) -> Result<Ended, Failure> {
    let words = words(common)?;
    let place = open::place(&open::database(common)?)?;
    let failed = |source| Failure::File { path: asked.file.display().to_string(), source };
    let to_screen = asked.file.as_os_str() == "-";
    if !to_screen && asked.file.exists() {
        let path = asked.file.display();
        return Err(Failure::Used(format!("{path} is there already; nothing was written; name a file that is not there")));
    }
    let mut late = Late::new();
    let mut tell = |stage, done, all| late.tell(&words, stage, done, all);
    // Whole or not at all: what is written goes to its place when it has ended.
    if to_screen {
        // Without a name, so that nothing is left however this ends.
        let mut part = tempfile::tempfile().map_err(failed)?;
        write(&place, &mut part, &asked.file, &mut tell)?;
        drop(late);
        let mut output = std::io::stdout().lock();
        part.rewind().map_err(failed)?;
        std::io::copy(&mut part, &mut output)?;
        output.flush()?;
        return Ok(Ended::Done);
    }
    let mut part = Unfinished::beside(&asked.file).map_err(failed)?;
    let name = part.path().to_owned();
    let end = write(&place, part.as_file_mut(), &name, &mut tell)?;
    drop(late);
    part.persist_noclobber(&asked.file).map_err(failed)?;
    told(common, &words, "cli-exported", (&asked.file.display().to_string(), &end))
}

pub(super) fn import(common: &Common, asked: &Books) -> Result<Ended, Failure> {
    let words = words(common)?;
    let place = open::place(&open::database(common)?)?;
    let mut late = Late::new();
    let end = read(&place, &asked.file, &mut |stage, done, all| late.tell(&words, stage, done, all))?;
    drop(late);
    told(common, &words, "cli-imported-books", (&place.to_string(), &end))
}

fn told(common: &Common, words: &Words, message: &str, (path, end): (&str, &End)) -> Result<Ended, Failure> {
    if common.json {
        print(&serde_json::json!({ "books": path, "end": end }).to_string())?;
    } else {
        let rows = Arg::Count(i64::try_from(end.rows).unwrap_or(i64::MAX));
        print(&words.say(message, &[("path", Arg::text(path)), ("rows", rows), ("desks", Arg::count(end.desks.len()))]))?;
    }
    Ok(Ended::Done)
}
