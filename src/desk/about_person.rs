//! All that the books know of one person, for whoever asks what is kept about them.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::erasure::unusable;
use super::facts::find_member;
use super::{Desk, DeskError};
use crate::domain::bill::Bill;
use crate::domain::credit::Credit;
use crate::domain::digest::Digest;
use crate::domain::document::Document;
use crate::domain::ids::{CardNumber, CreditCode, DocumentNumber, HouseholdId, MemberId};
use crate::domain::member::{CardState, Member, Person, Standing};
use crate::domain::membership::Term;
use crate::domain::money::Money;
use crate::store::event::Event;
use crate::store::unfinished::Unfinished;
use crate::store::{Tx, bill, credit, document, event, member};
use jiff::civil::Date;

/// Everything that is known of a person, with what hangs on them.
#[derive(Serialize)]
pub struct AboutPerson {
    /// The member's random id.
    pub member: MemberId,
    /// The person; nothing after erasure.
    pub person: Option<Person>,
    /// The number by which the till knows them.
    pub code: Option<String>,
    /// Whose membership is shared.
    pub household: Option<HouseholdId>,
    /// The day of joining.
    pub since: Date,
    /// What staff decided about the membership.
    pub standing: Standing,
    /// Cards, newest first.
    pub cards: Vec<CardOf>,
    /// Paid terms, oldest first.
    pub terms: Vec<Term>,
    /// Bills with their lines.
    pub bills: Vec<Bill>,
    /// Documents with their receipts and notes, newest first.
    pub documents: Vec<DocumentOf>,
    /// Store credits, spent ones too.
    pub credits: Vec<CreditOf>,
    /// What happened about them besides documents.
    pub events: Vec<Event>,
}

/// A membership card.
#[derive(Serialize)]
pub struct CardOf {
    /// Its number.
    pub number: CardNumber,
    /// Its state.
    pub state: CardState,
}

/// A document as the person took it home.
#[derive(Serialize)]
pub struct DocumentOf {
    /// The document.
    pub document: Document,
    /// Its sum in the chain.
    pub hash: Digest,
    /// Its receipt as text.
    pub receipt: String,
    /// The clerk's note.
    pub note: Option<String>,
}

/// A store credit.
#[derive(Serialize)]
pub struct CreditOf {
    /// Its code.
    pub code: CreditCode,
    /// What is left on it.
    pub balance: Money,
    /// Whether it was an apology.
    pub promotional: bool,
}

/// Files about one person on one day.
const MOST_FILES: u32 = 99;
/// Rows of a list that goes into such a file.
const ROWS: usize = 1_000_000;

impl Desk {
    /// Finds the member of a card, of the till's number, or of an id.
    pub fn who(&mut self, name: &str) -> Result<Member, DeskError> {
        let missing = || DeskError::NotFound { what: "member", name: name.to_owned() };
        self.store.read(|tx| {
            let id = find_member(tx, name)?.ok_or_else(missing)?;
            member::load(tx, id)?.ok_or_else(missing)
        })
    }

    /// All that the books know of a person. That it was asked for is kept as an event, which names the random id only.
    pub fn about_person(&mut self, name: &str) -> Result<AboutPerson, DeskError> {
        self.may_write()?;
        let member = self.who(name)?;
        let (desk, at_us, id) = (self.number, self.now().at_us, member.id);
        self.store.write_twice(|tx| event::add(tx, desk, None, "person exported", at_us, &id.to_string()))?;
        let rows = self.store.read(|tx| document::of_member(tx, id, ROWS).map_err(DeskError::from))?;
        let numbers: Vec<DocumentNumber> = rows.iter().map(|row| row.number).collect();
        let documents = numbers.iter().map(|number| self.document_of(*number)).collect::<Result<_, _>>()?;
        let (code, bills, credits, events) = self.store.read(|tx| {
            let events = event::about(tx, &id.to_string(), &numbers)?;
            Ok::<_, DeskError>((member::code_of(tx, id)?, bills(tx, id)?, credit::of_member(tx, id)?, events))
        })?;
        let credit = |credit: Credit| CreditOf { code: credit.code, balance: credit.balance, promotional: credit.promotional };
        Ok(AboutPerson {
            member: id,
            person: member.person,
            code,
            household: member.household,
            since: member.since,
            standing: member.standing,
            cards: member.cards.iter().map(|card| CardOf { number: card.number, state: card.state }).collect(),
            terms: member.terms,
            bills,
            documents,
            credits: credits.into_iter().map(credit).collect(),
            events,
        })
    }

    /// The same as JSON in a new file of a folder beside the books, which only its owner may read; answers with the file. An erasure
    /// of the person removes it.
    pub fn hand_out_person(&mut self, member: MemberId) -> Result<PathBuf, DeskError> {
        let about = self.about_person(&member.to_string())?;
        let text = serde_json::to_string_pretty(&about).map_err(|error| DeskError::Paper(error.to_string()))?;
        let folder = self.handed_out();
        fs::create_dir_all(&folder).map_err(|error| unusable(&folder, &error))?;
        let day = self.today()?;
        for no in 1..=MOST_FILES {
            let path = folder.join(format!("{member}_{day}_{no}.json"));
            match write_private(&path, &text) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(unusable(&path, &error)),
                Ok(()) => return Ok(path),
            }
        }
        Err(unusable(&folder, &io::ErrorKind::AlreadyExists.into()))
    }

    /// Removes what was handed out of a person.
    pub(super) fn forget_handed_out(&self, member: MemberId) -> Result<(), DeskError> {
        let (folder, name) = (self.handed_out(), member.to_string());
        let files = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            files => files.map_err(|error| unusable(&folder, &error))?,
        };
        for file in files {
            let path = file.map_err(|error| unusable(&folder, &error))?.path();
            let is_theirs = path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(&name));
            if is_theirs {
                fs::remove_file(&path).map_err(|error| unusable(&path, &error))?;
            }
        }
        Ok(())
    }

    fn handed_out(&self) -> PathBuf {
        self.store.outside().folder().with_file_name("handed-out")
    }

    fn document_of(&mut self, number: DocumentNumber) -> Result<DocumentOf, DeskError> {
        let (posted, drawn) = (self.document(number)?, self.draw(number, 0)?);
        Ok(DocumentOf { document: posted.document, hash: posted.hash, receipt: drawn.text, note: self.note(number)? })
    }
}

/// Writes a new file that only its owner may read: whole, or not at all.
///
/// # Errors
/// When there is such a file already, or its folder cannot be written to.
pub fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut file = Unfinished::beside(path)?;
    file.as_file_mut().write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path)
}

fn bills(tx: &mut Tx<'_>, member: MemberId) -> Result<Vec<Bill>, DeskError> {
    let mut bills = Vec::new();
    for row in bill::of_member(tx, member, ROWS)? {
        bills.extend(bill::load(tx, row.id)?);
    }
    Ok(bills)
}

impl std::fmt::Debug for AboutPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AboutPerson(***)")
    }
}
