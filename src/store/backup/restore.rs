//! Putting a backup in the place of the books: looked at before and after it is copied, and the old books are kept.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::check::{Copied, Firsts, firsts, is_current, renewed, whole};
use super::series::same_shop;
use super::{BackupError, Tell, bring_to_disk, file_of, throw_away, unusable};
use crate::planted::planted;
use crate::store::engine::{Engine, copy};
use crate::store::unfinished::{Unfinished, folder_of};
use crate::store::{Place, StoreError};

/// What the old books are called once others stand in their place.
const BEFORE: &str = ".before-restore-%Y-%m-%d-%H%M%S";

/// What came of putting a backup back.
#[derive(Debug)]
pub struct Restored {
    /// What the books hold now.
    pub copied: Copied,
    /// Where the old books are; `None` where there were none.
    pub kept: Option<PathBuf>,
    /// The old books could not be read, so it is not known whether they were this shop's.
    pub unread: bool,
}

/// Puts a backup in the place of the books. Until the last step, which is one renaming, the books are what they were.
///
/// # Errors
/// When the backup is not whole, is another shop's and none is wanted, or another program has the books open. Nothing
/// is changed then.
pub fn restore(backup: &Path, place: &Place, other_shop: bool, now: Timestamp, tell: Tell<'_>) -> Result<Restored, BackupError> {
    let books = file_of(place)?;
    let journal = beside(backup, "-wal");
    if journal.exists() && !is_empty(&journal) {
        return Err(BackupError::Unfinished { path: backup.to_owned(), journal });
    }
    let parent = folder_of(books);
    std::fs::create_dir_all(parent).map_err(unusable(parent))?;
    let copy = copy_of(backup, books, tell)?;
    let copied = whole(copy.path(), tell)?;
    if copied.wrong() > 0 {
        return Err(BackupError::Wrong { path: backup.to_owned(), wrong: copied.wrong() });
    }
    if !books.exists() {
        if planted("killed in a restore") {
            std::process::abort();
        }
        replace(copy, books)?;
        return Ok(Restored { copied, kept: None, unread: false });
    }
    let old = Old::take(books)?;
    if !other_shop && old.firsts.as_ref().is_some_and(|old| !old.is_empty() && !same_shop(old, &copied.firsts)) {
        return Err(BackupError::OtherShop { path: backup.to_owned() });
    }
    let kept = old.keep(books, now)?;
    if planted("killed in a restore") {
        std::process::abort();
    }
    replace(copy, books)?;
    Ok(Restored { copied, kept: Some(kept), unread: old.firsts.is_none() })
}

/// A copy of a whole backup beside the books, in this program's form and on the disk.
fn copy_of(backup: &Path, books: &Path, tell: Tell<'_>) -> Result<Unfinished, BackupError> {
    if is_current(backup)? {
        let found = whole(backup, tell)?;
        if found.wrong() > 0 {
            return Err(BackupError::Wrong { path: backup.to_owned(), wrong: found.wrong() });
        }
    }
    renewed(backup, books)
}

/// The books that are to be replaced, while nobody else has them.
struct Old {
    /// Holds the file's lock until the others stand in its place; `None` where it is no database any more.
    _alone: Option<Engine>,
    /// The sums of its first documents, where they can be read.
    firsts: Option<Firsts>,
    /// The file itself, opened before it was locked and closed after: by POSIX, a program that closes a file anywhere lets go of every
    /// lock that it has on it.
    file: File,
}

impl Old {
    /// Takes the books for this program alone.
    fn take(books: &Path) -> Result<Self, BackupError> {
        let is_none = !is_empty(books) && !is_database(books);
        let file = File::open(books).map_err(unusable(books))?;
        if is_none {
            return Ok(Self { _alone: None, firsts: None, file });
        }
        match copy::open_alone(books) {
            Ok(connection) => {
                let mut alone = Engine::Sqlite(connection);
                let firsts = if is_empty(books) { Some(Firsts::default()) } else { alone.read(firsts).ok() };
                Ok(Self { _alone: Some(alone), firsts, file })
            }
            Err(StoreError::Busy) => Err(BackupError::InUse(books.to_owned())),
            Err(StoreError::Damaged { .. } | StoreError::Lacking(_) | StoreError::Engine(_)) => {
                Ok(Self { _alone: None, firsts: None, file })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Copies the old books, and what may lie in a journal beside them, to a name under which they stay.
    fn keep(&self, books: &Path, now: Timestamp) -> Result<PathBuf, BackupError> {
        let kept = free_name(books, now);
        for ending in ["-wal", "-journal"] {
            let journal = beside(books, ending);
            if journal.exists() {
                let file = File::open(&journal).map_err(unusable(&journal))?;
                keep_as(&file, &journal, &beside(&kept, ending))?;
            }
        }
        keep_as(&self.file, books, &kept)?;
        bring_to_disk(folder_of(books))?;
        Ok(kept)
    }
}

/// Copies a file to a name that nothing has.
fn keep_as(mut file: &File, from: &Path, to: &Path) -> Result<(), BackupError> {
    let mut copy = throw_away(to)?;
    std::io::copy(&mut file, copy.as_file_mut()).map_err(unusable(from))?;
    copy.as_file().sync_all().map_err(unusable(to))?;
    copy.persist_noclobber(to).map_err(unusable(to))
}

/// Puts a copy in the place of the books. A journal that was the old ones' must not be taken for the new ones'; it is beside
/// the kept ones.
fn replace(copy: Unfinished, books: &Path) -> Result<(), BackupError> {
    for ending in ["-wal", "-journal", "-shm"] {
        let journal = beside(books, ending);
        if journal.exists() {
            std::fs::remove_file(&journal).map_err(unusable(&journal))?;
        }
    }
    copy.persist(books).map_err(unusable(books))?;
    bring_to_disk(folder_of(books))
}

/// The name under which old books stay: none that an attempt of the same second has left.
fn free_name(books: &Path, now: Timestamp) -> PathBuf {
    let is_taken = |name: &Path| ["", "-wal", "-journal"].iter().any(|ending| beside(name, ending).exists());
    let mut names = (1..u32::MAX).map(|attempt| kept_name(books, now, attempt));
    names.find(|name| !is_taken(name)).unwrap_or_default()
}

fn kept_name(books: &Path, now: Timestamp, attempt: u32) -> PathBuf {
    let mut name = books.file_stem().unwrap_or_default().to_owned();
    name.push(now.to_zoned(TimeZone::UTC).strftime(BEFORE).to_string());
    if attempt > 1 {
        name.push(format!("-{attempt}"));
    }
    if let Some(ending) = books.extension() {
        name.push(".");
        name.push(ending);
    }
    books.with_file_name(name)
}

/// The name of a file that lies beside a database.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn is_empty(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|file| file.len() == 0)
}

/// Whether a file begins as databases do.
fn is_database(path: &Path) -> bool {
    let mut first = [0; 16];
    File::open(path).and_then(|mut file| file.read_exact(&mut first)).is_ok() && &first == b"SQLite format 3\0"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::migrate;

    #[test]
    fn a_backup_of_an_older_form_is_brought_to_this_one_and_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let (backup, books) = (folder.path().join("old.db"), folder.path().join("books.db"));
        let mut old = Engine::sqlite(&backup, true).unwrap();
        migrate::migrate_before_last(&mut old).unwrap();
        assert!(!migrate::is_current(&mut old).unwrap());
        drop(old);
        let before = std::fs::read(&backup).unwrap();
        let place = Place::File(books.clone());
        let restored = restore(&backup, &place, false, Timestamp::UNIX_EPOCH, &mut |_, _, _| {}).unwrap();
        assert!(restored.kept.is_none() && restored.copied.wrong() == 0);
        assert!(migrate::is_current(&mut Engine::sqlite(&books, false).unwrap()).unwrap());
        assert!(std::fs::read(&backup).unwrap() == before);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn old_books_are_held_while_they_are_kept() {
        use std::os::unix::fs::MetadataExt as _;
        let folder = tempfile::tempdir().unwrap();
        let books = folder.path().join("books.db");
        migrate::migrate(&mut Engine::sqlite(&books, true).unwrap()).unwrap();
        let file = format!(":{} ", std::fs::metadata(&books).unwrap().ino());
        let is_held = || std::fs::read_to_string("/proc/locks").unwrap().lines().any(|lock| lock.contains(&file));
        assert!(!is_held());
        let old = Old::take(&books).unwrap();
        assert!(is_held());
        let kept = old.keep(&books, Timestamp::UNIX_EPOCH).unwrap();
        assert!(is_held());
        // What must not happen meanwhile: any other opening and closing of the file lets others in.
        assert!(std::fs::read(&books).unwrap() == std::fs::read(&kept).unwrap());
        assert!(!is_held());
    }

    #[test]
    fn old_books_keep_their_ending() {
        let kept = kept_name(Path::new("/a/shop.books.db"), Timestamp::UNIX_EPOCH, 1);
        assert_eq!(kept, Path::new("/a/shop.books.before-restore-1970-01-01-000000.db"));
        assert_eq!(kept_name(Path::new("shop"), Timestamp::UNIX_EPOCH, 1), Path::new("shop.before-restore-1970-01-01-000000"));
        let folder = tempfile::tempdir().unwrap();
        let books = folder.path().join("shop.db");
        std::fs::write(free_name(&books, Timestamp::UNIX_EPOCH), "").unwrap();
        let second = free_name(&books, Timestamp::UNIX_EPOCH);
        assert_eq!(second.file_name().unwrap(), "shop.before-restore-1970-01-01-000000-2.db");
    }
}
