//! The desks' keys and the secret of the PINs, copied for safe keeping and brought back.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use courtesy::desk::DeskError;
use courtesy::store::{Store, seal};
use courtesy::text::Arg;

use super::{Common, Ended, Failure, open, print, words};

/// What is done with the keys.
#[derive(Debug, Subcommand)]
pub(super) enum Keys {
    /// Copies this computer's keys and the secret of the PINs into a new file, for a safe place that is not where the database is.
    Export(KeyFile),
    /// Brings back from such a file what is missing here; what is here is never replaced.
    Import(KeyFile),
}

/// A file of keys.
#[derive(Debug, Args)]
pub(super) struct KeyFile {
    /// The file; only its owner may read it.
    file: PathBuf,
}

pub(super) fn keys(common: &Common, asked: &Keys) -> Result<Ended, Failure> {
    let words = words(common)?;
    let place = open::place(&open::database(common)?)?;
    let mut store = Store::open_at(&place, false).map_err(DeskError::from)?;
    let outside = store.outside().clone();
    let (id, count) = match asked {
        Keys::Export(to) => ("cli-keys-exported", outside.export_secrets(&to.file).map_err(DeskError::from)?),
        Keys::Import(from) => {
            let keys = store.read(|tx| seal::keys(tx).map_err(DeskError::from))?;
            let known = keys.into_iter().map(|key| ((key.desk, key.no), key.public)).collect();
            ("cli-keys-imported", outside.import_secrets(&from.file, &known).map_err(DeskError::from)?.len())
        }
    };
    if common.json {
        print(&serde_json::json!({ "keys": count }).to_string())?;
    } else {
        print(&words.say(id, &[("count", Arg::count(count))]))?;
    }
    Ok(Ended::Done)
}
