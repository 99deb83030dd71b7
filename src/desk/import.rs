//! Takes what tills wrote into the books: each batch in one transaction, together with the place to go on from.

use std::collections::HashMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Desk, DeskError};
use crate::domain::ids::{BillId, CardNumber, MemberId};
use crate::domain::member::Person;
use crate::domain::money::Currency;
use crate::intake::{
    Batch, Counts, Format, IntakeError, Map, Mark, MembersMap, NewBill, NewMember, Opened, Outcome, Place, Progress, Rejects,
    RunError, Shop, Sink, Source, WhenUnknown, open_members, open_sales, run,
};
use crate::store::bill::{self, Put};
use crate::store::{Lost, Tx, ask_again, import, member, person};

/// What is imported.
pub enum What {
    /// Sales, in a format and by a map where those are not to be recognised.
    Sales(Option<Format>, Option<Map>),
    /// Members.
    Members(Option<MembersMap>),
}

/// Why an import stopped. What was kept stays, and importing again goes on from it.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// The books.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// Progress could not be noted.
    #[error("the import's place could not be noted: {0}; what was kept stays; import the file again")]
    Note(#[from] serde_json::Error),
}

/// What came of an import.
#[derive(Debug, Clone)]
pub struct Imported {
    /// Its figures, earlier runs of it included.
    pub counts: Counts,
    /// Whether it went on from an earlier run.
    pub went_on: bool,
    /// The file of rejects, when there are any.
    pub rejects: Option<std::path::PathBuf>,
}

/// How far an import came, as the store keeps it.
#[derive(Serialize, Deserialize)]
struct Note {
    place: Place,
    counts: Counts,
}

impl Desk {
    /// Imports a source. `watch` hears of the size in bytes, where it is known, and of every batch.
    pub fn import(
        &mut self,
        source: &Source,
        what: What,
        rejects: &Path,
        watch: &mut dyn FnMut(Option<u64>, Progress),
    ) -> Result<Imported, ImportError> {
        self.may_write()?;
        let name = name_of(source);
        let begun = self.noted(&name)?;
        let shop = Shop { day: self.day.clone(), currency: self.shop.currency };
        let Opened { mut incomings, mark, goes_on, bytes } = match what {
            What::Sales(format, map) => open_sales(source, format, map, &shop, begun)?,
            What::Members(map) => open_members(source, map, &self.plans()?, begun)?,
        };
        let mut rejects = if goes_on { Rejects::go_on(rejects, mark.place)? } else { Rejects::begin(rejects)? };
        let mut books = Books { name: &name, desk: self, codes: HashMap::new() };
        let counts = run(incomings.as_mut(), &mut books, mark, &mut rejects, &mut |progress| watch(bytes, progress));
        let counts = counts.map_err(|error| match error {
            RunError::Intake(error) => ImportError::Intake(error),
            RunError::Sink(error) => error,
        })?;
        Ok(Imported { counts, went_on: goes_on, rejects: rejects.path().map(Path::to_path_buf) })
    }

    /// Where an earlier import of a source stopped.
    fn noted(&mut self, name: &str) -> Result<Option<Mark>, ImportError> {
        self.store.read(|tx| noted(tx, name))
    }
}

/// How far the import of a source has come.
fn noted(tx: &mut Tx<'_>, name: &str) -> Result<Option<Mark>, ImportError> {
    let Some(kept) = import::progress(tx, name).map_err(DeskError::from)? else { return Ok(None) };
    let note: Note = serde_json::from_str(&kept.counts)?;
    Ok(Some(Mark { fingerprint: kept.fingerprint, place: note.place, done: kept.done, counts: note.counts }))
}

/// A file by its full path; standard input has no name to go on by.
fn name_of(source: &Source) -> String {
    match source {
        Source::File(path) => std::fs::canonicalize(path).unwrap_or_else(|_| path.clone()).display().to_string(),
        Source::Stdin => "-".to_owned(),
    }
}

/// The books of a desk, for one source.
struct Books<'a> {
    name: &'a str,
    desk: &'a mut Desk,
    codes: HashMap<String, MemberId>,
}

impl Sink for Books<'_> {
    type Error = ImportError;

    fn keep(&mut self, batch: &Batch, mark: &Mark) -> Result<Mark, ImportError> {
        let (currency, today) = (self.desk.shop.currency, self.desk.today()?);
        let Self { name, desk, codes } = self;
        let mut learned = Vec::new();
        let mut before = None;
        let mut keep = |tx: &mut Tx<'_>, lost: bool| {
            learned.clear();
            let known = noted(tx, name)?;
            if !lost {
                before = known;
            } else if let Some(known) = known
                && before.as_ref() != Some(&known)
                && (known.place, known.done) == (mark.place, mark.done)
            {
                // The answer that was lost was to this very batch.
                return Ok(known);
            }
            let mut made = 0;
            let mut outcomes = Vec::with_capacity(batch.bills.len() + batch.members.len());
            for bill in &batch.bills {
                outcomes.push(keep_bill(
                    tx,
                    name,
                    bill,
                    currency,
                    Codes { known: codes, learned: &mut learned, made: &mut made },
                )?);
            }
            for member in &batch.members {
                outcomes.push(keep_member(tx, member, today)?);
            }
            for aside in &batch.asides {
                bill::keep_aside(tx, &aside.key, &aside.source, &aside.reason, aside.difference, &aside.raw)
                    .map_err(DeskError::from)?;
            }
            let in_books = batch
                .bills
                .iter()
                .zip(&outcomes)
                .filter(|(_, outcome)| matches!(outcome, Outcome::New | Outcome::Same | Outcome::Erased));
            bill::came_in(tx, in_books.map(|(bill, _)| bill.bill().key.as_str()))?;
            let mut kept = mark.after(batch, &outcomes);
            kept.counts.members += made;
            let note = Note { place: kept.place, counts: kept.counts.clone() };
            let counts = serde_json::to_string(&note)?;
            let progress = import::Progress { fingerprint: kept.fingerprint, position: kept.place.byte, done: kept.done, counts };
            import::save(tx, name, &progress).map_err(DeskError::from)?;
            Ok::<_, ImportError>(kept)
        };
        let kept = ask_again(|lost| desk.store.write(|tx| keep(tx, lost)))?;
        codes.extend(learned);
        Ok(kept)
    }
}

impl Lost for ImportError {
    fn answer_lost(&self) -> bool {
        matches!(self, Self::Desk(error) if error.answer_lost())
    }
}

/// Members by the till's number: those of earlier batches, those that this one met, and how many it made.
struct Codes<'a> {
    known: &'a HashMap<String, MemberId>,
    learned: &'a mut Vec<(String, MemberId)>,
    made: &'a mut u64,
}

impl From<crate::store::StoreError> for ImportError {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Desk(error.into())
    }
}

/// Keeps a bill under its member; an unknown member is made, missed, or left out, as the map says.
fn keep_bill(
    tx: &mut Tx<'_>,
    source: &str,
    new: &NewBill,
    currency: Currency,
    mut codes: Codes<'_>,
) -> Result<Outcome, ImportError> {
    if new.bill().currency != currency {
        let reason = format!("it is in {}, the shop in {currency}; import it in a shop of its currency", new.bill().currency);
        return set_aside(tx, source, new, reason);
    }
    let member = match &new.member_code {
        None => None,
        Some(code) => match member_of(tx, code, &mut codes)? {
            Some(id) => Some(id),
            None if is_of_the_erased(tx, new)? => return Ok(Outcome::Erased),
            None => match new.when_unknown {
                WhenUnknown::Ignore => None,
                WhenUnknown::Create => {
                    let id = MemberId(Uuid::now_v7());
                    member::put(tx, id, &Person::default(), Some(code), new.bill().business_date)?;
                    codes.learned.push((code.clone(), id));
                    *codes.made += 1;
                    Some(id)
                }
                WhenUnknown::KeepAside => {
                    let reason = format!("no member has the number {code}; import the members first, then these sales again");
                    return set_aside(tx, source, new, reason);
                }
            },
        },
    };
    let bill = new.clone().into_bill(BillId(Uuid::now_v7()), member);
    Ok(match bill::put(tx, &bill)? {
        Put::New => Outcome::New,
        Put::Same => Outcome::Same,
        Put::Changed { .. } if is_of_the_erased(tx, new)? => Outcome::Erased,
        Put::Changed { was, now } => Outcome::Changed { was, now },
    })
}

/// Whether a bill is in the books just so, as somebody's who was erased since: by whose number it came nobody can tell any more.
fn is_of_the_erased(tx: &mut Tx<'_>, new: &NewBill) -> Result<bool, ImportError> {
    let Some((Some(member), kept)) = bill::kept_under(tx, &new.bill().key)? else { return Ok(false) };
    if person::is_known(tx, member)? {
        return Ok(false);
    }
    let came = new.clone().into_bill(BillId(Uuid::now_v7()), Some(member));
    Ok(bill::sum(&came)? == kept)
}

/// Keeps a bill aside for a reason that only the books know.
fn set_aside(tx: &mut Tx<'_>, source: &str, new: &NewBill, reason: String) -> Result<Outcome, ImportError> {
    let aside = new.keep_aside(source, &reason)?;
    bill::keep_aside(tx, &aside.key, &aside.source, &aside.reason, aside.difference, &aside.raw)?;
    Ok(Outcome::Aside { reason })
}

fn member_of(tx: &mut Tx<'_>, code: &str, codes: &mut Codes<'_>) -> Result<Option<MemberId>, ImportError> {
    if let Some(id) = codes.known.get(code) {
        return Ok(Some(*id));
    }
    if let Some((_, id)) = codes.learned.iter().find(|(known, _)| known == code) {
        return Ok(Some(*id));
    }
    let found = member::by_code(tx, code)?;
    if let Some(id) = found {
        codes.learned.push((code.to_owned(), id));
    }
    Ok(found)
}

/// How many people of one name or number are looked through.
const NAMESAKES: usize = 50;

/// The member who is the very same person, for files that give nobody a number.
fn same_person(tx: &mut Tx<'_>, person: &Person) -> Result<Option<MemberId>, ImportError> {
    let name = person.name();
    let best_known_by = [&person.email, &person.phone, &name].into_iter().find(|text| !text.is_empty());
    let Some(text) = best_known_by else { return Ok(None) };
    let hits = member::search(tx, text, NAMESAKES)?;
    Ok(hits.into_iter().find(|hit| hit.person.as_ref() == Some(person)).map(|hit| hit.id))
}

/// Keeps a member: a new one gets a card, a known one what is new about the person, and a paid term once.
fn keep_member(tx: &mut Tx<'_>, new: &NewMember, today: jiff::civil::Date) -> Result<Outcome, ImportError> {
    let term = &new.term;
    let known = match &new.code {
        Some(code) => member::by_code(tx, code)?,
        None => same_person(tx, &new.person)?,
    };
    let known = known.map(|id| member::load(tx, id)).transpose()?.flatten();
    let Some(known) = known else {
        let id = MemberId(Uuid::now_v7());
        member::put(tx, id, &new.person, new.code.as_deref(), new.since.unwrap_or(today))?;
        let serial = member::next_card_serial(tx)?;
        member::issue_card(tx, id, CardNumber::from_serial(serial).map_err(DeskError::from)?)?;
        if let Some(term) = term {
            member::import_term(tx, id, term)?;
        }
        return Ok(Outcome::New);
    };
    let was = known.person.unwrap_or_default();
    let has_term = term.as_ref().is_none_or(|term| known.terms.iter().any(|old| old.start == term.start && old.end == term.end));
    if was == new.person && has_term {
        return Ok(Outcome::Same);
    }
    member::put(tx, known.id, &new.person, new.code.as_deref(), known.since)?;
    if let (Some(term), false) = (term, has_term) {
        member::import_term(tx, known.id, term)?;
    }
    // Who it was and is stays out of whatever tells of the import.
    Ok(Outcome::Changed { was: String::new(), now: String::new() })
}
