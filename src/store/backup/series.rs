//! A folder of backups, of which the newest good ones are kept.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::check::{Firsts, firsts_of, whole_of_any_form};
use super::{BackupError, Copied, Tell, bring_to_disk, copy_beside, file_of, take_name, unusable};
use crate::store::Place;

/// The name of a backup in a folder, by the clock of UTC, which no summer turns back.
const NAME: &str = "courtesy-%Y-%m-%d-%H%M%S.db";

/// What came of a backup into a folder.
#[derive(Debug)]
pub struct Kept {
    /// The new backup.
    pub path: PathBuf,
    /// What it holds.
    pub copied: Copied,
    /// Older ones that were removed, because there are enough newer good ones.
    pub removed: Vec<PathBuf>,
    /// Those that are not whole: left where they are, and not counted.
    pub bad: Vec<PathBuf>,
}

/// Makes a backup in a folder under the name of a moment, and keeps the newest good ones of this shop, so many with the new
/// one. Files of other names and of other shops are left alone.
///
/// # Errors
/// As [`back_up`](super::back_up); then nothing is removed.
pub fn keep(place: &Place, folder: &Path, keep: usize, now: Timestamp, tell: Tell<'_>) -> Result<Kept, BackupError> {
    file_of(place)?;
    std::fs::create_dir_all(folder).map_err(unusable(folder))?;
    let path = folder.join(now.to_zoned(TimeZone::UTC).strftime(NAME).to_string());
    let (copy, copied) = copy_beside(place, &path, tell)?;
    // Two who keep their copies in one folder may do so in the same second.
    take_name(copy, &path)?;
    let (removed, bad) = thin_out(folder, &path, (keep, &copied.firsts), tell)?;
    bring_to_disk(folder)?;
    Ok(Kept { path, copied, removed, bad })
}

/// Removes those behind enough good ones, newest first; answers what was removed and what is not whole.
fn thin_out(
    folder: &Path,
    new: &Path,
    (keep, shop): (usize, &Firsts),
    tell: Tell<'_>,
) -> Result<(Vec<PathBuf>, Vec<PathBuf>), BackupError> {
    let older: Vec<PathBuf> = series(folder)?.into_iter().filter(|path| path != new).collect();
    let (mut good, mut removed, mut bad) = (1, Vec::new(), Vec::new());
    if older.len() < keep {
        return Ok((removed, bad));
    }
    for path in older {
        match firsts_of(&path) {
            Ok(firsts) if !same_shop(&firsts, shop) => {}
            Ok(_) if good >= keep => {
                std::fs::remove_file(&path).map_err(unusable(&path))?;
                removed.push(path);
            }
            Ok(_) if whole_of_any_form(&path, tell).is_ok_and(|copied| copied.wrong() == 0) => good += 1,
            Ok(_) | Err(_) => bad.push(path),
        }
    }
    Ok((removed, bad))
}

/// Whether two sets of first documents are of one shop; one without documents may be anybody's.
pub(super) fn same_shop(one: &Firsts, other: &Firsts) -> bool {
    one.is_empty() && other.is_empty() || !one.is_disjoint(other)
}

/// The backups of a folder by their names, newest first.
fn series(folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unusable(folder))? {
        let entry = entry.map_err(unusable(folder))?;
        if entry.file_name().to_str().is_some_and(is_of_series) {
            paths.push(entry.path());
        }
    }
    paths.sort_unstable_by(|one, other| other.cmp(one));
    Ok(paths)
}

fn is_of_series(name: &str) -> bool {
    DateTime::strptime(NAME, name).is_ok_and(|moment| moment.strftime(NAME).to_string() == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::engine::Engine;
    use crate::store::migrate;

    #[test]
    fn a_backup_of_an_older_form_counts_and_goes_when_there_are_newer_ones() {
        let folder = tempfile::tempdir().unwrap();
        let (books, backups) = (folder.path().join("books.db"), folder.path().join("backups"));
        migrate::migrate(&mut Engine::sqlite(&books, true).unwrap()).unwrap();
        let old = backups.join("courtesy-2020-01-01-030000.db");
        let mut engine = Engine::sqlite(&old, true).unwrap();
        migrate::migrate_before_last(&mut engine).unwrap();
        drop(engine);
        let keep = |count, at: &str| keep(&Place::File(books.clone()), &backups, count, at.parse().unwrap(), &mut |_, _, _| {});
        let kept = keep(2, "2026-03-01T03:00:00Z").unwrap();
        assert!(kept.bad.is_empty() && kept.removed.is_empty() && old.exists(), "{kept:?}");
        let kept = keep(2, "2026-03-02T03:00:00Z").unwrap();
        assert!(kept.bad.is_empty() && kept.removed == [old], "{kept:?}");
    }

    #[test]
    fn only_names_of_the_series_are_of_it() {
        assert!(is_of_series("courtesy-2026-11-24-233420.db"));
        for name in ["courtesy-2026-11-24.db", "courtesy-2026-13-24-233420.db", "courtesy-2026-11-24-233420.db.part", "shop.db"] {
            assert!(!is_of_series(name), "{name}");
        }
    }
}
