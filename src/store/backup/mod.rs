//! Backups of a file: made while desks write, kept only when they are whole, and put back only when they still are.
//!
//! A copy is written under a throw-away name beside its place, brought to the disk, opened again and looked at as
//! [`verify`](super::verify) looks at the books; only then it gets its name. So whatever carries the name of a backup is one.

mod check;
mod restore;
mod series;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use super::engine::{Engine, copy};
use super::unfinished::{Unfinished, folder_of};
use super::{Place, Store, StoreError, person};

pub use check::Copied;
pub use restore::{Restored, restore};
pub use series::{Kept, keep};

/// How often it is looked how far a copy has come.
const LOOK: Duration = Duration::from_millis(50);

/// What is being done, for whoever watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Bytes are copied.
    Copying,
    /// The copy is looked at.
    Checking,
}

/// Hears what is being done, and how much of how much of it is done.
pub type Tell<'a> = &'a mut dyn FnMut(Stage, u64, u64);

/// Why there is no backup, or why it was not put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The books or the copy cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A server's books are not in a file.
    #[error(
        "the books are on a server, whose own tools copy and restore them; nothing was done; for a copy of this moment: \
         pg_dump --format=custom --file=books.dump '{place}', put back into an empty database by pg_restore --dbname='{place}' \
         books.dump; for a copy of every moment: pg_basebackup with archived logs"
    )]
    OnServer {
        /// Its address.
        place: String,
    },
    /// The name is taken.
    #[error("{} is there already; no backup was made, and the books are as they were; name a file that is not there", .0.display())]
    Taken(PathBuf),
    /// A file or folder cannot be used.
    #[error("{} cannot be used: {source}; the books are as they were; check its name, your rights and the free space", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// What lies in the books is wrong, so its copy would be too.
    #[error(
        "the books themselves are not in order ({wrong} found), so no backup of them was kept, and they are as they were; run \
         “courtesy verify” and keep the last good backup"
    )]
    BooksWrong {
        /// How many things are wrong.
        wrong: usize,
    },
    /// A backup can be read, but what lies in it is wrong.
    #[error(
        "the backup {} is not in order ({wrong} found): its figures cannot be relied on; nothing was changed; take an older \
         backup, or look with “courtesy verify --database” at a copy of it", .path.display()
    )]
    Wrong {
        /// The backup.
        path: PathBuf,
        /// How many things are wrong.
        wrong: usize,
    },
    /// A journal lies beside what should be a backup.
    #[error(
        "{} is a database in use, not a backup: part of it lies in {}; nothing was changed; make a backup of it with “courtesy \
         backup --database” and restore that", .path.display(), .journal.display()
    )]
    Unfinished {
        /// The file.
        path: PathBuf,
        /// The journal.
        journal: PathBuf,
    },
    /// A backup is of another shop.
    #[error(
        "the backup {} is of another shop than the books; nothing was changed; restore this shop's own, or say --other-shop when \
         the books are to become that shop's", .path.display()
    )]
    OtherShop {
        /// The backup.
        path: PathBuf,
    },
    /// The books are open elsewhere.
    #[error("another program has {} open; nothing was changed; close every window and command on these books and try again", .0.display())]
    InUse(PathBuf),
    /// A backup is damaged.
    #[error("the backup {} is damaged ({reason}); its figures cannot be relied on; nothing was changed; take an older backup", .path.display())]
    Damaged {
        /// The backup.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

/// Makes a backup of the books at a place, under a name that is not there yet.
///
/// # Errors
/// When the books are on a server, the name is taken, or the copy is not whole; then no file is left.
pub fn back_up(place: &Place, target: &Path, tell: Tell<'_>) -> Result<Copied, BackupError> {
    if target.exists() {
        return Err(BackupError::Taken(target.to_owned()));
    }
    let (copy, copied) = copy_beside(place, target, tell)?;
    take_name(copy, target)?;
    Ok(copied)
}

/// Gives a copy its name, which nothing may have.
fn take_name(copy: Unfinished, target: &Path) -> Result<(), BackupError> {
    copy.persist_noclobber(target).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => BackupError::Taken(target.to_owned()),
        _ => BackupError::File { path: target.to_owned(), source: error },
    })?;
    bring_to_disk(folder_of(target))
}

/// A whole copy of the books under a throw-away name beside a target.
fn copy_beside(place: &Place, target: &Path, tell: Tell<'_>) -> Result<(Unfinished, Copied), BackupError> {
    let books = file_of(place)?;
    let mut store = Store::open_existing(books)?;
    let erased = store.outside().erased()?;
    store.read(|tx| person::nobody_is_known_again(tx, &erased))?;
    let copy = throw_away(target)?;
    write_copy(store, copy.path(), tell)?;
    copy.as_file().sync_all().map_err(unusable(copy.path()))?;
    let copied = check::whole(copy.path(), tell)?;
    match copied.wrong() {
        0 => Ok((copy, copied)),
        wrong => Err(BackupError::BooksWrong { wrong }),
    }
}

/// The file that books at a place are in.
fn file_of(place: &Place) -> Result<&Path, BackupError> {
    match place {
        Place::File(path) => Ok(path),
        Place::Server(address) => Err(BackupError::OnServer { place: address.to_string() }),
    }
}

/// An empty file beside a target, which only its owner may read and which goes when nothing comes of it.
fn throw_away(target: &Path) -> Result<Unfinished, BackupError> {
    Unfinished::beside(target).map_err(unusable(folder_of(target)))
}

/// A name is kept only when its folder is.
fn bring_to_disk(folder: &Path) -> Result<(), BackupError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(unusable(folder))
}

fn unusable(path: &Path) -> impl FnOnce(std::io::Error) -> BackupError {
    let path = path.to_owned();
    |source| BackupError::File { path, source }
}

/// Copies on a thread of its own, while this one tells how far it has come.
fn write_copy(store: Store, target: &Path, tell: Tell<'_>) -> Result<(), BackupError> {
    let lost = || StoreError::Engine("no copy was made".to_owned());
    let Engine::Sqlite(connection) = store.engine else { return Err(lost().into()) };
    let (all, path) = (copy::size(&connection)?, target.to_owned());
    let (written, done) = channel();
    let copying = move || written.send(copy::write_into(&connection, &path));
    std::thread::Builder::new().spawn(copying).map_err(|error| StoreError::NoThread(error.to_string()))?;
    loop {
        match done.recv_timeout(LOOK) {
            Ok(written) => return Ok(written?),
            Err(RecvTimeoutError::Disconnected) => return Err(lost().into()),
            Err(RecvTimeoutError::Timeout) => {
                let bytes = std::fs::metadata(target).map_or(0, |file| file.len());
                tell(Stage::Copying, bytes.min(all), all);
            }
        }
    }
}
