//! Files that are not yet whole, beside the place where they will be: copies of the books and what is handed out of them.
//!
//! Whoever makes one holds the folder together with others who do; whoever gets the folder alone knows that nobody makes one there any
//! more, and removes what killed programs have left. Locks go with their program, however it ends.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::NamedTempFile;

/// How such files are called.
const PREFIX: &str = ".courtesy-";
const SUFFIX: &str = ".part";
/// What SQLite lays beside a database while it is written.
const BESIDE: [&str; 4] = ["", "-journal", "-wal", "-shm"];
/// How often somebody who waits for others looks again.
const LOOK: Duration = Duration::from_millis(50);

/// A file that is not yet whole. It goes when nothing comes of it.
#[derive(Debug)]
pub struct Unfinished {
    file: NamedTempFile,
    /// Holds the folder's lock; `None` where folders cannot be locked.
    _folder: Option<File>,
}

impl Unfinished {
    /// An empty file beside a target, which only its owner may read. What killed programs left there goes first.
    ///
    /// # Errors
    /// When the folder cannot be used.
    pub fn beside(target: &Path) -> io::Result<Self> {
        let folder = folder_of(target);
        sweep(folder, Duration::ZERO)?;
        let held = File::open(folder)?;
        // Others hold it as well; whoever sweeps does so for a moment only.
        let _folder = held.lock_shared().ok().map(|()| held);
        let file = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)?;
        Ok(Self { file, _folder })
    }

    /// Where it lies as long as it is not whole.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// The file.
    pub fn as_file(&self) -> &File {
        self.file.as_file()
    }

    /// The file, to be written to.
    pub fn as_file_mut(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Gives it its name, in the place of what has that now.
    ///
    /// # Errors
    /// When it cannot be renamed; it is gone then.
    pub fn persist(self, target: &Path) -> io::Result<()> {
        self.file.persist(target).map(|_| ()).map_err(|error| error.error)
    }

    /// Gives it its name, where nothing has that.
    ///
    /// # Errors
    /// When the name is taken, or it cannot be renamed; it is gone then.
    pub fn persist_noclobber(self, target: &Path) -> io::Result<()> {
        self.file.persist_noclobber(target).map(|_| ()).map_err(|error| error.error)
    }
}

/// The folder that a file is in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What came of looking for files that nobody finishes any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Swept {
    /// They are gone, if there were any.
    Clean,
    /// Somebody makes one there now, so nothing was removed.
    InUse,
    /// The folder cannot be locked, so nobody knows whose they are; nothing was removed.
    Unknown,
}

/// Removes from a folder what killed programs left in it, waiting so long for those that are still at work.
///
/// # Errors
/// When something cannot be removed.
pub fn sweep(folder: &Path, patience: Duration) -> io::Result<Swept> {
    let left = left_in(folder)?;
    if left.is_empty() {
        return Ok(Swept::Clean);
    }
    let (alone, began) = (File::open(folder)?, Instant::now());
    loop {
        match alone.try_lock() {
            Ok(()) => break,
            Err(TryLockError::WouldBlock) if began.elapsed() < patience => sleep(LOOK),
            Err(TryLockError::WouldBlock) => return Ok(Swept::InUse),
            Err(TryLockError::Error(_)) => return Ok(Swept::Unknown),
        }
    }
    for path in left_in(folder)? {
        fs::remove_file(path)?;
    }
    alone.sync_all()?;
    Ok(Swept::Clean)
}

fn left_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut left = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(is_unfinished) && entry.file_type()?.is_file() {
            left.push(entry.path());
        }
    }
    Ok(left)
}

fn is_unfinished(name: &str) -> bool {
    name.starts_with(PREFIX) && BESIDE.iter().any(|ending| name.strip_suffix(ending).is_some_and(|name| name.ends_with(SUFFIX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_unfinished_files_are_swept() {
        for (name, is) in [
            (".courtesy-ab12.part", true),
            (".courtesy-ab12.part-wal", true),
            (".courtesy-ab12.part-journal", true),
            (".courtesy-ab12.part-shm", true),
            ("courtesy-2026-11-24-233420.db", false),
            (".courtesy-ab12.db", false),
            (".ab12.part", false),
            (".courtesy-ab12.part.gz", false),
        ] {
            assert_eq!(is_unfinished(name), is, "{name}");
        }
    }

    #[test]
    fn what_a_killed_program_left_goes_and_what_somebody_makes_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (dead, mine) = (folder.path().join(".courtesy-dead.part"), folder.path().join("mine.part"));
        let leave = || fs::write(&dead, "Qwyxolda").and_then(|()| fs::write(&mine, "mine")).unwrap();
        leave();
        let first = Unfinished::beside(&folder.path().join("a.db")).unwrap();
        assert!(!dead.exists() && mine.exists() && first.path().exists());
        // While one is made nothing goes, neither that one nor others that might be somebody's.
        leave();
        assert_eq!(sweep(folder.path(), Duration::ZERO).unwrap(), Swept::InUse);
        let second = Unfinished::beside(&folder.path().join("b.db")).unwrap();
        assert!(dead.exists() && first.path().exists() && second.path().exists());
        second.persist(&folder.path().join("b.db")).unwrap();
        assert_eq!(sweep(folder.path(), Duration::ZERO).unwrap(), Swept::InUse);
        drop(first);
        assert_eq!(sweep(folder.path(), Duration::ZERO).unwrap(), Swept::Clean);
        assert!(!dead.exists() && mine.exists() && folder.path().join("b.db").exists());
        assert_eq!(sweep(&folder.path().join("none"), Duration::ZERO).unwrap(), Swept::Clean);
    }

    #[test]
    fn one_who_is_at_work_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let (dead, made) = (folder.path().join(".courtesy-dead.part"), folder.path().join("a.db"));
        let making = Unfinished::beside(&made).unwrap();
        fs::write(&dead, "Qwyxolda").unwrap();
        let maker = std::thread::spawn(move || {
            sleep(LOOK * 3);
            making.persist_noclobber(&made).unwrap();
        });
        assert_eq!(sweep(folder.path(), Duration::from_secs(20)).unwrap(), Swept::Clean);
        maker.join().unwrap();
        assert!(!dead.exists() && folder.path().join("a.db").exists());
    }
}
