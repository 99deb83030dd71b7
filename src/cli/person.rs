//! What is kept about one person: handed out, or erased.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use courtesy::desk::batch::Pins;
use courtesy::desk::{Outcome, Proof, Quoted, ask, write_private};
use courtesy::domain::ids::{DeskNo, StaffNo};
use courtesy::domain::member::Person as Data;
use courtesy::domain::request::{ErasePerson, Request};
use courtesy::domain::ruling;
use courtesy::store::Place;
use courtesy::store::unfinished::folder_of;
use courtesy::text::{Arg, Words};

use super::setup::read;
use super::{Common, Ended, Failure, complain, open, print, words};

/// What `--help` says of an erasure.
const ERASE: &str = "\
Erases all that tells who a member is: name, telephone, addresses, birthday, the till's number, the search, clerks' notes, receipts \
saved on this computer, and what bills kept aside say of them. The membership ends. Documents, amounts, cards and the member's random \
number stay, so that the books still add up; a receipt printed again says “(erased)”.

No byte of it stays in the database. In a file everything is written anew, so the erasure may take as long as a backup; on a server its \
tables are, and other desks wait that long, so do it after hours; let the role that the address names own the database there, for \
only its owner may clean what the server notes of names for its planner. What other programs have of it they keep: backups made \
before, the till, files that were imported and their rejects, a printer's own list of jobs, receipts saved on other computers until a \
desk is opened there. A server keeps it in its archived logs, base backups, replicas and its own log until these are thrown away; throw those \
from before the erasure away once you may. An older backup that is restored here is erased again as soon as a desk or a command opens it.";

/// One person.
#[derive(Debug, Subcommand)]
pub(super) enum Person {
    /// Writes all that is known of a person as one JSON file, for whoever asks what is kept about them.
    Export(Export),
    /// Erases who a member is; the books stay whole.
    #[command(long_about = ERASE)]
    Erase(Erase),
}

/// Whose data is handed out, and where to.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The member's card, the till's number for them, or their id.
    #[arg(value_name = "CARD|CODE|ID")]
    member: String,
    /// A file that is not there yet, which only you may read; - for standard output.
    #[arg(default_value = "-")]
    file: PathBuf,
}

/// Who is erased, and by whom.
#[derive(Debug, Args)]
pub(super) struct Erase {
    /// The member's card, the till's number for them, or their id.
    #[arg(value_name = "CARD|CODE|ID")]
    member: String,
    /// The manager who does it, by number.
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    by: u32,
    /// File with a line “number PIN” of that manager; /dev/fd/3 for a descriptor.
    #[arg(long, value_name = "FILE")]
    pins: PathBuf,
    /// Why; it stays in the books, so it must not name the person.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Does it; without, it is only said what would go.
    #[arg(long)]
    yes: bool,
}

pub(super) fn person(common: &Common, asked: &Person) -> Result<Ended, Failure> {
    match asked {
        Person::Export(asked) => export(common, asked),
        Person::Erase(asked) => erase(common, asked),
    }
}

fn export(common: &Common, asked: &Export) -> Result<Ended, Failure> {
    let words = words(common)?;
    let mut desk = open::desk(common)?;
    let to_screen = asked.file.as_os_str() == "-";
    if !to_screen && asked.file.exists() {
        return Err(Failure::Used(words.say("cli-person-taken", &[("path", shown(&asked.file))])));
    }
    let about = serde_json::to_string_pretty(&desk.about_person(&asked.member)?)?;
    if to_screen {
        print(&about)?;
        return Ok(Ended::Done);
    }
    write_private(&asked.file, &about).map_err(|source| Failure::File { path: asked.file.display().to_string(), source })?;
    if common.json {
        print(&serde_json::json!({ "exported": asked.file }).to_string())?;
    } else {
        print(&words.say("cli-person-exported", &[("path", shown(&asked.file))]))?;
    }
    Ok(Ended::Done)
}

fn erase(common: &Common, asked: &Erase) -> Result<Ended, Failure> {
    let words = words(common)?;
    let pins = Pins::read(&read(&asked.pins)?).map_err(|error| Failure::Used(error.to_string()))?;
    let by = StaffNo(asked.by);
    let mut desk = open::desk(common)?;
    let pin = pins.of(by).ok_or(courtesy::desk::DeskError::NoPin(by))?;
    desk.sign_in(by, pin)?;
    let member = desk.who(&asked.member)?;
    let request = ErasePerson { member: member.id.to_string(), reason: asked.reason.clone() };
    let envelope = ask(DeskNo(common.desk), by, Request::ErasePerson(request));
    if !asked.yes {
        let quoted = desk.quote(&envelope)?;
        said(&words, &quoted)?;
        if quoted.quote.verdict() == ruling::Outcome::Allowed {
            let name = member.person.as_ref().map(Data::name).unwrap_or_default();
            print(&words.say("cli-person-would", &[("name", Arg::text(name))]))?;
        }
        return Ok(Ended::Refused);
    }
    let posted = match desk.post(&envelope, &Proof::default())? {
        Outcome::Posted(posted) => posted,
        Outcome::Stopped(quoted) | Outcome::Changed(quoted) => {
            said(&words, &quoted)?;
            return Ok(Ended::Refused);
        }
    };
    let copies = older_copies(&open::place(&open::database(common)?)?);
    let unfinished = desk.unfinished();
    if common.json {
        let told = serde_json::json!({
            "erased": member.id, "document": posted.document.number, "hash": posted.hash, "older_copies": copies,
            "unfinished": desk.erasure_unfinished(),
        });
        print(&told.to_string())?;
    } else {
        let number = [("number", Arg::text(posted.document.number.to_string()))];
        let is_whole = unfinished.is_none();
        print(&if is_whole { words.say("cli-person-erased", &number) } else { words.say("cli-person-erased-books", &number) })?;
        if !copies.is_empty() {
            print(&words.plain("cli-person-copies"))?;
        }
        for copy in &copies {
            print(&format!("  {}", copy.display()))?;
        }
    }
    unfinished.map_or(Ok(Ended::Done), |saying| Err(Failure::Environment(words.saying(&saying))))
}

/// Says every rule that spoke.
fn said(words: &Words, quoted: &Quoted) -> Result<(), Failure> {
    quoted.quote.rulings.iter().try_for_each(|ruling| {
        let said = words.saying(&ruling.say);
        if ruling.outcome == ruling::Outcome::Allowed {
            return print(&said);
        }
        complain(&said);
        Ok(())
    })
}

/// Copies of the books that lie beside them and may be older than an erasure.
fn older_copies(place: &Place) -> Vec<PathBuf> {
    let Place::File(books) = place else { return Vec::new() };
    let stem = books.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = folder_of(books);
    let start = format!("{stem}.before-restore-");
    let beside = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut copies: Vec<PathBuf> =
        beside.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&start))).collect();
    copies.sort();
    copies
}

fn shown(path: &Path) -> Arg {
    Arg::text(path.display().to_string())
}
