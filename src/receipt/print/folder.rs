//! A folder in the place of a printer: each receipt is there whole or not at all.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Handed, Job, PrintError};

/// Files a job; filing it again leaves the same two files.
pub(super) fn file(folder: &Path, job: &Job) -> Result<Handed, PrintError> {
    let name = job.name()?;
    fs::create_dir_all(folder).map_err(|source| PrintError::Folder { step: "filed", path: folder.to_owned(), source })?;
    let text = place(folder, &format!("{name}.txt"), job.text.as_bytes())?;
    let pdf = place(folder, &format!("{name}.pdf"), &job.pdf)?;
    Ok(Handed::Filed { pdf, text })
}

/// How old a draft is that nobody finishes any more.
const STALE: Duration = Duration::from_secs(600);

/// Removes what was filed of documents with these numbers, copies too, and drafts that a crash left. A folder that is not there has
/// none of it.
pub fn forget(folder: &Path, numbers: &BTreeSet<String>) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let (stem, ending) = name.split_once('.').unwrap_or((&name, ""));
        let is_receipt = numbers.contains(stem) && (ending.ends_with("pdf") || ending.ends_with("txt"));
        let is_draft = || {
            let age = entry.metadata().and_then(|file| file.modified()).ok().and_then(|at| at.elapsed().ok());
            name.starts_with('.') && name.ends_with(".part") && age.is_some_and(|age| age > STALE)
        };
        if is_receipt || is_draft() {
            fs::remove_file(entry.path())?;
        }
    }
    secure_folder(folder)
}

/// Puts a file into a folder whole or not at all: under another name first, on disk, then renamed.
fn place(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, PrintError> {
    let path = folder.join(name);
    let failed = |step| {
        let path = path.clone();
        move |source| PrintError::Folder { step, path, source }
    };
    let mut draft = tempfile::Builder::new().prefix(".").suffix(".part").tempfile_in(folder).map_err(failed("written"))?;
    draft.write_all(bytes).map_err(failed("written"))?;
    draft.as_file().sync_all().map_err(failed("secured"))?;
    draft.persist(&path).map_err(|e| failed("named")(e.error))?;
    secure_folder(folder).map_err(failed("secured"))?;
    Ok(path)
}

/// A renamed file is safe once its folder is on disk, too.
#[cfg(unix)]
fn secure_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// Windows keeps a folder safe by itself.
#[cfg(not(unix))]
fn secure_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
