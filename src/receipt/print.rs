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

use serde::{Deserialize, Serialize};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long a spooler may take before it is given up.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often a running spooler is looked at.
const GLANCE: Duration = Duration::from_millis(10);

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
}

/// A printer reached through the `lp` program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lp {
    /// The queue's name; nothing for the computer's own choice.
    pub queue: Option<String>,
    /// The program, looked for as a shell would.
    pub program: PathBuf,
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
            Printer::Folder(folder) => file(folder, job),
        }
    }

    /// Lets a held job print. May be called again with the same job: it prints once.
    pub fn release(&self, handed: &Handed) -> Result<(), PrintError> {
        match (self, handed) {
            (Printer::Lp(lp), Handed::Spooled { request }) => lp.release(request),
            // A file is where it belongs already.
            (_, Handed::Filed { .. }) => Ok(()),
            // The desk was set to a folder after the job was held: the spooler still has it.
            (Printer::Folder(_), Handed::Spooled { request }) => Lp::queue(None).release(request),
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

impl Lp {
    /// The `lp` of this computer.
    pub fn queue(queue: Option<String>) -> Lp {
        Lp { queue, program: PathBuf::from("lp") }
    }

    fn hold(&self, job: &Job) -> Result<Handed, PrintError> {
        let name = job.name()?;
        let failed = |source| PrintError::Folder { step: "prepared", path: std::env::temp_dir(), source };
        let mut pdf = tempfile::Builder::new().prefix(&name).suffix(".pdf").tempfile().map_err(failed)?;
        pdf.write_all(&job.pdf).map_err(failed)?;
        let mut arguments: Vec<&OsStr> = ["-H", "hold", "-t", &name].map(OsStr::new).to_vec();
        if let Some(queue) = &self.queue {
            arguments.extend([OsStr::new("-d"), OsStr::new(queue)]);
        }
        arguments.extend([OsStr::new("--"), pdf.path().as_os_str()]);
        match self.run(&self.program, &arguments)? {
            Answer::Yes(said) => Ok(Handed::Spooled { request: request(&said) }),
            Answer::No(said) => Err(PrintError::Refused { queue: self.queue.clone(), said }),
        }
    }

    fn release(&self, request: &str) -> Result<(), PrintError> {
        let resume = ["-i", request, "-H", "resume"].map(OsStr::new);
        let Answer::No(said) = self.run(&self.program, &resume)? else {
            return Ok(());
        };
        // A job that has been printed cannot be resumed: it is done, which is all that was asked.
        let status = self.program.with_file_name("lpstat");
        let done = self.run(&status, &["-W", "completed"].map(OsStr::new))?;
        let named = |line: &str| line.split_whitespace().next() == Some(request);
        match done {
            Answer::Yes(list) if list.lines().any(named) => Ok(()),
            Answer::Yes(_) | Answer::No(_) => Err(PrintError::Refused { queue: self.queue.clone(), said }),
        }
    }

    fn run(&self, program: &Path, arguments: &[&OsStr]) -> Result<Answer, PrintError> {
        let mut command = Command::new(program);
        // The answer is read, so it is asked for in one language.
        command.env("LC_ALL", "C").args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => PrintError::NoProgram { program: program.to_owned() },
            _ => PrintError::NotRun { program: program.to_owned(), source },
        })?;
        answer(child, program)
    }
}

/// What a program of the printing system said.
enum Answer {
    /// It did as it was told, and said this.
    Yes(String),
    /// It did not, for this reason.
    No(String),
}

/// Waits for an answer, but not for ever. Both pipes are read while the program runs, so that a long answer does not block it.
fn answer(mut child: Child, program: &Path) -> Result<Answer, PrintError> {
    let not_run = |source| PrintError::NotRun { program: program.to_owned(), source };
    let out = child.stdout.take().map(|pipe| std::thread::spawn(move || said(pipe)));
    let complaint = child.stderr.take().map(|pipe| std::thread::spawn(move || said(pipe)));
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().map_err(not_run)? {
            break status;
        }
        if started.elapsed() > PATIENCE {
            child.kill().and_then(|()| child.wait()).map_err(not_run)?;
            return Err(PrintError::Silent { seconds: PATIENCE.as_secs() });
        }
        std::thread::sleep(GLANCE);
    };
    let heard = |reader: Option<JoinHandle<io::Result<String>>>| match reader.map(JoinHandle::join) {
        Some(Ok(heard)) => heard,
        Some(Err(_)) => Err(io::Error::other("its answer could not be read")),
        None => Ok(String::new()),
    };
    let (out, complaint) = (heard(out).map_err(not_run)?, heard(complaint).map_err(not_run)?);
    Ok(match (status.success(), complaint.trim().trim_end_matches('.')) {
        (true, _) => Answer::Yes(out),
        (false, "") => Answer::No(status.to_string()),
        (false, complaint) => Answer::No(complaint.to_owned()),
    })
}

fn said(mut pipe: impl io::Read) -> io::Result<String> {
    let mut bytes = Vec::new();
    pipe.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The request's name in the answer "request id is till-42 (1 file(s))", or the whole answer where it is worded otherwise.
fn request(answer: &str) -> String {
    let named = answer.split_once("request id is ").and_then(|(_, rest)| rest.split_whitespace().next());
    named.unwrap_or(answer.trim()).to_owned()
}

fn file(folder: &Path, job: &Job) -> Result<Handed, PrintError> {
    let name = job.name()?;
    fs::create_dir_all(folder).map_err(|source| PrintError::Folder { step: "filed", path: folder.to_owned(), source })?;
    let text = place(folder, &format!("{name}.txt"), job.text.as_bytes())?;
    let pdf = place(folder, &format!("{name}.pdf"), &job.pdf)?;
    Ok(Handed::Filed { pdf, text })
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

    #[test]
    fn the_spoolers_answer_names_the_request() {
        assert_eq!(request("request id is till-42 (1 file(s))\n"), "till-42");
        assert_eq!(request("taken\n"), "taken");
    }
}
