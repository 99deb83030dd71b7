//! Requests from a file, and the schema they follow.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter};
use std::path::PathBuf;

use clap::Args;
use courtesy::desk::batch::{LineOutcome, Options, Pins, run};
use courtesy::domain::request::Envelope;

use super::setup::read;
use super::{Common, Ended, Failure, complain, open, print, words};

/// What `--help` says of a batch.
pub(super) const BATCH: &str = "\
Does requests from a file, one a line as JSON, and prints one outcome a line.

A batch believes the clerk that a line names: it asks for no PIN of theirs, so whoever may run commands on this computer, with the \
database and the folder beside it that ends in .outside, acts as the desk, within the limits of whomever they name. PINs, by --pins, are \
needed for a second person's word (theirs and the clerk's), and the clerk's for a change of staff (set_staff) or rules (adopt_policy), a \
new key (rotate_key), a confirmed restore (re_anchor) and an erasure (erase_person). The line of somebody who is hired becomes their PIN; \
who has one keeps it.

To limit who acts as the desk, run it under an operating-system account of its own: let that account alone read the .outside folder and the \
database (or have the server's password), and let nobody else work or log in under it.";

/// A file of requests.
#[derive(Debug, Args)]
pub(super) struct Batch {
    /// Requests as JSON Lines; - for standard input.
    file: PathBuf,
    /// Only quote; book nothing.
    #[arg(long)]
    quote: bool,
    /// PINs of those who approve, and of clerks who must show theirs, a line “number PIN” each; /dev/fd/3 for a descriptor.
    #[arg(long, value_name = "FILE")]
    pins: Option<PathBuf>,
    /// Prints a receipt of each document: to a printer's queue, or into the folder beside the database.
    #[arg(long, value_name = "QUEUE", num_args = 0..=1, require_equals = true)]
    print: Option<Option<String>>,
}

pub(super) fn batch(common: &Common, asked: &Batch) -> Result<Ended, Failure> {
    let words = words(common)?;
    let pins = match &asked.pins {
        Some(path) => Pins::read(&read(path)?).map_err(|error| Failure::Used(error.to_string()))?,
        None => Pins::default(),
    };
    let input: Box<dyn BufRead> = if asked.file.as_os_str() == "-" {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        let failed = |source| Failure::File { path: asked.file.display().to_string(), source };
        Box::new(BufReader::new(File::open(&asked.file).map_err(failed)?))
    };
    let mut desk = match &asked.print {
        Some(queue) => open::printing_desk(common, queue.as_deref())?,
        None => open::desk(common)?,
    };
    let options = Options { quote_only: asked.quote, pins };
    let output = BufWriter::new(std::io::stdout().lock());
    let tally = run(&mut desk, &words, &options, input, output).map_err(|stopped| Failure::Environment(stopped.to_string()))?;
    let count = |n: u64| courtesy::text::Arg::Count(i64::try_from(n).unwrap_or(i64::MAX));
    complain(&words.say("cli-batch-done", &[("done", count(tally.done)), ("refused", count(tally.refused))]));
    if let Some(unfinished) = desk.unfinished() {
        complain(&words.saying(&unfinished));
    }
    if asked.print.is_some() {
        desk.print_pending()?;
    }
    Ok(if tally.refused == 0 { Ended::Done } else { Ended::Refused })
}

pub(super) fn schema() -> Result<Ended, Failure> {
    let request = schemars::schema_for!(Envelope);
    let outcome = schemars::schema_for!(LineOutcome);
    print(&serde_json::to_string_pretty(&serde_json::json!({ "request": request, "outcome": outcome }))?)?;
    Ok(Ended::Done)
}
