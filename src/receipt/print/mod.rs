//! Handing a drawn receipt to paper, or to a folder.
//!
//! What is to be printed is known by its document's number and its copy number; the queue of such jobs lives in the store. A job is neither lost nor
//! done twice, even when the computer stops in the middle:
//!
//! 1. [`Printer::hold`] hands the job over without printing it, and says where it is. The queue writes that down.
//! 2. [`Printer::release`] lets it print. Said twice, it prints once.
//!
//! Stopped before the note was written, the queue holds the job anew, and the forgotten one stays held in the spooler, never on paper.
//! A folder gets its file in the first step; filing it again leaves the same one file.
//!
//! A failure here never touches money: the document was posted before.

mod folder;
mod lp;

use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use folder::forget as forget_filed;
pub use lp::Lp;

/// A receipt to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The document's number.
    pub number: String,
    /// Nothing for the first print; 2 for the paper marked COPY 2.
    pub copy: Option<u32>,
    /// The receipt as PDF.
    pub pdf: Vec<u8>,
    /// The receipt as plain text.
    pub text: String,
}

/// Where receipts of a desk go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Printer {
    /// A printer of this computer.
    Lp(Lp),
    /// A folder, which gets the PDF and the plain text.
    Folder(PathBuf),
    /// Nobody stands there who takes paper home; a document's receipt can be printed later.
    Nowhere,
}

/// Where a job is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handed {
    /// With the spooler.
    Spooled {
        /// The spooler's name for it, such as `till-42`.
        request: String,
    },
    /// In the folder, safely on disk.
    Filed {
        /// The PDF.
        pdf: PathBuf,
        /// The plain text.
        text: PathBuf,
    },
}

/// Why a receipt did not reach paper. The document is posted in every case.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// There is no such program.
    #[error(
        "this computer cannot print: `{program}` was not found. The document is posted and the money is right; install the printing system (Debian: cups-client) or choose a folder in the desk's settings, then print the document again"
    )]
    NoProgram {
        /// The program as configured.
        program: PathBuf,
    },
    /// The program could not be started.
    #[error(
        "`{program}` could not be run ({source}). The document is posted and the money is right; mend that, then print the document again"
    )]
    NotRun {
        /// The program as configured.
        program: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The spooler said no.
    #[error("the printer {} did not take the receipt: {said}. The document is posted and the money is right; look at the printer, then print the document again", queue_name(.queue))]
    Refused {
        /// The queue.
        queue: Option<String>,
        /// What the spooler said.
        said: String,
    },
    /// The spooler did not answer.
    #[error(
        "the printing system did not answer for {seconds} seconds. The document is posted and the money is right; look whether the paper came out before printing it again"
    )]
    Silent {
        /// How long it was waited for.
        seconds: u64,
    },
    /// A file could not be written.
    #[error("the receipt could not be {step} at {} ({source}). The document is posted and the money is right; make room or choose another folder, then print the document again", path.display())]
    Folder {
        /// What was being done.
        step: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is no printer.
    #[error("no printer is named. The document is posted and the money is right; print it at a desk's window")]
    Nowhere,
    /// The number cannot name a file.
    #[error(
        "the number \"{number}\" cannot name a file. The document is posted and the money is right; correct the desk's number series, then print it again"
    )]
    Number {
        /// The number as given.
        number: String,
    },
}

impl Job {
    /// The name of its files without their ending: the number, and the copy where it is one. Two jobs never share a name.
    pub fn name(&self) -> Result<String, PrintError> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if self.number.is_empty() || !self.number.chars().all(plain) {
            return Err(PrintError::Number { number: self.number.clone() });
        }
        Ok(match self.copy {
            None => self.number.clone(),
            Some(copy) => format!("{}.copy-{copy}", self.number),
        })
    }
}

impl Printer {
    /// Hands a job over without printing it.
    pub fn hold(&self, job: &Job) -> Result<Handed, PrintError> {
        match self {
            Printer::Lp(lp) => lp.hold(job),
            Printer::Folder(folder) => folder::file(folder, job),
            Printer::Nowhere => Err(PrintError::Nowhere),
        }
    }

    /// Whether what is posted here makes a receipt at once.
    pub fn makes_paper(&self) -> bool {
        *self != Printer::Nowhere
    }

    /// Lets a held job print. May be called again with the same job: it prints once.
    pub fn release(&self, handed: &Handed) -> Result<(), PrintError> {
        match (self, handed) {
            (Printer::Lp(lp), Handed::Spooled { request }) => lp.release(request),
            // A file is where it belongs already.
            (_, Handed::Filed { .. }) => Ok(()),
            // The desk was set to a folder after the job was held: the spooler still has it.
            (Printer::Folder(_) | Printer::Nowhere, Handed::Spooled { request }) => Lp::queue(None).release(request),
        }
    }

    /// Holds and releases at once, for who keeps no queue. Called again after a crash, a spooler may print a second paper: it bears the same number
    /// and copy number, and is worth nothing more.
    pub fn deliver(&self, job: &Job) -> Result<Handed, PrintError> {
        let handed = self.hold(job)?;
        self.release(&handed)?;
        Ok(handed)
    }
}

fn queue_name(queue: &Option<String>) -> &str {
    queue.as_deref().unwrap_or("of this computer")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(number: &str, copy: Option<u32>) -> Job {
        Job { number: number.into(), copy, pdf: b"%PDF".to_vec(), text: "REFUND\n".into() }
    }

    #[test]
    fn names_are_the_number_and_the_copy() {
        assert_eq!(job("2-000123", None).name().unwrap(), "2-000123");
        assert_eq!(job("2-000123", Some(2)).name().unwrap(), "2-000123.copy-2");
        for number in ["", "../etc/passwd", "a/b", "2.copy-1", "Õ"] {
            assert!(matches!(job(number, None).name(), Err(PrintError::Number { .. })), "{number}");
        }
    }
}
