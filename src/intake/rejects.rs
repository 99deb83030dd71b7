//! The rejects file: what could not be read, a JSON object a line. It is made when the first reject comes.

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::IntakeError;
use super::item::{Place, Reject};
use crate::planted::planted;

/// Where rejects go.
#[derive(Debug)]
pub struct Rejects {
    path: PathBuf,
    file: Option<BufWriter<File>>,
}

/// A reject as it is written.
#[derive(Serialize)]
struct Written<'a> {
    line: u64,
    column: u64,
    #[serde(skip_serializing_if = "str::is_empty")]
    field: &'a str,
    fault: &'static str,
    reason: String,
    rows: u64,
    raw: &'a str,
}

/// The place of a reject that was written.
#[derive(Deserialize)]
struct Before {
    line: u64,
}

impl Rejects {
    /// Rejects of an import that begins, into a file that is made anew. A file of an earlier import is removed.
    pub fn begin(path: &Path) -> Result<Self, IntakeError> {
        let rejects = Self { path: path.to_owned(), file: None };
        match std::fs::remove_file(path) {
            Err(cause) if cause.kind() != ErrorKind::NotFound => Err(rejects.failed(cause)),
            _ => Ok(rejects),
        }
    }

    /// Rejects of an import that goes on at a place: those from before it stay.
    pub fn go_on(path: &Path, place: Place) -> Result<Self, IntakeError> {
        let mut rejects = Self { path: path.to_owned(), file: None };
        let written = match std::fs::read_to_string(path) {
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(rejects),
            written => written.map_err(|cause| rejects.failed(cause))?,
        };
        let is_before = |line: &&str| serde_json::from_str(line).is_ok_and(|before: Before| before.line < place.line);
        for line in written.lines().filter(is_before) {
            rejects.append(line).map_err(|cause| rejects.failed(cause))?;
        }
        rejects.flush()?;
        Ok(rejects)
    }

    /// Where the rejects of a source belong: beside it, `sales.csv.rejects.jsonl`.
    pub fn beside(source: &Path) -> PathBuf {
        let mut name = source.as_os_str().to_owned();
        name.push(".rejects.jsonl");
        name.into()
    }

    /// The file, once there is one.
    pub fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(|_| self.path.as_path())
    }

    /// Writes a reject.
    pub fn write(&mut self, reject: &Reject) -> Result<(), IntakeError> {
        let written = Written {
            line: if planted("a place is not named") { 0 } else { reject.line },
            column: reject.column,
            field: &reject.field,
            fault: reject.fault.name(),
            reason: reject.fault.to_string(),
            rows: reject.rows,
            raw: &reject.raw,
        };
        let line = serde_json::to_string(&written).map_err(|error| self.failed(error.into()))?;
        self.append(&line).map_err(|cause| self.failed(cause))
    }

    /// Makes sure that what was written is with the system.
    pub fn flush(&mut self) -> Result<(), IntakeError> {
        self.file.as_mut().map_or(Ok(()), Write::flush).map_err(|cause| self.failed(cause))
    }

    fn append(&mut self, line: &str) -> std::io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(BufWriter::new(File::create(&self.path)?)),
        };
        writeln!(file, "{line}")
    }

    fn failed(&self, cause: std::io::Error) -> IntakeError {
        IntakeError::Rejects { path: self.path.display().to_string(), cause }
    }
}
