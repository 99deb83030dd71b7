//! Whether a copy is whole: form, pages, and everything that `verify` computes again.

use std::collections::HashSet;
use std::path::Path;

use super::{BackupError, Stage, Tell, throw_away, unusable};
use crate::domain::digest::Digest;
use crate::store::engine::{Engine, copy};
use crate::store::unfinished::Unfinished;
use crate::store::verify::{Finding, verify};
use crate::store::{Result, StoreError, Tx, migrate};

/// What a copy holds.
#[derive(Debug)]
pub struct Copied {
    /// How many documents.
    pub documents: u64,
    /// How many bytes the file has.
    pub bytes: u64,
    /// What a look at it found.
    pub findings: Vec<Finding>,
    /// What each desk's first document summed to; no two shops have one in common.
    pub(super) firsts: Firsts,
}

/// The sums of first documents.
pub(super) type Firsts = HashSet<Digest>;

impl Copied {
    /// How many things in it make its figures doubtful.
    pub fn wrong(&self) -> usize {
        self.findings.iter().filter(|finding| finding.is_damage()).count()
    }
}

/// Looks at all of a copy without changing a byte of it.
///
/// # Errors
/// When it is no copy of books of this program's form, or cannot be read to its end.
pub(super) fn whole(path: &Path, tell: Tell<'_>) -> std::result::Result<Copied, BackupError> {
    let bytes = std::fs::metadata(path).map_err(unusable(path))?.len();
    if !is_current(path)? {
        return Err(BackupError::Damaged { path: path.to_owned(), reason: "it is of an older form".to_owned() });
    }
    let look = still(path)?.read(|tx| {
        // Held against itself alone: what is kept outside the database may lawfully be ahead of a copy.
        let findings = verify(tx, None, &mut |done, all| tell(Stage::Checking, done, all))?.findings;
        let mut copied = Copied { documents: 0, bytes, findings, firsts: Firsts::default() };
        match documents(tx).and_then(|documents| Ok((documents, firsts(tx)?))) {
            Ok((documents, firsts)) => (copied.documents, copied.firsts) = (documents, firsts),
            // What keeps a copy from being counted was found in it.
            Err(error) if copied.wrong() == 0 => return Err(error),
            Err(_) => {}
        }
        Ok::<_, StoreError>(copied)
    });
    look.map_err(damaged(path))
}

/// As [`whole`], for a backup of any form: what is of an older one is looked at in a copy of this program's form.
pub(super) fn whole_of_any_form(path: &Path, tell: Tell<'_>) -> std::result::Result<Copied, BackupError> {
    match is_current(path)? {
        true => whole(path, tell),
        false => whole(renewed(path, path)?.path(), tell),
    }
}

/// Whether a copy is of this program's form.
pub(super) fn is_current(path: &Path) -> std::result::Result<bool, BackupError> {
    migrate::is_current(&mut still(path)?).map_err(damaged(path))
}

/// A copy of a backup beside a file, in this program's form and on the disk.
pub(super) fn renewed(backup: &Path, target: &Path) -> std::result::Result<Unfinished, BackupError> {
    let copy = throw_away(target)?;
    std::fs::copy(backup, copy.path()).map_err(unusable(copy.path()))?;
    let mut engine = Engine::sqlite(copy.path(), false).map_err(damaged(backup))?;
    migrate::migrate(&mut engine).map_err(damaged(backup))?;
    if let Engine::Sqlite(connection) = &engine {
        copy::settle(connection)?;
    }
    drop(engine);
    copy.as_file().sync_all().map_err(unusable(copy.path()))?;
    Ok(copy)
}

/// Opens a copy to be looked at.
pub(super) fn still(path: &Path) -> std::result::Result<Engine, BackupError> {
    copy::open_still(path).map(Engine::Sqlite).map_err(damaged(path))
}

/// The sums of the first documents of a copy's desks.
pub(super) fn firsts_of(path: &Path) -> std::result::Result<Firsts, BackupError> {
    still(path)?.read(firsts).map_err(damaged(path))
}

/// The sums of the first documents of all desks.
pub(super) fn firsts(tx: &mut Tx<'_>) -> Result<Firsts> {
    let rows = tx.query("SELECT hash FROM document WHERE site = ?1 AND sequence = 1", &[tx.site()])?;
    rows.iter().map(|row| row.digest(0)).collect()
}

fn documents(tx: &mut Tx<'_>) -> Result<u64> {
    let row = tx.one("SELECT COUNT(*) FROM document WHERE site = ?1", &[tx.site()])?;
    row.map_or(Ok(0), |row| row.number(0))
}

/// What a copy cannot answer is damage of the copy, not of the books.
fn damaged(path: &Path) -> impl FnOnce(StoreError) -> BackupError {
    let path = path.to_owned();
    |error| match error {
        StoreError::Damaged { place, found, .. } => BackupError::Damaged { path, reason: format!("{place}: {found}") },
        StoreError::Lacking(reason) | StoreError::Engine(reason) => BackupError::Damaged { path, reason },
        other => other.into(),
    }
}
