//! The printing system of this computer, spoken to through `lp`: a job is held, then released.

use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{Handed, Job, PrintError};

/// How long a spooler may take before it is given up.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often a running spooler is looked at.
const GLANCE: Duration = Duration::from_millis(10);

/// A printer reached through the `lp` program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lp {
    /// The queue's name; nothing for the computer's own choice.
    pub queue: Option<String>,
    /// The program, looked for as a shell would.
    pub program: PathBuf,
}

impl Lp {
    /// The `lp` of this computer.
    pub fn queue(queue: Option<String>) -> Lp {
        Lp { queue, program: PathBuf::from("lp") }
    }

    pub(super) fn hold(&self, job: &Job) -> Result<Handed, PrintError> {
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

    pub(super) fn release(&self, request: &str) -> Result<(), PrintError> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spoolers_answer_names_the_request() {
        assert_eq!(request("request id is till-42 (1 file(s))\n"), "till-42");
        assert_eq!(request("taken\n"), "taken");
    }
}
