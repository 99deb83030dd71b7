//! Copies of the books: made, kept in a folder, put back.

use std::path::{Path, PathBuf};

use clap::Args;
use courtesy::store::backup::{BackupError, back_up, keep, restore as put_back};
use courtesy::store::{Store, person};
use courtesy::text::{Arg, Words};
use jiff::Timestamp;

use super::progress::Late;
use super::{Common, Ended, Failure, complain, open, print, words};

/// Where a backup goes.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// A file that is not there yet; with --keep, a folder.
    #[arg(value_name = "FILE|FOLDER")]
    target: PathBuf,
    /// Writes courtesy-YYYY-MM-DD-HHMMSS.db (UTC) into the folder and keeps the newest good ones, so many of them.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    keep: Option<u32>,
}

/// What is put back.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The backup.
    file: PathBuf,
    /// Puts it back although the books are another shop's.
    #[arg(long)]
    other_shop: bool,
}

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Store(error) => Self::Desk(error.into()),
            BackupError::OnServer { .. } | BackupError::Taken(_) | BackupError::Unfinished { .. } => {
                Self::Used(error.to_string())
            }
            BackupError::File { .. } | BackupError::InUse(_) => Self::Environment(error.to_string()),
            BackupError::BooksWrong { .. }
            | BackupError::Damaged { .. }
            | BackupError::Wrong { .. }
            | BackupError::OtherShop { .. } => Self::Refused(error.to_string()),
        }
    }
}

pub(super) fn backup(common: &Common, asked: &Backup) -> Result<Ended, Failure> {
    let words = words(common)?;
    let place = open::place(&open::database(common)?)?;
    let mut late = Late::new();
    let mut tell = |stage, done, all| late.tell(&words, stage, done, all);
    let Some(number) = asked.keep else {
        let copied = back_up(&place, &asked.target, &mut tell)?;
        drop(late);
        return made(common, &words, (&asked.target, copied.documents, copied.bytes), (&[], &[]));
    };
    let number = usize::try_from(number).unwrap_or(usize::MAX);
    let kept = keep(&place, &asked.target, number, Timestamp::now(), &mut tell)?;
    drop(late);
    made(common, &words, (&kept.path, kept.copied.documents, kept.copied.bytes), (&kept.removed, &kept.bad))
}

pub(super) fn restore(common: &Common, asked: &Restore) -> Result<Ended, Failure> {
    let words = words(common)?;
    let path = open::database(common)?;
    let mut late = Late::new();
    let mut tell = |stage, done, all| late.tell(&words, stage, done, all);
    let restored = put_back(&asked.file, &open::place(&path)?, asked.other_shop, Timestamp::now(), &mut tell)?;
    drop(late);
    if common.json {
        let told = serde_json::json!({
            "restored": path, "documents": restored.copied.documents, "kept": restored.kept, "unread": restored.unread,
        });
        print(&told.to_string())?;
        return Ok(Ended::Done);
    }
    let documents = Arg::Count(i64::try_from(restored.copied.documents).unwrap_or(i64::MAX));
    print(&words.say("cli-restored", &[("path", shown(&path)), ("documents", documents)]))?;
    if let Some(kept) = &restored.kept {
        print(&words.say("cli-restore-kept", &[("path", shown(kept))]))?;
    }
    let erased = known_again(&path)?;
    if erased > 0 {
        let count = Arg::Count(i64::try_from(erased).unwrap_or(i64::MAX));
        print(&words.say("cli-restore-erased", &[("count", count)]))?;
    }
    if restored.unread {
        complain(&words.plain("cli-restore-unread"));
    }
    Ok(Ended::Done)
}

/// How many people of restored books were erased since the backup was made.
fn known_again(books: &Path) -> Result<usize, Failure> {
    let mut store = Store::open_existing(books).map_err(courtesy::desk::DeskError::from)?;
    let erased = store.outside().erased().map_err(courtesy::desk::DeskError::from)?;
    let known = store.read(|tx| person::known_again(tx, &erased).map_err(courtesy::desk::DeskError::from))?;
    Ok(known.len())
}

fn made(
    common: &Common,
    words: &Words,
    (path, documents, bytes): (&Path, u64, u64),
    (removed, bad): (&[PathBuf], &[PathBuf]),
) -> Result<Ended, Failure> {
    if common.json {
        let told = serde_json::json!({
            "backup": path, "documents": documents, "bytes": bytes, "removed": removed, "bad": bad,
        });
        print(&told.to_string())?;
    } else {
        let documents = Arg::Count(i64::try_from(documents).unwrap_or(i64::MAX));
        print(&words.say("cli-backed-up", &[("path", shown(path)), ("documents", documents)]))?;
        for path in removed {
            print(&words.say("cli-backup-removed", &[("path", shown(path))]))?;
        }
    }
    for path in bad {
        complain(&words.say("cli-backup-bad", &[("path", shown(path))]));
    }
    Ok(if bad.is_empty() { Ended::Done } else { Ended::Refused })
}

fn shown(path: &Path) -> Arg {
    Arg::text(path.display().to_string())
}
